"""Random messages of HTTP/1.1: pieces that are right, pieces that are not quite, and mutations of the whole."""

TOKENS = [b"A", b"x-long-name", b"!#$%&'*+-.^_`|~", b"Accept", b"Cookie", b"Keep-Alive", b"Trailer", b"0"]
METHODS = [b"GET"] * 4 + [b"POST"] * 4 + [b"PUT", b"HEAD", b"DELETE", b"OPTIONS", b"CONNECT", b"M-SEARCH", b"get", b"!#$"]
TARGETS = [b"/"] * 4 + [b"/a/b?c=d&e", b"*", b"http://x.test/a", b"x.test:443", b"/%41%zz", b"/a#b", b"//", b"a", b"/{}|^`\"<>", b"?"]
ODD_TARGETS = [b"", b"/\x7f", b"/\xc3\xa9", b"/a b", b"/\t", b"/" + b"a" * 300]
VERSIONS = [b"HTTP/1.1"] * 14 + [b"HTTP/1.0"] * 4 + [b"HTTP/1.2"]
ODD_VERSIONS = [b"HTTP/2.0", b"HTTP/0.9", b"HTTP/1.10", b"HTTP/11", b"http/1.1", b"HTTP/1.",
                b"HTTP /1.1", b"HTTP/1.1 ", b"HTTP/01.1"]
STATUSES = [b"200"] * 6 + [b"404", b"500", b"100", b"103", b"101", b"204", b"304", b"206", b"599", b"600", b"999"]
ODD_STATUSES = [b"99", b"099", b"000", b"2000", b"2OO", b"+20", b"", b"20"]
REASONS = [b"OK"] * 4 + [b"", b"Not Found", b"caf\xe9", b"a\tb", b" two"]
VALUES = [b"", b"x", b"a b", b"a\tb", b"\xe4\xf6", b"text/html; q=0.5, */*", b'"quoted, string"', b":", b"close", b"x" * 200]
ODD_VALUES = [b"a\x00b", b"a\x01b", b"a\x7fb", b"a\rb", b"\x0b", b"a\x0cb", b"\x1b[0m",
              b"a\r\n b", b"\r\n\tfolded", b"\x85", b"\xa0", b"a\x1fb"]
SPACES = [b" "] * 8 + [b"", b"\t", b"  ", b" \t "]
HOSTS = [b"x"] * 6 + [b"x.test:80", b"[::1]:80", b"", b"127.0.0.1"]
ODD_HOSTS = [b"a b", b"a/b", b"a,b", b"user@x", b"x?y", b"a\xe9", b"<x>", b"x#y", b"a\\b", b'"x"']
CODINGS = [b"chunked"] * 12 + [b"Chunked", b"CHUNKED"]
ODD_CODINGS = [b"gzip", b"gzip, chunked", b"chunked, gzip", b"chunked, chunked", b"identity", b"chunked,", b",chunked", b", ,chunked", b"",
               b"chunked;a=b", b"xchunked", b"chunked x", b'"chunked"', b"chunked\x0b"]
ODD_LENGTHS = [b"+5", b"-1", b"5, 5", b"5,6", b"5,", b",5", b"", b"0x5", b"5 5", b"5.0", b"05", b"00000000000000000000005",
               b"9223372036854775807",
               b"9223372036854775808", b"99999999999999999999999", b"5\t", b"\xb2", b"1e3", b"2147483648"]
EXTENSIONS = [b"", b"", b"", b"", b";a", b";a=b", b';a="b c"', b";a=b;c=d", b" ;a", b"; a", b";a = b", b"\t;\ta\t=\tb", b';a="\\"\xe9"']
ODD_EXTENSIONS = [b" ", b"\t", b";", b";;", b";a=", b";=b", b';a="b', b"a", b";a b", b";a=b c", b" a",
                  b";\x00", b";a\rb", b";a=\x7f", b"\x0b", b";\n", b';a="\n"']
ODD_SIZES = [b"+5", b"-5", b"0x5", b"", b" 5", b"00000000000000005", b"000000000000000000005", b"FFFFFFFFFFFFFFFF", b"10000000000000000",
             b"FFFFFFFFFFFFFFFFFFFF", b"5g", b"\xb5", b"5\x00", b"FFFFFFFF", b"80000000"]
SPECIAL = [b" ", b"\t", b"\r", b"\n", b"\r\n", b"\0", b":", b",",
           b";", b"=", b'"', b"\x7f", b"\x80", b"\xff", b"\x0b", b"0", b"5", b"A", b"/", b"\x1f", b"\\"]


class Cases:
    """`odd` says how often a piece is taken that is not quite right."""

    def __init__(self, random):
        self.random, self.odd = random, 0.0

    def one(self, kind):
        """A wire of one to three messages."""
        self.odd = self.random.choice([0, 0.02, 0.05, 0.2])
        wire = b"".join(self.message(kind) for _ in range(self.random.choice([1, 1, 1, 2, 3])))
        for _ in range(self.random.choice([0, 0, 0, 1, 1, 2, 4])):
            wire = self.mutated(wire)
        return wire

    def message(self, kind):
        start = self.request_line() if kind == "request" else self.status_line()
        fields, body = self.framed(kind, start)
        self.random.shuffle(fields)
        return self.empty_lines() + start + self.end() + b"".join(fields) + self.end() + body

    def request_line(self):
        method = self.pick(METHODS, [b"", b"G(T", b"M" * 33, b"\x00"])
        return method + self.space() + self.pick(TARGETS, ODD_TARGETS) + self.space() + self.pick(VERSIONS, ODD_VERSIONS)

    def status_line(self):
        line = self.pick(VERSIONS, ODD_VERSIONS) + self.space() + self.pick(STATUSES, ODD_STATUSES)
        return line if self.is_odd() else line + self.space() + self.pick(REASONS, [b"a\x00", b"\x1b", b"a\rb", b"\x7f"])

    def framed(self, kind, start):
        fields = [self.field(self.pick(TOKENS, [b"", b"A B", b"\xe9", b"A\x00", b"A" * 257, b"(", b"A\x7f"]), self.pick(VALUES, ODD_VALUES))
                  for _ in range(self.random.choice([0, 0, 1, 2, 4]))]
        if kind == "request" and not self.is_odd():
            fields.append(self.field(b"Host", self.pick(HOSTS, ODD_HOSTS)))
        if self.is_odd():
            fields.append(self.field(b"Host", b"x"))
        body = self.random.randbytes(self.random.choice([0, 1, 5, 5, 40]))
        how = self.random.choice(["none", "length", "chunks"]) if not self.is_odd() else "both"
        if how == "none":
            return fields, b"" if kind == "request" else body
        if how != "chunks":
            fields.append(self.field(b"Content-Length", self.pick([b"%d" % len(body)], ODD_LENGTHS)))
        if how != "length":
            fields.append(self.field(b"Transfer-Encoding", self.pick(CODINGS, ODD_CODINGS)))
        if self.is_odd():
            fields.append(self.random.choice(fields))
        return fields, self.chunks(body) if how == "chunks" else body

    def field(self, name, value):
        name = self.random.choice([name, name, name.lower(), name.upper()])
        between = self.random.choice([b" :", b"\t:", b"", b":\r\n "]) if self.is_odd() else b":"
        indent = self.random.choice([b" ", b"\t"]) if self.is_odd() else b""
        return indent + name + between + self.random.choice(SPACES) + value + self.random.choice(SPACES[7:]) + self.end()

    def chunks(self, body):
        wire, left = b"", body
        while left:
            size = self.random.randint(1, len(left))
            number = self.random.choice([b"%x", b"%X", b"0%x", b"000%X"]) % size
            wire += self.pick([number], ODD_SIZES) + self.pick(EXTENSIONS, ODD_EXTENSIONS) + self.end() + left[:size] + self.end()
            left = left[size:]
        last = self.pick([b"0", b"0", b"000"], [b"", b"-0", b"0 "]) + self.pick(EXTENSIONS, ODD_EXTENSIONS) + self.end()
        trailers = [self.field(self.pick([*TOKENS, b"Content-Length", b"Transfer-Encoding"], [b"A B"]), self.pick(VALUES, ODD_VALUES))
                    for _ in range(self.random.choice([0, 0, 0, 1, 2]))]
        return wire + last + b"".join(trailers) + self.end()

    def mutated(self, wire):
        at = self.random.randint(0, len(wire))
        size = self.random.choice([1, 1, 1, 2, 5, 20])
        special = self.random.choice(SPECIAL)
        return self.random.choice([
            lambda: wire[:at] + special + wire[at:],
            lambda: wire[:at] + special + wire[at + 1:],
            lambda: wire[:at] + self.random.randbytes(1) + wire[at + 1:],
            lambda: wire[:at] + wire[at + size:],
            lambda: wire[:at] + wire[at:at + size] + wire[at:],
            lambda: wire[:at],
            lambda: wire.replace(b"\r\n", b"\n", 1),
            lambda: wire[:at] + wire[at + size:at + size + 3] + wire[at:at + size] + wire[at + size + 3:]])()

    def pick(self, right, odd):
        return self.random.choice(odd if self.is_odd() else right)

    def is_odd(self):
        return self.random.random() < self.odd

    def space(self):
        return self.random.choice([b"  ", b"", b"\t", b" \t"]) if self.is_odd() else b" "

    def end(self):
        return self.random.choice([b"\n", b"\r", b"\r\r\n", b"\n\n"]) if self.is_odd() else b"\r\n"

    def empty_lines(self):
        return self.random.choice([b"\r\n", b"\r\n\r\n", b"\n", b" \r\n"]) if self.is_odd() else b""
