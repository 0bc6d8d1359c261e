// Request heads with http_parser, the predecessor of llhttp.
#include <http_parser.h>

#include "collected.hpp"
#include "heads.hpp"

namespace segue::bench {

namespace {

struct node_parser {
    http_parser_settings settings;
    http_parser parser;
    collected head;
    char const* at = nullptr;
    std::size_t weight = 0;

    static node_parser& of(http_parser* p) { return *static_cast<node_parser*>(p->data); }

    node_parser() {
        http_parser_settings_init(&settings);
        settings.on_url = [](http_parser* p, char const* s, std::size_t n) { return collected::grow(of(p).head.target, s, n), 0; };
        settings.on_header_field = [](http_parser* p, char const* s, std::size_t n) { return of(p).head.name(s, n), 0; };
        settings.on_header_value = [](http_parser* p, char const* s, std::size_t n) { return of(p).head.value(s, n), 0; };
        settings.on_headers_complete = [](http_parser* p) {
            of(p).head.method = http_method_str(static_cast<http_method>(p->method));
            of(p).head.minor = p->http_minor;
            of(p).weight += of(p).head.finish();
            return 0;
        };
        http_parser_init(&parser, HTTP_REQUEST);
        parser.data = this;
    }
    void begin(char const* place) { at = place; }
    void arrived(std::size_t n) {
        http_parser_execute(&parser, &settings, at, n);
        at += n;
    }
};

[[maybe_unused]] bool const added = (add_heads<node_parser>("http_parser"), true);

}  // namespace

}  // namespace segue::bench
