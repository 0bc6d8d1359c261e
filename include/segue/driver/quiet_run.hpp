// The run of characters that a codec was suspended in, as far as its driver need not wake it for more of the same.
#pragma once

#include <cstddef>
#include <string_view>
#include <type_traits>

#include "segue/core/inlining.hpp"
#include "segue/wire/input.hpp"

namespace segue {

class quiet_run {
public:
    static constexpr std::size_t few = 16;  // bytes at a time; of more, what is longer than the run so far likely ends it

    constexpr quiet_run() = default;
    constexpr quiet_run(run_set const* set, std::size_t left) : set_(set), left_(left) {}

    explicit constexpr operator bool() const { return left_ != 0; }
    // All that is needed belongs to it, and nothing behind that may. (Under a sanitizer g++ takes no two addresses for
    // different in constant evaluation; there it only saves work.)
    constexpr bool of_any_byte() const { return !std::is_constant_evaluated() && set_ == &any_byte; }
    // Copies what arrived, where that changes nothing but the run's length: all are members, and there is room for them
    // in the run, which has `before` bytes. Otherwise false, and what was copied counts for nothing.
    SEGUE_INLINE bool take(std::string_view arrived, std::size_t before, char* to) {
        if (arrived.size() > left_) return false;
        if (arrived.size() > few) return arrived.size() <= before && take_many(arrived, to);
        bool const* const members = set_->members.data();
        for (char const c : arrived) {
            *to++ = c;
            if (!members[static_cast<unsigned char>(c)]) return false;
        }
        left_ -= arrived.size();
        return true;
    }

    // A single byte that is copied already, and is the next one of the text; as long as more of it must come.
    SEGUE_INLINE bool take_text(std::string_view arrived, std::size_t before) {
        std::string_view const next = set_->text;
        if (arrived.size() != 1 || next.size() < 2) return false;
        if (arrived[0] != next[set_->only_text ? before : 0]) return false;
        if (!set_->only_text) set_ = &text_alone<"">;  // the next byte decides
        --left_;  // of the room as well
        return true;
    }

private:
    SEGUE_COLD bool take_many(std::string_view arrived, char* to) {
        char const* const end = arrived.data() + arrived.size();
        if (set_->skip(arrived.data(), end) != end) return false;
        copy_bytes(to, arrived.data(), arrived.size());
        left_ -= arrived.size();
        return true;
    }

    run_set const* set_ = nullptr;
    std::size_t left_ = 0;
};

}  // namespace segue
