"""Keys (按键) that several parts understand the same way."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QInputMethodQueryEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

_IGNORED = Qt.KeyboardModifier.KeypadModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def modifiers(event: QKeyEvent) -> Qt.KeyboardModifier:
    """The modifiers without the one that only says "on the keypad"."""
    return event.modifiers() & ~_IGNORED


def is_enter(event: QKeyEvent) -> bool:
    """Return or keypad Enter, alone; Qt tells them apart, people do not."""
    return event.key() in _ENTER and modifiers(event) == Qt.KeyboardModifier.NoModifier


def is_save(event: QKeyEvent) -> bool:
    return event.key() in _ENTER and modifiers(event) == Qt.KeyboardModifier.ControlModifier


def digit(event: QKeyEvent) -> int | None:
    """The plain digit this key types, from either row of digits."""
    if modifiers(event) != Qt.KeyboardModifier.NoModifier:
        return None
    value = event.key() - Qt.Key.Key_0
    return value if 0 <= value <= 9 else None


def without_input_method(widget: QWidget) -> None:
    """For lists and tiles with keys of their own. Not for a line of text: that is ``TextField(ime=False)``."""
    widget.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)


def takes_input_method(widget: QObject) -> bool:
    """What an input method is told when it asks."""
    asked = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QCoreApplication.sendEvent(widget, asked)
    return bool(asked.value(Qt.InputMethodQuery.ImEnabled))
