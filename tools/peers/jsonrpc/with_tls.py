"""curl and openssl s_client call jsonrpc_server over TLS."""
from tls import tls_server
from trial import need, run
from with_curl import ANSWER, CALL, JSON, curl

PACKAGES = ["curl", "openssl"]


def with_curl(trial, port, chain):
    at, trusted = f"https://localhost:{port}/rpc", ["--cacert", chain]
    for version in ("1.2", "1.3"):
        got = curl(*trusted, f"--tlsv{version}", "--tls-max", version, *JSON, "--data", CALL, at)
        trial.exchanged(f"TLS {version}", CALL, got, ANSWER)
    trial.holds("a certificate that nobody knows is not trusted", "SSL certificate problem" in curl(*JSON, "--data", CALL, at))
    trial.holds("TLS 1.1 is refused", "exit status 35" in curl(*trusted, "--tlsv1.0", "--tls-max", "1.1", "--ciphers", "DEFAULT@SECLEVEL=0", *JSON, "--data", CALL, at))
    got = curl(*trusted, "--parallel", "--parallel-max", 50, *JSON, "--data", CALL, f"{at}?[1-200]")
    trial.same("200 calls, fifty at a time", got, ANSWER * 200)


def with_s_client(trial, port, chain):
    """Which says what it has sent and what it got, and stays until the server has ended."""
    connect = [need("openssl"), "s_client", "-connect", f"localhost:{port}", "-servername", "localhost", "-CAfile", chain, "-verify_return_error"]
    request = f"POST /rpc HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {len(CALL)}\r\n\r\n{CALL}"
    out, wrong, status = run(*connect, "-ign_eof", given=request.encode())
    text = out.decode(errors="replace")
    trial.holds("openssl s_client is answered", ANSWER in text and status == 0, wrong[-300:])
    trial.holds("the certificate is verified", "Verify return code: 0 (ok)" in text, text[-500:])
    trial.holds("and the end is in order, with close_notify", "unexpected eof" not in wrong and "closed" in text, wrong[-300:])
    out, wrong, status = run(*connect, "-reconnect", "-tls1_2", given=b"")
    trial.same("five more handshakes are short ones", out.decode(errors="replace").count("Reused, TLSv1.2"), 5)


def attempt(trial):
    need("curl"), need("openssl")
    with tls_server(trial, "--http", "0", "--threads", "2") as (port, chain):
        with_curl(trial, port, chain)
        with_s_client(trial, port, chain)
