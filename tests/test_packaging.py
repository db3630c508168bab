"""packaging/run as a person meets it: what reaches the program, what it says, and how little it costs.

Making an environment from nothing takes a network and a bare system, so that is tried outside of these tests; here
the environment stands ready, and in the place of its Python is one that writes down how it was called.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
PROGRAM = ["-P", "-m", "ui"]
WRITES_DOWN_ITS_CALL = """#!/bin/sh
printf '%s\\n' "$PYTHONPATH" "$PWD" "$@"
"""


@dataclass(frozen=True)
class Call:
    """How the program was opened: its import path, its current folder, its arguments; and what was said before."""

    path: str
    folder: str
    arguments: list[str]
    said: str


class Installation:
    """A copy of the project in a folder with spaces in its name, its environment ready."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.run = top / "packaging" / "run"
        (top / "resources" / "fonts").mkdir(parents=True)
        shutil.copy(TOP / "resources" / "fonts" / "SHA256SUMS", top / "resources" / "fonts")
        shutil.copytree(TOP / "packaging", top / "packaging", ignore=shutil.ignore_patterns("decisions"))
        python = top / ".local" / "venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(WRITES_DOWN_ITS_CALL)
        python.chmod(0o755)
        (top / ".local" / "ready-run").write_text(self.shell("wanted"))

    def shell(self, command: str) -> str:
        script = f'. "{self.top}/packaging/environment.sh"; kind=run; local_folder=$top/.local; {command}'
        done = subprocess.run(["sh", "-c", script, str(self.run)], capture_output=True, text=True, check=True)
        return done.stdout

    def is_ready(self) -> bool:
        return self.shell("is_ready && echo yes || echo no").strip() == "yes"

    def open(self, *arguments: str, folder: Path, **environment: str) -> Call:
        known = {"PATH": os.environ["PATH"], "HOME": str(folder)}
        done = subprocess.run(
            [self.run, *arguments],
            cwd=folder,
            env=known | environment,
            capture_output=True,
            text=True,
            check=True,
        )
        path, current, *rest = done.stdout.splitlines()
        return Call(path, current, rest, done.stderr)


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation(tmp_path / "a folder" / "of the station")


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    folder = tmp_path / "else where"
    folder.mkdir()
    return folder


def test_arguments_reach_the_program_unchanged(installation: Installation, elsewhere: Path) -> None:
    call = installation.open("--demo-day", "my day", "--seed", "7", folder=elsewhere)
    assert call == Call(
        str(installation.top), str(elsewhere), [*PROGRAM, "--demo-day", "my day", "--seed", "7"], said=""
    )


@pytest.mark.parametrize("arguments", [(), ("--demo",), ("--demo-fresh",)])
def test_with_a_display_the_program_opens(
    installation: Installation, elsewhere: Path, arguments: tuple[str, ...]
) -> None:
    call = installation.open(*arguments, folder=elsewhere, DISPLAY=":0")
    assert (call.arguments, call.said) == ([*PROGRAM, *arguments], "")


@pytest.mark.parametrize("arguments", [(), ("--demo",)])
def test_without_a_display_a_day_is_played_into_a_folder_it_names(
    installation: Installation, elsewhere: Path, arguments: tuple[str, ...]
) -> None:
    call = installation.open(*arguments, folder=elsewhere)
    *program, option, folder = call.arguments
    assert (program, option) == (PROGRAM, "--demo-day")
    assert folder.startswith("demo-day-")
    assert call.said.count(folder) == 2  # in Chinese and in English


def test_help_needs_no_display(installation: Installation, elsewhere: Path) -> None:
    assert installation.open("--help", folder=elsewhere).arguments == [*PROGRAM, "--help"]


def test_a_link_to_it_opens_the_same_program(installation: Installation, elsewhere: Path) -> None:
    link = elsewhere / "yizhan"
    link.symlink_to(installation.run)
    done = subprocess.run([link, "--help"], cwd=elsewhere, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[0] == str(installation.top)


@pytest.mark.parametrize(
    "changed",
    [
        "packaging/requirements.lock",
        "packaging/requirements-dev.lock",
        "packaging/prepare.py",
        "resources/fonts/SHA256SUMS",
    ],
)
def test_what_the_environment_is_made_from_makes_it_again(installation: Installation, changed: str) -> None:
    assert installation.is_ready()
    with (installation.top / changed).open("a") as file:
        file.write("\n")
    assert not installation.is_ready()


def test_a_python_that_is_gone_makes_the_environment_again(installation: Installation) -> None:
    (installation.top / ".local" / "venv" / "bin" / "python").unlink()
    assert not installation.is_ready()


def test_a_ready_environment_costs_less_than_a_tenth_of_a_second(
    installation: Installation, elsewhere: Path
) -> None:
    def seconds() -> float:
        began = time.perf_counter()
        installation.open("--help", folder=elsewhere)
        return time.perf_counter() - began

    assert min(seconds() for _ in range(5)) < 0.1


@pytest.mark.parametrize("made", [True, False])
def test_the_migration_is_renewed_with_the_environments_python(
    installation: Installation, elsewhere: Path, made: bool
) -> None:
    """Called by the system's Python, which knows no packages (-S)."""
    if not made:
        shutil.rmtree(installation.top / ".local")
    script = str(installation.top / "packaging" / "renew-migration")
    done = subprocess.run(
        [sys.executable, "-I", "-S", script], cwd=elsewhere, capture_output=True, text=True, check=False
    )
    if made:
        assert done.stdout.splitlines()[-1] == script
    else:
        assert done.stderr == "Run packaging/test once: it makes the environment.\n"


def test_without_rights_it_names_what_to_ask_the_administrator_for(
    installation: Installation, tmp_path: Path
) -> None:
    """An empty PATH has neither the tests' programs nor a package manager."""
    done = subprocess.run(
        [sys.executable, installation.top / "packaging" / "prepare.py", "test", tmp_path],
        env={"PATH": ""},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    chinese, english = done.stderr.splitlines()
    assert chinese.startswith("还缺这些系统软件包，请管理员安装后再试：")
    assert english.endswith("xvfb poppler-utils")


def test_without_rights_a_few_tests_are_skipped_with_a_sentence(installation: Installation) -> None:
    asked = "import prepare; prepare.complete(['dbus', 'fiu-utils']); print('goes on')"
    done = subprocess.run(
        [sys.executable, "-c", asked],
        env={"PATH": ""},
        cwd=installation.top / "packaging",
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (0, "goes on\n")
    chinese, english = done.stderr.splitlines()
    assert chinese == "有几项测试会跳过，因为没有这些系统软件包：dbus fiu-utils"
    assert english.endswith("missing: dbus fiu-utils")
