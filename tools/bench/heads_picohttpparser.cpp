// Request heads with picohttpparser: the one that libh2o exports (without SSE4.2) and, where the build was given one,
// the user's own with SSE4.2. It is told how much it has seen of a head, so that it looks for the end before it parses.
#include <string_view>

#include "heads.hpp"

struct phr_header {
    char const* name;
    std::size_t name_len;
    char const* value;
    std::size_t value_len;
};
using phr_function = int(char const* buf, std::size_t len, char const** method, std::size_t* method_len, char const** path,
                         std::size_t* path_len, int* minor_version, phr_header* headers, std::size_t* num_headers,
                         std::size_t last_len);
extern "C" phr_function phr_parse_request;
extern "C" phr_function bench_own_phr_parse_request;

namespace segue::bench {

namespace {

template <phr_function* Parse>
struct picohttpparser {
    static constexpr std::size_t most_headers = 128;

    char const* first = nullptr;  // of the head under way
    char const* last = nullptr;   // of what has arrived
    std::size_t seen = 0;         // of the head under way
    std::size_t weight = 0;
    phr_header headers[most_headers];

    void begin(char const* place) { first = last = place; }
    void arrived(std::size_t n) {
        last += n;
        while (first != last) {
            char const *method, *target;
            std::size_t method_size, target_size, count = most_headers;
            int minor;
            auto const have = static_cast<std::size_t>(last - first);
            int const size = Parse(first, have, &method, &method_size, &target, &target_size, &minor, headers, &count, seen);
            if (size <= 0) {
                seen = have;
                return;
            }
            weight += method_size + target_size + static_cast<std::size_t>(minor);
            for (std::size_t i = 0; i < count; ++i) weight += headers[i].name_len + headers[i].value_len;
            first += size;
            seen = 0;
        }
    }
};

[[maybe_unused]] bool const added = [] {
    add_heads<picohttpparser<phr_parse_request>>("picohttpparser_h2o");
#ifdef SEGUE_BENCH_OWN_PICOHTTPPARSER
    add_heads<picohttpparser<bench_own_phr_parse_request>>("picohttpparser_sse42");
#endif
    return true;
}();

}  // namespace

}  // namespace segue::bench
