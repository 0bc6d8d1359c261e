// The small languages inside fields and request lines, as Spirit X3 rules in the RFCs' names, each with its printer.
//
//   auto const type = segue::decode(segue::http1::rules::content_type, "text/html; charset=\"utf-8\"");
//
// Opens content/x3.hpp, which costs seconds of compile time: include the one of rules/ that is needed, in one file.
#pragma once

#include "segue/http1/rules/accept.hpp"
#include "segue/http1/rules/date.hpp"
#include "segue/http1/rules/lists.hpp"
#include "segue/http1/rules/media_type.hpp"
#include "segue/http1/rules/target.hpp"
