// JSON: what is accepted is what Boost.JSON accepts; a value written and read again is the same, alone and in a stream; what
// is bound to a struct is written and bound again; the way a stream is cut changes nothing.
#include <map>

#include "segue/json/json.hpp"
#include "segue/json/source.hpp"

#include "../grammars/json_render.hpp"
#include "invariant.hpp"

namespace {

using namespace segue;
using namespace segue::testing;

struct call {
    BOOST_HANA_DEFINE_STRUCT(call, (std::string, a), (std::optional<json::raw>, b), (std::map<std::string, std::vector<double>>, c),
                             (std::variant<std::nullptr_t, std::int64_t, std::string>, d), (std::pair<bool, std::uint8_t>, e));
};
// The same, where only names are required to fit.
struct loose {
    BOOST_HANA_DEFINE_STRUCT(loose, (std::optional<json::value>, a), (std::optional<json::raw>, b), (std::optional<std::vector<float>>, c),
                             (std::optional<std::string_view>, d));
};

template <class T>
void bind_twice(json::ref root) {
    T bound{};
    json::problem const p = json::read(root, bound);
    if (p) return hold(p.offset <= root.whole().text().size() && !p.what.empty(), "a problem without a place");
    std::string written, again;
    hold(!json::write(bound, written), "a struct that was read cannot be written");
    json::document document;
    T back{};
    hold(!document.parse(written) && !json::read(document.root(), back) && !json::write(back, again) && written == again,
         "written as " + written + ", then as " + again);
}

void check_places(json::ref here, std::string_view whole) {
    hold(here.offset() + here.raw().size() <= whole.size(), "a place outside the text");
    json::document alone({.size = whole.size()});
    if (whole.size() < 200) hold(!alone.parse(here.raw()), "the text of a value is no text: " + std::string(here.raw()));
    for (json::ref const item : here.elements()) check_places(item, whole);
    for (json::member const m : here.members()) check_places(m.value, whole);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const wire(reinterpret_cast<char const*>(data), size);
    cuts_change_nothing_and_messages_survive<json::grammar, limits{.element = 200, .depth = 6}>(data, size);
    boost::json::error_code failure;
    boost::json::parse(boost::json::string_view(wire.data(), wire.size()), failure);
    json::document document;
    json::problem const p = document.parse(wire);
    hold(static_cast<bool>(p) == failure.failed(), "accepted by one, refused by the other: " + p.sentence());
    hold(static_cast<bool>(p) || json::is_text(wire) || wire.find_last_of(" \t\r\n") == size - 1 || wire.find_first_of(" \t\r\n") == 0, "no text");
    if (p) return 0;
    check_places(document.root(), wire);
    json::value value, again;
    hold(!json::read(document.root(), value), "a generic value refuses a document");
    std::string written;
    hold(!json::write(value, written), "a value that was read cannot be written");
    json::document back;
    hold(!back.parse(written) && !json::read(back.root(), again) && value == again, "written as " + written);
    bind_twice<call>(document.root());
    bind_twice<loose>(document.root());
    return 0;
}
