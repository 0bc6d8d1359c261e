// The door to Boost.JSON: a writer, and a reader over its event interface, which keeps the text of numbers and sees
// members that are given twice.
//
// Exactly one translation unit of a program includes <boost/json/src.hpp>.
#pragma once

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segue/inspect/base64.hpp"
#include "segue/wire/utf8.hpp"

namespace segue {

// JSON text that grows at its end; commas come by themselves.
class json_writer {
public:
    std::string text;

    void begin_object() { open('{'); }
    void end_object() { text += '}'; }
    void begin_array() { open('['); }
    void end_array() { text += ']'; }
    void key(std::string_view name) {
        string(name);
        text += ':';
    }
    // a number, true, false or null, as it is
    void token(std::string_view literal_text) {
        comma();
        text += literal_text;
    }
    // valid UTF-8
    void string(std::string_view characters) {
        comma();
        char const* const end = characters.data() + characters.size();
        if (skip<plain>(characters.data(), end) == end) {
            text += '"';
            text += characters;
            text += '"';
        } else {
            text += boost::json::serialize(boost::json::string_view(characters.data(), characters.size()));
        }
    }
    // a string where it is valid UTF-8, else {"base64": ...}
    void bytes(std::string_view raw) {
        char const* const end = raw.data() + raw.size();
        if (invalid_utf8(raw.data(), end) == end) return string(raw);
        begin_object();
        key("base64");
        text += '"';
        append_base64(text, raw);
        text += '"';
        end_object();
    }
    // a number where every reader of JSON takes it exactly, else a string
    void integer(std::uint64_t n) { magnitude(n, false); }
    void integer(std::int64_t n) {
        if (n < 0) magnitude(std::uint64_t{0} - static_cast<std::uint64_t>(n), true);
        else magnitude(static_cast<std::uint64_t>(n), false);
    }

private:
    static constexpr byte_set plain = byte_set{}.with(0x20, 0xff).without("\"\\");
    static constexpr std::uint64_t largest_exact = std::uint64_t{1} << 53;

    void comma() {
        if (text.empty()) return;
        char const last = text.back();
        if (last != '{' && last != '[' && last != ':' && last != '\n') text += ',';
    }
    void open(char bracket) {
        comma();
        text += bracket;
    }
    void magnitude(std::uint64_t n, bool negative) {
        char digits[24];
        char* p = digits + sizeof digits;
        bool const quoted = n > largest_exact;
        if (quoted) *--p = '"';
        do *--p = static_cast<char>('0' + n % 10);
        while ((n /= 10) != 0);
        if (negative) *--p = '-';
        if (quoted) *--p = '"';
        token({p, static_cast<std::size_t>(digits + sizeof digits - p)});
    }
};

// A JSON text as it was written: numbers keep their digits, objects the order of their members and every one of them.
struct json_value {
    enum class form : std::uint8_t { null, boolean, number, string, array, object };

    form what = form::null;
    bool truth = false;
    std::string name{};                // of this member, in an object
    std::string text{};                // of a number or string
    std::vector<json_value> items{};   // of an array or object
};

// Where a JSON text or its meaning is wrong: a JSON Pointer (RFC 6901), empty for the whole text, and a sentence.
struct json_error {
    std::string pointer{};
    std::string message{};
    bool incomplete = false;  // the text is the beginning of one that could be right

    explicit operator bool() const { return !message.empty(); }
};

namespace detail {

// Builds a json_value from the parser's events.
class json_tree {
public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    using characters = boost::json::string_view;
    using failure = boost::json::error_code;
    using form = json_value::form;

    json_value root;

    bool on_document_begin(failure&) { return true; }
    bool on_document_end(failure&) { return true; }
    bool on_object_begin(failure&) { return open(form::object); }
    bool on_object_end(std::size_t, failure&) { return close(); }
    bool on_array_begin(failure&) { return open(form::array); }
    bool on_array_end(std::size_t, failure&) { return close(); }
    bool on_key_part(characters part, std::size_t, failure&) { return more(part); }
    bool on_key(characters part, std::size_t, failure&) {
        more(part);
        name_ = std::exchange(text_, {});
        return true;
    }
    bool on_string_part(characters part, std::size_t, failure&) { return more(part); }
    bool on_string(characters part, std::size_t, failure&) { return more(part) && leaf(form::string); }
    bool on_number_part(characters part, failure&) { return more(part); }
    bool on_int64(std::int64_t, characters part, failure&) { return more(part) && leaf(form::number); }
    bool on_uint64(std::uint64_t, characters part, failure&) { return more(part) && leaf(form::number); }
    bool on_double(double, characters part, failure&) { return more(part) && leaf(form::number); }
    bool on_bool(bool value, failure&) {
        put(form::boolean).truth = value;
        return true;
    }
    bool on_null(failure&) {
        put(form::null);
        return true;
    }
    bool on_comment_part(characters, failure&) { return true; }
    bool on_comment(characters, failure&) { return true; }

private:
    bool more(characters part) {
        text_.append(part.data(), part.size());
        return true;
    }
    // Only the innermost open container grows, so the addresses of those around it stay.
    json_value& put(form what) {
        json_value& value = open_.empty() ? root : open_.back()->items.emplace_back();
        value.what = what;
        value.name = std::exchange(name_, {});
        return value;
    }
    bool leaf(form what) {
        put(what).text = std::exchange(text_, {});
        return true;
    }
    bool open(form what) {
        open_.push_back(&put(what));
        return true;
    }
    bool close() {
        open_.pop_back();
        return true;
    }

    std::vector<json_value*> open_;
    std::string name_, text_;
};

}  // namespace detail

inline constexpr std::size_t deepest_json = 256;

// One JSON text (RFC 8259, nothing more lenient) with nothing but white space around it.
inline json_error parse_json(std::string_view whole, json_value& to) {
    boost::json::parse_options options;
    options.max_depth = deepest_json;
    boost::json::basic_parser<detail::json_tree> parser(options);
    boost::json::error_code failure;
    std::size_t used = parser.write_some(false, whole.data(), whole.size(), failure);
    if (!failure) {
        used = whole.find_first_not_of(" \t\r\n", used);
        if (used == std::string_view::npos) {
            to = std::move(parser.handler().root);
            return {};
        }
        failure = boost::json::error::extra_data;
    }
    return {{}, "not JSON: " + failure.message() + " at column " + std::to_string(used + 1), failure == boost::json::error::incomplete};
}

}  // namespace segue
