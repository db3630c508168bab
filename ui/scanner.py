"""The scanner (扫码枪) that types like a keyboard: eight or more characters in one go, ended by Enter, are a code.

Whoever types by hand types slower. So plain characters are held for a moment: what goes on at a scanner's pace and
ends with Enter (Return, keypad Enter or Tab) is ``scanned``, and none of it, nor the Enter, reaches the screen.
Everything else is typed after all, in order, where the focus was. Input methods hand digits on as keys or as text of
their own, some of it full-width: both count. In passphrases and on the lock a code is dropped; fields on the pages
before the desk get it as if it were typed, for a recovery sheet can be scanned.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ui.parts.fields import is_text_input

SHORTEST = 8
GAP_MS = 35
HOLD_MS = 60
"""Longer than the gap: what the window system or the input method hands in late was still typed in time."""
SAME_CODE_MS = 2000

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_LINE_ENDS = ("\r", "\n")  # a scanner that sends a line feed has a key of its own for it
_SILENT = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock)
_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)


@dataclass(frozen=True)
class _Moment:
    """When a key went down: as the window system says, where it says so, and as the clock does."""

    stamp_ms: int
    clock_ms: float

    def since(self, earlier: _Moment) -> float:
        if self.stamp_ms and earlier.stamp_ms:
            return self.stamp_ms - earlier.stamp_ms
        return self.clock_ms - earlier.clock_ms


@dataclass(frozen=True)
class _Held:
    """Something typed that may belong to a code. ``press`` is None for text of an input method."""

    text: str
    at: _Moment
    press: QKeyEvent | None


class Scanner(QObject):
    """``scanned`` carries a whole code. ``is_open`` says whether somebody sits at the desk."""

    scanned = Signal(str)

    def __init__(self, parent: QObject, is_open: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._is_open = is_open
        self._held: list[_Held] = []
        self._focus: QObject | None = None
        self._windows: list[QWindow] = []
        self._is_typing = False
        self._last: tuple[str, _Moment] | None = None
        self._ended: _Moment | None = None
        self._wait = QTimer(self, singleShot=True, interval=HOLD_MS)
        self._look_again = QTimer(self, singleShot=True, interval=0)
        self._wait.timeout.connect(
            self._look_again.start
        )  # keys behind a pause of the program come in between
        self._look_again.timeout.connect(self.let_go)
        running = QGuiApplication.instance()
        assert isinstance(running, QGuiApplication)
        running.focusObjectChanged.connect(self._watch_focus)
        running.focusWindowChanged.connect(self._watch_window)
        self._watch_window(QGuiApplication.focusWindow())
        self._watch_focus()

    def let_go(self) -> None:
        """What is held was typed by hand: type it."""
        held, self._held = self._held, []
        self._wait.stop()
        self._look_again.stop()
        self._is_typing = True
        try:
            for each in held:
                _type(each)
        finally:
            self._is_typing = False

    # --- watching

    def _watch_window(self, window: QWindow | None) -> None:
        self._windows = [each for each in self._windows if shiboken6.isValid(each)]
        if window is not None and window not in self._windows:
            window.installEventFilter(self)
            self._windows.append(window)

    def _watch_focus(self) -> None:
        """Asked for, not told: a window that closes late tells of no focus though another has it."""
        before, self._focus = self._focus, QGuiApplication.focusObject()
        if before is not None and shiboken6.isValid(before):
            before.removeEventFilter(self)
        if self._focus is not None:
            self._focus.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if self._is_typing:
            return False
        if kind in _KEYS and isinstance(event, QKeyEvent):
            # The window system asks the focus first whether the key may be a shortcut, then hands it to the window.
            is_asked = kind == QEvent.Type.ShortcutOverride
            if is_asked == (watched is self._focus):
                return self._asked(event) if is_asked else self._pressed(event)
        elif kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            return self._composed(event)
        elif kind in (QEvent.Type.MouseButtonPress, QEvent.Type.FocusAboutToChange):
            self.let_go()
        return False

    # --- keys

    def _asked(self, event: QKeyEvent) -> bool:
        """Whether the key is ours; then it is no shortcut."""
        if self._takes(event) or self._ends(event):
            event.accept()
            return True
        if event.key() not in _SILENT:
            self.let_go()
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        if self._takes(event):
            self._hold(_Held(event.text(), _moment(event), _copy(event)))
            return True
        if self._ends(event):
            self._finish(_moment(event))
            return True
        if event.key() not in _SILENT:
            self.let_go()
        return False

    def _composed(self, event: QInputMethodEvent) -> bool:
        text = event.commitString()
        plain = unicodedata.normalize("NFKC", text)
        is_whole = not event.preeditString() and not event.replacementLength()
        if is_whole and _is_code_text(plain) and self._watches():
            self._hold(_Held(text, _Moment(0, _clock_ms()), None))
            return True
        self.let_go()
        return False

    def _takes(self, event: QKeyEvent) -> bool:
        is_plain = not event.modifiers() & ~_PLAIN and not event.isAutoRepeat()
        return is_plain and _is_code_text(event.text()) and self._watches()

    def _ends(self, event: QKeyEvent) -> bool:
        """An Enter at the end of a code, or the second one of a scanner that sends two."""
        is_end = event.key() in _ENDS or event.text() in _LINE_ENDS
        if not is_end or event.modifiers() & ~_PLAIN or event.isAutoRepeat():
            return False
        at = _moment(event)
        if self._held:
            return len(self._code()) >= SHORTEST and at.since(self._held[-1].at) <= GAP_MS
        return self._ended is not None and 0 <= at.since(self._ended) <= GAP_MS

    def _hold(self, held: _Held) -> None:
        if self._held and not 0 <= held.at.since(self._held[-1].at) <= GAP_MS:
            self.let_go()
        self._held.append(held)
        self._look_again.stop()
        self._wait.start()

    def _finish(self, at: _Moment) -> None:
        code, self._held = self._code(), []
        self._wait.stop()
        self._look_again.stop()
        self._ended = at
        if not code:
            return
        before, self._last = self._last, (code, at)
        is_again = before is not None and before[0] == code and at.since(before[1]) <= SAME_CODE_MS
        if self._is_open() and not _is_secret(self._focus) and not is_again:
            self.scanned.emit(code)

    def _code(self) -> str:
        return unicodedata.normalize("NFKC", "".join(held.text for held in self._held))

    def _watches(self) -> bool:
        """Whether a code could be meant here: everywhere but in the open fields of the pages before the desk."""
        focus = self._focus
        is_field = isinstance(focus, QWidget) and is_text_input(focus) and not _is_secret(focus)
        return self._is_open() or not is_field


def _type(held: _Held) -> None:
    """Hand it in again as the window system would: first asked for, then a shortcut, else typed."""
    target: QObject | None = QApplication.activePopupWidget() or QGuiApplication.focusObject()
    if target is None:
        return
    if held.press is None:
        composed = QInputMethodEvent("", [])
        composed.setCommitString(held.text)
        QCoreApplication.sendEvent(target, composed)
        return
    asked = _copy(held.press, QEvent.Type.ShortcutOverride)
    asked.ignore()
    QCoreApplication.sendEvent(target, asked)
    shortcut = None if asked.isAccepted() else _shortcut(held.press)
    if shortcut is not None:
        shortcut.activated.emit()
    else:
        QCoreApplication.sendEvent(target, held.press)


def _shortcut(press: QKeyEvent) -> QShortcut | None:
    """The shortcut of the active window that this key is for."""
    window = QApplication.activeWindow()
    if window is None or QApplication.activePopupWidget() is not None:
        return None
    pressed = QKeySequence(press.keyCombination().toCombined() & ~Qt.KeyboardModifier.KeypadModifier.value)
    for shortcut in window.findChildren(QShortcut):
        holder = shortcut.parent()
        is_shown = isinstance(holder, QWidget) and holder.isVisible() and holder.isEnabled()
        if shortcut.isEnabled() and is_shown and pressed == shortcut.key():
            return shortcut
    return None


def _copy(event: QKeyEvent, kind: QEvent.Type = QEvent.Type.KeyPress) -> QKeyEvent:
    return QKeyEvent(
        kind,
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        False,
        event.count(),
    )


def _moment(event: QKeyEvent) -> _Moment:
    return _Moment(event.timestamp(), _clock_ms())


def _clock_ms() -> float:
    return time.monotonic() * 1000


def _is_code_text(text: str) -> bool:
    """Printable, and no space: what may stand in a code."""
    return bool(text) and text.isascii() and all("!" <= character <= "~" for character in text)


def _is_secret(focus: QObject | None) -> bool:
    return isinstance(focus, QLineEdit) and focus.echoMode() != QLineEdit.EchoMode.Normal
