"""haproxy puts its headers in front of connections over IPv4, IPv6, Unix sockets and TLS, and of its health checks."""
import contextlib
import json
import pathlib
import socket
import ssl
import subprocess
import tempfile

from trial import PATIENCE, ended, need, run

PACKAGES = ["haproxy", "openssl"]
SENT = b"what the client says\n"
VERSION_1, VERSION_2 = "send-proxy", "send-proxy-v2"
WITH_OPTIONS = VERSION_2 + " proxy-v2-options ssl,cert-cn,ssl-cipher,cert-sig,cert-key,authority,crc32c,unique-id"


@contextlib.contextmanager
def haproxy(folder, listener, send, tls="", check=""):
    """The socket that gets what comes to `listener`, with a header in front. haproxy inherits the listener: it need not
    be awaited."""
    with socket.create_server(("127.0.0.1", 0)) as origin:
        origin.settimeout(PATIENCE)
        configuration = folder / "haproxy.cfg"
        configuration.write_text(
            "global\n  maxconn 20\n"
            "defaults\n  mode tcp\n  timeout connect 10s\n  timeout client 10s\n  timeout server 10s\n"
            f"frontend here\n  bind fd@{listener.fileno()} {tls}\n  unique-id-format %ci:%cp\n  default_backend there\n"
            f"backend there\n  {check}\n  server origin 127.0.0.1:{origin.getsockname()[1]} {send}\n")
        with ended(subprocess.Popen([need("haproxy"), "-db", "-f", configuration], pass_fds=[listener.fileno()],
                                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)):
            yield origin


def received(origin, is_all):
    """What a connection to the origin brings, to its end or until it is all."""
    with origin.accept()[0] as connection:
        connection.settimeout(PATIENCE)
        whole = b""
        while not is_all(whole) and (piece := connection.recv(4096)):
            whole += piece
        return whole


def decoded(trial, what, wire):
    """The header's value: it must be all that is there, the same byte by byte, and encoded to the same bytes."""
    line, wrong, status = run(trial.segue, "decode", "proxy", given=wire)
    trial.same(f"{what}: decoded", (status, wrong), (0, ""))
    trial.same(f"{what}: byte by byte", run(trial.segue, "decode", "proxy", "--chunk", "1", given=wire)[0], line)
    trial.same(f"{what}: encoded again", run(trial.segue, "encode", "proxy", given=line)[0], wire)
    return json.loads(line)["version"] if status == 0 else {}


def checked(trial, what, wire):
    """A header with a checksum: one changed bit anywhere behind the length is found."""
    for at in (17, len(wire) - 1):
        broken = wire[:at] + bytes([wire[at] ^ 1]) + wire[at + 1:]
        _, wrong, status = run(trial.segue, "decode", "proxy", given=broken)
        trial.holds(f"{what}: with byte {at} changed it is refused", status == 1 and "wrong_checksum" in wrong, wrong)


def forwarded(trial, what, origin, client):
    """The header in front of what the client says, and its value."""
    with client:
        client.sendall(SENT)
        whole = received(origin, lambda whole: whole.endswith(SENT))
    trial.holds(f"{what}: what the client said follows", whole.endswith(SENT), whole)
    wire = whole[:-len(SENT)]
    return wire, decoded(trial, what, wire)


def tlvs_of(header, family, trial, what):
    trial.same(f"{what}: command, family, transport", header["2"]["head"], {"command": 1, "family": family, "transport": 1})
    (_, block), = header["2"]["block"].items()
    return block, [(kind, value) for tlv in block["tlvs"] for kind, value in tlv.items()]


def over_tcp(trial, folder, host, family, word):
    for send in (VERSION_1, VERSION_2, WITH_OPTIONS):
        what = f"{host}, {send.replace(' proxy-v2-options', ' with').partition(',')[0]}"
        ip = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.create_server((host, 0), family=ip) as listener, haproxy(folder, listener, send) as origin:
            client = socket.create_connection(listener.getsockname()[:2], PATIENCE)
            ours, theirs = client.getsockname()[:2], client.getpeername()[:2]
            wire, header = forwarded(trial, what, origin, client)
        expected = {"source": ours[0], "destination": theirs[0], "source_port": ours[1], "destination_port": theirs[1]}
        if send == VERSION_1:
            trial.same(f"{what}: the addresses", header, {"1": {word: expected}})
            continue
        block, tlvs = tlvs_of(header, family, trial, what)
        trial.same(f"{what}: the addresses", {name: block[name] for name in expected}, expected)
        trial.same(f"{what}: the types", sorted(kind for kind, _ in tlvs), ["checksum", "ssl", "unique_id"] if send == WITH_OPTIONS else [])
        if send == WITH_OPTIONS:
            trial.same(f"{what}: the unique id", dict(tlvs)["unique_id"], {"id": f"{ours[0]}:{ours[1]}"})
            trial.same(f"{what}: not over TLS", dict(tlvs)["ssl"]["client"]["over_tls"], False)
            checked(trial, what, wire)


def over_unix(trial, folder):
    for send in (VERSION_1, VERSION_2, WITH_OPTIONS):
        what = f"a Unix socket, {send.replace(' proxy-v2-options', ' with').partition(',')[0]}"
        path = folder / "here.sock"
        path.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(path))
            listener.listen()
            with haproxy(folder, listener, send) as origin:
                client = socket.socket(socket.AF_UNIX)
                client.connect(str(path))
                _, header = forwarded(trial, what, origin, client)
        trial.told(json.dumps(header))


def health_checks(trial, folder):
    """Version 2 says LOCAL, version 1 names the two ends of the check. It waits for an answer: else it would be reset."""
    for send, is_all in ((VERSION_1, lambda whole: whole.endswith(b"\r\n")), (VERSION_2, lambda whole: len(whole) >= 16)):
        check = "option tcp-check\n  tcp-check expect string never"
        with socket.create_server(("127.0.0.1", 0)) as listener, \
                haproxy(folder, listener, send + " check inter 10s check-send-proxy", check=check) as origin:
            wire, port = received(origin, is_all), origin.getsockname()[1]
        header = decoded(trial, f"a health check, {send}", wire)
        if send == VERSION_1:
            trial.same("a health check names its destination", header["1"]["tcp4"]["destination_port"], port)
        else:
            trial.same("a health check is LOCAL", header["2"]["head"]["command"], 0)


def certificates(folder):
    """An authority, and certificates for haproxy and for the client."""
    openssl = need("openssl")

    def made(*command):
        subprocess.run([openssl, *map(str, command)], check=True, cwd=folder, capture_output=True, timeout=PATIENCE)

    made("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=authority", "-days", "2")
    for name in ("server", "client.example"):
        made("req", "-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        made("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", f"{name}.crt", "-days", "2")
        (folder / f"{name}.pem").write_bytes((folder / f"{name}.crt").read_bytes() + (folder / f"{name}.key").read_bytes())


def over_tls(trial, folder):
    certificates(folder)
    tls = f"ssl crt {folder}/server.pem alpn h2,http/1.1 ca-file {folder}/ca.pem verify optional"
    for with_certificate in (False, True):
        what = "TLS with a client's certificate" if with_certificate else "TLS"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(folder / "ca.pem")
        context.check_hostname = False
        context.set_alpn_protocols(["h2"])
        if with_certificate:
            context.load_cert_chain(folder / "client.example.pem")
        with socket.create_server(("127.0.0.1", 0)) as listener, haproxy(folder, listener, WITH_OPTIONS, tls) as origin:
            plain = socket.create_connection(listener.getsockname(), PATIENCE)
            client = context.wrap_socket(plain, server_hostname="www.example.com")
            version, cipher = client.version(), client.cipher()[0]
            wire, header = forwarded(trial, what, origin, client)
        _, tlvs = tlvs_of(header, 1, trial, what)
        told = dict(tlvs)
        trial.same(f"{what}: ALPN", told.get("alpn"), {"protocol": "h2"})
        trial.same(f"{what}: the name the client asked for", told.get("authority"), {"host": "www.example.com"})
        trial.same(f"{what}: over TLS, with a certificate", told["ssl"]["client"],
                   {"unassigned": 0, "certificate_in_session": with_certificate, "certificate_in_connection": with_certificate, "over_tls": True})
        details = {kind: value["name"] for detail in told["ssl"]["details"] for kind, value in detail.items()}
        trial.same(f"{what}: version and cipher", (details.get("version"), details.get("cipher")), (version, cipher))
        trial.same(f"{what}: key and signature", (details.get("key_algorithm"), details.get("signature_algorithm")), ("RSA2048", "RSA-SHA256"))
        trial.same(f"{what}: the common name", details.get("common_name"), "client.example" if with_certificate else None)
        if with_certificate:  # without one haproxy says zero as well, where the specification wants another number
            trial.same(f"{what}: verified", told["ssl"]["verify"], 0)
        checked(trial, what, wire)


def attempt(trial):
    version = run(need("haproxy"), "-v")[0].decode().split()[2]
    trial.told(f"haproxy {version}")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        over_tcp(trial, folder, "127.0.0.1", 1, "tcp4")
        over_tcp(trial, folder, "::1", 2, "tcp6")
        over_unix(trial, folder)
        health_checks(trial, folder)
        over_tls(trial, folder)
