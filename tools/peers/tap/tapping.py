"""A tap for a while, and what it wrote."""
import contextlib
import json
import signal
import subprocess
import tempfile

from trial import PATIENCE, ended


class Written:
    """Known when the tap has ended."""

    lines, errors = None, None


@contextlib.contextmanager
def tap(trial, grammar, to, *options):
    """The port of a tap in front of `to`, and what it will have written."""
    written = Written()
    with tempfile.TemporaryFile() as out:
        command = [trial.segue, "tap", grammar, "--listen", "0", "--to", to, "--format", "json", *options]
        with ended(subprocess.Popen([str(word) for word in command], stdout=out, stderr=subprocess.PIPE, text=True)) as process:
            said = process.stderr.readline()
            yield int(said.rsplit(":", 1)[1]), written
            process.send_signal(signal.SIGTERM)
            _, errors = process.communicate(timeout=PATIENCE)
            trial.same("SIGTERM: the tap has ended well", process.returncode, 0)
        out.seek(0)
        written.lines = [json.loads(line) for line in out.read().splitlines()]
        written.errors = errors.splitlines()
