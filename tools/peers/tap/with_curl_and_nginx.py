"""curl fetches from nginx through a tap, in plain text and over TLS on both sides."""
import pathlib
import tempfile

from tapping import tap
from trial import free_port, need, nginx, random_bytes, run

PACKAGES = ["nginx-light", "curl", "openssl"]
CONFIGURATION = """
server {
    listen 127.0.0.1:PORT;
    listen 127.0.0.1:SECURE ssl; ssl_certificate CERTIFICATE; ssl_certificate_key KEY;
    root FOLDER/files; absolute_redirect off;
    location /chunked/ { alias FOLDER/files/; sub_filter nowhere somewhere; sub_filter_types *; }
    location /to/      { proxy_pass http://127.0.0.1:PORT/taken/; }
    location /taken/   { return 200 "taken\\n"; }
    location /moved    { return 301 /small.txt; }
}
"""


def certified(folder):
    """A certificate for localhost that signs itself, and its key."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    _, wrong, status = run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", certificate,
                           "-days", "1", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
    if status:
        raise RuntimeError(wrong)
    return certificate, key


def curl(*arguments, given=b""):
    out, wrong, status = run("curl", "--silent", "--show-error", "--noproxy", "*", *arguments, given=given)
    return out if status == 0 else (status, wrong)


def exchanged(trial, what, at, files, *options):
    """Fetches and posts, and gives what the tap must have seen: method, target and status."""
    upload = files["large.bin"]
    seen = []

    def one(title, wanted, method, target, status, *more, given=b""):
        trial.same(f"{what}: {title}", curl(*options, *more, at + target, given=given), wanted)
        seen.append((method, target, status))

    one("a file", files["small.txt"], "GET", "/small.txt", 200)
    one("5 MB", files["large.bin"], "GET", "/large.bin", 200)
    one("5 MB in chunks", files["large.bin"], "GET", "/chunked/large.bin", 200)
    one("an empty file", b"", "GET", "/empty.txt", 200)
    one("POST of 5 MB, behind 100-continue", b"taken\n", "POST", "/to/x", 200, "--header", "Expect: 100-continue", "--data-binary", "@-", given=upload)
    one("POST in chunks", b"taken\n", "POST", "/to/y", 200, "--header", "Transfer-Encoding: chunked", "--data-binary", "@-", given=upload[:100_000])
    one("HTTP/1.0", files["small.txt"], "GET", "/small.txt", 200, "--http1.0")
    head = curl(*options, "--head", at + "/large.bin")
    trial.holds(f"{what}: HEAD", b"Content-Length: 5000000\r\n" in head, head)
    seen.append(("HEAD", "/large.bin", 200))
    trial.same(f"{what}: a redirection, on the same connection", curl(*options, "--location", at + "/moved"), files["small.txt"])
    seen.extend([("GET", "/moved", 301), ("GET", "/small.txt", 200)])
    out = curl(*options, "--parallel", "--parallel-max", "20", *[word for _ in range(100) for word in (at + "/small.txt", "--output", "-")])
    trial.same(f"{what}: 100 files, 20 at a time", out, files["small.txt"] * 100)
    seen.extend([("GET", "/small.txt", 200)] * 100)
    return seen


def check(trial, what, written, seen):
    trial.same(f"{what}: nothing was malformed", written.errors, [])
    told = {}
    for line in written.lines:
        told.setdefault(line["@"]["stream"], []).append(line)
    pairs = []
    for lines in told.values():
        requests = [line for line in lines if "method" in line]
        answers = [line for line in lines if line.get("status", 100) // 100 != 1]
        pairs += [(r["method"], r["target"], a["status"]) for r, a in zip(requests, answers)]
        if len(requests) != len(answers):
            trial.holds(f"{what}: a response for each request", False, lines)
    trial.same(f"{what}: the tap has seen {len(seen)} exchanges on {len(told)} connections", sorted(pairs), sorted(seen))


def attempt(trial):
    for program in ("nginx", "curl", "openssl"):
        need(program)
    with tempfile.TemporaryDirectory() as made:
        certificate, key = certified(pathlib.Path(made))
        secure = free_port()
        configuration = CONFIGURATION.replace("SECURE", str(secure)).replace("CERTIFICATE", str(certificate)).replace("KEY", str(key))
        with nginx(configuration) as (port, folder):
            files = {"small.txt": b"a small file\n", "empty.txt": b"", "large.bin": random_bytes(5_000_000)}
            for name, content in files.items():
                (folder / "files" / name).write_bytes(content)
            plain, tls = f"127.0.0.1:{port}", f"tls:localhost:{secure}"
            trusted = ["--cacert", certificate]
            for what, scheme, to, options, of_curl in (("plain", "http", plain, [], []), ("TLS to clients", "https", plain, ["--tls", certificate, key], trusted),
                                                       ("TLS to nginx", "http", tls, ["--ca", certificate], []),
                                                       ("TLS on both sides", "https", tls, ["--tls", certificate, key, "--ca", certificate], trusted)):
                with tap(trial, "http1", to, *options) as (at, written):
                    seen = exchanged(trial, what, f"{scheme}://localhost:{at}", files, *of_curl)
                check(trial, what, written, seen)
            with tap(trial, "http1", tls) as (at, written):
                answer = curl(f"http://localhost:{at}/small.txt")
            trial.holds("nobody vouches for nginx: curl is cut off", isinstance(answer, tuple), answer)
            trial.holds("... and the tap says why", any("certificate verify failed" in line for line in written.errors), written.errors)
