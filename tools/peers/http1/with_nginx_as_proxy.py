"""nginx stands in front of the example server: what curl sends reaches it as nginx writes it."""
from trial import example_server, need, nginx, run
from with_curl import bodies, curl

PACKAGES = ["nginx-light", "curl", "apache2-utils"]
CONFIGURATION = """
upstream segue { server 127.0.0.1:BEHIND; keepalive 8; }
proxy_http_version 1.1;
proxy_set_header Connection "";
server {
    listen 127.0.0.1:PORT;
    location /           { proxy_pass http://segue/; }
    location /unbuffered/ { proxy_pass http://segue/; proxy_request_buffering off; proxy_buffering off; }
    location /old/       { proxy_pass http://segue/; proxy_http_version 1.0; proxy_set_header Connection close; }
    location /unknown/   { proxy_pass http://segue/; proxy_set_header Host "a b"; }
}
"""


def attempt(trial):
    need("nginx"), need("curl"), need("ab")
    with example_server(trial, "05_http_server", "0") as behind, nginx(CONFIGURATION.replace("BEHIND", str(behind))) as (port, folder):
        at = f"http://127.0.0.1:{port}/"
        status = ["--output", "/dev/null", "--write-out", "%{http_code}"]
        trial.same("GET", curl(at), b"hello\n")
        head = curl("--head", at)
        trial.holds("HEAD", head.startswith(b"HTTP/1.1 200 OK\r\n") and b"Content-Length: 6\r\n" in head, head)
        for path in ("", "unbuffered/", "old/"):
            bodies(trial, f"{at}{path}echo", f"through /{path} ")
        trial.same("414 comes through", curl(*status, at + "x" * 9000), b"414")
        trial.same("431 comes through", curl(*status, "--header", "A: " + "x" * 9000, at), b"431")
        trial.same("400 comes through", curl(*status, at + "unknown/"), b"400")
        trial.same("and after the errors it still serves", curl(at), b"hello\n")
        out, _, _ = run("ab", "-q", "-k", "-n", 5000, "-c", 8, at)
        well = b"Complete requests:      5000\nFailed requests:        0\n" in out and b"Non-2xx" not in out
        trial.holds("ab, keep-alive on both sides: 5000 answered", well, out)
        wrong = (folder / "errors").read_text().splitlines()
        trial.same("nginx has nothing to complain of", [line for line in wrong if "buffered to a temporary file" not in line], [])
