"""Lists and tables inside the form of a policy (规则表单里的多行): rows that are added and taken away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain import regions
from app.domain.categories import menu
from app.domain.numerals import cardinal
from app.domain.policies import is_by_category, read_number, say_number, table
from app.sentences import FieldWords
from app.words import _
from ui.parts import keys, paint
from ui.parts.buttons import Button
from ui.parts.choice import Choice
from ui.parts.fields import CodeField, TextField
from ui.parts.grouped import GroupedField, cut
from ui.parts.text import Text
from ui.theme import theme

Limits = tuple[int, int]


class Blank(QWidget):
    """A number in its sentence: a narrow field, the words behind it, and while it is typed the least and the most."""

    edited = Signal()

    def __init__(
        self, field: str, after: str, *, name: str, is_limit: bool = False, limits: Limits | None = None
    ) -> None:
        super().__init__()
        self._field, self._is_limit = field, is_limit
        self._limits = Text("", "secondary", "secondary", wrap=True)
        self._limits.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._range = _range_words(field, limits, is_limit=is_limit)
        self.number = CodeField(_("不限") if is_limit else "", name=name, at_most=12)
        self.setFocusProxy(self.number)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.number)
        row.addWidget(Text(after, "body", "secondary"))
        row.addWidget(self._limits, 1)
        self.number.setAccessibleDescription(self._range)
        self.number.installEventFilter(self)
        self.number.edited.connect(self.edited)
        self._dress()
        theme.changed.connect(self._dress)

    def value(self) -> int | None:
        """Raises the refusal of what is no number."""
        if self._is_limit and self.number.is_empty():
            return None
        return read_number(self.number.value(), self._field)

    def set_value(self, value: int | None) -> None:
        self.number.set_value("" if value is None else say_number(value, self._field))

    def typed(self) -> str:
        """What stands in it, number or not."""
        return self.number.value()

    def set_typed(self, text: str) -> None:
        self.number.set_value(text)

    def is_empty(self) -> bool:
        return not self._is_limit and self.number.is_empty()

    def set_refused(self, is_refused: bool) -> None:
        self.number.set_refused(is_refused)

    def stand_in_line(self) -> None:
        """Something comes behind it: the least and the most take no more than their line."""
        self._limits.setWordWrap(False)
        self._limits.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._limits.setText(self._range if event.type() == QEvent.Type.FocusIn else "")
        return False

    def _dress(self) -> None:
        self.number.setFixedWidth(round(paint.text_width("0000000", "body")) + 28)


def _range_words(field: str, limits: Limits | None, *, is_limit: bool) -> str:
    if limits is None:
        return ""
    least, most = (say_number(number, field) for number in limits)
    if is_limit:
        return _("{least} 到 {most}，空着就是不限").format(least=least, most=most)
    return _("{least} 到 {most}").format(least=least, most=most)


class _Line(QWidget):
    """One row: perhaps a key, words, a number or a text, and a button that takes the row away."""

    def __init__(self, parts: Sequence[QWidget], *, key: Any, field: Any) -> None:
        super().__init__()
        self.key, self.field = key, field
        self.remove = Button(kind="quiet", icon="close", name=_("去掉这一行"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for part in parts:
            row.addWidget(part)
            if isinstance(part, Blank):
                part.stand_in_line()
        row.addWidget(self.remove)
        row.addStretch(1)


class _Lines(QWidget):
    """The rows, and a button for one more."""

    edited = Signal()

    def __init__(self, field: str, words: FieldWords, limits: Limits | None) -> None:
        super().__init__()
        self._field, self._sentence, self._limits = field, _(words.sentence), limits
        self.lines: list[_Line] = []
        self.more = Button(_("加一行"), icon="plus")
        self._none = Text(_(words.otherwise), "body", "secondary")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addLayout(_side_by_side(self.more, self._none))
        self.more.clicked.connect(lambda _checked: self._on_more())
        self._fit()

    def is_empty(self) -> bool:
        return False

    def set_refused(self, is_refused: bool) -> None:
        """The sentence below the rows is enough."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next empty cell of the rows; behind the last one it is the form's."""
        cell = self._next_empty() if keys.is_enter(event) else None
        if cell is None:
            super().keyPressEvent(event)
        else:
            cell.setFocus(Qt.FocusReason.TabFocusReason)

    def _next_empty(self) -> QWidget | None:
        cells = [cell for line in self.lines for cell in (line.key, line.field) if cell is not None]
        focused = self.window().focusWidget()
        here = next((place for place, cell in enumerate(cells) if focused in (cell, cell.focusProxy())), None)
        if here is None:
            return None
        return next((cell for cell in cells[here + 1 :] if cell.is_empty()), None)

    def _clear(self) -> None:
        while self.lines:
            self._drop(self.lines[-1])

    def _insert(self, line: _Line) -> None:
        line.remove.clicked.connect(lambda _checked: self._on_remove(line))
        line.field.edited.connect(self.edited)
        self._column.insertWidget(len(self.lines), line)
        self.lines.append(line)
        self._fit()

    def _drop(self, line: _Line) -> None:
        self.lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._fit()

    def _fit(self) -> None:
        """Rows were added or taken away: without any, what that means stands beside the button."""
        self.setFocusProxy(self.lines[0].field if self.lines else self.more)
        self._none.setVisible(not self.lines)

    def _append(self) -> _Line:
        raise NotImplementedError

    def _on_more(self) -> None:
        line = self._append()
        (line.key or line.field).setFocus()
        self.edited.emit()

    def _on_remove(self, line: _Line) -> None:
        self._drop(line)
        self.more.setFocus()
        self.edited.emit()


class NumberLines(_Lines):
    """A list of numbers, each in its sentence: 三星要满 [600] 小时. Only the last can be taken away."""

    def value(self) -> list[int]:
        return [line.field.value() for line in self.lines]

    def set_value(self, numbers: Sequence[int]) -> None:
        self._clear()
        for number in numbers:
            self._append().field.set_value(number)

    def typed(self) -> list[str]:
        return [line.field.typed() for line in self.lines]

    def set_typed(self, texts: Sequence[str]) -> None:
        self._clear()
        for text in texts:
            self._append().field.set_typed(text)

    def _append(self) -> _Line:
        said = self._sentence.format(place=cardinal(len(self.lines) + 1), value="\n")
        before, after = said.split("\n")
        blank = Blank(self._field, after, name=said.replace("\n", "…"), limits=self._limits)
        label = Text(before, "body", "secondary")
        line = _Line((label, blank), key=None, field=blank)
        self._insert(line)
        return line

    def _fit(self) -> None:
        super()._fit()
        for line in self.lines:
            line.remove.setVisible(line is self.lines[-1] and len(self.lines) > 1)


class TableLines(_Lines):
    """Numbers or names by their key: [理发] 按 [150]% 记分, [370883 102 204] 叫 [桃源村]."""

    def __init__(
        self, policy: str, field: str, words: FieldWords, limits: Limits | None, *, is_number: bool
    ) -> None:
        super().__init__(field, words, limits)
        self._policy, self._is_number = policy, is_number

    def value(self) -> dict[str, Any]:
        rows = [(line.key.value() or "", line.field.value()) for line in self.lines]
        return table(self._policy, self._field, rows)

    def set_value(self, values: dict[str, Any]) -> None:
        self._clear()
        for key, value in values.items():
            line = self._append()
            line.key.set_value(key)
            line.field.set_value(value)

    def typed(self) -> list[tuple[str, str]]:
        """Also rows that are half filled in, or filled in twice."""
        return [
            (line.key.value() or "", line.field.typed() if self._is_number else line.field.value())
            for line in self.lines
        ]

    def set_typed(self, rows: Sequence[tuple[str, str]]) -> None:
        self._clear()
        for key, text in rows:
            line = self._append()
            line.key.set_value(key)
            set_text = line.field.set_typed if self._is_number else line.field.set_value
            set_text(text)

    def _append(self) -> _Line:
        said = self._sentence.format(key="\n", value="\n")
        before, between, after = said.split("\n")
        key = _category_key() if is_by_category(self._field) else _region_key()
        name = said.strip().replace("\n", "…")
        field = (
            Blank(self._field, after, name=name, limits=self._limits)
            if self._is_number
            else TextField(name=name or _("名称"), at_most=60)
        )
        words = [] if self._is_number else [Text(after, "body", "secondary")]
        key.edited.connect(self.edited)
        first = [Text(before, "body", "secondary")] if before else []
        line = _Line((*first, key, Text(between, "body", "secondary"), field, *words), key=key, field=field)
        self._insert(line)
        return line


def _side_by_side(button: Button, words: Text) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(button)
    row.addWidget(words)
    row.addStretch(1)
    return row


def _category_key() -> Choice[str]:
    every = [(one.code, one.title) for one in menu().every]
    return Choice(every, name=_("服务类别"), hint=_("哪一类"))


def _region_key() -> GroupedField:
    field = GroupedField(lambda text: cut(text, 6, 3, 3), _("12 位代码"), at_most=regions.LENGTH)
    field.setMinimumWidth(round(paint.text_width("000000 000 000", "body")) + 40)
    return field
