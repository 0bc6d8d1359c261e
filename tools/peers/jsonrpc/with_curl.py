"""curl calls jsonrpc_server over HTTP, in every way that it can send a body."""
import re
import tempfile

from trial import example_server, need, run

PACKAGES = ["curl"]
CALL = '{"jsonrpc":"2.0","method":"subtract","params":[42,23],"id":1}'
ANSWER = '{"jsonrpc":"2.0","result":19,"id":1}'
JSON = ["--header", "Content-Type: application/json"]
STATUS = ["--write-out", " (%{http_code}, %{num_connects})"]  # what was answered, and how many connections it took


def curl(*arguments, given=""):
    out, wrong, status = run("curl", "--silent", "--show-error", "--max-time", 60, "--noproxy", "*", *arguments, given=given.encode())
    return out.decode() if status == 0 else f"exit status {status}: {wrong.strip()}"


def calls(trial, at):
    def error(code, message, id="null", data=""):
        return f'{{"jsonrpc":"2.0","error":{{"code":{code},"message":"{message}"{data}}},"id":{id}}}'

    nowhere, long = error(-32601, "Method not found", 1), "x" * 60_000
    for what, sent, wanted in (
            ("by position", CALL, ANSWER),
            ("by name", '{"jsonrpc":"2.0","method":"subtract","params":{"subtrahend":23,"minuend":42},"id":"a"}', ANSWER[:-2] + '"a"}'),
            ("without params", '{"jsonrpc":"2.0","method":"get_data","id":1.5}', '{"jsonrpc":"2.0","result":["hello",5],"id":1.5}'),
            ("a batch", f'[{CALL},{{"jsonrpc":"2.0","method":"notify_sum","params":[1]}},{CALL}]', f"[{ANSWER},{ANSWER}]"),
            ("an empty batch", "[]", error(-32600, "Invalid Request")),
            ("no JSON", CALL[:-1], error(-32700, "Parse error")),
            ("no such method", '{"jsonrpc":"2.0","method":"foobar","id":1}', nowhere),
            ("a wrong type", '{"jsonrpc":"2.0","method":"sum","params":[1,"2"],"id":1}',
             error(-32602, "Invalid params", 1, ',"data":{"path":"/params/1","expected":"an integer"}')),
            ("60000 bytes", f'{{"jsonrpc":"2.0","method":"echo","params":["{long}"],"id":1}}', f'{{"jsonrpc":"2.0","result":["{long}"],"id":1}}')):
        got = curl(*JSON, *STATUS, "--data-binary", "@-", at, given=sent)
        trial.exchanged(what, sent, got, wanted + " (200, 1)")
    for what, sent in (("a notification", '{"jsonrpc":"2.0","method":"update","params":[1,2,3]}'),
                       ("a batch of notifications", '[{"jsonrpc":"2.0","method":"foobar"}]')):
        trial.exchanged(what, sent, curl(*JSON, *STATUS, "--data", sent, at), " (204, 1)")


def ways(trial, at):
    """Ways to send the same call."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(CALL.encode())
        file.flush()
        for what, options in (
                ("--json", ["--json", CALL]), ("in chunks", [*JSON, "--header", "Transfer-Encoding: chunked", "--data", CALL]),
                ("after 100 Continue", [*JSON, "--header", "Expect: 100-continue", "--data", CALL]),
                ("with HTTP/1.0", [*JSON, "--http1.0", "--data", CALL]), ("twenty bytes a second", [*JSON, "--limit-rate", "20", "--data", CALL]),
                ("with a charset", ["--header", "content-type: Application/JSON; charset=utf-8", "--data", CALL]),
                ("an offer of HTTP/2", [*JSON, "--http2", "--data", CALL]),
                ("from a file", [*JSON, "--data-binary", f"@{file.name}"])):
            trial.same(f"sent {what}", curl(*options, *STATUS, at), ANSWER + " (200, 1)")


def refusals(trial, at):
    for status, what, options in (
            ("404, 1", "another path", [*JSON, "--data", CALL, at + "/other"]), ("405, 1", "GET", [at]),
            ("405, 1", "PUT", [*JSON, "--request", "PUT", "--data", CALL, at]), ("415, 1", "a form", ["--data", CALL, at]),
            ("413, 1", "70000 bytes", [*JSON, "--data-binary", "@-", at]),
            ("413, 1", "70000 bytes in chunks", [*JSON, "--header", "Transfer-Encoding: chunked", "--data-binary", "@-", at]),
            ("400, 1", "a name with a space", [*JSON, "--header", "Bad Name: x", "--data", CALL, at])):
        trial.same(f"{status[:3]} for {what}", curl("--output", "/dev/null", *STATUS, *options, given=" " * 70_000), f" ({status})")


def connections(trial, at):
    """All on one connection: it goes on after 405, 415 and a text that is broken."""
    each = (["--data", CALL, *JSON], [], ["--data", CALL], ["--data", "nonsense", *JSON], ["--data", CALL, *JSON])
    words = [word for options in each for word in ("--next", "--silent", *STATUS, *options, at)][1:]
    got = curl(*words)
    trial.told(got)
    trial.same("five requests on one connection, whatever the answer", re.findall(r"\((\d+), (\d+)\)", got),
               [("200", "1"), ("405", "0"), ("415", "0"), ("200", "0"), ("200", "0")])


def attempt(trial):
    need("curl")
    with example_server(trial, "jsonrpc_server", "--http", "0") as port:
        at = f"http://127.0.0.1:{port}/rpc"
        calls(trial, at)
        ways(trial, at)
        refusals(trial, at)
        connections(trial, at)
        got = curl("--parallel", "--parallel-max", 50, *JSON, "--data", CALL, f"{at}?[1-200]")
        trial.told(f"{got.count(ANSWER)} of 200 answered")
        trial.same("200 calls, fifty at a time", got, ANSWER * 200)
