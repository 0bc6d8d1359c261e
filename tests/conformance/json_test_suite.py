#!/usr/bin/env python3
"""Compares json with what others wrote down: json_test_suite.py PATH_TO_SEGUE [DIRECTORY_OF_VECTORS]

Each case of json.jsonl must be accepted, must be refused, or may be either: then the table of grammars/json/README.md says
which, and a case that it names must do so. A case is accepted where it is one text, which is printed again: another
reader must find the same value in both. All cases must give the same at every cut.
"""
import base64
import collections
import fnmatch
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PATIENCE = 300  # seconds until a command counts as stuck


def run(*arguments, given=None):
    return subprocess.run([SEGUE, *arguments], input=given, capture_output=True, timeout=PATIENCE)


def listed():
    """The rows of the table: verdict, pattern of a name."""
    page = (ROOT / "grammars/json/README.md").read_text()
    for row in page.partition("| either, and here |")[2].splitlines()[2:]:
        if not row.startswith("|"):
            break
        verdict, names = (cell.strip() for cell in row.split("|")[1:3])
        for pattern in re.findall(r"`([^`]+)`", names):
            yield {"accepted": "ok", "refused": "error"}[verdict], pattern


def same_value(given, printed):
    """Python's own reader finds the same, numbers as their text; where it cannot read the case, nothing is compared."""
    exact = {"parse_float": str, "parse_int": str}
    try:
        return json.loads(given, **exact) == json.loads(printed, **exact)
    except (UnicodeDecodeError, json.JSONDecodeError):
        return True


def judge(one, rows):
    """What is wrong with a case, and how it came out; notes the row that it used."""
    name, wire = one["id"].split("/")[-1].removesuffix(".json"), base64.b64decode(one["input_b64"])
    done = run("decode", "json", given=wire)
    lines = done.stdout.splitlines()
    if done.returncode not in (0, 1, 3):
        return f"the command ended with {done.returncode}: {done.stderr[:200]!r}", "fail"
    verdict = "ok" if done.returncode == 0 and len(lines) == 1 else "error"
    expected = one["expect"]
    if expected == "any":
        row = next((r for r in rows if fnmatch.fnmatchcase(name, r[1])), None)
        if row is None:
            return f"{verdict}, and the table does not name it", "fail"
        rows[row] += 1
        expected = row[0]
    if verdict != expected:
        return f"{verdict} instead of {expected}: {wire[:80]!r}", "fail"
    if verdict == "ok" and not same_value(wire, lines[0]):
        return f"printed as {lines[0][:80]!r}, was {wire[:80]!r}", "fail"
    return "", f"{one['expect']}: {verdict}"


def main():
    beside = ROOT.parent / "shared/vectors"
    directory = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else os.environ.get("SEGUE_VECTORS") or beside)
    if not (directory / "json.jsonl").exists():
        print(f"skipped: no {directory}/json.jsonl")
        return 0
    rows = collections.Counter({row: 0 for row in listed()})
    counts, failed = collections.Counter(), []
    with tempfile.TemporaryDirectory() as folder:
        for line in (directory / "json.jsonl").read_text().splitlines():
            one = json.loads(line)
            wrong, outcome = judge(one, rows)
            counts[outcome] += 1
            if wrong:
                failed.append(f"{one['id']}: {wrong}")
            wire = base64.b64decode(one["input_b64"])
            if len(wire) > 10_000:  # a hundred thousand brackets, refused at the 33rd
                wire = wire[:100]
            path = pathlib.Path(folder) / "case"
            path.write_bytes(wire)
            cut = run("verify", "json", str(path))
            counts["the same at every cut"] += cut.returncode == 0
            if cut.returncode != 0:
                failed.append(f"{one['id']}: {cut.stderr.decode(errors='replace').strip()}")
    failed += [f"{pattern} is listed and names no case: take it out of the table" for (_, pattern), used in rows.items() if not used]
    for failure in failed:
        print(failure)
    for what, count in sorted(counts.items()):
        print(f"{count:5} {what}")
    return 1 if failed else 0


if __name__ == "__main__":
    SEGUE = os.path.abspath(sys.argv[1])
    sys.exit(main())
