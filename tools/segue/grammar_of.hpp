// A grammar of the library as the command's interface: the one template, instantiated once for each grammar.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "grammar.hpp"
#include "registry.hpp"
#include "segue/driver/decoder.hpp"
#include "segue/driver/encode.hpp"
#include "segue/inspect/message_from_json.hpp"
#include "segue/inspect/message_json.hpp"

namespace segue::command {

template <class V>
constexpr bool has_streamed() {
    if constexpr (std::same_as<V, streamed_bytes>) return true;
    else if constexpr (members<V>)
        return []<std::size_t... I>(std::index_sequence<I...>) {
            return (has_streamed<member_type<I, V>>() || ...);
        }(std::make_index_sequence<member_count<V>>{});
    else return false;
}

// The members up to the streamed one, of which the size is known.
template <class T>
void write_members_before_payload(json_writer& out, T const& message, guide const& along) {
    out.begin_object();
    if constexpr (members<T>) {
        bool behind = false;
        std::size_t i = 0;
        for_each_member(message, [&]<class V>(std::string_view name, V const& member) {
            guide const& here = along.part(i++);
            if (behind) return;
            behind = has_streamed<V>();
            out.key(name);
            if constexpr (has_streamed<V>() && members<V>) write_members_before_payload(out, member, here);
            else write_json(out, member, here);
        });
    }
    out.end_object();
}

template <auto const& Grammar>
class stream_of : public stream {
public:
    using decoder_type = decoder<Grammar, command_limits>;
    static_assert(!recovers<typename decoder_type::grammar>, "the command does not report yet what recovery passes over");
    using value_type = typename decoder_type::value_type;

    stream_of() {
        description d(command_limits);
        Grammar.describe(d);
        along_ = guide_for<value_type>(d);
    }
    void feed(std::string_view arrived) override { in_.feed(arrived); }
    void close() override { in_.close(); }
    kind next() override {
        auto const event = in_.next();
        message_ = &*event;
        data_ = event.data();
        return event.kind();
    }
    void write_message(json_writer& out) const override { segue::write_message(out, *message_, along_); }
    void write_head(json_writer& out) const override { write_members_before_payload(out, *message_, along_); }
    bool has_payload() const override { return has_streamed<value_type>(); }
    std::string_view data() const override { return data_; }
    segue::error const& error() const override { return in_.error(); }
    std::uint64_t offset() const override { return in_.offset(); }
    std::string unread() const override { return in_.unread(); }
    bool lower(std::string_view limit, std::size_t most) override { return in_.lower(limit, most); }

protected:
    decoder_type in_;
    value_type const* message_ = nullptr;

private:
    guide along_;
    std::string_view data_;
};

// Collected decodes and encodes; Streamed, where it is another grammar, is what --events shows; Tables are the states of
// the protocols that speak it.
template <auto const& Collected, auto const& Streamed = Collected, auto const&... Tables>
class grammar_of final : public grammar {
public:
    using grammar::grammar;

    std::unique_ptr<stream> open(bool events) const override {
        if (events) return std::make_unique<stream_of<Streamed>>();
        return std::make_unique<stream_of<Collected>>();
    }
    bool has_events() const override {
        return static_cast<void const*>(&Collected) != static_cast<void const*>(&Streamed);
    }
    description describe() const override {
        description d(command_limits);
        Collected.describe(d);
        (Tables.describe(d), ...);
        return d;
    }
    encode_failure encode(std::string_view line, std::string& to) const override {
        using value_type = typename stream_of<Collected>::value_type;
        static guide const along = guide_for<value_type>(describe());
        parsed_message<value_type> message;
        if (json_error e = message_from_json(line, message, along)) return {e, {}};
        encoded const result = segue::encode(Collected, message.value, to);
        return {{}, result ? segue::error{} : result.error()};
    }
};

}  // namespace segue::command
