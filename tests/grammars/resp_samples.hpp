// Random values of RESP: only what can be written.
#pragma once

#include <string_view>

#include "segue/resp/messages.hpp"
#include "segue/testing/random_value.hpp"

namespace segue::testing {

template <class Text>
struct sample<resp::basic_value<Text>> {
    using value = resp::basic_value<Text>;
    using enum resp::type;

    static value make(random_source& random, int levels = 3) {
        std::size_t const forms = std::variant_size_v<typename value::any>;
        auto const chosen = static_cast<resp::type>(random() % forms);
        switch (chosen) {
            case bulk_string: return value::template make<bulk_string>(Text(text(random)));
            case simple_string: return value::template make<simple_string>(Text(text(random)));
            case simple_error: return value::template make<simple_error>(Text(text(random)));
            case bulk_error: return value::template make<bulk_error>(Text(text(random)));
            case integer: return value::template make<integer>(static_cast<std::int64_t>(std::uint64_t{random()} << (random() % 33) ^ random()));
            case null_bulk_string: return value::template make<null_bulk_string>();
            case null_array: return value::template make<null_array>();
            case null: return value::template make<null>();
            case boolean: return value::template make<boolean>(resp::boolean{random() % 2 == 0});
            case double_: return value::template make<double_>(Text(random() % 2 == 0 ? "-1.5e3" : "nan"));
            case big_number: return value::template make<big_number>(Text(random() % 2 == 0 ? "-0012345678901234567890" : "7"));
            case verbatim_string: return value::template make<verbatim_string>(resp::basic_verbatim<Text>{Text("mkd"), Text(text(random))});
            case map: return value::template make<map>(entries(random, levels));
            case streamed_map: return value::template make<streamed_map>(entries(random, levels));
            case array: return value::template make<array>(items(random, levels));
            case set: return value::template make<set>(items(random, levels));
            case push: return value::template make<push>(items(random, levels));
            case streamed_array: return value::template make<streamed_array>(items(random, levels));
            case streamed_set: return value::template make<streamed_set>(items(random, levels));
            case streamed_string: return value::template make<streamed_string>(std::vector<Text>(random() % 4, Text("chunk\r\n")));
            case attributed:
                if (levels == 0) break;
                return value::template make<attributed>(resp::basic_attributed<Text>{entries(random, levels), {make(random, levels - 1)}});
        }
        return value::template make<simple_string>(Text("OK"));
    }

private:
    static std::string_view text(random_source& random) { return std::string_view("abcdefgh").substr(0, random() % 9); }
    static typename value::items_type items(random_source& random, int levels) {
        typename value::items_type all;
        for (std::size_t n = levels == 0 ? 0 : random() % 4; n != 0; --n) all.push_back(make(random, levels - 1));
        return all;
    }
    static typename value::entries_type entries(random_source& random, int levels) {
        typename value::entries_type all;
        for (std::size_t n = levels == 0 ? 0 : random() % 3; n != 0; --n) all.push_back({make(random, levels - 1), make(random, levels - 1)});
        return all;
    }
};

}  // namespace segue::testing
