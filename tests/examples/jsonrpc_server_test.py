#!/usr/bin/env python3
"""Tests jsonrpc_server over every kind of wire that it speaks: jsonrpc_server_test.py DIRECTORY_OF_EXAMPLES"""
import base64
import contextlib
import http.client
import json
import os
import pathlib
import resource
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading

from jsonrpc_wires import ANSWER, CALL, PARSE_ERROR, call_number, certificate, connected, post, reach, read_response, serving
from serving import EXAMPLES, PATIENCE, client, run, same, test

@test
def curl_calls_over_http():
    if not shutil.which("curl"):
        return "curl is not installed: tools/install_dependencies --ci"
    with serving("--http") as server:
        at = f"http://127.0.0.1:{server.port}/rpc"
        curl = ["curl", "--silent", "--show-error", "--max-time", str(PATIENCE), "--write-out", " %{http_code}"]
        as_json = [*curl, "--header", "Content-Type: application/json", "--data-binary"]
        same(client([*as_json, CALL, at], b""), ANSWER + b" 200")
        same(client([*as_json, b"[" + CALL + b"," + CALL + b"]", at], b""), b"[" + ANSWER + b"," + ANSWER + b"] 200")
        same(client([*as_json, b'{"jsonrpc":"2.0","method":"notify_hello","params":[7]}', at], b""), b" 204")
        same(client([*as_json, CALL[:-1], at], b""), PARSE_ERROR + b" 200")
        same(client([*as_json, CALL, at + "/other"], b""), b" 404")
        same(client([*curl, at], b""), b" 405")
        same(client([*curl, "--data-binary", CALL, at], b""), b" 415", "a form's content type")
        same(client([*as_json, "@-", at], b" " * 100_000), b" 413")
        same(client([*as_json, "@-", "--header", "Transfer-Encoding: chunked", at], CALL), ANSWER + b" 200")
        same(client([*as_json, CALL, "--http1.0", at], b""), ANSWER + b" 200")


@test
def a_connection_goes_on_after_any_answer():
    with serving("--http") as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, PATIENCE)
        for path, kind, payload, status in (("/rpc", "application/json", CALL, 200), ("/no", "application/json", CALL, 404), ("/rpc", "text/plain", CALL, 415),
                                            ("/rpc", "application/json", b"nonsense", 200), ("/rpc", "application/json", CALL, 200)):
            connection.request("POST", path, payload, {"Content-Type": kind})
            response = connection.getresponse()
            same((response.status, response.read()), (status, {CALL: ANSWER, b"nonsense": PARSE_ERROR}[payload] if status == 200 else b""))
        same(connection.sock is not None, True, "still the same connection")
        connection.close()


@test
def a_request_in_pieces_of_three_bytes_is_a_request():
    with serving("--http") as server, connected(server) as (one, file):
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        wire = post(CALL)
        for at in range(0, len(wire), 3):
            one.sendall(wire[at:at + 3])
        same(read_response(file), (200, ANSWER))


@test
def ten_thousand_pipelined_calls_all_get_their_answers_in_order():
    for how, frame in (("--http", post), ("--lines", lambda payload: payload + b"\n")):
        with serving(how) as server, connected(server) as (one, file):
            def write():
                one.sendall(b"".join(frame(call_number(i)) for i in range(10_000)))
                one.shutdown(socket.SHUT_WR)  # half-closed: the answers still come
            writer = threading.Thread(target=write)
            writer.start()
            for i in range(10_000):
                body = read_response(file)[1] if how == "--http" else file.readline()
                answer = json.loads(body)
                same((answer["id"], answer["result"]), (i, i - 1))
            same(file.read(), b"")
            writer.join(PATIENCE)


@test
def a_thousand_connections_at_once_each_get_their_own_answer():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 1200 if hard == resource.RLIM_INFINITY else min(1200, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    with serving("--http") as server, contextlib.ExitStack() as stack:
        all = [stack.enter_context(connected(server)) for _ in range(1000)]
        for i, (one, _) in enumerate(all):
            one.sendall(post(call_number(i)))
        for i, (_, file) in enumerate(all):
            same(json.loads(read_response(file)[1])["id"], i)


@test
def a_client_that_never_reads_is_stopped_with_bounded_memory():
    with serving("--lines") as server, connected(server) as (one, _):
        def resident():
            with open(f"/proc/{server.process.pid}/status") as status:
                return int(next(line for line in status if line.startswith("VmHWM")).split()[1])
        one.setblocking(False)
        before = resident()
        wire = (CALL[:-1] + b" " * 1000 + b"}\n") * 1000  # large questions, and small answers
        answers_only = (b'{"jsonrpc":"2.0","method":"echo","params":["' + b"x" * 2000 + b'"],"id":1}\n') * 500
        sent = 0
        for what in (wire, answers_only):
            for _ in range(200):
                with contextlib.suppress(BlockingIOError):
                    sent += one.send(what)
        same(sent > 0, True, "something was sent")
        assert resident() - before < 8 * 1024, f"grew by {resident() - before} KiB"
        with connected(server) as (other, file):
            other.sendall(CALL + b"\n")
            same(file.readline(), ANSWER + b"\n", "others are served")


@test
def the_language_server_protocol_on_standard_input_and_output():
    process = subprocess.Popen([os.path.join(EXAMPLES, "jsonrpc_server"), "--lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for _ in range(3):
        process.stdin.write(b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s" % (len(CALL), CALL))
        process.stdin.flush()
        same(process.stdout.readline(), b"Content-Length: %d\r\n" % len(ANSWER))
        same(process.stdout.readline(), b"\r\n")
        same(process.stdout.read(len(ANSWER)), ANSWER)
    process.stdin.close()
    same(process.stdout.read(), b"")
    same(process.wait(PATIENCE), 0)


def is_refused(server):
    try:
        reach(server).close()
    except ConnectionRefusedError:
        return True


@test
def sigterm_ends_it_when_what_is_under_way_is_answered():
    with serving("--http") as server:
        with connected(server) as (idle, idle_file), connected(server) as (one, file):
            idle.sendall(post(CALL))
            same(read_response(idle_file), (200, ANSWER))
            wire = post(CALL)
            one.sendall(wire[:-10])
            idle.sendall(post(CALL))  # answered, so the other's bytes have arrived as well
            same(read_response(idle_file), (200, ANSWER))
            server.process.send_signal(signal.SIGTERM)
            same(idle_file.read(), b"", "an idle connection is closed")
            same(is_refused(server), True, "who comes now is not accepted")
            one.sendall(wire[-10:])
            same(read_response(file), (200, ANSWER))
            same(file.read(), b"")
        same(server.process.wait(PATIENCE), 0)


@test
def over_tls_everything_is_as_without_it():
    with certificate() as (chain, key), serving("--http", "--tls", chain, key, "--threads", "2") as server:
        trusting = ssl.create_default_context(cafile=chain)
        connection = http.client.HTTPSConnection("localhost", server.port, timeout=PATIENCE, context=trusting)
        connection.connect()
        for payload, answer in ((CALL, ANSWER), (b"nonsense", PARSE_ERROR), (CALL, ANSWER)):
            connection.request("POST", "/rpc", payload, {"Content-Type": "application/json"})
            same(connection.getresponse().read(), answer)
        with connected(server, trusting) as (one, file):
            wire = post(CALL)
            for at in range(0, len(wire), 3):
                one.sendall(wire[at:at + 3])
            same(read_response(file), (200, ANSWER))
        with connected(server, trusting) as (one, file):
            one.sendall(b"".join(post(call_number(i)) for i in range(1000)))
            for i in range(1000):
                same(json.loads(read_response(file)[1])["id"], i)
        with connected(server) as (one, file):  # who speaks no TLS is no trouble to others
            one.sendall(post(CALL))
            with contextlib.suppress(ConnectionResetError):
                same(b"HTTP/1.1" in file.read(), False)
        with connected(server, trusting) as (one, _):  # nor who breaks off
            one.sendall(post(CALL)[:20])
        connection.request("POST", "/rpc", CALL, {"Content-Type": "application/json"})
        same(connection.getresponse().read(), ANSWER)
        server.process.send_signal(signal.SIGTERM)
        same(connection.sock.recv(100), b"", "an end in order")
        same(server.process.wait(PATIENCE), 0)
        connection.close()


@test
def curl_verifies_it_over_tls():
    if not shutil.which("curl"):
        return "curl is not installed: tools/install_dependencies --ci"
    with certificate() as (chain, key), serving("--http", "--tls", chain, key) as server:
        curl = ["curl", "--silent", "--max-time", str(PATIENCE), "--header", "Content-Type: application/json", "--data-binary", CALL]
        at = f"https://localhost:{server.port}/rpc"
        for version in ("1.2", "1.3"):
            same(client([*curl, f"--tlsv{version}", "--tls-max", version, "--cacert", chain, at], b""), ANSWER)
        same(client([*curl, at], b""), b"", "an unknown certificate")


@test
def a_unix_socket_is_a_place_like_another():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rpc")
        for how, frame in (("--lines", lambda payload: payload + b"\n"), ("--http", post)):
            with serving(how, "--unix", path, "--threads", "2") as server:
                with contextlib.ExitStack() as stack:
                    all = [stack.enter_context(connected(server)) for _ in range(10)]
                    for i, (one, _) in enumerate(all):
                        one.sendall(frame(call_number(i)))
                    for i, (_, file) in enumerate(all):
                        same(json.loads(read_response(file)[1] if how == "--http" else file.readline())["id"], i)
                server.process.send_signal(signal.SIGTERM)
                same(server.process.wait(PATIENCE), 0)
            same(os.path.exists(path), False, "the path is left")
        refused = subprocess.run([os.path.join(EXAMPLES, "jsonrpc_server"), "--lines", "--unix", path + "x" * 108], capture_output=True, timeout=PATIENCE)
        same((refused.returncode > 0, b"at most" in refused.stderr), (True, True), "a path that is too long")


def refused_at(path):
    """What a server says that does not begin to serve there."""
    refused = subprocess.run([os.path.join(EXAMPLES, "jsonrpc_server"), "--lines", "--unix", path], capture_output=True, timeout=PATIENCE)
    same((refused.returncode > 0, refused.stdout), (True, b""))
    return refused.stderr.decode()


def answers(server):
    with connected(server) as (one, file):
        one.sendall(CALL + b"\n")
        same(file.readline(), ANSWER + b"\n")


@test
def a_unix_socket_that_was_left_behind_is_replaced():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rpc")
        for _ in range(3):
            with serving("--lines", "--unix", path) as server:  # ... and then killed
                answers(server)
            same(os.path.exists(path), True)


@test
def a_unix_socket_of_a_server_that_answers_stays_its_own():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rpc")
        with serving("--lines", "--unix", path) as server:
            same("cannot listen at the path: Address already in use" in refused_at(path), True)
            answers(server)
            os.unlink(path)
            with serving("--lines", "--unix", path) as other:
                server.process.send_signal(signal.SIGTERM)
                same(server.process.wait(PATIENCE), 0)
                answers(other)


@test
def a_file_at_the_path_of_a_unix_socket_stays():
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"kept")
        file.flush()
        same("cannot listen at the path: File exists" in refused_at(file.name), True)
        same(pathlib.Path(file.name).read_bytes(), b"kept")


@test
def threads_share_a_port():
    with serving("--http", "--threads", "4") as server, contextlib.ExitStack() as stack:
        all = [stack.enter_context(connected(server)) for _ in range(200)]
        for i, (one, _) in enumerate(all):
            one.sendall(post(call_number(i)))
        for i, (_, file) in enumerate(all):
            same(json.loads(read_response(file)[1])["id"], i)
        same(len(os.listdir(f"/proc/{server.process.pid}/task")), 4)
        server.process.send_signal(signal.SIGTERM)
        same(server.process.wait(PATIENCE), 0)


def framings():
    def lines(payload):
        return payload.replace(b"\n", b" ") + b"\n"

    def split_lines(wire):
        return wire.split(b"\n")[:-1]

    def netstrings(payload):
        return b"%d:%s," % (len(payload), payload)

    def split_netstrings(wire):
        all = []
        while wire:
            size, _, wire = wire.partition(b":")
            all.append(wire[:int(size)])
            wire = wire[int(size) + 1:]
        return all

    def split_http(wire):
        all = []
        while wire:
            head, _, wire = wire.partition(b"\r\n\r\n")
            size = int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0]) if b"Content-Length: " in head else 0
            all += [wire[:size]] if size else []
            wire = wire[size:]
        return all

    def lsp(payload):
        return b"Content-Length: %d\r\n\r\n%s" % (len(payload), payload)
    return {"--lines": (lines, split_lines), "--netstrings": (netstrings, split_netstrings), "--http": (post, split_http), "--lsp": (lsp, split_http)}


def talk(how, wire, *more):
    """All answers to the bytes, the input of which then ends."""
    if how == "--lsp":
        return subprocess.run([os.path.join(EXAMPLES, "jsonrpc_server"), "--lsp"], input=wire, capture_output=True, timeout=PATIENCE).stdout
    with serving(how, *more) as server, connected(server) as (one, file):
        one.sendall(wire)
        one.shutdown(socket.SHUT_WR)
        return file.read()


@test
def the_exchanges_of_the_specification_over_every_wire():
    """As others wrote them down, where SEGUE_VECTORS or a folder beside the repository holds them."""
    repository = pathlib.Path(__file__).resolve().parents[2]
    folder = pathlib.Path(os.environ.get("SEGUE_VECTORS") or repository.parent / "shared" / "vectors")
    if not (folder / "jsonrpc.jsonl").exists():
        print("        no vectors")
        return
    cases = [json.loads(line) for line in (folder / "jsonrpc.jsonl").read_text().splitlines()]
    for how, (frame, split) in framings().items():
        payloads = [base64.b64decode(case["input_b64"]) for case in cases]
        wanted = [json.loads(case["fields"]["response"]) for case in cases if case["fields"]["response"]]
        got = [json.loads(one) for one in split(talk(how, b"".join(map(frame, payloads))))]
        same(got, wanted, how)


run()
