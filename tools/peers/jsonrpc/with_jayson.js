// with_jayson.js http|tcp PORT
"use strict";

const jayson = require("jayson");
const { tell, inTime, run } = require("./exchange.js");

const [kind, port] = process.argv.slice(2);
const at = { host: "127.0.0.1", port: Number(port), path: "/rpc" };
const connect = options => kind === "http" ? jayson.Client.http({ ...at, ...options }) : jayson.Client.tcp({ host: at.host, port: at.port, ...options });
const client = connect();

// The answer as it came; undefined where there is none.
const ask = (from, ...request) => inTime(new Promise((resolve, reject) => from.request(...request, (why, answer) => why ? reject(why) : resolve(answer))));
const call = (method, params, id) => ask(client, method, params, id);
const result = (id, value) => ({ jsonrpc: "2.0", result: value, id });

run(async () => {
    for (const [method, params, wanted] of [
        ["subtract", [42, 23], 19], ["subtract", { subtrahend: 23, minuend: 42 }, 19], ["sum", [1, 2, 4], 7], ["get_data", [], ["hello", 5]],
        ["echo", { text: "line\nbreak \u20ac \u{1f600}" }, { text: "line\nbreak \u20ac \u{1f600}" }]])
        tell(method, params, await call(method, params, 1), result(1, wanted));
    tell("an id that is a text", "a", await call("sum", [1], "a"), result("a", 1));
    tell("an id of jayson's own", "sum", (await ask(client, "sum", [1])).result, 1);
    tell("no such method", "foobar", await call("foobar", [], 1), { jsonrpc: "2.0", error: { code: -32601, message: "Method not found" }, id: 1 });
    tell("a wrong type", ["x"], (await call("sum", ["x"], 1)).error.data, { path: "/params/0", expected: "an integer" });
    tell("a notification", "update", await call("update", [1, 2], null), null);

    const batch = [client.request("sum", [1, 2], undefined, undefined, false), client.request("update", [1], null, undefined, false),
        client.request("foobar", [], undefined, undefined, false)];
    const answers = await ask(client, batch);
    tell("a batch", batch.map(one => one.method), answers.map(one => [one.id, one.result ?? one.error.code]), [[batch[0].id, 3], [batch[2].id, -32601]]);
    const long = "x".repeat(60000);
    tell("60000 bytes", "echo", (await call("echo", [long], 1)).result[0] === long, true);

    const numbers = Array.from({ length: 200 }, (_, n) => n);
    tell("200 calls at once", "sum", await Promise.all(numbers.map(async n => (await call("sum", [n, n], n)).result)), numbers.map(n => 2 * n));
    if (kind === "http") {
        const agent = new (require("http").Agent)({ keepAlive: true, maxSockets: 1 });
        const kept = connect({ agent });
        const connections = new Set();
        kept.on("http request", sent => sent.on("socket", socket => connections.add(socket)));
        const all = await Promise.all(numbers.map(async n => (await ask(kept, "sum", [n])).result));
        tell("200 calls on one connection", "sum", [all, connections.size], [numbers, 1]);
        tell("another path", "/other", await ask(connect({ path: "/other" }), "sum", [1]).catch(why => why.code), 404);
    }
});
