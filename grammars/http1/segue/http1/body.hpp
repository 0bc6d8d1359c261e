// A body and its trailers on the wire: elements of a message that its head decides about.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "segue/content/literal.hpp"
#include "segue/http1/chunked.hpp"
#include "segue/http1/framing.hpp"

namespace segue::http1 {

// The body: where it ends is computed once, from the record's head, when it begins.
template <class Message, std::size_t Max, leniency L>
struct body_t {
    Message const* message = nullptr;
    answer_to to = answer_to::ordinary;

    static constexpr bool streaming = true;
    enum class place : std::uint8_t { head, sized, until_close, size_line, data, data_end };
    struct state {
        std::uint64_t left = 0;         // of the body, or of the chunk
        std::uint64_t room = Max;       // for more chunks
        std::uint32_t framed_by = 0;    // bytes of chunk framing since the last piece
        std::uint32_t extensions = 0;
        state_of<decltype(chunk_size_line_of<L>)> line{};
        state_of<decltype(literal<"\r\n">)> end{};
        place at = place::head;
    };

    template <class In, class V>
        requires std::same_as<V, streamed_bytes> || byte_owner<V>
    step decode(In& in, state& s, V& v) const {
        static_assert(!In::in_segment, "segue: a streamed element cannot stand inside a segment");
        for (;;) {
            step r = step::done;
            switch (s.at) {
                case place::head:
                    r = begin(in, s, v);
                    if (r != step::done || s.at == place::head) return r;
                    continue;
                case place::sized:
                case place::until_close:
                    if (s.left == 0) return s.at == place::sized ? step::done : past_the_limit(in);
                    return piece(in, s, v);
                case place::size_line:
                    r = read_size(in, s);
                    if (r != step::done || s.left == 0) return r;
                    continue;
                case place::data: return piece(in, s, v);
                case place::data_end: {
                    auto end = s.end;
                    nothing none;
                    char const* const from = in.at;
                    r = literal<"\r\n">.decode(in, end, none);
                    s.end = end;
                    if (r != step::done) return r;
                    s.end = {};
                    s.framed_by += static_cast<std::uint32_t>(in.at - from);
                    s.at = place::size_line;
                    continue;
                }
            }
        }
    }
    // A collected body in one chunk, if in any. Of a streamed message only the head is encoded: a `body_writer` goes on.
    template <class V>
        requires std::same_as<V, streamed_bytes> || byte_owner<V>
    constexpr step encode(V const& v, output& out) const {
        framing const f = framing_of_message();
        if (f.how == framing::form::refused) return out.fail(errc::requirement, f.rule);
        if constexpr (std::same_as<V, streamed_bytes>) {
            return step::done;
        } else {
            if (v.size() > Max) return out.fail_limit(errc::too_long, Max, v.size());
            bool const fits = f.how == framing::form::sized ? v.size() == f.size : f.how != framing::form::none || v.empty();
            if (!fits) return out.fail(errc::contradiction, "a body as long as the head says");
            if (f.how != framing::form::chunked) return out.put_payload({v.data(), v.size()});
            if (!v.empty()) {
                if (step const r = chunk_size_line.encode(chunk_line{v.size(), {}}, out); r != step::done) return r;
                if (step const r = out.put_payload({v.data(), v.size()}); r != step::done) return r;
                if (step const r = out.put("\r\n"); r != step::done) return r;
            }
            return out.put("0\r\n");
        }
    }
    constexpr size_bound bounds(limits = {}) const { return {0, unbounded}; }
    constexpr void describe(description& d) const { d.add({.what = shape::streamed, .size = bounds(), .most = Max, .limit = "body", .suspends_within = true}); }

private:
    constexpr framing framing_of_message() const {
        if constexpr (requires { message->status; }) return framing_of<L>(*message, to);
        else return framing_of<L>(*message);
    }
    template <class In>
    static std::size_t most(In const& in) {
        return in.template most<Max, &limits::element>("body");
    }
    template <class In, class V>
    step begin(In& in, state& s, V& v) const {
        framing const f = framing_of_message();
        if (f.how == framing::form::refused) return in.fail(errc::requirement, in.at, f.rule);
        if (f.how == framing::form::sized && f.size > most(in)) return in.fail_limit(errc::too_long, in.at, most(in), f.size);
        if constexpr (byte_owner<V>) v.clear();
        else v.size = f.how == framing::form::sized ? f.size : f.how == framing::form::none ? 0 : streamed_bytes::unknown;
        switch (f.how) {
            case framing::form::sized: s.at = place::sized; s.left = f.size; break;
            case framing::form::until_close: s.at = place::until_close; s.left = most(in); break;
            case framing::form::chunked: s.at = place::size_line; s.room = most(in); break;
            default: return step::done;
        }
        if constexpr (byte_owner<V>) return step::done;
        in.streamed = {in.at, 0};
        return step::part;
    }
    template <class In>
    step read_size(In& in, state& s) const {
        auto line = s.line;
        chunk_line chunk{};
        char const* const from = in.at;
        step const r = chunk_size_line_of<L>.decode(in, line, chunk);
        std::size_t const looked_at = std::exchange(s.line, line).scanned;
        if (r != step::done) return fails_in_line(in, from, looked_at) ? step::failed : r;
        s.line = {};
        s.framed_by += static_cast<std::uint32_t>(in.at - from);
        s.extensions += static_cast<std::uint32_t>(chunk.extensions.size());
        std::size_t const most_extensions = in.template most<most_extension_bytes, &limits::element>("chunk extensions");
        if (s.extensions > most_extensions) return in.fail_limit(errc::too_long, from, most_extensions);
        if (chunk.size > s.room) return in.fail_limit(errc::too_long, from, most(in), chunk.size);
        s.room -= chunk.size;
        s.left = chunk.size;
        s.at = place::data;
        return step::done;
    }
    // A line ends with CR LF. What can neither stand in it nor end it is told when it comes, not when a line has ended.
    template <class In>
    SEGUE_COLD static bool fails_in_line(In& in, char const* from, std::size_t looked_at) {
        std::size_t const longest = in.template most<4096, &limits::element>("chunk line");
        auto const here = static_cast<std::size_t>(in.end - from);
        char const* const end = here > longest ? from + longest + 1 : in.end;
        char const* stray = skip<field_characters>(from + looked_at, end);
        if (stray != end && *stray == '\r') ++stray;
        if (in.quiet) in.quiet = classifier<field_characters>::members.data();
        if (stray == end || (*stray == '\n' && stray != from && stray[-1] == '\r')) return false;
        in.fail(errc::mismatch, stray, "\r\n");
        return true;
    }
    template <class In, class V>
    step piece(In& in, state& s, V& v) const {
        std::size_t const size = in.left() < s.left ? in.left() : static_cast<std::size_t>(s.left);
        if (size == 0) {
            if (s.at == place::until_close && in.closed) return step::done;
            return in.want(1);
        }
        in.streamed = {in.at, size};
        in.framed_by = s.framed_by;
        s.framed_by = 0;
        if constexpr (byte_owner<V>) {
            append_bytes(v, in.streamed);
            in.collected = true;
        }
        in.at += size;
        s.left -= size;
        in.goes_on = s.left != 0;
        in.need = 1;
        if (s.at == place::data && s.left == 0) s.at = place::data_end;
        return step::part;
    }
    template <class In>
    step past_the_limit(In& in) const {
        if (in.left() != 0) return in.fail_limit(errc::too_long, in.at, most(in));
        return in.closed ? step::done : in.want(1);
    }
};

// The trailer section of a chunked message, and nothing of any other.
template <class Message, leniency L>
struct trailers_t {
    Message const* message = nullptr;
    answer_to to = answer_to::ordinary;

    struct state {
        state_of<decltype(field_section_of<L>)> section{};
        bool begun = false;
    };
    template <class In>
    step decode(In& in, state& s, std::vector<header_of<L>>& v) const {
        if (!s.begun) {
            v.clear();
            if (!chunked()) return step::done;
            s.begun = true;
        }
        auto section = s.section;
        step const r = field_section_of<L>.decode(in, section, v);
        s.section = section;
        return r;
    }
    constexpr step encode(std::vector<header_of<L>> const& v, output& out) const {
        if constexpr (std::same_as<std::remove_cvref_t<decltype(message->body)>, streamed_bytes>) return step::done;
        if (chunked()) return field_section_of<L>.encode(v, out);
        return v.empty() ? step::done : out.fail(errc::contradiction, "trailers behind a chunked body only");
    }
    constexpr size_bound bounds(limits l = {}) const { return {0, field_section_of<L>.bounds(l).most}; }
    constexpr void describe(description& d) const { field_section_of<L>.describe(d); }

private:
    constexpr bool chunked() const {
        if constexpr (requires { message->status; }) return framing_of<L>(*message, to).how == framing::form::chunked;
        else return framing_of<L>(*message).how == framing::form::chunked;
    }
};

}  // namespace segue::http1
