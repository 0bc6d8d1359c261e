#include "segue/inspect/description_json.hpp"

#include <charconv>
#include <map>
#include <string>

#include "catch.hpp"
#include "segue/json/json.hpp"
#include "segue/protocol/endpoint.hpp"
#include "grammar_of_all.hpp"

using namespace segue;

namespace {

// The description, rebuilt from its JSON alone: what describe_json promises.
class rebuilding {
public:
    explicit rebuilding(std::string_view text) {
        REQUIRE_FALSE(parse_json(text, root_));
        if (member(root_, "layout")->what == json_value::form::object) add(*member(root_, "layout"));
        if (auto const* states = member(root_, "states"))
            for (auto const& table : states->items) add(table);
    }
    struct rebuilt {
        node n;
        std::string name, bytes, limit, to, abnf;
    };
    std::vector<rebuilt> const& nodes() const { return nodes_; }

private:
    static json_value const* member(json_value const& of, std::string_view name) {
        for (auto const& one : of.items)
            if (one.name == name) return &one;
        return nullptr;
    }
    static std::string bytes(json_value const* v) {
        if (!v) return {};
        return v->what == json_value::form::string ? v->text : bytes_of_base64(v->items.at(0).text).value();
    }
    static std::uint64_t integer(json_value const* v, std::uint64_t otherwise) {
        if (!v) return otherwise;
        if (v->what == json_value::form::null) return unbounded;
        bool const negative = v->text.starts_with('-');
        return negative ? static_cast<std::uint64_t>(std::stoll(v->text)) : std::stoull(v->text);
    }
    void add(json_value const& from) {
        std::size_t const at = nodes_.size();
        rebuilt one;
        for (unsigned i = 0; i <= static_cast<unsigned>(shape::transition); ++i)
            if (name_of(static_cast<shape>(i)) == member(from, "shape")->text) one.n.what = static_cast<shape>(i);
        json_value const& size = *member(from, "size");
        one.n.size = {integer(member(size, "fewest"), 0), integer(member(size, "most"), 0)};
        one.name = bytes(member(from, "name"));
        one.bytes = bytes(member(from, "bytes"));
        one.limit = bytes(member(from, "limit"));
        one.to = bytes(member(from, "to"));
        one.abnf = bytes(member(from, "abnf"));
        if (auto const* set = member(from, "set"))
            for (auto const& range : set->items)
                one.n.set = one.n.set.with(static_cast<unsigned char>(std::stoul(range.items[0].text)),
                                           static_cast<unsigned char>(std::stoul(range.items[1].text)));
        one.n.least = integer(member(from, "least"), 0);
        one.n.most = integer(member(from, "most"), 0);
        one.n.adjustment = static_cast<std::int64_t>(integer(member(from, "adjustment"), 0));
        one.n.base = static_cast<std::uint8_t>(integer(member(from, "base"), 10));
        one.n.is_signed = member(from, "signed") != nullptr;
        one.n.leading_zeros = member(from, "leading_zeros") != nullptr;
        one.n.optional_at_end = member(from, "optional_at_end") != nullptr;
        one.n.suspends_within = member(from, "suspends_within") != nullptr;
        nodes_.push_back(one);
        if (auto const* children = member(from, "children"))
            for (auto const& child : children->items) add(child);
        nodes_[at].n.last = static_cast<std::uint32_t>(nodes_.size());
    }

    json_value root_;
    std::vector<rebuilt> nodes_;
};

template <class... G>
void check_rebuilt(G const&... grammars) {
    description d;
    (grammars.describe(d), ...);
    std::string const text = describe_json(d);
    CAPTURE(text);
    rebuilding const again(text);
    REQUIRE(again.nodes().size() == d.nodes().size());
    for (std::size_t i = 0; i < d.nodes().size(); ++i) {
        node const& a = d.nodes()[i];
        auto const& b = again.nodes()[i];
        CAPTURE(i, name_of(a.what));
        CHECK(a.what == b.n.what);
        CHECK(a.size == b.n.size);
        CHECK(a.name == b.name);
        CHECK(a.bytes == b.bytes);
        CHECK(a.limit == b.limit);
        CHECK(a.to == b.to);
        CHECK(a.abnf == b.abnf);
        CHECK(a.set == b.n.set);
        CHECK(a.least == b.n.least);
        CHECK(a.most == b.n.most);
        CHECK(a.adjustment == b.n.adjustment);
        CHECK(a.base == b.n.base);
        CHECK(a.is_signed == b.n.is_signed);
        CHECK(a.leading_zeros == b.n.leading_zeros);
        CHECK(a.optional_at_end == b.n.optional_at_end);
        CHECK(a.suspends_within == b.n.suspends_within);
        CHECK(a.last == b.n.last);
    }
}

}  // namespace

TEST_CASE("description_json: the layout can be rebuilt from it") {
    check_rebuilt(all_of_it::grammar);
    check_rebuilt(length_prefixed(u16_be, i64_be).counting_itself());
    check_rebuilt(length_prefixed(u16_be, fixed(8, bytes)).plus(-3));
    check_rebuilt(delimited<"\r\n">(number<std::int64_t>.with_sign()));
    check_rebuilt(separated<",">(delimited<";">(zigzag)).or_none());
    check_rebuilt(rest(text));
    check_rebuilt(all_but<2>(bytes));
    check_rebuilt(streamed<1000>(u32_be));
    check_rebuilt(streamed<1000>());
    check_rebuilt(delimited<"\n">(bytes).optional_at_end());
    check_rebuilt(padded<'\0'>(4, text));
    check_rebuilt(reserved<3>);
    check_rebuilt(reserved<3>.any_value());
    check_rebuilt(repeat_until_any<"\n", "\r\n">(delimited<",">(charset<byte_set{}.with('a', 'z')>)));
    check_rebuilt(hexadecimal<std::uint64_t>.leading_zeros<16>());
    check_rebuilt(json::grammar);
    check_rebuilt(u64_le);
    check_rebuilt(u64_le, endpoint_states);
    check_rebuilt(endpoint_states);
}

TEST_CASE("description_json: limits and layout") {
    description d(limits{.message = unbounded, .element = 2, .items = 3, .depth = 4});
    fixed(1, u8).describe(d);
    CHECK(
        describe_json(d) ==
        R"({"limits":{"message":null,"element":2,"items":3,"depth":4},"layout":{"shape":"fixed","size":{"fewest":1,"most":1},)"
        R"("children":[{"shape":"integer","name":"u8","size":{"fewest":1,"most":1},"least":0,"most":255}]}})");
    CHECK(describe_json(description{}).ends_with(R"("layout":null})"));
    description states;
    endpoint_states.describe(states);
    CHECK(describe_json(states).find(R"("layout":null,"states":[{"shape":"table")") != std::string::npos);
}

TEST_CASE("description_json: behind the layout stand the states of its protocols") {
    description d;
    u8.describe(d);
    endpoint_states.describe(d);
    std::string const drawn = describe_json(d);
    CHECK(drawn.find(R"("states":[{"shape":"table","name":"an endpoint")") != std::string::npos);
    CHECK(drawn.find(R"("bytes":"propose","to":"proposing"})") != std::string::npos);
}
