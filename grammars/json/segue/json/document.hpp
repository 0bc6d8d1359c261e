// One parsed JSON text (RFC 8259) as a flat tape of nodes, each of which knows its own text: numbers keep their digits,
// objects the order of their members and every one of them.
//
// The text is read by Boost.JSON's events in segue/json/parser.hpp, which one source file of a program compiles.
#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "segue/core/error.hpp"

namespace segue::json {

enum class kind : std::uint8_t {
    null,
    boolean,
    integer,  // a number without fraction and exponent that fits std::int64_t
    number,   // any other
    string,
    array,
    object,
};

// What a peer may make us hold.
struct settings {
    std::size_t depth = 32;      // levels of arrays and objects; reading recurses, so never more than `deepest`
    std::size_t size = 1 << 20;  // bytes of a text, each of which takes up to 16 bytes of tape; at most `largest`

    static constexpr std::size_t deepest = 1000;
    static constexpr std::size_t largest = (1 << 28) - 1;
};

// Where a text or its meaning is wrong: the first wrong byte, and of a value a JSON Pointer (RFC 6901), empty for the
// whole text; a member that is missing has one as well.
struct problem {
    errc code = errc::none;
    std::size_t offset = 0;
    std::string_view what{};  // would have been right: a phrase of static storage
    std::string pointer{};

    explicit operator bool() const { return code != errc::none; }
    std::string sentence() const {
        std::string result = "expected ";
        result += what;
        return pointer.empty() ? result + " at byte " + std::to_string(offset) : result + " at " + pointer;
    }
};

namespace detail {

struct node {
    std::uint32_t at;    // its first byte in the text
    std::uint32_t size;  // bytes that it has there
    std::uint32_t link;  // container: one past its last descendant; string with escapes: where its characters lie
    std::uint32_t bits;  // kind, escaped, and a count: of children, or of the characters of a string with escapes

    static constexpr std::uint32_t escaped_bit = std::uint32_t{1} << 28;
    constexpr json::kind what() const { return static_cast<json::kind>(bits >> 29); }
    constexpr bool escaped() const { return (bits & escaped_bit) != 0; }
    constexpr std::size_t count() const { return bits & (escaped_bit - 1); }
    constexpr bool container() const { return what() >= json::kind::array; }
    static constexpr std::uint32_t bits_of(json::kind what, std::size_t count = 0, bool escaped = false) {
        return static_cast<std::uint32_t>(what) << 29 | (escaped ? escaped_bit : 0) | static_cast<std::uint32_t>(count);
    }
};

}  // namespace detail

class document;

// A place in a document: a pointer and an index. Valid until the document parses again or moves.
class ref {
public:
    class element_range;
    class member_range;

    constexpr ref() = default;  // nowhere: false
    constexpr ref(document const& whole, std::uint32_t index) : whole_(&whole), index_(index) {}
    explicit constexpr operator bool() const { return whole_ != nullptr; }
    constexpr document const& whole() const { return *whole_; }
    constexpr std::uint32_t index() const { return index_; }

    json::kind kind() const { return node().what(); }
    bool is(json::kind what) const { return kind() == what; }
    // Its source text, of arrays and objects too.
    std::string_view raw() const;
    std::size_t offset() const { return node().at; }
    // Of a string: its characters, a view of the text where nothing was escaped, else of the document.
    std::string_view string() const;
    bool escaped() const { return is(json::kind::string) && node().escaped(); }
    // Of a boolean, an integer, any number.
    bool boolean() const { return node().size == 4; }
    std::int64_t integer() const {
        std::string_view const digits = raw();
        std::int64_t result = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), result);
        return result;
    }
    std::string_view number_text() const { return raw(); }
    // Elements of an array, members of an object.
    std::size_t size() const { return node().container() ? node().count() : 0; }
    element_range elements() const;
    member_range members() const;
    // The first member of that name, or nowhere; looks at one member after the other.
    ref member(std::string_view name) const;
    // The JSON Pointer to it.
    std::string pointer() const;
    // What stands behind it on the tape.
    ref next() const { return {*whole_, node().container() ? node().link : index_ + 1}; }

    friend constexpr bool operator==(ref, ref) = default;

private:
    detail::node const& node() const;

    document const* whole_ = nullptr;
    std::uint32_t index_ = 0;
};

class document {
public:
    explicit document(settings most = {}, std::pmr::memory_resource* memory = std::pmr::get_default_resource())
        : most_(most), tape_(memory), characters_(memory) {}

    // Bytes of heap: a node for every two bytes of a text, and characters without escapes, both doubled as they grow.
    static constexpr std::size_t most_memory(settings const& s) { return 3 * (s.size / 2 + 1) * sizeof(detail::node) + 3 * s.size; }

    // Reads one text with nothing but white space around it. The text must outlive the use of the document, whose
    // storage is used again for the next one. On a problem there is no root.
    problem parse(std::string_view whole);
    std::string_view text() const { return text_; }
    // Gives its storage back; there is no root any more.
    void release() {
        decltype(tape_)(tape_.get_allocator()).swap(tape_);
        decltype(characters_)(characters_.get_allocator()).swap(characters_);
    }
    ref root() const { return tape_.empty() ? ref() : ref(*this, 0); }

private:
    friend class ref;

    settings most_;
    std::string_view text_{};
    std::pmr::vector<detail::node> tape_;
    std::pmr::string characters_;  // of strings with escapes
};

struct member {
    ref key;
    ref value;

    std::string_view name() const { return key.string(); }
};

// The tape of a container, which holds its children one after the other.
class ref::element_range {
public:
    class iterator {
    public:
        explicit iterator(ref at) : at_(at) {}
        ref operator*() const { return at_; }
        iterator& operator++() {
            at_ = at_.next();
            return *this;
        }
        friend bool operator==(iterator, iterator) = default;

    private:
        ref at_;
    };
    explicit element_range(ref whole)
        : first_(whole.whole(), whole.index() + 1), last_(whole.is(json::kind::array) ? whole.next() : first_) {}
    iterator begin() const { return iterator(first_); }
    iterator end() const { return iterator(last_); }

private:
    ref first_, last_;
};

class ref::member_range {
public:
    class iterator {
    public:
        explicit iterator(ref at) : at_(at) {}
        json::member operator*() const { return {at_, at_.next()}; }
        iterator& operator++() {
            at_ = at_.next().next();
            return *this;
        }
        friend bool operator==(iterator, iterator) = default;

    private:
        ref at_;
    };
    explicit member_range(ref whole)
        : first_(whole.whole(), whole.index() + 1), last_(whole.is(json::kind::object) ? whole.next() : first_) {}
    iterator begin() const { return iterator(first_); }
    iterator end() const { return iterator(last_); }

private:
    ref first_, last_;
};

inline detail::node const& ref::node() const { return whole_->tape_[index_]; }
inline std::string_view ref::raw() const { return {whole_->text_.data() + node().at, node().size}; }
inline std::string_view ref::string() const {
    detail::node const& n = node();
    if (n.escaped()) return {whole_->characters_.data() + n.link, n.count()};
    return {whole_->text_.data() + n.at + 1, n.size - 2};
}
inline ref::element_range ref::elements() const { return element_range(*this); }
inline ref::member_range ref::members() const { return member_range(*this); }
inline ref ref::member(std::string_view name) const {
    for (json::member const m : members())
        if (m.name() == name) return m.value;
    return {};
}

// One more step of a JSON Pointer (RFC 6901 section 4): "~" is written as "~0", "/" as "~1".
inline void append_step(std::string& pointer, std::string_view name) {
    pointer += '/';
    for (char const c : name) {
        if (c == '~') pointer += "~0";
        else if (c == '/') pointer += "~1";
        else pointer += c;
    }
}

inline std::string ref::pointer() const {
    std::string result;
    for (ref here(*whole_, 0); here.index_ != index_;) {
        bool const object = here.is(json::kind::object);
        ref child(*whole_, here.index_ + 1);
        for (std::size_t position = 0;; ++position) {
            ref const value = object ? child.next() : child;
            if (index_ < value.next().index_) {
                append_step(result, object ? child.string() : std::string_view(std::to_string(position)));
                if (index_ == child.index_) return result;  // of a name: to its member
                here = value;
                break;
            }
            child = value.next();
        }
    }
    return result;
}

}  // namespace segue::json
