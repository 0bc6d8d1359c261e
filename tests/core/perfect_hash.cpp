#include "segue/core/perfect_hash.hpp"

#include <string>
#include <vector>

#include "catch.hpp"

namespace {

using namespace segue;

constexpr std::array<std::string_view, 6> words{"subtract", "sum", "update", "notify_hello", "notify_sum", ""};
constexpr perfect_hash hash_of_words(words);
static_assert(hash_of_words.found());
static_assert(hash_of_words["sum"] == 1);
static_assert(hash_of_words[""] == 5);
static_assert(hash_of_words["foobar"] == perfect_hash<6>::npos);

static_assert(!perfect_hash(std::array<std::string_view, 3>{"a", "b", "a"}).found());
static_assert(perfect_hash(std::array<std::string_view, 0>{}).found());
static_assert(perfect_hash(std::array<std::string_view, 0>{})["a"] == perfect_hash<0>::npos);

// the same at run time as in constant evaluation
TEST_CASE("perfect_hash: each name is found at its place, and nothing else is") {
    for (std::size_t i = 0; i < words.size(); ++i) {
        CHECK(hash_of_words[std::string(words[i])] == i);
        CHECK(hash_of_words[std::string(words[i]) + "x"] == perfect_hash<6>::npos);
        for (std::size_t at = 0; at < words[i].size(); ++at) {
            std::string other(words[i]);
            other[at] = static_cast<char>(other[at] + 1);
            CHECK(hash_of_words[other] == perfect_hash<6>::npos);
            CHECK(hash_of_words[std::string_view(words[i]).substr(0, at)] == (at == 0 ? 5 : perfect_hash<6>::npos));
        }
    }
}

template <std::size_t N>
void all_are_found() {
    std::vector<std::string> names;
    std::array<std::string_view, N> views;
    for (std::size_t i = 0; i < N; ++i) names.push_back("textDocument/method" + std::to_string(i * 7919) + std::string(i % 13, 'x'));
    for (std::size_t i = 0; i < N; ++i) views[i] = names[i];
    perfect_hash<N> const hash(views);
    REQUIRE(hash.found());
    for (std::size_t i = 0; i < N; ++i) CHECK(hash[names[i]] == i);
    CHECK(hash["textDocument/method"] == perfect_hash<N>::npos);
}

TEST_CASE("perfect_hash: one name or hundreds") {
    all_are_found<1>();
    all_are_found<2>();
    all_are_found<17>();
    all_are_found<100>();
    all_are_found<700>();
}

TEST_CASE("perfect_hash: any few names have their places") {
    for (std::size_t i = 0; i < 20'000; ++i) {
        std::array<std::string, 5> names;
        std::array<std::string_view, 5> views;
        for (std::size_t n = 0; n < 5; ++n) views[n] = names[n] = std::to_string(i * 5 + n) + "_name";
        REQUIRE(perfect_hash(views).found());
    }
}

}  // namespace
