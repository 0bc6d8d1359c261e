#!/usr/bin/env python3
"""Checks that every folder of include/segue includes only what stands to its left. The only copy of the layer table."""
import argparse
import pathlib
import re
import sys

# Each folder and those directly to its left; what they may include, it may include too.
LAYERS = {
    "core": [],
    "wire": ["core"],
    "segment": ["wire"],
    "content": ["wire"],
    "message": ["segment", "content"],
    "driver": ["message"],
    "protocol": ["driver"],
    "stack": ["protocol"],
    "transport": ["stack"],
    # beside
    "inspect": ["driver"],
    "testing": ["driver"],
}

# Third parties, and the only headers, of the library or of a grammar, through which they come in (a trailing * stands for
# the rest of a name).
DOORS = [
    ("Boost.Hana", r"boost/hana\b", ["message/members.hpp"]),
    ("Boost.CRC", r"boost/crc\b", ["wire/crc.hpp"]),
    ("Spirit X3", r"boost/(spirit|fusion)\b", ["content/x3.hpp"]),
    ("Boost.JSON", r"boost/json\b", ["inspect/*", "json/parser.hpp", "json/source.hpp"]),
    ("OpenSSL", r"openssl\b|(boost/)?asio/ssl\b", ["transport/asio_tls.hpp"]),
    ("Asio", r"(boost/)?asio\b", ["transport/asio*"]),
    ("POSIX", r"(sys/\w+|net\w+|netinet/\w+|fcntl|poll|pthread|unistd)\.h$", ["transport/posix_*"]),
    ("intrinsics", r"(\w*intrin|arm_neon|x86gprintrin)\.h$", ["wire/classifier.hpp"]),
    # the iterators of Boost.Serialization: header-only, for base64 alone
    ("Boost's base64 iterators", r"boost/archive/iterators/", ["inspect/base64.hpp"]),
]
UMBRELLA = "segue.hpp"
OPENED_BY_NAME = ["core/perfect_hash.hpp", "wire/checksums.hpp", "wire/complete.hpp", "wire/crc.hpp", "content/x3.hpp", "message/checksummed.hpp", "protocol/*", "stack/*", "transport/*", "testing/*"]  # never part of the umbrella

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def reach(layer):
    """The folder, and all that it may include."""
    result = {layer}
    for left in LAYERS[layer]:
        result |= reach(left)
    return result


def matches(path, patterns):
    return any(path.startswith(p[:-1]) if p.endswith("*") else path == p for p in patterns)


def includes(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, found[1], found[2]


def check_third_party(name, inside, quoted):
    """What is wrong with including `name` in the header `inside` (relative to its segue/ folder)."""
    for who, pattern, doors in DOORS:
        if re.match(pattern, name):
            if matches(inside, doors):
                return None
            return f"includes <{name}>, but {who} comes in only through segue/{' or segue/'.join(doors)}: include that instead"
    if quoted:
        return f'includes "{name}": write the path from the include root, "segue/...", so that installed headers find it'
    if "/" in name or "." in name:
        return f"includes <{name}>, a third party without a door: name its one header in DOORS of tools/check_layers.py"
    return None  # the standard library


def check_own(name, layer):
    """What is wrong with including segue/`name` from the folder `layer` (None: the umbrella or a grammar)."""
    other = name.split("/")[0]
    if "/" not in name:
        return f"includes the umbrella segue/{name}: include the headers it needs" if layer else None
    if other not in LAYERS:
        return f"includes segue/{name}, but there is no folder {other}: add it to LAYERS, or correct the path"
    if layer is None or other in reach(layer):
        return None
    left = ", ".join(sorted(reach(layer) - {layer})) or "nothing"
    return f"includes segue/{name}, but {layer} may include only itself and what stands to its left ({left}): move the shared part there"


def grammars_below(folder):
    """The grammars whose targets this one links: what segue_grammar(...) names in its CMakeLists.txt."""
    text = (folder / "CMakeLists.txt").read_text() if (folder / "CMakeLists.txt").exists() else ""
    return {folder.name, *re.findall(r"segue::(\w+)", text)}


def check_header(path, layer, grammars, inside):
    if "#pragma once" not in path.read_text().splitlines():
        yield 1, "has no '#pragma once': add it below the opening comment"
    for number, bracket, name in includes(path):
        if not name.startswith("segue/"):
            problem = check_third_party(name, inside, bracket == '"')
        elif bracket == "<":
            problem = f'includes <{name}>: write "{name}", as everywhere'
        else:
            below = name.removeprefix("segue/")
            first = below.split("/")[0]
            if grammars and first in grammars:
                problem = None
            elif grammars and first not in LAYERS and "/" in below:
                problem = f"includes {name}: a grammar includes only segue's headers, its own, and those of grammars that its CMakeLists.txt links"
            else:
                problem = check_own(below, layer)
        if problem:
            yield number, problem


def check(root):
    base = root / "include" / "segue"
    for path in sorted(base.rglob("*")):
        inside = path.relative_to(base).as_posix()
        if path.is_dir():
            if "/" not in inside and inside not in LAYERS:
                yield path, 0, "is no folder of the layer table: add it to LAYERS in tools/check_layers.py, or move its files"
        elif path.suffix != ".hpp":
            yield path, 0, "is no .hpp: every header ends so, and nothing else stands here"
        elif inside == UMBRELLA:
            for number, problem in check_header(path, None, None, inside):
                yield path, number, problem
            for number, _, name in includes(path):
                if matches(name.removeprefix("segue/"), OPENED_BY_NAME):
                    yield path, number, f"includes {name}, which users open by name: leave it out of the umbrella"
        elif "/" not in inside:
            yield path, 0, f"stands beside {UMBRELLA}: move it into the folder of its layer"
        else:
            layer = inside.split("/")[0]
            if layer in LAYERS:
                for number, problem in check_header(path, layer, None, inside):
                    yield path, number, problem
    for grammar in sorted(p for p in (root / "grammars").iterdir() if p.is_dir()):
        for path in sorted(grammar.rglob("*.hpp")):
            if path.relative_to(grammar).parts[:2] != ("segue", grammar.name):
                yield path, 0, f"must stand in grammars/{grammar.name}/segue/{grammar.name}/, as it is included"
            for number, problem in check_header(path, None, grammars_below(grammar), "/".join(path.relative_to(grammar).parts[1:])):
                yield path, number, problem


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", nargs="?", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    root = parser.parse_args().root
    wrong = 0
    for path, number, problem in check(root):
        wrong += 1
        where = path.relative_to(root).as_posix() + (f":{number}" if number else "")
        print(f"{where}: {problem}")
    print(f"check_layers: {wrong} violations" if wrong else "check_layers: every include points to the left")
    return 1 if wrong else 0


sys.exit(main())
