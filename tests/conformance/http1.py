#!/usr/bin/env python3
"""Compares http1 with what others wrote down: http1.py PATH_TO_SEGUE [DIRECTORY_OF_VECTORS]

Each case of http1.jsonl has a verdict, ok, error, need_more or any, and mostly the parts of its messages; each of
http1-fragmentation.jsonl and captures/http1 only must give the same wherever it is cut. Where we differ on purpose,
the table of grammars/http1/README.md names the case, and a case that it names must differ. Where a row of it names a
leniency as well, its cases must agree as soon as that is turned on, and no sooner.
"""
import base64
import collections
import fnmatch
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PATIENCE = 300  # seconds until a command counts as stuck
VERDICTS = {0: "ok", 1: "error", 3: "need_more"}
HOST = b"Host: x\r\n"

# What stands in front of a case that is only a part of a message.
HEAD_OF_FIELDS = b"GET / HTTP/1.0\r\n"
HEAD_OF_CHUNKS = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"

# messages: dictionaries of what the suite told; a part that is not in them is not compared.
# heads_only: the suite looked at no body, so a complete head is ok.  ends: the end of input belongs to the case.
Case = collections.namedtuple("Case", "name kind wire expect messages heads_only ends",
                              defaults=([], False, False))
Got = collections.namedtuple("Got", "verdict messages error hosts")


# ---- the suites, each with its own way to say what it expects

LLHTTP_NAMES = {"version": "version", "headers": "headers", "method": "method", "target": "url", "status": "status_code",
                "reason": "status"}


def read_llhttp(name, wire, expect, f):
    if f["type"] == "url":
        target = wire.decode("latin-1")
        return Case(name, "request", b"GET " + wire + b" HTTP/1.0\r\n\r\n", expect, [{"target": target}])
    messages = []
    for m in f["messages"]:
        if "headers_end" not in m:
            break
        told = {ours: m[theirs] for ours, theirs in LLHTTP_NAMES.items() if theirs in m}
        if "status" in told:
            told["status"] = int(told["status"])
        body = base64.b64decode(m.get("body_b64", ""))
        whole = sum(c["len"] for c in m.get("chunks", [])) in (0, len(body))  # its log loses a body of line feeds
        if "end" in m and whole:
            told |= {"body": body, "trailers": m.get("trailers", [])}
        messages.append(told)
    heads_only = bool(f["meta"].get("skipBody"))
    if heads_only:  # as if it were the answer to HEAD, which the bytes do not say
        wire = wire[:f["messages"][0]["headers_end"]]
        messages = [{part: messages[0][part] for part in messages[0].keys() - {"body", "trailers"}}]
    elif f["upgrade"]:  # what follows is another protocol
        wire = wire[:f["upgrade"]["off"]]
    elif f["mode"] == "strict" and f["error"] and "Connection: close" in f["error"]["reason"]:  # a rule of connections; what is before it is good
        wire, expect = wire[:f["messages"][-1]["end"]], "ok"
    elif f["type"].endswith("data-after-close"):  # it passes over what is behind the last message
        wire = wire[:f["messages"][-1]["end"]]
    return Case(name, f["type"].split("-")[0], wire, expect, messages, heads_only)


def read_picohttpparser(name, wire, expect, f):
    if f["kind"] == "chunked":
        told = [{"body": base64.b64decode(f["body_b64"])}] if expect == "ok" else []
        if expect == "ok" and not f["consume_trailer"] and not f["left_over"]:
            wire += b"\r\n"  # it was asked not to look at the trailer section
        return Case(name, "request", HEAD_OF_CHUNKS + wire, expect, told)
    told = {}
    if expect == "ok":
        told["headers"] = []
        for field, value in f["headers"]:
            if field is None:  # the rest of a folded line
                field, value = told["headers"][-1][0], told["headers"].pop()[1] + " " + value
            told["headers"].append([field, value])
        if f["kind"] == "request":
            told |= {"method": f["method"], "target": f["path"], "version": f"1.{f['minor']}"}
        elif f["kind"] == "response":
            told |= {"status": f["status"], "reason": f["msg"], "version": f"1.{f['minor']}"}
    kind, start = ("request", HEAD_OF_FIELDS) if f["kind"] == "headers" else (f["kind"], b"")
    return Case(name, kind, start + wire, expect, [told] if told else [], True)


def read_h11(name, wire, expect, f):
    def head(e):
        told = {"version": e["http_version"], "headers": e["headers"]}
        if e["event"] == "Request":
            return told | {"method": e["method"], "target": e["target"]}
        return told | {"status": e["status_code"], "reason": e["reason"]}

    if f["kind"] in ("request", "response"):
        return Case(name, f["kind"], wire, expect, [head(f["event"])] if expect == "ok" else [], True)
    events, messages, complete = f["events"], [], True
    if any(e["event"] == "type" for e in events):  # the exception that the test waits for
        expect, events = "error", []
    if f["kind"].startswith("body:"):
        start = {"ContentLengthReader": b"POST / HTTP/1.0\r\nContent-Length: %d\r\n\r\n" % len(wire),
                 "ChunkedReader": HEAD_OF_CHUNKS,
                 "Http10Reader": b"HTTP/1.0 200 OK\r\n\r\n"}[re.search(r"\w+Reader\b", f["kind"])[0]]
        wire, messages = start + wire, [{"body": b"", "trailers": []}] if expect == "ok" else []
        kind = "response" if start.startswith(b"HTTP") else "request"
    else:
        kind = f["kind"].removeprefix("connection:").removesuffix("s")
    for e in events:
        if e["event"] in ("Request", "Response", "InformationalResponse"):
            complete = e["event"] == "InformationalResponse"
            messages.append(head(e) | ({"body": b""} if complete else {}))
        elif e["event"] == "Data":
            messages[-1]["body"] = messages[-1].get("body", b"") + base64.b64decode(e["data_b64"])
        elif e["event"] == "EndOfMessage":
            complete = True
            messages[-1] = {"body": b""} | messages[-1] | {"trailers": e["headers"]}
    if f["kind"].startswith("connection:"):
        error = f["error"] or ""
        if "buffer too long" in error or "expecting EOF" in error:
            expect = "any"  # a limit of that test, and a state of its connection
        fed = f["chunks_fed"]
        if 0 in fed:  # what came after the announced end
            wire = wire[:sum(fed[:fed.index(0)])]
        if expect == "ok":  # it stands still behind a message: after CONNECT, an upgrade, or to be asked
            wire = wire[:end_of_message(kind, wire, len(messages))]
    return Case(name, kind, wire, expect, messages, not complete and expect == "ok", bool(f.get("eof")))


def read_desync_guardian(name, wire, expect, f):
    return Case(name, "request", wire, expect, [], True)


READERS = {"llhttp": read_llhttp, "picohttpparser": read_picohttpparser, "h11": read_h11, "desync-guardian": read_desync_guardian}


# ---- what we say

def run(*arguments, given=b""):
    return subprocess.run([SEGUE, *arguments], input=given, capture_output=True, timeout=PATIENCE)


def octets(told):
    return told.encode() if isinstance(told, str) else base64.b64decode(told["base64"])


def decode(kind, wire, *more):
    done = run("decode", f"http1.{kind}", "--events", "--offsets", "--errors", "json", *more, given=wire)
    if done.returncode not in VERDICTS:
        return Got(f"exit status {done.returncode}", [], None, [])
    messages = []
    for line in map(json.loads, done.stdout.splitlines()):
        if "begin" in line:
            messages.append(line["begin"] | {"body": b"", "complete": False})
        elif "data" in line:
            messages[-1]["body"] += octets(line["data"])
        else:
            at = line["@"]
            messages[-1] |= {"trailers": line["message"]["trailers"], "complete": True, "end": at["offset"] + at["size"]}
    error = json.loads(done.stderr)["error"] if done.returncode else None
    return Got(VERDICTS[done.returncode], messages, error, [])


def decode_with_host(kind, wire, leniency=None):
    """Most suites leave Host out; where that is all that we refuse, it is put in front of the empty line."""
    hosts = []
    while True:
        got = decode(kind, wire, *(["--lenient", leniency] if leniency else []))
        if got.verdict != "error" or "exactly one Host" not in got.error["message"] or len(got.messages) in hosts:
            return got._replace(hosts=hosts)
        hosts.append(len(got.messages))
        at = got.error["offset"] - 2
        wire = wire[:at] + HOST + wire[at:]


def end_of_message(kind, wire, count):
    ends = [m["end"] for m in decode(kind, wire).messages if m["complete"]]
    return ends[count - 1] if 0 < count <= len(ends) else len(wire)


# ---- the comparison

def until_close(message):
    said = dict(fields_of(message["headers"]))
    sized = b"content-length" in said or said.get(b"transfer-encoding", b"").lower().endswith(b"chunked")
    return not sized and message["status"] not in (204, 304)


def same_verdict(case, got, leniency):
    expect, ours = case.expect, got.verdict
    if expect == "any":
        return ours in VERDICTS.values()
    if case.heads_only and expect == "ok":
        return ours != "error" and bool(got.messages)
    if expect == ours:
        return True
    if expect == "need_more" and ours == "ok" and case.kind == "response":  # we announce the end; and 1xx is not the last
        return until_close(got.messages[-1])
    if expect == "error" and ours == "need_more":
        if case.ends:
            return True
        later = decode_with_host(case.kind, case.wire + b"\r\n\r\n", leniency)  # we judge complete lines, and complete heads
        in_head = not got.messages or got.messages[-1]["complete"]
        return later.verdict == "error" and (in_head or later.error["offset"] < len(case.wire))
    return False


def same_text(expected, ours):
    return ours in (expected.encode("utf-8", "surrogateescape"), expected.encode("latin-1", "replace"))


def one_space(text):
    return re.sub("[ \t]+", " ", text)


# The white space around a value is not part of it (RFC 9112 section 5); how much of a fold is left, each may choose.
def same_field(expected, ours):
    return ours[0] == expected[0].lower().rstrip(" \t").encode() and same_text(one_space(expected[1].strip(" \t")), re.sub(b"[ \t]+", b" ", ours[1]))


def fields_of(headers):
    return [(octets(h["name"]).lower(), octets(h["value"])) for h in headers]


def differences(expected, ours, with_host):
    for part, value in expected.items():
        if part in ("headers", "trailers"):
            told = fields_of(ours.get(part, []))
            if with_host and part == "headers":
                told = [field for field in told if field != (b"host", b"x")]
            same = len(told) == len(value) and all(map(same_field, value, told))
        elif part in ("body", "status"):
            same = ours[part] == value
        else:
            same = same_text(value, octets(ours[part]))
        if not same:
            yield f"{part}: {ours.get(part)!r} instead of {value!r}"


def judge(case, got, leniency=None):
    """What differs, as text; nothing where all agrees."""
    if not same_verdict(case, got, leniency):
        return f"{got.verdict} instead of {case.expect}, {got.error or 'without an error'}"
    if case.expect == "any":
        return ""
    if len(got.messages) < len(case.messages) and case.expect != "error":
        return f"{len(got.messages)} messages instead of {len(case.messages)}"
    pairs = enumerate(zip(case.messages, got.messages))
    return "; ".join(text for i, (expected, ours) in pairs for text in differences(expected, ours, i in got.hosts))


def listed():
    """The rows of the table in grammars/http1/README.md: rule, patterns of names, leniency."""
    page = (ROOT / "grammars/http1/README.md").read_text()
    rows = page.partition("| where we differ |")[2].splitlines()[2:]
    for row in rows:
        if not row.startswith("|"):
            break
        rule, names, leniency = row.split("|")[1:4]
        yield rule.strip(), re.findall(r"`([^`]+)`", names), leniency.strip(" `")


def conformance(directory):
    """How many differ by rule of the table, what else there is to know, and what failed."""
    rows = [(rule, pattern, leniency) for rule, patterns, leniency in listed() for pattern in patterns]
    counts, notes, used, failed = collections.Counter(), collections.Counter(), set(), []
    for line in (directory / "http1.jsonl").read_text().splitlines():
        one = json.loads(line)
        read = READERS[one["id"].split("/")[0]]
        case = read(one["id"], base64.b64decode(one["input_b64"]), one["expect"], one["fields"])
        got = decode_with_host(case.kind, case.wire)
        found = judge(case, got)
        row = next((r for r in rows if fnmatch.fnmatchcase(case.name, r[1])), None)
        notes["were given a Host"] += bool(got.hosts)
        if found and not row:
            failed.append(f"{case.name}: {found}\n  {case.wire[:300]!r}")
        elif found:
            used.add(row)
            still = row[2] and judge(case, decode_with_host(case.kind, case.wire, row[2]), row[2])
            notes["of those that differ agree with a leniency"] += bool(row[2] and not still)
            if still:
                failed.append(f"{case.name}, with {row[2]}: {still}\n  {case.wire[:300]!r}")
        counts["fail" if found and not row else f"differ: {row[0]}" if found else "agree"] += 1
    failed += [f"{pattern} is listed under '{rule}' and does not differ: take it out of the table"
               for rule, pattern, leniency in rows if (rule, pattern, leniency) not in used]
    return counts, notes, failed


def cuts(directory):
    """How many files there are, and which of them a cut changes."""
    with tempfile.TemporaryDirectory() as folder:
        for path in (directory / "captures/http1").glob("*.[cs]2[cs]"):
            shutil.copy(path, pathlib.Path(folder) / (path.stem + (".request" if path.suffix == ".c2s" else ".response")))
        for line in (directory / "http1-fragmentation.jsonl").read_text().splitlines():
            one = json.loads(line)
            name = one["id"].replace("/", ":") + "." + one["fields"]["kind"]
            (pathlib.Path(folder) / name).write_bytes(base64.b64decode(one["input_b64"]))
        files, failed = sorted(pathlib.Path(folder).iterdir()), []
        for path in files:
            done = run("verify", f"http1{path.suffix}", str(path))
            if done.returncode != 0:
                failed.append(f"{path.name}: {done.stderr.decode(errors='replace').strip()}")
    return len(files), failed


def main():
    beside = ROOT.parent / "shared/vectors"
    directory = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else os.environ.get("SEGUE_VECTORS") or beside)
    if not (directory / "http1.jsonl").exists():
        print(f"skipped: no {directory}/http1.jsonl")
        return 0
    counts, notes, differ = conformance(directory)
    files, unequal = cuts(directory)
    for failure in differ + unequal:
        print(failure)
    for what, count in (*sorted(counts.items()), *notes.items()):
        print(f"{count:5} {what}")
    print(f"{files - len(unequal):5} of {files} files give the same at every cut")
    every = counts.total() + files
    failed = len(differ) + len(unequal)
    print(f"{every - failed} of {every} tests passed")
    return 1 if failed else 0


if __name__ == "__main__":
    SEGUE = os.path.abspath(sys.argv[1])
    sys.exit(main())
