#!/usr/bin/env python3
"""Prints what a run of bench_segue says against its targets: time(peer) / time(segue), with must and aim beside it.

usage: ratios.py BUILD RESULT.json     (BUILD: the name in targets.tsv, native or O2)
"""
import fnmatch
import json
import pathlib
import statistics
import sys

UNITS = {"heads/*/whole": "items", "heads/*": "bytes"}  # every other workload counts items
# which copies every byte; which keeps a conversation; which binds a struct: their peers are spared that
UNJUDGED = {"segue_prepare", "segue_server", "segue_bound"}


def read_targets(build):
    rows = []
    for line in pathlib.Path(__file__).with_name("targets.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            workload, where, against, must, aim = line.split("\t")
            if where == build:
                rows.append((workload, against, *(None if x == "-" else float(x) for x in (must, aim))))
    return rows


def target(rows, workload, against):
    for pattern, peer, must, aim in rows:
        if fnmatch.fnmatch(workload, pattern) and fnmatch.fnmatch(against, peer):
            return must, aim
    return None, None


def read_times(path):
    """{workload: {reader: median ns for each item or byte}}, and the benchmarks that failed."""
    samples, broken = {}, []
    for run in json.loads(pathlib.Path(path).read_text())["benchmarks"]:
        if run.get("run_type") == "aggregate":
            continue
        workload, reader = run["run_name"].rsplit("/", 1)
        if run.get("error_occurred"):
            broken.append(f"{run['run_name']}: {run['error_message']}")
            continue
        unit = next((u for pattern, u in UNITS.items() if fnmatch.fnmatch(workload, pattern)), "items")
        samples.setdefault(workload, {}).setdefault(reader, []).append(1e9 / run[unit + "_per_second"])
    return {w: {r: statistics.median(s) for r, s in readers.items()} for w, readers in samples.items()}, broken


def show(workload, reader, time, against, value, must, aim, at_most=False):
    def missed(limit):
        return limit is not None and (value > limit if at_most else value < limit)

    verdict = "MISSED" if missed(must) else "ok" if must is not None else ""
    if verdict == "ok" and aim is not None and not missed(aim):
        verdict = "aim"
    sign = "<" if at_most else ""
    cells = [f"{sign}{x:g}" if x is not None else "-" for x in (must, aim)]
    print(f"{workload:<22} {reader:<14} {time:>9.2f}  {against:<24} {value:>7.2f}  {cells[0]:>6} {cells[1]:>6}  {verdict}")
    return verdict == "MISSED"


def main():
    build, path = sys.argv[1:]
    rows = read_targets(build)
    times, broken = read_times(path)
    missed = 0
    print(f"{'workload':<22} {'reader':<14} {'ns':>9}  {'against':<24} {'ratio':>7}  {'must':>6} {'aim':>6}")
    for workload, readers in sorted(times.items(), key=lambda item: [(not part.isdigit(), part.zfill(6)) for part in item[0].split("/")]):
        for reader in sorted(r for r in readers if r.startswith("segue")):
            own = readers[reader]
            for peer in sorted(r for r in readers if not r.startswith("segue")):
                limits = target(rows, workload, peer) if reader not in UNJUDGED else (None, None)
                missed += show(workload, reader, own, peer, readers[peer] / own, *limits)
            if reader in UNJUDGED:
                continue
            for pattern, against, must, aim in rows:
                if not fnmatch.fnmatch(workload, pattern):
                    continue
                if against == "ns/B":
                    missed += show(workload, reader, own, against, own, must, aim, at_most=True)
                elif against.startswith("growth:") and reader in times.get(against[7:], {}):
                    missed += show(workload, reader, own, against, own / times[against[7:]][reader], must, aim, at_most=True)
    print(f"\n{missed} of the musts missed ({build}); ns for a byte of cut heads, else for a message")
    for line in broken:
        print("broken:", line, file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
