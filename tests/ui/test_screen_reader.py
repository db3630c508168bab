"""The program as a screen reader sees it: a real one's interface (AT-SPI), a real display, a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import resources
from tests.support import reader
from ui.frame import screens_found

SYSTEM_PYTHON = "/usr/bin/python3"
_BINDINGS = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
_LONGEST_S = 80
SCREENS = [entry.key for entry in screens_found() if not entry.beneath]


def missing() -> str:
    """What this machine lacks for it; empty when it has everything."""
    if not sys.platform.startswith("linux"):
        return "AT-SPI is there on Linux only"
    for program in ("Xvfb", "dbus-run-session", SYSTEM_PYTHON, reader.LAUNCHER):
        if shutil.which(program) is None:
            return f"{program} is not installed"
    asked = subprocess.run([SYSTEM_PYTHON, "-c", _BINDINGS], capture_output=True, check=False)
    return (
        "" if asked.returncode == 0 else "the system's Python has no bindings for AT-SPI (gir1.2-atspi-2.0)"
    )


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A display of our own; X chooses its number."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as number:
        yield f":{number.readline().strip()}"
    server.terminate()
    server.wait()


@pytest.fixture(scope="module")
def heard(display: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """What every screen tells, and what was announced."""
    folder = tmp_path_factory.mktemp("reader")
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    around = {
        "DISPLAY": display,
        "XDG_RUNTIME_DIR": str(runtime),
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "PYTHONPATH": str(Path(resources.__file__).parent.parent),
    }
    command = [
        "dbus-run-session",
        "--",
        SYSTEM_PYTHON,
        reader.__file__,
        sys.executable,
        str(folder / "s"),
        *SCREENS,
    ]
    # Into files: what the session bus starts would keep a pipe open after the end.
    with (folder / "out").open("w+") as out, (folder / "err").open("w+") as err:
        code = subprocess.run(
            command, env=os.environ | around, stdout=out, stderr=err, timeout=_LONGEST_S, check=False
        ).returncode
    assert code == 0, (folder / "err").read_text("utf-8")
    answer: dict[str, list[Any]] = json.loads((folder / "out").read_text("utf-8"))
    return answer


def test_every_screen_is_told_and_what_appears_is_announced(request: pytest.FixtureRequest) -> None:
    lacking = missing()
    if lacking:
        pytest.skip(lacking)
    heard: dict[str, list[Any]] = request.getfixturevalue("heard")
    for screen in SCREENS:
        lines = heard[screen]
        assert [line for line in lines if line[2] and not line[1].strip()] == [], screen
        names = [name for _role, name, _focusable, _checked in lines]
        assert names.index("页面") < names.index("搜索") < names.index("锁上")
    checked = [name for role, name, _focusable, is_on in heard["volunteers"] if is_on]
    assert checked == ["志愿者", "志愿者"]
    cells = [name for role, name, _focusable, _checked in heard["volunteers"] if role == "table cell"]
    assert cells[:2] == ["李*", "爱心理发队"]
    cards = [name for role, name, _focusable, _checked in heard["board"] if role == "list item"]
    assert any("王*英" in words and "想理个发" in words for words in cards)
    assert heard["said"] == [reader.NEWS]
