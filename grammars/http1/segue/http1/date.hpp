// Dates as RFC 9110 section 5.6.7 writes them; rules/date.hpp reads them.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace segue::http1 {

inline constexpr std::string_view day_names[7] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
inline constexpr std::string_view month_names[12] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

//   IMF-fixdate = day-name "," SP day SP month SP year SP hour ":" minute ":" second SP GMT
// A year has four digits: nothing, for a time before the year 0 or behind 9999.
inline std::string imf_fixdate(std::chrono::sys_seconds time) {
    using namespace std::chrono;
    if (time < sys_days(year(0) / 1 / 1) || time >= sys_days(year(10'000) / 1 / 1)) return {};
    auto const midnight = floor<days>(time);
    year_month_day const date(midnight);
    hh_mm_ss const clock(time - midnight);
    std::string out = "Sun, 00 Jan 0000 00:00:00 GMT";
    auto const digits = [&out](std::size_t at, std::size_t width, std::int64_t n) {
        for (; width != 0; n /= 10) out[at + --width] = static_cast<char>('0' + n % 10);
    };
    out.replace(0, 3, day_names[weekday(midnight).c_encoding()]);
    digits(5, 2, static_cast<unsigned>(date.day()));
    out.replace(8, 3, month_names[static_cast<unsigned>(date.month()) - 1]);
    digits(12, 4, static_cast<int>(date.year()));
    digits(17, 2, clock.hours().count());
    digits(20, 2, clock.minutes().count());
    digits(23, 2, clock.seconds().count());
    return out;
}

}  // namespace segue::http1
