// refused: two methods have the same name
#include "segue/jsonrpc/server.hpp"

using namespace segue;

#ifdef REFUSED
inline constexpr auto& other = jsonrpc::method<"length", std::tuple<std::string>>;
#else
inline constexpr auto& other = jsonrpc::method<"width", std::tuple<std::string>>;
#endif
inline constexpr auto& length = jsonrpc::method<"length", std::tuple<std::string>, std::int64_t>;
inline constexpr jsonrpc::methods all{length([](std::tuple<std::string> const&) { return std::int64_t{1}; }), other([](std::tuple<std::string> const&) {})};
void serve(jsonrpc::server<std::remove_const_t<decltype(all)>>& s, std::string_view payload) { s.receive(payload); }
