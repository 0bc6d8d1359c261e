// Transports over Boost.Asio: sockets, descriptors, serial lines, any AsyncStream, on any executor; by callbacks or with
// co_await. TLS needs OpenSSL, and is opened by its own name: asio_tls.hpp.
#pragma once

#include "segue/transport/asio_duplex.hpp"
#include "segue/transport/asio_listener.hpp"
#include "segue/transport/asio_next.hpp"
#include "segue/transport/asio_run.hpp"
#include "segue/transport/asio_transport.hpp"
