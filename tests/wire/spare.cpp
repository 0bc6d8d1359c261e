#include "segue/wire/spare.hpp"

#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"

namespace {

using segue::spare;
using words = std::vector<std::string>;

TEST_CASE("spare: a container comes back with all that it held, once") {
    spare kept;
    words one{"a", "b"};
    auto const* const where = one.data();
    kept.keep(one);
    CHECK(one.empty());
    kept.give_back(one);
    CHECK(one == words{"a", "b"});
    CHECK(one.data() == where);
    words none;
    kept.give_back(none);
    CHECK(none.empty());
}

TEST_CASE("spare: the last one is kept, and only its own type gets it") {
    spare kept;
    words first{"a"}, last{"b"};
    kept.keep(first);
    kept.keep(last);
    std::vector<int> other;
    kept.give_back(other);
    CHECK(other.empty());
    words got;
    kept.give_back(got);
    CHECK(got == words{"b"});
    other = {1};
    kept.keep(other);
    words gone;
    kept.give_back(gone);
    CHECK(gone.empty());
}

TEST_CASE("spare: what is kept moves along") {
    spare from;
    words one{"a"};
    from.keep(one);
    spare to = std::move(from);
    from.give_back(one);
    CHECK(one.empty());
    from = std::move(to);
    from.give_back(one);
    CHECK(one == words{"a"});
}

constexpr bool in_constant_evaluation() {
    spare kept;
    std::vector<int> one{1, 2};
    kept.keep(one);
    std::vector<int> two;
    kept.give_back(two);
    return one.empty() && two.size() == 2;
}
static_assert(in_constant_evaluation());

}  // namespace
