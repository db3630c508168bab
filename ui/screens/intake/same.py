"""The same thing asked before (像是同一件事): an open order like the one that is being typed, to be joined by F9."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.board import LikelySame
from app.domain.moments import say_moment
from app.sentences import orders as words
from app.sentences.categories import category_name
from app.words import _
from ui.parts import paint
from ui.parts.buttons import Button
from ui.parts.text import Paragraph
from ui.theme import theme

_SHOWN = 2


class SameCard(QWidget):
    """An open order that may be the same thing, with 并过去 F9."""

    merged = Signal(str)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._first = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 10, 14, 12)
        self._column.setSpacing(4)
        self.hide()

    def first(self) -> str:
        """The id of the order that F9 means; empty when nothing is suggested."""
        return self._first

    def set_orders(self, orders: Sequence[LikelySame]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._first = orders[0].id if orders else ""
        for place, order in enumerate(orders[:_SHOWN]):
            self._add(order, "F9" if place == 0 else "")
        self.setVisible(bool(orders))

    def _add(self, order: LikelySame, key: str) -> None:
        head = _("像是同一件事：{order}").format(order=same_words(order, self._now()))
        self._column.addWidget(Paragraph(head))
        self._column.addWidget(Paragraph(order.what, "secondary", "secondary"))
        merge = Button(_("并过去"), key=key, is_key_told=True)
        merge.clicked.connect(lambda _checked, order_id=order.id: self.merged.emit(order_id))
        self._column.addWidget(merge)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        area = QRectF(self.rect())
        paint.fill(painter, area, theme.colour("paper"))
        painter.save()
        painter.setClipRect(QRectF(0, 0, 4, area.height()))
        paint.fill(painter, area, theme.colour("waiting"))
        painter.restore()
        paint.frame(painter, area, max(paint.hairline(self), theme.metrics.border), theme.colour("border"))


def same_words(order: LikelySame, now: datetime) -> str:
    """0417-2H 代购 · 今天 08:10 · 待派."""
    head = f"{order.short} {category_name(order.category)}"
    return " · ".join((head, say_moment(order.submitted_at, now), words.state(order.state)))


class SameLine(QWidget):
    """The card below the questions, in line with their fields."""

    merged = Signal(str)

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._card = SameCard(now)
        self._card.merged.connect(self.merged)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._card)
        self._dress()
        theme.changed.connect(self._dress)

    def first(self) -> str:
        return self._card.first()

    def set_orders(self, orders: Sequence[LikelySame]) -> None:
        self._card.set_orders(orders)

    def _dress(self) -> None:
        self._row.setContentsMargins(theme.metrics.label_column, 0, 0, 0)
