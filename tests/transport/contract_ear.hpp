// A receiver that keeps all it is told.
#pragma once

#include <string>
#include <string_view>

#include "segue/transport/transport.hpp"

namespace contract {

struct ear final : segue::receiver {
    void on_bytes(std::string_view arrived) override { heard += arrived; }
    void on_end() override { ++ends; }
    void on_abort() override { ++aborts; }
    void on_writable() override { ++writable; }
    void on_time() override { ++times; }
    std::string heard{};
    int ends = 0, aborts = 0, writable = 0, times = 0;
};

}  // namespace contract
