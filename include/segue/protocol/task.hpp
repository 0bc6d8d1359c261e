// A coroutine of a script: it begins when it is awaited, and its result or its exception goes to whoever awaits it.
//
// Tasks do not resume one another: each notes who runs next, and one loop (in script.hpp) runs that. So a script that
// calls a million tasks in a row needs no more stack than one that calls none, with or without optimisation.
#pragma once

#include <coroutine>
#include <cstddef>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "segue/protocol/frame_store.hpp"

namespace segue {

template <class T>
class task;

namespace detail {

class task_promise_base {
public:
    std::suspend_always initial_suspend() noexcept { return {}; }
    auto final_suspend() noexcept { return back_to_caller(); }
    void unhandled_exception() noexcept { thrown_ = std::current_exception(); }

    void run_under(std::coroutine_handle<> self, std::coroutine_handle<> caller, std::coroutine_handle<>* running) {
        caller_ = caller;
        running_ = running;
        *running = self;
    }
    std::coroutine_handle<>* running() const { return running_; }
    void rethrow() const {
        if (thrown_) std::rethrow_exception(thrown_);
    }

    // The coroutine's arguments are looked through for one that has frames. (Not a template: g++ 12 would warn of a
    // mismatched delete in the user's coroutine.)
    static void* operator new(std::size_t n, frames_of a = {}, frames_of b = {}, frames_of c = {}, frames_of d = {},
                              frames_of e = {}, frames_of f = {}) {
        for (frame_store* store : {a.store, b.store, c.store, d.store, e.store, f.store})
            if (store) return store->allocate(n);
        return frame_store::allocate_alone(n);
    }
    static void operator delete(void* frame, std::size_t) { frame_store::release(frame); }

private:
    struct back_to_caller {
        bool await_ready() noexcept { return false; }
        template <class P>
        void await_suspend(std::coroutine_handle<P> ended) noexcept {
            *ended.promise().running_ = ended.promise().caller_;
        }
        void await_resume() noexcept {}
    };
    std::coroutine_handle<> caller_;
    std::coroutine_handle<>* running_ = nullptr;  // the script's: which of its coroutines runs
    std::exception_ptr thrown_;
};

template <class T>
class task_promise : public task_promise_base {
public:
    task<T> get_return_object();
    template <class U>
    void return_value(U&& value) {
        value_.emplace(std::forward<U>(value));
    }
    bool has_value() const { return value_.has_value(); }
    T& value() { return *value_; }

private:
    std::optional<T> value_;
};

template <>
class task_promise<void> : public task_promise_base {
public:
    task<void> get_return_object();
    void return_void() { returned_ = true; }
    bool has_value() const { return returned_; }
    void value() {}

private:
    bool returned_ = false;
};

}  // namespace detail

template <class T = void>
class [[nodiscard]] task {
public:
    using promise_type = detail::task_promise<T>;
    using value_type = T;

    task() = default;
    explicit task(std::coroutine_handle<promise_type> h) : coroutine_(h) {}
    task(task&& other) noexcept : coroutine_(std::exchange(other.coroutine_, nullptr)) {}
    task& operator=(task&& other) noexcept {
        std::swap(coroutine_, other.coroutine_);
        return *this;
    }
    ~task() {
        if (coroutine_) coroutine_.destroy();
    }

    // `co_await f(wire)` runs f to its end and gives its result.
    auto operator co_await() && noexcept { return call(coroutine_); }

    // For the loop that runs a script.
    explicit operator bool() const { return static_cast<bool>(coroutine_); }
    bool done() const { return coroutine_.done(); }
    promise_type& promise() const { return coroutine_.promise(); }
    void begin(std::coroutine_handle<>& running) { promise().run_under(coroutine_, nullptr, &running); }

private:
    class call {
    public:
        explicit call(std::coroutine_handle<promise_type> callee) : callee_(callee) {}
        bool await_ready() const noexcept { return false; }
        template <class P>
            requires std::derived_from<P, detail::task_promise_base>
        void await_suspend(std::coroutine_handle<P> caller) noexcept {
            callee_.promise().run_under(callee_, caller, caller.promise().running());
        }
        T await_resume() {
            callee_.promise().rethrow();
            if constexpr (!std::is_void_v<T>) return std::move(callee_.promise().value());
        }

    private:
        std::coroutine_handle<promise_type> callee_;
    };

    std::coroutine_handle<promise_type> coroutine_;
};

template <class T>
task<T> detail::task_promise<T>::get_return_object() {
    return task<T>(std::coroutine_handle<task_promise>::from_promise(*this));
}
inline task<void> detail::task_promise<void>::get_return_object() {
    return task<void>(std::coroutine_handle<task_promise>::from_promise(*this));
}

}  // namespace segue
