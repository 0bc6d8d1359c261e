#include "segue/proxy/proxy.hpp"

#include <arpa/inet.h>

#include "../grammar_of.hpp"

namespace segue {

// An address as people write it.
template <class Address, int Family>
struct address_in_json {
    static void write(json_writer& out, Address const& v) {
        char text_form[INET6_ADDRSTRLEN];
        out.string(inet_ntop(Family, v.octets.data(), text_form, sizeof text_form));
    }
    static bool read(json_value const& from, Address& v) {
        return from.what == json_value::form::string && inet_pton(Family, from.text.c_str(), v.octets.data()) == 1;
    }
};
template <>
struct json_form<proxy::ipv4_address> : address_in_json<proxy::ipv4_address, AF_INET> {};
template <>
struct json_form<proxy::ipv6_address> : address_in_json<proxy::ipv6_address, AF_INET6> {};

}  // namespace segue

namespace segue::command {

void add_proxy(registry& all) {
    all.add<grammar_of<proxy::grammar>>("proxy", "headers of the PROXY protocol, version 1 and 2");
}

}  // namespace segue::command
