"""A scanner that types like a keyboard, and somebody who types by hand: the same keys, at another pace.

Keys come as the window system hands them in, each with its own time, so that no test has to wait for real.
"""

from __future__ import annotations

from itertools import count

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

_SHIFTED = frozenset('+:~!@#$%^&*()_{}|"<>?')
_times = count(1_000, 10_000)


class Gun:
    """``scan`` pulls the trigger; ``type`` is a hand. Both go to where the focus of ``window`` is."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.now_ms = next(_times)

    def scan(self, code: str, end: Qt.Key | None = Qt.Key.Key_Return, gap_ms: int = 8) -> None:
        self.now_ms += 200
        self.type(code, gap_ms)
        if end is not None:
            self.press(end, gap_ms=gap_ms)

    def type(self, text: str, gap_ms: int = 90) -> None:
        for letter in text:
            is_shifted = letter.isupper() or letter in _SHIFTED
            modifier = Qt.KeyboardModifier.ShiftModifier if is_shifted else Qt.KeyboardModifier.NoModifier
            self.press(Qt.Key(ord(letter.upper())), letter, modifier, gap_ms)

    def press(
        self,
        key: Qt.Key,
        text: str = "",
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        gap_ms: int = 90,
        *,
        repeats: bool = False,
    ) -> None:
        self.now_ms += gap_ms
        focus: QObject | None = QGuiApplication.focusObject()
        handle = self._window.windowHandle()
        if focus is None or handle is None:
            return
        asked = self._event(QEvent.Type.ShortcutOverride, key, text, modifier, repeats)
        asked.ignore()
        QCoreApplication.sendEvent(focus, asked)
        pressed = self._event(QEvent.Type.KeyPress, key, text, modifier, repeats)
        QCoreApplication.sendEvent(handle, pressed)
        QCoreApplication.sendEvent(handle, self._event(QEvent.Type.KeyRelease, key, text, modifier, repeats))

    def _event(
        self, kind: QEvent.Type, key: Qt.Key, text: str, modifier: Qt.KeyboardModifier, repeats: bool
    ) -> QKeyEvent:
        event = QKeyEvent(kind, key, modifier, text, repeats)
        event.setTimestamp(self.now_ms)
        return event
