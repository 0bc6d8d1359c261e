#include "segue/protocol/frame_store.hpp"

#include <cstdint>
#include <cstring>

#include "catch.hpp"

namespace {

using namespace segue;

TEST_CASE("frame_store: a released frame is given again where it is large enough") {
    frame_store s;
    void* const a = s.allocate(100);
    std::memset(a, 1, 100);
    frame_store::release(a);
    CHECK(s.allocate(80) == a);
    void* const b = s.allocate(80);
    CHECK(b != a);
    frame_store::release(a);
    void* const large = s.allocate(200);
    CHECK(large != a);
    CHECK(s.allocate(100) == a);
    for (void* const frame : {a, b, large}) frame_store::release(frame);
}

TEST_CASE("frame_store: frames are aligned for anything, and may be alone") {
    frame_store s;
    void* const a = s.allocate(1);
    void* const b = frame_store::allocate_alone(1);
    CHECK(reinterpret_cast<std::uintptr_t>(a) % alignof(std::max_align_t) == 0);
    CHECK(reinterpret_cast<std::uintptr_t>(b) % alignof(std::max_align_t) == 0);
    frame_store::release(a);
    frame_store::release(b);
}

TEST_CASE("frame_store: an argument that has frames gives its store") {
    struct holder {
        frame_store& frames() { return store; }
        frame_store store;
    } h;
    int plain = 0;
    CHECK(frames_of(h).store == &h.store);
    CHECK(frames_of(plain).store == nullptr);
    CHECK(frames_of().store == nullptr);
}

}  // namespace
