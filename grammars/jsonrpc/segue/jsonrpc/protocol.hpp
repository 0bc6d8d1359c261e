// Both ends of JSON-RPC 2.0, and methods with their types.
#pragma once

#include "segue/jsonrpc/client.hpp"
#include "segue/jsonrpc/server.hpp"
