// The memory of a script's nested coroutines: a frame that ends is kept for the next call, so that a task called for
// each message allocates once.
#pragma once

#include <cstddef>
#include <new>
#include <utility>

namespace segue {

class frame_store {
public:
    frame_store() = default;
    frame_store(frame_store&&) = delete;
    ~frame_store() {
        while (free_) ::operator delete(std::exchange(free_, free_->next));
    }

    void* allocate(std::size_t n) {
        for (block** at = &free_; *at; at = &(*at)->next)
            if ((*at)->size >= n) return (std::exchange(*at, (*at)->next)) + 1;
        return make(n, this);
    }
    // Frames that belong to no store.
    static void* allocate_alone(std::size_t n) { return make(n, nullptr); }
    static void release(void* frame) {
        block* const b = static_cast<block*>(frame) - 1;
        if (!b->owner) return ::operator delete(b);
        b->next = b->owner->free_;
        b->owner->free_ = b;
    }

private:
    struct alignas(std::max_align_t) block {
        block* next;
        std::size_t size;
        frame_store* owner;
    };
    static void* make(std::size_t n, frame_store* owner) {
        return new (::operator new(sizeof(block) + n)) block{nullptr, n, owner} + 1;
    }

    block* free_ = nullptr;
};

// Of any argument of a coroutine: the store for its frames, where it has one.
struct frames_of {
    frame_store* store = nullptr;

    frames_of() = default;
    template <class A>
    frames_of(A& argument) {
        if constexpr (requires { argument.frames(); }) store = &argument.frames();
    }
};

}  // namespace segue
