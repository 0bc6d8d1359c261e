// refused: the_definition_begins_with_other_bytes
#include "segue/segue.hpp"

using namespace segue;

#ifdef REFUSED
inline constexpr byte_set beginnings = byte_set::of("(");
#else
inline constexpr byte_set beginnings = byte_set::of("(!");
#endif

struct item {
    using any = std::variant<nothing, std::vector<item>>;
    BOOST_HANA_DEFINE_STRUCT(item, (any, is));
};
template <>
struct segue::follows<item> {
    static constexpr bool views = false;
};
template <>
struct segue::definition<item> {
    static constexpr std::string_view name = "item";
    static constexpr auto codec = record<item>(field<"is">(choice(
        alternative<"leaf", "!">(empty), alternative<"list", "(">(repeat_until<")">(recursive<item>.begins_with<beginnings>())))));
};
inline constexpr auto grammar = recursive<item>.begins_with<beginnings>();
using accepted = decoder<grammar>;
segue::kind use(accepted& in) { return in.next().kind(); }
