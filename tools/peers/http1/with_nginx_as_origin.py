"""segue's client fetches from nginx."""
import email.utils
import os

from trial import need, nginx, random_bytes, run

PACKAGES = ["nginx-light"]
CONFIGURATION = """
types { text/plain txt; }  default_type application/octet-stream;
server {
    listen 127.0.0.1:PORT; root FOLDER/files; keepalive_requests 1000;
    location /chunked/     { alias FOLDER/files/; sub_filter nowhere somewhere; sub_filter_types *; }
    location /until_close/ { alias FOLDER/files/; sub_filter nowhere somewhere; sub_filter_types *; chunked_transfer_encoding off; }
    location /brief/       { alias FOLDER/files/; keepalive_requests 3; }
    location /none         { return 204; }
    location /moved        { return 301 /small.txt; }
    location /post         { return 200 "posted\\n"; }
}
"""


def attempt(trial):
    need("nginx")
    with nginx(CONFIGURATION) as (port, folder):
        files = {"small.txt": b"a small file\n", "empty.txt": b"", "large.bin": random_bytes(5_000_000)}
        for name, content in files.items():
            (folder / "files" / name).write_bytes(content)
        host, large = f"127.0.0.1:{port}", files["large.bin"]

        def fetch(*words):
            out, _, status = run(trial.examples / "05_http_server", host, *words)
            return out, status

        def one(what, wanted, *words):
            trial.same(what, fetch(*words), (wanted + b"\n", 0))

        def begins(what, wanted, *words):
            out, status = fetch(*words)
            trial.holds(what, out.startswith(wanted) and status == 0, (out[:200], status))

        one("a file, by its length", b"200 OK: a small file\n", "GET", "/small.txt")
        one("5 MB, by their length", b"200 OK: " + large, "GET", "/large.bin")
        one("an empty file", b"200 OK: ", "GET", "/empty.txt")
        one("chunks", b"200 OK: a small file\n", "GET", "/chunked/small.txt")
        one("5 MB in chunks", b"200 OK: " + large, "GET", "/chunked/large.bin")
        one("until the end of the connection", b"200 OK: a small file\n", "GET", "/until_close/small.txt")
        one("5 MB until the end of the connection", b"200 OK: " + large, "GET", "/until_close/large.bin")
        one("HEAD", b"200 OK: ", "HEAD", "/large.bin")
        one("HEAD of chunks", b"200 OK: ", "HEAD", "/chunked/large.bin")
        one("204", b"204 No Content: ", "GET", "/none")
        one("POST without a body", b"200 OK: posted\n", "POST", "/post")
        changed = email.utils.formatdate(os.stat(folder / "files/small.txt").st_mtime, usegmt=True)
        one("304", b"304 Not Modified: ", "GET", "/small.txt", f"If-Modified-Since: {changed}")
        one("a range", b"206 Partial Content: " + large[1000:2000], "GET", "/large.bin", "Range: bytes=1000-1999")
        one("the last bytes", b"206 Partial Content: " + large[-7:], "GET", "/large.bin", "Range: bytes=-7")
        begins("two ranges", b"206 Partial Content: \r\n--", "GET", "/large.bin", "Range: bytes=0-1,5-6")
        begins("416", b"416 Requested Range Not Satisfiable: <html>", "GET", "/large.bin", "Range: bytes=9000000-")
        begins("301", b"301 Moved Permanently: <html>", "GET", "/moved")
        begins("404", b"404 Not Found: <html>", "GET", "/nowhere")
        begins("405", b"405 Not Allowed: <html>", "POST", "/small.txt")
        begins("400", b"400 Bad Request: <html>", "GET", "/%zz")
        many = ["GET", "/small.txt", "HEAD", "/large.bin", "GET", "/large.bin", "GET", "/none", "GET", "/chunked/large.bin", "GET", "/empty.txt"]
        wanted = b"200 OK: a small file\n\n200 OK: \n200 OK: " + large + b"\n204 No Content: \n200 OK: " + large + b"\n200 OK: \n"
        trial.same("all kinds in one pipeline, six times", fetch(*many * 6), (wanted * 6, 0))
        trial.same("100 requests in one pipeline", fetch(*("GET", "/small.txt") * 100), (b"200 OK: a small file\n\n" * 100, 0))
        out, status = fetch(*("GET", "/until_close/small.txt") * 2)
        trial.same("a second request behind the end of the connection is not answered", (out, status), (b"200 OK: a small file\n\n", 1))
        brief = fetch(*("GET", "/brief/small.txt") * 5)
        trial.same("of five requests three are answered, where the third answer says close", brief, (b"200 OK: a small file\n\n" * 3, 1))
