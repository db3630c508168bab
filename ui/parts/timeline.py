"""A history in sentences (经过): newest first or last as given, each with its time, joined by a line with a dot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.parts import paint
from ui.parts.rows import State
from ui.parts.text import Paragraph, Text
from ui.theme import theme


@dataclass(frozen=True)
class Event:
    """``when`` as people say it ("今天 14:05"), ``exact`` for who wants to know; ``who`` did it."""

    when: str
    sentence: str
    who: str = ""
    exact: str = ""
    state: State | None = None


class _EventRow(QWidget):
    def __init__(self, event: Event, *, is_first: bool, is_last: bool) -> None:
        super().__init__()
        self._event, self._is_first, self._is_last = event, is_first, is_last
        head = " · ".join(part for part in (event.when, event.who) if part)
        self._when = Text(head, "secondary", "secondary", wrap=True)
        self._when.setToolTip(event.exact)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 0, 0, 12)
        column.setSpacing(0)
        column.addWidget(self._when)
        words = Paragraph(event.sentence)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(words)
        self.setAccessibleName(f"{head} {event.sentence}")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        centre = QPointF(8, self._when.y() + theme.line_box("secondary") / 2)
        painter.setPen(QPen(theme.colour("hairline"), 2))
        if not self._is_first:
            painter.drawLine(QPointF(8, 0), QPointF(8, centre.y() - 9))
        if not self._is_last:
            painter.drawLine(QPointF(8, centre.y() + 9), QPointF(8, self.height()))
        state = self._event.state
        if state is not None:
            paint.state(painter, state.shape, centre, 14, state.colour)
        else:
            paint.fill(painter, QRectF(4, centre.y() - 4, 8, 8), theme.colour("border"), 4)


class Timeline(QWidget):
    def __init__(self, events: Sequence[Event] = ()) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._rows: list[_EventRow] = []
        self.set_events(events)

    def set_events(self, events: Sequence[Event]) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        last = len(events) - 1
        self._rows = [
            _EventRow(event, is_first=place == 0, is_last=place == last) for place, event in enumerate(events)
        ]
        for row in self._rows:
            self._column.addWidget(row)
