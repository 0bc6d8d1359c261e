// Requests with bodies with Boost.Beast's callback parser, which wants the bytes that it did not take again, and is made
// anew for each message.
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

#include <optional>

#include "bodies.hpp"

namespace segue::bench {

namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using view = boost::beast::string_view;

class callbacks : public http::basic_parser<true> {
public:
    std::size_t seen = 0;

private:
    std::size_t take(view body) {
        look_at(body.data());
        seen += body.size();
        return body.size();
    }
    void on_request_impl(http::verb, view, view, int, error_code&) override {}
    void on_field_impl(http::field, view, view, error_code&) override {}
    void on_response_impl(int, view, int, error_code&) override {}
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}
    std::size_t on_body_impl(view body, error_code&) override { return take(body); }
    void on_chunk_header_impl(std::uint64_t, view, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, view body, error_code&) override { return take(body); }
    void on_finish_impl(error_code&) override {}
};

struct by_beast {
    std::optional<callbacks> parser;
    char const* first = nullptr;  // of what it has not taken

    bool feed(std::string_view piece, std::size_t& sum) {
        if (!parser) {
            parser.emplace();
            parser->eager(true);
            first = piece.data();
        }
        char const* const last = piece.data() + piece.size();
        parser->seen = 0;
        error_code error;
        while (first != last && !parser->is_done()) {
            std::size_t const taken = parser->put(boost::asio::const_buffer(first, static_cast<std::size_t>(last - first)), error);
            first += taken;
            if (taken == 0) break;
            if (error && error != http::error::need_more) return false;
        }
        sum += parser->seen;
        if (parser->is_done()) parser.reset();
        return true;
    }
};

[[maybe_unused]] bool const added = (add_bodies<by_beast>("beast_basic_parser"), true);

}  // namespace

}  // namespace segue::bench
