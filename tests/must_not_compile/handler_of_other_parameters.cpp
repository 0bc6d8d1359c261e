// refused: a handler takes the protocol and the chunk
#include "segue/protocol/chunk_protocol.hpp"

using namespace segue;

void listen() {
#ifdef REFUSED
    auto p = line_protocol([](std::string_view) {});
#else
    auto p = line_protocol([](auto&, std::string_view) {});
#endif
    (void)p.next_event();
}
