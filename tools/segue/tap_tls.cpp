// segue tap with TLS: towards clients, towards the server, or both; the same relay over Asio's transports.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <csignal>
#include <memory>
#include <openssl/ssl.h>
#include <string>
#include <utility>

#include "segue/transport/asio_listener.hpp"
#include "segue/transport/asio_tls.hpp"
#include "tap.hpp"

namespace segue::command {

namespace {

namespace net = boost::asio;
using net::ip::tcp;
using boost::system::error_code;

// What is wrong with one side's files, in a sentence; empty: nothing.
std::string load(net::ssl::context& of_server, tap_options const& options) {
    error_code why;
    of_server.use_certificate_chain_file(options.certificate, why);
    if (why) return "cannot use the certificate " + options.certificate + ": " + why.message();
    of_server.use_private_key_file(options.key, net::ssl::context::pem, why);
    if (why) return "cannot use the key " + options.key + ": " + why.message();
    return {};
}
std::string trust(net::ssl::context& of_client, std::string const& authorities) {
    ::SSL_CTX_set_cert_store(of_client.native_handle(), ::X509_STORE_new());  // those of the file, and nobody else
    error_code why;
    of_client.load_verify_file(authorities, why);
    return why ? "cannot read the authorities of " + authorities + ": " + why.message() : std::string();
}

class tls_tap {
public:
    tls_tap(tap_log& log, host_and_port to, tap_options const& options, bool to_tls)
        : log_(&log), to_(std::move(to)), from_tls_(!options.certificate.empty()), to_tls_(to_tls) {
        if (from_tls_) wrong_ = load(of_server_, options);
        if (wrong_.empty() && to_tls && !options.authorities.empty()) wrong_ = trust(of_client_, options.authorities);
    }

    int run(host_and_port const& at) {
        auto const here = address(at), there = address(to_);
        if (!wrong_.empty()) return refuse();
        auto listening = asio::listen<tcp>(context_.get_executor(), here);
        if (!listening) {
            wrong_ = "cannot listen at " + at.host + ':' + std::to_string(at.port) + ": " + listening.error().message();
            return refuse();
        }
        asio::listener<tcp::acceptor> accepting(std::move(*listening), [&](tcp::socket client) { connect(std::move(client), there); });
        bool stops = false;
        net::signal_set stopping(context_, SIGINT, SIGTERM);
        stopping.async_wait([&](error_code const&, int) { stops = true; });
        log_->say("listening on " + accepting.name());
        while (!stops && !log_->over()) {
            context_.restart();
            context_.run_one();
            context_.poll();
            all_.reap();
        }
        accepting.close();
        stopping.cancel();
        all_.close();
        context_.restart();
        context_.run_for(std::chrono::seconds(2));  // each side is told that all is said
        return all_well;
    }

private:
    int refuse() {
        log_->say(wrong_);
        return wrong_usage;
    }
    tcp::endpoint address(host_and_port const& of) {
        error_code why;
        auto const found = tcp::resolver(context_).resolve(of.host, std::to_string(of.port), tcp::resolver::numeric_service, why);
        if (!why && !found.empty()) return found.begin()->endpoint();
        if (wrong_.empty()) wrong_ = "there is no address of " + of.host;
        return {};
    }
    void connect(tcp::socket client, tcp::endpoint const& there) {
        auto const server = std::make_shared<tcp::socket>(context_);
        server->async_connect(there, [this, there, server, c = std::move(client)](error_code const& why) mutable {
            if (why) return log_->say("cannot connect to " + to_.host + ':' + std::to_string(to_.port) + ": " + why.message());
            error_code ignored;
            for (tcp::socket* const one : {&c, server.get()}) one->set_option(tcp::no_delay(true), ignored);
            add(std::move(c), std::move(*server));
        });
    }
    void add(tcp::socket client, tcp::socket server) {
        using plain = asio::transport<tcp::socket>;
        using over_tls = asio::transport<asio::tls>;
        auto const tls_from = [&] { return over_tls(asio::tls_server(std::move(client), of_server_)); };
        auto const tls_to = [&] { return over_tls(asio::tls_client(std::move(server), of_client_, to_.host)); };
        auto const plain_from = [&] { return plain(std::move(client)); };
        auto const plain_to = [&] { return plain(std::move(server)); };
        if (from_tls_ && to_tls_) all_.add(std::make_unique<tapped_over<over_tls, over_tls>>(*log_, tls_from, tls_to));
        else if (from_tls_) all_.add(std::make_unique<tapped_over<over_tls, plain>>(*log_, tls_from, plain_to));
        else all_.add(std::make_unique<tapped_over<plain, over_tls>>(*log_, plain_from, tls_to));
    }

    tap_log* log_;
    host_and_port to_;
    bool from_tls_, to_tls_;
    net::ssl::context of_server_ = asio::tls_context(role::server), of_client_ = asio::tls_context(role::client);
    std::string wrong_;
    net::io_context context_;
    tapped_connections all_;
};

}  // namespace

int tap_with_tls(tap_log& log, tap_options const& options, host_and_port const& at, host_and_port const& to, bool to_tls) {
    return tls_tap(log, to, options, to_tls).run(at);
}

}  // namespace segue::command
