// refused: parameters that are answered later must own their text
#include "segue/jsonrpc/server.hpp"

using namespace segue;

#ifdef REFUSED
using given = json::raw;
#else
using given = json::value;
#endif

struct later {
    void operator()(given const&, jsonrpc::reply<std::int64_t>) const {}
};
inline constexpr jsonrpc::methods all{jsonrpc::method<"later", given, std::int64_t>(later{})};
void serve(jsonrpc::server<std::remove_const_t<decltype(all)>>& s, std::string_view payload) { s.receive(payload); }
