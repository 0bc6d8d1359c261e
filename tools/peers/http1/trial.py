"""What the trials with peers share: a count of what was seen, and servers on loopback that end with their trial."""
import contextlib
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

PATIENCE = 120  # seconds until a peer counts as stuck


class Absent(Exception):
    """What a trial needs and this machine does not have."""


class Trial:
    def __init__(self, build):
        self.examples = pathlib.Path(build).resolve() / "examples"
        self.segue = pathlib.Path(build).resolve() / "tools/segue/segue"
        self.passed, self.failed, self.skipped = 0, 0, 0

    def same(self, what, got, wanted):
        self.holds(what, got == wanted, f"got {brief(got)}, wanted {brief(wanted)}")

    def holds(self, what, held, otherwise=""):
        self.passed += bool(held)
        self.failed += not held
        print(f"  {'ok    ' if held else 'FAILED'} {what}{'' if held else ': ' + str(otherwise)}", flush=True)

    def told(self, what):
        print(f"         {what}", flush=True)


def brief(value):
    return repr(value) if len(repr(value)) < 300 else f"{repr(value)[:200]}... of {len(value)}"


def need(program):
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")
    if not found:
        raise Absent(f"{program} is not installed (--install)")
    return found


def run(*command, given=b""):
    """Standard output, standard error and exit status."""
    done = subprocess.run([str(word) for word in command], input=given, capture_output=True, timeout=PATIENCE)
    return done.stdout, done.stderr.decode(errors="replace"), done.returncode


@contextlib.contextmanager
def ended(process):
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def example_server(trial):
    """The port of examples/05_http_server; a free one."""
    with ended(subprocess.Popen([trial.examples / "05_http_server", "0"], stdout=subprocess.PIPE, text=True)) as process:
        yield int(process.stdout.readline().rsplit(":", 1)[1])
        if process.poll() is not None:
            trial.holds("the example server is still there", False, f"it ended with {process.returncode}")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as one:
        return one.getsockname()[1]


@contextlib.contextmanager
def nginx(http):
    """The port and the folder of an nginx, with `http` in its configuration: PORT and FOLDER are filled in."""
    program, port = need("nginx"), free_port()
    with tempfile.TemporaryDirectory() as folder:
        temporary = "".join(f"{what}_temp_path {folder}/{what};" for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (pathlib.Path(folder) / "files").mkdir()
        configuration = pathlib.Path(folder) / "nginx.conf"
        configuration.write_text(
            f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors warn; events {{}}\n"
            f"http {{ access_log off; client_max_body_size 0; large_client_header_buffers 4 64k; {temporary}\n"
            + http.replace("PORT", str(port)).replace("FOLDER", folder) + "\n}\n")
        with ended(subprocess.Popen([program, "-e", f"{folder}/errors", "-c", configuration])):
            await_port(port)
            yield port, pathlib.Path(folder)


def await_port(port):
    """A server that someone else wrote does not say when it is there."""
    until = time.monotonic() + 10
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.01)


def random_bytes(size):
    return os.urandom(size)
