// Version 2 of the PROXY protocol, the binary one: section 2.2 of the specification. Opens no X3.
//
//   auto const header = segue::decode(segue::proxy::version_2_grammar, datagram);
#pragma once

#include <type_traits>
#include <variant>

#include "segue/proxy/checked.hpp"
#include "segue/proxy/messages.hpp"
#include "segue/proxy/tlvs.hpp"
#include "segue/segue.hpp"

namespace segue::proxy {

// A grammar's constant as a codec that has no values of its own: what a record chooses from is made of its type alone.
template <auto const& Codec>
struct constant_t {
    using state = state_of<std::remove_cvref_t<decltype(Codec)>>;

    template <class In, class V>
        requires codec_for<std::remove_cvref_t<decltype(Codec)>, V>
    SEGUE_INLINE step decode(In& in, state& s, V& v) const {
        return Codec.decode(in, s, v);
    }
    template <class V>
        requires codec_for<std::remove_cvref_t<decltype(Codec)>, V>
    constexpr step encode(V const& v, output& out) const {
        return Codec.encode(v, out);
    }
    constexpr size_bound bounds(limits l = {}) const { return Codec.bounds(l); }
    constexpr void describe(description& d) const { Codec.describe(d); }
};

inline constexpr auto ipv4 = record<ipv4_address>(field<"octets">(fixed(4, bytes)));
inline constexpr auto ipv6 = record<ipv6_address>(field<"octets">(fixed(16, bytes)));

inline constexpr auto opaque_content = length_prefixed(u16_be, record<opaque_block>(field<"ignored">(bytes)));
inline constexpr auto inet_content = length_prefixed(u16_be, record<inet_block>(
    field<"source">          (ipv4),
    field<"destination">     (ipv4),
    field<"source_port">     (u16_be),
    field<"destination_port">(u16_be),
    field<"tlvs">            (tlvs)));
inline constexpr auto inet6_content = length_prefixed(u16_be, record<inet6_block>(
    field<"source">          (ipv6),
    field<"destination">     (ipv6),
    field<"source_port">     (u16_be),
    field<"destination_port">(u16_be),
    field<"tlvs">            (tlvs)));
inline constexpr auto unix_content = length_prefixed(u16_be, record<unix_block>(
    field<"source">     (fixed(108, bytes)),
    field<"destination">(fixed(108, bytes)),
    field<"tlvs">       (tlvs)));

// "The receiver must accept this connection as valid and must use the real connection endpoints and discard the protocol
// block including the family which is ignored", of LOCAL.
inline constexpr auto block_behind = [](head const& h) {
    using blocks = std::variant<constant_t<opaque_content>, constant_t<inet_content>, constant_t<inet6_content>, constant_t<unix_content>>;
    if (h.command == command::local) return blocks(constant_t<opaque_content>{});
    switch (h.family) {
        case family::inet: return blocks(constant_t<inet_content>{});
        case family::inet6: return blocks(constant_t<inet6_content>{});
        case family::unix_socket: return blocks(constant_t<unix_content>{});
        default: return blocks(constant_t<opaque_content>{});
    }
};

// "The following protocol bytes are expected": both halves of the byte are specified or neither is.
inline constexpr auto is_assigned = [](head const& h) {
    if (h.command == command::local) return true;
    if (h.command != command::proxied) return false;
    if (h.family == family::unspecified) return h.transport == transport::unspecified;
    return h.family <= family::unix_socket && (h.transport == transport::stream || h.transport == transport::datagram);
};

inline constexpr auto version_2_content = checked(record<version_2>(
    field<"head">(verified(bits_be<head>(constant_bits<4, 2>, bit_field<"command", 4>, bit_field<"family", 4>, bit_field<"transport", 4>),
                           is_assigned, "an assigned command, and an assigned family with its transport")),
    field<"block">(chosen_by<"head">(block_behind))));

struct only_version_2 {
    BOOST_HANA_DEFINE_STRUCT(only_version_2, (version_2, version));
};
inline constexpr auto version_2_grammar = record<only_version_2>(literal<signature>, field<"version">(version_2_content));

}  // namespace segue::proxy
