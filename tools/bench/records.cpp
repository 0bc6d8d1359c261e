// Records of 24 bytes in network order against Boost.Endian's buffers and a loop written by hand: each makes a struct of
// native integers, which is then added up.
#include <benchmark/benchmark.h>

#include <boost/endian/buffers.hpp>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "consume.hpp"
#include "segue/segue.hpp"

namespace segue::bench {

namespace {

struct sample {
    BOOST_HANA_DEFINE_STRUCT(sample,
        (std::uint8_t, kind),
        (std::uint8_t, flags),
        (std::uint16_t, channel),
        (std::uint32_t, sequence),
        (std::uint64_t, time),
        (std::uint64_t, value));
};
inline constexpr auto samples = record<sample>(
    field<"kind">    (u8),
    field<"flags">   (u8),
    field<"channel"> (u16_be),
    field<"sequence">(u32_be),
    field<"time">    (u64_be),
    field<"value">   (u64_be));

struct wire_sample {
    boost::endian::big_uint8_buf_t kind, flags;
    boost::endian::big_uint16_buf_t channel;
    boost::endian::big_uint32_buf_t sequence;
    boost::endian::big_uint64_buf_t time, value;
};
static_assert(sizeof(wire_sample) == 24);

constexpr std::size_t count = 4096;

void use(sample& s, std::uint64_t& sum) {
    look_at(s);
    sum += s.kind + s.flags + s.channel + s.sequence + s.time + s.value;
}

struct by_messages {
    decoder<samples> in;
    void operator()(std::string_view all, std::uint64_t& sum) {
        for (auto& one : in.messages(all)) use(one, sum);
    }
};
struct by_next {
    decoder<samples> in;
    void operator()(std::string_view all, std::uint64_t& sum) {
        in.feed(all);
        for (auto r = in.next(); r.kind() == kind::message; r = in.next()) use(*r, sum);
    }
};
struct boost_endian {
    void operator()(std::string_view all, std::uint64_t& sum) {
        for (; all.size() >= 24; all.remove_prefix(24)) {
            wire_sample wire;
            std::memcpy(&wire, all.data(), 24);
            sample s{wire.kind.value(), wire.flags.value(), wire.channel.value(), wire.sequence.value(), wire.time.value(), wire.value.value()};
            use(s, sum);
        }
    }
};
struct by_hand {
    template <class T>
    static T load(char const* p) {
        T value;
        std::memcpy(&value, p, sizeof(T));
        return value;
    }
    void operator()(std::string_view all, std::uint64_t& sum) {
        for (char const* p = all.data(); p + 24 <= all.data() + all.size(); p += 24) {
            sample s{load<std::uint8_t>(p), load<std::uint8_t>(p + 1), __builtin_bswap16(load<std::uint16_t>(p + 2)),
                     __builtin_bswap32(load<std::uint32_t>(p + 4)), __builtin_bswap64(load<std::uint64_t>(p + 8)),
                     __builtin_bswap64(load<std::uint64_t>(p + 16))};
            use(s, sum);
        }
    }
};

std::string const& stream() {
    static std::string const all = [] {
        std::string bytes;
        std::uint32_t seed = 24;
        for (std::size_t i = 0; i < 24 * count; ++i) bytes += static_cast<char>((seed = seed * 1664525 + 1013904223) >> 24);
        return bytes;
    }();
    return all;
}
std::uint64_t expected() {
    std::uint64_t sum = 0;
    by_hand{}(stream(), sum);
    return sum;
}

template <class Reader>
void run(benchmark::State& state) {
    Reader reader;
    std::uint64_t const right = expected();
    for (auto _ : state) {
        std::uint64_t sum = 0;
        reader(stream(), sum);
        benchmark::DoNotOptimize(sum);
        if (sum != right) state.SkipWithError("the sum is wrong");
    }
    count_work(state, count, 24 * count);
}

[[maybe_unused]] bool const added = [] {
    benchmark::RegisterBenchmark("records/24/segue", run<by_messages>);
    benchmark::RegisterBenchmark("records/24/segue_next", run<by_next>);
    benchmark::RegisterBenchmark("records/24/boost_endian", run<boost_endian>);
    benchmark::RegisterBenchmark("records/24/by_hand", run<by_hand>);
    return true;
}();

}  // namespace

}  // namespace segue::bench
