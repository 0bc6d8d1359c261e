// Where OpenSSL was not there when the command was built.
#include "tap.hpp"

namespace segue::command {

int tap_with_tls(tap_log& log, tap_options const&, host_and_port const&, host_and_port const&, bool) {
    log.say("this segue was built without OpenSSL, so it speaks no TLS: install libssl-dev, then build it again");
    return wrong_usage;
}

}  // namespace segue::command
