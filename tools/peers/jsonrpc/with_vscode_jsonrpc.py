"""vscode-jsonrpc, the client of the Language Server Protocol, calls jsonrpc_server on its standard input and output."""
import pathlib

from trial import node

PACKAGES = []
NODE_MODULES = ["vscode-jsonrpc"]


def attempt(trial):
    node(trial, pathlib.Path(__file__).with_name("with_vscode_jsonrpc.js"), "vscode-jsonrpc", trial.examples / "jsonrpc_server")
