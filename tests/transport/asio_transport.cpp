// The contract and the conversations, over Asio.
#include "segue/transport/asio_transport.hpp"

#include "asio_worlds.hpp"

#define SEGUE_WORLDS worlds::asio_tcp, worlds::asio_unix, worlds::asio_socket_pair, worlds::asio_pipes, worlds::asio_serial
#define SEGUE_HALF_CLOSING_WORLDS worlds::asio_tcp, worlds::asio_unix, worlds::asio_socket_pair, worlds::asio_pipes
#define SEGUE_ENDING_WORLDS SEGUE_HALF_CLOSING_WORLDS
#include "contract.hpp"
#include "conversations.hpp"

static_assert(segue::transport<segue::asio::transport<boost::asio::ip::tcp::socket>>);
static_assert(segue::transport<segue::asio::transport<boost::asio::serial_port>>);
