// refused: a_state_that_cannot_be_reached
#include "segue/protocol/table.hpp"

namespace door {

enum class state { shut, open, locked };
enum class input { push };
constexpr std::string_view name_of(state s) { return s == state::shut ? "shut" : s == state::open ? "open" : "locked"; }
constexpr std::string_view name_of(input) { return "push"; }

#ifdef REFUSED
inline constexpr auto from = state::locked;
#else
inline constexpr auto from = state::open;
#endif
inline constexpr segue::table states("door", {segue::transition<state, input>{state::shut, input::push, state::open}, {from, input::push, state::shut}});

}  // namespace door
