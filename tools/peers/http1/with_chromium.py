"""Headless Chromium opens pages of the example server."""
import tempfile

from trial import example_server, need, run

PACKAGES = ["chromium"]


def dom(url):
    with tempfile.TemporaryDirectory() as profile:
        out, wrong, status = run(need("chromium"), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
                                 "--no-proxy-server", "--virtual-time-budget=20000", "--dump-dom", url)
        return out.decode(errors="replace") if status == 0 else f"exit status {status}: {wrong[-500:]}"


def attempt(trial):
    need("chromium")
    with example_server(trial, "05_http_server", "0") as port:
        text, page = dom(f"http://127.0.0.1:{port}/"), dom(f"http://127.0.0.1:{port}/page")
        trial.holds("the greeting is shown", ">hello\n<" in text, text)
        trial.holds("the page is shown, and what it posts comes back", ">1 echoed, 100000 echoed, 3000000 echoed<" in page, page)
