// Request heads with Boost.Beast: its callback parser, and the one that fills a message. Both want the bytes that they
// did not take again, and a new parser for each head.
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

#include <limits>
#include <optional>

#include "collected.hpp"
#include "heads.hpp"

namespace segue::bench {

namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using view = boost::beast::string_view;

class callbacks : public http::basic_parser<true> {
public:
    void into(collected& head) { head_ = &head; }
    std::size_t weight() { return head_->finish(); }

private:
    void on_request_impl(http::verb, view method, view target, int version, error_code&) override {
        head_->method = {method.data(), method.size()};
        head_->target = {target.data(), target.size()};
        head_->minor = static_cast<std::size_t>(version % 10);
    }
    void on_field_impl(http::field, view name, view value, error_code&) override {
        head_->headers.push_back({{name.data(), name.size()}, {value.data(), value.size()}});
    }
    void on_response_impl(int, view, int, error_code&) override {}
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}
    std::size_t on_body_impl(view body, error_code&) override { return body.size(); }
    void on_chunk_header_impl(std::uint64_t, view, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, view body, error_code&) override { return body.size(); }
    void on_finish_impl(error_code&) override {}

    collected* head_ = nullptr;
};

class filling : public http::request_parser<http::empty_body> {
public:
    void into(collected&) {}
    std::size_t weight() {
        auto const& head = get();
        std::size_t weight = head.method_string().size() + head.target().size() + head.version() % 10;
        for (auto const& field : head) weight += field.name_string().size() + field.value().size();
        return weight;
    }
};

template <class Parser>
struct beast {
    std::optional<Parser> parser;
    collected head;
    char const* first = nullptr;  // of what it has not taken
    char const* last = nullptr;
    std::size_t weight = 0;

    void begin(char const* place) { first = last = place; }
    void arrived(std::size_t n) {
        last += n;
        while (first != last) {
            if (!parser) {
                parser.emplace();
                parser->header_limit(std::numeric_limits<std::uint32_t>::max());
                parser->into(head);
            }
            error_code error;
            first += parser->put(boost::asio::const_buffer(first, static_cast<std::size_t>(last - first)), error);
            if (!parser->is_header_done()) return;
            weight += parser->weight();
            parser.reset();
        }
    }
};

[[maybe_unused]] bool const added = [] {
    add_heads<beast<callbacks>>("beast_basic_parser");
    add_heads<beast<filling>>("beast_request_parser");
    return true;
}();

}  // namespace

}  // namespace segue::bench
