// Requests with bodies with http_parser, the predecessor of llhttp.
#include <http_parser.h>

#include "bodies.hpp"

namespace segue::bench {

namespace {

struct by_http_parser {
    http_parser_settings settings;
    http_parser parser;
    std::size_t seen = 0;

    by_http_parser() {
        http_parser_settings_init(&settings);
        settings.on_body = [](http_parser* p, char const* at, std::size_t n) {
            look_at(at);
            *static_cast<std::size_t*>(p->data) += n;
            return 0;
        };
        http_parser_init(&parser, HTTP_REQUEST);
        parser.data = &seen;
    }
    bool feed(std::string_view piece, std::size_t& sum) {
        seen = 0;
        bool const well = http_parser_execute(&parser, &settings, piece.data(), piece.size()) == piece.size();
        sum += seen;
        return well;
    }
};

[[maybe_unused]] bool const added = (add_bodies<by_http_parser>("http_parser"), true);

}  // namespace

}  // namespace segue::bench
