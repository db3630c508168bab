"""The window from the start of the program on, for tests: what is at the entrance, signing in, the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.window import PATIENCE_MS
from ui.frame import Frame
from ui.jobs import Jobs
from ui.memory import Memory
from ui.session import MINUTE_MS, Session
from ui.signin.page import SignInPage
from ui.sitting import Entrance
from ui.window import Window

W = TypeVar("W", bound=QWidget)


@dataclass(frozen=True)
class Run:
    """A running program."""

    qtbot: QtBot
    window: Window
    session: Session
    memory: Memory

    def page(self, kind: type[W]) -> W:
        """The page of this kind that covers the window, as soon as it does."""
        self._until(lambda: isinstance(self.window.shown_cover(), kind))
        page = self.window.shown_cover()
        assert isinstance(page, kind)
        return page

    def frame(self) -> Frame:
        """The frame of the clerk who has just been let in."""
        self._until(lambda: not self.window.is_covered() and self.window.frame() is not None)
        frame = self.window.frame()
        assert frame is not None
        return frame

    def type(self, text: str) -> None:
        """Type where the focus is."""
        QTest.keyClicks(self._focused(), text)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self._focused(), key, modifiers)

    def sign_in(self, staff: str, passphrase: str) -> Frame:
        """Choose a tile, type the passphrase, press Enter."""
        page = self.page(SignInPage)
        page.tiles.set_value(staff)
        page.passphrase.setFocus()
        self.type(passphrase)
        self.press(Qt.Key.Key_Return)
        return self.frame()

    def _until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=PATIENCE_MS)

    def _focused(self) -> QWidget:
        focused: QWidget | None = self.window.focusWidget()
        assert focused is not None
        return focused


@contextmanager
def run(
    qtbot: QtBot,
    folder: Path,
    clock: Callable[[], datetime],
    *,
    sample_passphrase: str = "",
    minute_ms: int = MINUTE_MS,
) -> Iterator[Run]:
    """The program on ``folder``, from its first page on; closed as a person closes it."""
    window, jobs, memory = Window(), Jobs(None), Memory(folder.parent / "window.ini")
    session = Session(
        window,
        jobs,
        Entrance(folder, clock),
        memory,
        sample_passphrase=sample_passphrase,
        minute_ms=minute_ms,
    )
    window.closing.connect(session.close)
    window.resize(1366, 660)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    session.begin()
    try:
        yield Run(qtbot, window, session, memory)
    finally:
        window.close()
        window.deleteLater()
        QApplication.processEvents()
