// with_vscode_jsonrpc.js JSONRPC_SERVER
"use strict";

const { spawn } = require("child_process");
const { once } = require("events");
const rpc = require("vscode-jsonrpc/node");
const { tell, inTime, run } = require("./exchange.js");

// A connection with a server of its own, and everything that went wrong with it.
function start() {
    const server = spawn(process.argv[2], ["--lsp"], { stdio: ["pipe", "pipe", "inherit"] });
    const connection = rpc.createMessageConnection(new rpc.StreamMessageReader(server.stdout), new rpc.StreamMessageWriter(server.stdin));
    const wrong = [];
    connection.onError(([why]) => wrong.push(String(why)));
    connection.onUnhandledNotification(one => wrong.push(one.method));
    connection.listen();
    return { server, connection, wrong, ended: once(server, "exit"), call: (method, ...params) => inTime(connection.sendRequest(method, ...params)) };
}
const failure = promise => promise.then(() => "answered", why => [why.code, why.message]);

run(async () => {
    const { server, connection, wrong, ended, call } = start();
    // one object is sent as params by name, anything else by position
    const text = { text: "line\nbreak \u20ac \u{1f600}" };
    for (const [method, params, wanted] of [
        ["subtract", [{ minuend: 42, subtrahend: 23 }], 19], ["subtract", [42, 23], 19], ["sum", [1, 2, 4], 7], ["echo", [text], text], ["echo", [text, [null]], [text, [null]]]])
        tell(method, params, await call(method, ...params), wanted);
    tell("no params", "get_data", await call("get_data"), ["hello", 5]);
    tell("no such method", "foobar", await failure(call("foobar")), [-32601, "Method not found"]);
    tell("a wrong type", ["x"], await failure(call("sum", "x")), [-32602, "Invalid params"]);
    const typed = new rpc.RequestType2("subtract");
    tell("a typed request", [42, 23], await call(typed, 42, 23), 19);

    await connection.sendNotification("update", [1, 2, 3]);
    await connection.sendNotification("foobar");
    tell("calls go on after notifications", "sum", await call("sum", 1), 1);

    const numbers = Array.from({ length: 1000 }, (_, n) => n);
    tell("1000 calls at once", "sum", await Promise.all(numbers.map(n => call("sum", n, n))), numbers.map(n => 2 * n));
    const long = "x".repeat(60000);
    tell("60000 bytes", "echo", (await call("echo", long))[0] === long, true);

    // The server answers at once, so the request to cancel comes too late: it is no error, and no answer is lost.
    const source = new rpc.CancellationTokenSource();
    const cancelled = call("sum", 1, 2, source.token);
    source.cancel();
    tell("a call that is cancelled after it was answered", "$/cancelRequest", await cancelled, 3);
    tell("and the next one", "sum", await call("sum", 4), 4);

    server.stdin.end();
    tell("the end of its input ends the server", "end", await inTime(ended), [0, null]);
    connection.dispose();
    tell("nothing went wrong", "", wrong, []);

    const other = start();
    tell("another server", "sum", await other.call("sum", 2), 2);
    other.server.kill("SIGTERM");
    tell("SIGTERM ends it in order", "SIGTERM", await inTime(other.ended), [0, null]);
});
