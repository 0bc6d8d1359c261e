#include "segue/inspect/svg.hpp"

#include "catch.hpp"

using namespace segue::drawing;

TEST_CASE("svg: names cannot become markup") {
    picture p;
    p.boxes.push_back(box::around({{"<b>&\"'"}}, outline::sharp));
    p.labels.push_back({0, 40, {"]]>"}});
    std::string const drawn = svg(p, "</title><script>");
    CHECK(drawn.find(">&lt;b&gt;&amp;&quot;'</text>") != std::string::npos);
    CHECK(drawn.find("<title>&lt;/title&gt;&lt;script&gt;</title>") != std::string::npos);
    CHECK(drawn.find("]]&gt;") != std::string::npos);
    CHECK(drawn.find("<script") == std::string::npos);
    CHECK(svg({}, "\xff\xc3\xa9\x01").find("<title>\\xff\\xc3\\xa9\\x01</title>") != std::string::npos);
}

TEST_CASE("svg: the size comes from the content, with a border around it") {
    picture p;
    p.width = 100;
    p.height = 50;
    CHECK(svg(p, "x").find("width=\"132\" height=\"82\" viewBox=\"0 0 132 82\"") != std::string::npos);
}

TEST_CASE("svg: nothing comes from elsewhere") {
    std::string const drawn = svg({}, "x");
    CHECK(drawn.find("http", drawn.find("2000/svg")) == std::string::npos);
    CHECK(drawn.find("@import") == std::string::npos);
    CHECK(drawn.find("url(") == std::string::npos);
    CHECK(drawn.find("prefers-color-scheme:dark") != std::string::npos);
}

TEST_CASE("svg: corners are rounded, arrows end where their line does") {
    picture p;
    p.lines.push_back({{{0, 0}, {20, 0}, {20, 40}}, true});
    std::string const drawn = svg(p, "x");
    CHECK(drawn.find("d=\"M16 16 L28 16 Q36 16 36 24 L36 56\"") != std::string::npos);
    CHECK(drawn.find("<path class=\"ink\" d=\"M36 56 L32 48 L40 48 Z\"/>") != std::string::npos);
}

TEST_CASE("svg: each outline is drawn, a final state twice") {
    picture p;
    for (outline o : {outline::sharp, outline::round, outline::broken, outline::twofold}) p.boxes.push_back(box::around({{"x"}}, o));
    std::string const drawn = svg(p, "x");
    for (auto const* name : {"\"box sharp\"", "\"box round\"", "\"box broken\"", "\"box twofold\"", "\"box inner\""})
        CHECK(drawn.find(name) != std::string::npos);
}
