#!/usr/bin/env python3
"""Compares resp with what others wrote down: resp.py PATH_TO_SEGUE [DIRECTORY_OF_VECTORS]

Each case of resp.jsonl must come out as its suite says, with the same values, or as the table of grammars/resp/README.md
says why; what was read must be written as it was. The commands of the recorded session are read as a server reads them. All
cases must give the same at every cut. The captures must come back unchanged.
"""
import base64
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PATIENCE = 300  # seconds until a command counts as stuck

# What Redis said to these is due to a limit of its own, or it reads them otherwise: README.md, "Where it differs".
COMMANDS = {"not crlf": "error", "null array": "error", "huge inline": "need_more", "lf only": "error", "inline unbalanced": "ok"}
# The bytes and the replies of these differ in a path of the machine that recorded them.
RECORDED_OTHERWISE = ("redis7-resp2/217", "redis7-resp2/218")


def run(*arguments, given=None):
    return subprocess.run([SEGUE, *arguments], input=given, capture_output=True, timeout=PATIENCE)


def listed():
    """The rows of the table: case, verdict."""
    page = (ROOT / "grammars/resp/README.md").read_text()
    for row in page.partition("| case | here |")[2].splitlines()[2:]:
        if not row.startswith("|"):
            break
        cases, verdict = (cell.strip() for cell in row.split("|")[1:3])
        for case in re.findall(r"`([^`]+)`", cases):
            yield case, verdict


def text_of(value):
    if isinstance(value, dict):
        return base64.b64decode(value["base64"])
    return value.encode()


def as_hiredis(value):
    """A value as the replies of the cases are written; an attributed one is two of them."""
    (kind, held), = value["is"].items()
    nested = lambda items: [reply for item in items for reply in as_hiredis(item)]
    pairs = lambda entries: [reply for entry in entries for part in ("key", "value") for reply in as_hiredis(entry[part])]
    names = {"simple_string": "simple", "simple_error": "error", "bulk_string": "bulk", "big_number": "bignum"}
    if kind in names:
        return [{"t": names[kind], "hex": text_of(held).hex()}]
    if kind in ("array", "set", "push"):
        return [{"t": kind, "items": nested(held)}]
    if kind == "map":
        return [{"t": "map", "items": pairs(held)}]
    if kind == "attributed":
        return [{"t": "attr", "items": pairs(held["attributes"])}, *nested(held["value"])]
    if kind == "integer":
        return [{"t": kind, "v": int(held)}]
    if kind == "boolean":
        return [{"t": "bool", "v": int(held["holds"])}]
    if kind == "double":
        return [{"t": "double", "text": held}]
    if kind == "verbatim_string":
        return [{"t": "verbatim", "vtype": held["format"], "hex": text_of(held["text"]).hex()}]
    if kind.startswith("null"):
        return [{"t": "nil"}]
    return [{"t": kind}]


def verdict_of(done):
    if done.returncode == 0:
        return "ok" if done.stdout else "need_more"
    return "need_more" if done.stderr.startswith(b"segue: truncated") else "error"


def judge(case, known):
    """What is wrong with a case of replies."""
    wire = base64.b64decode(case["input_b64"])
    done = run("decode", "resp", given=wire)
    if done.returncode not in (0, 1, 3):
        return f"the command ended with {done.returncode}: {done.stderr[:200]!r}"
    expected = known.pop(case["id"], case["expect"])
    if verdict_of(done) != expected:
        return f"{verdict_of(done)} instead of {expected}: {wire[:80]!r}: {done.stderr[:200]!r}"
    if expected != "ok":
        return ""
    if run("encode", "resp", given=done.stdout).stdout != wire:
        return f"is not written as it was: {wire[:80]!r}"
    replies = [reply for line in done.stdout.splitlines() for reply in as_hiredis(json.loads(line))]
    if case["fields"].get("replies") and replies != case["fields"]["replies"] and case["id"] not in RECORDED_OTHERWISE:
        return f"is {str(replies)[:300]}, should be {str(case['fields']['replies'])[:300]}"
    return ""


def judge_command(case):
    """What is wrong with a command: a server that answered a protocol error has refused it."""
    name = case["fields"]["command"]
    wire, answer = base64.b64decode(case["fields"]["command_b64"]), base64.b64decode(case["input_b64"])
    expected = COMMANDS.get(name, "error" if b"-ERR Protocol error" in answer else "ok")
    got = verdict_of(run("decode", "resp.inline", given=wire))
    return "" if got == expected else f"as a command: {got} instead of {expected}: {wire[:80]!r}, answered {answer[:80]!r}"


def main():
    beside = ROOT.parent / "shared/vectors"
    directory = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else os.environ.get("SEGUE_VECTORS") or beside)
    if not (directory / "resp.jsonl").exists():
        print(f"skipped: no {directory}/resp.jsonl")
        return 0
    known, failed, replies, commands, cut = dict(listed()), [], 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "case"
        for line in (directory / "resp.jsonl").read_text().splitlines():
            case = json.loads(line)
            tried = [judge(case, known)]
            replies += 1
            if "command_b64" in case["fields"]:
                tried.append(judge_command(case))
                commands += 1
            wire = base64.b64decode(case["input_b64"])
            if wire and len(wire) < 10_000:
                path.write_bytes(wire)
                same = run("verify", "resp", str(path))
                tried.append("" if same.returncode == 0 else same.stderr.decode(errors="replace").strip())
                cut += 1
            failed += [f"{case['id']}: {wrong}" for wrong in tried if wrong]
    for capture in sorted((directory / "captures/resp").glob("*")):
        grammar = "resp.inline" if capture.suffix == ".c2s" else "resp"
        wire = capture.read_bytes()
        if run("encode", grammar, given=run("decode", grammar, given=wire).stdout).stdout != wire:
            failed.append(f"{capture.name} does not come back as it was")
    failed += [f"{case} is listed and does not come up: take it out of the table" for case in known]
    for failure in failed:
        print(failure)
    print(f"{replies} cases, {commands} commands, {cut} at every cut")
    return 1 if failed else 0


if __name__ == "__main__":
    SEGUE = os.path.abspath(sys.argv[1])
    sys.exit(main())
