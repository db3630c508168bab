"""A figure that is a door (数字): what is counted, how much it is, and one press to its rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.words import _
from ui.parts import keys, paint
from ui.theme import mixed, theme

_SIDE = 12


class Figure(QPushButton):
    """``Figure("时长", key="1")``; ``say("128 小时")``."""

    def __init__(self, label: str, *, key: str = "") -> None:
        super().__init__()
        self.key = key
        self._label, self._value = label, ""
        self._hovered = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._dress()
        theme.changed.connect(self._dress)

    def say(self, value: str) -> None:
        self._value = value
        self.setText(value)
        self.setAccessibleName(_("{label} {value}，按下看明细").format(label=self._label, value=value))
        self.update()

    def sizeHint(self) -> QSize:
        width = paint.text_width(self._value, "body", bold=True) + 2 * _SIDE
        return QSize(round(width), theme.line_box("secondary") + theme.line_box("body") + 14)

    def minimumSizeHint(self) -> QSize:
        return QSize(96, self.sizeHint().height())

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
        tint = 0.12 if self.isDown() else 0.06 if self._hovered else 0.0
        paint.fill(painter, area, mixed(theme.colour("surface"), theme.colour("ink"), tint))
        width = max(paint.hairline(self), theme.metrics.border if theme.is_strong else 0)
        paint.frame(painter, area, width, theme.colour("border"))
        self._paint_words(painter, area.adjusted(_SIDE, 7, -_SIDE, -7))
        if self.hasFocus():
            paint.focus_ring(painter, area)

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        small = theme.line_box("secondary")
        head = QRectF(area.left(), area.top(), area.width(), small)
        size = theme.metrics.icon - 6
        paint.line(painter, head.adjusted(0, 0, -size, 0), self._label, "secondary", "secondary")
        paint.icon(painter, "right", QRectF(head.right() - size, head.top(), size, small), size, "secondary")
        value = QRectF(area.left(), head.bottom(), area.width(), theme.line_box("body"))
        # In large letters some languages need more room than half a pane has.
        fits = paint.text_width(self._value, "body", bold=True) <= value.width()
        paint.line(painter, value, self._value, "body" if fits else "secondary", "ink", bold=True)

    def _dress(self) -> None:
        self.setFont(theme.font("body", True))
        self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()
        self.update()
