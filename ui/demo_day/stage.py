"""The program on the stage (台上的程序): the real window with its worker, opened on a folder and a clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.domain.problems import Problem
from ui.demo_day.clock import DayClock
from ui.demo_day.eyes import Eyes
from ui.demo_day.hands import Hands, settle
from ui.demo_day.promises import NotAsPromised, promise
from ui.demo_day.watch import Watch
from ui.frame import Frame
from ui.idle import Idle
from ui.memory import Memory
from ui.program import Program, Wanted

SIZE = (1366, 768)
_SHORTEST_WAIT_MS = 1000
_SHORT_WAIT_MS = 300
_LONGEST_CHAIN = 3

Q = TypeVar("Q")
T = TypeVar("T")


class Stage:
    """One run of the program. ``look`` reads what the database holds, beside what the window shows."""

    def __init__(self, folder: Path, clock: DayClock, watch: Watch, *, is_sample: bool = True) -> None:
        self.clock, self._watch = clock, watch
        self._program = Program(
            Wanted(folder=folder, is_demo=is_sample), Memory(folder.parent / "window.ini"), clock
        )
        self.window, self.jobs = self._program.window, self._program.jobs
        self.eyes = Eyes(self._front)
        self.hands = Hands(self.breathe, self._pause)
        self.jobs.broke.connect(watch.saw)

    def open(self) -> None:
        self._program.open()
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.window.resize(*SIZE)
        self.window.activateWindow()
        settle()

    def close(self) -> None:
        """As the cross in the corner does; the files are free afterwards."""
        self.window.close()
        shiboken6.delete(self.window)
        settle()

    def frame(self) -> Frame:
        frame = self.window.frame()
        promise(frame is not None, "有人坐在工作台前")
        assert frame is not None
        return frame

    def look(self, reading: Callable[[Any, Q], T], query: Q) -> T:
        """What the database says, asked through the program's own worker."""
        answers: list[T] = []
        problems: list[Problem] = []
        owner = QObject()
        self.jobs.read(
            owner,
            reading,
            query,
            done=answers.append,
            refused=problems.append,
            trouble=problems.append,
        )
        self.eyes.until(lambda: answers or problems, "数据库答得上来")
        if problems:
            raise NotAsPromised(f"{reading.__name__}: {problems[0]!r}")
        return answers[0]

    def breathe(self) -> None:
        """Wait until the worker has answered everything that was asked, and what was asked because of the answers."""
        for _turn in range(_LONGEST_CHAIN):
            self.look(_nothing, None)
        self._watch.nothing_wrong()

    def come_to_rest(self) -> None:
        """Wait until nothing is about to change any more: a paper that is drawn, a pane that reads."""

        def is_at_rest() -> bool:
            self.breathe()
            timers = self.window.findChildren(QTimer)
            return not any(
                one.isActive() and one.isSingleShot() and one.interval() <= _SHORT_WAIT_MS for one in timers
            )

        self.eyes.until(is_at_rest, "窗口静下来")

    def pass_time(self, minutes: float, *, nobody_there: bool = False) -> None:
        """Let time pass while the clerk works on, or while nobody touches anything.

        Whatever waits in the window for a time as long as this has come: the minute that repaints, the banner that
        leaves, and, if nobody is there, the lock.
        """
        self.clock.forward(minutes)
        passed = timedelta(minutes=minutes) / timedelta(milliseconds=1)
        for timer in self.window.findChildren(QTimer):
            if not _SHORTEST_WAIT_MS <= timer.interval() <= passed or not timer.isActive():
                continue
            if nobody_there or not isinstance(timer.parent(), Idle):
                timer.timeout.emit()
        settle()

    def _pause(self) -> None:
        if self._program.session is not None:
            self._program.session.scanner.let_go()

    def _front(self) -> Any:
        """The dialog in front, if there is one, else the window."""
        return QApplication.activeModalWidget() or self.window


def _nothing(_desk: object, _query: None) -> None:
    """A reading that reads nothing: its answer comes after all that were asked before."""
