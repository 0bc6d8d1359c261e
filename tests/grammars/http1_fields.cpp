#include "segue/http1/fields.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "catch.hpp"

namespace {

using namespace std::string_view_literals;
using segue::http1::field;
using segue::http1::field_count;
using segue::http1::field_index;
using segue::http1::field_named;
using segue::http1::name_of;

static_assert(name_of(field::content_length) == "Content-Length");
static_assert(name_of(field::etag) == "ETag" && name_of(field::te) == "TE" && name_of(field::via) == "Via");
static_assert(name_of(field::sec_websocket_key) == "Sec-WebSocket-Key");
static_assert(field_named("Content-Length") == field::content_length);
static_assert(field_named("transfer-encoding") == field::transfer_encoding);
static_assert(field_named("ACCESS-control-ALLOW-credentials") == field::access_control_allow_credentials);
static_assert(field_named("te") == field::te);
static_assert(!field_named("") && !field_named("x") && !field_named("content_length") && !field_named("content-lengt"));

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
std::string lower(std::string_view name) {
    std::string result(name);
    for (char& c : result) c = lower(c);
    return result;
}

// What field_named says, by the longest way.
std::optional<field> searched(std::string_view name) {
    for (std::size_t i = 0; i < field_count; ++i)
        if (lower(name) == lower(name_of(static_cast<field>(i)))) return static_cast<field>(i);
    return {};
}

struct header {
    std::string_view name, value;
};
constexpr header request[] = {{"host", "a"}, {"x-own", "1"}, {"Cookie", "b"}, {"COOKIE", "c"}};
constexpr field_index index_of_request = [] {
    field_index i;
    i.build(request);
    return i;
}();
static_assert(index_of_request.first(field::host) == 0 && index_of_request.count(field::host) == 1);
static_assert(index_of_request.first(field::cookie) == 2 && index_of_request.count(field::cookie) == 2);
static_assert(index_of_request.first(field::via) == field_index::npos && index_of_request.count(field::via) == 0);
static_assert(index_of_request.has(field::cookie) && !index_of_request.has(field::via));

TEST_CASE("every field name is recognised in lower, upper, canonical and mixed case") {
    std::mt19937 random(1);
    for (std::size_t i = 0; i < field_count; ++i) {
        auto const f = static_cast<field>(i);
        std::string name(name_of(f));
        CAPTURE(name);
        CHECK(field_named(name) == f);
        for (char& c : name) c = lower(c);
        CHECK(field_named(name) == f);
        for (char& c : name) c = upper(c);
        CHECK(field_named(name) == f);
        for (int round = 0; round < 20; ++round) {
            for (char& c : name) c = random() % 2 == 0 ? lower(c) : upper(c);
            CHECK(field_named(name) == f);
        }
        std::size_t is = 0;
        for (std::size_t other = 0; other < field_count; ++other) is += is_named(name, static_cast<field>(other)) ? other + 1 : 0;
        CHECK(is == i + 1);
    }
}

TEST_CASE("a name with any one character changed is recognised only where the case alone changed") {
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < field_count; ++i) {
        for (std::string name : {std::string(name_of(static_cast<field>(i))), lower(name_of(static_cast<field>(i)))}) {
            for (char& c : name) {
                char const kept = c;
                for (unsigned byte = 0; byte < 256; ++byte) {
                    c = static_cast<char>(byte);
                    // not searched(): no two names are of one length and differ in one character
                    bool const known = lower(c) == lower(kept);
                    wrong += field_named(name) != (known ? std::optional(static_cast<field>(i)) : std::nullopt);
                    wrong += is_named(name, static_cast<field>(i)) != known;
                }
                c = kept;
            }
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("a name with characters more or fewer is not recognised") {
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < field_count; ++i) {
        std::string const name(name_of(static_cast<field>(i)));
        for (std::size_t at = 0; at <= name.size(); ++at) {
            wrong += field_named(name.substr(0, at)) != searched(name.substr(0, at));
            wrong += field_named(name.substr(at)) != searched(name.substr(at));
            for (char c : "-aZ\0 "sv) {
                std::string longer = name;
                longer.insert(at, 1, c);
                wrong += field_named(longer) != searched(longer);
            }
        }
    }
    CHECK(wrong == 0);
    CHECK(!field_named(std::string(100'000, 'a')));
}

TEST_CASE("characters that differ from a letter's or a hyphen's other case by one bit are not taken for it") {
    for (std::string_view name : {"content\rlength"sv, "content-lengtH\0"sv, "\xe1"sv "ge", "\xc1"sv "ge", "acc@pt"sv,
                                  "acc`pt"sv, "acc[pt"sv, "acc{pt"sv, "host\x20"sv, "h\xefst"sv, "sec\x0dwebsocket-key"sv})
        CHECK(!field_named(name));
}

TEST_CASE("the index agrees with a linear search, of few headers and of many") {
    std::mt19937 random(2);
    field_index index;  // built again and again, as for the messages of a connection
    std::size_t wrong = 0;
    for (std::size_t size : {0u, 1u, 2u, 5u, 20u, 100u, 254u, 255u, 256u, 257u, 1000u, 70'000u}) {
        for (int round = 0; round < (size < 1000 ? 20 : 1); ++round) {
            std::vector<header> headers(size);
            std::size_t const kinds = 1 + random() % (field_count + 5);  // few kinds: many of each; all: and five unknown
            for (header& h : headers) {
                std::size_t const kind = random() % kinds;
                h.name = kind < field_count ? name_of(static_cast<field>(kind)) : "x-unknown";
            }
            index.build(headers);
            std::size_t first[field_count], count[field_count]{};
            for (std::size_t at = size; at-- > 0;)
                if (auto const f = searched(headers[at].name)) {
                    first[static_cast<std::size_t>(*f)] = at;
                    ++count[static_cast<std::size_t>(*f)];
                }
            for (std::size_t i = 0; i < field_count; ++i) {
                auto const f = static_cast<field>(i);
                wrong += index.first(f) != (count[i] == 0 ? field_index::npos : first[i]);
                wrong += index.count(f) != std::min<std::size_t>(count[i], 255);
            }
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("a field that first stands behind very many headers is found there") {
    std::vector<header> headers(100'000, {"x-unknown", ""});
    headers.push_back({"hOST", "a"});
    field_index index;
    index.build(headers);
    CHECK(index.first(field::host) == 100'000);
    CHECK(index.count(field::host) == 1);
}

}  // namespace
