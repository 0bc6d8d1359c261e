// Standard input and output as a connection: each line is numbered and written the moment it is there, however slowly
// the other program writes, and without a thread.
//
//   (echo a; sleep 1; echo b) | 05_filter
#include <string>

#include "segue/protocol/script.hpp"
#include "segue/segue.hpp"
#include "segue/transport/posix_loop.hpp"
#include "segue/transport/posix_open.hpp"
#include "segue/transport/pump.hpp"
#include "segue/transport/ready_transport.hpp"

using namespace segue;

inline constexpr auto line = delimited_any<"\n", "\r\n">(bytes).optional_at_end();

int main() {
    posix::loop loop;
    script numbering([](wire& w) -> task<> {
        for (int n = 1; co_await w.wait(); ++n) {
            auto const words = co_await w.read(line);
            w.write(std::to_string(n) + ' ' + words + '\n');
        }
    });
    ready_transport<posix::channel, posix::loop> standard(loop, posix::standard_streams());
    pump run(numbering, standard);
    run.start();
    while (!run.finished() && loop.turn()) {}
    return numbering.has_result() ? 0 : 1;
}
