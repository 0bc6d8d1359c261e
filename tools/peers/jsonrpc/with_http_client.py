"""Python's http.client calls jsonrpc_server: one connection for many calls, bodies in chunks, many connections at once."""
import http.client
import json
import threading

from trial import PATIENCE, example_server

PACKAGES = []
CALLS, CONNECTIONS = 1000, 20


class Client:
    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, PATIENCE)

    def post(self, body, **how):
        self.connection.request("POST", "/rpc", body, {"Content-Type": "application/json"}, **how)
        response = self.connection.getresponse()
        text = response.read()
        return response.status, json.loads(text) if text else None

    def call(self, method, params, id, **how):
        return self.post(json.dumps({"jsonrpc": "2.0", "method": method, "params": params, "id": id}).encode(), **how)


def one_connection(trial, port):
    client = Client(port)
    got = [client.call("sum", [n, n], n) for n in range(CALLS)]
    trial.told(f"... -> {got[-1]}")
    trial.same(f"{CALLS} calls", got, [(200, {"jsonrpc": "2.0", "result": 2 * n, "id": n}) for n in range(CALLS)])
    socket = client.connection.sock
    text = "a\u00e9\u20ac\U0001f600\\\"\u0001"
    for what, params in (("text", [text]), ("escaped text", {text: text}), ("large numbers", [2**53 + 1, -2**63, 1.5e300]), ("60000 bytes", ["x" * 60_000])):
        trial.exchanged(f"echo of {what}", json.dumps(params), json.dumps(client.call("echo", params, "a")[1]["result"]), json.dumps(params))
    body = json.dumps({"jsonrpc": "2.0", "method": "sum", "params": [1, 2], "id": None}).encode()
    pieces = (body[at:at + 7] for at in range(0, len(body), 7))
    trial.same("in chunks of seven bytes", client.post(pieces, encode_chunked=True), (200, {"jsonrpc": "2.0", "result": 3, "id": None}))
    batch = [{"jsonrpc": "2.0", "method": "sum", "params": [n], "id": n} for n in range(500)]
    trial.same("a batch of 500", client.post(json.dumps(batch).encode()), (200, [{"jsonrpc": "2.0", "result": n, "id": n} for n in range(500)]))
    trial.same("a notification", client.post(b'{"jsonrpc":"2.0","method":"notify_hello","params":[7]}'), (204, None))
    trial.same("no JSON", client.post(b"{")[1]["error"]["code"], -32700)
    trial.holds("all of it on one connection", socket is not None and client.connection.sock is socket)


def many_connections(trial, port):
    answers = [None] * CONNECTIONS

    def converse(which):
        client = Client(port)
        answers[which] = [client.call("sum", [which, n], f"{which}/{n}")[1] for n in range(CALLS // CONNECTIONS)]

    threads = [threading.Thread(target=converse, args=[which]) for which in range(CONNECTIONS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    wanted = [[{"jsonrpc": "2.0", "result": which + n, "id": f"{which}/{n}"} for n in range(CALLS // CONNECTIONS)] for which in range(CONNECTIONS)]
    trial.same(f"{CALLS} calls on {CONNECTIONS} connections at once: none lost, none crossed", answers, wanted)


def attempt(trial):
    with example_server(trial, "jsonrpc_server", "--http", "0") as port:
        one_connection(trial, port)
        many_connections(trial, port)
