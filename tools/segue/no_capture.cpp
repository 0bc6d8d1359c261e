// Where libtins was not there when the command was built.
#include "commands.hpp"
#include "files.hpp"

namespace segue::command {

int decode_capture(registry const&, std::string const&, capture_options const&) {
    complain("this segue was built without libtins, so it reads no captures: install libtins-dev and libpcap-dev, then build it again");
    return wrong_usage;
}

}  // namespace segue::command
