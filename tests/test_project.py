"""What holds for the project as a whole: nothing of one machine in it, everything locked, every weight explained."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
DECISIONS = TOP / "packaging" / "decisions"
LOCKS = (TOP / "packaging" / "requirements.lock", TOP / "packaging" / "requirements-dev.lock")
TOP_LEVEL = {
    ".ci",
    ".git",
    ".gitignore",
    "README.md",
    "app",
    "packaging",
    "pyproject.toml",
    "resources",
    "tests",
    "ui",
}

MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|farm|root|home|Users)/\w|\b[A-Z]:\\Users\\")
REGISTRY = re.compile(
    r"\b(?:pypi|pythonhosted|npmjs|npmmirror)\.(?:org|com|io)\b|//(?:deb|security|mirrors?)\.[\w.-]+"
    r"|https?://\S+/(?:simple|pool)/"
)
REQUIREMENT = re.compile(r"([a-z0-9-]+)==([0-9][0-9a-z.]*)(?: ; ([^\\]+))?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
BINARY = {".xz", ".png", ".jpg", ".db", ".pdf", ".mo", ".ico"}
MEBIBYTE = 1 << 20


@cache
def ignored() -> list[str]:
    return [line.rstrip("/") for line in (TOP / ".gitignore").read_text(encoding="utf-8").split()]


def is_ours(path: Path) -> bool:
    return not any(fnmatch(path.name, pattern) for pattern in ignored())


def walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name == ".git" or not is_ours(path):
            continue
        if path.is_dir():
            yield from walk(path)
        else:
            yield path


@cache
def files() -> list[Path]:
    return sorted(walk(TOP))


@cache
def texts() -> dict[str, str]:
    """Every text file of the project; one that is not UTF-8 fails here."""
    return {
        path.relative_to(TOP).as_posix(): path.read_bytes().decode("utf-8")
        for path in files()
        if path.suffix not in BINARY
    }


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()}"
        for name, text in texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def requirements(lock: Path) -> list[list[str]]:
    """The lines of each locked package, the one that names it first."""
    joined = lock.read_text(encoding="ascii").replace(" \\\n", "\n")
    return [block.split("\n    ") for block in re.split(r"\n(?=\S)", joined.strip())]


def name_of(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match, requirement
    return match[0].lower()


def project() -> dict[str, list[str]]:
    declared = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    return {"run": declared["project"]["dependencies"], "dev": declared["dependency-groups"]["dev"]}


def test_top_level_holds_what_the_customer_fixed() -> None:
    assert {path.name for path in TOP.iterdir() if is_ours(path)} <= TOP_LEVEL


def test_no_path_of_one_machine() -> None:
    assert lines_with(MACHINE_PATH) == []


def test_no_address_of_a_package_registry() -> None:
    assert lines_with(REGISTRY) == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (MACHINE_PATH, "open('/" + "home/li/notes')"),
        (MACHINE_PATH, "/" + "work/main"),
        (REGISTRY, "https://files.python" + "hosted.org/packages/x.whl"),
        (REGISTRY, "--index-url https://mirror" + ".example.cn/simple/"),
        (REGISTRY, "http://deb" + ".debian.org/debian"),
    ],
)
def test_the_patterns_find_what_they_look_for(pattern: re.Pattern[str], line: str) -> None:
    assert pattern.search(line)


def test_text_files_end_with_one_newline() -> None:
    odd = [
        name for name, text in texts().items() if text and (not text.endswith("\n") or text.endswith("\n\n"))
    ]
    assert odd == []


def test_text_files_have_unix_line_ends() -> None:
    assert [name for name, text in texts().items() if "\r" in text] == []


def test_large_files_are_explained() -> None:
    """A file over 2 MB needs a decision that names it or its folder."""
    reasons = "".join(path.read_text(encoding="utf-8") for path in DECISIONS.glob("*.md"))
    large = [path.relative_to(TOP) for path in files() if path.stat().st_size > 2 * MEBIBYTE]
    assert large, "the faces are large: the search is broken"
    assert [
        str(path) for path in large if path.parent.as_posix() not in reasons and str(path) not in reasons
    ] == []


def test_every_dependency_is_a_decision() -> None:
    """Why we need it stands in packaging/decisions under the name pyproject.toml uses."""
    reasons = "".join(path.read_text(encoding="utf-8") for path in DECISIONS.glob("*.md"))
    names = {name_of(requirement) for group in project().values() for requirement in group}
    assert {
        name for name in names if not re.search(rf"\*\*{re.escape(name)}\*\*", reasons, re.IGNORECASE)
    } == set()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_holds_names_versions_and_hashes_only(lock: Path) -> None:
    for first, *hashes in requirements(lock):
        assert REQUIREMENT.fullmatch(first), first
        assert hashes, f"{first} has no hash"
        assert [line for line in hashes if not HASH.fullmatch(line)] == []


@pytest.mark.parametrize(
    "package", ["cryptography", "msgspec", "pyside6-essentials", "sqlalchemy", "sqlcipher3"]
)
def test_compiled_packages_are_locked_for_every_system(package: str) -> None:
    """One hash would mean that only the locking machine's own wheel was seen."""
    hashes = [line for first, *rest in requirements(LOCKS[0]) if name_of(first) == package for line in rest]
    assert len(hashes) >= 4


def test_the_locks_hold_what_the_project_asks_for() -> None:
    run, dev = ({name_of(block[0]) for block in requirements(lock)} for lock in LOCKS)
    assert {name_of(requirement) for requirement in project()["run"]} <= run
    assert {name_of(requirement) for requirement in project()["dev"]} <= dev


def test_the_tests_judge_the_versions_people_run() -> None:
    run, dev = ({block[0] for block in requirements(lock)} for lock in LOCKS)
    assert run <= dev
