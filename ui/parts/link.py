"""A door in a text (链接): words with an arrow behind them, standing where words would stand; a press goes there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.parts import keys, paint
from ui.theme import FontRole, mixed, theme


class Link(QPushButton):
    """``Link("爱心理发队")``. Return, keypad Enter and Space press it."""

    def __init__(self, text: str, *, role: FontRole = "body", bold: bool = False, key: str = "") -> None:
        super().__init__(text)
        self.key = key
        self._role, self._bold = role, bold
        self._hovered = False
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._dress()
        theme.changed.connect(self._dress)

    def sizeHint(self) -> QSize:
        width = paint.text_width(self.text(), self._role, self._bold) + theme.metrics.icon + 4
        return QSize(round(width + 1), theme.metrics.row)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * theme.metrics.row, theme.metrics.row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_enter(event):
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        area = QRectF(self.rect())
        if self._hovered:
            tint = mixed(theme.colour("surface"), theme.colour("ink"), 0.06)
            paint.fill(painter, area.adjusted(0, 4, 0, -4), tint)
        size = theme.metrics.icon - 4
        words = area.adjusted(0, 0, -size - 4, 0)
        width = paint.line(painter, words, self.text(), self._role, "ink", bold=self._bold)
        spot = QRectF(words.left() + width + 2, area.top(), size, area.height())
        paint.icon(painter, "right", spot, size, "ink" if self._hovered else "secondary")
        if self.hasFocus():
            paint.focus_ring(painter, area.adjusted(0, 4, 0, -4))

    def _dress(self) -> None:
        self.setFont(theme.font(self._role, self._bold))
        self.setFixedHeight(theme.metrics.row)
        self.updateGeometry()
        self.update()
