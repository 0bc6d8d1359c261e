// A body and its trailers on the wire: elements of a message that its head decides about.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
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
    static constexpr bool handed_out = std::same_as<std::remove_cvref_t<decltype(std::declval<Message&>().body)>, streamed_bytes>;
    // RFC 9112 sections 6.3, 7.1 and 7.1.1, but for the trailers, which are a field of their own. What a
    // leniency lets in beside it is not said.
    static constexpr std::string_view rules = "message-body = *OCTET ; Content-Length bytes, or none, or to the end";
    static constexpr std::string_view chunked_rules =
        "chunked-body = *chunk last-chunk\n"
        "chunk = chunk-size chunk-ext CRLF chunk-data CRLF\n"
        "chunk-size = 1*16HEXDIG ; bytes of chunk-data, not 0\n"
        "chunk-data = 1*OCTET\n"
        "last-chunk = 1*16\"0\" chunk-ext CRLF\n"
        "chunk-ext = *(bws \";\" bws chunk-token [bws \"=\" bws (chunk-token / quoted-string)])\n"
        "chunk-token = 1*tchar\n"
        "tchar = \"!\" / %x23-27 / %x2A-2B / %x2D-2E / DIGIT / ALPHA / %x5E-60 / \"|\" / \"~\"\n"
        "quoted-string = DQUOTE *(qdtext / quoted-pair) DQUOTE\n"
        "qdtext = HTAB / %x20-21 / %x23-5B / %x5D-7E / %x80-FF\n"
        "quoted-pair = \"\\\" (HTAB / %x20-7E / %x80-FF)\n"
        "bws = *(SP / HTAB)";
    enum class place : std::uint8_t { head, sized, until_close, size, extensions, data };
    struct state {
        std::uint64_t left = 0;         // of the body, or of the chunk
        std::uint64_t room = Max;       // for more chunks
        std::uint32_t framed_by = 0;    // bytes of chunk framing since the last piece
        std::uint32_t extensions = 0;
        state_of<decltype(chunk_extensions_of<L>)> line{};
        place at = place::head;
    };

    template <class In, class V>
        requires std::same_as<V, streamed_bytes> || byte_owner<V>
    step decode(In& in, state& s, V& v) const {
        static_assert(!In::in_segment, "segue: a streamed element cannot stand inside a segment");
        s.left += std::exchange(in.owed, 0);
        char const* const from = in.at;
        step const r = go_on(in, s, v);
        // the framing since the last piece goes with the next one
        auto const framed = s.framed_by + static_cast<std::uint32_t>((r == step::part ? in.streamed : in.at) - from);
        if (r == step::part) in.framed_by = framed;
        s.framed_by = r == step::part ? 0 : framed;
        return r;
    }
    // A chunk behind another one, without extensions: CRLF, its size, CRLF, and some of its bytes.
    SEGUE_INLINE static bool begin_piece(state& s, char const*& at, char const* end, std::uint64_t& piece)
        requires(handed_out)
    {
        if (s.at != place::data || s.left != 0 || s.extensions != 0) return false;
        if (end - at < 8 || at[0] != '\r' || at[1] != '\n') return false;
        std::uint64_t size = 0;
        char const* const stop = chunk_size.take_usual(end, at + 2, size);
        if (!stop || end - stop < 3 || stop[0] != '\r' || stop[1] != '\n' || size == 0 || size > s.room) return false;
        s.room -= size;
        piece = size;
        at = stop + 2;
        return true;
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
                if (step const r = chunk_size.encode(v.size(), out); r != step::done) return r;
                if (step const r = out.put("\r\n"); r != step::done) return r;
                if (step const r = out.put_payload({v.data(), v.size()}); r != step::done) return r;
                if (step const r = out.put("\r\n"); r != step::done) return r;
            }
            return out.put("0\r\n");
        }
    }
    constexpr size_bound bounds(limits = {}) const { return {0, unbounded}; }
    constexpr void describe(description& d) const {
        std::size_t const chunked = d.nodes().size();
        d.add({.what = shape::opaque, .size = bounds(), .name = "chunked body", .abnf = chunked_rules, .suspends_within = true}, chunk_extensions_t<L>{});
        d.add_child(chunked, {.what = shape::opaque, .size = {0, most_extension_bytes}, .name = "extensions of all chunks", .most = most_extension_bytes, .limit = "chunk extensions"});
        d.add({.what = shape::streamed, .size = bounds(), .most = Max, .limit = "body", .abnf = rules, .suspends_within = true});
    }

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
    SEGUE_INLINE step go_on(In& in, state& s, V& v) const {
        if (s.at == place::head)
            if (step const r = begin(in, s, v); r != step::done || s.at == place::head) return r;
        if (s.at == place::sized || s.at == place::until_close) {
            if (s.left != 0) return piece(in, s, v);
            return s.at == place::sized ? step::done : past_the_limit(in);
        }
        if (s.at == place::data) {
            if (s.left != 0) return piece(in, s, v);
            stateless none;
            nothing no_value;
            if (step const r = literal<"\r\n">.decode(in, none, no_value); r != step::done) return r;
            s.at = place::size;
        }
        if (s.at == place::size)
            if (step const r = read_size(in, s); r != step::done) return r;
        if (step const r = read_extensions(in, s); r != step::done || s.left == 0) return r;
        return piece(in, s, v);
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
            case framing::form::chunked: s.at = place::size; s.room = most(in); break;
            default: return step::done;
        }
        if constexpr (byte_owner<V>) return step::done;
        in.streamed = in.at;
        in.owed = std::exchange(s.left, 0);
        in.goes_on = in.owed != 0;
        in.need = 1;
        return step::part;
    }
    template <class In>
    SEGUE_INLINE step read_size(In& in, state& s) const {
        char const* const from = in.at;
        stateless none;
        std::uint64_t size = 0;
        if (step const r = chunk_size.decode(in, none, size); r != step::done) {
            in.then(2);  // the end of the line
            return r;
        }
        if (size > s.room) return in.fail_limit(errc::too_long, from, most(in), size);
        s.room -= size;
        s.left = size;
        s.at = place::extensions;
        return step::done;
    }
    template <class In>
    SEGUE_INLINE step read_extensions(In& in, state& s) const {
        char const* const from = in.at;
        std::string_view extensions;
        auto line = s.line;
        if (step const r = chunk_extensions_of<L>.decode(in, line, extensions); r != step::done) {
            s.line = line;
            return r;
        }
        s.line = {};
        if (!extensions.empty()) s.extensions += static_cast<std::uint32_t>(extensions.size());
        std::size_t const most_extensions = in.template most<most_extension_bytes, &limits::element>("chunk extensions");
        if (s.extensions > most_extensions) return in.fail_limit(errc::too_long, from, most_extensions);
        s.at = place::data;
        return step::done;
    }
    template <class In, class V>
    step piece(In& in, state& s, V& v) const {
        if (in.left() == 0) return s.at == place::until_close && in.closed ? step::done : in.want(1);
        return hand_out(in, s.left, v);
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
        // a body that was handed out, of a size known before it came
        if constexpr (requires { message->body.unknown; }) {
            if (message->body.size != message->body.unknown) return false;
            if constexpr (!requires { message->status; }) return true;  // no request ends with its connection
        }
        if constexpr (requires { message->status; }) return framing_of<L>(*message, to).how == framing::form::chunked;
        else return framing_of<L>(*message).how == framing::form::chunked;
    }
};

}  // namespace segue::http1
