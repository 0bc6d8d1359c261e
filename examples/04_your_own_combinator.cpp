// A codec of your own: numbers in packed decimal digits (BCD). Four members, and the laws prove it.
#include <cstdio>
#include <string>

#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

using namespace segue;

// Two digits a byte, the high one first.
//   bcd<2>   12 34 <-> 1234
// Fails with mismatch at a byte that has no two digits; encoding with out_of_range.
template <std::size_t Bytes>
struct bcd_t {
    static constexpr bool exact_size = true;
    using state = stateless;  // it starts again when its bytes were not all there
    using value_type = std::uint64_t;

    template <class In>
    constexpr step decode(In& in, state&, std::uint64_t& v) const {
        v = 0;
        for (std::size_t i = 0; i < Bytes; ++i) {
            if (i == in.left()) return in.want(Bytes - i);
            auto const byte = static_cast<unsigned char>(in.at[i]);
            if (byte >> 4 > 9 || (byte & 15) > 9) return in.fail(errc::mismatch, in.at + i, "two decimal digits");
            v = v * 100 + (byte >> 4) * 10u + (byte & 15u);
        }
        in.at += Bytes;
        return step::done;
    }
    constexpr step encode(std::uint64_t const& v, output& out) const {
        char raw[Bytes]{};
        std::uint64_t left = v;
        for (std::size_t i = Bytes; i-- > 0; left /= 100) raw[i] = static_cast<char>(left % 100 / 10 << 4 | left % 10);
        return left == 0 ? out.put({raw, Bytes}) : out.fail(errc::out_of_range);
    }
    constexpr size_bound bounds(limits = {}) const { return size_bound::exactly(Bytes); }
    constexpr void describe(description& d) const { d.add({.what = shape::opaque, .size = bounds(), .name = "bcd"}); }
};
template <std::size_t Bytes>
inline constexpr bcd_t<Bytes> bcd{};

struct price {
    BOOST_HANA_DEFINE_STRUCT(price, (std::uint64_t, euro), (std::uint64_t, cent));
};
inline constexpr auto price_codec = record<price>(field<"euro">(bcd<3>), field<"cent">(bcd<1>));

static_assert(decode(price_codec, "\x12\x34\x56\x78")->euro == 123456);

int main() {
    std::printf("%llu\n", static_cast<unsigned long long>(decode(price_codec, "\x12\x34\x56\x78")->cent));
    std::string const broken = testing::holds_for_wire<price_codec>("\x12\x34\x56\x78");
    std::puts(broken.empty() ? "all laws hold" : broken.c_str());
    std::puts(std::string(name_of(decode(price_codec, "\x12\x3a").error().code)).c_str());
}
