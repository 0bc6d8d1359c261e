// The law of cuts for every way to give bytes: lent, lent twice before they are read, prepared and committed in parts,
// kept, with empty pieces between, and the decoder moved in the middle. Random, and the same again for the same seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <list>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "segue/testing/laws.hpp"

namespace segue::testing {

namespace detail {

template <auto const& Grammar, limits L, class T>
class interleaving {
public:
    interleaving(std::string_view wire, std::uint32_t seed) : wire_(wire), random_(seed) {}

    std::string run() {
        for (std::size_t bound = 40 * wire_.size() + 400; bound != 0; --bound) {
            switch (random_() % 8) {
                case 0:
                case 1: lend(); break;
                case 2: prepare(); break;
                case 3: keep(); break;
                case 4: in_ = std::make_unique<decoder<Grammar, L, T>>(std::move(*in_)); break;
                case 5: in_->feed({}); break;
                default: listen(); break;
            }
            // closed only when all has been read, as a transport would: what is said before the end must not depend on it
            if (given_ == wire_.size() && asked_ && !over_) {
                in_->close();
                listen();
            }
            if (over_) return said_;
        }
        return said_ + "never ends";
    }

private:
    std::string_view next_piece() {
        std::string_view const piece = wire_.substr(given_, 1 + random_() % (random_() % 4 == 0 ? 40 : 3));
        given_ += piece.size();
        asked_ = false;
        return piece;
    }
    void lend() {
        std::string_view const piece = next_piece();
        // of its own, and gone as soon as the decoder has asked for more: a sanitizer sees who looks at it later
        auto own = std::make_unique<char[]>(piece.size() + 1);
        std::memcpy(own.get(), piece.data(), piece.size());
        in_->feed({own.get(), piece.size()});
        lent_.push_back(std::move(own));
    }
    void prepare() {
        std::span<char> const room = in_->prepare(50);
        std::string_view const piece = next_piece();
        std::memcpy(room.data(), piece.data(), piece.size());
        in_->commit(piece.size());
        lent_.clear();
    }
    void keep() {
        in_->keep();
        lent_.clear();
    }
    void listen() {
        auto const event = in_->next();
        switch (event.kind()) {
            case kind::message: said_ += render(*event) + " @" + std::to_string(in_->offset()) + "\n"; return;
            case kind::part: said_ += event.data(); return;
            case kind::skipped:
                if constexpr (recovers<std::remove_cvref_t<decltype(Grammar)>>) said_ += render(event.skipped());
                return;
            case kind::need: asked_ = true; break;
            case kind::end: over_ = true; break;
            case kind::failed:
                said_ += render(event.error());
                over_ = true;
                break;
        }
        lent_.clear();
    }

    std::string_view wire_;
    std::mt19937 random_;
    std::unique_ptr<decoder<Grammar, L, T>> in_ = std::make_unique<decoder<Grammar, L, T>>();
    std::list<std::unique_ptr<char[]>> lent_;
    std::string said_;
    std::size_t given_ = 0;
    bool asked_ = false, over_ = false;
};

}  // namespace detail

// `wire` is any bytes, well-formed or not.
template <auto const& Grammar, limits L = limits{}, class T = value_of<std::remove_cvref_t<decltype(Grammar)>>>
std::string interleavings_change_nothing(std::string_view wire, std::uint32_t rounds = 50) {
    player<Grammar, L, T> whole;
    whole.give(wire);
    said const all = whole.close();
    std::string const expected = all.events + all.failure;
    for (std::uint32_t seed = 1; seed <= rounds; ++seed)
        if (std::string const got = detail::interleaving<Grammar, L, T>(wire, seed).run(); got != expected)
            return detail::differ("interleaving", detail::at("seed", seed) + " of " + quoted(wire), expected, got);
    return "";
}

}  // namespace segue::testing
