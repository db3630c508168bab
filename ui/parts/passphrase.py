"""The passphrase field (口令): hidden letters, no input method, and a notice while Caps Lock is on.

Qt does not say how Caps Lock stands, so it is read from the letters themselves and from the key; Windows can be asked.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.words import _
from ui.parts.fields import TextField
from ui.parts.text import Text


class _HiddenLine(TextField):
    caps_lock = Signal(bool)

    def __init__(self, placeholder: str, name: str) -> None:
        super().__init__(placeholder, name=name, ime=False)
        self.setEchoMode(TextField.EchoMode.Password)

    def value(self) -> str:
        return self.text()  # a space may belong to a passphrase

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        is_on = _caps_lock_after(event)
        if is_on is not None:
            self.caps_lock.emit(is_on)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if sys.platform == "win32":
            self.caps_lock.emit(_windows_caps_lock())


class PassphraseField(QWidget):
    """``value()`` is the passphrase; ``entered`` comes with Return or keypad Enter."""

    edited = Signal()
    entered = Signal()

    def __init__(self, placeholder: str = "", *, name: str = "") -> None:
        super().__init__()
        self.line = _HiddenLine(placeholder, name or _("口令"))
        self._notice = Text(_("大写锁定开着，字母会变成大写"), "secondary", "under_way")
        self._notice.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self._notice)
        self.setFocusProxy(self.line)
        self.line.edited.connect(self.edited)
        self.line.returnPressed.connect(self.entered)
        self.line.caps_lock.connect(self._notice.setVisible)

    def value(self) -> str:
        return self.line.value()

    def clear(self) -> None:
        self.line.clear()

    def is_empty(self) -> bool:
        return not self.line.text()

    def set_refused(self, is_refused: bool) -> None:
        self.line.set_refused(is_refused)


def _caps_lock_after(event: QKeyEvent) -> bool | None:
    """Whether Caps Lock is on, or None where this key does not tell."""
    if sys.platform == "win32":
        return _windows_caps_lock()
    letter = event.text()
    if event.key() == Qt.Key.Key_CapsLock or not letter.isalpha() or letter.lower() == letter.upper():
        return None
    has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return letter.isupper() != has_shift


def _windows_caps_lock() -> bool:
    import ctypes  # only there is ctypes.windll, and only there is it worth importing

    caps_lock_key, toggled = 0x14, 0x0001
    windll = getattr(ctypes, "windll")  # noqa: B009 - a checker on another system does not know the name
    return bool(windll.user32.GetKeyState(caps_lock_key) & toggled)
