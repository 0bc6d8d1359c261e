// Boost.JSON, and what of segue::json needs it: exactly one source file of a program includes this. A program that
// compiles or links Boost.JSON anyway includes segue/json/parser.hpp there instead.
#pragma once

#include <boost/json/src.hpp>

#include "segue/json/parser.hpp"
