"""The status line (状态行): the station and how things stand with it, at the right who is on duty and the time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.words import _
from ui.parts import paint
from ui.theme import ColourRole, theme


@dataclass(frozen=True)
class StatusItem:
    """A few words ("待上报 14 条"); a trouble has its triangle."""

    text: str
    is_trouble: bool = False


@dataclass(frozen=True)
class Status:
    """``items`` after the station's name from the left, ``duty`` at the right before the clock."""

    station: str
    items: tuple[StatusItem, ...] = ()
    duty: str = ""


class StatusLine(QWidget):
    """``clock`` answers the time as people read it."""

    def __init__(self, clock: Callable[[], str]) -> None:
        super().__init__()
        self._clock = clock
        self._status = Status("")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._dress()
        theme.changed.connect(self._dress)

    def set_status(self, status: Status) -> None:
        self._status = status
        self._tell()
        self.update()

    def tick(self) -> None:
        """The minute has changed."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        area = QRectF(self.rect())
        painter.fillRect(area, theme.colour("rail"))
        painter.fillRect(QRectF(0, 0, area.width(), paint.hairline(self)), theme.colour("hairline"))
        words = area.adjusted(16, 0, -16, 0)
        end = " · ".join(part for part in (self._status.duty, self._clock()) if part)
        width = paint.text_width(end, "secondary") + 1
        right = QRectF(words.right() - width, 0, width, area.height())
        paint.line(painter, right, end, "secondary", "secondary", align="right")
        self._paint_left(painter, QRectF(words.left(), 0, right.left() - words.left() - 24, area.height()))

    def _paint_left(self, painter: QPainter, area: QRectF) -> None:
        left = area.left()
        items = (StatusItem(self._status.station), *self._status.items)
        for place, item in enumerate(items):
            if area.right() - left < 40:
                return
            if place:
                left += paint.line(painter, _from(area, left), "  ·  ", "secondary", "secondary")
            colour: ColourRole = "trouble" if item.is_trouble else "secondary"
            if item.is_trouble:
                size = theme.metrics.icon - 4
                paint.icon(painter, "trouble", QRectF(left, 0, size, area.height()), size, "trouble")
                left += size + 4
            left += paint.line(painter, _from(area, left), item.text, "secondary", colour)

    def _tell(self) -> None:
        words = [self._status.station, *(item.text for item in self._status.items), self._status.duty]
        told = _("，").join(word for word in words if word)
        self.setAccessibleName(told)
        self.setToolTip(told)

    def _dress(self) -> None:
        self.setFixedHeight(theme.metrics.status_line)
        self.update()


def _from(area: QRectF, left: float) -> QRectF:
    return QRectF(left, area.top(), max(0.0, area.right() - left), area.height())
