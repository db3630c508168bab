"""The records of a volunteer with ticks (勾选记录): what may stand on a certificate, and why not what may not.

Space or a click ticks; a choice of a year or of what is not certified yet ticks many at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.actions.certificates import Candidate
from app.domain.moments import say_date
from app.facts import Id
from app.sentences.certificates import obstacle
from app.sentences.services import hours
from app.words import N_, _
from ui.parts import keys, paint
from ui.parts.chips import Chips
from ui.parts.empty import Empty
from ui.parts.rows import ROW, Index, Row, RowDelegate, RowList, paint_row_ground
from ui.parts.text import Text
from ui.theme import theme

NEW, THIS_YEAR, LAST_YEAR, ALL, NONE = "new", "this_year", "last_year", "all", "none"
_CHOICES = (
    (NEW, N_("没开过")),
    (THIS_YEAR, N_("今年")),
    (LAST_YEAR, N_("去年")),
    (ALL, N_("全部")),
    (NONE, N_("不选")),
)
_NUMBER_END = 9
"""So many characters of a number tell one certificate of a station from another."""


def number_end(number: str) -> str:
    """``…A1000003-5``: the part of a number that differs within a station."""
    return f"…{number[-_NUMBER_END - 1 :]}"


class _RecordDelegate(RowDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        listed: Any = self.parent()
        shown: Any = option
        area = QRectF(shown.rect)
        painter.save()
        paint.begin(painter)
        is_last = index.row() == index.model().rowCount() - 1
        paint_row_ground(painter, area, shown, is_last=is_last)
        self._paint_record(painter, area.adjusted(12, 0, -12, 0), row.value, listed)
        painter.restore()

    def _paint_record(self, painter: QPainter, area: QRectF, one: Candidate, listed: Any) -> None:
        is_able = one.obstacle is None
        self._paint_box(painter, area, is_able, listed.is_ticked(one.service))
        left = area.left() + theme.metrics.icon + 12
        day_width = listed.day_width()
        day = QRectF(left, area.top(), day_width, area.height())
        paint.line(painter, day, say_date(one.served_on, listed.today()), "secondary", "secondary")
        right = hours(one.minutes) if is_able else obstacle(one.obstacle) if one.obstacle else ""
        right_width = min(paint.text_width(right, "body") + 1, area.width() * 0.4)
        end = QRectF(area.right() - right_width, area.top(), right_width, area.height())
        paint.line(painter, end, right, "body", "ink" if is_able else "secondary", align="right")
        words = QRectF(day.right(), area.top(), end.left() - 16 - day.right(), area.height())
        taken = paint.line(painter, words, one.activity, "body", "ink" if is_able else "placeholder")
        rest = words.adjusted(taken + 12, 0, 0, 0)
        if rest.width() > 40:
            paint.line(painter, rest, details(one), "secondary", "secondary" if is_able else "placeholder")

    def _paint_box(self, painter: QPainter, area: QRectF, is_able: bool, is_ticked: bool) -> None:
        size = theme.metrics.icon
        box = QRectF(area.left(), area.center().y() - size / 2, size, size)
        if not is_able:
            paint.state(painter, "dash", box.center(), size - 4, "closed")
            return
        paint.fill(painter, box, theme.colour("surface"), 4)
        width = max(paint.hairline(painter.device()), theme.metrics.border)
        paint.frame(painter, box, width, theme.colour("border"), 4)
        if is_ticked:
            paint.icon(painter, "check", box, size - 2, "ink")


def details(one: Candidate) -> str:
    """What was done, and on which valid certificate it stands already."""
    certified = [_("已开 {number}").format(number=number_end(number)) for number in one.certified_in[-1:]]
    return " · ".join([*certified, *filter(None, [one.content])])


class RecordList(RowList):
    """``ticked`` comes with every change of the ticks by the person."""

    ticked = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(name=_("服务记录"))
        self.today = today
        self._chosen: set[Id] = set()
        self._widest_day = ""
        self.setItemDelegate(_RecordDelegate(self))

    def set_records(self, records: Iterable[Candidate]) -> None:
        """Records the newest first; what is ticked stays so as long as it can be certified."""
        rows = [Row(one.activity, (details(one),), value=one) for one in records]
        kept = self.currentIndex().row()
        days = {say_date(row.value.served_on, self.today()) for row in rows}
        self._widest_day = max(days, key=lambda day: paint.text_width(day, "secondary"), default="")
        self.rows.set_rows(rows)
        self._chosen &= {one.service for one in self.able()}
        if rows:
            self.setCurrentIndex(self.rows.index(min(max(kept, 0), len(rows) - 1)))

    def day_width(self) -> float:
        return paint.text_width(self._widest_day, "secondary") + 16

    def able(self) -> list[Candidate]:
        """Those that can be certified."""
        return [row.value for row in self.rows.rows if row.value.obstacle is None]

    def is_ticked(self, service: Id) -> bool:
        return service in self._chosen

    def chosen(self) -> list[Candidate]:
        return [one for one in self.able() if one.service in self._chosen]

    def choose(self, services: Iterable[Id]) -> None:
        self._chosen = set(services) & {one.service for one in self.able()}
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """As low as the form likes: it grows where there is height."""
        return self.minimumSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._turn(self.currentIndex())
        elif keys.is_enter(event):
            event.ignore()  # the form steps on
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index == self.currentIndex():
            self._turn(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second of two quick clicks is a click like the first."""

    def _turn(self, index: Index) -> None:
        one: Candidate = index.data(ROW).value
        if one.obstacle is not None:
            return
        self._chosen ^= {one.service}
        self.viewport().update()
        self.ticked.emit()


class Records(QWidget):
    """The field of a form: choices above the list, what is chosen below it. ``value()`` are ids."""

    edited = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.choices = Chips([(value, _(text)) for value, text in _CHOICES], name=_("选哪些"))
        self.choices.leave_tab_order()
        self.choices.edited.connect(self._on_choice)
        self.list = RecordList(today)
        self.list.ticked.connect(self._on_ticked)
        self._empty = Empty(_("选好志愿者，这里列出记在他名下的服务。"))
        self._sum = Text("", "secondary", "secondary")
        line = QHBoxLayout()
        line.addWidget(self.choices, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self._sum)
        self.setFocusProxy(self.list)
        self.setAccessibleName(_("服务记录"))
        self.forget()
        self._dress()
        theme.changed.connect(self._dress)

    def forget(self) -> None:
        """Nobody is chosen."""
        self._empty.set_sentence(_("选好志愿者，这里列出记在他名下的服务。"))
        self._show(())
        self.list.choose(())
        self._tell()

    def wait(self) -> None:
        """Somebody is chosen, whose records are on their way: the list takes the keys already."""
        self.list.set_records(())
        self._empty.hide()
        self.list.show()

    def show_records(self, records: Sequence[Candidate]) -> None:
        """The ticks stay as long as what is ticked can be certified."""
        self._empty.set_sentence(_("名下还没有服务记录。先记服务，审核通过以后再来开。"))
        self._show(sorted(records, key=lambda one: (one.served_on, one.service), reverse=True))
        self._tell()

    def preset(self, replaced: str) -> None:
        """Tick what stands on the valid certificate that is replaced, else what no certificate says yet, else all."""
        able = self.list.able()
        standing = [one for one in able if replaced in one.certified_in]
        new = [one for one in able if not one.certified_in]
        self.list.choose(one.service for one in standing or new or able)
        self.choices.set_value(NEW if new and not standing else None)
        self._tell()

    def take(self, services: Iterable[Id]) -> None:
        """Tick these."""
        self.list.choose(services)
        self._tell()

    def value(self) -> tuple[Id, ...]:
        return tuple(one.service for one in self.list.chosen())

    def is_empty(self) -> bool:
        """The clerk passes the list on the way, once there is one."""
        return self.list.isVisibleTo(self)

    def set_refused(self, is_refused: bool) -> None:
        """The list has no border of its own; the sentence below it is enough."""

    def choose(self, which: str) -> None:
        year = self._today().year
        year_of = {THIS_YEAR: year, LAST_YEAR: year - 1}.get(which)
        able = self.list.able()
        if which == NEW:
            self.list.choose(one.service for one in able if not one.certified_in)
        elif year_of is not None:
            self.list.choose(one.service for one in able if one.served_on.year == year_of)
        else:
            self.list.choose(one.service for one in able if which == ALL)
        self._tell()
        self.edited.emit()

    def _on_choice(self) -> None:
        self.choose(self.choices.value() or NONE)

    def _on_ticked(self) -> None:
        self.choices.set_value(None)
        self._tell()
        self.edited.emit()

    def _show(self, records: Sequence[Candidate]) -> None:
        self.list.set_records(records)
        has_rows = bool(records)
        for widget, is_shown in (
            (self.choices, has_rows),
            (self.list, has_rows),
            (self._sum, has_rows),
            (self._empty, not has_rows),
        ):
            widget.setVisible(is_shown)

    def _tell(self) -> None:
        chosen = self.list.chosen()
        unable = len(self.list.rows.rows) - len(self.list.able())
        said = _("已选 {count} 条，{hours}").format(
            count=len(chosen), hours=hours(sum(one.minutes for one in chosen))
        )
        also = _("{count} 条不能开").format(count=unable) if unable else ""
        self._sum.setText(_("，").join(filter(None, [said, also])))

    def _dress(self) -> None:
        fewest_rows = 2 if theme.large else 3
        self.list.setMinimumHeight(fewest_rows * theme.metrics.row)
