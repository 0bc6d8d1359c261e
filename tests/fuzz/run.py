#!/usr/bin/env python3
"""Runs all fuzz targets for ten seconds together, two at a time, each for its share.

A target starts from the files of SEEDS/<name without fuzz_>/, where that folder is; the seeds themselves are never
changed. An input that breaks the target is kept in WORK, and the message says how to run it again.
"""
import argparse
import concurrent.futures
import pathlib
import subprocess
import sys


def fuzz(program, seconds, options):
    name = program.name.removeprefix("fuzz_")
    found = options.work / name
    found.mkdir(parents=True, exist_ok=True)
    seeds = options.seeds / name
    command = [str(program), f"-max_total_time={seconds}", "-max_len=4096", "-timeout=10", "-rss_limit_mb=1024",
               "-print_final_stats=1", f"-artifact_prefix={found}/broken-", str(found / "corpus")]
    (found / "corpus").mkdir(exist_ok=True)
    if seeds.is_dir():
        command.append(str(seeds))
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, errors="replace")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=10, help="for all targets together")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seeds", type=pathlib.Path, required=True)
    parser.add_argument("--work", type=pathlib.Path, required=True, help="where inputs are kept that break a target")
    parser.add_argument("programs", nargs="+", type=pathlib.Path)
    options = parser.parse_args()

    rounds = -(-len(options.programs) // options.jobs)
    seconds = max(1, options.seconds // rounds)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        results = list(pool.map(lambda program: fuzz(program, seconds, options), options.programs))

    failed = 0
    for program, result in zip(options.programs, results):
        runs = [line.split()[-1] for line in result.stdout.splitlines() if "number_of_executed_units" in line]
        ran = bool(runs) and int(runs[0]) > 0
        if result.returncode == 0 and ran:
            print(f"{program.name}: {runs[0]} inputs in {seconds} s")
            continue
        failed += 1
        print(f"{program.name}: FAILED; run it again with: {program} {options.work}/<the file named below>")
        print("\n".join("    " + line for line in result.stdout.splitlines()[-40:]))
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
