// The container that a message lost when it took another form: the next one of that form gets it back, and need not ask
// for memory.
#pragma once

#include <utility>

namespace segue {

class spare {
public:
    constexpr spare() = default;
    constexpr spare(spare&& other) noexcept : box_(std::exchange(other.box_, nullptr)) {}
    constexpr spare& operator=(spare&& other) noexcept {
        std::swap(box_, other.box_);
        return *this;
    }
    constexpr ~spare() { delete box_; }

    // Keeps what c holds, instead of what was kept before.
    template <class C>
    constexpr void keep(C& c) {
        if (!holds<C>()) {
            delete box_;
            box_ = nullptr;
            box_ = new box_of<C>;
        }
        std::swap(kept<C>(), c);
    }
    // c, which is empty, gets what was kept, if that is of its type.
    template <class C>
    constexpr void give_back(C& c) {
        if (holds<C>()) std::swap(kept<C>(), c);
    }

private:
    template <class C>
    static constexpr char type_of = 0;
    struct box {
        char const* type;
        constexpr explicit box(char const* t) : type(t) {}
        constexpr virtual ~box() = default;
    };
    template <class C>
    struct box_of : box {
        C kept{};
        constexpr box_of() : box(&type_of<C>) {}
        constexpr ~box_of() override {}
    };
    template <class C>
    constexpr bool holds() const {
        return box_ && box_->type == &type_of<C>;
    }
    template <class C>
    constexpr C& kept() {
        return static_cast<box_of<C>*>(box_)->kept;
    }

    box* box_ = nullptr;
};

}  // namespace segue
