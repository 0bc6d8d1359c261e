#!/usr/bin/env python3
"""Tests `segue decode --pcap`: capture_test.py PATH_TO_SEGUE

The captures are made here, packet by packet. What is read from one must be what `segue decode` reads from the streams
that went into it, whatever became of the packets on their way.
"""
import json
import os
import random
import struct
import sys
import tempfile

sys.dont_write_bytecode = True  # the folders of the sources stay as they are
from captures import ACK, ETHERNET, LINUX_SLL, RAW_IP, Connection, capture
from trying import Pipe, lines_of, run, run_all, same, test

LINES = b"".join(b"line %d %s\n" % (i, b"x" * (i * 37 % 200)) for i in range(60))
NETSTRINGS = b"".join(b"%d:%s," % (i * 13 % 150, b"y" * (i * 13 % 150)) for i in range(60))
CLIENT, SERVER = "127.0.0.1:40000", "127.0.0.1:80"


def decoded(file, grammar, *options):
    with tempfile.NamedTemporaryFile() as written:
        written.write(file)
        written.flush()
        return run("decode", "--pcap", written.name, grammar, *options)


def read(file, grammar, *options, status=0):
    code, out, err = decoded(file, grammar, *options)
    same((code, err if status == 0 else ""), (status, ""), "status and errors")
    return lines_of(out)


def plain(grammar, stream):
    return [json.dumps(line) for line in lines_of(run("decode", grammar, given=stream)[1])]


def of(lines, stream, sender):
    """The messages of one direction as `segue decode` writes them."""
    return [json.dumps({name: value for name, value in line.items() if name != "@"}) for line in lines
            if line["@"]["stream"] == stream and line["@"]["from"] == sender]


def is_left_out():
    return "built without libtins" in run("decode", "--pcap", "/dev/null", "lines")[2]


@test
def a_message_has_its_stream_its_sender_its_time_and_its_place():
    c = Connection()
    file = capture(c.open() + c.send("client", b"one\ntw") + c.send("server", b"answer\n") + c.send("client", b"o\n") + c.close())
    same(read(file, "lines"), [
        {"text": "one", "@": {"stream": 1, "from": CLIENT, "to": SERVER, "time": "2023-11-14T22:13:20.003000Z", "offset": 0, "size": 4}},
        {"text": "answer", "@": {"stream": 1, "from": SERVER, "to": CLIENT, "time": "2023-11-14T22:13:20.004000Z", "offset": 0, "size": 7}},
        {"text": "two", "@": {"stream": 1, "from": CLIENT, "to": SERVER, "time": "2023-11-14T22:13:20.005000Z", "offset": 4, "size": 4}}])


@test
def what_is_read_does_not_depend_on_segments():
    for grammar, forth, back in (("lines", LINES, LINES[::-1].replace(b"\n", b"", 1) + b"\n"), ("netstring", NETSTRINGS, NETSTRINGS)):
        for step in (1, 2, 3, 7, 100, 1400):
            c = Connection()
            packets = c.open() + c.send("client", forth, range(step, len(forth), step)) + c.send("server", back, range(step, len(back), step)) + c.close()
            lines = read(capture(packets), grammar)
            same(of(lines, 1, CLIENT), plain(grammar, forth), f"segments of {step} bytes")
            same(of(lines, 1, SERVER), plain(grammar, back), f"segments of {step} bytes")


@test
def segments_may_come_in_any_order_again_and_overlapping():
    for seed in range(60):
        chance = random.Random(seed)
        # the numbers of one direction pass 2^32 under way
        c = Connection(numbers=(chance.choice((1000, 2**32 - 1 - chance.randrange(1, 3000))), 77))
        opening = c.open()
        first = c.next["client"]
        places = sorted({0, len(LINES), *(chance.randrange(len(LINES)) for _ in range(chance.randrange(2, 60)))})
        pieces = list(zip(places, places[1:]))
        pieces += [(begin, min(len(LINES), begin + chance.randrange(1, 400))) for begin in (chance.randrange(len(LINES)) for _ in range(20))]
        chance.shuffle(pieces)
        segments = [c.packet("client", ACK, LINES[begin:end], first + begin) for begin, end in pieces]
        c.next["client"] += len(LINES)
        ending = c.close()
        # the ends of both directions may come before what they stand behind
        packets = opening + (segments + ending if seed % 2 else segments[:5] + ending + segments[5:])
        if seed % 3 == 0:
            packets.remove(opening[2])  # nor is the client's first acknowledgement needed
        same(of(read(capture(packets), "lines"), 1, CLIENT), plain("lines", LINES), f"seed {seed}")


@test
def many_streams_are_told_apart():
    kept, packets = {}, []
    for i in range(100):
        host = ("127.0.0.1", f"10.0.{i}.1", f"fd00::{i:x}")[i % 3]
        c = Connection((host, 30000 + i % 7), ("10.9.9.9" if i % 3 != 2 else "fd00::ffff", 80), (i * 99_999_989, i * 77_777_777))
        if c.ends["client"] in [k.ends["client"] for k in kept]:
            continue
        stream = b"".join(b"%d says %d\n" % (i, n) for n in range(20))
        kept[c] = stream
        packets.append(c.open() + c.send("client", stream, range(11, len(stream), 11)) + c.send("server", stream) +
                       (c.close() if i % 2 else c.reset("server")))
    chance = random.Random(1)
    order = []
    while any(packets):
        order.append(chance.choice([p for p in packets if p]).pop(0))
    lines = read(capture(order), "lines")
    for c, stream in kept.items():
        host, port = c.ends["client"]
        sender = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        mine = [line for line in lines if line["@"]["from"] == sender]
        same(len({line["@"]["stream"] for line in mine}), 1, "streams of one client")
        same([line["text"] for line in mine], stream.decode().splitlines())
    same(len(lines), 40 * len(kept))


@test
def other_link_layers_and_byte_orders():
    for link in (ETHERNET, RAW_IP, LINUX_SLL):
        for order in "<>":
            c = Connection(("::1", 1), ("::1", 2)) if order == ">" else Connection()
            file = capture(c.open() + c.send("client", b"hi\n") + c.close(), link=link, order=order)
            same([line["text"] for line in read(file, "lines")], ["hi"])
    assert "cannot read the capture" in decoded(capture([], link=147), "lines")[2]


@test
def a_port_chooses_streams():
    one, other = Connection(), Connection(("127.0.0.1", 40001), ("127.0.0.1", 81))
    file = capture(one.open() + other.open() + one.send("client", b"one\n") + other.send("client", b"other\n") + one.close() + other.close())
    same([line["text"] for line in read(file, "lines", "--port", "81")], ["other"])
    same(read(file, "lines", "--port", "1"), [])


@test
def a_port_that_is_used_again_is_another_stream():
    packets = []
    for i in range(3):
        c = Connection(numbers=(1000 + i * 1_000_000, 5))
        packets += c.open() + c.send("client", b"%d\n" % i) + (c.close() if i % 2 else [])
    same([(line["@"]["stream"], line["text"]) for line in read(capture(packets), "lines")], [(1, "0"), (2, "1"), (3, "2")])


def told(file, grammar, *options):
    code, out, err = decoded(file, grammar, "--errors", "json", *options)
    return code, lines_of(out), [json.loads(line) for line in err.splitlines()]


@test
def what_is_missing_is_one_error_of_its_direction():
    c = Connection()
    packets = c.open() + c.send("client", LINES, range(100, len(LINES), 100)) + c.send("server", LINES) + c.close()
    del packets[3 + 5]  # bytes 500 to 599
    code, lines, errors = told(capture(packets), "lines")
    same(code, 3)
    same(of(lines, 1, CLIENT), plain("lines", LINES[:500])[:len(of(lines, 1, CLIENT))])
    same(len(of(lines, 1, CLIENT)), LINES[:500].count(b"\n"))
    same(of(lines, 1, SERVER), plain("lines", LINES), "the other direction")
    same(errors, [{"error": {"code": "missing", "offset": 500, "message": "100 bytes are not in the capture"},
                   "@": {"stream": 1, "from": CLIENT, "to": SERVER}}])
    text = decoded(capture(packets), "lines")[2]
    same(text, f"segue: stream 1, {CLIENT} to {SERVER}: missing at byte 500: 100 bytes are not in the capture; this direction is not decoded any further\n")


@test
def a_capture_that_begins_in_the_middle_says_so_of_each_direction():
    c = Connection()
    packets = (c.open() + c.send("client", b"abc\ndef\n", (2, 4)) + c.send("server", b"x\n") + c.close())[4:]
    code, lines, errors = told(capture(packets), "lines")
    same((code, lines), (3, []))
    same([(e["error"]["message"], e["error"]["offset"], e["@"]["from"]) for e in errors],
         [("the capture begins in the middle of this stream", 0, sender) for sender in (CLIENT, SERVER)])
    # the server's first answer says where both sides begin
    c = Connection()
    same([line["text"] for line in read(capture((c.open() + c.send("client", b"a\n") + c.send("server", b"b\n") + c.close())[1:]), "lines")], ["a", "b"])


@test
def packets_captured_in_part_are_missing_bytes():
    for host in ("127.0.0.1", "::1"):
        c = Connection((host, 40000), (host, 80))
        packets = c.open() + c.send("client", b"one\n") + c.send("client", b"two\n" + b"x" * 500 + b"\n") + c.send("client", b"three\n")
        kept = 100 - 54 - (20 if ":" in host else 0)
        for ending in (c.close(), []):
            code, lines, errors = told(capture(packets + ending, snap=100), "lines")
            same((code, [line["text"] for line in lines]), (3, ["one", "two"]))
            same([(e["error"]["offset"], e["error"]["message"]) for e in errors],
                 [(4 + kept, f"{505 - kept} bytes are not in the capture, which has only the first bytes of a packet")])


@test
def more_out_of_order_than_is_kept_counts_as_missing():
    c = Connection()
    opening, first = c.open(), c.send("client", b"one\n")
    lost = c.send("client", b"lost\n")
    many = c.send("client", b"y\n" * 10_000, range(2, 20_000, 2))
    code, lines, errors = told(capture(opening + first + many + lost), "lines")
    same((code, [line["text"] for line in lines], [e["error"]["offset"] for e in errors]), (3, ["one"], [4]))


@test
def malformed_and_ended_inside_a_message_have_their_status():
    def one(stream, *ending):
        c = Connection()
        return told(capture(c.open() + c.send("client", stream) + [p for each in ending for p in getattr(c, each[0])(*each[1:])]), "netstring")

    for ending in ((), (("close",),), (("reset", "server"),)):
        code, _, errors = one(b"5:he", *ending)
        same((code, [(e["error"]["code"], e["@"]["from"]) for e in errors]), (3, [("truncated", CLIENT)]))
        code, lines, errors = one(b"1:a,5:hello;1:b,", *ending)
        same((code, [line["payload"] for line in lines], [(e["error"]["code"], e["error"]["offset"]) for e in errors]), (1, ["a"], [("mismatch", 11)]))
    same(one(b"1:a,", ("reset", "client"))[0], 0)


REQUESTS = (b"HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n" b"POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n" b"hi" b"GET /c HTTP/1.1\r\nHost: x\r\n\r\n")
RESPONSES = (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" b"HTTP/1.1 100 Continue\r\n\r\n" b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello" b"HTTP/1.1 200 OK\r\n\r\nto the end")


@test
def http_responses_are_answers_to_their_requests():
    for step in (1, 5, 64, 10_000):
        c = Connection()
        packets = c.open() + c.send("client", REQUESTS, range(step, len(REQUESTS), step)) + c.send("server", RESPONSES, range(step, len(RESPONSES), step)) + c.close()
        for port in ((), ("--port", "80")):
            lines = read(capture(packets), "http1", *port)
            same([line["method"] for line in lines if "method" in line], ["HEAD", "POST", "GET"])
            same([(line["status"], line["body"]) for line in lines if "status" in line], [(200, ""), (100, ""), (200, "hello"), (200, "to the end")])
        same([line["method"] for line in read(capture(packets), "http1.request")], ["HEAD", "POST", "GET"])
    # an answer may come before its request is complete
    c = Connection()
    head, rest = REQUESTS[29:-2 - 28], b"hi"
    file = capture(c.open() + c.send("client", head) + c.send("server", b"HTTP/1.1 100 Continue\r\n\r\n") + c.send("client", rest) +
                   c.send("server", b"HTTP/1.1 204 No Content\r\n\r\n") + c.close())
    same([line.get("method") or line["status"] for line in read(file, "http1")], [100, "POST", 204])


@test
def http_events_stream_the_bodies():
    c = Connection()
    packets = c.open() + c.send("client", REQUESTS) + c.send("server", RESPONSES, (90,)) + c.close()
    lines = read(capture(packets), "http1", "--events")
    same([line["message"]["method"] for line in lines if "method" in line.get("message", {})], ["HEAD", "POST", "GET"])
    same("".join(line["data"] for line in lines if "data" in line), "hi" "hello" "to the end")
    assert all(line["@"]["stream"] == 1 for line in lines), lines


@test
def http_that_became_another_protocol_is_opaque():
    for request, response in ((b"GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: y\r\n\r\n", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: y\r\n\r\n"),
                              (b"CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n")):
        for early in (True, False):  # the client's bytes before the answer, as an impatient client sends them
            c = Connection()
            more = b"\x81\x05hello"
            packets = c.open() + c.send("client", request + (more if early else b"")) + c.send("server", response + b"\x00") + c.send("server", b"abc")
            packets += ([] if early else c.send("client", more)) + c.close()
            lines = read(capture(packets), "http1")
            places = {CLIENT: len(request), SERVER: len(response)}
            for sender, sizes in ((CLIENT, [7]), (SERVER, [1, 3])):
                opaque = [line for line in lines if "opaque" in line and line["@"]["from"] == sender]
                same([line["opaque"] for line in opaque], sizes)
                same(opaque[0]["@"]["offset"], places[sender])
    # refused: what came before the answer is HTTP after all
    c = Connection()
    packets = c.open() + c.send("client", b"CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n" + REQUESTS[-28:]) + c.send("server", b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n") + c.close()
    same([line.get("method") or line["status"] for line in read(capture(packets), "http1")], ["CONNECT", 403, "GET"])


@test
def redis_speaks_commands_one_way_and_values_the_other():
    c = Connection()
    packets = c.open() + c.send("client", b"*1\r\n$4\r\nPING\r\n" b"GET a\r\n") + c.send("server", b"+PONG\r\n$1\r\n1\r\n") + c.close()
    lines = read(capture(packets), "resp")
    forth = lines_of(run("decode", "resp.inline", given=b"*1\r\n$4\r\nPING\r\nGET a\r\n")[1])
    back = lines_of(run("decode", "resp", given=b"+PONG\r\n$1\r\n1\r\n")[1])
    same(of(lines, 1, CLIENT), [json.dumps(line) for line in forth])
    same(of(lines, 1, SERVER), [json.dumps(line) for line in back])


@test
def limits_hold_for_each_direction_that_has_them():
    c = Connection()
    file = capture(c.open() + c.send("client", b"short\nlonger line\n") + c.send("server", b"short\n") + c.close())
    code, lines, errors = told(file, "lines", "--limit", "message=8")
    same((code, len(lines), [e["error"]["code"] for e in errors]), (1, 2, ["message_too_long"]))
    code, _, err = decoded(file, "http1", "--limit", "nonsense=8")
    same(code, 2)
    assert "no limit named nonsense" in err, err


@test
def wrong_usage():
    for words, sentence in ((("--pcap", "x.pcap", "lines", "FILE"), "--pcap goes with neither"), (("lines", "--port", "80"), "--port goes with --pcap"),
                            (("--pcap", "/nowhere/x.pcap", "lines"), "cannot read the capture /nowhere/x.pcap: No such"), (("--pcap", "x", "nonsense"), "no grammar named"),
                            (("--pcap", "x", "lines", "--port", "99999"), "")):
        code, out, err = run("decode", *words)
        same((code, out if words[-1] != "99999" else b""), (2, b""))
        assert sentence in err, err


@test
def a_capture_that_is_cut_is_read_as_far_as_it_goes():
    c = Connection()
    file = capture(c.open() + c.send("client", b"one\n") + c.send("client", b"two\n"))
    code, out, err = decoded(file[:-3], "lines")
    same((code, [line["text"] for line in lines_of(out)]), (3, ["one"]))
    assert "ends in disorder" in err, err


@test
def a_capture_may_arrive_on_standard_input():
    c = Connection()
    file = capture(c.open() + c.send("client", b"one\n") + c.send("client", b"two\n"))
    command = Pipe("decode", "--pcap", "-", "lines")
    command.write(file[:-16 - 58])
    same(json.loads(command.line())["text"], "one")
    command.write(file[-16 - 58:])
    same(json.loads(command.line())["text"], "two")
    command.process.stdin.close()
    command.process.stdin = None
    same(command.end(), (0, b"", ""))


@test
def no_file_makes_it_crash():
    c, d = Connection(), Connection(("::1", 5), ("::1", 80), (2**32 - 50, 9))
    packets = c.open() + d.open() + c.send("client", REQUESTS, range(20, len(REQUESTS), 20)) + c.send("server", RESPONSES, range(9, len(RESPONSES), 30))
    packets += d.send("client", REQUESTS)[::-1] + d.send("server", RESPONSES) + c.close() + d.reset("client")
    good = {link: capture(packets, link=link) for link in (ETHERNET, RAW_IP, LINUX_SLL)}
    statuses = set()
    for seed in range(200):
        chance = random.Random(seed)
        file = bytearray(good[chance.choice(list(good))])
        for _ in range(chance.randrange(0, 12)):
            file[chance.randrange(len(file))] = chance.choice((0, 255, chance.randrange(256)))
        if chance.random() < 0.4:
            del file[chance.randrange(len(file)):]
        if chance.random() < 0.3:
            begin = chance.randrange(len(file) + 1)
            del file[begin:begin + chance.randrange(60)]
        if len(file) >= 16 + 24 and chance.random() < 0.2:
            struct.pack_into("<I", file, 24 + 8, chance.choice((0, 1, 2**31, 2**32 - 1)))
        code, _, err = decoded(bytes(file), chance.choice(("http1", "lines", "resp")))
        assert code in (0, 1, 2, 3) and "Sanitizer" not in err and "runtime error" not in err, f"seed {seed}: {code}\n{err}"
        statuses.add(code)
    same(statuses >= {0, 1, 3}, True, f"statuses {statuses}")


if is_left_out():
    print("ok      without libtins the option says what to install")
    sys.exit(0)
run_all()
