"""Headless Chromium calls jsonrpc_server over TLS from a page."""
import pathlib
import tempfile

from tls import tls_server
from trial import need, run
from with_curl import CALL

PACKAGES = ["chromium", "openssl"]
PAGE = """<body>not yet</body><script>
const call = i => fetch("https://localhost:PORT/rpc", {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(CALL)}).then(r => r.json());
Promise.all(Array.from({length: 100}, (_, i) => call(i))).then(all => document.body.textContent = all.map(one => one.result).join(" "), why => document.body.textContent = why);
</script>"""


def attempt(trial):
    program = need("chromium")
    with tls_server(trial, "--http", "0") as (port, _), tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder) / "page.html"
        page.write_text(PAGE.replace("PORT", str(port)).replace("CALL", CALL))
        # the page is of another origin, and the certificate of nobody's
        out, wrong, status = run(program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile", "--no-proxy-server",
                                 "--disable-web-security", "--ignore-certificate-errors", "--virtual-time-budget=20000", "--dump-dom", page.as_uri())
        text = out.decode(errors="replace")
        trial.holds("a hundred calls from a page are answered", text.count("19") == 100 and "not yet" not in text.split("<script>")[0], text[:300] + wrong[-300:])
