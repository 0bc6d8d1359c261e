// Boost.JSON is used without its library: this is the one place of the benchmarks that compiles it.
#include "segue/json/source.hpp"
