#include "segue/wire/block_classes.hpp"

#include <random>
#include <string>

#include "byte_sets.hpp"
#include "catch.hpp"

namespace {

using namespace segue;
using namespace byte_sets;

#if defined(__SSE2__)
template <byte_set... S>
std::string differs_from_the_sets(std::string const& block, std::uint64_t const* stops) {
    std::string broken;
    std::size_t which = 0;
    auto const check = [&]<byte_set X>() {
        for (std::size_t i = 0; i < 64; ++i) {
            bool const stop = i >= block.size() || !X.has(block[i]);
            if (block_classes<S...>::template knows<X> && (stops[which] >> i & 1) != stop) broken = "set " + std::to_string(which) + " at " + std::to_string(i);
        }
        ++which;
    };
    (check.template operator()<S>(), ...);
    return broken;
}

template <byte_set... S>
std::string agrees_with_the_sets(std::string const& block) {
    std::uint64_t stops[sizeof...(S)];
    return block_classes<S...>::classify(block.data(), block.size(), stops) ? differs_from_the_sets<S...>(block, stops) : "";
}

TEST_CASE("each byte value at each place of a block is classified for every set") {
    std::mt19937 random(1);
    for (unsigned byte = 0; byte < 256; ++byte) {
        std::string block(64, 'a');
        for (char& c : block) c = random() % 4 == 0 ? static_cast<char>(byte) : static_cast<char>(random());
        CHECK(agrees_with_the_sets<token, visible, not_lf, odd>(block) == "");
        CHECK(agrees_with_the_sets<only_nul, byte_set{}, byte_set::all(), token, byte_set::of("\r\n"), visible, odd, not_lf>(block) == "");
    }
}

TEST_CASE("behind the end of a block that is cut off everything stops") {
    if constexpr (block_classes<token>::partial)
        for (std::size_t size = 0; size <= 64; ++size)
            CHECK(agrees_with_the_sets<token, only_nul, byte_set::all()>(std::string(size, '\0')) == "");
}

#if !defined(__SSSE3__)
TEST_CASE("what is asked for at run time classifies as the sets do, whichever of it this processor would choose") {
    using classes = block_classes<token, visible, not_lf>;
    std::mt19937 random(1);
    for (int i = 0; i < 256; ++i) {
        std::string block(64, 'a');
        for (char& c : block) c = static_cast<char>(random());
        std::uint64_t stops[3];
        if (__builtin_cpu_supports("avx2")) {
            classes::classify_by_avx2(block.data(), stops);
            CHECK(differs_from_the_sets<token, visible, not_lf>(block, stops) == "");
        }
        if (__builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512bw")) {
            classes::classify_by_avx512(block.data(), stops);
            CHECK(differs_from_the_sets<token, visible, not_lf>(block, stops) == "");
        }
    }
}
#endif
#endif

}  // namespace
