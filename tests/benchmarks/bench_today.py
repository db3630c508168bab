"""The first screen of the day: from going there to painted with its answer, beside going to one that reads nothing.

The reading runs anew each time, as it does after a change elsewhere. The reference is the same window going to a
screen that reads nothing: what a change of screen costs before anything is shown.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.benchmarks import Bench, percentile_of_rounds
from tests.benchmarks.ground import PEOPLE, frame_of, program, station
from ui.program import Program
from ui.screens.today.screen import TodayScreen

GOAL_MS = 100.0
_ROUNDS = 3
_TIMES = 20
_PAUSE_MS = 50


def run() -> Bench:
    with program(station()) as opened:
        ours = percentile_of_rounds([_today(opened) for _ in range(_ROUNDS)], 0.99)
        reference = percentile_of_rounds([_elsewhere(opened) for _ in range(_ROUNDS)], 0.99)
    return Bench(
        bench="today",
        ours=ours,
        reference=reference,
        unit="ms to the painted day, p99",
        goal=f"<= {GOAL_MS:g} ms at {PEOPLE:,} people",
        holds=ours <= GOAL_MS,
    )


class _Painted(QObject):
    """Whether the widget was painted since it was asked last."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.is_so = False
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.is_so = self.is_so or event.type() == QEvent.Type.Paint
        return False


def _today(opened: Program) -> list[float]:
    frame = frame_of(opened)
    times = []
    for _ in range(_TIMES):
        frame.go("settings")
        QTest.qWait(_PAUSE_MS)
        began = time.perf_counter()
        frame.go("today")
        screen = frame.shown_screen()
        assert isinstance(screen, TodayScreen)
        before = screen.read
        screen.refresh(frozenset({"order"}))
        painted = _Painted(screen.chores.viewport())
        while screen.read is before:
            QApplication.processEvents()
        painted.is_so = False
        screen.chores.viewport().update()
        while not painted.is_so:
            QApplication.processEvents()
        times.append((time.perf_counter() - began) * 1_000)
    return times


def _elsewhere(opened: Program) -> list[float]:
    frame = frame_of(opened)
    times = []
    for _ in range(_TIMES):
        frame.go("today")
        QTest.qWait(_PAUSE_MS)
        began = time.perf_counter()
        frame.go("settings")
        screen = frame.shown_screen()
        assert screen is not None
        painted = _Painted(screen)
        screen.update()
        while not painted.is_so:
            QApplication.processEvents()
        times.append((time.perf_counter() - began) * 1_000)
    return times
