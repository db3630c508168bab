"""A day's clicks: what the program holds after 1,000 changes of screen, against what it held when each was known.

Every change shows a screen with its answers, walks a row down in it and opens or closes its pane. The first rounds
fill what is made once (screens, caches of words, a backup) or is kept up to a measure (Qt's faces and glyphs, the pages
of the database); after them nothing may grow.
"""

from __future__ import annotations

import gc
import resource
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.actions.backups import back_up_now
from tests.benchmarks import Bench
from tests.benchmarks.ground import frame_of, program, station, until
from ui.frame import screens_found
from ui.program import Program

CHANGES = 1_000
_WARM_UP = 600
_MOST_GROWTH = 0.01
"""Less than the pages an allocator keeps or gives back as it likes."""

_NOBODY: None = None


def run() -> Bench:
    with program(station()) as opened:
        _back_up(opened)
        _change_screens(opened, _WARM_UP)
        before = _held_mib()
        _change_screens(opened, CHANGES)
        after = _held_mib()
    return Bench(
        bench="memory",
        ours=after,
        reference=before,
        unit=f"MiB resident, after and before {CHANGES:,} screen changes",
        goal=f"ratio <= {1 + _MOST_GROWTH:g}",
        holds=after <= before * (1 + _MOST_GROWTH),
    )


def _change_screens(opened: Program, count: int) -> None:
    frame = frame_of(opened)
    known = [entry.key for entry in screens_found()]
    for place in range(count):
        frame.go(known[place % len(known)])
        _rest(opened)
        QTest.keyClick(QApplication.focusWidget() or frame, Qt.Key.Key_Down)
        frame.show_pane(not frame.pane_is_shown())
        _rest(opened)


def _back_up(opened: Program) -> None:
    """The day's backup is made after half a minute without a key: its 25 MB are taken once, and used again."""
    made: list[object] = []
    opened.jobs.aside.read_long(opened.window, back_up_now, _NOBODY, done=made.append)
    until(lambda: bool(made))


def _rest(opened: Program) -> None:
    """Until the worker has answered what was asked up to now, and the answers are laid out."""
    answers: list[None] = []
    opened.jobs.read(opened.window, _nothing, _NOBODY, done=answers.append)
    until(lambda: bool(answers))


def _nothing(_desk: object, _query: None) -> None:
    return None


def _held_mib() -> float:
    """Resident memory of this process."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20
