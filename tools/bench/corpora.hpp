// Streams of request heads, the same in every run: copies of one head, and a thousand different ones.
//
// Identical copies train the branch predictor and flatter byte loops: `mix` is the one to trust. No head announces a
// body, closes the connection or upgrades it, because some peers would then stop to read heads.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace segue::bench {

struct corpus {
    std::string name;
    std::string stream;              // heads, one after the other
    std::vector<std::size_t> sizes;  // of each head
    std::size_t weight = 0;          // of all heads: what every parser of them must come to

    void add(std::string_view head);
};

// A head weighs the lengths of its parts and the digit of its version.
template <class Headers>
std::size_t weigh(std::string_view method, std::string_view target, std::size_t minor, Headers const& headers) {
    std::size_t weight = method.size() + target.size() + minor;
    for (auto const& one : headers) weight += one.name.size() + one.value.size();
    return weight;
}

// browser (about 700 bytes), curl (80 bytes), headers30, mix
std::vector<corpus> const& corpora();
// One head of about that size in 16 headers.
corpus large_head(std::size_t size);

}  // namespace segue::bench
