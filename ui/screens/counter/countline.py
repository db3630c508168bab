"""A line of the count sheet (盘点的一行): the gift, the day printed on it, and how many are there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.actions.counts import SheetLine
from app.domain.moments import full_date
from app.words import _
from ui.parts.fields import CodeField
from ui.parts.text import Text
from ui.theme import theme

_FIELD = 140


class CountLine(QWidget):
    """A field of a form; ``key`` tells its line from the others in a draft."""

    edited = Signal()

    def __init__(self, line: SheetLine) -> None:
        super().__init__()
        self.line = line
        name = Text(
            _("{name} {spec}").format(name=line.name, spec=line.spec).strip(), "body", bold=True, wrap=True
        )
        day = _("{day}到期").format(day=full_date(line.expires_on)) if line.expires_on else ""
        self.field = CodeField(name=_("数到多少"))
        self.field.setAccessibleName(f"{line.name} {line.spec} {day}".strip())
        self.field.edited.connect(self.edited)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(name)
        if day:
            words.addWidget(Text(day, "secondary", "secondary"))
        self._row = QGridLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addLayout(words, 0, 0)
        self._row.addWidget(self.field, 0, 1)
        self._row.addWidget(Text(line.unit, "body", "secondary"), 0, 2)
        self._row.setColumnStretch(0, 1)
        self.setFocusProxy(self.field)
        self._dress()
        theme.changed.connect(self._dress)

    @property
    def key(self) -> str:
        return f"{self.line.gift} {self.line.expires_on or ''}"

    def value(self) -> str:
        return self.field.value()

    def is_empty(self) -> bool:
        return self.field.is_empty()

    def set_refused(self, is_refused: bool) -> None:
        self.field.set_refused(is_refused)

    def _dress(self) -> None:
        self.field.setFixedWidth(round(_FIELD * (1.4 if theme.large else 1)))
        self._row.setColumnMinimumWidth(2, 3 * theme.metrics.icon)
