"""A card carried by the mouse (拖动): where it may be laid down and what that means; elsewhere, why not."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.actions.board import COLUMN_OF, Column
from app.actions.board import Card as OrderCard
from app.sentences import orders as words
from app.words import _
from ui.parts import paint
from ui.parts.cards import GAP, Card
from ui.theme import theme

_DIMMED = 205


def why_not(order: OrderCard) -> str:
    """Why no single step leads where the card was carried: what comes first."""
    if not order.steps:
        return _("已经结束")
    return _("先{step}").format(step=words.step(order.steps[0]))


class DragLayer(QWidget):
    """Lies over the columns while a card is carried; takes no mouse events itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._order: OrderCard | None = None
        self._card: Card | None = None
        self._targets: Mapping[Column, QRect] = {}
        self._from, self._at, self._grip = QRect(), QPoint(), QPoint()
        self.hide()

    def start(self, order: OrderCard, card: Card, origin: QRect, targets: Mapping[Column, QRect]) -> None:
        self._order, self._card, self._from, self._targets = order, card, origin, targets
        self._grip = QPoint()
        self.show()
        self.raise_()

    def carry(self, at: QPoint) -> None:
        if self._grip.isNull():
            self._grip = at - self._from.topLeft()
        self._at = at
        self.update()

    def drop(self, at: QPoint) -> tuple[str, str] | None:
        """The order and the step that the column under ``at`` means; None where there is none."""
        order, column = self._order, self._column_at(at)
        self.stop()
        if order is None or column is None or column is COLUMN_OF[order.state]:
            return None
        step = order.step_to(column)
        return (order.id, step) if step is not None else None

    def stop(self) -> None:
        self._order = self._card = None
        self.hide()

    def says(self) -> dict[Column, str]:
        """What each column says while the card is carried."""
        if self._order is None:
            return {}
        return {column: self._says(column) for column in self._targets}

    def _says(self, column: Column) -> str:
        assert self._order is not None
        if column is COLUMN_OF[self._order.state]:
            return ""
        step = self._order.step_to(column)
        return words.step(step) if step is not None else why_not(self._order)

    def _column_at(self, at: QPoint) -> Column | None:
        return next((c for c, area in self._targets.items() if area.contains(at)), None)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._order is None or self._card is None:
            return
        painter = QPainter(self)
        paint.begin(painter)
        under = self._column_at(self._at)
        for column, area in self._targets.items():
            if column is not COLUMN_OF[self._order.state]:
                self._paint_target(painter, QRectF(area), column, column is under)
        self._paint_card(painter)

    def _paint_target(self, painter: QPainter, area: QRectF, column: Column, is_under: bool) -> None:
        assert self._order is not None
        may = self._order.step_to(column) is not None
        words_area = QRectF(area.left() + 8, area.top() + 64, area.width() - 16, theme.line_box("body"))
        is_narrow = area.width() < 100
        if not may:
            ground = theme.colour("paper")
            ground.setAlpha(_DIMMED)
            painter.fillRect(area, ground)
            if not is_narrow:
                paint.fill(painter, words_area.adjusted(0, -4, 0, 4), theme.colour("rail"))
                paint.line(painter, words_area, self._says(column), "body", "secondary", align="centre")
            return
        width = theme.metrics.focus if is_under else 1.0
        paint.frame(painter, area, width, theme.colour("focus"), dashed=not is_under)
        if is_under and not is_narrow:
            pill = words_area.adjusted(0, -4, 0, 4)
            paint.fill(painter, pill, theme.colour("selection"))
            paint.line(painter, pill, self._says(column), "body", "ink", bold=True, align="centre")

    def _paint_card(self, painter: QPainter) -> None:
        assert self._card is not None
        corner = QPointF(self._at - self._grip)
        area = QRectF(corner, self._from.size()).adjusted(0, 0, 0, -GAP)
        paint.fill(painter, area, theme.colour("surface"))
        paint.frame(painter, area, theme.metrics.focus, theme.colour("focus"))
        inner = area.adjusted(12, 10, -10, -10)
        head = QRectF(inner.left(), inner.top(), inner.width(), theme.line_box("secondary"))
        paint.line(painter, head, self._card.head, "secondary", bold=True)
        what = QRectF(inner.left(), head.bottom() + 2, inner.width(), theme.line_box("body"))
        paint.line(painter, what, self._card.what)
