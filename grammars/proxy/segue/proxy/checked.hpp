// The CRC32C that a header of version 2 may carry among its TLVs, section 2.2.3: of the whole header, the signature too,
// "with the 32 bits of the checksum field replaced with all '0's".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "segue/proxy/messages.hpp"
#include "segue/proxy/tlvs.hpp"
#include "segue/wire/complete.hpp"
#include "segue/wire/crc.hpp"

namespace segue::proxy {

inline constexpr fixed_string signature = "\r\n\r\n\0\r\nQUIT\n";
inline constexpr std::size_t size_before_block = 4;  // version and command, family and protocol, length

// The content is a version_2 without its signature.
template <codec C>
struct checked_t {
    [[no_unique_address]] C content;

    using value_type = version_2;
    struct state {
        crc32c sum{};
        std::uint64_t behind = 0;  // bytes of the header before the one where it is suspended, but for the signature
        state_of<C> content{};
    };

    template <class In>
    SEGUE_INLINE step decode(In& in, state& s, version_2& v) const {
        char const* const from = in.at;
        step const r = content.decode(in, s.content, v);
        if (r != step::done) [[unlikely]] {
            if (in.at == from) return r;
            if (s.behind == 0) s.sum.add(signature.view());
            s.sum.add({from, static_cast<std::size_t>(in.at - from)});
            s.behind += static_cast<std::uint64_t>(in.at - from);
            return r;
        }
        auto const size = s.behind + static_cast<std::uint64_t>(in.at - from);
        // the block has come in one piece
        places const found = find(v.block, in.at - (size - size_before_block), in.at);
        if (found.second) [[unlikely]] return in.fail(errc::requirement, found.second, "no more than one checksum");
        if (!found.first) return step::done;
        crc32c sum = s.sum;
        if (s.behind == 0) sum.add(signature.view());
        sum.add({from, static_cast<std::size_t>(found.first - from)});
        sum.add(zeros);
        sum.add({found.first + zeros.size(), static_cast<std::size_t>(in.at - found.first) - zeros.size()});
        if (sum.value() != number_at(found.first)) [[unlikely]] return in.fail(errc::wrong_checksum, found.first, crc32c::name);
        return step::done;
    }
    constexpr step encode(version_2 const& v, output& out) const {
        return encode_complete(
            out, [&](output& to) { return content.encode(v, to); },
            [&](char* first, char const* last) {
                places const found = find(v.block, first + size_before_block, last);
                if (found.second) return out.fail(errc::requirement, "no more than one checksum");
                if (!found.first) return step::done;
                char* const place = first + (found.first - first);
                crc32c sum{};
                sum.add(signature.view());
                sum.add({first, static_cast<std::size_t>(place - first)});
                sum.add(zeros);
                sum.add({place + zeros.size(), static_cast<std::size_t>(last - place) - zeros.size()});
                output to = out.into(place, zeros.size());
                return u32_be.encode(sum.value(), to);
            });
    }
    constexpr size_bound bounds(limits l = {}) const { return content.bounds(l); }
    constexpr void describe(description& d) const {
        d.add({.what = shape::verified, .size = bounds(d.limits()), .name = "a CRC32C among the TLVs is that of the header", .suspends_within = true},
              content);
    }

private:
    static constexpr std::string_view zeros{"\0\0\0\0", 4};
    struct places {
        char const* first = nullptr;
        char const* second = nullptr;
    };
    static constexpr unsigned byte_at(char const* p) { return static_cast<unsigned char>(*p); }
    static constexpr std::uint32_t number_at(char const* p) {
        return byte_at(p) << 24 | byte_at(p + 1) << 16 | byte_at(p + 2) << 8 | byte_at(p + 3);
    }
    // The values of the checksums in a block whose TLVs are well-formed.
    static constexpr places find(proxy::block const& decoded, char const* at, char const* last) {
        constexpr std::size_t addresses[] = {0, 2 * 4 + 4, 2 * 16 + 4, 2 * 108};
        places found;
        if (decoded.index() == 0) return found;
        for (at += addresses[decoded.index()]; at != last; at += 3 + (byte_at(at + 1) << 8 | byte_at(at + 2)))
            if (*at == type_of_checksum) (found.first ? found.second : found.first) = at + 3;
        return found;
    }
};

template <codec C>
constexpr checked_t<C> checked(C content) {
    return {content};
}

}  // namespace segue::proxy
