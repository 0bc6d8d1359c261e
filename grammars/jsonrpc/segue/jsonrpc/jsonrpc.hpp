// JSON-RPC 2.0 (2010, jsonrpc.org/specification): both ends, typed methods, and how it travels.
#pragma once

#include "segue/jsonrpc/over_http.hpp"
#include "segue/jsonrpc/over_lines.hpp"
#include "segue/jsonrpc/over_lsp.hpp"
#include "segue/jsonrpc/over_netstrings.hpp"
#include "segue/jsonrpc/over_texts.hpp"
#include "segue/jsonrpc/protocol.hpp"
#include "segue/stack/stack.hpp"
