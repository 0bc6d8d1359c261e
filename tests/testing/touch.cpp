#include "segue/testing/touch.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"

namespace {

using namespace segue;
using namespace segue::testing;

// searches from the start again each time
struct forgetful_t {
    using state = stateless;
    template <class In>
    constexpr step decode(In& in, state&, std::string& v) const {
        char const* const stop = in.template skip<byte_set::all().without("\n")>(in.at);
        if (stop == in.end) return in.want(1);
        v.assign(in.at, stop);
        in.at = stop + 1;
        return step::done;
    }
    constexpr step encode(std::string const& v, output& out) const { return out.put(v); }
    constexpr size_bound bounds(limits = {}) const { return {1, 100}; }
    constexpr void describe(description& d) const { d.add({}); }
};

TEST_CASE("a search that begins again for each byte is quadratic, one that remembers is not") {
    std::string const line = std::string(1000, 'x') + "\n";
    CHECK(touches<std::string>(forgetful_t{}, line) > 400'000);
    CHECK(touches<std::string>(delimited<"\n">(bytes), line) <= 2 * line.size());
}

}  // namespace
