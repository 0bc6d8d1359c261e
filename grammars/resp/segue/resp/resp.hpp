// RESP, the protocol of Redis, versions 2 and 3: replies, commands, and inline commands.
#pragma once

#include "segue/resp/inline_words.hpp"
#include "segue/resp/messages.hpp"
#include "segue/resp/wire.hpp"
