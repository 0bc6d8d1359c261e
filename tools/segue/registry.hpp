// The grammars that the command speaks. A new one is a file in grammars/ and a line in registry.cpp.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "grammar.hpp"

namespace segue::command {

// Both directions of a connection, decoded together.
struct conversation {
    // What one direction came to.
    struct failure {
        segue::error why{};
        bool of_client = false;
        explicit operator bool() const { return static_cast<bool>(why); }
    };
    std::string name;
    // Appends a line of JSON for each exchange.
    failure (*decode)(std::string_view client, std::string_view server, std::string& lines);
};

// The decoders of both directions of a connection; one may be missing, and then its direction is not decoded.
struct two_streams {
    std::unique_ptr<stream> of_client{}, of_server{};
};

// A protocol whose directions have a grammar each.
struct two_way {
    std::string name, of_client, of_server;         // the grammars
    two_streams (*open)(bool events) = nullptr;     // where a direction must know of the other
};

// What a peer of a protocol goes through.
struct protocol {
    std::string name, summary;
    description (*describe)();
};

class registry {
public:
    registry();  // with all grammars

    void add_conversation(conversation c) { conversations_.push_back(std::move(c)); }
    conversation const* find_conversation(std::string_view name) const {
        for (conversation const& c : conversations_)
            if (c.name == name) return &c;
        return nullptr;
    }

    void add_two_way(two_way t) { two_ways_.push_back(std::move(t)); }
    two_way const* find_two_way(std::string_view name) const {
        for (two_way const& t : two_ways_)
            if (t.name == name) return &t;
        return nullptr;
    }
    // The decoders for a protocol of two grammars, for one of them alone, or for a grammar that both sides speak; none where
    // there is no such name.
    two_streams open_two(std::string_view name, bool events) const {
        if (two_way const* const t = find_two_way(name))
            return t->open ? t->open(events) : two_streams{find(t->of_client)->open(events), find(t->of_server)->open(events)};
        grammar const* const g = find(name);
        if (!g) return {};
        two_streams both;
        if (!is_one_side(name, &two_way::of_server)) both.of_client = g->open(events);
        if (!is_one_side(name, &two_way::of_client)) both.of_server = g->open(events);
        return both;
    }
    bool knows_both(std::string_view name) const { return find_two_way(name) || find(name); }
    // Whose limits a decoder of that side has.
    grammar const* grammar_of_side(std::string_view name, bool of_client) const {
        two_way const* const t = find_two_way(name);
        return find(t ? of_client ? t->of_client : t->of_server : name);
    }

    // A decoder of the named grammar that lets more in.
    struct lenient_decoder {
        std::string grammar, leniency;
        std::unique_ptr<stream> (*open)();
    };
    void add_lenient(lenient_decoder d) { lenient_.push_back(std::move(d)); }
    lenient_decoder const* find_lenient(std::string_view name, std::string_view leniency) const {
        for (auto const& d : lenient_)
            if (d.grammar == name && d.leniency == leniency) return &d;
        return nullptr;
    }
    std::string leniencies_of(std::string_view name) const {
        std::string all;
        for (auto const& d : lenient_)
            if (d.grammar == name) all += (all.empty() ? "" : ", ") + d.leniency;
        return all;
    }

    template <auto const&... Tables>
    void add_protocol(std::string name, std::string summary) {
        protocols_.push_back({std::move(name), std::move(summary), [] {
                                  description d;
                                  (Tables.describe(d), ...);
                                  return d;
                              }});
    }
    protocol const* find_protocol(std::string_view name) const {
        for (protocol const& p : protocols_)
            if (p.name == name) return &p;
        return nullptr;
    }
    std::vector<protocol> const& protocols() const { return protocols_; }

    template <class G>
    void add(std::string_view name, std::string_view summary) {
        grammars_.push_back(std::make_unique<G>(std::string(name), std::string(summary)));
    }
    grammar const* find(std::string_view name) const {
        for (auto const& g : grammars_)
            if (g->name() == name) return g.get();
        return nullptr;
    }
    std::vector<std::unique_ptr<grammar>> const& all() const { return grammars_; }

private:
    bool is_one_side(std::string_view name, std::string two_way::*side) const {
        for (two_way const& t : two_ways_)
            if (t.*side == name) return true;
        return false;
    }

    std::vector<std::unique_ptr<grammar>> grammars_;
    std::vector<two_way> two_ways_;
    std::vector<lenient_decoder> lenient_;
    std::vector<conversation> conversations_;
    std::vector<protocol> protocols_;
};

}  // namespace segue::command
