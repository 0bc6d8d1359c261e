#include "segue/content/x3.hpp"

#include <boost/fusion/include/adapt_struct.hpp>

#include "catch.hpp"
#include "segue/segue.hpp"
#include "segue/testing/laws.hpp"

struct picture_size {
    BOOST_HANA_DEFINE_STRUCT(picture_size, (int, width), (int, height));
    friend bool operator==(picture_size const&, picture_size const&) = default;
};
BOOST_FUSION_ADAPT_STRUCT(picture_size, width, height)
struct media_type {
    BOOST_HANA_DEFINE_STRUCT(media_type, (std::string_view, type), (std::string, subtype));
};
BOOST_FUSION_ADAPT_STRUCT(media_type, type, subtype)

namespace {

using namespace segue;
using namespace segue::testing;
namespace x3 = boost::spirit::x3;

struct picture {
    BOOST_HANA_DEFINE_STRUCT(picture, (picture_size, size), (media_type, media));
};
inline constexpr auto token = charset<byte_set{}.with('a', 'z').with("-")>;

inline auto const size_rule = content((x3::int_ >> 'x') > x3::int_, [](picture_size s) {
    return std::to_string(s.width) + "x" + std::to_string(s.height);
}).named<"a size">();
inline constexpr auto media_rule = content(chars(token) >> '/' >> chars(token), [](media_type const& m) {
    return std::string(m.type) + "/" + m.subtype;
});
inline auto const grammar = record<picture>(field<"size">(delimited<"\n">(size_rule)), field<"media">(length_prefixed(u8, media_rule)));

TEST_CASE("an X3 rule inside a segment keeps the laws") {
    CHECK(holds_for_wire<grammar>("3x4\n\003a/b") == "");
    CHECK(holds_for_wire<grammar>("-3x45\n\012text/plain") == "");
    CHECK(holds_for_wire<grammar>("+3x4\n\003a/b", false) == "");
    CHECK(cuts_change_nothing<grammar>("3x4\n\003a/b9x9\n\003a/B") == "");
}

TEST_CASE("a rule that fails is an error at the segment's start, an expectation at its own place") {
    CHECK(fails<grammar>("ax4\n", errc::mismatch, 0) == "");
    CHECK(fails<grammar>("3xq\n", errc::mismatch, 2) == "");
    CHECK(fails<grammar>("3x4y\n", errc::mismatch, 3) == "");
    CHECK(decode(grammar, "q\n").error().expected == "a size");
}

TEST_CASE("the value of a rule that names its type is decoded without naming it again") {
    static constexpr auto sum = content(x3::rule<struct sum_id, int>("sum") = x3::int_ >> '+', [](int n) { return std::to_string(n) + "+"; });
    CHECK(*decode(sum, "12+") == 12);
    CHECK(decode(delimited<"\n">(sum), "x\n").error().code == errc::mismatch);
    decoder<sum> in;
    in.feed("7+");
    in.close();
    CHECK(*in.next() == 7);
}

TEST_CASE("what the rule could not read back cannot be encoded") {
    CHECK(is_refused(grammar, picture{{1, 2}, {"a", "B"}}, errc::mismatch) == "");
    CHECK(is_refused(grammar, picture{{1, 2}, {"", "b"}}, errc::mismatch) == "");
    auto const wrong = content(x3::int_, [](int) { return std::string("7"); });
    CHECK(is_refused(delimited<"\n">(wrong), 8, errc::contradiction) == "");
}

}  // namespace
