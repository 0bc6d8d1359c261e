// HTTP/1.1 as a conversation: both ends of a connection.
#pragma once

#include "segue/http1/client.hpp"
#include "segue/http1/server.hpp"
