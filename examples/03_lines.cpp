// Lines of standard input, numbered as they arrive, in a buffer of the decoder's own.
#include <cstdio>
#include <unistd.h>

#include "segue/lines/lines.hpp"

using segue::kind;

int main() {
    segue::decoder<segue::lines::grammar> in;
    for (unsigned number = 1;;) {
        auto const event = in.next();
        switch (event.kind()) {
            case kind::message:
                std::printf("%3u  %.*s\n", number++, static_cast<int>(event->text.size()), event->text.data());
                break;
            case kind::need: {
                std::span<char> const room = in.prepare(4096);
                ssize_t const n = ::read(0, room.data(), room.size());
                if (n > 0) in.commit(static_cast<std::size_t>(n));
                else in.close();
                break;
            }
            case kind::end: return 0;
            default: return 1;
        }
    }
}
