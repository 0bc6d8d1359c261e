"""What the tests of jsonrpc_server share: a call and its answer, the server, and ways to reach it."""
import contextlib
import os
import socket
import subprocess
import tempfile

from serving import PATIENCE, Server

CALL = b'{"jsonrpc":"2.0","method":"subtract","params":[42,23],"id":1}'
ANSWER = b'{"jsonrpc":"2.0","result":19,"id":1}'
PARSE_ERROR = b'{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}'


def serving(how, *more, limits={}):
    return Server("jsonrpc_server", how, *(() if "--unix" in more else ("0",)), *more, limits=limits)


@contextlib.contextmanager
def certificate():
    """A certificate of this machine's own loopback, and its key."""
    with tempfile.TemporaryDirectory() as folder:
        made = [os.path.join(folder, "certificate.pem"), os.path.join(folder, "key.pem")]
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                        "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", made[0], "-keyout", made[1]], check=True, capture_output=True)
        yield made


def post(payload, path="/rpc", kind="application/json"):
    return b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" % (path.encode(), kind.encode(), len(payload), payload)


def reach(server):
    if isinstance(server.port, int):
        return socket.create_connection(("127.0.0.1", server.port), PATIENCE)
    one = socket.socket(socket.AF_UNIX)
    one.settimeout(PATIENCE)
    one.connect(server.port)
    return one


@contextlib.contextmanager
def connected(server, tls=None):
    with reach(server) as plain, tls.wrap_socket(plain, server_hostname="localhost") if tls else contextlib.nullcontext(plain) as one:
        yield one, one.makefile("rb")


def read_response(file):
    """Status and body of one HTTP response."""
    status = int(file.readline().split()[1])
    size = 0
    while (line := file.readline()) not in (b"\r\n", b""):
        if line.lower().startswith(b"content-length:"):
            size = int(line.split(b":")[1])
    return status, file.read(size)


def call_number(i):
    return b'{"jsonrpc":"2.0","method":"subtract","params":[%d,1],"id":%d}' % (i, i)
