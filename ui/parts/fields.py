"""Fields for text (输入框): one line, several lines, and codes (no input method).

Every field of the kit has ``edited`` (the person changed it), ``value()``, ``is_empty()`` and
``set_refused()``, so that a form can treat them alike.
"""

from __future__ import annotations

import re
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QInputMethodQueryEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from ui.parts import keys, paint
from ui.theme import theme
from ui.theme.fonts import see

_LINE_BREAKS = re.compile(r"\s*[\t\n\v\f\r\x85\u2028\u2029]\s*")  # and tabs: they come with what is pasted


class Field(Protocol):
    """What a form asks of the widgets in it."""

    @property
    def edited(self) -> Any: ...

    def value(self) -> Any: ...

    def is_empty(self) -> bool: ...

    def set_refused(self, is_refused: bool) -> None: ...


def show_refused(widget: QWidget, is_refused: bool) -> None:
    """Colour the border of a stock field; the sentence below says why."""
    if widget.property("refused") == is_refused:
        return
    widget.setProperty("refused", is_refused)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class TextField(QLineEdit):
    """One line. ``ime=False`` keeps the input method off."""

    edited = Signal()
    _preedit = ""

    def __init__(
        self,
        placeholder: str = "",
        *,
        name: str = "",
        ime: bool = True,
        at_most: int = 200,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setMaxLength(at_most)
        self._asked = _AskedFirst(self, ime=ime)
        self.textEdited.connect(self._on_text_edited)
        self.textChanged.connect(see)
        self._dress()
        theme.changed.connect(self._dress)

    def value(self) -> str:
        return _LINE_BREAKS.sub(" ", self.text()).strip()

    def set_value(self, text: str) -> None:
        self.setText(text)

    def is_empty(self) -> bool:
        return not self.value()

    def set_refused(self, is_refused: bool) -> None:
        show_refused(self, is_refused)

    def is_composing(self) -> bool:
        """Whether the input method holds letters that are not text yet."""
        return bool(self._preedit)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)

    def sizeHint(self) -> QSize:
        """As wide as its placeholder, at least."""
        hint = round(paint.text_width(self.placeholderText(), "body")) + 2 * 15
        return QSize(max(super().sizeHint().width(), hint), theme.metrics.row)

    def _on_text_edited(self, _text: str) -> None:
        self.edited.emit()

    def _dress(self) -> None:
        self.setFont(theme.font("body"))
        self.setFixedHeight(theme.metrics.row)


class CodeField(TextField):
    """Numbers, codes and dates: no input method, full-width characters become plain ones."""

    def __init__(self, placeholder: str = "", *, name: str = "", at_most: int = 40) -> None:
        super().__init__(placeholder, name=name, ime=False, at_most=at_most)

    def value(self) -> str:
        return to_plain_width(super().value())


class TextArea(QPlainTextEdit):
    """Several lines; Enter belongs to the form (it steps on), Shift+Enter begins a line, Tab leaves."""

    edited = Signal()

    def __init__(self, placeholder: str = "", *, name: str = "", lines: int = 2, grows: bool = False) -> None:
        """``lines`` are its height, or with ``grows`` the least of it."""
        super().__init__()
        self._lines, self._grows = lines, grows
        self._is_mine = False
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # its lines are broken
        vertical = QSizePolicy.Policy.Expanding if grows else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._on_text_changed)
        self._dress()
        theme.changed.connect(self._dress)

    def value(self) -> str:
        return self.toPlainText().strip()

    def set_value(self, text: str) -> None:
        self._is_mine = True
        self.setPlainText(text)
        self._is_mine = False

    def is_empty(self) -> bool:
        return not self.value()

    def set_refused(self, is_refused: bool) -> None:
        show_refused(self, is_refused)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_enter(event) or keys.is_save(event):
            event.ignore()
            return
        super().keyPressEvent(event)

    def _on_text_changed(self) -> None:
        see(self.toPlainText())
        if not self._is_mine:
            self.edited.emit()

    def _dress(self) -> None:
        self.setFont(theme.font("body"))
        self.viewport().setFont(
            theme.font("body")
        )  # the placeholder is drawn in its font, which the style keeps
        lines = self._lines * self.fontMetrics().lineSpacing()
        height = max(theme.metrics.row, lines + 2 * (7 + theme.metrics.focus) + 2)
        if self._grows:
            self.setMinimumHeight(height)
        else:
            self.setFixedHeight(height)


class _AskedFirst(QObject):
    """Answers for a line what it would answer wrongly: it leaves the window its keys, and wants no input method where
    ``ime`` is False. A line of Qt's wants one always, whatever its attribute.

    A filter and not an override of ``event``: overrides inside overrides must be avoided where it is easy, because
    PySide 6.9 on Python 3.11 crashes when the inner one raises an error that was made in C.
    """

    def __init__(self, field: QLineEdit, *, ime: bool) -> None:
        super().__init__(field)
        self._field = field
        self._ime = ime
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if not _belongs_to_window(event, self._field):
                return False
            event.ignore()
            return True
        if (
            kind == QEvent.Type.InputMethodQuery
            and isinstance(event, QInputMethodQueryEvent)
            and not self._ime
        ):
            event.setValue(Qt.InputMethodQuery.ImEnabled, False)
            event.accept()
            return True
        return False


def _belongs_to_window(event: QKeyEvent, field: QLineEdit) -> bool:
    """Ctrl+K finds (on X11 a line would cut its end off), Ctrl+Z undoes the last action when no text can be undone."""
    if event.matches(QKeySequence.StandardKey.Undo):
        return not field.isUndoAvailable()
    return event.key() == Qt.Key.Key_K and keys.modifiers(event) == Qt.KeyboardModifier.ControlModifier


def to_plain_width(text: str) -> str:
    """１２３ -> 123: what a Chinese input method may leave behind in a code."""
    return "".join(
        chr(ord(letter) - 0xFEE0) if "！" <= letter <= "～" else letter for letter in text
    ).replace("　", " ")


def is_text_input(widget: QObject | None) -> bool:
    """Whether plain letters and Space belong to this widget."""
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        return not widget.isReadOnly()
    return False


def focused() -> QWidget | None:
    return QApplication.focusWidget()
