// Catch2 2 wants its main and its runner compiled here; version 3 brings them as a library.
#if !__has_include(<catch2/catch_all.hpp>)
#define CATCH_CONFIG_MAIN
#endif

#include "catch.hpp"
