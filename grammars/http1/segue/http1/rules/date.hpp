// HTTP-date, RFC 9110 section 5.6.7: three formats are read, one is written.
#pragma once

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include "segue/http1/date.hpp"
#include "segue/http1/rules/parameters.hpp"

namespace segue::http1::rules {

// Seconds since the beginning of 1970, as system_clock counts. A leap second is the one behind it.
struct http_date {
    BOOST_HANA_DEFINE_STRUCT(http_date, (std::int64_t, seconds));
    friend auto operator<=>(http_date const&, http_date const&) = default;

    constexpr std::chrono::sys_seconds time() const { return std::chrono::sys_seconds(std::chrono::seconds(seconds)); }
};

// Near which year the two digits of an rfc850-date are read, unless the caller knows better.
inline constexpr int usual_year = 2026;

namespace detail {

inline constexpr std::string_view long_day_names[7] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

// One of these names, in this case; its attribute is the position.
template <auto const& Names>
struct name_parser : x3::parser<name_parser<Names>> {
    using attribute_type = unsigned;
    static bool const has_attribute = true;

    template <class Context, class RuleContext, class Attribute>
    bool parse(char const*& first, char const* const& last, Context const&, RuleContext&, Attribute& attribute) const {
        std::string_view const left(first, static_cast<std::size_t>(last - first));
        for (unsigned i = 0; i < std::size(Names); ++i) {
            if (!left.starts_with(Names[i])) continue;
            first += Names[i].size();
            x3::traits::move_to(i, attribute);
            return true;
        }
        return false;
    }
};
template <auto const& Names>
inline constexpr name_parser<Names> name_in{};

// What is written, before it is known to be a date.
struct civil {
    unsigned day_name = 0, day = 0, month = 0, year = 0, hour = 0, minute = 0, second = 0;
};

constexpr bool is_date(civil const& c) {
    using namespace std::chrono;
    year_month_day const date(year(static_cast<int>(c.year)), month(c.month + 1), day(c.day));
    if (!date.ok() || weekday(sys_days(date)).c_encoding() != c.day_name) return false;
    bool const leap = c.hour == 23 && c.minute == 59 && c.second == 60;
    return c.hour <= 23 && c.minute <= 59 && (c.second <= 59 || leap);
}
constexpr http_date date_of(civil const& c) {
    using namespace std::chrono;
    sys_days const midnight(year_month_day(year(static_cast<int>(c.year)), month(c.month + 1), day(c.day)));
    return {midnight.time_since_epoch().count() * std::int64_t{86400} + c.hour * 3600 + c.minute * 60 + c.second};
}

// Years have four digits.
inline constexpr http_date behind_last_date = date_of({.day = 1, .year = 10'000});

// As IMF-fixdate. A date of another year has no text, and from that nothing is read back.
inline std::string print_date(http_date d) { return imf_fixdate(d.time()); }

// The year of these last two digits that is at most 50 years ahead, and less than 50 back.
constexpr unsigned year_near(int here, unsigned last_two) {
    int const least = here - 49;
    int const ahead = (static_cast<int>(last_two) - least % 100 + 200) % 100;
    return static_cast<unsigned>(least + ahead);
}

inline constexpr x3::uint_parser<unsigned, 10, 1, 1> one_digit{};
inline constexpr x3::uint_parser<unsigned, 10, 2, 2> two_digits{};
inline constexpr x3::uint_parser<unsigned, 10, 4, 4> four_digits{};

}  // namespace detail

// 5.6.7  HTTP-date    = IMF-fixdate / obs-date
//        IMF-fixdate  = day-name "," SP date1 SP time-of-day SP GMT
//        date1        = day SP month SP year                        e.g. 02 Jun 1982
//        time-of-day  = hour ":" minute ":" second                  00:00:00 - 23:59:60 (leap second)
//        obs-date     = rfc850-date / asctime-date
//        rfc850-date  = day-name-l "," SP date2 SP time-of-day SP GMT
//        date2        = day "-" month "-" 2DIGIT                    e.g. 02-Jun-82
//        asctime-date = day-name SP date3 SP time-of-day SP year
//        date3        = month SP ( 2DIGIT / ( SP 1DIGIT ))          e.g. Jun  2
// "Recipients of a timestamp value in rfc850-date format, which uses a two-digit year, MUST interpret a timestamp that
// appears to be more than 50 years in the future as representing the most recent year in the past that had the same
// last two digits": `this_year`, from 50 to 9949, is where that is reckoned from.
constexpr auto date_near(int this_year) {
    using detail::civil, detail::name_in, detail::two_digits;
    auto const time_of_day = two_digits[to<&civil::hour>] >> ':' >> two_digits[to<&civil::minute>] >> ':' >> two_digits[to<&civil::second>];
    auto const day_name = name_in<day_names>[to<&civil::day_name>];
    auto const day = two_digits[to<&civil::day>];
    auto const month = name_in<month_names>[to<&civil::month>];
    auto const year = detail::four_digits[to<&civil::year>];
    auto const short_year = two_digits[([this_year](auto& context) {
        x3::_val(context).year = detail::year_near(this_year, x3::_attr(context));
    })];
    auto const imf_fixdate = day_name >> ", " >> day >> ' ' >> month >> ' ' >> year >> ' ' >> time_of_day >> " GMT";
    auto const rfc850_date = name_in<detail::long_day_names>[to<&civil::day_name>] >> ", " >> day >> '-' >> month >> '-' >>
                             short_year >> ' ' >> time_of_day >> " GMT";
    auto const asctime_date = day_name >> ' ' >> month >> ' ' >> (day | ' ' >> detail::one_digit[to<&civil::day>]) >> ' ' >>
                              time_of_day >> ' ' >> year;
    auto const written = x3::rule<struct civil_rule, civil>("HTTP-date") = imf_fixdate | rfc850_date | asctime_date;
    auto const checked = [](auto& context) {
        civil const& c = x3::_attr(context);
        x3::_pass(context) = detail::is_date(c) && detail::date_of(c) < detail::behind_last_date;
        if (x3::_pass(context)) x3::_val(context) = detail::date_of(c);
    };
    return content(x3::rule<struct date_rule, http_date>("HTTP-date") = written[checked], detail::print_date)
        .template named<"an HTTP-date">();
}
inline constexpr auto date = date_near(usual_year);

}  // namespace segue::http1::rules
