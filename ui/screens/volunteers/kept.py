"""Fields whose present value is hidden (遮住的栏): typing replaces it; the eye asks why and brings it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.identity import ID_TYPE_NAMES, RESIDENT_LENGTH, IdType, has_form
from app.words import _
from ui.parts.buttons import Button
from ui.parts.choice import Choice
from ui.parts.eye import ask_why
from ui.parts.grouped import GroupedField, identity_groups
from ui.parts.text import Text


class KeptField(QWidget):
    """Wraps a one-line field of the kit. ``asked`` carries the reason to see what is hidden."""

    edited = Signal()
    asked = Signal(str)

    def __init__(self, field: Any, name: str) -> None:
        super().__init__()
        self.field = field
        self._name, self._hint = name, field.placeholderText()
        self._known: str | None = ""
        self._person = ""
        field.setAccessibleName(name)
        field.edited.connect(self.edited)
        self._eye = Button(kind="quiet", icon="eye", name=_("看完整的{name}").format(name=name))
        self._eye.clicked.connect(lambda _checked: ask_why(self, name, self.asked.emit, self._person))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(field, 1)
        row.addWidget(self._eye)
        self.setFocusProxy(field)
        self.start("")

    def start(self, masked: str, person: str = "") -> None:
        """Begin with the value of ``person``, of which only ``masked`` may be read; nothing for somebody new."""
        self._person = person
        self._known = None if masked else ""
        self.field.set_value("")
        shown = _("{masked}　要改就直接写新的").format(masked=masked)
        self.field.setPlaceholderText(shown if masked else self._hint)
        self._eye.setVisible(bool(masked))

    def show_known(self, value: str) -> None:
        """What was hidden; it can be put right now. What was typed meanwhile stays."""
        self._known = value
        self._eye.hide()
        if self.field.is_empty():
            self.field.set_value(value)

    def value(self) -> str:
        value: str = self.field.value()
        return value

    def set_value(self, text: str) -> None:
        self.field.set_value(text)

    def touched(self) -> bool:
        """Whether it says something else than what is known."""
        return bool(self.value()) if self._known is None else self.value() != self._known

    def is_empty(self) -> bool:
        """A hidden value is one."""
        return self._known is not None and not self.value()

    def set_refused(self, is_refused: bool) -> None:
        self.field.set_refused(is_refused)


class IdentityLine(QWidget):
    """The kind of document and its number, in one line, and what the number says below it."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.id_type: Choice[IdType] = Choice(
            [(kind, _(name)) for kind, name in ID_TYPE_NAMES.items()], name=_("证件类型")
        )
        self.number = KeptField(
            GroupedField(self._grouped, at_most=30, codes=lambda code: has_form(self.kind(), code)),
            _("证件号"),
        )
        self.note = Text("", "secondary", "secondary")
        self.note.hide()
        self.id_type.edited.connect(self._on_type)
        self.number.edited.connect(self.edited)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.id_type)
        row.addWidget(self.number, 1)
        self.id_type.setMinimumWidth(150)
        self.id_type.setMaximumWidth(300)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.note)
        self.setFocusProxy(self.number)

    def value(self) -> str:
        return self.number.value().upper()

    def kind(self) -> IdType:
        return self.id_type.value() or IdType.RESIDENT

    def is_empty(self) -> bool:
        return self.number.is_empty()

    def is_whole(self) -> bool:
        """Whether a number with a check digit is all there."""
        return self._has_check_digit(self.value()) and len(self.value()) >= RESIDENT_LENGTH

    def set_refused(self, is_refused: bool) -> None:
        self.number.set_refused(is_refused)

    def say(self, words: str) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def _grouped(self, number: str) -> str:
        return identity_groups(number) if self._has_check_digit(number) else number

    def _has_check_digit(self, number: str) -> bool:
        """Foreigners' new cards have one like residents' cards; their old ones begin with letters."""
        kind = self.kind()
        return kind is IdType.RESIDENT or (kind is IdType.FOREIGNER and number[:1].isdigit())

    def _on_type(self) -> None:
        self.number.set_value(self.number.value())
        self.edited.emit()
