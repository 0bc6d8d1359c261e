// Boost.JSON is used without its library: this is the one place of the tests that compiles it.
#include "segue/json/source.hpp"
