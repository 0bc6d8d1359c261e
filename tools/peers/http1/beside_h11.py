"""python3-h11 and segue read the same random and mutated messages; where they differ, a rule says why.

Every rule is a row of the table 'Beside h11' in grammars/http1/README.md, which quotes the RFC for it; a difference without
a rule is a failure. Both read each case whole and in pieces.
"""
import collections
import pathlib
import random
import sys

from h11_cases import Cases
from h11_rules import RULES
from trial import Absent

sys.path.append(str(pathlib.Path(__file__).resolve().parents[3] / "tests/conformance"))
import http1 as conformance  # how segue's verdicts are taken

PACKAGES = ["python3-h11"]
README = pathlib.Path(__file__).resolve().parents[3] / "grammars/http1/README.md"
# What is put behind what ended inside a message, so that h11, which looks at complete heads and lines, judges it.
COMPLETION = b"\r\n\r\n"

# What became of each message, in order: "message", the parts | "error", why | "need_more", the parts so far | "end".
Outcome = collections.namedtuple("Outcome", "what parts why", defaults=(None, None))


def import_h11():
    sys.path.append("/usr/lib/python3/dist-packages")  # apt's, where python3 is another one
    try:
        import h11
    except ImportError:
        raise Absent("python3-h11 is not installed (--install)") from None
    return h11


class Reader:
    """h11 as a reader of one message after the other: each has a connection of its own."""

    def __init__(self, h11, kind):
        self.h11, self.kind, self.outcomes = h11, kind, []
        self.open()

    def open(self):
        self.connection = self.h11.Connection(self.h11.SERVER if self.kind == "request" else self.h11.CLIENT)
        self.parts = None
        if self.kind == "response":
            request = self.h11.Request(method="GET", target="/", headers=[("Host", "x"), ("Connection", "upgrade"), ("Upgrade", "x")])
            self.connection.send(request)
            self.connection.send(self.h11.EndOfMessage())

    def read(self, pieces):
        for piece in [*filter(None, pieces), b""]:
            if not self.feed(piece):
                break
        return self.outcomes

    def feed(self, piece):
        """False where it is over. An empty piece is the end."""
        h11, ending = self.h11, not piece
        if piece:
            self.connection.receive_data(piece)
        try:
            while True:
                if ending and not self.under_way():
                    self.outcomes.append(Outcome("end"))
                    return False
                if ending and not self.connection.trailing_data[1]:
                    self.connection.receive_data(b"")
                event = self.connection.next_event()
                if event is h11.NEED_DATA or event is h11.PAUSED:
                    return True
                if isinstance(event, h11.Data):
                    self.parts["body"] += bytes(event.data)
                elif isinstance(event, h11.EndOfMessage):
                    self.complete(event.headers)
                    left, _ = self.connection.trailing_data
                    self.open()
                    if left:
                        self.connection.receive_data(left)
                else:
                    self.parts = self.head(event)
                    if isinstance(event, h11.InformationalResponse):
                        self.complete([])
        except h11.RemoteProtocolError as wrong:
            cut = ending and "closed connection" in str(wrong)
            self.outcomes.append(Outcome("need_more" if cut else "error", self.parts, str(wrong)))
            return False

    def under_way(self):
        return self.parts is not None or bool(self.connection.trailing_data[0])

    def head(self, event):
        parts = {"version": event.http_version, "headers": fields(event.headers.raw_items()), "body": b""}
        if self.kind == "request":
            return parts | {"method": bytes(event.method), "target": bytes(event.target)}
        return parts | {"status": event.status_code, "reason": bytes(event.reason)}

    def complete(self, trailers):
        trailers = trailers.raw_items() if trailers else []
        self.outcomes.append(Outcome("message", self.parts | {"trailers": fields(trailers)}))
        self.parts = None


def fields(all_of_them):
    """As h11 normalises two of them: codings in small letters, one length of several that are the same."""
    told = []
    for name, value in all_of_them:
        name, value = bytes(name), bytes(value)
        if name.lower() == b"content-length":
            value = value.split(b",")[0].strip(b" \t")
            if any(one[0].lower() == b"content-length" for one in told):
                continue
        told.append((name, value.lower() if name.lower() == b"transfer-encoding" else value))
    return told


def parts_of(message):
    octets = conformance.octets

    def told(section):
        return fields((octets(h["name"]), octets(h["value"])) for h in message[section])

    parts = {"version": octets(message["version"]), "headers": told("headers"), "body": message["body"]}
    if message["complete"]:
        parts["trailers"] = told("trailers")
    for part in ("method", "target", "reason"):
        if part in message:
            parts[part] = octets(message[part])
    return parts | ({"status": message["status"]} if "status" in message else {})


def segue(kind, wire, *more):
    """The outcomes, and the error with its place."""
    got = conformance.decode(kind, wire, *more)
    outcomes = [Outcome("message", parts_of(m)) for m in got.messages if m["complete"]]
    under_way = next((parts_of(m) for m in got.messages if not m["complete"]), None)
    if got.verdict == "error":
        return [*outcomes, Outcome("error", under_way, f"{got.error['path']}: {got.error['message']}")], got.error
    if got.verdict == "need_more":
        return [*outcomes, Outcome("need_more", under_way)], got.error
    return [*outcomes, Outcome("end" if got.verdict == "ok" else got.verdict)], None


def agree(ours, theirs):
    return ours.what == theirs.what and (ours.what not in ("message", "need_more") or ours.parts == theirs.parts)


def first_difference(ours, theirs):
    return next((i for i, pair in enumerate(zip(ours, theirs)) if not agree(*pair)), None)


# A difference: at the message where they part. `later` is what h11 makes of it once the line or the head is complete.
Difference = collections.namedtuple("Difference", "kind wire index begin ours theirs later error")


def compare(h11, kind, wire, chunk):
    """What differs between the two, or between whole and cut."""
    ours, error = segue(kind, wire)
    theirs = Reader(h11, kind).read([wire])
    if first_difference(ours, segue(kind, wire, "--chunk", str(chunk))[0]) is not None:
        yield "segue answers otherwise where it is cut"
    if first_difference(theirs, Reader(h11, kind).read([wire[i:i + chunk] for i in range(0, len(wire), chunk)])) is not None:
        yield "h11 answers otherwise where it is cut"
    index = first_difference(ours, theirs)
    if index is None:
        return
    later = theirs[index]
    if later.what == "need_more" and ours[index].what == "error":
        later = (Reader(h11, kind).read([wire + COMPLETION]) + [Outcome("end")] * (index + 1))[index]
        if later.what == "error":
            return  # both refuse it
    ends = [m["end"] for m in conformance.decode(kind, wire).messages if m["complete"]]
    yield Difference(kind, wire, index, ends[index - 1] if index else 0, ours[index], theirs[index], later, error)


def rows():
    """The rules that the README has."""
    table = README.read_text().partition("| beside h11 |")[2].partition("\n## ")[0].splitlines()[2:]
    return [row.split("|")[1].strip() for row in table if row.startswith("| ")]


def attempt(trial):
    h11 = import_h11()
    conformance.SEGUE = str(trial.segue)
    source = random.Random(trial.seed)
    cases, counts, unknown = Cases(source), collections.Counter(), []
    outcomes, known = collections.Counter(), rows()
    for number in range(trial.cases):
        kind = "request" if number % 2 == 0 else "response"
        wire = cases.one(kind)
        found = list(compare(h11, kind, wire, source.randint(1, 9)))
        for one in found:
            rule = None if isinstance(one, str) else next((name for name, holds in RULES if holds(one)), None)
            counts[rule] += rule is not None
            if rule not in known:
                unknown.append((number, one))
        outcomes["differ" if found else "agree"] += 1
    trial.told(f"{trial.cases} cases from seed {trial.seed}, h11 {h11.__version__}: {outcomes['agree']} agree, {outcomes['differ']} differ")
    for rule in known:
        trial.told(f"{counts[rule]:6} {rule}")
    for number, one in unknown[:20]:
        trial.told(f"case {number}: {one}")
    trial.same("differences that no rule explains", len(unknown), 0)
    trial.same("rules of the README are those of the script", sorted(known), sorted({name for name, _ in RULES}))
    if (trial.cases, trial.seed) == (20_000, 1):  # others may miss the rare ones
        trial.same("rules that explain nothing", [rule for rule in known if not counts[rule]], [])
