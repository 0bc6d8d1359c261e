"""What the trials with peers share: a count of what was seen, and servers on loopback that end with their trial."""
import contextlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

PATIENCE = 120  # seconds until a peer counts as stuck
NODE_FOLDER = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "segue-peers"


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

    def exchanged(self, what, sent, got, wanted):
        self.told(f"{sent if len(sent) < 200 else brief(sent)} -> {got if len(got) < 200 else brief(got)}")
        self.same(what, got, wanted)

    def told(self, what):
        print(f"         {what}", flush=True)


def brief(value):
    return repr(value) if len(repr(value)) < 300 else f"{repr(value)[:200]}... of {len(value)}"


def need(program):
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")
    if not found:
        raise Absent(f"{program} is not installed (--install)")
    return found


def run(*command, given=b"", environment=None):
    """Standard output, standard error and exit status."""
    done = subprocess.run([str(word) for word in command], input=given, capture_output=True, timeout=PATIENCE, env=environment)
    return done.stdout, done.stderr.decode(errors="replace"), done.returncode


@contextlib.contextmanager
def ended(process):
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def example_server(trial, program, *arguments):
    """The port of one of the examples, which it prints."""
    with ended(subprocess.Popen([trial.examples / program, *arguments], stdout=subprocess.PIPE, text=True)) as process:
        yield int(process.stdout.readline().rsplit(":", 1)[1])
        if process.poll() is not None:
            trial.holds("the example server is still there", False, f"it ended with {process.returncode}")


def node(trial, script, module, *arguments):
    """Runs a script of this folder, which prints what it exchanged as lines of JSON: what, sent, got and wanted."""
    program, folder = need("node"), NODE_FOLDER / "node_modules"
    if not (folder / module).is_dir():
        raise Absent(f"Node's {module} is not installed (--install)")
    version = json.loads((folder / module / "package.json").read_text())["version"]
    trial.told(f"{module} {version}, node {run(program, '--version')[0].decode().strip()}")
    out, wrong, status = run(program, script, *arguments, environment={**os.environ, "NODE_PATH": str(folder)})
    for line in out.decode().splitlines():
        one = json.loads(line)
        trial.exchanged(one["what"], json.dumps(one["sent"]), json.dumps(one["got"]), json.dumps(one["wanted"]))
    trial.same(f"{module} runs to its end", (status, wrong), (0, ""))


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


def redis(folder):
    """A Redis server, its port and a connected socket; another port if somebody else was faster."""
    for _ in range(5):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = subprocess.Popen([need("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder,
                                   "--enable-debug-command", "yes", "--daemonize", "no"], stdout=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while time.monotonic() < until and server.poll() is None:
            try:
                return server, port, socket.create_connection(("127.0.0.1", port), 20)
            except ConnectionRefusedError:
                time.sleep(0.02)
        server.kill()
        server.wait()
    raise RuntimeError("redis-server does not start")


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
