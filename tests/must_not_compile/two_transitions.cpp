// refused: two_transitions_for_one_state_and_input
#include "segue/protocol/table.hpp"

namespace door {

enum class state { shut, open };
enum class input { push, pull };
constexpr std::string_view name_of(state s) { return s == state::shut ? "shut" : "open"; }
constexpr std::string_view name_of(input i) { return i == input::push ? "push" : "pull"; }

#ifdef REFUSED
inline constexpr auto second = input::push;
#else
inline constexpr auto second = input::pull;
#endif
inline constexpr segue::table states("door", {segue::transition<state, input>{state::shut, input::push, state::open}, {state::shut, second, state::shut}});

}  // namespace door
