// Base64 (RFC 4648, section 4) through Boost's data-flow iterators, strict on the way in: padding, no other bytes, and
// no two spellings of the same bytes.
#pragma once

#include <boost/archive/iterators/base64_from_binary.hpp>
#include <boost/archive/iterators/binary_from_base64.hpp>
#include <boost/archive/iterators/transform_width.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "segue/core/byte_set.hpp"

namespace segue {

inline void append_base64(std::string& to, std::string_view raw) {
    using namespace boost::archive::iterators;
    using encoding = base64_from_binary<transform_width<char const*, 6, 8>>;
    // The iterator reads on to a whole group of three, so the last, incomplete group comes from zeros.
    std::size_t const whole = raw.size() - raw.size() % 3;
    to.append(encoding(raw.data()), encoding(raw.data() + whole));
    std::size_t const left = raw.size() - whole;
    if (left == 0) return;
    char last[3]{};
    for (std::size_t i = 0; i < left; ++i) last[i] = raw[whole + i];
    to.append(encoding(last), encoding(last + 3));
    for (std::size_t i = left; i < 3; ++i) to[to.size() - 3 + i] = '=';
}
inline std::string base64_of(std::string_view raw) {
    std::string result;
    append_base64(result, raw);
    return result;
}

// The bytes, or nothing where the text is not base64.
inline std::optional<std::string> bytes_of_base64(std::string_view text64) {
    using namespace boost::archive::iterators;
    using decoding = transform_width<binary_from_base64<char const*>, 8, 6>;
    constexpr byte_set alphabet = byte_set::of("+/").with('A', 'Z').with('a', 'z').with('0', '9');
    if (text64.size() % 4 != 0) return std::nullopt;
    std::string groups(text64);
    std::size_t padding = 0;
    while (padding < 2 && padding < groups.size() && groups[groups.size() - 1 - padding] == '=') ++padding;
    for (std::size_t i = 0; i < groups.size() - padding; ++i)
        if (!alphabet.has(groups[i])) return std::nullopt;
    groups.replace(groups.size() - padding, padding, padding, 'A');
    char const* const end = groups.data() + groups.size();
    std::string result{decoding(static_cast<char const*>(groups.data())), decoding(end)};
    result.erase(result.size() - padding);
    if (base64_of(result) != text64) return std::nullopt;
    return result;
}

}  // namespace segue
