"""Where h11 and segue differ: the name of a row of the table in grammars/http1/README.md, and what such a difference is."""
import re

RULES = []


def rule(name):
    def add(holds):
        RULES.append((name, holds))
        return holds
    return add


def refused(difference, path, expected=""):
    """segue refuses, there and for that."""
    return difference.ours.what == "error" and re.search(path, difference.error["path"]) and expected in difference.error["message"]


def refused_by_h11(difference, why):
    return difference.theirs.what == "error" and re.search(why, difference.theirs.why)


def values(parts, name):
    """Of the fields of that name, as they were told."""
    return [value for field, value in parts["headers"] if field.lower() == name]


def at(difference, size=1):
    """The bytes that segue's error points at."""
    return difference.wire[difference.error["offset"]:][:size]


def before(difference):
    return difference.wire[:difference.error["offset"]][-1:]


# ---- what only segue refuses

@rule("a line ends with CR LF, not with LF")
def bare_line_feed(d):
    return refused(d, "^(version|reason|headers|trailers)") and at(d) == b"\n"


@rule("no folded line")
def folded(d):
    return refused(d, r"\.name$|^(headers|trailers)") and at(d) in (b" ", b"\t") and before(d) == b"\n"


@rule("no control character in a value or a reason")
def control(d):
    return refused(d, r"\.value$|^reason$") and at(d) not in (b"\r", b"\n") and (at(d) < b" " or at(d) == b"\x7f")


@rule("a space behind the status, whether or not a reason follows")
def no_reason(d):
    return refused(d, "^status$", 'expected " "') and at(d) in (b"\r", b"\n")


@rule("version 1.x")
def version(d):
    return refused(d, "^version$", "HTTP/1.0 or HTTP/1.1")


@rule("a host in Host")
def host(d):
    return refused(d, "^body$", "a Host field with a host and a port")


@rule("Host in every version but 1.0")
def host_of_later(d):
    return refused(d, "^body$", "exactly one Host") and d.later.parts and d.later.parts["version"] != b"1.1"


@rule("Transfer-Encoding or Content-Length, not both")
def both(d):
    return refused(d, "^body$", "not both")


@rule("no Transfer-Encoding in HTTP/1.0")
def coding_of_old(d):
    return refused(d, "^body$", "no Transfer-Encoding in HTTP/1.0")


@rule("no length beyond 63 bits, and none beyond the limit")
def length(d):
    return refused(d, "^body$") and d.later.parts and any(int(value) > 1 << 30 for value in values(d.later.parts, b"content-length"))


@rule("chunk extensions by their grammar")
def extensions(d):
    return refused(d, r"^body\.extensions$")


@rule("a chunk size of 16 digits, and none beyond the limit")
def chunk_size(d):
    return refused(d, r"^body(\.size)?$") and d.error["code"] != "mismatch" and values(d.ours.parts, b"transfer-encoding")


@rule("a method of 32 bytes, a name of 256")
def limits(d):
    return refused(d, r"^method$|\.name$") and d.error["code"] == "too_long"


# ---- what only h11 refuses

@rule("empty lines before a request")
def empty_lines(d):
    line_before = d.wire[d.begin:].startswith(b"\r") and refused_by_h11(d, "no request line received|illegal request line")
    return d.kind == "request" and line_before and d.ours.what != "error"


@rule("white space around the signs of a chunk extension")
def space_in_extension(d):
    return refused_by_h11(d, r"illegal chunk header: bytearray\(b['\"][0-9a-fA-F]+( |\\t)+;") and d.ours.what != "error"


@rule("lists of transfer codings")
def codings(d):
    if not refused_by_h11(d, "Transfer-Encoding") or d.theirs.parts or d.ours.what == "error":
        return False
    listed = [coding.strip(b" \t") for value in values(d.ours.parts, b"transfer-encoding") for coding in value.split(b",")]
    return d.kind == "response" or [coding for coding in listed if coding] == [b"chunked"]


@rule("fields of trailers are not framing")
def trailers(d):
    return refused_by_h11(d, "Content-Length|Transfer-Encoding") and d.theirs.parts and d.ours.what != "error"
