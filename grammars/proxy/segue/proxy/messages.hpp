// What a PROXY header says: one of version 1, a line of text, or of version 2, binary. All text and bytes are views.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "segue/message/members.hpp"

namespace segue::proxy {

// Version 1, section 2.1 of the specification. Addresses stay as they were written: there is more than one way.
struct tcp4 {
    BOOST_HANA_DEFINE_STRUCT(tcp4,
        (std::string_view, source),
        (std::string_view, destination),
        (std::uint16_t, source_port),
        (std::uint16_t, destination_port));
    friend bool operator==(tcp4 const&, tcp4 const&) = default;
};
struct tcp6 {
    BOOST_HANA_DEFINE_STRUCT(tcp6,
        (std::string_view, source),
        (std::string_view, destination),
        (std::uint16_t, source_port),
        (std::uint16_t, destination_port));
    friend bool operator==(tcp6 const&, tcp6 const&) = default;
};
struct unknown {
    BOOST_HANA_DEFINE_STRUCT(unknown, (std::string_view, ignored));  // "the receiver must ignore anything", the space included
    friend bool operator==(unknown const&, unknown const&) = default;
};
using version_1 = std::variant<tcp4, tcp6, unknown>;

// Version 2, section 2.2.
enum class command : std::uint8_t { local = 0, proxied = 1 };
enum class family : std::uint8_t { unspecified = 0, inet = 1, inet6 = 2, unix_socket = 3 };
enum class transport : std::uint8_t { unspecified = 0, stream = 1, datagram = 2 };

struct head {
    BOOST_HANA_DEFINE_STRUCT(head,
        (proxy::command, command),
        (proxy::family, family),
        (proxy::transport, transport));
    friend bool operator==(head const&, head const&) = default;
};

// Type, length and value, section 2.2: one struct for each registered type.
struct alpn {
    BOOST_HANA_DEFINE_STRUCT(alpn, (std::string_view, protocol));
    friend bool operator==(alpn const&, alpn const&) = default;
};
struct authority {
    BOOST_HANA_DEFINE_STRUCT(authority, (std::string_view, host));
    friend bool operator==(authority const&, authority const&) = default;
};
struct checksum {
    BOOST_HANA_DEFINE_STRUCT(checksum, (std::uint32_t, crc32c));  // encoding computes it
    friend bool operator==(checksum const&, checksum const&) = default;
};
struct noop {
    BOOST_HANA_DEFINE_STRUCT(noop, (std::string_view, padding));
    friend bool operator==(noop const&, noop const&) = default;
};
struct unique_id {
    BOOST_HANA_DEFINE_STRUCT(unique_id, (std::string_view, id));
    friend bool operator==(unique_id const&, unique_id const&) = default;
};
struct netns {
    BOOST_HANA_DEFINE_STRUCT(netns, (std::string_view, name));
    friend bool operator==(netns const&, netns const&) = default;
};
struct other {
    BOOST_HANA_DEFINE_STRUCT(other, (std::uint8_t, type), (std::string_view, value));
    friend bool operator==(other const&, other const&) = default;
};

// Of TLS, section 2.2.6, which has types of its own within it.
struct ssl_version {
    BOOST_HANA_DEFINE_STRUCT(ssl_version, (std::string_view, name));
    friend bool operator==(ssl_version const&, ssl_version const&) = default;
};
struct common_name {
    BOOST_HANA_DEFINE_STRUCT(common_name, (std::string_view, name));
    friend bool operator==(common_name const&, common_name const&) = default;
};
struct cipher {
    BOOST_HANA_DEFINE_STRUCT(cipher, (std::string_view, name));
    friend bool operator==(cipher const&, cipher const&) = default;
};
struct signature_algorithm {
    BOOST_HANA_DEFINE_STRUCT(signature_algorithm, (std::string_view, name));
    friend bool operator==(signature_algorithm const&, signature_algorithm const&) = default;
};
struct key_algorithm {
    BOOST_HANA_DEFINE_STRUCT(key_algorithm, (std::string_view, name));
    friend bool operator==(key_algorithm const&, key_algorithm const&) = default;
};
using ssl_detail = std::variant<ssl_version, common_name, cipher, signature_algorithm, key_algorithm, other>;

struct ssl_client {
    BOOST_HANA_DEFINE_STRUCT(ssl_client,
        (std::uint8_t, unassigned),
        (bool, certificate_in_session),
        (bool, certificate_in_connection),
        (bool, over_tls));
    friend bool operator==(ssl_client const&, ssl_client const&) = default;
};
struct ssl {
    BOOST_HANA_DEFINE_STRUCT(ssl,
        (ssl_client, client),
        (std::uint32_t, verify),  // "zero if the client presented a certificate and it was successfully verified"
        (std::vector<ssl_detail>, details));
    friend bool operator==(ssl const&, ssl const&) = default;
};
using tlv = std::variant<alpn, authority, checksum, noop, unique_id, ssl, netns, other>;

// What stands behind the length. Of a local connection, and of no known family, nothing may be understood: the bytes.
struct opaque_block {
    BOOST_HANA_DEFINE_STRUCT(opaque_block, (std::string_view, ignored));
    friend bool operator==(opaque_block const&, opaque_block const&) = default;
};
struct ipv4_address {
    BOOST_HANA_DEFINE_STRUCT(ipv4_address, (std::array<unsigned char, 4>, octets));
    friend bool operator==(ipv4_address const&, ipv4_address const&) = default;
};
struct ipv6_address {
    BOOST_HANA_DEFINE_STRUCT(ipv6_address, (std::array<unsigned char, 16>, octets));
    friend bool operator==(ipv6_address const&, ipv6_address const&) = default;
};
struct inet_block {
    BOOST_HANA_DEFINE_STRUCT(inet_block,
        (ipv4_address, source),
        (ipv4_address, destination),
        (std::uint16_t, source_port),
        (std::uint16_t, destination_port),
        (std::vector<tlv>, tlvs));
    friend bool operator==(inet_block const&, inet_block const&) = default;
};
struct inet6_block {
    BOOST_HANA_DEFINE_STRUCT(inet6_block,
        (ipv6_address, source),
        (ipv6_address, destination),
        (std::uint16_t, source_port),
        (std::uint16_t, destination_port),
        (std::vector<tlv>, tlvs));
    friend bool operator==(inet6_block const&, inet6_block const&) = default;
};
struct unix_block {
    BOOST_HANA_DEFINE_STRUCT(unix_block,
        (std::string_view, source),       // 108 bytes, the zeros behind the path included: an abstract name may hold some
        (std::string_view, destination),
        (std::vector<tlv>, tlvs));
    friend bool operator==(unix_block const&, unix_block const&) = default;
};
using block = std::variant<opaque_block, inet_block, inet6_block, unix_block>;

struct version_2 {
    BOOST_HANA_DEFINE_STRUCT(version_2, (proxy::head, head), (proxy::block, block));
    friend bool operator==(version_2 const&, version_2 const&) = default;
};

struct header {
    BOOST_HANA_DEFINE_STRUCT(header, (std::variant<version_1, version_2>, version));
    friend bool operator==(header const&, header const&) = default;
};

}  // namespace segue::proxy
