#include "segue/http1/rules.hpp"

#include <ctime>
#include <limits>
#include <random>

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

namespace {

using namespace segue;
using namespace segue::testing;
namespace rules = segue::http1::rules;
using namespace std::string_literals;
using namespace std::string_view_literals;

// What is written for what was read, if it is read back as the same; or what went wrong.
template <class C>
std::string again(C const& rule, std::string_view wire) {
    auto const value = decode(rule, wire);
    if (!value) return "refused";
    std::string printed;
    if (auto const result = encode(rule, *value, printed); !result) return "not encoded: " + render(result.error());
    auto const second = decode(rule, printed);
    return second && *second == *value ? printed : "read back as another: " + printed;
}
template <class C>
std::string refused_at(C const& rule, std::string_view wire) {
    auto const value = decode(rule, wire);
    return value ? "accepted" : std::string(name_of(value.error().code)) + " at " + std::to_string(value.error().offset);
}
struct row {
    std::string_view read, written;
};
inline constexpr std::string_view same, refused = "refused";  // `same`: written as it was read
template <class C>
std::string table(C const& rule, std::initializer_list<row> rows) {
    std::string wrong;
    for (row const& r : rows) {
        std::string const got = again(rule, r.read);
        if (got != (r.written.data() == same.data() ? r.read : r.written)) wrong += quoted(r.read) + " -> " + quoted(got) + "\n";
    }
    return wrong;
}
std::string repeated(std::string_view piece, std::size_t times) {
    std::string out;
    while (times-- != 0) out += piece;
    return out;
}

TEST_CASE("Content-Type: media types with parameters") {
    CHECK(table(rules::content_type, {
        {"text/html", same},
        {"text/html;charset=utf-8", same},
        {"Text/HTML;Charset=\"utf-8\"", "Text/HTML;Charset=utf-8"},
        {"text/html; charset=\"utf-8\"", "text/html;charset=utf-8"},
        {"text/html \t;\t charset=utf-8", "text/html;charset=utf-8"},
        {"text/html;;;charset=utf-8; ", "text/html;charset=utf-8"},
        {"multipart/form-data;boundary=\"a b\"", same},
        {"multipart/form-data;boundary=\"a\\b\\ c\"", "multipart/form-data;boundary=\"ab c\""},
        {"a/b;c=\"\"", same},
        {"a/b;c=\"\\\"\\\\\"", same},
        {"a/b;c=\"\\\t\xe9\"", "a/b;c=\"\t\xe9\""},
        {"a/b;c=\";d=e\"", same},
        {"a/b;c=1;c=2", same},
        {"!#$%&'*+-.^_`|~09azAZ/*", same},
        {"", refused}, {"text", refused}, {"text/", refused}, {"/html", refused}, {"text /html", refused}, {"text/html ", refused},
        {" text/html", refused}, {"text/html;charset", refused}, {"text/html;charset=", refused}, {"text/html;charset = a", refused},
        {"text/html;=a", refused}, {"text/html,text/plain", refused}, {"a/b;c=\"", refused}, {"a/b;c=\"d", refused},
        {"a/b;c=\"d\\\"", refused}, {"a/b;c=\"d\"e", refused}, {"a/b;c=\"\n\"", refused}, {"a/b;c=\"\\\r\"", refused},
        {"a/b;c=\"\x7f\"", refused}, {"a/b;c=\"\0\""sv, refused}, {"a/b;c=\xe9", refused}, {"a/b\r\n", refused}, {"a/b;c d=e", refused},
    }) == "");
    CHECK(decode(rules::content_type, "a/b; c=\"\\\"x\\\\\"")->parameters == std::vector<rules::parameter>{{"c", "\"x\\"}});
    CHECK(refused_at(rules::content_type, "text/html;charset=utf-8 x") == "mismatch at 23");
}

TEST_CASE("parameters are at most 16, the empty ones counted") {
    CHECK(again(rules::content_type, "a/b" + repeated(";c=d", 16)) == "a/b" + repeated(";c=d", 16));
    CHECK(again(rules::content_type, "a/b" + repeated(";c=d", 17)) == refused);
    CHECK(again(rules::content_type, "a/b" + repeated(";", 15) + ";c=d") == "a/b;c=d");
    CHECK(again(rules::content_type, "a/b" + repeated(";", 16) + ";c=d") == refused);
}

TEST_CASE("a media type that could not be read back is not encoded") {
    auto const refuses = [](rules::media_type const& m, errc why) { return is_refused(rules::content_type, m, why); };
    CHECK(refuses({"", "b", {}}, errc::mismatch) == "");
    CHECK(refuses({"a", "b c", {}}, errc::mismatch) == "");
    CHECK(refuses({"a", "b;c=d", {}}, errc::contradiction) == "");
    CHECK(refuses({"a/b", "c", {}}, errc::mismatch) == "");
    CHECK(refuses({"a", "b\r\nX: y", {}}, errc::mismatch) == "");
    for (std::string const name : {"", "c d", "c=", "c;", "\"c\"", "c\n"}) CHECK(refuses({"a", "b", {{name, "d"}}}, errc::mismatch) == "");
    for (std::string const value : {"\n", "d\r\n", "\x7f", "\x1b[0m"}) CHECK(refuses({"a", "b", {{"c", value}}}, errc::mismatch) == "");
    CHECK(refuses({"a", "b", {{"c", "\0"s}}}, errc::mismatch) == "");
    CHECK(refuses({"a", "b", std::vector<rules::parameter>(17, {"c", "d"})}, errc::mismatch) == "");
    for (unsigned byte = 0; byte < 256; ++byte) {
        std::string out;
        bool const written = bool(encode(rules::content_type, rules::media_type{"a", "b", {{"c", std::string(1, static_cast<char>(byte))}}}, out));
        CHECK(written == (byte == '\t' || (byte >= 0x20 && byte != 0x7f)));
    }
}

TEST_CASE("Accept: media ranges and their weights") {
    CHECK(table(rules::accept, {
        {"", same},
        {"*/*", same},
        {"text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, */*;q=0.5", same},
        {"text/html;q=0,a/b;q=1", "text/html;q=0, a/b;q=1"},
        {"a/b;q=0.", "a/b;q=0"}, {"a/b;q=1.000", "a/b;q=1"}, {"a/b;q=0.120", "a/b;q=0.12"}, {"a/b;q=0.001", same}, {"a/b;q=0.999", same},
        {"a/b ; Q=0.5 ; c=d", "a/b;c=d;q=0.5"},
        {"a/b;;q=0.5;", "a/b;q=0.5"},
        {"a/b;c=\"q=0.5, x\"", same},
        {" , a/b,, c/d\t, ", "a/b, c/d"},
        {",", ""},
        {"a/b;qq=2", same},
        {"a/b;q=1.001", refused}, {"a/b;q=1.1", refused}, {"a/b;q=0.1234", refused}, {"a/b;q=2", refused}, {"a/b;q=.5", refused},
        {"a/b;q=", refused}, {"a/b;q", refused}, {"a/b;q=-1", refused}, {"a/b;q=00", refused}, {"a/b;q=0.5x", refused}, {"a/b;q=x", refused},
        {"a/b;q=\"0.5\"", refused}, {"a/b;q=0.5;q=0.5", refused}, {"a/b;q = 1", refused}, {"*/html", refused}, {"*", refused},
        {"a/b c/d", refused}, {"a/b;c", refused}, {"a", refused},
    }) == "");
    auto const ranges = decode(rules::accept, "text/*;level=1;q=0.25, a/b");
    REQUIRE(ranges->size() == 2);
    CHECK((*ranges)[0] == rules::media_range{"text", "*", {{"level", "1"}}, 250});
    CHECK((*ranges)[0].quality() == 250);
    CHECK(!(*ranges)[1].weight);
    CHECK((*ranges)[1].quality() == 1000);
}

TEST_CASE("every weight of at most three decimals is read back, and no other is encoded") {
    std::size_t wrong = 0;
    for (std::uint16_t q = 0; q <= 1000; ++q) {
        std::string out;
        wrong += !encode(rules::accept, std::vector<rules::media_range>{{"a", "b", {}, q}}, out);
        wrong += (*decode(rules::accept, out))[0].weight != q || out.size() > 11;
    }
    CHECK(wrong == 0);
    auto const refuses = [](rules::media_range const& r, errc why) { return is_refused(rules::accept, std::vector{r}, why); };
    CHECK(refuses({"a", "b", {}, std::uint16_t{1001}}, errc::mismatch) == "");
    CHECK(refuses({"a", "b", {}, std::uint16_t{2000}}, errc::mismatch) == "");
    CHECK(refuses({"*", "b", {}, {}}, errc::mismatch) == "");
    CHECK(refuses({"a", "b", {{"q", "1"}}, {}}, errc::contradiction) == "");
    CHECK(refuses({"a", "b", {{"Q", "x"}}, {}}, errc::mismatch) == "");
    CHECK(refuses({"a", "b,c/d", {}, {}}, errc::contradiction) == "");
}

TEST_CASE("Transfer-Encoding: codings with parameters, in a list") {
    CHECK(table(rules::transfer_encoding, {
        {"", same}, {"chunked", same}, {"gzip, chunked", same}, {"gzip,chunked", "gzip, chunked"},
        {",, gzip ,\t, chunked,", "gzip, chunked"},
        {"a;b=c;d=\"e f\", chunked", same},
        {"a ; b = c", "a;b=c"}, {"a;b\t=\t\"c\"", "a;b=c"},
        {"chunked;", refused}, {"a;;b=c", refused}, {"a;b", refused}, {"a;b=", refused}, {"a b", refused}, {"chunked chunked", refused},
        {"chunked\r\n", refused}, {"\x0b" "chunked", refused}, {"chunked\0"sv, refused}, {"\"chunked\"", refused}, {"chun\xe9ked", refused},
    }) == "");
    CHECK(decode(rules::transfer_encoding, "a;b=\"\\c\", d")->front() == rules::transfer_coding{"a", {{"b", "c"}}});
    auto const refuses = [](rules::transfer_coding const& c, errc why) { return is_refused(rules::transfer_encoding, std::vector{c}, why); };
    CHECK(refuses({"", {}}, errc::contradiction) == "");
    CHECK(refuses({"a, b", {}}, errc::contradiction) == "");
    CHECK(refuses({"a\r\nb", {}}, errc::mismatch) == "");
    CHECK(refuses({"a", {{"b c", "d"}}}, errc::mismatch) == "");
    CHECK(refuses({"a", {{"b", "\r"}}}, errc::mismatch) == "");
}

TEST_CASE("Connection: options, and lists of at most 64 elements with the empty ones") {
    CHECK(table(rules::connection, {
        {"", same}, {"close", same}, {"keep-alive, Upgrade", same}, {"keep-alive,Upgrade", "keep-alive, Upgrade"},
        {",close", "close"}, {"close ,", "close"}, {"close, ", "close"}, {",,,", ""},
        {"close;", refused}, {"close upgrade", refused}, {"clo=se", refused}, {"close,\n", refused}, {"close ", refused}, {" close", refused},
    }) == "");
    CHECK(again(rules::connection, "a" + repeated(",a", 63)) == "a" + repeated(", a", 63));
    CHECK(again(rules::connection, "a" + repeated(",a", 64)) == refused);
    CHECK(again(rules::connection, repeated(",", 63) + "a") == "a");
    CHECK(again(rules::connection, repeated(",", 64) + "a") == refused);
    CHECK(again(rules::connection, repeated(" \t", 2000) + ",a") == "a");
    auto const refuses = [](std::vector<std::string> const& options, errc why) { return is_refused(rules::connection, options, why); };
    CHECK(refuses({""}, errc::contradiction) == "");
    CHECK(refuses({"a", "", "b"}, errc::contradiction) == "");
    CHECK(refuses({"a,b"}, errc::contradiction) == "");
    CHECK(refuses({"a\r\nb"}, errc::mismatch) == "");
    CHECK(refuses(std::vector<std::string>(65, "a"), errc::mismatch) == "");
}

TEST_CASE("HTTP-date: three formats are read, IMF-fixdate is written") {
    CHECK(table(rules::date, {
        {"Sun, 06 Nov 1994 08:49:37 GMT", same},
        {"Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT"},
        {"Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37 GMT"},
        {"Sun Nov 06 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37 GMT"},
        {"Thu, 01 Jan 1970 00:00:00 GMT", same}, {"Tue, 29 Feb 2000 23:59:59 GMT", same},
        {"Sat, 01 Jan 0000 00:00:00 GMT", same}, {"Fri, 31 Dec 9999 23:59:59 GMT", same},
        {"Sat, 31 Dec 2016 23:59:60 GMT", "Sun, 01 Jan 2017 00:00:00 GMT"},
        {"Sat, 31 Dec 2016 23:58:60 GMT", refused}, {"Sat, 31 Dec 2016 22:59:60 GMT", refused}, {"Sat, 31 Dec 2016 23:59:61 GMT", refused},
        {"Fri, 31 Dec 9999 23:59:60 GMT", refused},
        {"Mon, 06 Nov 1994 08:49:37 GMT", refused}, {"Monday, 06-Nov-94 08:49:37 GMT", refused}, {"Mon Nov  6 08:49:37 1994", refused},
        {"sun, 06 Nov 1994 08:49:37 GMT", refused}, {"Sun, 06 nov 1994 08:49:37 GMT", refused}, {"Sun, 06 Nov 1994 08:49:37 gmt", refused},
        {"Sun, 6 Nov 1994 08:49:37 GMT", refused}, {"Sun, 06 Nov 94 08:49:37 GMT", refused}, {"Sun, 06 Nov 1994 08:49:37 UTC", refused},
        {"Sun, 06 Nov 1994 08:49:37 +0000", refused}, {"Sun,  06 Nov 1994 08:49:37 GMT", refused}, {"Sun, 06 Nov 1994 8:49:37 GMT", refused},
        {"Sun, 06 Nov 1994 08:49 GMT", refused}, {"Sun, 06 Nov 1994 24:00:00 GMT", refused}, {"Sun, 06 Nov 1994 08:60:00 GMT", refused},
        {"Sun, 06 Nov 19940 08:49:37 GMT", refused}, {"Sun, 06 Nov -994 08:49:37 GMT", refused}, {"Sunday, 06-Nov-1994 08:49:37 GMT", refused},
        {"Thu, 29 Feb 1900 00:00:00 GMT", refused}, {"Wed, 31 Nov 1994 00:00:00 GMT", refused}, {"Wed, 00 Nov 1994 00:00:00 GMT", refused},
        {"Sun Nov 6 08:49:37 1994", refused}, {"Sun Nov  6 08:49:37 1994 GMT", refused}, {"", refused}, {"Sun", refused}, {"0", refused}, {"-1", refused},
    }) == "");
    CHECK(decode(rules::date, "Sun, 06 Nov 1994 08:49:37 GMT")->seconds == 784'111'777);
    for (std::int64_t seconds : {-62'167'219'201, 253'402'300'800, std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()})
        CHECK(is_refused(rules::date, rules::http_date{seconds}, errc::mismatch) == "");
}

TEST_CASE("the two digits of a year are at most 50 years ahead of the year that the caller names") {
    for (int here : {1994, 2000, 2026, 2049, 2050, 2099, 2100, 9949}) {
        std::size_t wrong = 0;
        for (int year = here - 49; year <= here + 50; ++year)
            wrong += rules::detail::year_near(here, static_cast<unsigned>(year % 100)) != static_cast<unsigned>(year);
        CHECK(wrong == 0);
    }
    CHECK(rules::detail::year_near(50, 0) == 100);
    constexpr auto seen_from_1930 = rules::date_near(1930), seen_from_2030 = rules::date_near(2030);
    CHECK(decode(seen_from_2030, "Sunday, 06-Nov-94 08:49:37 GMT")->seconds == 784'111'777);
    CHECK(again(seen_from_1930, "Tuesday, 06-Nov-94 08:49:37 GMT") == "Tue, 06 Nov 1894 08:49:37 GMT");
    CHECK(again(seen_from_1930, "Sunday, 06-Nov-94 08:49:37 GMT") == refused);
}

TEST_CASE("dates agree with the C library, in each format") {
    std::mt19937_64 random(1);
    std::size_t wrong = 0;
    for (int round = 0; round < 3000; ++round) {
        std::int64_t const first = -62'167'219'200, years = 253'402'300'800 - first;
        std::int64_t const seconds = first + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(years));
        std::time_t const time = static_cast<std::time_t>(seconds);
        std::tm const c = *std::gmtime(&time);
        char text_of[64];
        std::string year = std::to_string(c.tm_year + 1900);
        year = std::string(4 - year.size(), '0') + year;
        auto const is = [&](auto const& rule, char const* format, std::string const& tail) {
            std::string const wire = std::string(text_of, std::strftime(text_of, sizeof text_of, format, &c)) + tail;
            auto const read = decode(rule, wire);
            return read && read->seconds == seconds;
        };
        std::string const clock(text_of, std::strftime(text_of, sizeof text_of, " %H:%M:%S", &c));
        wrong += !is(rules::date, "%a, %d %b ", year + clock + " GMT");
        wrong += !is(rules::date, "%a %b %e", clock + ' ' + year);
        if (c.tm_year > -1800) wrong += !is(rules::date_near(c.tm_year + 1900), "%A, %d-%b-", year.substr(2) + clock + " GMT");
    }
    CHECK(wrong == 0);
}

TEST_CASE("request targets in their four forms") {
    CHECK(table(rules::target, {
        {"/", same}, {"/where?q=now", same}, {"/a?", same}, {"//a/b//", same}, {"/a%2Fb;c=d/@:?/?x=%20", same}, {"/..", same}, {"/*", same},
        {"*", same},
        {"http://www.example.org/pub/WWW/TheProject.html", same}, {"http://a", same}, {"HTTPS://A:443?x", same}, {"http://[::1]:8080/", same},
        {"http://a:/b", "http://a/b"}, {"http://a:0080", "http://a:80"}, {"http://a%20b/", same}, {"http://1.2.3.4", same},
        {"www.example.com:80", same}, {"[2001:db8::1]:443", same}, {"1.2.3.4:65535", same}, {"a:00443", "a:443"},
        {"", refused}, {"a", refused}, {"?", refused}, {"/a b", refused}, {"/a#b", refused}, {"/%", refused}, {"/%2", refused}, {"/%2g", refused},
        {"/a?%zz", refused}, {"/\xe9", refused}, {"/\"", refused}, {"/a[1]", refused}, {"/a\r\n", refused}, {"/\0"sv, refused}, {"/a\\b", refused},
        {"**", refused}, {"*/", refused}, {"* ", refused},
        {"http:/a", refused}, {"http://", refused}, {"http:///a", refused}, {"http://:80/", refused}, {"http://u@a/", refused},
        {"http://u:p@a/", refused}, {"http://a:65536/", refused}, {"http://a:123456/", refused}, {"http://a:b/", refused}, {"1http://a/", refused},
        {"http://[::1/", refused}, {"http://[1::2::3]/", refused}, {"http://[v1.a]/", refused}, {"http://a/#b", refused}, {"urn:a:b", refused},
        {"a:", refused}, {":80", refused}, {"a:0", refused}, {"a:65536", refused}, {"a:80/", refused}, {"u@a:80", refused}, {"::1:80", refused},
    }) == "");
    using rules::request_target;
    CHECK(*decode(rules::target, "/a?b") == request_target(rules::origin_form{"/a", "b"}));
    CHECK(*decode(rules::target, "http://[::1]:80?") == request_target(rules::absolute_form{"http", "[::1]", std::uint16_t{80}, "", ""}));
    CHECK(*decode(rules::target, "a.b:443") == request_target(rules::authority_form{"a.b", 443}));
    CHECK(*decode(rules::target, "*") == request_target(rules::asterisk_form{}));
    auto const refuses = [](request_target const& t, errc why) { return is_refused(rules::target, t, why); };
    CHECK(refuses(rules::origin_form{"", {}}, errc::mismatch) == "");
    CHECK(refuses(rules::origin_form{"a", {}}, errc::mismatch) == "");
    CHECK(refuses(rules::origin_form{"/a b", {}}, errc::mismatch) == "");
    CHECK(refuses(rules::origin_form{"/a?b", {}}, errc::contradiction) == "");
    CHECK(refuses(rules::origin_form{"/", "a HTTP/1.1\r\nHost: b"}, errc::mismatch) == "");
    CHECK(refuses(rules::origin_form{"*", {}}, errc::contradiction) == "");
    CHECK(refuses(rules::authority_form{"a", 0}, errc::mismatch) == "");
    CHECK(refuses(rules::authority_form{"a:80", 80}, errc::mismatch) == "");
    CHECK(refuses(rules::absolute_form{"http", "u@a", {}, "/", {}}, errc::mismatch) == "");
    CHECK(refuses(rules::absolute_form{"http", "a/b", {}, "/", {}}, errc::contradiction) == "");
    CHECK(refuses(rules::absolute_form{"", "a", {}, "/", {}}, errc::mismatch) == "");
}

TEST_CASE("IPv6 addresses in brackets") {
    using rules::detail::is_ipv6;
    for (auto good : {"::", "::1", "1::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1::8", "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4",
                      "ABCD:ef01::255.255.255.255", "::1.2.3.4", "1:2:3:4:5::1.2.3.4", "fe80::0001"})
        if (!is_ipv6(good)) FAIL_CHECK(good);
    for (auto bad : {"", ":", ":::", "1", "1:", ":1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "1::2::3",
                     "12345::", "g::", "1:2:3:4:5:6:7:1.2.3.4", "1:2:3:4:5:6::1.2.3.4.5", "::1.2.3", "::1.2.3.256", "::01.2.3.4", "1.2.3.4", "::1.2.3.4:5",
                     "1:2:3:4:5:6:7:", "::1:", ":1::", "1:::2", "::1..3.4"})
        if (is_ipv6(bad)) FAIL_CHECK(bad);
}

struct details {
    BOOST_HANA_DEFINE_STRUCT(details,
        (rules::media_type, type), (std::vector<rules::media_range>, accepted), (std::vector<rules::transfer_coding>, codings),
        (std::vector<std::string>, options), (rules::http_date, when), (rules::request_target, target));
    friend bool operator==(details const&, details const&) = default;
};
inline constexpr auto grammar = record<details>(
    field<"type">(delimited<"\n">(rules::content_type)), field<"accepted">(delimited<"\n">(rules::accept)),
    field<"codings">(delimited<"\n">(rules::transfer_encoding)), field<"options">(delimited<"\n">(rules::connection)),
    field<"when">(delimited<"\n">(rules::date)), field<"target">(delimited<"\n">(rules::target)));

TEST_CASE("the rules keep the laws inside a message") {
    CHECK(holds_for_wire<grammar>("a/b;c=\"d e\"\nf/*;q=0.5\nchunked\na, b\nSun, 06 Nov 1994 08:49:37 GMT\n/a?b\n", true, false) == "");
    CHECK(holds_for_wire<grammar>("a/b;;c=\"d\"\n,f/*;Q=1.0\n,\na,b\nSunday, 06-Nov-94 08:49:37 GMT\na:080\n", false, false) == "");
    CHECK(fails<grammar>("a/b\n*/b\n", errc::mismatch, 4) == "");
}

TEST_CASE("what is encoded of random values is read back, and what is read of random bytes can be encoded") {
    std::mt19937 random(3);
    std::size_t written = 0, read = 0;
    std::string wrong;
    for (int round = 0; round < 2000; ++round) {
        details value = random_value<details>(random);
        std::string wire;
        value.when.seconds %= 300'000'000'000;
        if (!encode(grammar, value, wire)) continue;
        ++written;
        auto const back = decode(grammar, wire);
        if (!back || !(*back == value)) wrong += quoted(wire);
    }
    CHECK(written > 20);
    auto const try_rule = [&](auto const& rule, std::string_view seed) {
        for (int round = 0; round < 3000; ++round) {
            std::string wire(seed);
            for (std::size_t changes = 1 + random() % 3; changes-- != 0;) {
                std::size_t const at = random() % wire.size();
                char const other = random() % 4 == 0 ? static_cast<char>(random()) : ",;=\"\\ \t/*q01.:?%[]a-\n@"[random() % 22];
                switch (random() % 4) {
                    case 0: wire.insert(at, 1, other); break;
                    case 1: wire.insert(at, wire.substr(random() % wire.size(), random() % 6)); break;
                    case 2: wire.erase(at, wire.size() > 6 ? random() % 4 : 0); break;
                    default: wire[at] = other; break;
                }
            }
            std::string const got = again(rule, wire);
            read += got != refused;
            if (got.starts_with("not encoded") || got.starts_with("read back")) wrong += quoted(wire) + " -> " + got + "\n";
        }
    };
    try_rule(rules::content_type, "text/html; charset=\"utf\\-8\";a=b");
    try_rule(rules::accept, "text/*;level=1;q=0.25, a/b;c=\"d\", */*;q=1");
    try_rule(rules::transfer_encoding, "a;b = \"c\";d=e,, chunked");
    try_rule(rules::connection, "close,, upgrade ,a");
    try_rule(rules::date, "Sun, 06 Nov 1994 08:49:37 GMT");
    try_rule(rules::date, "Sunday, 06-Nov-94 08:49:37 GMT");
    try_rule(rules::target, "/a/b%20c?d=e");
    try_rule(rules::target, "http://a.b:80/c?d");
    try_rule(rules::target, "[2001:db8::1]:443");
    CHECK(wrong == "");
    CHECK(read > 3000);
}

}  // namespace
