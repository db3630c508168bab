"""The board as a screen (派单): reads the orders, lays them out, turns keys and drops into steps, and goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QVBoxLayout, QWidget

from app.actions.board import Board, Column, OrderView, board, board_choices
from app.actions.services import waiting_service_count
from app.facts import Id
from app.words import _
from ui.parts import keys
from ui.parts.empty import Empty
from ui.screen import Screen, Services
from ui.screens.board.columns import Columns
from ui.screens.board.doing import Doer
from ui.screens.board.filters import FilterLine
from ui.screens.board.pane import OrderPane
from ui.screens.board.papers import OrderPapers
from ui.screens.board.steps import AT_ONCE, KEYS, step_for, step_name

_SHOWN = frozenset({"order", "team", "person"})
_HOURS = frozenset({"service"})


class BoardScreen(Screen):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._is_read = False
        self._sought: Id | None = None
        self._papers = OrderPapers(app, self)
        self._awaited: Id | None = None  # the order that is read for a key
        self._early: list[QKeyEvent] | None = None  # what was typed meanwhile
        self._build()
        self._connect()
        self._tell_keys()

    # --- as every screen

    def enter(self) -> None:
        if not self._is_read:
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # until there is a card to point at
            self._read()
            self._read_beside()
        self._take_focus()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & _SHOWN:
            self._read()
            self.pane.renew()
        if changed & (_SHOWN | _HOURS):
            self._read_beside()
            self.pane.renew()

    def pane_widget(self) -> QWidget:
        return self.pane

    def go_to(self, object_id: str) -> None:
        """An order that was searched for; one that has ended long ago stands in the pane alone."""
        self.app.show_pane()
        self._seek(object_id)
        if not self.columns.shows_ended() and self._is_read and not self.columns.point(object_id):
            self.columns.open_column(Column.ENDED)
        self._read()

    def narrowing(self) -> dict[str, Any]:
        line = self.filters
        return {"category": line.category, "team": line.team, "region": line.region, "only": line.only}

    def is_amid(self) -> bool:
        return super().is_amid() or self.pane.has_answers()

    def place(self) -> str:
        return self.columns.current() or ""

    def come_back(self, place: str) -> None:
        """To the card, without opening the pane over the board."""
        if place:
            self._seek(place)

    # --- building

    def _build(self) -> None:
        self.filters = FilterLine()
        self.columns = Columns()
        self.pane = self.beside(OrderPane(self.app))
        self._doer = Doer(self.app, self.columns, self.pane, self._papers)
        self.empty = Empty(_("还没有订单。按 F2 记第一单。"), _("记第一单"), self._begin_order, key="F2")
        self.nothing = Empty(_("没有这样的单。"), _("不筛了"), self.filters.clear)
        around = QWidget()
        self._stack = QStackedLayout(around)
        for page in (self.columns, self.empty, self.nothing):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(around, 1)

    def _connect(self) -> None:
        self.columns.pointed.connect(self._on_pointed)
        self.columns.opened.connect(self._on_opened)
        self.columns.moved.connect(self._on_moved)
        self.columns.wanted.connect(self._read)
        self.filters.changed.connect(lambda _filter: self._read())
        self.filters.left.connect(self._take_focus)
        self.filters.hours_asked.connect(lambda: self.app.go("services"))
        self._doer.read_wanted.connect(self._read)
        self._doer.home_wanted.connect(self._take_focus)
        self._doer.sought.connect(self._seek)
        self.pane.wanted.connect(self._on_wanted)
        self.pane.left.connect(self._take_focus)
        self.pane.pressed.connect(self._on_pane_key)
        self.pane.slip.clicked.connect(lambda _checked: self._print())
        self.pane.file.clicked.connect(lambda _checked: self._save())
        self.app.minute_passed.connect(self._on_minute)
        self.app.jobs.rested.connect(self._forget_early)

    def _tell_keys(self) -> None:
        self.tell_key("↑ ↓ ← →", _("走到别的卡片"))
        self.tell_key("Enter", _("看这一单"))
        if self.app.clerk.role != "auditor":
            self._tell_steps()
            self.key("Ctrl+P", _("打印服务单或转办单"), self._print)
            self.key("Ctrl+S", _("把它存成 PDF"), self._save)
        self.key("Ctrl+F", _("筛选"), self.filters.open)
        self.key("F4", _("待核时长"), lambda: self.app.go("services"))

    def _tell_steps(self) -> None:
        told: dict[str, list[str]] = {}
        for step, key in KEYS.items():
            told.setdefault(key, []).append(step_name(step))
        for key, names in told.items():
            self.tell_key(key, _("、").join(names))
        self.tell_key("1 2 3 Enter", _("按了 D 以后：选一支队伍，派出去"))
        self.tell_key("0", _("按了 D 以后：另找一支队伍"))

    # --- reading

    def _read(self) -> None:
        wanted = replace(self.filters.filter, ended=self.columns.shows_ended())
        self.app.jobs.read(self, board, wanted, done=self._show)

    def _read_beside(self) -> None:
        self.app.jobs.read(self, board_choices, None, done=self.filters.show_choices)
        self.app.jobs.read(self, waiting_service_count, None, done=self.filters.show_hours)

    def _show(self, read: Board) -> None:
        is_first, self._is_read = not self._is_read, True
        pointed = self.columns.current()
        before = self.columns.place()
        self.columns.show_board(read, self.app.now())
        self.filters.show_board(read)
        self._stack.setCurrentWidget(self._page(read))
        self.pane.say_of_cards(are_there=self._stack.currentWidget() is self.columns)
        if self._sought is not None:
            self._find(self._sought)
        elif self._doer.go_on():
            pass
        elif is_first or self.columns.current() is None:
            if before is None or not self.columns.point_near(*before):
                self.columns.point_first()
            if is_first or pointed is not None:
                self._take_focus_if_here()

    def _page(self, read: Board) -> QWidget:
        if read.ended_count or any(read.columns.values()):
            return self.columns
        return self.nothing if self.filters.is_narrowed() else self.empty

    def _seek(self, order: Id) -> None:
        """Point at this order once the board is read again."""
        self._sought = order

    def _find(self, order: Id) -> None:
        self._sought = None
        if not self.columns.point(order):
            self.pane.show_order(order)
        self._take_focus_if_here()

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.take_key(event):
            super().keyPressEvent(event)

    def take_key(self, event: QKeyEvent) -> bool:
        """Whether the key is one of the board's; then its step is done, or asked for."""
        name = _key_name(event)
        if self._early is not None:
            self._early.append(QKeyEvent(event))
            return True
        if name not in KEYS.values() or self.app.clerk.role == "auditor":
            return False
        self._with_order(lambda order: self._take_step(step_for(order, name)))
        return True

    def _on_pane_key(self, event: QKeyEvent) -> None:
        if self.take_key(event):
            event.accept()

    def _with_order(self, run: Any) -> None:
        """Call ``run`` with the current order as it stands, now if the pane has it, else when it is read."""
        current = self.columns.current() or (self.pane.whole.order.id if self.pane.whole else None)
        if current is None:
            return
        order = self.pane.order()
        is_here = order is not None and order.id == current and self.pane.isVisible()
        if is_here and self.pane.is_fresh():
            run(order)
            return
        self._awaited, self._early = current, []
        self.pane.show_order(current, then=lambda: self._now_that_it_is_read(run))

    def _now_that_it_is_read(self, run: Any) -> None:
        order = self.pane.order()
        early, self._early = self._early or [], None
        if order is not None:
            run(order)
        for event in early:  # typed while the order was read
            target = QApplication.focusWidget()
            if target is not None:
                QApplication.sendEvent(target, event)

    def _forget_early(self) -> None:
        """What was waited for does not come any more: it was stopped, or another order is pointed at."""
        self._early = None

    def _take_step(self, step: str | None) -> None:
        order = self.pane.order()
        if step is None or order is None:
            return
        if step in AT_ONCE:
            self._doer.do_at_once(order, step)
        else:
            self.app.show_pane()
            self.pane.ask(step)

    # --- what the parts ask for

    def _on_pointed(self, order_id: str) -> None:
        if order_id != self._awaited:
            self._forget_early()
        self.pane.show_order(order_id or None)

    def _on_opened(self, _order: str) -> None:
        """Enter: to the order's steps; or, for a quick hand, to the questions that are about to open."""
        if self._early is not None:
            enter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r")
            self._early.append(enter)
            return
        self.app.show_pane()
        self._with_order(lambda _order: self._focus_pane())

    def _focus_pane(self) -> None:
        if self.pane.steps.buttons:
            self.pane.steps.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.pane.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_moved(self, move: tuple[Id, str]) -> None:
        """A card was dropped: the same as its key."""
        order_id, step = move
        if self.app.clerk.role != "auditor" and self.columns.point(order_id):
            self._with_order(lambda _order: self._take_step(step))

    def _on_wanted(self, wanted: tuple[OrderView, str, Any]) -> None:
        order, step, request = wanted
        if request is None:
            self._take_step(step)
        else:
            self._doer.do(order, step, request)

    def _on_minute(self) -> None:
        self.columns.turn(self.app.now())
        self.pane.turn()
        if self.filters.filter.overdue_only:
            self._read()

    def _begin_order(self) -> None:
        self.app.go("intake")

    # --- papers

    def _print(self) -> None:
        self._with_paper(self._papers.print)

    def _save(self) -> None:
        self._with_paper(self._papers.save)

    def _with_paper(self, use: Callable[[OrderView], None]) -> None:
        """Papers name people in full: auditors make none."""
        if self.app.clerk.role != "auditor":
            self.pane.when_fresh(use)

    # --- focus

    def _take_focus(self) -> None:
        if self._stack.currentWidget() is self.columns:
            self.columns.take_focus()
        elif self._stack.currentWidget() is self.empty:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_focus_if_here(self) -> None:
        """Not while the clerk types elsewhere, such as in the search box."""
        if self._has_focus():
            self._take_focus()

    def _has_focus(self) -> bool:
        focused: QWidget | None = self.window().focusWidget()
        if focused is None or not focused.isVisible():
            return True
        return self.isAncestorOf(focused) or self.pane.isAncestorOf(focused)


def _key_name(event: QKeyEvent) -> str:
    if keys.modifiers(event) not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        return ""
    if event.key() == Qt.Key.Key_Delete:
        return "Delete"
    return event.text().upper() if event.text().isalpha() else ""
