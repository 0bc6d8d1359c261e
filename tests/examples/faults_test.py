#!/usr/bin/env python3
"""What goes wrong around jsonrpc_server must not harm it: faults_test.py DIRECTORY_OF_EXAMPLES [--connections N]

With --connections, as many are opened at once, plain and over TLS, and what an idle one costs the server is printed.
"""
import contextlib
import os
import random
import resource
import select
import signal
import socket
import ssl
import struct
import subprocess
import sys

from jsonrpc_wires import ANSWER, CALL, call_number, certificate, connected, post, read_response, serving
from serving import EXAMPLES, PATIENCE, run, same, test

with open(os.path.join(EXAMPLES, "jsonrpc_server"), "rb") as program:
    sanitized = b"__asan_init" in program.read()  # and has memory of its own for each piece of ours
many = int(sys.argv[sys.argv.index("--connections") + 1]) if "--connections" in sys.argv else 300


def still_serves(server, tls=None):
    with connected(server, tls) as (one, file):
        one.sendall(post(CALL))
        same(read_response(file), (200, ANSWER), "it still serves")


def reset(one):
    """Closes it so that the peer sees a reset."""
    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    one.close()


def resident(server):
    """Bytes of memory that the server has."""
    with open(f"/proc/{server.process.pid}/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


@test
def an_idle_connection_costs_little():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard if hard != resource.RLIM_INFINITY else 1 << 20, hard))
    with certificate() as (chain, key):
        for what, tls in (("plain", None), ("TLS", ssl.create_default_context(cafile=chain))):
            with serving("--http", *(("--tls", chain, key) if tls else ())) as server, contextlib.ExitStack() as stack:
                still_serves(server, tls)
                before = resident(server)
                for i in range(many):
                    one, file = stack.enter_context(connected(server, tls))
                    one.sendall(post(call_number(i)))
                    same(read_response(file)[0], 200)
                each = (resident(server) - before) / many
                print(f"        {many} connections, {what}: {each / 1024:.1f} KiB for each once it was answered")
                assert sanitized or each < (100 if tls else 20) * 1024, f"{each} bytes for each connection"
                still_serves(server, tls)


@test
def without_descriptors_it_waits_for_some():
    if sanitized:
        print("        not here: to look at the type of an object the sanitizer needs a descriptor itself")
        return
    with serving("--http", limits={resource.RLIMIT_NOFILE: 40}) as server, contextlib.ExitStack() as stack:
        all = [stack.enter_context(connected(server)) for _ in range(100)]  # the system holds what is not accepted
        for one, _ in all:
            one.sendall(post(CALL))
        answered = [file for one, file in all if select.select([one], [], [], 0)[0]] or [all[0][1]]
        same(read_response(answered[0]), (200, ANSWER))
        for i, (one, file) in enumerate(all):  # each that ends makes room for another, and none is forgotten
            if file is not answered[0]:
                same(read_response(file), (200, ANSWER))
            one.shutdown(socket.SHUT_RDWR)
        still_serves(server)


@test
def slow_readers_and_slow_writers_do_not_hold_the_others():
    with serving("--lines") as server, contextlib.ExitStack() as stack:
        slow = [stack.enter_context(connected(server)) for _ in range(50)]
        question = (b'{"jsonrpc":"2.0","method":"echo","params":["' + b"x" * 5000 + b'"],"id":1}\n') * 40
        for one, _ in slow[::2]:  # never read what they asked for
            one.setblocking(False)
            for _ in range(20):
                with contextlib.suppress(BlockingIOError):
                    one.send(question)
        for one, _ in slow[1::2]:  # a byte at a time
            one.sendall(CALL[:1])
        for at in range(1, len(CALL)):
            for one, _ in slow[1::2]:
                one.sendall(CALL[at:at + 1])
            if at % 10 == 0:
                with connected(server) as (one, file):
                    one.sendall(CALL + b"\n")
                    same(file.readline(), ANSWER + b"\n")
        for one, file in slow[1::2]:
            one.sendall(b"\n")
            same(file.readline(), ANSWER + b"\n")


@test
def who_ends_without_close_notify_is_no_trouble():
    with certificate() as (chain, key), serving("--http", "--tls", chain, key) as server:
        trusting = ssl.create_default_context(cafile=chain)
        for _ in range(20):
            with connected(server, trusting) as (one, file):
                one.sendall(post(CALL))
                same(read_response(file), (200, ANSWER))
                one.sendall(post(CALL)[:random.randrange(1, 50)])
                socket.socket(fileno=os.dup(one.fileno())).shutdown(socket.SHUT_WR)  # below TLS
                same(file.read(), b"", "the connection is closed")
        still_serves(server, trusting)


def client_hello(trusting):
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    with contextlib.suppress(ssl.SSLWantReadError):
        trusting.wrap_bio(incoming, outgoing, server_hostname="localhost").do_handshake()
    return outgoing.read()


@test
def a_reset_at_every_point_of_a_handshake_is_no_trouble():
    with certificate() as (chain, key), serving("--http", "--tls", chain, key, "--threads", "2") as server:
        trusting = ssl.create_default_context(cafile=chain)
        hello = client_hello(trusting)
        for size in range(len(hello) + 1):
            one = socket.create_connection(("127.0.0.1", server.port), PATIENCE)
            one.sendall(hello[:size])
            reset(one)
        for heard in range(1, 4000, 97):  # in the middle of what the server says
            one = socket.create_connection(("127.0.0.1", server.port), PATIENCE)
            one.sendall(hello)
            one.settimeout(PATIENCE)
            left = heard
            while left > 0 and select.select([one], [], [], 0.2)[0] and (got := one.recv(left)):
                left -= len(got)
            reset(one)
            if left > 0:
                break  # all that it says before it is our turn
        for size in (0, 1, 5, 6, 40):  # broken off behind it, and in the first request
            with connected(server, trusting) as (one, _):
                one.sendall(post(CALL)[:size]) if size else None
                reset(one)
        still_serves(server, trusting)


@test
def nonsense_instead_of_a_handshake_is_no_trouble():
    with certificate() as (chain, key), serving("--http", "--tls", chain, key) as server:
        trusting = ssl.create_default_context(cafile=chain)
        hello = bytearray(client_hello(trusting))
        chance = random.Random(1)
        for _ in range(300):
            one = socket.create_connection(("127.0.0.1", server.port), PATIENCE)
            wire = bytearray(hello)
            for _ in range(chance.randrange(1, 5)):
                wire[chance.randrange(len(wire))] = chance.randrange(256)
            with contextlib.suppress(OSError):
                one.sendall(wire[:chance.randrange(1, len(wire) + 1)])
            reset(one) if chance.random() < 0.5 else one.close()
        still_serves(server, trusting)
        server.process.send_signal(signal.SIGTERM)
        same(server.process.wait(PATIENCE), 0)


run()
