// What decoders of request heads and of whole requests hold: their state, themselves, and their heap while idle, while
// they wait inside a head, and inside a body.
#include <llhttp.h>

#include <cstdio>
#include <string>
#include <string_view>
#include <type_traits>

#include "request_head.hpp"
#include "segue/http1/http1.hpp"
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

    decoder<http1::streamed_request_grammar> whole;
    std::printf("whole requests: resume state %zu B, decoder %zu B; llhttp %zu B\n",
                sizeof(state_of<std::remove_const_t<decltype(http1::streamed_request_grammar)>>), sizeof(whole), sizeof(llhttp_t));
    std::size_t const before = whole.heap();
    auto const read = [&](std::string_view piece) {
        whole.feed(piece);
        kind k = whole.next().kind();
        while (k == kind::part || k == kind::message) k = whole.next().kind();
        return whole.heap();
    };
    std::size_t const in_head = read(begun);
    std::size_t const in_body = read("ent: x\r\nTransfer-Encoding: chunked\r\n\r\n10000\r\nsome of the chunk");
    std::printf("heap: new %zu B, inside the head %zu B, inside its body %zu B, ", before, in_head, in_body);
    read(std::string(0x10000 - 17, 'x'));
    std::size_t const idle = read("\r\n0\r\n\r\n");
    std::printf("idle again %zu B\n", idle);
    return fresh == 0 && in.heap() == 0 && before == 0 && idle == 0 && !whole.failed() ? 0 : 1;
}
