// Request heads with llhttp, compiled from the C sources of Debian's node-llhttp.
#include <llhttp.h>

#include "collected.hpp"
#include "heads.hpp"

namespace segue::bench {

namespace {

struct llhttp {
    llhttp_settings_t settings;
    llhttp_t parser;
    collected head;
    char const* at = nullptr;
    std::size_t weight = 0;

    static llhttp& of(llhttp_t* p) { return *static_cast<llhttp*>(p->data); }

    llhttp() {
        llhttp_settings_init(&settings);
        settings.on_method = [](llhttp_t* p, char const* s, std::size_t n) { return collected::grow(of(p).head.method, s, n), 0; };
        settings.on_url = [](llhttp_t* p, char const* s, std::size_t n) { return collected::grow(of(p).head.target, s, n), 0; };
        settings.on_header_field = [](llhttp_t* p, char const* s, std::size_t n) { return of(p).head.name(s, n), 0; };
        settings.on_header_value = [](llhttp_t* p, char const* s, std::size_t n) { return of(p).head.value(s, n), 0; };
        settings.on_headers_complete = [](llhttp_t* p) {
            of(p).head.minor = p->http_minor;
            of(p).weight += of(p).head.finish();
            return 0;
        };
        llhttp_init(&parser, HTTP_REQUEST, &settings);
        parser.data = this;
    }
    void begin(char const* place) { at = place; }
    void arrived(std::size_t n) {
        llhttp_execute(&parser, at, n);
        at += n;
    }
};

[[maybe_unused]] bool const added = (add_heads<llhttp>("llhttp"), true);

}  // namespace

}  // namespace segue::bench
