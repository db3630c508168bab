"""The real window on a real desk, for tests of screens: its frame, its jobs, what it remembers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.actions.desk import Desk
from app.actions.undo import undo, undo_offer
from app.domain.calendar import shanghai
from ui.find import finder
from ui.frame import Frame, Surroundings
from ui.jobs import Jobs
from ui.parts.statusline import Status
from ui.remember import Remembered
from ui.screen import Clerk, Screen, ScreenEntry
from ui.undo import Undoing
from ui.window import Window

PATIENCE_MS = 20_000
"""On a busy machine what is waited for comes late; where it comes at once, nothing is waited."""


@dataclass(frozen=True)
class Opened:
    """An open window, the frame in it, and the line of jobs behind it."""

    window: Window
    frame: Frame
    jobs: Jobs

    def screen(self) -> Screen:
        """The screen that is shown."""
        shown = self.frame.shown_screen()
        assert shown is not None
        return shown


@contextmanager
def open_window(
    desk: Desk,
    *entries: ScreenEntry,
    size: tuple[int, int] = (1366, 660),
    kept: Mapping[str, str] | None = None,
) -> Iterator[Opened]:
    """Open the window for who sits at ``desk``, with these screens; closed again at the end."""
    by = desk.signed_in
    assert by is not None
    jobs = Jobs(desk)
    window = Window()
    broken: list[BaseException] = []
    jobs.broke.connect(broken.append)
    try:
        yield Opened(
            window,
            _frame(desk, jobs, Clerk(by.staff, by.name, str(by.role)), entries, kept or {}, window, size),
            jobs,
        )
    finally:
        jobs.close()
        window.close()
        window.deleteLater()
        QApplication.processEvents()
    assert not broken, broken


def _frame(
    desk: Desk,
    jobs: Jobs,
    clerk: Clerk,
    entries: Sequence[ScreenEntry],
    kept: Mapping[str, str],
    window: Window,
    size: tuple[int, int],
) -> Frame:
    remembered = Remembered({"scheme": '"light"'} | dict(kept), lambda _name, _text: None)
    undoing = Undoing(undo_offer, undo)
    around = Surroundings(finder, undoing, status=lambda _desk: Status(""), now=lambda: shanghai(desk.now()))
    frame = Frame(jobs, clerk, remembered, entries, around)
    window.resize(*size)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window, PATIENCE_MS)
    window.set_frame(frame)
    return frame
