// JSON: what is accepted is what Boost.JSON accepts, and a value written and read again is the same.
#include "segue/json/json.hpp"
#include "segue/json/source.hpp"

#include "invariant.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace segue;
    std::string_view const wire(reinterpret_cast<char const*>(data), size);
    boost::json::error_code failure;
    boost::json::parse(boost::json::string_view(wire.data(), wire.size()), failure);
    json::document document;
    json::problem const p = document.parse(wire);
    testing::hold(static_cast<bool>(p) == failure.failed(), "accepted by one, refused by the other: " + p.sentence());
    if (p) return 0;
    json::value value, again;
    testing::hold(!json::read(document.root(), value), "a generic value refuses a document");
    std::string written;
    testing::hold(!json::write(value, written), "a value that was read cannot be written");
    testing::hold(!document.parse(written) && !json::read(document.root(), again) && value == again, "written as " + written);
    return 0;
}
