"""The board as a screen (派单): reads the orders, lays them out, turns keys and drops into steps, and goes on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QVBoxLayout, QWidget

from app.actions.board import Board, Column, OrderView, board, board_choices
from app.actions.orders import Step, withdraw_order
from app.actions.papers import SavePaper, escalation_slip, order_slip, save_paper
from app.actions.services import waiting_service_count
from app.domain.orders import State
from app.domain.problems import Refusal
from app.facts import Id
from app.words import _
from ui.parts import keys, printing
from ui.parts.banner import Action
from ui.parts.empty import Empty
from ui.screen import Screen, Services, UndoOffer
from ui.screens.board.choosing import ChooseTeam
from ui.screens.board.columns import Columns
from ui.screens.board.doing import ACTIONS, GOES_ON, Doing, said
from ui.screens.board.filters import FilterLine
from ui.screens.board.pane import OrderPane
from ui.screens.board.steps import AT_ONCE, KEYS, step_for, step_name

_SHOWN = frozenset({"order", "team", "person"})
_HOURS = frozenset({"service"})


@dataclass(frozen=True)
class _Place:
    """Where the order stood before its step, to go on with the card that follows it."""

    order: Id
    column: Column
    row: int
    had_focus: bool
    goes_on: str = ""


class BoardScreen(Screen):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._is_read = False
        self._sought: Id | None = None
        self._after: _Place | None = None
        self._undo: tuple[OrderView, str] | None = None
        self._early: list[QKeyEvent] | None = None
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
        self._sought = object_id
        if not self.columns.shows_ended() and self._is_read and not self.columns.point(object_id):
            self.columns.open_column(Column.ENDED)
        self._read()

    def undo(self) -> UndoOffer | None:
        if self._undo is None:
            return None
        order, team = self._undo
        return UndoOffer(_("撤销：派给{team}").format(team=team), partial(self._take_back, order))

    # --- building

    def _build(self) -> None:
        self.filters = FilterLine()
        self.columns = Columns()
        self.pane = OrderPane(self.app)
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
        self.pane.wanted.connect(self._on_wanted)
        self.pane.left.connect(self._take_focus)
        self.pane.pressed.connect(self._on_pane_key)
        self.pane.slip.clicked.connect(lambda _checked: self._print())
        self.pane.file.clicked.connect(lambda _checked: self._save())
        self.app.minute_passed.connect(self._on_minute)

    def _tell_keys(self) -> None:
        self.tell_key("↑ ↓ ← →", _("走到别的卡片"))
        self.tell_key("Enter", _("看这一单"))
        told: dict[str, list[str]] = {}
        for step, key in KEYS.items():
            told.setdefault(key, []).append(step_name(step))
        for key, names in told.items():
            self.tell_key(key, "、".join(names))
        self.tell_key("1 2 3 Enter", _("按了 D 以后：选一支队伍，派出去"))
        self.tell_key("0", _("按了 D 以后：另找一支队伍"))
        self.key("Ctrl+F", _("筛选"), self.filters.open)
        self.key("Ctrl+P", _("打印服务单或转办单"), self._print)
        self.key("Ctrl+S", _("把它存成 PDF"), self._save)
        self.key("F4", _("待核时长"), lambda: self.app.go("services"))

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
        if self._sought is not None:
            self._find(self._sought)
        elif self._after is not None:
            self._go_on(self._after)
        elif is_first or self.columns.current() is None:
            if before is None or not self.columns.point_near(*before):
                self.columns.point_first()
            if is_first or pointed is not None:
                self._take_focus_if_here()

    def _page(self, read: Board) -> QWidget:
        if read.ended_count or any(read.columns.values()):
            return self.columns
        return self.nothing if self.filters.is_narrowed() else self.empty

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
        if order is not None and order.id == current and self.pane.isVisible():
            run(order)
            return
        self._early = []
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

    def _take_step(self, step: str | None) -> None:
        order = self.pane.order()
        if step is None or order is None:
            return
        if step in AT_ONCE:
            self._do(order, step, Step(order=order.id))
        else:
            self.app.show_pane()
            self.pane.ask(step)

    # --- what the parts ask for

    def _on_pointed(self, order_id: str) -> None:
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
            self._do(order, step, request)

    def _on_minute(self) -> None:
        self.columns.turn(self.app.now())
        self.pane.turn()
        if self.filters.filter.overdue_only:
            self._read()

    def _begin_order(self) -> None:
        self.app.go("intake")

    # --- doing

    def _do(self, order: OrderView, step: str, request: Any) -> None:
        form = self.pane.form()
        team = form.team_name() if isinstance(form, ChooseTeam) else ""
        self.app.jobs.run(
            self,
            ACTIONS[step],
            request,
            done=lambda value: self._done(Doing(order, step, request, value, team)),
            refused=self._refused,
        )

    def _done(self, did: Doing) -> None:
        order, step = did.order, did.step
        has_focus = self._has_focus()
        if self.pane.is_asking():
            self.pane.answered()
        place = self.columns.place()
        if place is not None and self.columns.current() == order.id:
            goes_on = GOES_ON.get(step, "")
            self._after = _Place(order.id, *place, had_focus=has_focus, goes_on=goes_on)
        self._undo = (order, did.team) if step == "dispatch" else None
        self.app.banner.news(said(did), self._offer(order, step))
        if step == "serve":
            self._read()  # service records are no orders: nothing else would lay the board

    def _offer(self, order: OrderView, step: str) -> Action | None:
        if step == "dispatch":
            return Action(_("撤销"), partial(self._take_back, order))
        if step in ("escalate", "refer"):
            return Action(_("打印转办单"), partial(self._make_slip, order.id, self._send_to_printer, True))
        return None

    def _refused(self, refusal: Refusal) -> None:
        form = self.pane.form()
        if form is not None:
            form.refuse(refusal)
        else:
            self.app.jobs.refused.emit(refusal)
            self._read()

    def _take_back(self, order: OrderView) -> None:
        self._undo = None
        self._after = None
        self.app.jobs.run(
            self,
            withdraw_order,
            Step(order=order.id),
            done=lambda _value: self._taken_back(order),
        )

    def _taken_back(self, order: OrderView) -> None:
        self._sought = order.id
        self.app.banner.news(_("{number} 已撤回，等着派").format(number=order.short))

    def _go_on(self, after: _Place) -> None:
        """The moved card leaves a trace; the card that followed it has the focus, or the same order goes on."""
        self._after = None
        column = self.columns.column_of(after.order)
        if column is not after.column and column is not None:
            self.columns.tint(after.order)
        if after.goes_on and self.columns.point(after.order):
            self.pane.show_order(after.order, then=partial(self._go_on_with, after.goes_on))
            return
        if column is not after.column:
            self.columns.point_near(after.column, after.row)
        else:
            self.columns.point(after.order)
        if after.had_focus:
            self._take_focus()

    def _go_on_with(self, step: str) -> None:
        order = self.pane.order()
        if order is not None and (step == "serve" or step in order.steps):
            self.pane.ask(step)
        else:
            self._take_focus()

    # --- papers

    def _print(self) -> None:
        self._with_paper(self._send_to_printer)

    def _save(self) -> None:
        self._with_paper(self._ask_where)

    def _with_paper(self, use: Any) -> None:
        order = self.pane.order()
        if order is None or self.app.clerk.role == "auditor":
            return
        is_handed_up = order.state in (State.ESCALATED, State.REFERRED) or (order.office and not order.team)
        self._make_slip(order.id, use, bool(is_handed_up))

    def _make_slip(self, order: Id, use: Any, is_handed_up: bool) -> None:
        paper = escalation_slip if is_handed_up else order_slip
        name = _("转办单") if is_handed_up else _("服务单")
        self.app.jobs.read(self, paper, order, done=lambda pdf: use(order, name, pdf), key="paper")

    def _send_to_printer(self, _order: Id, name: str, pdf: bytes) -> None:
        printing.print_pdf(
            self.app.jobs,
            self,
            pdf,
            name,
            printed=lambda: self.app.banner.news(_("{name}已送到打印机").format(name=name)),
            failed=self.app.banner.trouble,
        )

    def _ask_where(self, order: Id, name: str, pdf: bytes) -> None:
        title = f"{name} {self.pane.whole.order.short if self.pane.whole else ''}".strip()
        printing.ask_where(self, title, lambda path: self._write(order, pdf, path))

    def _write(self, order: Id, pdf: bytes, path: Path) -> None:
        request = SavePaper(object=f"order:{order}", pdf=pdf, path=path)
        self.app.jobs.run(self, save_paper, request, done=self._saved)

    def _saved(self, path: Path) -> None:
        open_folder = Action(_("打开文件夹"), partial(printing.show_folder_of, path))
        self.app.banner.news(_("已存到 {name}").format(name=path.name), open_folder)

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
