"""The list of service records (记录单子): what waits, the oldest first; what was decided, the newest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.actions.services import Evidence, ServicesQuery, services
from app.domain.calendar import shanghai, shanghai_day
from app.domain.moments import say_date, say_day
from app.domain.services import State
from app.facts import Id
from app.sentences import services as words
from app.words import _
from ui.parts.buttons import Button
from ui.parts.chips import Chips
from ui.parts.empty import Empty
from ui.parts.fields import TextField
from ui.parts.rows import State as Shape
from ui.parts.table import Cell, Column, PageQuery, Table, TablePage
from ui.screen import Services
from ui.states import service_state
from ui.theme import theme

_STATES = (State.WAITING, State.APPROVED, State.DECLINED, State.REVERSED)
_QUIET_MS = 120
_SIDE, _BETWEEN = 24, 12


class Queue(QWidget):
    """``pointed`` carries the record under the cursor, or None when there is none; ``opened`` comes from Enter."""

    pointed = Signal(object)
    opened = Signal()
    record_asked = Signal()

    def __init__(self, app: Services) -> None:
        super().__init__()
        self.app = app
        self._may_act = app.clerk.role != "auditor"
        self._count = 0
        self.states = Chips(
            [(state, words.state(state)) for state in _STATES], name=_("看哪些"), chosen=State.WAITING
        )
        self.search = TextField(_("志愿者或订单号"), name=_("在记录里找"))
        self.record = Button(_("补录"), icon="plus", key="F3")
        self.table: Table[Evidence] = Table(
            app.jobs,
            self._columns(),
            lambda row: row.service,
            app.remembered,
            name="services",
            order="queue",
            accessible=_("服务记录"),
        )
        self.empty = Empty("", _("补录一次服务"), self.record_asked.emit, key="F3")
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(self.show_again)
        self._build()
        self._connect()
        self.show_again()

    def _build(self) -> None:
        self._head = head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setContentsMargins(_SIDE, 12, _SIDE, 8)
        head.setSpacing(_BETWEEN)
        tools = QHBoxLayout()
        tools.setSpacing(_BETWEEN)
        tools.addWidget(self.search, 1)
        tools.addWidget(self.record)
        head.addWidget(self.states)
        head.addLayout(tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        listed = QHBoxLayout()
        listed.setContentsMargins(12, 0, 8, 0)  # the words of the first column stand below the chips
        listed.addWidget(self.table)
        column.addLayout(listed)  # it stretches by itself, and takes nothing while it is hidden
        column.addWidget(self.empty, 1)
        self.empty.hide()
        self.record.setVisible(self._may_act)

    def _connect(self) -> None:
        self.states.edited.connect(self.show_again)
        self.search.edited.connect(self._quiet.start)
        self.search.returnPressed.connect(self.start)
        self.record.clicked.connect(lambda _checked: self.record_asked.emit())
        self.table.pointed.connect(self.pointed)
        self.table.opened.connect(lambda _row: self.opened.emit())
        self.table.counted.connect(self._on_counted)
        theme.changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The search stands beside the chips where all of them have room, else below."""
        parts = (self.states, self.search, self.record)
        needed = sum(part.sizeHint().width() + _BETWEEN for part in parts) - _BETWEEN + 2 * _SIDE
        is_across = needed <= self.width()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._head.setDirection(across if is_across else down)
        self._head.setStretch(0, int(is_across))

    def _columns(self) -> tuple[Column[Evidence], ...]:
        return (
            _column("day", _("服务日"), 144, self._day),
            _column("who", _("姓名"), 92, lambda row: row.who),
            _column("minutes", _("时长"), 124, lambda row: words.hours(row.minutes), is_number=True),
            _column("time", _("起止"), 120, _clock),
            _column("activity", _("活动"), 140, lambda row: row.activity),
            _column(
                "source", _("订单或队伍"), 160, lambda row: Cell(_source(row), is_quiet=True), grows=True
            ),
            _column("recorded", _("谁记的"), 176, lambda row: Cell(self._recorded(row), is_quiet=True)),
        )

    def _day(self, row: Evidence) -> Cell:
        return Cell(say_day(row.served_on, shanghai_day(self.app.now())), _mark(row.state))

    def _recorded(self, row: Evidence) -> str:
        late = _("迟记") if row.late else ""
        day = say_date(shanghai_day(row.recorded_at), shanghai_day(self.app.now()))
        return " · ".join(filter(None, [row.recorded_by, day, late]))

    # --- what is shown

    def start(self) -> None:
        target: QWidget = self.empty.button if self.empty.isVisibleTo(self) else self.table
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        self.table.refresh()

    def show_again(self) -> None:
        """Another state is looked at, or another word."""
        query = ServicesQuery(state=self.state(), text=self.search.value())
        self.table.show_rows(partial(_page, query))

    def state(self) -> State:
        return self.states.value() or State.WAITING

    def point(self, service: Id, state: State) -> None:
        self.states.set_value(state)
        self.search.set_value("")
        self.show_again()
        self.table.point(service)

    def _on_counted(self, count: int) -> None:
        if count == 0:
            self.pointed.emit(None)
            self.empty.set_sentence(self._nothing())
        is_emptied, self._count = count == 0 < self._count, count
        had_focus = self.table.hasFocus() or self.empty.button.hasFocus()
        self.empty.setVisible(count == 0)
        self.empty.button.setVisible(self._may_act and not self.search.value())
        self.table.setVisible(count > 0)
        if had_focus and is_emptied:
            self.states.setFocus(Qt.FocusReason.OtherFocusReason)  # one Enter too many begins nothing
        elif had_focus:
            self.start()

    def _nothing(self) -> str:
        if self.search.value():
            return _("没有找到这样的记录。")
        if self.state() is State.WAITING:
            return _("没有等着审核的记录，都核完了。")
        return _("没有“{state}”的记录。").format(state=words.state(self.state()))


def _mark(state: State) -> Shape:
    """The shape alone: the words stand above the list."""
    shown = service_state(state)
    return Shape(shown.shape, shown.colour)


def _column(
    key: str,
    title: str,
    width: int,
    cell: Callable[[Evidence], Cell | str],
    *,
    is_number: bool = False,
    grows: bool = False,
) -> Column[Evidence]:
    """The order is the one in which they wait: nobody's record is overtaken."""
    return Column(key, title, width, cell, is_number=is_number, can_order=False, grows=grows)


def _page(query: ServicesQuery, desk: Any, page: PageQuery) -> TablePage[Evidence]:
    found = services(desk, replace(query, offset=page.first, limit=page.count, find=page.find or None))
    return TablePage(found.count, page.first, found.rows, found.found)


def _clock(row: Evidence) -> str:
    begin, end = shanghai(row.started_at), shanghai(row.ended_at)
    until = f"{end:%H:%M}" if begin.date() == end.date() else _("次日 {time}").format(time=f"{end:%H:%M}")
    return f"{begin:%H:%M}—{until}"


def _source(row: Evidence) -> str:
    return " · ".join(filter(None, [row.order_number, row.team]))
