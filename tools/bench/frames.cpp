// Length-prefixed frames against a loop written by hand that also copies nothing but the frames that were cut.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "consume.hpp"
#include "segue/segue.hpp"

namespace segue::bench {

namespace {

struct frame {
    BOOST_HANA_DEFINE_STRUCT(frame, (std::string_view, payload));
};
inline constexpr auto frames = record<frame>(field<"payload">(length_prefixed(u32_be, bytes)));

constexpr std::size_t largest = 8 * 1024;

std::string stream_of(std::size_t payload) {
    std::string stream;
    while (stream.size() < 256 * 1024) {
        for (int shift : {24, 16, 8, 0}) stream += static_cast<char>(payload >> shift & 0xff);
        stream.append(payload, 'x');
    }
    return stream;
}

void use(std::string_view payload, std::size_t& sum) {
    look_at(payload.data());
    sum += payload.size();
}

struct by_messages {
    decoder<frames> in;
    bool feed(std::string_view piece, std::size_t& sum) {
        for (auto const& one : in.messages(piece)) use(one.payload, sum);
        return !in.failed();
    }
};
struct by_next {
    decoder<frames> in;
    bool feed(std::string_view piece, std::size_t& sum) {
        in.feed(piece);
        for (;;) {
            auto r = in.next();
            if (r.kind() != kind::message) return r.kind() != kind::failed;
            use(r->payload, sum);
        }
    }
};
struct by_hand {
    std::string cut;  // the beginning of a frame whose end has not arrived

    static std::size_t size_at(char const* p) {
        std::uint32_t size;
        std::memcpy(&size, p, 4);
        return __builtin_bswap32(size);
    }
    bool feed(std::string_view piece, std::size_t& sum) {
        char const* p = piece.data();
        char const* const end = p + piece.size();
        auto const left = [&] { return static_cast<std::size_t>(end - p); };
        if (!cut.empty()) {
            auto const fill = [&](std::size_t wanted) {
                std::size_t const n = std::min(wanted - cut.size(), left());
                cut.append(p, n);
                p += n;
                return cut.size() == wanted;
            };
            if (cut.size() < 4 && !fill(4)) return true;
            std::size_t const size = size_at(cut.data());
            if (size > largest) return false;
            if (!fill(4 + size)) return true;
            use({cut.data() + 4, size}, sum);
            cut.clear();
        }
        while (left() >= 4) {
            std::size_t const size = size_at(p);
            if (size > largest) return false;
            if (left() - 4 < size) break;
            use({p + 4, size}, sum);
            p += 4 + size;
        }
        cut.assign(p, end);
        return true;
    }
};

template <class Reader>
void run(benchmark::State& state, std::string const& stream, std::size_t payload, std::size_t piece) {
    Reader reader;
    std::size_t const frames_in_all = stream.size() / (payload + 4);
    for (auto _ : state) {
        std::size_t sum = 0;
        std::string_view const all = stream;
        for (std::size_t at = 0; at < all.size(); at += piece)
            if (!reader.feed(all.substr(at, piece), sum)) state.SkipWithError("a frame was refused");
        benchmark::DoNotOptimize(sum);
        if (sum != frames_in_all * payload) state.SkipWithError("frames are missing");
    }
    count_work(state, frames_in_all, stream.size());
}

[[maybe_unused]] bool const added = [] {
    for (std::size_t payload : {16u, 128u, 4096u}) {
        static std::string const streams[] = {stream_of(16), stream_of(128), stream_of(4096)};
        std::string const& stream = streams[payload == 16 ? 0 : payload == 128 ? 1 : 2];
        for (bool whole : {true, false}) {
            std::string const name = "frames/" + std::to_string(payload) + (whole ? "/whole/" : "/16384/");
            std::size_t const piece = whole ? stream.size() : 16 * 1024;
            auto const add = [&](char const* reader, auto read) {
                benchmark::RegisterBenchmark((name + reader).c_str(), [&stream, payload, piece, read](benchmark::State& state) {
                    read(state, stream, payload, piece);
                });
            };
            add("segue", run<by_messages>);
            add("segue_next", run<by_next>);
            add("by_hand", run<by_hand>);
        }
    }
    return true;
}();

}  // namespace

}  // namespace segue::bench
