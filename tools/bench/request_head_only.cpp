// A file with the request head and nothing else: what a user's compiler pays for it.
#include "request_head.hpp"

segue::kind read_head(segue::decoder<segue::bench::request_head>& in, std::string_view bytes) {
    in.feed(bytes);
    return in.next().kind();
}
