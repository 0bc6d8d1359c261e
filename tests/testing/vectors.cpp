#include "segue/testing/vectors.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "catch.hpp"
#include "segue/lines/lines.hpp"

namespace {

using namespace segue;
using namespace segue::testing;

std::string holds_for_file(std::string const& content) {
    auto const path = std::filesystem::temp_directory_path() / "segue_vectors_test.tsv";
    std::ofstream(path) << content;
    std::string const broken = holds_for_vectors<lines::grammar>(path.string());
    std::filesystem::remove(path);
    return broken;
}

TEST_CASE("what is quoted reads back") {
    std::string const all = [] {
        std::string s;
        for (int byte = 0; byte < 256; ++byte) s += static_cast<char>(byte);
        return s;
    }();
    CHECK(unquoted(segue::testing::quoted(all)) == all);
}

TEST_CASE("each line of a vector file is checked, and one that is wrong is named") {
    CHECK(holds_for_file("# comment\nok\t\"a\\x0a\"\t{text: \"a\"}\n") == "");
    CHECK(holds_for_file("ok\t\"a\\x0a\"\t{text: \"b\"}\n").find("tsv:1: value") != std::string::npos);
    CHECK(holds_for_file("\nok\t\"a\\x0d\\x0a\"\t{text: \"a\"}\n").find("tsv:2: canonical") != std::string::npos);
    CHECK(holds_for_file("truncated@0\t\"a\\x0a\"\n").find("verdict") != std::string::npos);
    CHECK(holds_for_file("").find("holds no vectors") != std::string::npos);
}

}  // namespace
