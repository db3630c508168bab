"""Run the benches named on the command line, or all, and print one JSON line each. Fails when a goal does not hold."""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys

import tests.benchmarks


def names() -> list[str]:
    modules = pkgutil.iter_modules(tests.benchmarks.__path__)
    return sorted(m.name.removeprefix("bench_") for m in modules if m.name.startswith("bench_"))


def main(asked: list[str]) -> int:
    unknown = sorted(set(asked) - set(names()))
    if unknown:
        print(f"no such bench: {', '.join(unknown)}; there are: {', '.join(names())}", file=sys.stderr)
        return 2
    held = True
    for name in asked or names():
        result = importlib.import_module(f"tests.benchmarks.bench_{name}").run()
        print(json.dumps(result.as_dict()), flush=True)
        held = held and result.holds
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
