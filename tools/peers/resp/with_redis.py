"""A real Redis server answers commands that segue encoded: both versions, pipelined, pushes, attributes, byte by byte.

Its answers are decoded by segue whole and in reads of one byte; they must be what a reader in plain Python finds, and be
written as they were. The server has a free port and a directory of its own, and ends with the trial.
"""
import base64
import json
import socket
import subprocess
import tempfile

from trial import ended, redis

PACKAGES = ["redis-server"]
PATIENCE = 20  # seconds until a peer counts as stuck
TYPES = ("string", "integer", "double", "null", "array", "set", "map", "attrib", "push", "verbatim", "true", "false", "bignum")


class Reader:
    """The other reader: it knows how much an answer takes, and its value."""

    def __init__(self, peer):
        self.peer, self.seen, self.at = peer, b"", 0

    def arrive(self):
        arrived = self.peer.recv(65536)
        if not arrived:
            raise EOFError("the server has closed")
        self.seen += arrived

    def take(self, n):
        while len(self.seen) < self.at + n:
            self.arrive()
        self.at += n
        return self.seen[self.at - n:self.at]

    def line(self):
        while (end := self.seen.find(b"\r\n", self.at)) < 0:
            self.arrive()
        return self.take(end + 2 - self.at)[:-2]

    def value(self):
        line = self.line()
        kind, rest = chr(line[0]), line[1:]
        if kind in "+-:,(#_":
            return kind, rest.decode("latin1")
        size = int(rest)
        if size < 0:
            return kind, None
        if kind in "$!=":
            return kind, self.take(size + 2)[:-2].decode("latin1")
        items = [self.value() for _ in range(size * (2 if kind in "%|" else 1))]
        if kind == "|":
            return kind, items, self.value()
        return kind, items


def text(value):
    return (base64.b64decode(value["base64"]) if isinstance(value, dict) else value.encode()).decode("latin1")


def plain(value):
    """What segue printed, in the form of the other reader."""
    (kind, held), = value["is"].items()
    pairs = lambda entries: [plain(entry[part]) for entry in entries for part in ("key", "value")]
    leaf = {"simple_string": "+", "simple_error": "-", "bulk_string": "$", "bulk_error": "!", "double": ",", "big_number": "("}
    if kind in leaf:
        return leaf[kind], text(held)
    if kind in ("array", "set", "push"):
        return {"array": "*", "set": "~", "push": ">"}[kind], [plain(item) for item in held]
    return {"integer": lambda: (":", str(held)), "boolean": lambda: ("#", "t" if held["holds"] else "f"), "null": lambda: ("_", ""),
            "null_bulk_string": lambda: ("$", None), "null_array": lambda: ("*", None), "map": lambda: ("%", pairs(held)),
            "verbatim_string": lambda: ("=", held["format"] + ":" + text(held["text"])),
            "attributed": lambda: ("|", pairs(held["attributes"]), plain(held["value"][0]))}[kind]()


class Talk:
    """Bytes to the server and its answers, through segue."""

    def __init__(self, trial):
        self.trial = trial

    def segue(self, *arguments, given):
        done = subprocess.run([self.trial.segue, *arguments], input=given, capture_output=True, timeout=PATIENCE)
        if done.returncode != 0:
            raise RuntimeError(f"segue {' '.join(arguments)}: {done.stderr.decode()[:300]}")
        return done.stdout

    def encoded(self, commands):
        lines = [json.dumps({"is": {"command": [{"base64": base64.b64encode(w).decode()} if isinstance(w, bytes) else w for w in words]}}) for words in commands]
        return self.segue("encode", "resp.inline", given="".join(line + "\n" for line in lines).encode())

    def answers(self, what, peer, wire, count):
        """Sends the bytes, reads so many answers with both readers, and gives them."""
        peer.sendall(wire)
        return self.read(what, peer, count)

    def read(self, what, peer, count):
        reader = Reader(peer)
        wanted = [reader.value() for _ in range(count)]
        got = reader.seen[:reader.at]
        self.trial.holds(f"{what}: nothing follows", reader.at == len(reader.seen), reader.seen[reader.at:])
        whole = self.segue("decode", "resp", given=got)
        values = [plain(json.loads(line)) for line in whole.splitlines()]
        self.trial.holds(f"{what}: {count} values as the other reader has them", values == wanted, f"{values}\n{wanted}")
        self.trial.holds(f"{what}: the same byte by byte", self.segue("decode", "resp", "--chunk", "1", given=got) == whole)
        self.trial.holds(f"{what}: written as it was read", self.segue("encode", "resp", given=whole) == got)
        return values


def converse(talk, peer, port):
    binary = bytes(range(256))
    session = [["PING"], ["SET", "k", binary], ["GET", "k"], ["GET", "missing"], ["INCR", "n"], ["INCRBYFLOAT", "f", "1.5"], ["LPUSH", "l", "a", "b", "c"],
               ["LRANGE", "l", "0", "-1"], ["HSET", "h", "a", "1", "b", "2"], ["HGETALL", "h"], ["SADD", "s", "x"], ["SMEMBERS", "s"], ["ZADD", "z", "1.25", "m"],
               ["ZRANGE", "z", "0", "-1", "WITHSCORES"], ["NOSUCH"], ["LPUSH", "k", "a"], ["BLPOP", "none", "0.01"], ["MULTI"], ["GET", "n"], ["LLEN", "l"],
               ["EXEC"], ["CONFIG", "GET", "maxmemory*"], ["COMMAND", "INFO", "get", "nosuch"], ["SET", "empty", ""], ["GET", "empty"], ["SCAN", "0"], ["XADD", "x", "1-1", "a", "b"],
               ["XRANGE", "x", "-", "+"], ["EVAL", "return {1, {2, {3, 'a'}}, false}", "0"], ["SET", "big", "x" * 200_000], ["GET", "big"]]
    for version in (2, 3):
        talk.answers(f"HELLO {version}", peer, talk.encoded([["HELLO", str(version)]]), 1)
        talk.answers(f"RESP{version}, {len(session)} commands pipelined", peer, talk.encoded(session), len(session))
        for byte in talk.encoded(session[:4]):
            peer.sendall(bytes([byte]))
        talk.read(f"RESP{version}, sent byte by byte", peer, 4)
        for kind in TYPES:
            if version == 3 or kind not in ("attrib", "push"):
                count = 2 if kind == "push" else 1  # a push stands before an answer
                talk.answers(f"RESP{version}, DEBUG PROTOCOL {kind}", peer, talk.encoded([["DEBUG", "PROTOCOL", kind]]), count)
        talk.answers(f"RESP{version}, inline commands", peer, talk.segue("encode", "resp.inline", given=b'{"is":{"inline":"SET q \\"a b\\""}}\n{"is":{"inline":"GET q"}}\n'), 2)
        talk.answers(f"RESP{version}, clean up", peer, talk.encoded([["FLUSHALL"]]), 1)
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as other:
        talk.answers("client tracking", peer, talk.encoded([["CLIENT", "TRACKING", "ON"], ["GET", "watched"]]), 2)
        talk.answers("another client writes", other, talk.encoded([["SET", "watched", "1"]]), 1)
        pushed = talk.read("the invalidation", peer, 1)
        talk.trial.holds("the invalidation is a push", pushed == [(">", [("$", "invalidate"), ("*", [("$", "watched")])])], pushed)
        talk.answers("subscribed", peer, talk.encoded([["SUBSCRIBE", "channel"]]), 1)
        talk.answers("another client publishes", other, talk.encoded([["PUBLISH", "channel", "hello"]]), 1)
        pushed = talk.read("the message", peer, 1)
        talk.trial.holds("the message is a push", pushed == [(">", [("$", "message"), ("$", "channel"), ("$", "hello")])], pushed)


def attempt(trial):
    with tempfile.TemporaryDirectory() as folder:
        server, port, peer = redis(folder)
        with ended(server), peer:
            converse(Talk(trial), peer, port)
