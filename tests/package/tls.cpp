// Opens all that segue has of Asio; to be compiled and linked.
#include "segue/transport/asio.hpp"
#include "segue/transport/asio_tls.hpp"

int main() {
    boost::asio::io_context loop;
    auto context = segue::asio::tls_context(segue::role::server);
    boost::asio::ip::tcp::socket socket(loop);
    segue::asio::transport t(segue::asio::tls_server(std::move(socket), context));
    return t.open() ? 0 : 1;
}
