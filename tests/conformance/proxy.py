#!/usr/bin/env python3
"""Compares proxy with what others wrote down: proxy.py PATH_TO_SEGUE [DIRECTORY_OF_VECTORS]

Each case of proxy.jsonl has a verdict: ok, with the header as it is written again, error, or need_more. Other bytes may
follow a header. grammars/proxy/README.md says where we differ: the text behind UNKNOWN is kept, and a line is judged when
its end has come.
"""
import base64
import collections
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds until a command counts as stuck
VERDICTS = {0: "ok", 1: "error", 3: "need_more"}


def run(*arguments, given=b""):
    return subprocess.run([SEGUE, *arguments], input=given, capture_output=True, timeout=PATIENCE)


def decode(wire):
    """The verdict of the first header, its line of JSON, and its bytes."""
    done = run("decode", "proxy", "--offsets", given=wire)
    lines = done.stdout.splitlines()
    if lines:
        at = json.loads(lines[0])["@"]
        return "ok", lines[0], wire[at["offset"]:at["offset"] + at["size"]]
    return VERDICTS.get(done.returncode, f"exit status {done.returncode}"), None, b""


def judge(wire, expect, written):
    """What differs, as text; nothing where all agrees."""
    verdict, line, header = decode(wire)
    if expect == "error" and verdict == "need_more":
        verdict, _, _ = decode(wire + b"\r\n")
    if verdict != expect:
        return f"{verdict} instead of {expect}"
    if expect != "ok":
        return ""
    if run("encode", "proxy", given=line + b"\n").stdout != header:
        return "not encoded to the same bytes"
    kept = header.startswith(b"PROXY UNKNOWN ") and written == b"PROXY UNKNOWN\r\n"
    if header != written and not kept:
        return f"{header!r} instead of {written!r}"
    return "" if run("decode", "proxy", "--offsets", "--chunk", "1", given=header).stdout == line + b"\n" else "another value byte by byte"


def main():
    directory = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else os.environ.get("SEGUE_VECTORS") or ROOT.parent / "shared/vectors")
    if not (directory / "proxy.jsonl").exists():
        print(f"skipped: no {directory}/proxy.jsonl")
        return 0
    counts, failed = collections.Counter(), 0
    for one in map(json.loads, (directory / "proxy.jsonl").read_text().splitlines()):
        found = judge(base64.b64decode(one["input_b64"]), one["expect"], one["fields"].get("written_again", "").encode())
        counts[one["expect"]] += not found
        if found:
            failed += 1
            print(f"{one['id']} ({one['fields']['desc']}): {found}")
    print(", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items())))
    print(f"{counts.total()} of {counts.total() + failed} tests passed")
    return 1 if failed else 0


if __name__ == "__main__":
    SEGUE = os.path.abspath(sys.argv[1])
    sys.exit(main())
