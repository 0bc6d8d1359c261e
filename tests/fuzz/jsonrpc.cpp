// A whole stack under random bytes, random cuts and a peer that takes answers when it likes: what is answered does not
// depend on any of that.
#include "segue/jsonrpc/jsonrpc.hpp"

#include <algorithm>

#include "segue/json/source.hpp"

#include "invariant.hpp"

namespace {

using namespace segue;

struct operands {
    BOOST_HANA_DEFINE_STRUCT(operands, (std::int64_t, minuend), (std::int64_t, subtrahend));
};

auto methods() {
    return jsonrpc::methods{
        jsonrpc::method<"subtract", operands, std::int64_t>([](operands const& o) { return o.minuend / 2 - o.subtrahend / 2; }),
        jsonrpc::method<"echo", json::raw, json::raw>([](json::raw given) { return given; }),
        jsonrpc::method<"sum", std::vector<double>, double>([](std::vector<double> const& all) { return all.empty() ? 0 : all[0]; }),
    };
}

// Choices come from the same bytes that are sent: the fuzzer finds both.
struct choices {
    std::string_view of;
    std::size_t at = 0;
    std::size_t below(std::size_t n) { return of.empty() ? 0 : static_cast<unsigned char>(of[at++ % of.size()]) * n / 256; }
};

template <class Stack>
std::string answers(Stack stack, std::string_view wire, choices c, bool whole) {
    std::string out;
    for (std::size_t at = 0; at < wire.size();) {
        std::size_t const n = whole ? wire.size() : std::min(wire.size() - at, 1 + c.below(60));
        std::string const piece(wire.substr(at, n));
        at += piece.size();
        stack.receive(piece);
        (void)stack.next_event();
        if (!whole && c.below(2) != 0) out += stack.outgoing().take(c.below(300));
        stack.keep();
    }
    stack.receive_eof();
    for (int turns = 0; turns < 100'000; ++turns) {
        auto const e = stack.next_event();
        if (is_last(e) && stack.outgoing().pending() == 0) break;
        out += stack.outgoing().take();
    }
    return out;
}

template <class Make>
void cuts_and_pauses_change_nothing(Make make, std::string_view wire, choices c) {
    std::string const expected = answers(make(), wire, c, true), found = answers(make(), wire, c, false);
    testing::hold(found == expected, "cut: " + found + "\nwhole: " + expected);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) return 0;
    std::string_view const wire(reinterpret_cast<char const*>(data) + 1, size - 1);
    choices const c{wire};
    flow const small{.credit = 64, .out = {.low = 50, .high = 100}};
    switch (*data % 5) {
        case 0: cuts_and_pauses_change_nothing([&] { return stack{jsonrpc::server{methods()}, jsonrpc::over_lines{}, jsonrpc::lines(small)}; }, wire, c); break;
        case 1: cuts_and_pauses_change_nothing([&] { return stack{jsonrpc::server{methods()}, jsonrpc::over_netstrings{}, jsonrpc::netstrings(small)}; }, wire, c); break;
        case 3: cuts_and_pauses_change_nothing([&] { return stack{jsonrpc::server{methods()}, jsonrpc::over_texts{}, jsonrpc::texts(small)}; }, wire, c); break;
        case 2: cuts_and_pauses_change_nothing([&] { return stack{jsonrpc::server{methods()}, jsonrpc::over_lsp{}, jsonrpc::lsp(small)}; }, wire, c); break;
        default:
            cuts_and_pauses_change_nothing([&] { return stack{jsonrpc::server{methods()}, jsonrpc::over_http{}, http1::server{{.limits = small}}}; }, wire, c);
    }
    return 0;
}
