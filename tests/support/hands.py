"""Somebody at the keyboard of an open window: keys, letters and Chinese go where the focus is."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.actions.desk import Desk
from app.facts import Id
from tests.support.window import PATIENCE_MS, Opened
from ui.parts.question import QuestionOverlay
from ui.screen import Screen, ScreenEntry

W = TypeVar("W", bound=QWidget)

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class Hands:
    """``key`` presses a key of the window, as the window system hands it in."""

    def __init__(self, opened: Opened, qtbot: QtBot) -> None:
        self.opened, self._qtbot = opened, qtbot
        self.keys = 0

    def focused(self) -> QWidget:
        found: QWidget | None = self.opened.window.focusWidget()
        return found or self.opened.window

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        self.keys += 1
        QTest.keyClick(self.opened.window.windowHandle(), key, modifier)

    def enter(self) -> None:
        self.key(Qt.Key.Key_Return)

    def save(self) -> None:
        self.key(Qt.Key.Key_Return, CTRL)

    def write(self, text: str) -> None:
        """Letters and digits, each a key."""
        self.keys += len(text)
        QTest.keyClicks(self.focused(), text)

    def say(self, text: str) -> None:
        """Chinese, as an input method hands it over."""
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(self.focused(), event)

    def until(self, holds: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(holds()), timeout=PATIENCE_MS)

    def settle(self) -> None:
        """Until nothing is waited for."""
        self.until(lambda: not self.opened.jobs._undelivered)

    @contextmanager
    def while_it_is_slow(self) -> Iterator[None]:
        """What is asked for meanwhile is answered afterwards."""
        gate = threading.Event()
        self.opened.jobs.read(
            self.opened.window, lambda _desk, _query: gate.wait(), None, done=lambda _done: None
        )
        try:
            yield
        finally:
            gate.set()

    def click(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

    def menu(self, text: str) -> None:
        """Ctrl+P, and down to this line of the menu that it opens."""
        self.key(Qt.Key.Key_P, CTRL)
        opened = QApplication.activePopupWidget()
        assert isinstance(opened, QMenu), "no menu is open"
        lines = [action.text().split("\t")[0] for action in opened.actions() if not action.isSeparator()]
        for _line in range(lines.index(text) + 1):
            self.key(Qt.Key.Key_Down)
        self.enter()

    def overlay(self, kind: type[W]) -> W:
        """The overlay of this kind that lies over the window."""
        found = [one for one in self.opened.window.findChildren(kind) if one.isVisible()]
        assert found, f"no {kind.__name__} is open"
        return found[-1]

    def answer(self, reason: str) -> None:
        """Write the reason a question asks for and press its first answer."""
        question = self.overlay(QuestionOverlay)
        if question._words is not None:
            question._words.setFocus()
            self.say(reason)
        question._give(question.question.answers[0])

    def refused(self) -> str:
        """Why the question that stands could not be done."""
        return self.overlay(QuestionOverlay)._refusal._words.accessibleName()

    def news(self) -> str:
        return self.opened.frame.banner.sentence()

    def file_dialog(self) -> QFileDialog:
        """Where the system asks for a place, once it does."""
        self.until(lambda: self.opened.window.findChildren(QFileDialog))
        [asking] = self.opened.window.findChildren(QFileDialog)
        return asking

    def put_away(self, asking: QFileDialog) -> None:
        """Close it, and go on in the window."""
        asking.reject()
        self.until(lambda: not shiboken6.isValid(asking))
        self.opened.window.activateWindow()

    def kept_at(self, path: Path) -> bytes:
        """What is saved at ``path`` when it is asked where."""
        asking = self.file_dialog()
        asking.fileSelected.emit(str(path))
        self.put_away(asking)
        self.until(path.exists)
        self.settle()
        return path.read_bytes()


class Typist(Hands):
    """Hands at a desk, for stories of many keys: letters, keys, and keys with their modifier in one go."""

    def __init__(self, opened: Opened, desk: Desk, qtbot: QtBot) -> None:
        super().__init__(opened, qtbot)
        self.desk = desk

    def press(self, *keys: str | Qt.Key | tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
        """Without waiting in between."""
        for key in keys:
            if isinstance(key, str):
                self.write(key)
            elif isinstance(key, tuple):
                self.key(*key)
            else:
                self.key(key)

    def ask(self) -> QuestionOverlay:
        """The question that was asked."""
        self.until(lambda: bool(self.opened.window.findChildren(QuestionOverlay)))
        return self.opened.window.findChildren(QuestionOverlay)[0]


def signpost(key: str, went: list[Id]) -> ScreenEntry:
    """A screen that only notes what it was asked to show."""

    class Signpost(Screen):
        def go_to(self, object_id: str) -> None:
            went.append(object_id)

    return ScreenEntry(key=key, order=90, icon="board", title=key, build=Signpost)
