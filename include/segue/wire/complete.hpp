// Encoding what can be finished only when all of its bytes are there and lie together.
#pragma once

#include <vector>

#include "segue/wire/output.hpp"

namespace segue {

// write(output) puts the bytes; finish(first, last) may then change them, but not their number. Where only the number
// counts, nothing is finished; where the bytes would not lie together or are watched, they are made beside the output:
// there what is nested in it takes the direct way, so that encoding stays linear.
template <class Write, class Finish>
constexpr step encode_complete(output& out, Write write, Finish finish) {
    if (out.counting() && !out.watching()) return write(out);
    if (char* const first = out.leave(0)) {
        step const r = write(out);
        return r == step::done ? finish(first, out.leave(0)) : r;
    }
    output counter = out.counter();
    if (step const r = write(counter); r != step::done) return r;
    std::vector<char> all(counter.written());
    output beside = out.into(all.data(), all.size());
    if (step const r = write(beside); r != step::done) return r;
    if (step const r = finish(all.data(), all.data() + all.size()); r != step::done) return r;
    return out.put({all.data(), all.size()});
}

}  // namespace segue
