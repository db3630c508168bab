"""The sheet of keys (按键一览, F1): what the keys of this screen do, in two columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from app.words import _
from ui.parts import paint
from ui.parts.buttons import Button
from ui.parts.overlay import Overlay
from ui.parts.text import Text
from ui.theme import theme


@dataclass(frozen=True)
class KeyHelp:
    """``keys`` as they stand on the keyboard ("Ctrl+Enter"), ``does`` in a few words."""

    keys: str
    does: str


class _KeyLine(QWidget):
    def __init__(self, help_: KeyHelp) -> None:
        super().__init__()
        self._help = help_
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{help_.keys} {help_.does}")

    def sizeHint(self) -> QSize:
        return QSize(300, theme.line_box("body") + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        column = 132.0 if not theme.large else 180.0
        left, height = 0.0, theme.line_box("secondary") + 2
        top = (self.height() - height) / 2
        for key in self._help.keys.replace("+", " + ").split():
            if key == "+":
                left += paint.line(painter, QRectF(left, top, 12, height), "+", "secondary", "secondary") + 3
                continue
            width = paint.key_cap_width(key)
            paint.key_cap(painter, QRectF(left, top, width, height), key, "ink")
            left += width + 3
        words = max(column, left + 8)
        paint.line(painter, QRectF(words, 0, self.width() - words, self.height()), self._help.does)


class KeySheet(Overlay):
    """Groups of keys under headings; Esc or F1 closes it."""

    def __init__(self, host: QWidget, groups: Sequence[tuple[str, Sequence[KeyHelp]]]) -> None:
        super().__init__(host, width=880)
        self.setAccessibleName(_("按键一览"))
        head = QHBoxLayout()
        head.addWidget(Text(_("按键一览"), "section", bold=True))
        head.addStretch()
        close = Button(kind="quiet", icon="close", name=_("关上"), key="Esc")
        close.clicked.connect(lambda _checked: self.close_overlay())
        head.addWidget(close)
        self.panel.column.addLayout(head)
        for title, lines in groups:
            if lines:
                self._add_group(title, lines)

    def _add_group(self, title: str, lines: Sequence[KeyHelp]) -> None:
        self.panel.column.addWidget(Text(title, "secondary", "secondary", bold=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(0)
        half = (len(lines) + 1) // 2
        for place, line in enumerate(lines):
            grid.addWidget(_KeyLine(line), place % half, place // half, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.panel.column.addLayout(grid)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:
            self.close_overlay()
            return
        super().keyPressEvent(event)
