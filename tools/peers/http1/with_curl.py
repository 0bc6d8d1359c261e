"""curl asks the example server, in every way that it can send a body."""
import re
import tempfile

from trial import example_server, need, random_bytes, run

PACKAGES = ["curl"]
LARGE = 3_000_000


def curl(*arguments, given=b""):
    out, wrong, status = run("curl", "--silent", "--show-error", "--max-time", 60, "--noproxy", "*", *arguments, given=given)
    return out if status == 0 else f"exit status {status}: {wrong.strip()}"


def bodies(trial, at, through=""):
    """All kinds of bodies, in both directions; `at` echoes them."""
    with tempfile.NamedTemporaryFile() as file:
        def sent(size):
            file.seek(0)
            file.truncate()
            body = random_bytes(size)
            file.write(body)
            file.flush()
            return body

        chunked, plain, eager = ["--header", "Transfer-Encoding: chunked"], ["--header", "Expect:"], ["--header", "Expect: 100-continue"]
        for size in (0, 1, 1000, 65_536, LARGE):
            body = sent(size)
            for how, options in (("by length", plain), ("by length, after 100 Continue", eager), ("in chunks", chunked + plain),
                                 ("in chunks, after 100 Continue", chunked + eager), ("HTTP/1.0", ["--http1.0", *plain])):
                if size == 0 and options == chunked + eager:
                    continue  # curl 7.88 hears 100 Continue and then never sends the last chunk, to nobody
                got = curl(*options, "--data-binary", f"@{file.name}", at)
                trial.same(f"POST {through}{how}, {size} bytes", got, body)
            trial.same(f"PUT {through}of a file, {size} bytes", curl("--upload-file", file.name, at), body)
            trial.same(f"PUT {through}from a pipe, {size} bytes", curl("--upload-file", "-", at, given=body), body)
        body = sent(100_000)
        form = curl("--form", f"one=@{file.name}", "--form", "two=2", at)
        trial.holds(f"POST {through}of a multipart form", body in form and form.rstrip().endswith(b"--"), form)
        body = sent(600)
        trial.same(f"PUT {through}at 300 bytes a second", curl("--limit-rate", 300, "--upload-file", file.name, at), body)
        for method in ("PATCH", "DELETE", "REPORT"):
            trial.same(f"{method} {through}with a body", curl("--request", method, "--data-binary", f"@{file.name}", at), body)
        body = sent(LARGE)
        again = ["--data-binary", f"@{file.name}", "--output", "-", at]
        counted = curl("--write-out", "<%{num_connects}>", *again, "--next", "--silent", "--write-out", "<%{num_connects}>", *again)
        trial.same(f"POST {through}twice on one connection", counted, body + b"<1>" + body + b"<0>")


def connections(trial, at):
    """Which connections are used again: how many each request had to open."""
    count = ["--write-out", "<%{num_connects}>"]
    trial.same("three requests on one connection", curl(*count, at, at, at), b"hello\n<1>hello\n<0>hello\n<0>")
    trial.same("HTTP/1.0 with keep-alive, too", curl(*count, "--http1.0", "--header", "Connection: keep-alive", at, at), b"hello\n<1>hello\n<0>")
    trial.same("HTTP/1.0 without", curl(*count, "--http1.0", at, at), b"hello\n<1>hello\n<1>")
    trial.same("Connection: close", curl(*count, "--header", "Connection: close", at, at), b"hello\n<1>hello\n<1>")
    trial.same("after an error", curl(*count, "--header", "Bad Name: x", at, at), b"<1><1>")
    trial.same("fifty at a time", curl("--parallel", "--parallel-max", 50, at + "[1-200]"), b"hello\n" * 200)


def heads(trial, at):
    head = curl("--head", at)
    trial.holds("HEAD", re.fullmatch(rb"HTTP/1\.1 200 OK\r\n(\S+: [^\r]*\r\n)*Content-Length: 6\r\n(\S+: [^\r]*\r\n)*\r\n", head), head)
    trial.same("an upgrade that is not wanted", curl("--http2", at), b"hello\n")
    trial.same("OPTIONS *", curl("--request", "OPTIONS", "--request-target", "*", at), b"hello\n")
    trial.same("the absolute form", curl("--request-target", "http://somewhere.test/", at), b"hello\n")
    _, traffic, _ = run("curl", "--verbose", "--silent", "--noproxy", "*", "--header", "Expect: 100-continue", "--data", "x" * 100, at)
    trial.holds("100 Continue is heard", "< HTTP/1.1 100 Continue" in traffic and "< HTTP/1.1 200 OK" in traffic, traffic)


def errors(trial, at):
    status = ["--output", "/dev/null", "--write-out", "%{http_code}"]
    for wanted, what, options in (
            (b"400", "a name with a space", ["--header", "Bad Name: x", at]), (b"400", "no Host", ["--header", "Host:", at]),
            (b"400", "two lengths", ["--header", "Content-Length: 1", "--header", "content-length: 2", "--data", "x", at]),
            (b"400", "a length and chunks", ["--header", "Content-Length: 1", "--header", "Transfer-Encoding: chunked", "--data", "x", at]),
            (b"414", "a target of 9000 bytes", [at + "x" * 9000]), (b"431", "a value of 9000 bytes", ["--header", "A: " + "x" * 9000, at]),
            (b"431", "200 fields", [*(w for i in range(200) for w in ("--header", f"A{i}: x")), at]),
            (b"501", "a method of 33 letters", ["--request", "M" * 33, at]),
            (b"501", "gzip, chunked", ["--header", "Transfer-Encoding: gzip, chunked", "--data", "x", at]),
            (b"413", "a body of 2 GiB, announced", ["--header", "Content-Length: 2147483648", "--data", "x", at])):
        trial.same(f"{wanted.decode()} for {what}", curl(*status, *options), wanted)


def attempt(trial):
    need("curl")
    with example_server(trial, "05_http_server", "0") as port:
        at = f"http://127.0.0.1:{port}/"
        heads(trial, at)
        connections(trial, at)
        errors(trial, at)
        bodies(trial, at + "echo")
        trial.same("and it still serves", curl(at), b"hello\n")
