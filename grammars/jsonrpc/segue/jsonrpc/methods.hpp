// Methods with the types of their parameters and their result, found by a perfect hash that the compiler builds.
//
//   struct operands { BOOST_HANA_DEFINE_STRUCT(operands, (std::int64_t, minuend), (std::int64_t, subtrahend)); };
//   inline constexpr auto& subtract = jsonrpc::method<"subtract", operands, std::int64_t>;
//
//   jsonrpc::methods all{subtract([](operands const& o) { return o.minuend - o.subtrahend; }), ...};   a server's
//   client.call(subtract, operands{42, 23});                                                           a client's
//
// Parameters in a struct are taken by name and by position; in a tuple or a vector by position only.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "segue/core/fixed_string.hpp"
#include "segue/core/perfect_hash.hpp"
#include "segue/jsonrpc/messages.hpp"
#include "segue/jsonrpc/reply.hpp"
#include "segue/message/members.hpp"

namespace segue::jsonrpc {

template <class Signature, class F>
struct bound_method {
    using signature = Signature;
    F function;
};

template <fixed_string Name, class Params, class Result>
struct signature {
    using params = Params;
    using result = Result;
    static constexpr std::string_view name = Name.view();

    // f(params) returns a Result or an outcome<Result>; f(params, reply<Result>) answers when it can. Where there are no
    // parameters, without them.
    template <class F>
    constexpr auto operator()(F f) const {
        return bound_method<signature, F>{std::move(f)};
    }
};
template <fixed_string Name, class Params = none, class Result = none>
inline constexpr signature<Name, Params, Result> method{};

namespace detail {

// Positional parameters of a struct are its members in their order; missing ones must be optional.
template <class T>
bool read_positions(json::reading& in, json::ref list, T& v) {
    if (list.size() > member_count<T>) return in.fail(list, errc::too_many, "as many parameters as the method has");
    auto const elements = list.elements();
    auto at = elements.begin();
    bool good = true;
    for_each_member(v, [&]<class M>(std::string_view name, M& m) {
        if (!good) return;
        if (at != elements.end()) {
            good = json::read_value(in, *at, m);
            ++at;
        } else if constexpr (optional_like<M>) {
            m.reset();
        } else {
            good = in.missing(list, name.data());
        }
    });
    return good;
}
template <class Params>
bool read_params(json::reading& in, json::ref whole, json::ref given, Params& v) {
    if constexpr (std::same_as<Params, none>) {
        return !given || given.size() == 0 || in.fail(given, errc::too_many, "no parameters");
    } else {
        if (!given) {
            if constexpr (optional_like<Params> || std::same_as<Params, json::raw> || std::same_as<Params, json::value>) return v = Params{}, true;
            else return in.missing(whole, "params");
        }
        if constexpr (members<Params>)
            if (given.is(json::kind::array)) return read_positions(in, given, v);
        return json::read_value(in, given, v);
    }
}
//   {"path":"/params/minuend","expected":"an integer"}
inline failure wrong_params(json::problem const& p) {
    failure result(code::invalid_params);
    std::string data = R"({"path":)";
    if (json::write(p.pointer, data)) return result;
    data += R"(,"expected":)";
    if (json::write(p.what, data)) return result;
    result.data = std::move(data += '}');
    return result;
}

template <class F, class Params, class... More>
decltype(auto) call(F& f, Params const& params, More&&... more) {
    if constexpr (std::same_as<Params, none>) return f(std::forward<More>(more)...);
    else return f(params, std::forward<More>(more)...);
}
template <class F, class Params, class... More>
inline constexpr bool can_call = std::same_as<Params, none> ? std::invocable<F&, More...> : std::invocable<F&, Params const&, More...>;

}  // namespace detail

template <class... Bound>
class methods {
public:
    explicit constexpr methods(Bound... all) : all_(std::move(all)...) {}

    // Calls the method; its answer is written behind `out`, or comes by a reply of `replies`. A notification has no
    // answer, whatever happens.
    void call(request const& r, std::string& out, reply_source& replies) {
        std::size_t const which = names[r.method];
        if (which == names.npos) return answer_failure(failure(code::method_not_found), r, out);
        static constexpr auto table = []<std::size_t... I>(std::index_sequence<I...>) {
            return std::array<void (*)(methods&, request const&, std::string&, reply_source&), sizeof...(Bound)>{&methods::call_one<I>...};
        }(std::index_sequence_for<Bound...>{});
        table[which](*this, r, out, replies);
    }

private:
    static constexpr perfect_hash<sizeof...(Bound)> names{{Bound::signature::name...}};
    static_assert(names.found(), "segue: two methods have the same name");

    static void answer_failure(failure const& f, request const& r, std::string& out) {
        if (!r.id.empty()) write_error(out, f, r.id);
    }
    template <std::size_t I>
    static void call_one(methods& self, request const& r, std::string& out, reply_source& replies) {
        auto& one = std::get<I>(self.all_);
        using signature = typename std::remove_reference_t<decltype(one)>::signature;
        using result = typename signature::result;
        using F = decltype(one.function);
        std::size_t const begin = out.size();
        bool replies_itself = false;
        try {
            typename signature::params params{};
            if (json::reading in; !detail::read_params(in, r.whole, r.params, params)) return answer_failure(detail::wrong_params(in.problem()), r, out);
            if constexpr (detail::can_call<F, typename signature::params, reply<result>>) {
                static_assert(!has_views<typename signature::params>(), "segue: parameters that are answered later must own their text");
                reply<result> later(replies.open(r.id));
                replies_itself = true;
                detail::call(one.function, params, std::move(later));
            } else if constexpr (!detail::can_call<F, typename signature::params>) {
                static_assert(detail::can_call<F, typename signature::params>, "segue: the function does not take the parameters of its method");
            } else {
                using returned = decltype(detail::call(one.function, params));
                if constexpr (std::is_void_v<returned>) {
                    static_assert(std::same_as<result, none>, "segue: the function returns nothing, and its method has a result");
                    detail::call(one.function, params);
                    if (!r.id.empty()) write_result(out, none{}, r.id);
                } else if constexpr (!std::convertible_to<returned, outcome<result>>) {
                    static_assert(std::convertible_to<returned, outcome<result>>, "segue: the function returns something else than the result of its method");
                } else {
                    outcome<result> const done = detail::call(one.function, params);
                    if (r.id.empty()) return;
                    if (!done) return write_error(out, done.why(), r.id);
                    if (!write_result(out, *done, r.id)) write_error(out, failure(code::internal_error), r.id);
                }
            }
        } catch (...) {
            // what went wrong in the application is not the peer's to know
            out.resize(begin);
            if (!replies_itself) answer_failure(failure(code::internal_error), r, out);
        }
    }

    std::tuple<Bound...> all_;
};

}  // namespace segue::jsonrpc
