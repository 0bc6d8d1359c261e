// The door to Boost.JSON: its events fill the tape of a document. Exactly one source file of a program includes this,
// mostly by way of segue/json/source.hpp.
#pragma once

#include <boost/json/basic_parser_impl.hpp>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

#include "segue/json/document.hpp"
#include "segue/json/write.hpp"
#include "segue/wire/scan.hpp"

namespace segue::json {

namespace detail {

// The parser does not say where its tokens are. What lies between two of them has been read as white space, a comma or
// a colon, so that the end of the last token leads to the next.
class tape_builder {
public:
    static constexpr std::size_t max_object_size = settings::largest;
    static constexpr std::size_t max_array_size = settings::largest;
    static constexpr std::size_t max_key_size = settings::largest;
    static constexpr std::size_t max_string_size = settings::largest;
    using characters = boost::json::string_view;
    using failure = boost::json::error_code;

    tape_builder(std::pmr::vector<node>& tape, std::pmr::string& unescaped, std::string_view whole)
        : tape_(tape), unescaped_(unescaped), text_(whole.data()), end_(whole.data() + whole.size()), at_(text_) {}

    bool on_document_begin(failure&) { return true; }
    bool on_document_end(failure&) { return true; }
    bool on_object_begin(failure&) { return open(kind::object); }
    bool on_object_end(std::size_t n, failure&) { return close(n); }
    bool on_array_begin(failure&) { return open(kind::array); }
    bool on_array_end(std::size_t n, failure&) { return close(n); }
    bool on_key_part(characters part, std::size_t, failure&) { return string_part(part); }
    bool on_key(characters part, std::size_t, failure&) { return string(part); }
    bool on_string_part(characters part, std::size_t, failure&) { return string_part(part); }
    bool on_string(characters part, std::size_t, failure&) { return string(part); }
    bool on_number_part(characters part, failure&) {
        if (!first_part_) first_part_ = part.data();
        return true;
    }
    bool on_int64(std::int64_t n, characters part, failure&) {
        return number(n == 0 && part.size() > 1 ? kind::number : kind::integer, part);  // -0 keeps its sign
    }
    bool on_uint64(std::uint64_t, characters part, failure&) { return number(kind::number, part); }
    bool on_double(double, characters part, failure&) { return number(kind::number, part); }
    bool on_bool(bool value, failure&) { return leaf(kind::boolean, next_token(), value ? 4 : 5); }
    bool on_null(failure&) { return leaf(kind::null, next_token(), 4); }
    bool on_comment_part(characters, failure&) { return true; }
    bool on_comment(characters, failure&) { return true; }

private:
    static constexpr byte_set between = byte_set::of(" \t\r\n,:");
    static constexpr byte_set plain = byte_set::all().without("\"\\");

    char const* next_token() const {
        char const* p = at_;
        while (between.has(*p)) ++p;
        return p;
    }
    std::uint32_t offset(char const* p) const { return static_cast<std::uint32_t>(p - text_); }
    bool leaf(kind what, char const* first, std::size_t size) {
        tape_.push_back({offset(first), static_cast<std::uint32_t>(size), 0, node::bits_of(what)});
        at_ = first + size;
        return true;
    }
    bool number(kind what, characters last_part) {
        char const* const first = first_part_ ? first_part_ : last_part.data();
        first_part_ = nullptr;
        return leaf(what, first, static_cast<std::size_t>(last_part.data() + last_part.size() - first));
    }
    // An open container links to the one around it.
    bool open(kind what) {
        char const* const first = next_token();
        auto const index = static_cast<std::uint32_t>(tape_.size());
        tape_.push_back({offset(first), 0, open_, node::bits_of(what)});
        open_ = index;
        at_ = first + 1;
        return true;
    }
    bool close(std::size_t count) {
        at_ = next_token() + 1;
        node& n = tape_[open_];
        open_ = n.link;
        n.size = offset(at_) - n.at;
        n.link = static_cast<std::uint32_t>(tape_.size());
        n.bits = node::bits_of(n.what(), count);
        return true;
    }

    // Parts are of the text, up to the first escape; from there on they are characters that the parser made.
    bool of_text(char const* p) const { return !std::less<>()(p, text_) && std::less<>()(p, end_); }
    bool string_part(characters part) {
        if (!first_part_) begin_escaped(part);
        unescaped_.append(part.data(), part.size());
        return true;
    }
    bool string(characters part) {
        if (!first_part_ && of_text(part.data())) [[likely]]
            return leaf(kind::string, part.data() - 1, part.size() + 2);
        string_part(part);
        char const* p = first_part_;
        while (*(p = skip<plain>(p, end_)) != '"') p += 2;
        std::size_t const size = static_cast<std::size_t>(p + 1 - quote_);
        tape_.push_back({offset(quote_), static_cast<std::uint32_t>(size), unescaped_from_,
                         node::bits_of(kind::string, unescaped_.size() - unescaped_from_, true)});
        at_ = p + 1;
        first_part_ = nullptr;
        return true;
    }
    void begin_escaped(characters part) {
        unescaped_from_ = static_cast<std::uint32_t>(unescaped_.size());
        quote_ = of_text(part.data()) ? part.data() - 1 : next_token();
        first_part_ = of_text(part.data()) ? part.data() + part.size() : quote_ + 1;
    }

    static constexpr std::uint32_t none = ~std::uint32_t{0};

    std::pmr::vector<node>& tape_;
    std::pmr::string& unescaped_;
    char const* text_;
    char const* end_;
    char const* at_;                     // behind the last token
    char const* first_part_ = nullptr;   // of a number in parts, or behind the plain beginning of a string with escapes
    char const* quote_ = nullptr;        // that opens a string with escapes
    std::uint32_t unescaped_from_ = 0;
    std::uint32_t open_ = none;
};

inline problem problem_of(boost::json::error_code const& e, std::size_t offset) {
    using enum boost::json::error;
    auto const is = [&](boost::json::error what) { return e == what; };
    if (is(incomplete)) return {errc::truncated, offset, "the rest of the value"};
    if (is(extra_data)) return {errc::trailing_bytes, offset, "nothing but white space behind the value"};
    if (is(too_deep)) return {errc::too_deep, offset, "fewer levels of arrays and objects"};
    if (is(exponent_overflow)) return {errc::out_of_range, offset, "an exponent of fewer digits"};
    if (is(illegal_leading_surrogate) || is(illegal_trailing_surrogate) || is(expected_utf16_escape))
        return {errc::not_utf8, offset, "both halves of a surrogate pair"};
    return {errc::mismatch, offset, "a JSON text"};
}

// Accepts, and keeps nothing.
struct acceptor {
    static constexpr std::size_t max_object_size = settings::largest;
    static constexpr std::size_t max_array_size = settings::largest;
    static constexpr std::size_t max_key_size = settings::largest;
    static constexpr std::size_t max_string_size = settings::largest;
    using characters = boost::json::string_view;
    using failure = boost::json::error_code;

    bool on_document_begin(failure&) { return true; }
    bool on_document_end(failure&) { return true; }
    bool on_object_begin(failure&) { return true; }
    bool on_object_end(std::size_t, failure&) { return true; }
    bool on_array_begin(failure&) { return true; }
    bool on_array_end(std::size_t, failure&) { return true; }
    bool on_key_part(characters, std::size_t, failure&) { return true; }
    bool on_key(characters, std::size_t, failure&) { return true; }
    bool on_string_part(characters, std::size_t, failure&) { return true; }
    bool on_string(characters, std::size_t, failure&) { return true; }
    bool on_number_part(characters, failure&) { return true; }
    bool on_int64(std::int64_t, characters, failure&) { return true; }
    bool on_uint64(std::uint64_t, characters, failure&) { return true; }
    bool on_double(double, characters, failure&) { return true; }
    bool on_bool(bool, failure&) { return true; }
    bool on_null(failure&) { return true; }
    bool on_comment_part(characters, failure&) { return true; }
    bool on_comment(characters, failure&) { return true; }
};

}  // namespace detail

bool is_text(std::string_view whole, std::size_t levels) {
    boost::json::parse_options options;
    options.max_depth = std::min(levels, settings::deepest);
    boost::json::basic_parser<detail::acceptor> parser(options);
    boost::json::error_code failure;
    return parser.write_some(false, whole.data(), whole.size(), failure) == whole.size() && !failure;
}

problem document::parse(std::string_view whole) {
    tape_.clear();
    characters_.clear();
    text_ = whole;
    if (std::size_t const most = std::min(most_.size, settings::largest); whole.size() > most)
        return {errc::too_long, most, "a shorter text"};
    boost::json::parse_options options;
    options.max_depth = std::min(most_.depth, settings::deepest);
    tape_.reserve(std::min(whole.size() / 8, std::size_t{120}) + 4);  // a value or name for every 8 bytes, as in most texts
    boost::json::basic_parser<detail::tape_builder> parser(options, tape_, characters_, whole);
    boost::json::error_code failure;
    std::size_t used = parser.write_some(false, whole.data(), whole.size(), failure);
    if (!failure) {
        used = whole.find_first_not_of(" \t\r\n", used);
        if (used == std::string_view::npos) return {};
        failure = boost::json::error::extra_data;
    }
    tape_.clear();
    return detail::problem_of(failure, used);
}

}  // namespace segue::json
