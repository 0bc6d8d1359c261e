// Errors are values: a code with a sentence, the absolute offset in the stream, and the path of field names to it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace segue {

enum class errc : std::uint8_t {
    none,
    mismatch,
    too_long,
    too_many,
    too_deep,
    truncated,
    segment_too_short,
    trailing_bytes,
    out_of_range,
    unknown_tag,
    not_utf8,
    not_canonical,
    requirement,
    message_too_long,
    too_much_skipped,
    wrong_size,
    delimiter_in_content,
    contradiction,
    wrong_checksum,
    no_room,
    timed_out,
    aborted,
    closed,
};

constexpr std::string_view name_of(errc code) {
    switch (code) {
        case errc::none: return "none";
        case errc::mismatch: return "mismatch";
        case errc::too_long: return "too_long";
        case errc::too_many: return "too_many";
        case errc::too_deep: return "too_deep";
        case errc::truncated: return "truncated";
        case errc::segment_too_short: return "segment_too_short";
        case errc::trailing_bytes: return "trailing_bytes";
        case errc::out_of_range: return "out_of_range";
        case errc::unknown_tag: return "unknown_tag";
        case errc::not_utf8: return "not_utf8";
        case errc::not_canonical: return "not_canonical";
        case errc::requirement: return "requirement";
        case errc::message_too_long: return "message_too_long";
        case errc::too_much_skipped: return "too_much_skipped";
        case errc::wrong_size: return "wrong_size";
        case errc::delimiter_in_content: return "delimiter_in_content";
        case errc::contradiction: return "contradiction";
        case errc::wrong_checksum: return "wrong_checksum";
        case errc::no_room: return "no_room";
        case errc::timed_out: return "timed_out";
        case errc::aborted: return "aborted";
        case errc::closed: return "closed";
    }
    return "unknown";
}

constexpr std::string_view sentence(errc code) {
    switch (code) {
        case errc::none: return "no error";
        case errc::mismatch: return "this byte cannot stand here";
        case errc::too_long: return "the element is longer than its limit";
        case errc::too_many: return "there are more items than the limit";
        case errc::too_deep: return "the nesting is deeper than the limit";
        case errc::truncated: return "the input ended inside a message";
        case errc::segment_too_short: return "the segment ends before its content does";
        case errc::trailing_bytes: return "the segment holds more bytes than its content";
        case errc::out_of_range: return "the number does not fit the field";
        case errc::unknown_tag: return "no alternative begins like this";
        case errc::not_utf8: return "the text is not valid UTF-8";
        case errc::not_canonical: return "the number is written in a longer form than it needs";
        case errc::requirement: return "the value breaks a rule of the grammar";
        case errc::message_too_long: return "the message is longer than the limit for a whole message";
        case errc::too_much_skipped: return "more bytes without a message had to be passed over than the limit";
        case errc::wrong_size: return "the content does not have the size of its segment";
        case errc::delimiter_in_content: return "the content holds the delimiter that must end it";
        case errc::contradiction: return "two fields of the message contradict each other";
        case errc::wrong_checksum: return "the bytes do not have the checksum that they carry";
        case errc::no_room: return "the output has no room left";
        case errc::timed_out: return "the deadline has passed";
        case errc::aborted: return "the connection was broken off";
        case errc::closed: return "this end of the conversation is over";
    }
    return "unknown error";
}

struct error {
    // One step into the message: the name of a field, or the index of an item where there is no name.
    struct place {
        char const* field = nullptr;  // of static storage
        std::uint32_t index = 0;

        friend constexpr bool operator==(place const& a, place const& b) {
            if (!a.field || !b.field) return a.field == b.field && a.index == b.index;
            return std::string_view(a.field) == b.field;
        }
    };
    static constexpr std::size_t deepest = 8;

    errc code = errc::none;
    std::uint32_t depth = 0;        // places noted; only the innermost `deepest` are kept
    std::uint64_t offset = 0;       // bytes from the start of the stream
    std::uint64_t limit = 0;        // where the code is about a limit: the limit ...
    std::uint64_t observed = 0;     // ... and what the input declared, where it declared something
    std::string_view expected = {}; // what would have been right, where one phrase can say it; of static storage
    place path[deepest]{};          // innermost first

    constexpr std::size_t places() const { return depth < deepest ? depth : deepest; }
    explicit constexpr operator bool() const { return code != errc::none; }

    friend constexpr bool operator==(error const& a, error const& b) {
        if (a.code != b.code || a.depth != b.depth || a.offset != b.offset || a.limit != b.limit ||
            a.observed != b.observed || a.expected != b.expected)
            return false;
        for (std::size_t i = 0; i < a.places(); ++i)
            if (a.path[i] != b.path[i]) return false;
        return true;
    }
};

}  // namespace segue
