// What a decoder of request heads holds: its state, itself, and its heap while idle and while it waits inside a head.
#include <cstdio>
#include <string_view>

#include "request_head.hpp"
#include "segue/lines/lines.hpp"

int main() {
    using namespace segue;
    constexpr std::string_view begun = "GET / HTTP/1.1\r\nHost: example.com\r\nUser-Ag";
    decoder<bench::request_head> in;
    std::printf("resume state: request head %zu B, lines %zu B\n", sizeof(state_of<decltype(bench::request_head)>),
                sizeof(state_of<decltype(lines::grammar)>));
    std::printf("decoder of request heads: %zu B, of lines: %zu B\n", sizeof(in), sizeof(decoder<lines::grammar>));
    std::size_t const fresh = in.heap();
    in.feed(begun);
    (void)in.next();
    std::size_t const waiting = in.heap();
    in.feed("ent: x\r\n\r\n");
    while (in.next().kind() == kind::message) {}
    std::printf("heap: new %zu B, waiting inside a head of %zu B %zu B, idle again %zu B\n", fresh, begun.size(), waiting, in.heap());
    return fresh == 0 && in.heap() == 0 ? 0 : 1;
}
