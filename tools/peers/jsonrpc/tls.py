"""A certificate for this machine's loopback, and jsonrpc_server with it."""
import contextlib
import pathlib
import tempfile

from trial import example_server, need, run


@contextlib.contextmanager
def tls_server(trial, *arguments):
    """The port, and the file with the certificate, which signs itself."""
    with tempfile.TemporaryDirectory() as folder:
        chain, key = pathlib.Path(folder) / "certificate.pem", pathlib.Path(folder) / "key.pem"
        _, wrong, status = run(need("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", 2,
                               "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", chain, "-keyout", key)
        trial.same("openssl makes a certificate", status, 0) if status else None
        with example_server(trial, "jsonrpc_server", *arguments, "--tls", chain, key) as port:
            yield port, chain
