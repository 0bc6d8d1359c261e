// refused: the function returns something else than the result of its method
#include "segue/jsonrpc/server.hpp"

using namespace segue;

#ifdef REFUSED
using produced = std::string;
#else
using produced = std::int64_t;
#endif
inline constexpr auto& length = jsonrpc::method<"length", std::tuple<std::string>, std::int64_t>;
inline constexpr jsonrpc::methods all{length([](std::tuple<std::string> const&) { return produced(); })};
void serve(jsonrpc::server<std::remove_const_t<decltype(all)>>& s, std::string_view payload) { s.receive(payload); }
