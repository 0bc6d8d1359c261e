// The types of version 2 behind the addresses, sections 2.2.1 to 2.2.7: each a type, a length, a value.
#pragma once

#include "segue/proxy/messages.hpp"
#include "segue/segue.hpp"

namespace segue::proxy {

inline constexpr auto other_tlv = record<other>(field<"type">(u8), field<"value">(length_prefixed(u16_be, bytes)));

// "the US-ASCII string name"
inline constexpr auto ascii_name = charset<byte_set{}.with(' ', '~')>.min<0>();

// 2.2.6  "a second level of TLV encapsulation"
inline constexpr auto ssl_details = repeat_to_end(choice(
    alternative<"version", "\x21">(length_prefixed(u16_be, record<ssl_version>(field<"name">(ascii_name)))),
    alternative<"common_name", "\x22">(length_prefixed(u16_be, record<common_name>(field<"name">(text)))),
    alternative<"cipher", "\x23">(length_prefixed(u16_be, record<cipher>(field<"name">(ascii_name)))),
    alternative<"signature_algorithm", "\x24">(length_prefixed(u16_be, record<signature_algorithm>(field<"name">(ascii_name)))),
    alternative<"key_algorithm", "\x25">(length_prefixed(u16_be, record<key_algorithm>(field<"name">(ascii_name)))),
    fallback<"other">(other_tlv)));

inline constexpr auto ssl_tlv = record<ssl>(
    // 2.2.6  PP2_CLIENT_SSL 0x01, PP2_CLIENT_CERT_CONN 0x02, PP2_CLIENT_CERT_SESS 0x04
    field<"client">(bits_be<ssl_client>(bit_field<"unassigned", 5>, bit_field<"certificate_in_session", 1>,
                                        bit_field<"certificate_in_connection", 1>, bit_field<"over_tls", 1>)),
    field<"verify">(u32_be),
    field<"details">(ssl_details));

inline constexpr char type_of_checksum = '\x03';

inline constexpr auto tlvs = repeat_to_end(choice(
    alternative<"alpn", "\x01">(length_prefixed(u16_be, record<alpn>(field<"protocol">(bytes)))),
    // 2.2.2  "as an UTF8-encoded string"
    alternative<"authority", "\x02">(length_prefixed(u16_be, record<authority>(field<"host">(text)))),
    alternative<"checksum", "\x03">(length_prefixed(u16_be, record<checksum>(field<"crc32c">(u32_be)))),
    alternative<"noop", "\x04">(length_prefixed(u16_be, record<noop>(field<"padding">(bytes)))),
    // 2.2.5  "an opaque byte sequence of up to 128 bytes"
    alternative<"unique_id", "\x05">(length_prefixed(u16_be, record<unique_id>(field<"id">(bytes))).max<128>()),
    alternative<"ssl", "\x20">(length_prefixed(u16_be, ssl_tlv)),
    alternative<"netns", "\x30">(length_prefixed(u16_be, record<netns>(field<"name">(ascii_name)))),
    fallback<"other">(other_tlv)));

}  // namespace segue::proxy
