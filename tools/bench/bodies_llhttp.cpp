// Requests with bodies with llhttp.
#include <llhttp.h>

#include "bodies.hpp"

namespace segue::bench {

namespace {

struct by_llhttp {
    llhttp_settings_t settings;
    llhttp_t parser;
    std::size_t seen = 0;

    by_llhttp() {
        llhttp_settings_init(&settings);
        settings.on_body = [](llhttp_t* p, char const* at, std::size_t n) {
            look_at(at);
            *static_cast<std::size_t*>(p->data) += n;
            return 0;
        };
        llhttp_init(&parser, HTTP_REQUEST, &settings);
        parser.data = &seen;
    }
    bool feed(std::string_view piece, std::size_t& sum) {
        seen = 0;
        bool const well = llhttp_execute(&parser, piece.data(), piece.size()) == HPE_OK;
        sum += seen;
        return well;
    }
};

[[maybe_unused]] bool const added = (add_bodies<by_llhttp>("llhttp"), true);

}  // namespace

}  // namespace segue::bench
