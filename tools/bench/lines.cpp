// Lines of 40 and 400 bytes against a loop of memchr that yields views without the line's end.
#include <benchmark/benchmark.h>

#include <cstring>
#include <string>
#include <string_view>

#include "consume.hpp"
#include "segue/lines/lines.hpp"

namespace segue::bench {

namespace {

// 1 MiB at most; the lengths vary by half around the mean, every eighth line ends with CRLF.
std::string text_of(std::size_t mean) {
    std::string text;
    std::uint32_t seed = 12345;
    while (text.size() < 256 * 1024) {
        seed = seed * 1664525 + 1013904223;
        text.append(mean / 2 + (seed >> 8) % mean, static_cast<char>('a' + seed % 26));
        text += (seed >> 24) % 8 == 0 ? "\r\n" : "\n";
    }
    return text;
}

void use(std::string_view line, std::size_t& sum) {
    look_at(line.data());
    sum += line.size();
}

template <class Read>
void run(benchmark::State& state, std::string const& text, Read read) {
    std::size_t lines = 0;
    for (char c : text) lines += c == '\n';
    for (auto _ : state) {
        std::size_t sum = 0;
        read(text, sum);
        benchmark::DoNotOptimize(sum);
    }
    count_work(state, lines, text.size());
}

[[maybe_unused]] bool const added = [] {
    for (std::size_t mean : {40u, 400u}) {
        static std::string const texts[] = {text_of(40), text_of(400)};
        std::string const& text = texts[mean == 400];
        auto const add = [&](char const* reader, auto read) {
            benchmark::RegisterBenchmark(("lines/" + std::to_string(mean) + "/" + reader).c_str(),
                                         [&text, read](benchmark::State& state) { run(state, text, read); });
        };
        add("segue", [](std::string_view all, std::size_t& sum) {
            decoder<lines::grammar> in;
            for (auto const& line : in.messages(all)) use(line.text, sum);
        });
        add("segue_next", [](std::string_view all, std::size_t& sum) {
            decoder<lines::grammar> in;
            in.feed(all);
            for (auto r = in.next(); r.kind() == kind::message; r = in.next()) use(r->text, sum);
        });
        add("memchr", [](std::string_view all, std::size_t& sum) {
            char const* p = all.data();
            char const* const end = p + all.size();
            while (p != end) {
                auto const* stop = static_cast<char const*>(std::memchr(p, '\n', static_cast<std::size_t>(end - p)));
                if (!stop) break;
                char const* const last = stop != p && stop[-1] == '\r' ? stop - 1 : stop;
                use({p, static_cast<std::size_t>(last - p)}, sum);
                p = stop + 1;
            }
        });
    }
    return true;
}();

}  // namespace

}  // namespace segue::bench
