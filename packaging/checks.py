"""Every check of the project in one go: form, lint, imports, words, types, tests and coverage.

One line per check, what failed in full at the end, and pytest's own summary as the last line. Types are checked
beside the tests, because neither keeps two cores busy all the time.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

TOP = Path(__file__).resolve().parent.parent
PYTHON = (sys.executable, "-P")

FORM = ("-m", "ruff", "format", "--check", "--output-format=concise", ".")
LINT = ("-m", "ruff", "check", "--output-format=concise", ".")
IMPORTS = (
    "-c",
    "import importlinter.cli; importlinter.cli.lint_imports_command()",
    "--cache-dir=.local/imports",
)
WORDS = ("packaging/wording.py",)
TYPES = ("-m", "mypy")
TESTS = ("-m", "coverage", "run", "-m", "pytest", "--numprocesses=auto", "--dist=worksteal")
SUMMARY = re.compile(r"=+ .+ in [\d.]+s.* =+\n")
COMBINE = ("-m", "coverage", "combine", "--quiet")
COVERAGE = ("-m", "coverage", "report")


@dataclass(frozen=True)
class Result:
    name: str
    passed: bool
    output: str


class Check:
    """A tool that has been started; ``finish`` waits for it and says in one line how it went."""

    def __init__(self, name: str, arguments: Sequence[str]) -> None:
        self._name = name
        self._began = time.monotonic()
        self._output = TemporaryFile()  # noqa: SIM115 - open until the tool has ended
        self._process = subprocess.Popen(
            [*PYTHON, *arguments], stdout=self._output, stderr=subprocess.STDOUT, cwd=TOP
        )

    def finish(self) -> Result:
        passed = self._process.wait() == 0
        with self._output as output:
            output.seek(0)
            text = output.read().decode(errors="replace")
        return told(Result(self._name, passed, text), self._began)


def run(name: str, arguments: Sequence[str]) -> Result:
    return Check(name, arguments).finish()


def told(result: Result, began: float) -> Result:
    verdict = "ok    " if result.passed else "FAILED"
    print(f"{verdict} {result.name:<10} {time.monotonic() - began:6.1f} s", flush=True)
    return result


def run_tests() -> tuple[Result, str]:
    """Pass pytest's output on as it comes, but keep its summary for the very end."""
    began = time.monotonic()
    summary = ""
    with subprocess.Popen([*PYTHON, *TESTS], stdout=subprocess.PIPE, text=True, cwd=TOP) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if SUMMARY.fullmatch(line):
                summary = line
                continue
            print(line, end="", flush=True)
    return told(Result("tests", process.returncode == 0, "See above."), began), summary


def main() -> int:
    types = Check("types", TYPES)
    results = [run("form", FORM), run("lint", LINT), run("imports", IMPORTS), run("words", WORDS)]
    tests, summary = run_tests()
    results += [tests, types.finish(), measure_coverage()]
    failed = [result for result in results if not result.passed]
    for result in failed:
        print(f"\n---- {result.name}\n{result.output.rstrip()}")
    if failed:
        print(f"\nFAILED: {', '.join(result.name for result in failed)}")
    print(summary, end="", flush=True)
    return 1 if failed else 0


def measure_coverage() -> Result:
    combined = subprocess.run([*PYTHON, *COMBINE], cwd=TOP, capture_output=True, text=True)
    if combined.returncode:
        return Result("coverage", passed=False, output=combined.stdout + combined.stderr)
    return run("coverage", COVERAGE)


if __name__ == "__main__":
    sys.exit(main())
