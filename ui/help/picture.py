"""The drawing above a topic (图解): a few steps as signs with words below, an arrow from each to the next.

Drawn, not photographed: it is sharp at every scale and follows colours, large type and the language.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.words import _
from ui.help.topics import Sign
from ui.parts import paint
from ui.theme import theme

_GAP = 12
_ABOVE = 14
_MOST_LINES = 3


class Picture(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._signs: Sequence[Sign] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_signs(self, signs: Sequence[Sign]) -> None:
        self._signs = signs
        self.updateGeometry()
        self.setAccessibleName(_("，").join(_(sign.words) for sign in signs))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, self._circle() + 8 + self._lines() * theme.line_box("secondary") + 2 * _ABOVE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.updateGeometry()

    def _lines(self) -> int:
        """How many lines the words need in the width there is."""
        room = (self.width() - 2 * _GAP) / max(len(self._signs), 1) - 8
        widest = max((paint.text_width(_(sign.words), "secondary") for sign in self._signs), default=0.0)
        return min(_MOST_LINES, 1 if widest <= room else 2 if widest <= 1.7 * room else 3)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._signs:
            return
        painter = QPainter(self)
        paint.begin(painter)
        area = QRectF(self.rect())
        paint.fill(painter, area, theme.colour("paper"))
        paint.frame(painter, area, max(paint.hairline(self), theme.metrics.border), theme.colour("hairline"))
        width = (area.width() - 2 * _GAP) / len(self._signs)
        for place, sign in enumerate(self._signs):
            cell = QRectF(_GAP + place * width, _ABOVE, width, area.height() - 2 * _ABOVE)
            self._paint_sign(painter, cell, sign)
            if place:
                self._paint_arrow(painter, cell)

    def _paint_sign(self, painter: QPainter, cell: QRectF, sign: Sign) -> None:
        side = self._circle()
        circle = QRectF(cell.center().x() - side / 2, cell.top(), side, side)
        paint.fill(painter, circle, theme.colour("selection"), side / 2)
        paint.icon(painter, sign.icon, circle, side * 0.5, "ink")
        words = QRectF(
            cell.left() + 4, circle.bottom() + 8, cell.width() - 8, cell.bottom() - circle.bottom() - 8
        )
        painter.setPen(theme.colour("ink"))
        painter.setFont(theme.font("secondary"))
        option = QTextOption(Qt.AlignmentFlag.AlignHCenter)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        painter.drawText(words, _(sign.words), option)

    def _paint_arrow(self, painter: QPainter, cell: QRectF) -> None:
        """Between this sign and the one before."""
        size = theme.metrics.icon
        spot = QRectF(cell.left() - size / 2, cell.top(), size, self._circle())
        paint.icon(painter, "right", spot, size, "secondary")

    def _circle(self) -> int:
        return 72 if theme.large else 52
