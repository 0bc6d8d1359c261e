// The laws must be able to fail: each of these codecs breaks one of them.
#include "segue/testing/laws.hpp"

#include "catch.hpp"
#include "segue/segue.hpp"

namespace {

using namespace segue;
using namespace segue::testing;

// A pair of letters, right in every way; what derives from it is wrong in one.
struct letters_t {
    using state = stateless;
    template <class In>
    constexpr step decode(In& in, state&, std::string& v) const {
        for (std::size_t i = 0; i < 2; ++i) {
            if (i == in.left()) return in.want(2 - i);
            if (in.at[i] < 'a' || in.at[i] > 'z') return in.fail(errc::mismatch, in.at + i);
        }
        v.assign(in.at, 2);
        in.at += 2;
        return step::done;
    }
    constexpr step encode(std::string const& v, output& out) const { return v.size() == 2 ? out.put(v) : out.fail(errc::wrong_size); }
    constexpr size_bound bounds(limits = {}) const { return {2, 2}; }
    constexpr void describe(description& d) const { d.add({.what = shape::fixed, .size = bounds()}); }
};
struct needs_too_much_t : letters_t {
    template <class In>
    constexpr step decode(In& in, state& s, std::string& v) const {
        return in.left() < 2 ? in.want(3) : letters_t::decode(in, s, v);
    }
};
struct other_bytes_t : letters_t {
    constexpr step encode(std::string const&, output& out) const { return out.put("zz"); }
};
struct wrong_bounds_t : letters_t {
    constexpr size_bound bounds(limits = {}) const { return {1, 1}; }
};
// takes what is there at the end of the input
struct ends_early_t : letters_t {
    template <class In>
    constexpr step decode(In& in, state& s, std::string& v) const {
        if (in.closed && in.left() == 1) {
            v.assign(in.at, 1);
            in.at += 1;
            return step::done;
        }
        return letters_t::decode(in, s, v);
    }
};
// reads a third byte where there is one
struct greedy_t : letters_t {
    template <class In>
    constexpr step decode(In& in, state& s, std::string& v) const {
        step const r = letters_t::decode(in, s, v);
        if (r == step::done && in.left() != 0) ++in.at;
        return r;
    }
};

template <class C>
inline constexpr C grammar{};
template <class C>
std::string on_wire(std::string_view wire = "ab") {
    return holds_for_wire<grammar<C>, limits{}, std::string>(wire);
}

TEST_CASE("a right codec keeps all laws") {
    CHECK(on_wire<letters_t>() == "");
    CHECK(holds_for_value<grammar<letters_t>>(std::string("ab")) == "");
    CHECK(is_refused(letters_t{}, std::string("abc"), errc::wrong_size) == "");
}

TEST_CASE("each law is broken by a codec that breaks it") {
    CHECK(on_wire<needs_too_much_t>().starts_with("cuts: needed less than it said"));
    CHECK(on_wire<other_bytes_t>().starts_with("canonical"));
    CHECK(holds_for_value<grammar<other_bytes_t>>(std::string("ab")).starts_with("round trip"));
    CHECK(on_wire<wrong_bounds_t>().starts_with("bounds"));
    CHECK(on_wire<ends_early_t>().starts_with("truncation"));
    CHECK(on_wire<greedy_t>().starts_with("trailing"));
    CHECK(is_refused(other_bytes_t{}, std::string("abc"), errc::wrong_size).starts_with("refusal"));
    CHECK(fails<grammar<letters_t>, limits{}, std::string>("aB", errc::mismatch, 0).starts_with("fails"));
    CHECK(fails<grammar<letters_t>, limits{}, std::string>("ab", errc::mismatch, 0).starts_with("fails"));
}

// An answer that depends on how much is there, not on what: a limit that is tested only when a search comes back empty.
struct late_limit_t {
    struct state {
        std::uint32_t calls = 0;
    };
    template <class In>
    constexpr step decode(In& in, state& s, std::string& v) const {
        ++s.calls;
        for (std::size_t i = 0; i < in.left(); ++i)
            if (in.at[i] == '.') {
                v.assign(in.at, i);
                in.at += i + 1;
                return step::done;
            }
        if (in.left() > 3) return in.fail_limit(errc::too_long, in.at + 3, 3);
        return in.want(1);
    }
    constexpr step encode(std::string const& v, output& out) const { return out.put(v + "."); }
    constexpr size_bound bounds(limits = {}) const { return {1, 100}; }
    constexpr void describe(description& d) const { d.add({.what = shape::fixed, .size = bounds()}); }
};

TEST_CASE("a limit that depends on the cuts is found") {
    CHECK(cuts_change_nothing<grammar<late_limit_t>, limits{}, std::string>("abc.").empty());
    CHECK(cuts_change_nothing<grammar<late_limit_t>, limits{}, std::string>("abcdef.").starts_with("cuts"));
}

}  // namespace
