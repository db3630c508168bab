"""What a running program gives away to others on the PC: its command line, its surroundings, its memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security.traces import spellings
from tests.support.databases import KEY
from tests.support.desk import PASSPHRASE

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")

# The program as it is started, told to say when its window is there and it has protected itself.
_PROGRAM = """
import ctypes, sys
import ui.program
def say(running):
    print("dumpable", ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), flush=True)
    sys.stdin.readline()
    return 0
ui.program.run = say
sys.exit(ui.program.open_window(ui.program.Wanted(folder=ui.program.Path(sys.argv[1]))))
"""


@pytest.fixture
def program(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(tmp_path / "station")],
        cwd=ROOT,
        env=os.environ | {"HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    process.communicate("\n", timeout=30)
    assert process.returncode == 0


def test_no_other_program_looks_into_its_memory_and_no_crash_writes_it_down(
    program: subprocess.Popen[str],
) -> None:
    assert program.stdout is not None
    assert program.stdout.readline() == "dumpable 0\n"
    limits = Path(f"/proc/{program.pid}/limits").read_text(encoding="ascii")
    [core] = [line.split() for line in limits.splitlines() if line.startswith("Max core file size")]
    assert core[4:6] == ["0", "0"]


def test_a_crash_leaves_no_core_file(tmp_path: Path) -> None:
    script = f"import os, signal; from ui.privacy import keep_memory_private; secret = {PASSPHRASE!r} * 9\n"
    script += "keep_memory_private(); os.kill(os.getpid(), signal.SIGSEGV)"
    ended = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == -signal.SIGSEGV, ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_key_stands_in_no_address_of_a_database(tmp_path: Path) -> None:
    """Addresses are shown: by lsof, in errors, in logs."""
    from app.storage.engine import create_database

    engine = create_database(tmp_path / "x.db", KEY)
    with engine.connect() as connection:
        shown = " ".join([str(engine.url), repr(engine), repr(engine.pool), repr(connection)])
        opened = [os.readlink(link) for link in Path("/proc/self/fd").iterdir() if link.exists()]
    engine.dispose()
    said = " ".join([shown, *opened]).encode()
    assert not any(spelling in said for spelling in spellings(KEY))
    assert any("x.db" in place for place in opened)
