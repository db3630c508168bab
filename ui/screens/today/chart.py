"""The month by days (本月图): orders taken and finished as pairs of bars, and below them the hours served."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.actions.today import DayCount
from app.domain.moments import say_date
from app.words import _
from ui.parts import paint
from ui.screens.today.wording import day_words
from ui.theme import ColourRole, theme

_ORDERS_SHARE = 0.66
_BAND_GAP = 6
_LABEL_EVERY_DAYS = 5
_SQUARE = 10


class MonthChart(QWidget):
    """``show_days`` takes every day of the month so far; pointing at a day says its figures."""

    def __init__(self) -> None:
        super().__init__()
        self._days: Sequence[DayCount] = ()
        self._today: date | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._dress)
        self._dress()

    def show_days(self, days: Sequence[DayCount], today: date) -> None:
        self._days, self._today = days, today
        self.setAccessibleName(_("这个月每天收的单、办完的单和服务时长"))
        said = (
            _("{day}：{words}").format(day=say_date(one.day, today), words=day_words(one)) for one in days
        )
        self.setAccessibleDescription("\n".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, 2 * theme.line_box("secondary") + 4 * theme.metrics.row // 2 + 12)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(event.pos().x()), self)
            return True
        return super().event(event)

    def words_at(self, x: float) -> str:
        """What is said of the day at this place; nothing beyond today."""
        place = int(x / self._slot())
        if self._today is None or not 0 <= place < len(self._days):
            return ""
        one = self._days[place]
        return _("{day}：{words}").format(day=say_date(one.day, self._today), words=day_words(one))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._today is None:
            return
        painter = QPainter(self)
        paint.begin(painter)
        legend = theme.line_box("secondary")
        self._paint_legend(painter, QRectF(0, 0, self.width(), legend))
        top = legend + 8.0
        bottom = self.height() - legend
        orders_bottom = paint.snapped(self, top + (bottom - top - _BAND_GAP) * _ORDERS_SHARE)
        most = max((max(one.taken, one.finished) for one in self._days), default=0)
        most_minutes = max((one.minutes for one in self._days), default=0)
        for place, one in enumerate(self._days):
            left, width = self._bars(place)
            half = width / 2
            orders = QRectF(left, top, half, orders_bottom - top)
            self._bar(painter, orders, one.taken, most, "waiting")
            self._bar(painter, orders.translated(half, 0), one.finished, most, "done")
            served = QRectF(left, orders_bottom + _BAND_GAP, width, bottom - orders_bottom - _BAND_GAP)
            self._bar(painter, served, one.minutes, most_minutes, "closed")
        for band in (orders_bottom, bottom):
            paint.line_below(painter, QRectF(0, top, self.width(), band - top), theme.colour("hairline"))
        self._paint_days(painter, QRectF(0, bottom, self.width(), legend))

    def _bar(self, painter: QPainter, area: QRectF, value: int, most: int, colour: ColourRole) -> None:
        """The value as a bar on the floor of ``area``; something is at least seen."""
        if not value:
            return
        height = max(2.0, area.height() * value / most)
        snapped = QRectF(
            paint.snapped(self, area.left()),
            paint.snapped(self, area.bottom() - height),
            max(1.0, paint.snapped(self, area.width()) - 1),
            paint.snapped(self, height),
        )
        painter.fillRect(snapped, theme.colour(colour))

    def _paint_legend(self, painter: QPainter, area: QRectF) -> None:
        left = area.left()
        for words, colour in self._legend():
            square = QRectF(left, area.center().y() - _SQUARE / 2, _SQUARE, _SQUARE)
            painter.fillRect(square, theme.colour(colour))
            left += _SQUARE + 6
            room = QRectF(left, area.top(), max(0.0, area.right() - left), area.height())
            left += paint.line(painter, room, words, "secondary", "secondary") + 16

    def _legend(self) -> list[tuple[str, ColourRole]]:
        return [(_("收单"), "waiting"), (_("办完"), "done"), (_("时长（下面一排）"), "closed")]

    def _paint_days(self, painter: QPainter, area: QRectF) -> None:
        """1, 5, 10 … and today in bold; what would touch today's gives way."""
        assert self._today is not None
        slot, own = self._slot(), self._today.day
        apart = paint.text_width("00", "secondary", bold=True) / slot + 1
        for day in range(1, self._days_in_month() + 1):
            is_step = day == 1 or day % _LABEL_EVERY_DAYS == 0
            if day != own and (not is_step or abs(day - own) < apart):
                continue
            is_own = day == own
            half = paint.text_width(str(day), "secondary", bold=is_own) / 2 + 1
            middle = min((day - 0.5) * slot, area.right() - half)
            spot = QRectF(middle - half, area.top(), 2 * half, area.height())
            paint.line(
                painter,
                spot,
                str(day),
                "secondary",
                "ink" if is_own else "secondary",
                bold=is_own,
                align="centre",
            )

    def _bars(self, place: int) -> tuple[float, float]:
        """Left edge and width of a day's bars within its slot."""
        slot = self._slot()
        width = min(24.0, slot * 0.72)
        return place * slot + (slot - width) / 2, width

    def _slot(self) -> float:
        return self.width() / self._days_in_month()

    def _days_in_month(self) -> int:
        return monthrange(self._today.year, self._today.month)[1] if self._today else 31

    def _dress(self) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self.update()
