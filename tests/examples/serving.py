"""What the tests of serving examples share: PROGRAM DIRECTORY_OF_EXAMPLES runs each function marked @test."""
import os
import resource
import subprocess
import sys

EXAMPLES = os.path.abspath(sys.argv[1])
PATIENCE = 30  # seconds until something counts as stuck; no test waits for it to pass
tests = []


def test(function):
    tests.append(function)
    return function


def same(got, wanted, what="result"):
    assert got == wanted, f"{what}: got {got!r}, wanted {wanted!r}"


class Server:
    """A server of the examples on a free port, or another place, which it prints."""

    def __init__(self, name, *arguments, limits={}):
        self.process = subprocess.Popen([os.path.join(EXAMPLES, name), *(arguments or ("0",))], stdout=subprocess.PIPE, text=True,
                                        preexec_fn=lambda: [resource.setrlimit(what, (most, most)) for what, most in limits.items()])
        where = self.process.stdout.readline().rstrip().rsplit(":", 1)[-1]
        self.port = int(where) if where.isdigit() else where

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def client(command, given):
    return subprocess.run(command, input=given, capture_output=True, timeout=PATIENCE).stdout


def run():
    passed = 0
    for one in tests:
        name = one.__name__.replace("_", " ")
        try:
            why = one()
        except Exception as wrong:  # the others still run
            print(f"FAILED  {name}: {wrong}")
            continue
        if why and os.environ.get("CI"):
            print(f"FAILED  {name}: {why}")
            continue
        passed += 1
        print(f"{'skipped' if why else 'ok     '} {name}{': ' + why if why else ''}")
    print(f"{passed} of {len(tests)} tests passed")
    sys.exit(passed != len(tests))

