"""jayson, a client for Node, calls jsonrpc_server over HTTP and over TCP, where it sends and expects lines."""
import pathlib

from trial import example_server, node

PACKAGES = []
NODE_MODULES = ["jayson"]


def attempt(trial):
    script = pathlib.Path(__file__).with_name("with_jayson.js")
    for how, kind in (("--http", "http"), ("--lines", "tcp")):
        trial.told(f"{kind}:")
        with example_server(trial, "jsonrpc_server", how, "0") as port:
            node(trial, script, "jayson", kind, port)
