"""ab and wrk ask the example server many times: every request is answered. Requests a second are told, not judged."""
import re
import tempfile

from trial import example_server, need, run

PACKAGES = ["apache2-utils", "wrk"]
REQUESTS = 20_000

PIPELINED = """init = function() local r = {} for i = 1, 16 do r[i] = wrk.format("GET", "/") end all = table.concat(r) end
request = function() return all end"""
POSTED = """wrk.method = "POST" wrk.body = string.rep("x", 5000) wrong = 0 threads = {}
setup = function(thread) table.insert(threads, thread) end
response = function(status, fields, body) if body ~= wrk.body then wrong = wrong + 1 end end
done = function() for _, one in ipairs(threads) do if one:get("wrong") > 0 then print("Other bodies: " .. one:get("wrong")) end end end"""


def number(pattern, text):
    found = re.search(pattern, text)
    return float(found[1]) if found else 0


def ab(trial, what, *arguments, reused=0):
    out, wrong, status = run("ab", "-q", "-n", REQUESTS, "-c", 20, *arguments)
    text = out.decode(errors="replace")
    names = ("Complete requests", "Failed requests", "Non-2xx responses", "Keep-Alive requests")
    counts = [number(rf"{name}:\s+(\d+)", text) for name in names]
    trial.same(f"ab {what}: {REQUESTS} answered, none failed", [status, *counts], [0, REQUESTS, 0, 0, reused])
    trial.told(f"{number(r'Requests per second: +([0-9.]+)', text):.0f} requests a second{'; ' + wrong.strip() if wrong else ''}")


def wrk(trial, what, url, script=None):
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script or "")
        file.flush()
        out, wrong, status = run("wrk", "-t", 2, "-c", 20, "-d", "2s", *(["-s", file.name] if script else []), url)
    text = out.decode(errors="replace")
    answered = number(r"(\d+) requests in", text)
    trial.holds(f"wrk {what}: {answered:.0f} answered, none failed",
                status == 0 and answered > 0 and not re.search("Socket errors|Non-2xx|Other bodies", text), text + wrong)
    trial.told(f"{number(r'Requests/sec: +([0-9.]+)', text):.0f} requests a second")


def attempt(trial):
    need("ab"), need("wrk")
    with example_server(trial, "05_http_server", "0") as port, tempfile.NamedTemporaryFile() as file:
        at = f"http://127.0.0.1:{port}/"
        file.write(b"x" * 5000)
        file.flush()
        ab(trial, "GET", at)
        ab(trial, "GET, keep-alive", "-k", at, reused=REQUESTS)
        ab(trial, "HEAD, keep-alive", "-k", "-i", at, reused=REQUESTS)
        ab(trial, "POST of 5000 bytes", "-p", file.name, "-T", "text/plain", at)
        ab(trial, "POST of 5000 bytes, keep-alive", "-k", "-p", file.name, "-T", "text/plain", at, reused=REQUESTS)
        ab(trial, "POST of 5000 bytes, echoed", "-p", file.name, "-T", "text/plain", at + "echo")
        wrk(trial, "GET", at)
        wrk(trial, "GET, 16 in the pipeline", at, PIPELINED)
        wrk(trial, "POST of 5000 bytes, echoed", at + "echo", POSTED)
