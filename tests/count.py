#!/usr/bin/env python3
"""Reads what ctest wrote (--output-junit), shows the output of the tests that failed, and counts in one line.

A program that holds many tests says how many passed, and each of them counts; any other test counts one.
"""
import re
import sys
import xml.etree.ElementTree

COUNTS = [
    (r"^All tests passed \(.* in (?P<passed>\d+) test cases?\)", "Catch2, all well"),
    (r"^test cases: .*?(?:(?P<passed>\d+) passed)?[ |]*(?P<failed>\d+) failed", "Catch2"),
    (r"^(?P<passed>\d+) passed, (?P<failed>\d+) failed$", "this project's runners"),
    (r"^(?P<passed>\d+) of (?P<all>\d+) tests passed$", "tests/tools"),
]


def count(output, well):
    for pattern, _ in COUNTS:
        found = re.search(pattern, output, re.MULTILINE)
        if found:
            said = {name: int(number) for name, number in found.groupdict().items() if number}
            passed = said.get("passed", 0)
            failed = said.get("failed", said.get("all", passed) - passed)
            return passed, failed if well else max(failed, 1)
    return (1, 0) if well else (0, 1)


passed = failed = 0
for case in xml.etree.ElementTree.parse(sys.argv[1]).getroot().iter("testcase"):
    well = case.get("status") == "run"
    output = case.findtext("system-out") or ""
    more, worse = count(output, well)
    passed += more
    failed += worse
    if not well:
        print(f"---- {case.get('name')}\n{output.rstrip() or 'did not run: was it built?'}")
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed or not passed else 0)
