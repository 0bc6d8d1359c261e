#!/usr/bin/env python3
"""Each file must compile as it stands, and must be refused with -DREFUSED, for the reason its first line gives:

    // refused: the_struct_has_no_member_of_this_name

The reason is what one line of the compiler's output must contain; " ... " in it stands for anything, since compilers
print template arguments each in their own way. Nothing is generated: -fsyntax-only.
"""
import argparse
import concurrent.futures
import pathlib
import re
import subprocess
import sys

FLAGS = ["-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]
MARK = "// refused: "
EXCERPT = 40  # lines of a compiler's output that are worth printing


def excerpt(output):
    lines = output.splitlines()
    more = [f"... and {len(lines) - EXCERPT} more lines"] if len(lines) > EXCERPT else []
    return "\n".join("    " + line for line in lines[:EXCERPT] + more)


def check(path, command):
    """None if the file behaves, else what is wrong with it."""
    first = path.read_text().split("\n", 1)[0]
    reason = first[len(MARK):].strip()
    if not first.startswith(MARK) or not reason:
        return f"its first line must be '{MARK}<text that the compiler must print>'"

    def compile(*flags):
        return subprocess.run([*command, *flags, str(path)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, errors="replace")

    accepted = compile()
    if accepted.returncode != 0:
        return f"must compile without -DREFUSED, but:\n{excerpt(accepted.stdout)}"
    refused = compile("-DREFUSED")
    if refused.returncode == 0:
        return f"must be refused with -DREFUSED ({reason}), but compiles"
    pattern = ".*".join(re.escape(part) for part in reason.split(" ... "))
    if not re.search(pattern, refused.stdout):
        return f"is refused, but the compiler does not say '{reason}':\n{excerpt(refused.stdout)}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compiler", default="c++")
    parser.add_argument("--include", action="append", default=[], help="directory of headers; may be repeated")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    options = parser.parse_args()

    command = [options.compiler, *FLAGS]
    for directory in options.include:
        # Directories that the compiler knows anyway must keep their place in its order.
        if directory != "/usr/include":
            command.append(f"-I{directory}")

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        results = list(pool.map(lambda path: check(path, command), options.files))
    wrong = [(path, problem) for path, problem in zip(options.files, results) if problem]
    for path, problem in wrong:
        print(f"{path}: {problem}")
    print(f"{len(options.files) - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong else 0


sys.exit(main())
