#include "dialogue.hpp"

#include <cstdio>
#include <ctime>
#include <utility>

#include "segue/inspect/text.hpp"

namespace segue::command {

std::string to_text(wall_time when) {
    auto const whole = std::chrono::floor<std::chrono::seconds>(when);
    std::time_t const seconds = whole.time_since_epoch().count();
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[64];
    std::size_t const n = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    std::snprintf(text + n, sizeof text - n, ".%06dZ", static_cast<int>((when - whole).count()));
    return text;
}

dialogue::dialogue(two_streams in, peers who, dialogue_options const& how) : who_(std::move(who)), how_(&how) {
    of(side::client).in = std::move(in.of_client);
    of(side::server).in = std::move(in.of_server);
    for (side const s : {side::client, side::server}) {
        direction& d = of(s);
        if (!d.in) continue;
        d.lines.emplace(*d.in, form(s), *how_->lines);
        d.over = false;
    }
}

line_form dialogue::form(side s) const {
    line_form f{.events = how_->events};
    if (how_->for_people) {
        f.before = [this, s](std::string& to) {
            to += to_text(now_).substr(11, 15) + ' ' + std::to_string(who_.number) + (s == side::client ? " > " : " < ");
        };
    } else {
        f.offsets = true;
        f.about = [this, s](json_writer& to) {
            write_about(to, s);
            to.key("time");
            to.string(to_text(now_));
        };
    }
    return f;
}
void dialogue::write_about(json_writer& to, side s) const {
    to.key("stream");
    to.integer(std::uint64_t{who_.number});
    to.key("from");
    to.string(name(s));
    to.key("to");
    to.string(name(other(s)));
}

void dialogue::arrived(side from, std::string_view bytes, wall_time when) {
    now_ = when;
    direction& d = of(from);
    if (d.over) return;
    if (d.in->switched()) return pass_over(from, bytes.size());
    d.recent.next(bytes);
    d.in->feed(bytes);
    read(from);
    read(other(from));  // it may have waited for this
}
void dialogue::ended(side from, wall_time when) {
    now_ = when;
    direction& d = of(from);
    if (d.over || d.in->switched()) return;
    d.in->close();
    read(from);
    read(other(from));
}

void dialogue::read(side s) {
    direction& d = of(s);
    while (!d.over) {
        if (d.in->switched()) {
            if (!d.opaque) pass_over(s, d.in->unread().size());
            return;
        }
        kind const what = d.lines->next();
        if (what == kind::need) return;
        if (what == kind::failed) return failed(s);
        if (what == kind::end) d.over = true;
    }
}

// Bytes of another protocol: how many.
void dialogue::pass_over(side s, std::size_t size) {
    direction& d = of(s);
    if (!d.opaque) d.opaque = d.in->offset();
    if (size == 0) return;
    line_form const f = form(s);
    json_writer line;
    line.begin_object();
    line.key("opaque");
    line.integer(std::uint64_t{size});
    if (f.about) {
        line.key("@");
        line.begin_object();
        f.about(line);
        line.key("offset");
        line.integer(*d.opaque);
        line.key("size");
        line.integer(std::uint64_t{size});
        line.end_object();
    }
    line.end_object();
    if (f.before) f.before(*how_->lines);
    *how_->lines += line.text + '\n';
    *d.opaque += size;
}

void dialogue::failed(side s) {
    direction& d = of(s);
    d.over = true;
    segue::error const& e = d.in->error();
    status_ = worse(status_, e.code == errc::truncated ? truncated : malformed);
    std::string const around = excerpt_for(*d.in, d.recent, d.lines->streamed() != 0);
    report(s, error_json(e), to_text(e) + (around.empty() ? "" : "\n  " + around));
}
void dialogue::lost(side from, std::uint64_t offset, std::string const& what) {
    direction& d = of(from);
    if (d.over || d.in->switched()) return;
    d.over = true;
    status_ = worse(status_, truncated);
    report(from, error_json("missing", offset, what),
           "missing at byte " + std::to_string(offset) + ": " + what + "; this direction is not decoded any further");
}
void dialogue::tell(side from, std::string_view code, std::string const& what) {
    direction const& d = of(from);
    report(from, error_json(code, d.in ? d.in->offset() : 0, what), what);
}
void dialogue::report(side s, std::string const& json, std::string const& text) {
    if (!how_->json_errors) {
        return how_->tell_error("segue: stream " + std::to_string(who_.number) + ", " + name(s) + " to " + name(other(s)) + ": " + text);
    }
    json_writer whole;
    whole.text = json;
    whole.text.pop_back();
    whole.key("@");
    whole.begin_object();
    write_about(whole, s);
    whole.end_object();
    whole.end_object();
    how_->tell_error(whole.text);
}

}  // namespace segue::command
