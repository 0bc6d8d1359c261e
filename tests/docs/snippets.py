#!/usr/bin/env python3
"""The code in the documentation compiles as it is printed, and its commands print what is said.

Each page of README.md, docs/ and grammars/*/README.md becomes one translation unit, as a reader would paste it together.
Its blocks marked `cpp` stand in the global namespace, behind the prelude

    #include "segue/segue.hpp"
    using namespace segue;

where a name that is also one of segue's is ambiguous, and see what the blocks before them declare. Their #include lines
move to the top. A block marked `cpp fragment` is not compiled. In a block marked `console checked`, each line that begins with "$ " is
run by bash with `segue` in its path, and must print the lines that follow it; that needs --command.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

FLAGS = ["-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror"]
PAGES = ("README.md", "docs/*.md", "grammars/*/README.md")
KNOWN = {"", "cpp", "cpp fragment", "console", "console checked", "cmake", "sh", "json", "text"}
EXCERPT, WIDTH = 30, 300  # lines of a compiler's output that are worth printing, and columns of each
SECONDS = 60  # for one command


def blocks(path):
    """The fenced blocks of a page, each as its mark (None: not closed), the number of its first line, and its lines."""
    mark, first, lines = None, 0, []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.startswith("```"):
            lines.append(line)
        elif mark is None:
            mark, first, lines = line[3:].strip(), number + 1, []
        else:
            yield mark, first, lines
            mark, lines = None, []
    if mark is not None:
        yield None, first, lines


def translation_unit(page, snippets):
    """All includes first, then the prelude's second line, then the blocks."""
    includes, bodies = [], []
    for first, lines in snippets:
        bodies.append(f'#line {first} "{page}"')
        for number, line in enumerate(lines, first):
            if re.match(r"\s*#\s*include\b", line):
                includes += [f'#line {number} "{page}"', line]
                bodies.append("")
            else:
                bodies.append(line)
    return "\n".join(['#include "segue/segue.hpp"', *includes, "using namespace segue;", *bodies, ""])


def check_code(root, page, snippets, compiler):
    run = subprocess.run([*compiler, "-x", "c++", "-"], input=translation_unit(page, snippets), cwd=root, text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace")
    if run.returncode == 0:
        return []
    lines = run.stdout.splitlines()
    at_page = [line for line in lines if re.match(rf"{re.escape(str(page))}:\d+:\d+: (fatal )?error:", line)]
    where = at_page[0] if at_page else f"{page}:{snippets[0][0]}: error: a block of this page does not compile"
    more = [f"... and {len(lines) - EXCERPT} more lines"] if len(lines) > EXCERPT else []
    return [where, *("    " + line[:WIDTH] for line in lines[:EXCERPT] + more)]


def check_console(page, first, lines, environment):
    """Runs each command of the block and compares what it prints, errors included, with the lines after it."""
    starts = [i for i, line in enumerate(lines) if line.startswith("$ ")]
    if not starts or starts[0] != 0:
        yield f"{page}:{first}: the block must begin with a command, '$ ...'"
        return
    for begin, end in zip(starts, [*starts[1:], len(lines)]):
        run = subprocess.run(["bash", "-c", lines[begin][2:]], env=environment, stdin=subprocess.DEVNULL, text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=SECONDS, errors="replace",
                             cwd=environment["HOME"])
        printed = run.stdout.splitlines()
        if printed != lines[begin + 1:end]:
            yield f"{page}:{first + begin}: this command prints\n" + "\n".join("    " + line for line in printed)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2])
    parser.add_argument("--compiler", default="c++")
    parser.add_argument("--include", action="append", default=[], help="directory of headers; may be repeated")
    parser.add_argument("--command", type=pathlib.Path, help="the segue command, without which no console is checked")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()

    root = options.root.resolve()
    pages = [path.relative_to(root) for pattern in PAGES for path in sorted(root.glob(pattern))]
    includes = [root / "include", *sorted(path.parent for path in root.glob("grammars/*/segue"))]
    # Directories that the compiler knows anyway must keep their place in its order.
    includes += [directory for directory in options.include if directory != "/usr/include"]
    compiler = [options.compiler, *FLAGS, *(f"-I{directory}" for directory in includes)]

    checks, code, consoles = [], {}, []  # each check is the problems that it found
    for page in pages:
        for mark, first, lines in blocks(root / page):
            if mark is None:
                checks.append([f"{page}:{first - 1}: this block is never closed"])
            elif mark not in KNOWN:
                known = ", ".join(sorted(KNOWN - {""}))
                checks.append([f"{page}:{first - 1}: '{mark}' marks no block that is known here: {known}"])
            elif mark == "cpp":
                code.setdefault(page, []).append((first, lines))
            elif mark == "console checked":
                consoles.append((page, first, lines))
    if not code:
        checks.append([f"{root}: no page has a block of code"])

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        checks += pool.map(lambda page: check_code(root, page, code[page], compiler), code)
    if options.command:
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "segue").symlink_to(options.command.resolve())
            environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "HOME": folder}
            checks += [list(check_console(*block, environment)) for block in consoles]

    for problem in (problem for found in checks for problem in found):
        print(problem)
    print(f"{sum(not found for found in checks)} passed, {sum(bool(found) for found in checks)} failed")
    return 1 if any(checks) else 0


if __name__ == "__main__":
    sys.exit(main())
