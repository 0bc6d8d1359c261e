#!/usr/bin/env python3
"""Tests `segue tap` between sockets of Python on loopback: tap_test.py PATH_TO_SEGUE

What either peer hears must be what it hears without a tap; and the lines are what `segue decode` makes of those bytes.
"""
import contextlib
import hashlib
import http.client
import http.server
import json
import os
import random
import re
import select
import shutil
import signal
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading

sys.dont_write_bytecode = True  # the folders of the sources stay as they are
from trying import PATIENCE, SEGUE, lines_of, run, run_all, same, test


class Tap:
    """A tap in front of a port; its lines are read as they come."""

    def __init__(self, grammar, to, *options):
        # what a sanitizer keeps of freed memory is not what the tap holds
        environment = {**os.environ, "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1"}
        to = to if isinstance(to, str) else f"127.0.0.1:{to}"
        self.process = subprocess.Popen([SEGUE, "tap", grammar, "--listen", "0", "--to", to, *options],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0, env=environment)
        said = self.error()
        assert said.startswith("segue: listening on 127.0.0.1:"), said
        self.port = int(said.rsplit(":", 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def line_from(self, pipe):
        line = b""
        while not line.endswith(b"\n"):
            ready, _, _ = select.select([pipe], [], [], PATIENCE)
            assert ready, f"the tap says nothing behind {line}"
            byte = os.read(pipe.fileno(), 1)
            assert byte, f"the tap ended behind {line}"
            line += byte
        return line.decode().rstrip("\n")

    def line(self):
        return json.loads(self.line_from(self.process.stdout))

    def text(self):
        return self.line_from(self.process.stdout)

    def error(self):
        return self.line_from(self.process.stderr)

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), PATIENCE)

    def stop(self, how=signal.SIGTERM):
        """The lines that are left, and what was said on standard error."""
        self.process.send_signal(how)
        out, err = self.process.communicate(timeout=PATIENCE)
        same(self.process.returncode, 0, "status of the tap")
        return out, err.decode()


@contextlib.contextmanager
def listening():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(PATIENCE)
        yield server


@contextlib.contextmanager
def tapped(grammar, *options):
    """A tap, and both ends of a connection through it."""
    with listening() as server, Tap(grammar, server.getsockname()[1], *options) as tap, tap.connect() as client:
        peer, _ = server.accept()
        peer.settimeout(PATIENCE)
        with peer:
            yield tap, client, peer


def all_of(peer):
    """What it hears until the end."""
    got = b""
    while piece := peer.recv(65536):
        got += piece
    return got


def exactly(peer, size):
    got = b""
    while len(got) < size:
        piece = peer.recv(size - len(got))
        assert piece, f"the end behind {got}"
        got += piece
    return got


def content(line):
    return {name: value for name, value in line.items() if name != "@"}


@test
def messages_of_both_directions_have_sender_time_and_place():
    with tapped("lines") as (tap, client, server):
        client.sendall(b"one\ntw")
        first = tap.line()
        same(content(first), {"text": "one"})
        client_name, server_name = "%s:%d" % client.getsockname(), "%s:%d" % server.getsockname()
        at = first["@"]
        same({name: at[name] for name in at if name != "time"}, {"stream": 1, "from": client_name, "to": server_name, "offset": 0, "size": 4})
        assert len(at["time"]) == len("2026-11-21T20:14:25.123456Z") and at["time"].endswith("Z"), at
        same(exactly(server, 6), b"one\ntw")
        server.sendall(b"answer\n")
        back = tap.line()
        same((content(back), back["@"]["from"], back["@"]["to"]), ({"text": "answer"}, server_name, client_name))
        client.sendall(b"o\n")
        same((content(tap.line()), exactly(client, 7)), ({"text": "two"}, b"answer\n"))
        same(tap.stop()[1], "")


@test
def the_end_of_one_direction_leaves_the_other_open():
    for client_ends in (True, False):
        with tapped("lines") as (tap, client, server):
            ends, hears = (client, server) if client_ends else (server, client)
            ends.sendall(b"question\n")
            ends.shutdown(socket.SHUT_WR)
            same(all_of(hears), b"question\n")
            hears.sendall(b"answer\n")
            same(exactly(ends, 7), b"answer\n")
            hears.shutdown(socket.SHUT_WR)
            same(all_of(ends), b"")
            same([content(tap.line()) for _ in range(2)], [{"text": "question"}, {"text": "answer"}])
            same(tap.stop(), (b"", ""))


@test
def what_is_malformed_passes_and_is_told_once():
    with tapped("netstring", "--errors", "json") as (tap, client, server):
        client.sendall(b"1:a,5:hello;")
        same(exactly(server, 12), b"1:a,5:hello;")
        same(tap.line()["payload"], "a")
        wrong = json.loads(tap.error())
        same((wrong["error"]["code"], wrong["error"]["offset"], wrong["@"]["stream"]), ("mismatch", 11, 1))
        client.sendall(b"anything")
        same(exactly(server, 8), b"anything")
        server.sendall(b"2:ok,")  # the other direction is still read
        same((tap.line()["payload"], exactly(client, 5)), ("ok", b"2:ok,"))
        same(tap.stop(), (b"", ""))


@test
def a_stream_that_ends_inside_a_message_is_told():
    with tapped("netstring") as (tap, client, server):
        client.sendall(b"5:he")
        client.shutdown(socket.SHUT_WR)
        same(all_of(server), b"5:he")
        assert "truncated at byte 4" in tap.error()


@test
def much_passes_unchanged_whatever_it_is():
    """Random bytes in both directions at once, while nothing of them can be decoded."""
    size = 5_000_000
    forth, back = random.Random(1).randbytes(size), random.Random(2).randbytes(size)
    with tapped("http1") as (tap, client, server):
        got = {}

        def converse(name, peer, sent):
            sender = threading.Thread(target=lambda: (peer.sendall(sent), peer.shutdown(socket.SHUT_WR)))
            sender.start()
            got[name] = hashlib.sha256(all_of(peer)).hexdigest()
            sender.join()

        other = threading.Thread(target=converse, args=("server", server, back))
        other.start()
        converse("client", client, forth)
        other.join()
        same(got, {"server": hashlib.sha256(forth).hexdigest(), "client": hashlib.sha256(back).hexdigest()})
        assert "mismatch at byte" in tap.error()


def memory_of(process):
    with open(f"/proc/{process.pid}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def check_that_a_slow_reader_stops_the_writer(tap, client, server):
    before = memory_of(tap.process)
    client.setblocking(False)
    piece, sent = b"x" * 65535 + b"\n", 0
    # the buffers of the kernel fill up, and then nothing goes any more
    while select.select([], [client], [], 0.5)[1]:
        with contextlib.suppress(ssl.SSLWantWriteError, BlockingIOError):
            sent += client.send(piece[sent % len(piece):])
        assert sent < 500_000_000, "the tap takes everything"
    assert memory_of(tap.process) - before < 30_000_000, (before, memory_of(tap.process))
    heard = exactly(server, sent)
    assert heard == (piece * (sent // len(piece) + 1))[:sent], "other bytes"


@test
def who_does_not_read_stops_the_other_one():
    with tapped("lines") as (tap, client, server):
        check_that_a_slow_reader_stops_the_writer(tap, client, server)


@test
def nobody_waits_for_who_reads_the_lines():
    """Standard output is not read, and everything passes; in the end the tap says what it left out."""
    with tapped("lines") as (tap, client, server):
        text = b"0123456789abcdef\n" * 100_000
        sender = threading.Thread(target=lambda: (client.sendall(text), client.shutdown(socket.SHUT_WR)))
        sender.start()
        same(all_of(server) == text, True, "the bytes are the same")
        sender.join()
        os.read(tap.process.stdout.fileno(), 1)
        server.close()
        with tap.connect() as other:  # there is room again for some line
            pass
        out, err = tap.stop()
        shown = out.count(b"\n")
        assert 0 < shown < 100_000, shown
        left_out = [int(said.split()[1]) for said in err.splitlines() if "left out" in said]
        same(shown + sum(left_out), 100_000, "lines shown and left out")


@test
def many_connections_are_told_apart():
    with listening() as server, Tap("lines", server.getsockname()[1]) as tap:
        pairs = []
        for i in range(50):
            client = tap.connect()
            pairs.append((client, server.accept()[0]))
        for i, (client, _) in enumerate(pairs):
            client.sendall(b"from %d\n" % i)
        names = {"%s:%d" % client.getsockname(): f"from {i}" for i, (client, _) in enumerate(pairs)}
        lines = [tap.line() for _ in pairs]
        same({line["@"]["from"]: line["text"] for line in lines}, names)
        same(sorted(line["@"]["stream"] for line in lines), list(range(1, 51)))
        for client, peer in pairs:
            client.close()
            same(all_of(peer)[:5], b"from ")
            peer.close()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer(b"x" * 100_000 if self.path == "/large" else b"hello")

    def do_HEAD(self):
        self.answer(b"hello")

    def do_POST(self):
        self.answer(self.rfile.read(int(self.headers["Content-Length"]))[::-1])

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


@test
def http_requests_and_their_responses():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with Tap("http1", server.server_port) as tap:
            connection = http.client.HTTPConnection("127.0.0.1", tap.port, timeout=PATIENCE)
            for method, path, body, wanted in (("GET", "/", None, b"hello"), ("HEAD", "/", None, b""), ("POST", "/", b"abc", b"cba"), ("GET", "/large", None, b"x" * 100_000)):
                connection.request(method, path, body)
                same(connection.getresponse().read(), wanted)
                request, response = tap.line(), tap.line()
                same((request["method"], request["target"], response["status"], response["body"]), (method, path, 200, wanted.decode()))
            connection.close()
            same(tap.stop(), (b"", ""))
        server.shutdown()


@test
def after_an_upgrade_bytes_pass_as_they_are():
    request = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: y\r\n\r\n"
    response = b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: y\r\n\r\n"
    for ask, answer in ((request, response), (b"CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n")):
        with tapped("http1") as (tap, client, server):
            client.sendall(ask)
            same(exactly(server, len(ask)), ask)
            assert "method" in tap.line()
            server.sendall(answer)
            same(exactly(client, len(answer)), answer)
            assert "status" in tap.line()
            for sender, hears, offset in ((client, server, len(ask)), (server, client, len(answer))):
                sender.sendall(b"\x00\xffnot http")
                same(exactly(hears, 10), b"\x00\xffnot http")
                line = tap.line()
                same((line["opaque"], line["@"]["offset"]), (10, offset))
            same(tap.stop(), (b"", ""))


@test
def what_is_not_decoded_before_an_answer_has_passed_already():
    with tapped("http1") as (tap, client, server):
        asked, early = b"CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
        client.sendall(asked + early)
        same(exactly(server, len(asked + early)), asked + early)
        same(tap.line()["method"], "CONNECT")
        server.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        same((tap.line()["status"], tap.line()["method"]), (403, "GET"))


@test
def a_server_that_is_not_there():
    with listening() as server:
        port = server.getsockname()[1]
    with Tap("lines", port) as tap:
        try:
            with tap.connect() as client:
                same(client.recv(1), b"")
        except ConnectionResetError:
            pass
        said = tap.error()
        assert re.fullmatch(f"segue: stream 1, 127.0.0.1:{port} to 127.0.0.1:[0-9]+: the connection broke: Connection refused", said), said
        same(tap.stop(), (b"", ""))


@test
def a_reset_is_passed_on():
    with tapped("lines") as (tap, client, server):
        client.sendall(b"one\n")
        same(exactly(server, 4), b"one\n")
        same(tap.line()["text"], "one")
        server.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        server.close()
        assert "the connection broke: Connection reset by peer" in tap.error()
        try:
            client.recv(1)
            raise AssertionError("an end in order")
        except ConnectionResetError:
            pass


@test
def text_is_for_people():
    with tapped("lines", "--format", "text") as (tap, client, server):
        names = ("%s:%d" % client.getsockname(), "%s:%d" % server.getsockname())
        assert tap.text().endswith(" 1 begins: %s to %s" % names)
        client.sendall(b"one\n")
        assert tap.text().endswith(' 1 > {"text":"one"}')
        server.sendall(b"two\n")
        said = tap.text()
        assert said.endswith(' 1 < {"text":"two"}') and said[2] == said[5] == ":" and said[8] == ".", said
        same(exactly(client, 4), b"two\n")
        client.close()
        same(all_of(server), b"one\n")
        server.close()
        assert tap.text().endswith(" 1 ends")


@test
def it_ends_when_it_is_told_to():
    for how in (signal.SIGINT, signal.SIGTERM):
        with tapped("lines") as (tap, client, server):
            client.sendall(b"one\n")
            same(exactly(server, 4), b"one\n")
            same((lines_of(tap.stop(how)[0])[0]["text"], all_of(client), all_of(server)), ("one", b"", b""))


@test
def events_and_limits():
    with tapped("netstring", "--events") as (tap, client, server):
        client.sendall(b"3:ab")
        same([content(tap.line()) for _ in range(2)], [{"begin": {"payload": 3}}, {"data": "ab"}])
        client.sendall(b"c,")
        same([content(tap.line()) for _ in range(2)], [{"data": "c"}, {"message": {"payload": 3}}])
    with tapped("netstring", "--limit", "element=3") as (tap, client, server):
        client.sendall(b"2:ab,4:abcd,")
        same(tap.line()["payload"], "ab")
        assert "too_long" in tap.error()
        same(exactly(server, 12), b"2:ab,4:abcd,")


@test
def wrong_usage():
    with listening() as server:
        port = str(server.getsockname()[1])
        for words, sentence in ((("lines", "--listen", "x", "--to", "127.0.0.1:1"), "--listen takes"), (("lines", "--listen", "0", "--to", "127.0.0.1"), "--to takes"),
                                (("lines", "--listen", "0", "--to", ":1"), "--to takes"), (("nonsense", "--listen", "0", "--to", "127.0.0.1:1"), "no grammar"),
                                (("lines", "--listen", port, "--to", "127.0.0.1:1"), "cannot listen"), (("lines", "--listen", "0", "--to", "127.0.0.1:1", "--ca", "x"), "--ca goes with"),
                                (("lines", "--listen", "0", "--to", "127.0.0.1:1", "--limit", "x=1"), "no limit named x"), (("lines", "--listen", "0"), "--to is required")):
            code, out, err = run("tap", *words)
            same((code, out), (2, b""))
            assert sentence in err, (words, err)


# ---- TLS ----

def certified(folder):
    """A certificate for localhost that signs itself, and its key."""
    certificate, key = os.path.join(folder, "certificate.pem"), os.path.join(folder, "key.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", certificate,
                    "-days", "1", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"], check=True, capture_output=True)
    return certificate, key


@contextlib.contextmanager
def tapped_with_tls(grammar, from_tls, to_tls):
    """As tapped, with TLS on either side of the tap."""
    with tempfile.TemporaryDirectory() as folder, listening() as server:
        certificate, key = certified(folder)
        port = server.getsockname()[1]
        options = (["--tls", certificate, key] if from_tls else []) + (["--ca", certificate] if to_tls else [])
        with Tap(grammar, f"tls:localhost:{port}" if to_tls else port, *options) as tap:
            of_server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            of_server.load_cert_chain(certificate, key)
            of_client = ssl.create_default_context(cafile=certificate)
            peers = {}

            def accept():
                peer, _ = server.accept()
                peer.settimeout(PATIENCE)
                peers["server"] = of_server.wrap_socket(peer, server_side=True) if to_tls else peer

            accepting = threading.Thread(target=accept)
            accepting.start()
            client = tap.connect()
            client = of_client.wrap_socket(client, server_hostname="localhost") if from_tls else client
            accepting.join()
            with client, peers["server"]:
                yield tap, client, peers["server"]


SIDES = ((True, False), (False, True), (True, True))


def messages_pass_through_tls():
    for sides in SIDES:
        with tapped_with_tls("lines", *sides) as (tap, client, server):
            client.sendall(b"one\n")
            same((exactly(server, 4), tap.line()["text"]), (b"one\n", "one"))
            server.sendall(b"two\n")
            same((exactly(client, 4), tap.line()["text"]), (b"two\n", "two"))
            same(tap.stop(), (b"", ""))
            same((client.recv(1), server.recv(1)), (b"", b""), "both hear an end in order")


def much_passes_through_tls_unchanged():
    text = random.Random(3).randbytes(2_000_000)
    for sides in SIDES:
        for client_sends in (True, False):
            with tapped_with_tls("netstring", *sides) as (tap, client, server):
                sends, hears = (client, server) if client_sends else (server, client)
                sender = threading.Thread(target=lambda: sends.sendall(text))
                sender.start()
                same(exactly(hears, len(text)) == text, True, "the bytes are the same")
                sender.join()
                assert "at byte" in tap.error()


def who_does_not_read_stops_the_other_one_through_tls():
    for sides in SIDES:
        with tapped_with_tls("lines", *sides) as (tap, client, server):
            check_that_a_slow_reader_stops_the_writer(tap, client, server)


def an_end_behind_tls_ends_both_directions_behind_the_bytes():
    for sides in SIDES:
        with tapped_with_tls("lines", *sides) as (tap, client, server):
            client.sendall(b"one\n")
            same(exactly(server, 4), b"one\n")
            if sides[0]:
                ending = threading.Thread(target=client.unwrap)
                ending.start()
                same(server.recv(1), b"")
                if sides[1]:
                    server.unwrap()
                else:
                    server.close()
                ending.join(PATIENCE)
                same(ending.is_alive(), False, "the client waits for its answer")
            else:
                client.shutdown(socket.SHUT_WR)
                same((server.recv(1), client.recv(1)), (b"", b""))


def who_speaks_no_tls_is_told_and_others_are_served():
    with tempfile.TemporaryDirectory() as folder, listening() as server:
        certificate, key = certified(folder)
        with Tap("lines", server.getsockname()[1], "--tls", certificate, key) as tap:
            with tap.connect() as client:
                client.sendall(b"GET / HTTP/1.1\r\n\r\n")
                said = tap.error()
                assert "the connection broke: " in said and "http request" in said, said
            peer, _ = server.accept()
            peer.close()
            with ssl.create_default_context(cafile=certificate).wrap_socket(tap.connect(), server_hostname="localhost") as client:
                peer, _ = server.accept()
                client.sendall(b"one\n")
                same((exactly(peer, 4), tap.line()["text"]), (b"one\n", "one"))
                peer.close()


def a_server_that_nobody_vouches_for_is_not_spoken_to():
    with tempfile.TemporaryDirectory() as folder, listening() as server:
        certificate, key = certified(folder)
        for host, options in (("localhost", ()), ("127.0.0.1", ("--ca", certificate))):
            with Tap("lines", f"tls:{host}:{server.getsockname()[1]}", *options) as tap, tap.connect() as client:
                peer, _ = server.accept()
                of_server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                of_server.load_cert_chain(certificate, key)
                try:
                    of_server.wrap_socket(peer, server_side=True).recv(1)
                except (ssl.SSLError, ConnectionResetError):
                    pass
                said = tap.error()
                assert "certificate verify failed" in said, said
                try:
                    same(client.recv(1), b"")
                except ConnectionResetError:
                    pass


def files_of_tls_that_cannot_be_used():
    for words, sentence in ((("--tls", "/nowhere/c", "/nowhere/k"), "cannot use the certificate /nowhere/c"), (("--tls", "/nowhere/c"), "--tls")):
        code, _, err = run("tap", "lines", "--listen", "0", "--to", "127.0.0.1:1", *words)
        same(code, 2)
        assert sentence in err, err
    code, _, err = run("tap", "lines", "--listen", "0", "--to", "tls:localhost:1", "--ca", "/nowhere/a")
    same(code, 2)
    assert "cannot read the authorities of /nowhere/a" in err, err


if "built without OpenSSL" in run("tap", "lines", "--listen", "0", "--to", "tls:localhost:1", "--ca", "/nowhere/a")[2]:
    print("ok      without OpenSSL the option says what to install")
elif shutil.which("openssl"):
    for each in (messages_pass_through_tls, much_passes_through_tls_unchanged, who_does_not_read_stops_the_other_one_through_tls,
                 an_end_behind_tls_ends_both_directions_behind_the_bytes, who_speaks_no_tls_is_told_and_others_are_served,
                 a_server_that_nobody_vouches_for_is_not_spoken_to, files_of_tls_that_cannot_be_used):
        test(each)
run_all()
