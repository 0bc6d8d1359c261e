// refused: the function does not take the parameters of its method
#include "segue/jsonrpc/server.hpp"

using namespace segue;

inline constexpr auto& length = jsonrpc::method<"length", std::tuple<std::string>, std::int64_t>;
#ifdef REFUSED
using parameters = std::string;
#else
using parameters = std::tuple<std::string>;
#endif
inline constexpr jsonrpc::methods all{length([](parameters const&) { return std::int64_t{1}; })};
void serve(jsonrpc::server<std::remove_const_t<decltype(all)>>& s, std::string_view payload) { s.receive(payload); }
