// refused: a script is a function that takes a wire and gives a task
#include "segue/protocol/script.hpp"

using namespace segue;

auto greeter() {
#ifdef REFUSED
    return script([](wire& w) { w.write("hello"); });
#else
    return script([](wire& w) -> task<> {
        w.write("hello");
        co_return;
    });
#endif
}
