// Commands and replies of Redis against hiredis' reader, which is told to make objects, and to make none.
#include <benchmark/benchmark.h>
#include <hiredis/hiredis.h>

#include <string>
#include <string_view>

#include "consume.hpp"
#include "segue/resp/wire.hpp"

namespace segue::bench {

namespace {

struct corpus {
    std::string wire;
    std::size_t messages = 0;
};

std::string around(std::string_view before, std::size_t number, std::string_view behind = "") {
    std::string all(before);
    all += std::to_string(number);
    all += behind;
    return all;
}
void add_bulk(std::string& to, std::string_view text) {
    to += around("$", text.size(), "\r\n");
    to += text;
    to += "\r\n";
}
void add_command(corpus& to, std::initializer_list<std::string> words) {
    to.wire += around("*", words.size(), "\r\n");
    for (auto const& word : words) add_bulk(to.wire, word);
    ++to.messages;
}

// What a pipelining client sends: SET, GET, HSET with three fields, LRANGE, INCR.
corpus commands() {
    corpus all;
    for (std::size_t i = 0; i < 200; ++i) {
        std::size_t const n = i * 7919 % 100000;
        add_command(all, {"SET", around("user:", n, ":name"), around("the name of user ", n), "EX", "3600"});
        add_command(all, {"GET", around("user:", n, ":name")});
        add_command(all, {"HSET", around("session:", n), "ip", "192.0.2.17", "seen", "1732200000", "agent", "Mozilla/5.0 (X11; Linux x86_64)"});
        add_command(all, {"LRANGE", around("queue:", n), "0", "9"});
        add_command(all, {"INCR", "hits"});
    }
    return all;
}
// ... and what it is answered.
corpus replies() {
    corpus all;
    for (std::size_t i = 0; i < 200; ++i) {
        all.wire += "+OK\r\n";
        add_bulk(all.wire, around("the name of user ", i * 7919 % 100000));
        all.wire += ":3\r\n*10\r\n";
        for (std::size_t k = 0; k < 10; ++k) add_bulk(all.wire, around("job-", i * 100 + k));
        all.wire += around(":", 1000 + i, "\r\n");
        all.messages += 5;
    }
    return all;
}
corpus integers() {
    corpus all;
    for (std::size_t i = 0; i < 1000; ++i) all.wire += around(":", i * 37 % 2000, "\r\n"), ++all.messages;
    return all;
}
corpus arrays() {
    corpus all;
    for (std::size_t i = 0; i < 100; ++i) {
        all.wire += "*100\r\n";
        for (std::size_t k = 0; k < 100; ++k) add_bulk(all.wire, around("value:", i * k));
        ++all.messages;
    }
    return all;
}
template <auto const& Grammar>
void with_segue(benchmark::State& state, corpus const& all) {
    decoder<Grammar, resp::as_redis> in;
    for (auto _ : state) {
        std::size_t n = 0;
        for (auto const& one : in.messages(all.wire)) {
            look_at(one);
            ++n;
        }
        if (n != all.messages) state.SkipWithError("not all were read");
    }
    count_work(state, all.messages, all.wire.size());
}

void with_hiredis(benchmark::State& state, corpus const& all, bool objects) {
    redisReader* const in = objects ? redisReaderCreate() : redisReaderCreateWithFunctions(nullptr);
    for (auto _ : state) {
        std::size_t n = 0;
        void* reply = nullptr;
        redisReaderFeed(in, all.wire.data(), all.wire.size());
        while (redisReaderGetReply(in, &reply) == REDIS_OK && reply) {
            look_at(reply);
            if (objects) freeReplyObject(reply);
            ++n;
        }
        if (n != all.messages) state.SkipWithError("not all were read");
    }
    redisReaderFree(in);
    count_work(state, all.messages, all.wire.size());
}

template <auto const& Grammar>
void add(std::string const& name, corpus all) {
    auto const with = [&](char const* reader, auto run) {
        benchmark::RegisterBenchmark(("resp/" + name + "/" + reader).c_str(), [all, run](benchmark::State& state) { run(state, all); });
    };
    with("segue", [](benchmark::State& state, corpus const& c) { with_segue<Grammar>(state, c); });
    with("hiredis_no_objects", [](benchmark::State& state, corpus const& c) { with_hiredis(state, c, false); });
    with("hiredis_objects", [](benchmark::State& state, corpus const& c) { with_hiredis(state, c, true); });
}

[[maybe_unused]] bool const added = [] {
    add<resp::command_grammar>("commands", commands());
    add<resp::grammar>("replies", replies());
    add<resp::grammar>("integers", integers());
    add<resp::grammar>("arrays", arrays());
    return true;
}();

}  // namespace

}  // namespace segue::bench
