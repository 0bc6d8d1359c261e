#!/usr/bin/env python3
"""Checks that name = header = test = row of docs/combinators.md, at the same path, and the shape of the tree."""
import argparse
import pathlib
import re
import sys

MOST_LINES = 300

# Headers without a test of their own, and where what they say is tested.
UNTESTED = {
    "segue.hpp": "only includes; tests/two_units opens it",
    "core/incident.hpp": "an aggregate; tests/message/recover.cpp names its members",
    "core/inlining.hpp": "two macros",
    "core/limits.hpp": "an aggregate; the limits are tested where they are kept",
    "core/step.hpp": "an enumeration; every decode test names its values",
    "driver/kind.hpp": "an enumeration; every driver test names its values",
    "protocol/event.hpp": "aggregates; every protocol test names them",
    "protocol/role.hpp": "an enumeration; the endpoint's test names its values",
    "stack/binding.hpp": "a concept and its simplest form; the test of stack runs them",
    "transport/asio.hpp": "only includes; tests/package opens it",
    "transport/asio_completing_channel.hpp": "half of asio_transport, whose test runs the contract over it",
    "transport/asio_loop.hpp": "half of asio_transport",
    "transport/asio_medium.hpp": "what streams answer; asio_transport's worlds ask them",
    "transport/asio_waiting_channel.hpp": "half of asio_transport, whose test runs the contract over it",
    "transport/posix_sigpipe.hpp": "posix_channel's and asio_duplex's tests write to a pipe without a reader",
    "transport/channel.hpp": "concepts; memory and posix_channel are tested against them",
    "transport/transport.hpp": "a concept; tests/transport/contract.hpp is its contract",
}
# Headers of segment/, content/ and message/ that make no codec, so docs/combinators.md has no row for them.
NO_FACTORY = {
    "message/follow.hpp": "views that follow moved bytes",
    "message/items.hpp": "what repetitions share",
    "message/own.hpp": "a message that outlives its bytes",
    "message/record_check.hpp": "what makes a record impossible",
    "message/record_image.hpp": "records of numbers read without a question",
    "message/members.hpp": "the door to Boost.Hana",
}
FACTORIES = ("segment", "content", "message")
OPENED_BY_NAME = re.compile(r"core/perfect_hash\.hpp|wire/(checksums|complete|crc)\.hpp|message/checksummed\.hpp|content/x3\.hpp|protocol/|stack/|transport/|inspect/|testing/")
TOP_LEVEL = {
    "include", "grammars", "examples", "tests", "tools", "docs", "CMakeLists.txt", "CMakePresets.json", "README.md",
    "CHANGELOG.md", "LICENSE", ".clang-format", ".ci", ".gitignore", ".git",
    "build", "CMakeUserPresets.json", ".cache", "compile_commands.json",  # a developer's own, ignored by git
}


def check_tests(root, headers):
    for header in headers:
        test = root / "tests" / pathlib.PurePath(header).with_suffix(".cpp")
        if header in UNTESTED and test.exists():
            yield f"include/segue/{header}", "has a test and stands in UNTESTED: take it out of that list"
        elif header not in UNTESTED and not test.exists():
            yield f"include/segue/{header}", f"has no test: write {test.relative_to(root)}"
    for header in sorted(UNTESTED.keys() - set(headers)):
        yield "tools/check_mirror.py", f"UNTESTED names {header}, which is gone: take it out"
    folders = {h.split("/")[0] for h in headers if "/" in h}
    for folder in sorted(folders):
        for test in sorted((root / "tests" / folder).rglob("*.cpp")):
            header = test.relative_to(root / "tests").with_suffix(".hpp").as_posix()
            if header not in headers:
                yield test.relative_to(root), f"tests no header: there is no include/segue/{header}"


def check_rows(root, headers):
    page = root / "docs" / "combinators.md"
    rows = [line for line in page.read_text().splitlines() if line.startswith("|")] if page.exists() else []
    for header in headers:
        if header.split("/")[0] in FACTORIES and header not in NO_FACTORY and not any(header in row for row in rows):
            yield page.relative_to(root), f"has no row for {header}: add a table row that names that path"
    for row in rows:
        for named in re.findall(rf"\b((?:{'|'.join(FACTORIES)})/\w+\.hpp)", row):
            if named not in headers:
                yield page.relative_to(root), f"has a row for {named}, which does not exist"


def check_umbrella(root, headers):
    base = root / "include" / "segue"
    reached, left = set(), ["segue.hpp"]
    while left:
        header = left.pop()
        if header not in reached and (base / header).exists():
            reached.add(header)
            left += re.findall(r'^#include "segue/([^"]+)"', (base / header).read_text(), re.MULTILINE)
    for header in headers:
        if header not in reached and not OPENED_BY_NAME.match(header):
            yield "include/segue/segue.hpp", f"does not reach {header}: include it, the umbrella opens core to driver but X3 and checksums"


def check_refusals(root):
    names = re.findall(r"^struct (\w+);|^inline void (\w+)\(", (root / "include/segue/core/refused.hpp").read_text(), re.MULTILINE)
    folder = root / "tests" / "must_not_compile"
    shown = " ".join(path.read_text().split("\n", 1)[0] for path in folder.glob("*.cpp"))
    for structure, function in names:
        if (structure or function) not in shown:
            yield "tests/must_not_compile", f"no file shows refused::{structure or function}: write one that makes this mistake"


def check_grammars(root):
    for folder in sorted(p for p in (root / "grammars").iterdir() if p.is_dir()):
        for part in ("CMakeLists.txt", "README.md", "vectors"):
            if not (folder / part).exists():
                yield folder.relative_to(root), f"has no {part}"
        if not list((root / "tests" / "grammars").glob(f"{folder.name}*.cpp")):
            yield folder.relative_to(root), f"has no test: write tests/grammars/{folder.name}.cpp"
        if not list((root / "tests" / "fuzz").glob(f"{folder.name}*.cpp")):
            yield folder.relative_to(root), f"has no fuzz target: write tests/fuzz/{folder.name}.cpp"


def check_shape(root):
    for path in sorted(root.iterdir()):
        if path.name not in TOP_LEVEL:
            yield path.name, "does not belong at the top level: move it into one of the folders, or name it in TOP_LEVEL"
    for path in sorted([*root.glob("include/**/*.hpp"), *root.glob("grammars/**/*.hpp")]):
        lines = len(path.read_text().splitlines())
        if lines > MOST_LINES:
            yield path.relative_to(root), f"has {lines} lines: split it, {MOST_LINES} is the most"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", nargs="?", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    root = parser.parse_args().root
    base = root / "include" / "segue"
    headers = sorted(path.relative_to(base).as_posix() for path in base.rglob("*.hpp"))
    problems = [*check_tests(root, headers), *check_rows(root, headers), *check_umbrella(root, headers),
                *check_refusals(root), *check_grammars(root), *check_shape(root)]
    for where, problem in problems:
        print(f"{where}: {problem}")
    print(f"check_mirror: {len(problems)} things to mend" if problems else "check_mirror: names, headers, tests and rows agree")
    return 1 if problems else 0


sys.exit(main())
