// Request heads with segue: bytes lent by `feed`, and bytes written into its own buffer, as a read from a socket does.
#include <cstring>

#include "heads.hpp"
#include "request_head.hpp"

namespace segue::bench {

namespace {

template <limits L>
struct fed {
    decoder<request_head, L> decoder_;
    char const* at = nullptr;
    std::size_t weight = 0;

    void begin(char const* place) { at = place; }
    void arrived(std::size_t n) {
        decoder_.feed({at, n});
        at += n;
        take();
    }
    void take() {
        for (;;) {
            auto r = decoder_.next();
            if (r.kind() != kind::message) return;
            weight += weigh(r->method, r->target, r->minor, r->headers);
        }
    }
};
template <limits L>
struct committed : fed<L> {
    void arrived(std::size_t n) {
        std::memcpy(this->decoder_.prepare(n).data(), this->at, n);
        this->decoder_.commit(n);
        this->at += n;
        this->take();
    }
};

[[maybe_unused]] bool const added = [] {
    add_heads<fed<limits{}>, fed<roomy>>("segue");
    add_heads<committed<limits{}>, committed<roomy>>("segue_prepare");
    return true;
}();

}  // namespace

}  // namespace segue::bench
