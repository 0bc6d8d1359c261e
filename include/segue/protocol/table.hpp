// The states of a protocol as a constexpr table: in this state, on this input, to that state. What is not in the table
// is not allowed.
//
// One table is run, described, drawn and tested. Its enumerations have a `name_of`.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "segue/core/description.hpp"
#include "segue/core/refused.hpp"

namespace segue {

template <class State, class Input>
struct transition {
    State from;
    Input on;
    State to;
};

template <class State, class Input, std::size_t N>
class table {
public:
    using row = transition<State, Input>;

    consteval table(std::string_view name, row const (&rows)[N]) : name_(name) {
        for (std::size_t i = 0; i < N; ++i) rows_[i] = rows[i];
        check();
    }

    constexpr State first() const { return rows_[0].from; }
    constexpr std::array<row, N> const& rows() const { return rows_; }
    // Where the input leads, if it is allowed there.
    constexpr std::optional<State> next(State from, Input on) const {
        for (row const& r : rows_)
            if (r.from == from && r.on == on) return r.to;
        return std::nullopt;
    }
    // Nothing is allowed any more.
    constexpr bool is_final(State s) const {
        for (row const& r : rows_)
            if (r.from == s) return false;
        return true;
    }
    // One node with a child for each transition.
    constexpr void describe(description& d) const {
        std::size_t const at = d.nodes().size();
        d.add({.what = shape::table, .name = name_});
        for (row const& r : rows_)
            d.add_child(at, {.what = shape::transition, .name = name_of(r.from), .bytes = name_of(r.on), .to = name_of(r.to)});
    }

private:
    consteval void check() const {
        std::array<bool, N> reached{};
        for (std::size_t i = 0; i < N; ++i) {
            reached[i] = rows_[i].from == first();
            for (std::size_t k = 0; k < i; ++k)
                if (rows_[i].from == rows_[k].from && rows_[i].on == rows_[k].on) refused::two_transitions_for_one_state_and_input();
        }
        for (std::size_t round = 0; round < N; ++round)
            for (std::size_t i = 0; i < N; ++i)
                for (std::size_t k = 0; k < N; ++k) reached[i] = reached[i] || (reached[k] && rows_[k].to == rows_[i].from);
        for (bool const r : reached)
            if (!r) refused::a_state_that_cannot_be_reached();
    }

    std::string_view name_;  // of the protocol
    std::array<row, N> rows_{};
};
template <class State, class Input, std::size_t N>
table(std::string_view, transition<State, Input> const (&)[N]) -> table<State, Input, N>;

}  // namespace segue
