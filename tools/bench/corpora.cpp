// The heads themselves; those of `mix` come from a generator with a fixed seed, written out here because the
// distributions of the standard library differ between implementations.
#include "corpora.hpp"

#include <cstdint>

namespace segue::bench {

namespace {

constexpr std::string_view browser =
    "GET /wp-content/uploads/2024/03/hello-kitty-darth-vader-pink.jpg HTTP/1.1\r\n"
    "Host: www.kittyhell.com\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:124.0) Gecko/20100101 Firefox/124.0\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\n"
    "Accept-Language: ja,en-us;q=0.7,en;q=0.3\r\n"
    "Accept-Encoding: gzip, deflate, br\r\n"
    "Keep-Alive: 115\r\n"
    "Connection: keep-alive\r\n"
    "Referer: https://www.kittyhell.com/archive/2024/03/\r\n"
    "Cookie: wp_ozh_wsa_visits=2; wp_ozh_wsa_visit_lasttime=xxxxxxxxxx; "
    "__utma=xxxxxxxxx.xxxxxxxxxx.xxxxxxxxxx.xxxxxxxxxx.xxxxxxxxxx.x; "
    "__utmz=xxxxxxxxx.xxxxxxxxxx.x.x.utmccn=(referral)|utmcsr=reader.example|utmcct=/reader/|utmcmd=referral\r\n\r\n";

constexpr std::string_view curl =
    "GET /index.html HTTP/1.1\r\nHost: example.com\r\nUser-Agent: curl/8.5\r\nAccept: */*\r\n\r\n";

// xorshift64*, which needs no library
class dice {
public:
    explicit dice(std::uint64_t seed) : state_(seed) {}
    std::size_t below(std::size_t n) {
        state_ ^= state_ >> 12;
        state_ ^= state_ << 25;
        state_ ^= state_ >> 27;
        return static_cast<std::size_t>((state_ * 0x2545f4914f6cdd1dULL) >> 33) % n;
    }
    std::size_t between(std::size_t least, std::size_t most) { return least + below(most - least + 1); }
    template <std::size_t N>
    std::string_view one_of(std::string_view const (&of)[N]) {
        return of[below(N)];
    }
    void text(std::string& to, std::string_view alphabet, std::size_t size) {
        for (; size != 0; --size) to += alphabet[below(alphabet.size())];
    }

private:
    std::uint64_t state_;
};

constexpr std::string_view lower = "abcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view visible = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.=;,/ +*()";
constexpr std::string_view methods[] = {"GET", "GET", "GET", "GET", "GET", "GET", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS"};
constexpr std::string_view names[] = {
    "User-Agent", "Accept", "Accept-Encoding", "Accept-Language", "Cache-Control", "Cookie", "Referer", "Origin", "Pragma",
    "DNT", "TE", "If-None-Match", "If-Modified-Since", "Authorization", "Range", "Sec-Fetch-Mode", "Sec-Fetch-Site",
    "Sec-Fetch-Dest", "Sec-Ch-Ua-Platform", "X-Forwarded-For", "X-Forwarded-Proto", "X-Request-Id", "X-Requested-With",
    "Via", "Forwarded", "Traceparent", "Priority", "Upgrade-Insecure-Requests"};

std::string random_head(dice& d) {
    std::string head(d.one_of(methods));
    head += ' ';
    for (std::size_t depth = d.between(1, 5); depth != 0; --depth) {
        head += '/';
        d.text(head, lower, d.between(1, 18));
    }
    if (d.below(3) == 0) {
        for (std::size_t pairs = d.between(1, 5), i = 0; i < pairs; ++i) {
            head += i == 0 ? '?' : '&';
            d.text(head, lower, d.between(1, 10));
            head += '=';
            d.text(head, lower, d.between(0, 24));
        }
    }
    head += " HTTP/1.1\r\nHost: ";
    d.text(head, lower, d.between(3, 20));
    head += ".example\r\n";
    for (std::size_t count = d.between(1, 18); count != 0; --count) {
        head += d.one_of(names);
        head += ": ";
        // most values are short, some long, a cookie now and then very long
        std::size_t const kind = d.below(10);
        std::size_t const size = kind < 5 ? d.between(1, 15) : kind < 9 ? d.between(16, 80) : d.between(80, 300);
        d.text(head, visible.substr(0, 62), 1);
        d.text(head, visible, size);
        d.text(head, visible.substr(0, 62), 1);
        head += "\r\n";
    }
    head += "\r\n";
    return head;
}

corpus copies(std::string name, std::string_view head, std::size_t count) {
    corpus made{std::move(name), {}, {}, 0};
    for (; count != 0; --count) made.add(head);
    return made;
}

}  // namespace

// Weighed by counting what is not a part: the peers must agree with this, not with one another.
void corpus::add(std::string_view head) {
    stream += head;
    sizes.push_back(head.size());
    std::size_t const first_line = head.find("\r\n") + 2;
    weight += first_line - std::string_view("  HTTP/1.1\r\n").size() + 1;
    for (std::size_t at = first_line, end; (end = head.find("\r\n", at)) != at; at = end + 2) weight += end - at - 2;  // ": "
}

std::vector<corpus> const& corpora() {
    static std::vector<corpus> const all = [] {
        std::string thirty = "GET /api/v1/items?page=3&size=50 HTTP/1.1\r\nHost: api.example.com\r\n";
        dice d(30);
        for (int i = 1; i < 30; ++i) {
            thirty += "X-Header-" + std::to_string(i) + ": ";
            d.text(thirty, lower, d.between(5, 60));
            thirty += "\r\n";
        }
        thirty += "\r\n";
        corpus mix{"mix", {}, {}, 0};
        dice seeded(0x5e90e);
        for (int i = 0; i < 1000; ++i) mix.add(random_head(seeded));
        std::vector<corpus> made;
        made.push_back(copies("browser", browser, 64));
        made.push_back(copies("curl", curl, 64));
        made.push_back(copies("headers30", thirty, 64));
        made.push_back(std::move(mix));
        return made;
    }();
    return all;
}

corpus large_head(std::size_t size) {
    std::string head = "GET /large HTTP/1.1\r\n";
    dice d(size);
    for (int i = 10; i < 26; ++i) {
        head += "X-Large-" + std::to_string(i) + ": ";
        d.text(head, lower, size / 16 - 14);
        head += "\r\n";
    }
    head += "\r\n";
    return copies("large" + std::to_string(size / 1024) + "k", head, 1);
}

}  // namespace segue::bench
