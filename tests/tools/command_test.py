#!/usr/bin/env python3
"""Tests the segue command from outside: command_test.py PATH_TO_SEGUE

Each test says what it did. A slow writer is played without waiting: it writes a piece, reads the lines that this piece
completes, and only then writes the next one, so a command that waited for more would never answer.
"""
import base64
import json
import os
import pty
import re
import select
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

sys.dont_write_bytecode = True  # the folders of the sources stay as they are
from trying import PATIENCE, SEGUE, Pipe, lines_of, run, run_all, same, test

READINGS = bytes.fromhex("0008 00000007 fffb 0161" "000a 00000008 0019 03c3a92e".replace(" ", ""))


def decoded(grammar, given, *options, status=0):
    code, out, err = run("decode", grammar, *options, given=given)
    same((code, err if status == 0 else ""), (status, ""), "status and errors")
    return out


# ---- list and describe ----

@test
def list_names_each_grammar_with_a_summary():
    code, out, _ = run("list")
    same(code, 0)
    rows = [line.split(None, 1) for line in out.decode().splitlines()]
    for name in ("lines", "netstring", "tlv"):
        assert any(row[0] == name and len(row[1]) > 10 for row in rows), f"no {name} in {rows}"


@test
def describe_draws_a_tree():
    code, out, _ = run("describe", "tlv")
    same(code, 0)
    text = out.decode()
    assert "    sensor: u32_be  [4 bytes]\n" in text and text.startswith("length_prefixed"), text
    same(run("describe", "tlv", "--format", "text")[1], out)


@test
def describe_draws_the_states_of_a_protocol():
    _, out, _ = run("describe", "lines")
    assert b"states of an endpoint\n  open       propose    -> proposing\n" in out, out
    _, out, _ = run("describe", "lines", "--format", "json")
    same([s["name"] for s in json.loads(out)["states"]], ["an endpoint"])


@test
def decode_pairs_both_directions_of_a_conversation():
    with tempfile.TemporaryDirectory() as folder:
        def decoded_together(client, server):
            for name, content in (("c", client), ("s", server)):
                with open(os.path.join(folder, name), "wb") as file:
                    file.write(content)
            return run("decode", "http1", "--client", os.path.join(folder, "c"), "--server", os.path.join(folder, "s"))

        requests = b"HEAD /a HTTP/1.1\r\nHost: x\r\n\r\nPOST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
        code, out, err = decoded_together(requests, head + b"HTTP/1.1 100 Continue\r\n\r\n" + head + b"hello")
        same((code, err), (0, ""))
        first, second = lines_of(out)
        same((first["request"]["method"], first["response"]["status"], first["response"]["body"]), ("HEAD", 200, ""))
        same((second["request"]["body"], [i["status"] for i in second["interim"]], second["response"]["body"]), ("hi", [100], "hello"))
        code, out, err = decoded_together(requests, head)
        same((code, lines_of(out)[1]["response"]), (3, None))
        code, out, err = decoded_together(requests, (head + b"hello") * 3)
        same(code, 1)
        assert "s: " in err, err
        _, _, err = run("decode", "http1", "--client", os.path.join(folder, "c"), "--server", os.path.join(folder, "s"), "--errors", "json")
        same(json.loads(err)["@"], {"file": os.path.join(folder, "s")})
        upgrade = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: y\r\n\r\n"
        code, out, _ = decoded_together(upgrade + b"not http", b"HTTP/1.1 101 Switching Protocols\r\n\r\nnot http")
        same((code, lines_of(out)[1]), (0, {"switched": {"client": len(upgrade), "server": 36}}))
    same(run("decode", "http1", "--client", "x")[0], 2)
    same(run("decode", "lines", "--client", "x", "--server", "y")[0], 2)
    for more in (["FILE"], ["--chunk", "1"], ["--offsets"], ["--events"], ["--limit", "target=1"], ["--lenient", "no_host"]):
        code, _, err = run("decode", "http1", "--client", "x", "--server", "y", *more)
        same(code, 2)
        assert "go with neither" in err and more[0] in err, err
    for command in ("decode", "encode", "verify"):
        code, _, err = run(command, "http1", "x")
        same(code, 2)
        assert "http1.request or http1.response" in err, err


@test
def describe_gives_the_layout_as_json():
    code, out, _ = run("describe", "lines", "--format", "json")
    same(code, 0)
    whole = json.loads(out)
    field = whole["layout"]["children"][0]
    same((whole["layout"]["shape"], field["shape"], field["name"]), ("record", "field", "text"))
    segment = field["children"][0]
    same((segment["bytes"], segment["optional_at_end"], segment["limit"]), ("\n", True, "element"))
    same(segment["children"][1]["bytes"], "\r\n")


def listed():
    return [line.split(None, 1)[0] for line in run("list")[1].decode().splitlines()]


@test
def describe_draws_everything_that_is_listed_as_well_formed_svg():
    space = "{http://www.w3.org/2000/svg}"
    for name in listed():
        code, out, err = run("describe", name, "--format", "svg")
        same((code, err), (0, ""), name)
        root = xml.etree.ElementTree.fromstring(out)
        same((root.tag, root.find(space + "title").text), (space + "svg", name))
        width, height = float(root.get("width")), float(root.get("height"))
        same(root.get("viewBox"), f"0 0 {width:g} {height:g}")
        assert any(text.text == name for text in root.iter(space + "text")), name
        same({e.tag.removeprefix(space) for e in root.iter()} - {"svg", "title", "style", "rect", "text", "path", "circle"}, set(), name)
        for box in root.iter(space + "rect"):
            x, y = float(box.get("x", 0)), float(box.get("y", 0))
            assert x + float(box.get("width")) <= width and y + float(box.get("height")) <= height, f"a box of {name} leaves the picture"
        same(run("describe", name, "--format", "svg")[1], out, name)


@test
def describe_writes_rules_that_are_complete():
    core = set("ALPHA CR CRLF DIGIT DQUOTE HEXDIG HTAB LF OCTET SP VCHAR WSP CHAR".split())
    for name in listed():
        code, out, _ = run("describe", name, "--format", "ebnf")
        same(code, 0)
        text = re.sub(r'(%s)?"[^"\n]*"|%x[0-9A-F.-]+|^ *;.*', "", out.decode(), flags=re.MULTILINE)
        # a content with a language of its own is told in words
        words = set(re.findall(r"<([^>\n]*)>", text))
        same(words, {"two IPv4 addresses and two ports", "two IPv6 addresses and two ports"} if name == "proxy" else set(), name)
        text = re.sub(r"<[^>\n]*>", "", text)
        defined = re.findall(r"^([A-Za-z][A-Za-z0-9-]*) = ", text, re.MULTILINE)
        same(sorted(set(defined)), sorted(defined), name)
        used = set(re.findall(r"[A-Za-z][A-Za-z0-9-]*", re.sub(r"^[A-Za-z0-9-]+ = ", "", text, flags=re.MULTILINE)))
        same(used - core - set(defined), set(), name)
        same(set(defined[1:]) - used, set(), name)
        assert (name == "http1") == (defined == []), name
    assert b"\nvalue = object / array / string / number" in run("describe", "json", "--format", "ebnf")[1]
    assert b"\nchunk = chunk-size chunk-ext CRLF chunk-data CRLF\n" in run("describe", "http1.request", "--format", "ebnf")[1]


@test
def describe_draws_a_protocol_that_is_no_grammar():
    code, out, _ = run("describe", "http1")
    same((code, out.startswith(b"states of a request\n")), (0, True))
    whole = json.loads(run("describe", "http1", "--format", "json")[1])
    same((whole["layout"], [s["name"] for s in whole["states"]]), (None, ["a request", "a response", "an endpoint"]))
    same(run("encode", "http1")[0], 2)


# ---- decode ----

@test
def decode_writes_an_object_a_line():
    same(decoded("lines", b"one\r\ntwo\n\nlast"), b'{"text":"one"}\n{"text":"two"}\n{"text":""}\n{"text":"last"}\n')
    same(decoded("netstring", b"5:hello,0:,"), b'{"payload":"hello"}\n{"payload":""}\n')
    same(decoded("tlv", READINGS), '{"sensor":7,"centigrade":-5,"label":"a"}\n'
                                   '{"sensor":8,"centigrade":25,"label":"é."}\n'.encode())
    same(decoded("lines", b""), b"")


@test
def decode_reads_a_file_or_standard_input():
    with tempfile.NamedTemporaryFile() as file:
        file.write(READINGS)
        file.flush()
        same(run("decode", "tlv", file.name)[:2], (0, decoded("tlv", READINGS)))
    same(decoded("tlv", READINGS, "-"), decoded("tlv", READINGS))


@test
def decode_writes_text_as_a_string_and_other_bytes_as_base64():
    given = b'"\\\x01\n\xc3\xa9\n\xff\x00\n'
    same(lines_of(decoded("lines", given)),
         [{"text": '"\\\x01'}, {"text": "é"}, {"text": {"base64": base64.b64encode(b"\xff\x00").decode()}}])


@test
def decode_never_waits_for_more_than_is_there():
    pipe = Pipe("decode", "lines")
    for i in range(50):
        pipe.write(b"begin of %d, " % i)
        pipe.write(b"end\nnext: ")
        wanted = ("next: " if i else "") + "begin of %d, end" % i
        same(json.loads(pipe.line()), {"text": wanted})
    same(pipe.end(), (0, b'{"text":"next: "}\n', ""))


@test
def decode_answers_after_the_last_byte_of_each_message():
    pipe = Pipe("decode", "tlv")
    for i in range(len(READINGS)):
        pipe.write(READINGS[i:i + 1])
        if i == 9:
            same(json.loads(pipe.line())["sensor"], 7)
    same(json.loads(pipe.line())["sensor"], 8)
    same(pipe.end(), (0, b"", ""))


@test
def decode_prints_all_messages_of_a_piece_before_it_waits():
    pipe = Pipe("decode", "netstring")
    pipe.write(b"1:a,1:b,1:c,1")
    same([json.loads(pipe.line())["payload"] for _ in range(3)], ["a", "b", "c"])
    pipe.write(b":d,")
    same(json.loads(pipe.line()), {"payload": "d"})
    same(pipe.end(), (0, b"", ""))


@test
def chunk_changes_nothing_but_the_pieces():
    given = b"".join(b"%d:%s," % (n, b"x" * n) for n in range(60))
    whole = decoded("netstring", given, "--offsets")
    for n in (1, 2, 3, 7, 64, 100000):
        same(decoded("netstring", given, "--offsets", "--chunk", str(n)), whole, f"--chunk {n}")
    pieces = [line["data"] for line in lines_of(decoded("netstring", b"5:hello,", "--events", "--chunk", "3")) if "data" in line]
    same(pieces, ["h", "ell", "o"])


@test
def offsets_come_last_and_cover_the_input():
    given = b"one\r\ntwo\nlast"
    at = 0
    for line in decoded("lines", given, "--offsets").decode().splitlines():
        pairs = json.loads(line, object_pairs_hook=list)
        same([key for key, _ in pairs], ["text", "@"])
        place = dict(pairs[-1][1])
        same(place["offset"], at)
        same(given[at:at + place["size"]].rstrip(b"\r\n").decode(), pairs[0][1])
        at += place["size"]
    same(at, len(given))


@test
def events_show_a_streamed_message_as_it_arrives():
    pipe = Pipe("decode", "netstring", "--events", "--offsets")
    pipe.write(b"11:hello")
    same(json.loads(pipe.line()), {"begin": {"payload": 11}})
    same(json.loads(pipe.line()), {"data": "hello"})
    pipe.write(b" \xff")
    same(json.loads(pipe.line()), {"data": {"base64": "IP8="}})
    pipe.write(b"orld,")
    same(json.loads(pipe.line()), {"data": "orld"})
    same(json.loads(pipe.line()), {"message": {"payload": 11}, "@": {"offset": 0, "size": 15}})
    same(pipe.end(), (0, b"", ""))


@test
def events_of_an_empty_payload_and_of_a_grammar_without_one():
    same(lines_of(decoded("netstring", b"0:,", "--events")), [{"begin": {"payload": 0}}, {"message": {"payload": 0}}])
    same(lines_of(decoded("lines", b"a\n", "--events")), [{"message": {"text": "a"}}])


@test
def limits_are_lowered_by_name():
    given = b"3:abc,4:abcd,"
    same(decoded("netstring", given, "--limit", "element=4"), decoded("netstring", given))
    code, out, err = run("decode", "netstring", "--limit", "element=3", given=given)
    same((code, out), (1, b'{"payload":"abc"}\n'))
    assert "too_long at byte 6, in payload" in err and "limit 3, declared 4" in err, err
    code, _, err = run("decode", "netstring", "--limit", "element=10", "--limit", "message=6", "-", given=given)
    same(code, 1)
    assert "message_too_long" in err, err


@test
def chunk_extensions_have_their_limits_by_name():
    chunked = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    given = chunked + b"1;abcd\r\nx\r\n1;efgh\r\ny\r\n0\r\n\r\n"
    for enough in ("chunk line=5", "chunk extensions=10"):
        same(decoded("http1.request", given, "--limit", enough), decoded("http1.request", given), enough)
    for too_few, limit, at in (("chunk line=4", 4, len(chunked) + 5), ("chunk extensions=9", 9, len(chunked) + 12)):
        code, _, err = run("decode", "http1.request", "--limit", too_few, given=given)
        same(code, 1, too_few)
        assert f"too_long at byte {at}, in body" in err and f"limit {limit})" in err, err
    layout = run("describe", "http1.response")[1].decode()
    for line in ('extensions of a chunk, at most 4096 bytes (limit "chunk line")', 'extensions of all chunks, at most 16384 bytes (limit "chunk extensions")'):
        assert f"      {line}  [" in layout, layout
    assert b'; at most 4096 bytes (limit "chunk line")' in run("describe", "http1.request", "--format", "ebnf")[1]


@test
def a_limit_that_cannot_be_is_wrong_usage():
    code, out, err = run("decode", "netstring", "--limit", "elephant=3", given=b"3:abc,")
    same((code, out), (2, b""))
    for name in ("elephant", "element", "items", "message"):
        assert name in err, err
    for wrong in ("element", "element=", "element=x", "element=-1", "element=1k"):
        same(run("decode", "netstring", "--limit", wrong)[0], 2, wrong)


@test
def a_limit_is_given_once():
    twice = ["--limit", "element=3", "--limit", "items=1", "--limit", "element=5"]
    for arguments in (["decode", "netstring"], ["decode", "resp", "--pcap", "FILE"], ["tap", "resp", "--listen", "0", "--to", "localhost:1"]):
        same(run(*arguments, *twice), (2, b"", "segue: --limit element is given twice\n"), arguments)


@test
def messages_before_an_error_are_printed():
    code, out, err = run("decode", "tlv", given=READINGS + bytes.fromhex("0008 00000007 fffb 01ff 0000".replace(" ", "")))
    same((code, out), (1, decoded("tlv", READINGS)))
    at = len(READINGS) + 9
    assert err.startswith(f"segue: not_utf8 at byte {at}, in label: the text is not valid UTF-8\n"), err
    assert err.endswith(" 00 08 00 00 00 07 ff fb 01 [ff] 00 00\n"), err


@test
def an_error_says_code_offset_path_expectation_and_bytes():
    for options in ([], ["--chunk", "1"]):
        code, _, err = run("decode", "netstring", *options, given=b"12:hello, world;")
        same(code, 1)
        first, second = err.splitlines()
        same(first, 'segue: mismatch at byte 15: this byte cannot stand here; expected ","')
        same(second, "  bytes 0 to 15: 31 32 3a 68 65 6c 6c 6f 2c 20 77 6f 72 6c 64 [3b]")
    err = run("decode", "netstring", given=b"20:" + b"a" * 20 + b"!" + b"b" * 20)[2]
    same(err.splitlines()[1], "  bytes 15 to 30: 61 61 61 61 61 61 61 61 [21] 62 62 62 62 62 62 62")
    err = run("decode", "tlv", "--chunk", "1", given=bytes.fromhex("002800000007fffb20") + b"a" * 30 + b"\xff" * 4)[2]
    assert "[" in err.splitlines()[1], err


@test
def an_error_far_behind_the_last_chunk_still_shows_its_bytes():
    given = b"1:a,30:" + b"a" * 30 + b","
    err = run("decode", "tlv", "--chunk", "1", given=b"\0\x30\0\0\0\7\xff\xfb\x29" + b"a" * 19 + b"\xff" + b"b" * 21)[2]
    same(err.splitlines()[1], "  bytes 20 to 35: 61 61 61 61 61 61 61 61 [ff] 62 62 62 62 62 62 62")
    err = run("decode", "netstring", "--limit", "message=20", "--chunk", "3", given=given)[2]
    assert "message_too_long" in err and "[" in err.splitlines()[1], err


@test
def errors_can_be_json():
    code, _, err = run("decode", "netstring", "--errors", "json", given=b"1:a,1:bc")
    same(code, 1)
    same(json.loads(err), {"error": {"code": "mismatch", "offset": 7, "path": "",
                                     "message": 'this byte cannot stand here; expected ","'}})
    same(len(err.splitlines()), 1)
    err = run("decode", "tlv", "--errors", "json", given=bytes.fromhex("000800000007fffb01ff"))[2]
    same({key: json.loads(err)["error"][key] for key in ("code", "offset", "path")},
         {"code": "not_utf8", "offset": 9, "path": "label"})


@test
def an_error_as_json_has_its_limit_and_what_was_declared():
    def limits_of(limit, given):
        told = json.loads(run("decode", "netstring", "--errors", "json", "--limit", limit, given=given)[2])["error"]
        return told["code"], {key: told[key] for key in ("limit", "observed") if key in told}

    same(limits_of("element=3", b"4:abcd,"), ("too_long", {"limit": 3, "observed": 4}))
    same(limits_of("element=0", b"4:abcd,"), ("too_long", {"limit": 0, "observed": 4}))
    same(limits_of("message=3", b"4:abcd,"), ("message_too_long", {"limit": 3}))
    same(limits_of("message=30", b"4:abcd;"), ("mismatch", {}))
    long = b'{"sensor":1,"centigrade":2,"label":"' + b"x" * 256 + b'"}\n'
    told = json.loads(run("encode", "tlv", "--errors", "json", given=long)[2])["error"]
    same((told["code"], told["limit"]), ("too_long", 255))


@test
def input_that_ends_inside_a_message_has_a_status_of_its_own():
    for given, grammar in ((b"1:a,5:hel", "netstring"), (b"1", "netstring"), (READINGS[:-1], "tlv")):
        code, _, err = run("decode", grammar, given=given)
        same(code, 3)
        assert f"truncated at byte {len(given)}" in err and err.rstrip().endswith("[end]"), err
    code, _, err = run("decode", "netstring", "--events", given=b"5:hel")
    same(code, 3)
    same(run("decode", "netstring", "--errors", "json", given=b"5:hel")[0], 3)


@test
def a_leniency_lets_in_what_it_names():
    folded = b"HTTP/1.1 204 No Content\r\na: b\r\n c\r\n\r\n"
    same(run("decode", "http1.response", given=folded)[0], 1)
    same(run("decode", "http1.response", "--lenient", "no_reason", given=folded)[0], 1)
    told = lines_of(decoded("http1.response", folded, "--lenient", "folded_lines"))
    same(told[-1]["message"]["headers"], [{"name": "a", "value": "b c"}])
    code, _, err = run("decode", "http1.request", "--lenient", "no_reason", given=b"")
    same(code, 2)
    assert "it has: bare_line_feed, folded_lines" in err, err
    same(run("decode", "lines", "--lenient", "no_reason", given=b"")[0], 2)


@test
def wrong_usage_has_a_status_of_its_own():
    for arguments in ([], ["decode"], ["decode", "nonesuch"], ["frob"], ["decode", "lines", "--frob"], ["decode", "lines", "--chunk", "0"],
                      ["decode", "lines", "--errors", "xml"], ["describe", "lines", "--format", "xml"], ["verify", "lines"],
                      ["decode", "lines", "/nonexistent/file"], ["decode", "lines", "/"], ["encode", "lines", "/nonexistent/file"]):
        code, out, err = run(*arguments)
        same((code, out), (2, b""), str(arguments))
        assert err.startswith("segue: ") and len(err) < 250, f"{arguments}: {err}"
    assert "lines netstring proxy resp resp.inline tlv" in run("decode", "nonesuch")[2]
    same(run("frob")[2], "segue: there is no subcommand frob; see segue --help\n")
    for size in ("0", "-1", "x", "1.5", "99999999999999999999"):
        same(run("decode", "lines", "--chunk", size),
             (2, b"", f"segue: --chunk: takes a number of bytes, at least 1, not {size}; see segue decode --help\n"))
    same(run("--help")[0], 0)
    with open("/dev/full", "wb") as full:
        same(subprocess.run([SEGUE, "--help"], stdout=full, stderr=subprocess.DEVNULL).returncode, 2)
    assert b"--events" in run("decode", "--help")[1]


@test
def it_says_its_version():
    code, out, err = run("--version")
    same((code, err), (0, ""))
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "CMakeLists.txt")) as file:
        version = re.search(r"^project\(segue VERSION (\S+)", file.read(), re.MULTILINE).group(1)
    same(out.decode(), f"segue {version}\n")


@test
def a_reader_who_goes_away_ends_it_quietly():
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"a line\n" * 200000)
        file.flush()
        process = subprocess.Popen([SEGUE, "decode", "lines", file.name], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read()
        assert process.wait(PATIENCE) != 0
        same(err, b"")


@test
def progress_is_shown_on_a_terminal_only():
    same(decoded("lines", b"a\n", "--progress"), b'{"text":"a"}\n')
    terminal, inside = pty.openpty()
    done = subprocess.run([SEGUE, "decode", "lines", "--progress"], input=b"a\nbc\n", stdout=subprocess.PIPE, stderr=inside,
                          timeout=PATIENCE)
    os.close(inside)
    same((done.returncode, done.stdout), (0, b'{"text":"a"}\n{"text":"bc"}\n'))
    shown = os.read(terminal, 1000).decode()
    os.close(terminal)
    assert "5 bytes" in shown and "MB/s" in shown, shown


# ---- encode ----

@test
def decode_then_encode_gives_the_same_bytes():
    for grammar, given in (("lines", b"one\n\n\xff\x00\n\xc3\xa9\n"), ("tlv", READINGS),
                           ("netstring", b"0:,5:hello,256:" + bytes(range(256)) + b",")):
        for options in ([], ["--offsets"]):
            same(run("encode", grammar, given=decoded(grammar, given, *options)), (0, given, ""), grammar)


@test
def encode_answers_each_line_as_it_arrives():
    pipe = Pipe("encode", "netstring")
    pipe.write(b'{"payload":"a')
    pipe.write(b'b"}\n{"payl')
    same(pipe.bytes(5), b"2:ab,")
    pipe.write(b'oad":{"base64":"/w=="}}\n')
    same(pipe.bytes(4), b"1:\xff,")
    pipe.write(b'{"payload":"last"}')
    same(pipe.end(), (0, b"4:last,", ""))


@test
def encode_reads_a_file_and_passes_over_empty_lines():
    with tempfile.NamedTemporaryFile() as file:
        file.write(b'\n{"text":"a"}\r\n  \n{"text":"b"}\n')
        file.flush()
        same(run("encode", "lines", file.name), (0, b"a\nb\n", ""))


@test
def encode_says_line_and_place_of_an_error():
    good = b'{"sensor":1,"centigrade":2,"label":"x"}\n'
    for line, place in ((b'{"sensor":1,"centigrade":2}', "line 3, /label: this member is missing"),
                        (b'{"sensor":1,"centigrade":2,"label":"x","more":1}', "line 3, /more: there is no member of this name"),
                        (b'{"sensor":1,"sensor":1,"centigrade":2,"label":"x"}', "line 3, /sensor: this member is given twice"),
                        (b'{"sensor":4294967296,"centigrade":2,"label":"x"}', "line 3, /sensor: expected an integer from 0 to 4294967295"),
                        (b'{"sensor":1,', "line 3: not JSON: "),
                        (b'[]', "line 3: expected an object"),
                        (b'{"sensor":1,"centigrade":2,"label":{"base64":"/w=="}}', "line 3: not_utf8, in label: "),
                        (b'{"sensor":1,"centigrade":2,"label":"' + b"x" * 256 + b'"}', "line 3: too_long, in label: ")):
        code, out, err = run("encode", "tlv", given=good + b"\n" + line + b"\n" + good)
        same((code, out), (1, bytes.fromhex("000800000001000201") + b"x"), place)
        assert err.startswith("segue: " + place), err
    code, _, err = run("encode", "lines", "--errors", "json", given=b'{"text":"a\\nb"}\n')
    same(code, 1)
    same({key: json.loads(err)["error"][key] for key in ("code", "line", "path")},
         {"code": "delimiter_in_content", "line": 1, "path": "text"})


@test
def encode_says_where_the_input_ended_inside_a_line():
    good = b'{"text":"a"}\n'
    for last in (b"{", b'{"text"', b'{"text":"b', b'{"text":"b"'):
        code, out, err = run("encode", "lines", given=good + last)
        same((code, out), (3, b"a\n"), last)
        assert err.startswith("segue: line 2: not JSON: "), err
        same(run("encode", "lines", "--errors", "json", given=good + last)[0], 3, last)
        same(run("encode", "lines", given=good + last + b"\n")[0], 1, last)
    for wrong in (b'{"text":b', b"{}", b'{"text":"b"}}', b"]"):
        same(run("encode", "lines", given=good + wrong)[:2], (1, b"a\n"), wrong)


# ---- verify ----

@test
def verify_counts_the_cuts_that_agreed():
    for grammar, given, count in (("lines", b"one\r\ntwo\n", 9), ("tlv", READINGS, len(READINGS)),
                                  ("netstring", b"5:hello,3:a\xffb,", 2 * 14), ("lines", b"", 1), ("netstring", b"5:hello;", 2 * 8)):
        with tempfile.NamedTemporaryFile() as file:
            file.write(given)
            file.flush()
            code, out, err = run("verify", grammar, file.name)
            same((code, err), (0, ""))
            assert out.decode().startswith(f"{count} cut"), (grammar, out)


@test
def what_must_be_held_whole_has_a_limit():
    same(run("verify", "netstring", "/dev/zero"), (2, b"", "segue: /dev/zero has more than 268435456 bytes, and all of it would have to be held\n"))


@test
def verify_says_when_it_tried_a_sample():
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"some line of text\r\n" * 20000)
        file.flush()
        code, out, _ = run("verify", "lines", file.name)
        same(code, 0)
        assert b"a sample" in out and b"20000 messages, then the end at byte 380000" in out, out


run_all()
