"""Doing a step (办一步): the action is run, the banner tells, the moved card leaves a trace, and the work goes on.

It goes on with the card that followed, or with the same order's next questions where a slip answers them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.actions.board import Column, OrderView
from app.actions.orders import Step
from app.domain.problems import Refusal, Trouble
from app.facts import Id
from app.words import _
from ui.parts.banner import Action
from ui.screen import Services
from ui.screens.board.choosing import ChooseTeam
from ui.screens.board.columns import Columns
from ui.screens.board.pane import OrderPane
from ui.screens.board.papers import OrderPapers
from ui.screens.board.sayings import ACTIONS, GOES_ON, Doing, said


@dataclass(frozen=True)
class _Place:
    """Where the order stood before its step; ``goes_on`` is the step of the same order that opens by itself."""

    order: Id
    column: Column
    row: int
    goes_on: str = ""


class Doer(QObject):
    """``read_wanted``: read the board again; ``home_wanted``: focus the current card; ``sought``: point at it."""

    read_wanted = Signal()
    home_wanted = Signal()
    sought = Signal(str)

    def __init__(self, app: Services, columns: Columns, pane: OrderPane, papers: OrderPapers) -> None:
        super().__init__(columns)
        self._app, self._columns, self._pane, self._papers = app, columns, pane, papers
        self._after: _Place | None = None
        self._pressed: OrderView | None = None

    def do_at_once(self, order: OrderView, step: str) -> None:
        """A step that asks nothing; pressed again before the order is read anew, it is the same press."""
        if order is not self._pressed:
            self._pressed = order
            self.do(order, step, Step(order=order.id))

    def do(self, order: OrderView, step: str, request: Any) -> None:
        form = self._pane.form()
        team = form.team_name() if isinstance(form, ChooseTeam) else ""
        self._app.jobs.run(
            self,
            ACTIONS[step],
            request,
            done=lambda value: self._done(Doing(order, step, request, value, team)),
            refused=partial(self._refused, order.id, step),
            trouble=partial(self._troubled, order.id, step),
        )

    def go_on(self) -> bool:
        """The board was read after a step: point at what comes next. False when no step was done."""
        after, self._after = self._after, None
        if after is None:
            return False
        column = self._columns.column_of(after.order)
        has_moved = column is not after.column
        if has_moved and column is not None:
            self._columns.tint(after.order)
        if after.goes_on and self._columns.point(after.order):
            self._pane.show_order(after.order, then=partial(self._ask_next, after.goes_on))
            return True
        if has_moved:
            self._columns.point_near(after.column, after.row)
        else:
            self._columns.point(after.order)
        self.home_wanted.emit()
        return True

    def _done(self, did: Doing) -> None:
        order, step = did.order, did.step
        self._pane.answered(order.id, step)
        place = self._columns.place()
        if place is not None and self._columns.current() == order.id:
            self._after = _Place(order.id, *place, goes_on=GOES_ON.get(step, ""))
        self._app.banner.news(said(did), self._offer(order, step))
        if step == "serve":
            self.read_wanted.emit()  # service records are no orders: nothing else would lay the board

    def _offer(self, order: OrderView, step: str) -> Action | None:
        if step == "dispatch":
            return Action(_("撤销"), self._app.undo, "Ctrl+Z")
        if step in ("escalate", "refer"):
            return Action(_("打印转办单"), partial(self._papers.print_escalation, order.id))
        return None

    def _refused(self, order: Id, step: str, refusal: Refusal) -> None:
        self._let_try_again(order, step)
        form = self._pane.form()
        if form is not None and (form.order.id, form.step) == (order, step):
            form.refuse(refusal)
        else:
            self._app.jobs.refused.emit(refusal)
            self.read_wanted.emit()

    def _troubled(self, order: Id, step: str, trouble: Trouble) -> None:
        self._let_try_again(order, step)
        self._app.jobs.troubled.emit(trouble)

    def _let_try_again(self, order: Id, step: str) -> None:
        self._pressed = None
        self._pane.not_answered(order, step)

    def _ask_next(self, step: str) -> None:
        order = self._pane.order()
        if order is not None and (step == "serve" or step in order.steps):
            self._pane.ask(step)
        else:
            self.home_wanted.emit()
