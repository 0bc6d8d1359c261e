// The contract, in memory and on poll(2).
#include "segue/transport/ready_transport.hpp"

#include "worlds.hpp"

#define SEGUE_WORLDS SEGUE_ALL_WORLDS
#include "contract.hpp"

static_assert(segue::transport<segue::memory_transport>);
static_assert(segue::transport<segue::posix::transport>);
