#!/usr/bin/env python3
"""Tests the examples that serve, with clients that others wrote: serving_test.py DIRECTORY_OF_EXAMPLES

A slow writer is played without waiting: a piece is written only when the answer to the one before it has come.
"""
import fcntl
import http.client
import os
import pty
import shutil
import socket
import subprocess
import tempfile
import termios

from serving import EXAMPLES, PATIENCE, Server, client, run, same, test


@test
def nc_talks_to_the_chat_server():
    if not shutil.which("nc"):
        return "nc is not installed: tools/install_dependencies --ci"
    with Server("05_chat") as server:
        heard = client(["nc", "127.0.0.1", str(server.port)], b"hello\nworld\n.\n")
        same(heard, b"You sent: hello\nYou sent: world\n")


@test
def telnet_talks_to_the_chat_server():
    if not shutil.which("telnet"):
        return "telnet is not installed: tools/install_dependencies --ci"
    with Server("05_chat") as server:
        talk = subprocess.Popen(["telnet", "127.0.0.1", str(server.port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        heard = b""
        while b"Escape character" not in heard:
            heard = talk.stdout.readline()
        for said, answer in ((b"hello\n", b"You sent: hello"), (b"\n", b"You sent: ")):
            talk.stdin.write(said)
            talk.stdin.flush()
            same(talk.stdout.readline().rstrip(b"\r\n"), answer)
        talk.stdin.write(b".\n")
        talk.stdin.flush()
        same(talk.stdout.read(), b"")
        talk.stdin.close()
        talk.wait(PATIENCE)


@test
def nc_gets_its_lines_back_from_the_echo_server():
    if not shutil.which("nc"):
        return "nc is not installed: tools/install_dependencies --ci"
    lines = b"".join(b"line %d\n" % i for i in range(20000))
    with Server("05_echo") as server:
        same(client(["nc", "-N", "127.0.0.1", str(server.port)], lines) == lines, True, "20000 lines echoed")


@test
def a_client_that_resets_leaves_the_server_serving():
    with Server("05_echo") as server:
        for _ in range(20):
            one = socket.create_connection(("127.0.0.1", server.port), PATIENCE)
            one.sendall(b"half a li")
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            one.close()
        with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as other:
            other.sendall(b"still there?\n")
            same(other.makefile("rb").readline(), b"still there?\n")


@test
def curl_speaks_http_to_the_server():
    if not shutil.which("curl"):
        return "curl is not installed: tools/install_dependencies --ci"
    with Server("05_http_server") as server, tempfile.NamedTemporaryFile() as file:
        file.write(os.urandom(1_500_000))
        file.flush()
        with open(file.name, "rb") as again:
            sent = again.read()
        at = f"http://127.0.0.1:{server.port}/"
        curl = ["curl", "--silent", "--show-error", "--max-time", str(PATIENCE)]
        same(client([*curl, at], b""), b"hello\n")
        same(client([*curl, at, at, at], b""), b"hello\n" * 3, "one connection")
        same(client([*curl, "--http1.0", at], b""), b"hello\n")
        head = client([*curl, "--head", at], b"")
        assert head.startswith(b"HTTP/1.1 200 OK\r\n") and b"Content-Length: 6\r\n" in head, head
        for how in (["--data-binary"], ["--http1.0", "--data-binary"], ["--header", "Transfer-Encoding: chunked", "--data-binary"],
                    ["--header", "Expect: 100-continue", "--data-binary"], ["--header", "Expect:", "--data-binary"]):
            same(client([*curl, *how, f"@{file.name}", at + "echo"], b"") == sent, True, " ".join(how))
        same(client([*curl, "--upload-file", "-", at + "echo"], sent) == sent, True, "put from a pipe")
        same(client([*curl, "--upload-file", file.name, at + "echo"], b"") == sent, True, "put of a file")
        same(client([*curl, "--data", "", at + "echo"], b""), b"", "an empty body")
        form = client([*curl, "--form", f"one=@{file.name}", at + "echo"], b"")
        same(sent in form, True, "a multipart form")
        count = ["--write-out", "<%{num_connects}>"]
        old = ["--http1.0", "--header", "Connection: keep-alive"]
        same(client([*curl, *count, *old, at, at], b""), b"hello\n<1>hello\n<0>", "HTTP/1.0 with keep-alive")
        same(client([*curl, *count, "--header", "Connection: close", at, at], b""), b"hello\n<1>hello\n<1>", "Connection: close")
        same(client([*curl, "--write-out", "%{http_code}", "--header", "Bad Name: x", at], b""), b"400")
        same(client([*curl, "--write-out", "%{http_code}", at + "x" * 9000], b""), b"414")
        same(client([*curl, "--write-out", "%{http_code}", "--request", "M" * 33, at], b""), b"501")


@test
def the_client_fetches_what_the_server_says():
    with Server("05_http_server") as server:
        fetch = [os.path.join(EXAMPLES, "05_http_server"), f"127.0.0.1:{server.port}"]
        same(client([*fetch, "GET", "/", "HEAD", "/", "POST", "/echo", "X: y"], b""), b"200 OK: hello\n\n200 OK: \n200 OK: \n")


@test
def python_speaks_http_to_the_server():
    with Server("05_http_server") as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, PATIENCE)
        for _ in range(3):
            connection.request("GET", "/")
            same(connection.getresponse().read(), b"hello\n")
        connection.request("POST", "/echo", body=iter([b"in ", b"pieces"]), headers={"Transfer-Encoding": "chunked"}, encode_chunked=True)
        same(connection.getresponse().read(), b"in pieces")
        connection.close()


@test
def the_filter_answers_before_the_slow_writer_goes_on():
    filter = subprocess.Popen([os.path.join(EXAMPLES, "05_filter")], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for number, word in enumerate((b"a", b"", b"b"), 1):
        filter.stdin.write(word + b"\n")
        filter.stdin.flush()
        same(filter.stdout.readline(), b"%d %s\n" % (number, word))
    filter.stdin.write(b"no end")
    filter.stdin.close()
    same(filter.stdout.read(), b"4 no end\n")
    same(filter.wait(PATIENCE), 0)


@test
def the_filter_puts_the_flags_of_its_pipes_back():
    read_end, write_end = os.pipe()
    os.write(write_end, b"x\n")
    os.close(write_end)
    out_read, out_write = os.pipe()
    subprocess.run([os.path.join(EXAMPLES, "05_filter")], stdin=read_end, stdout=out_write, timeout=PATIENCE)
    same(fcntl.fcntl(read_end, fcntl.F_GETFL) & os.O_NONBLOCK, 0, "standard input")
    same(fcntl.fcntl(out_write, fcntl.F_GETFL) & os.O_NONBLOCK, 0, "standard output")
    os.close(out_write)
    same(os.read(out_read, 100), b"1 x\n")


@test
def the_filter_runs_on_a_terminal():
    main_end, terminal = pty.openpty()
    attributes = termios.tcgetattr(terminal)
    attributes[3] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSANOW, attributes)
    filter = subprocess.Popen([os.path.join(EXAMPLES, "05_filter")], stdin=terminal, stdout=terminal)
    with open(main_end, "r+b", buffering=0) as person:
        person.write(b"typed\n")
        heard = b""
        while not heard.endswith(b"\n"):
            heard += person.read(100)
        same(heard, b"1 typed\r\n")
        person.write(b"\x04")  # the end, as a terminal says it
        same(filter.wait(PATIENCE), 0)
        same(fcntl.fcntl(terminal, fcntl.F_GETFL) & os.O_NONBLOCK, 0, "the terminal")
    os.close(terminal)


run()
