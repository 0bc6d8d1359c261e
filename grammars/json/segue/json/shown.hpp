// How the inspectors show JSON: as itself. Opened by who prints messages, with segue/inspect/.
#pragma once

#include <string>
#include <utility>

#include "segue/inspect/json.hpp"
#include "segue/inspect/json_form.hpp"
#include "segue/json/value.hpp"
#include "segue/json/write.hpp"

template <>
struct segue::json_form<segue::json::value> {
    static constexpr bool stands_alone = true;

    static void write(json_writer& out, json::value const& v) {
        std::string whole;
        if (json::write(v, whole)) whole = "null";  // a value that was read is always written
        out.token(whole);
    }
    static bool read(json_value& from, json::value& v) {
        using what = json_value::form;
        switch (from.what) {
            case what::null: v = nullptr; return true;
            case what::boolean: v = from.truth; return true;
            case what::string: v = std::move(from.text); return true;
            case what::number: v = number(std::move(from.text)); return true;
            case what::array: {
                json::value::array items;
                for (json_value& item : from.items) read(item, items.emplace_back());
                v = std::move(items);
                return true;
            }
            case what::object: {
                json::value::object members;
                for (json_value& item : from.items) read(item, members.emplace_back(std::move(item.name), nullptr).second);
                v = std::move(members);
                return true;
            }
        }
        return false;
    }

private:
    static json::value number(std::string digits) {
        std::int64_t n = 0;
        auto const [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
        if (failure == std::errc() && end == digits.data() + digits.size()) return n;
        return json::value::number{std::move(digits)};
    }
};
