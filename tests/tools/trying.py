"""What the tests of the segue command share: running it, and counting what held."""
import json
import os
import select
import subprocess
import sys

SEGUE = os.path.abspath(sys.argv[1])
PATIENCE = 60  # seconds until a command counts as stuck; no test waits for it to pass
tests = []


def test(function):
    tests.append(function)
    return function


def run(*arguments, given=b""):
    done = subprocess.run([SEGUE, *arguments], input=given, capture_output=True, timeout=PATIENCE)
    return done.returncode, done.stdout, done.stderr.decode()


def lines_of(output):
    return [json.loads(line) for line in output.splitlines()]


def same(got, wanted, what="result"):
    assert got == wanted, f"{what}: got {got!r}, wanted {wanted!r}"


class Pipe:
    """The command with a pipe on each side, one line of output read at a time."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([SEGUE, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, bufsize=0)
        self.kept = b""

    def write(self, piece):
        self.process.stdin.write(piece)

    def line(self):
        while b"\n" not in self.kept:
            self.more()
        line, self.kept = self.kept.split(b"\n", 1)
        return line.decode()

    def bytes(self, n):
        while len(self.kept) < n:
            self.more()
        piece, self.kept = self.kept[:n], self.kept[n:]
        return piece

    def more(self):
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        assert ready, "the command keeps what it could print"
        piece = os.read(self.process.stdout.fileno(), 65536)
        assert piece, "the command ended: " + self.process.stderr.read().decode()
        self.kept += piece

    def end(self):
        out, err = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, self.kept + out, err.decode()


def run_all():
    failures = 0
    for each in tests:
        title = each.__name__.replace("_", " ")
        try:
            each()
            print("ok      " + title)
        except (AssertionError, subprocess.TimeoutExpired, ValueError, KeyError, OSError) as wrong:
            failures += 1
            print("FAILED  " + title + "\n        " + str(wrong))
    print(f"{len(tests) - failures} of {len(tests)} tests passed")
    sys.exit(1 if failures else 0)
