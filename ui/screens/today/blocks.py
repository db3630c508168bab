"""What the four blocks stand on (区块): a calm ground with a heading, and lists as long as what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.parts import paint
from ui.parts.rows import Row, RowList
from ui.parts.text import Text
from ui.theme import theme

_SIDE = 12  # as the rows have it


@dataclass(frozen=True)
class Door:
    """Where a row leads: a screen, and what to show there."""

    screen: str
    object_id: str | None = None


class Block(QWidget):
    """A heading, something at its right, and what belongs to it below."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.aside = Text("", "secondary", "secondary")
        head = QHBoxLayout()
        head.setContentsMargins(_SIDE, 0, _SIDE, 0)
        head.addWidget(Text(title, "section", bold=True))
        head.addStretch()
        head.addWidget(self.aside)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 10, 1, 8)
        self._column.setSpacing(4)
        self._column.addLayout(head)

    def add(self, widget: QWidget, *, is_inset: bool = True) -> None:
        """``is_inset`` leaves the margin that rows have by themselves."""
        if is_inset:
            inset = QHBoxLayout()
            inset.setContentsMargins(_SIDE, 0, _SIDE, 4)
            inset.addWidget(widget)
            self._column.addLayout(inset)
        else:
            self._column.addWidget(widget)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        area = QRectF(self.rect())
        paint.fill(painter, area, theme.colour("surface"))
        paint.frame(painter, area, paint.hairline(self), theme.colour("hairline"))


class Doors(RowList):
    """Rows that lead somewhere by Enter or one click, all of them in sight of the page that scrolls.

    ``opened`` carries a ``Door``; ``passed`` comes when an arrow key goes on beyond the end: -1 or 1.
    """

    passed = Signal(int)
    seen = Signal(QRect)

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _index: self.opened.emit(self.value()))
        self.pointed.connect(lambda _door: self.seen.emit(self.visualRect(self.currentIndex())))
        theme.changed.connect(self._fit)

    def show_doors(self, rows: Sequence[Row]) -> None:
        """Where a row has left, the next one is current: work goes on in the same place."""
        place = self.currentIndex().row()
        self.set_rows(rows)
        if rows and place >= 0 and not self.currentIndex().isValid():
            self.setCurrentIndex(self.rows.index(min(place, len(rows) - 1)))
        self.setVisible(bool(rows))
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ends = {Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (len(self.rows.rows) - 1, 1)}
        end, step = ends.get(Qt.Key(event.key()), (-1, 0))
        if step and self.currentIndex().row() == end:
            self.passed.emit(step)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: object) -> None:
        """The first click has opened it."""

    def point_end(self, step: int) -> None:
        """Come in by an arrow key: at the first row going down, at the last going up."""
        self.setCurrentIndex(self._at(0 if step > 0 else len(self.rows.rows) - 1))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), len(self.rows.rows) * theme.metrics.row)

    def _at(self, place: int) -> QModelIndex:
        return self.rows.index(place)

    def _fit(self) -> None:
        self.setFixedHeight(len(self.rows.rows) * theme.metrics.row)
