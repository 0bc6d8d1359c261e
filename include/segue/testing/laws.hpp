// The laws that every codec keeps, as functions that return what is broken; no test framework inside.
//
//   REQUIRE(segue::testing::holds_for_wire<grammar>(bytes) == "");
//
//  1 cuts        the way the bytes are cut changes nothing: after every prefix the same events, errors, offsets, counts
//  2 round trip  decode(encode(v)) = v              3 canonical   encode(decode(b)) = b, unless the caller says why not
//  4 bounds      fewest <= size <= most             5 truncation  a proper prefix at the end of input is `truncated`
//  6 trailing    bytes after a message stay unread  7 refusal     what cannot be read back cannot be encoded
//  8 limits      max - 1, max, max + 1              9 touch       see testing/touch.hpp
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "segue/core/description.hpp"
#include "segue/driver/decode.hpp"
#include "segue/driver/encode.hpp"
#include "segue/testing/play.hpp"
#include "segue/testing/random_value.hpp"
#include "segue/testing/random_wire.hpp"

namespace segue::testing {

namespace detail {

inline std::string differ(std::string_view law, std::string_view how, std::string const& expected, std::string const& got) {
    return std::string(law) + ": " + std::string(how) + "\n  expected " + expected + "\n  got      " + got;
}
inline std::string at(std::string_view what, std::size_t n) { return std::string(what) + " " + std::to_string(n); }

// A message of this grammar can end with the input and without a byte of its own: law 5 and law 6 do not apply.
inline bool ends_with_input(description const& d, std::size_t i = 0) {
    node const& n = d.nodes()[i];
    switch (n.what) {
        case shape::rest:
        case shape::all_but:
        case shape::text:
        case shape::bytes:
        case shape::run:
        case shape::number:
        case shape::repeat_to_end:
        case shape::separated:
        case shape::opaque: return true;
        case shape::trimmed: return true;
        case shape::streamed: return n.last == i + 1 && n.size.fewest != n.size.most;
        case shape::delimited: return n.optional_at_end;
        case shape::length_prefixed: return ends_with_input(d, d.child(i, 0));
        case shape::fixed:
        case shape::padded:
        case shape::sized_by: return false;
        default: break;
    }
    bool found = false;
    d.children(i, [&](std::size_t child) { found = found || ends_with_input(d, child); });
    return found;
}

}  // namespace detail

// What was said of each prefix when it came in one piece: open at [n], and at its end at closed[n].
struct reference {
    std::vector<said> open, closed;
};

template <auto const& Grammar, limits L = limits{}, class T = value_of<std::remove_cvref_t<decltype(Grammar)>>>
reference refer(std::string_view wire) {
    reference r;
    for (std::size_t n = 0; n <= wire.size(); ++n) {
        player<Grammar, L, T> run;
        r.open.push_back(run.give(wire.substr(0, n)));
        r.closed.push_back(run.close());
    }
    return r;
}

// 1: cuts. `wire` is any bytes, well-formed or not; a stream of two messages finds most.
template <auto const& Grammar, limits L = limits{}, class T = value_of<std::remove_cvref_t<decltype(Grammar)>>>
std::string cuts_change_nothing(std::string_view wire, std::size_t sampled_cuts = 100) {
    using run = player<Grammar, L, T>;
    reference const r = refer<Grammar, L, T>(wire);
    std::size_t const size = wire.size();
    auto const compare = [&](said const& got, said const& expected, std::string const& how) -> std::string {
        return got == expected ? "" : detail::differ("cuts", how + " of " + quoted(wire), render(expected), render(got));
    };
    for (std::size_t n = 0; n < size; ++n) {
        if (r.open[n + 1].events.substr(0, r.open[n].events.size()) != r.open[n].events)
            return detail::differ("cuts", detail::at("an event was taken back after byte", n), r.open[n].events, r.open[n + 1].events);
        if (r.open[n].last == kind::failed && r.open[n + 1] != r.open[n])
            return detail::differ("cuts", detail::at("an error changed after byte", n), render(r.open[n]), render(r.open[n + 1]));
        if (r.open[n].last != kind::need) continue;
        for (std::size_t k = 1; k < r.open[n].minimum && n + k <= size; ++k)
            if (r.open[n + k].messages != r.open[n].messages)
                return detail::differ("cuts", detail::at("needed less than it said after byte", n), render(r.open[n]), render(r.open[n + k]));
    }
    for (giving how : {giving::fed, giving::prepared}) {
        std::string const manner = how == giving::fed ? "fed " : "prepared ";
        run by_bytes(how);
        for (std::size_t n = 0; n < size; ++n)
            if (auto broken = compare(by_bytes.give(wire.substr(n, 1)), r.open[n + 1], manner + detail::at("byte by byte, after byte", n + 1)); !broken.empty())
                return broken;
        if (auto broken = compare(by_bytes.close(), r.closed[size], manner + "byte by byte, closed"); !broken.empty()) return broken;
        for (std::size_t cut = 1; cut < size; ++cut) {
            run two(how);
            two.give(wire.substr(0, cut));
            two.give(wire.substr(cut));
            if (auto broken = compare(two.close(), r.closed[size], manner + detail::at("cut at", cut)); !broken.empty()) return broken;
            run early(how);
            for (std::size_t n = 0; n < cut; ++n) early.give(wire.substr(n, 1));
            if (auto broken = compare(early.close(), r.closed[cut], manner + detail::at("byte by byte and closed at", cut)); !broken.empty())
                return broken;
        }
    }
    std::mt19937 random(static_cast<std::uint32_t>(size));
    for (std::size_t i = 0; i < sampled_cuts && size > 3; ++i) {
        run pieces(i % 2 == 0 ? giving::fed : giving::prepared);
        std::string how = "cuts at";
        for (std::size_t from = 0; from < size;) {
            std::size_t const n = 1 + random() % (1 + size / 2);
            pieces.give(wire.substr(from, n));
            from += n;
            how += detail::at("", from);
        }
        if (auto broken = compare(pieces.close(), r.closed[size], how); !broken.empty()) return broken;
    }
    return "";
}

// 1 again, with each byte changed in turn.
template <auto const& Grammar, limits L = limits{}, class T = value_of<std::remove_cvref_t<decltype(Grammar)>>>
std::string mutations_change_nothing(std::string_view wire) {
    std::string changed(wire);
    for (std::size_t i = 0; i < wire.size(); ++i) {
        for (unsigned flip : {0x01u, 0x20u, 0x80u, 0xffu}) {
            changed[i] = static_cast<char>(static_cast<unsigned char>(wire[i]) ^ flip);
            if (auto broken = cuts_change_nothing<Grammar, L, T>(changed, 4); !broken.empty()) return broken;
        }
        changed[i] = wire[i];
    }
    return "";
}

// 3 to 6, of the bytes of one message.
template <auto const& Grammar, limits L = limits{}, class T = value_of<std::remove_cvref_t<decltype(Grammar)>>>
std::string reads_back(std::string_view wire, bool canonical = true) {
    description d(L);
    Grammar.describe(d);
    size_bound const bound = Grammar.bounds(L);
    player<Grammar, L, T> whole;
    whole.give(wire);
    said const all = whole.close();
    if (all.last != kind::end || all.messages != 1 || all.offset != wire.size())
        return "not one message: " + quoted(wire) + "\n  " + render(all);
    if (!bound.contains(wire.size()))
        return detail::differ("bounds", quoted(wire), std::to_string(bound.fewest) + " .. " + std::to_string(bound.most), std::to_string(wire.size()));
    if (canonical) {
        decoder<Grammar, L, T> in;
        in.feed(wire);
        in.close();
        auto event = in.next();
        if (event.kind() == kind::message) {  // with a streamed element it is a part: encoders take those in pieces
            std::string again;
            encoded const result = encode(Grammar, *event, again);
            if (!result) return "canonical: " + quoted(wire) + " is decoded, but not encoded: " + render(result.error());
            if (again != wire) return detail::differ("canonical", "encoded again", quoted(wire), quoted(again));
        }
    }
    if (detail::ends_with_input(d)) return "";
    for (std::size_t n = 1; n < wire.size(); ++n) {
        player<Grammar, L, T> cut;
        cut.give(wire.substr(0, n));
        said const got = cut.close();
        if (got.last == kind::end && got.messages == 0) {  // bytes that mean nothing: the rest is the message
            player<Grammar, L, T> rest;
            rest.give(wire.substr(n));
            if (rest.close().events == all.events) continue;
        }
        if (got.last != kind::failed || !got.failure.starts_with("truncated") || got.messages != 0)
            return detail::differ("truncation", detail::at("closed after byte", n) + " of " + quoted(wire), "truncated", render(got));
    }
    player<Grammar, L, T> more;
    said const got = more.give(std::string(wire) + std::string(wire.substr(0, 1)));
    if (!got.events.starts_with(all.events))
        return detail::differ("trailing", "one byte more than " + quoted(wire), all.events, render(got));
    return "";
}

// 1 and 3 to 6, of the bytes of one message, alone and twice in a row.
template <auto const& Grammar, limits L = limits{}, class T = value_of<std::remove_cvref_t<decltype(Grammar)>>>
std::string holds_for_wire(std::string_view wire, bool canonical = true, bool mutated = true) {
    if (auto broken = reads_back<Grammar, L, T>(wire, canonical); !broken.empty()) return broken;
    std::string const twice = std::string(wire) + std::string(wire);
    if (auto broken = cuts_change_nothing<Grammar, L, T>(twice); !broken.empty()) return broken;
    if (!mutated || wire.size() > 80) return "";
    return mutations_change_nothing<Grammar, L, T>(wire);
}

// 2 and 4, and 1 and 3 to 6 of what is encoded.
template <auto const& Grammar, limits L = limits{}, class T>
std::string holds_for_value(T const& value, bool mutated = true) {
    std::string wire;
    encoded const result = encode(Grammar, value, wire);
    if (!result) return "not encoded: " + render(value) + ": " + render(result.error());
    if (wire.size() != result.size()) return "the size is not what was written";
    gather_list list;
    if (!encode(Grammar, value, list)) return "not encoded into a list of pieces";
    std::string gathered;
    for (std::string_view piece : list.pieces()) gathered += piece;
    if (gathered != wire) return detail::differ("round trip", "a list of pieces", quoted(wire), quoted(gathered));
    decoder<Grammar, L, T> in;
    in.feed(wire);
    in.close();
    auto const event = in.next();
    if (event.kind() != kind::message) return "round trip: not decoded: " + quoted(wire) + ": " + render(event.error());
    if (render(*event) != render(value)) return detail::differ("round trip", quoted(wire), render(value), render(*event));
    return holds_for_wire<Grammar, L, T>(wire, true, mutated);
}

// 7: the value cannot be encoded, with this error, neither counted nor written.
template <class C, class T>
std::string is_refused(C const& codec, T const& value, errc why) {
    encoded const counted = encoded_size(codec, value);
    if (counted || counted.error().code != why)
        return detail::differ("refusal", render(value), std::string(name_of(why)), counted ? "encoded" : render(counted.error()));
    std::vector<char> room(4096);
    encoded const written = encode(codec, value, std::span<char>(room));
    if (written || written.error().code != why)
        return detail::differ("refusal", "written: " + render(value), std::string(name_of(why)), written ? "encoded" : render(written.error()));
    return "";
}

// The bytes fail with this error at this offset, however they are cut.
template <auto const& Grammar, limits L = limits{}, class T = value_of<std::remove_cvref_t<decltype(Grammar)>>>
std::string fails(std::string_view wire, errc why, std::uint64_t offset) {
    player<Grammar, L, T> whole;
    whole.give(wire);
    said const got = whole.close();
    std::string const expected = std::string(name_of(why)) + " at " + std::to_string(offset) + " ";
    if (got.last != kind::failed || !got.failure.starts_with(expected)) return detail::differ("fails", quoted(wire), expected, render(got));
    return cuts_change_nothing<Grammar, L, T>(wire);
}

// 1, 4, and for what must be a message 3 to 6, of `rounds` random messages made from the description.
template <auto const& Grammar, limits L = limits{}, class T = value_of<std::remove_cvref_t<decltype(Grammar)>>>
std::string holds_for_random_wire(std::uint32_t rounds = 20, bool canonical = true) {
    description d(L);
    Grammar.describe(d);
    for (std::uint32_t seed = 1; seed <= rounds; ++seed) {
        random_wire const made(d, seed);
        if (auto broken = cuts_change_nothing<Grammar, L, T>(made.wire() + made.wire(), 8); !broken.empty()) return broken;
        if (!made.certain()) continue;
        if (auto broken = reads_back<Grammar, L, T>(made.wire(), canonical); !broken.empty()) return broken;
    }
    return "";
}

// 2 to 6 of `rounds` random values of the message type.
template <auto const& Grammar, limits L = limits{}, class T = value_of<std::remove_cvref_t<decltype(Grammar)>>>
std::string holds_for_random_values(std::uint32_t rounds = 20) {
    random_source random(rounds);
    for (std::uint32_t i = 0; i < rounds; ++i)
        if (auto broken = holds_for_value<Grammar, L, T>(random_value<T>(random), false); !broken.empty()) return broken;
    return "";
}

}  // namespace segue::testing
