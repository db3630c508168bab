"""What benches of the window stand on: a station of a size in a folder, and the program running in it, signed in."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import atexit
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.demo.station import CLERKS, DemoStation, build
from app.demo.story import Scale
from ui import pauses
from ui.frame import Frame
from ui.memory import Memory
from ui.parts.passphrase import PassphraseField
from ui.program import Program, Wanted, application
from ui.signin.page import SignInPage

PEOPLE = 3_000
LONGEST_WAIT_S = 60.0

_SIZE = Scale(
    people=PEOPLE,
    volunteers=1_950,
    days=120,
    records=1_500,
    ended_orders=345,
    open_orders=66,
    certificates=20,
    redemptions=0,
)


@cache
def station(open_orders: int = _SIZE.open_orders) -> DemoStation:
    """A station with 3,000 people and the sample station's orders, or more; closed, and kept for this run."""
    folder = Path(tempfile.mkdtemp(prefix="yizhan-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    scale = replace(_SIZE, open_orders=open_orders)
    return build(folder / "station", 1, lambda: datetime.now(UTC), scale=scale)


@contextmanager
def program(at: DemoStation) -> Iterator[Program]:
    """The program with a clerk at its desk."""
    if QApplication.instance() is None:
        application(sys.argv[:1])
        sys.excepthook, threading.excepthook = (
            sys.__excepthook__,
            threading.__excepthook__,
        )  # said, not reported
    with tempfile.TemporaryDirectory(prefix="yizhan-bench-") as kept:
        memory = Memory(Path(kept) / "window.ini")
        memory.put("clerk", clerk_of(at))
        opened = Program(Wanted(folder=at.folder), memory)
        opened.open()
        try:
            sign_in(opened, at.passphrase)
            until(lambda: opened.window.frame() is not None and not opened.window.is_covered())
            until(pauses.is_settled)  # all is loaded
            yield opened
        finally:
            opened.close()
            shiboken6.delete(opened.window)


def clerk_of(at: DemoStation) -> str:
    """Who sits at the desk: a clerk, as in daily life."""
    return next(tile.staff for tile in at.tiles if tile.name == CLERKS[0])


def sign_in(opened: Program, passphrase: str) -> None:
    """Type the passphrase of who signed in last, as soon as the page can take it."""
    until(lambda: any(page.isVisible() for page in opened.window.findChildren(SignInPage)))
    field = opened.window.findChild(PassphraseField)
    assert isinstance(field, PassphraseField)
    QTest.keyClicks(field.line, passphrase)
    QTest.keyClick(field.line, Qt.Key.Key_Return)


def frame_of(opened: Program) -> Frame:
    frame = opened.window.frame()
    assert frame is not None
    return frame


def until(reached: Callable[[], bool]) -> None:
    """Let the program run until it is so."""
    end_s = time.perf_counter() + LONGEST_WAIT_S
    while not reached():
        QTest.qWait(2)
        assert time.perf_counter() < end_s, "the program never came so far"
