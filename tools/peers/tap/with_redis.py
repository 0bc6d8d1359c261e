"""redis-cli and redis-benchmark talk to a Redis server through a tap."""
import tempfile

from tapping import tap
from trial import ended, need, redis, run

PACKAGES = ["redis-server", "redis-tools"]


def attempt(trial):
    need("redis-cli"), need("redis-benchmark")
    with tempfile.TemporaryDirectory() as folder:
        server, port, peer = redis(folder)
        with ended(server), peer:
            with tap(trial, "resp", f"127.0.0.1:{port}") as (at, written):
                for version in ("-2", "-3"):
                    def cli(*words, given=b""):
                        return run("redis-cli", version, "-p", at, *words, given=given)[0]

                    trial.same(f"redis-cli {version}: SET", cli("SET", "k", "a b"), b"OK\n")
                    trial.same(f"redis-cli {version}: GET", cli("GET", "k"), b"a b\n")
                    trial.same(f"redis-cli {version}: a script of commands", cli(given=b"PING\nLPUSH l 1 2 3\nLRANGE l 0 -1\nDEL l k\n"), b"PONG\n3\n3\n2\n1\n2\n")
                    answer, _, status = run("redis-cli", version, "-p", at, "--pipe", given=b"*1\r\n$4\r\nPING\r\n" * 1000)
                    trial.holds(f"redis-cli {version}: --pipe of 1000 commands", status == 0 and b"errors: 0, replies: 1000" in answer, answer)
                out, wrong, status = run("redis-benchmark", "-p", at, "-n", 2000, "-c", 20, "-P", 4, "-t", "ping,set,get,lrange_100", "-q")
                trial.holds("redis-benchmark, 20 connections, pipelined", status == 0 and b"LRANGE_100" in out, wrong)
            trial.same("nothing was malformed", written.errors, [])
            streams = {line["@"]["stream"] for line in written.lines}
            clients = {stream: {line["@"]["from"] for line in written.lines if line["@"]["stream"] == stream} for stream in streams}
            trial.holds(f"{len(written.lines)} messages on {len(streams)} connections, each of two peers", len(written.lines) > 10_000 and all(len(two) == 2 for two in clients.values()),
                        {stream: two for stream, two in clients.items() if len(two) != 2})
            counts = {}
            for line in written.lines:
                if line.get("is") == {"inline": ""}:
                    continue  # redis-cli --pipe ends with an empty line, which nobody answers
                counts.setdefault(line["@"]["stream"], []).append(line["@"]["to"].endswith(f":{port}"))
            odd = {stream: (sum(all_of), len(all_of)) for stream, all_of in counts.items() if 2 * sum(all_of) != len(all_of)}
            trial.same("an answer for each command on every connection", odd, {})
