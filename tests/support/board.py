"""The open board, and what a person can do with it by keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.actions.board import Column, OrderView, order_view
from app.actions.desk import Desk
from app.domain.orders import State
from app.facts import Id
from tests.support.desk import Station
from tests.support.hands import Typist
from tests.support.town import Town, accepted
from tests.support.window import Opened
from ui.screens.board.forms import StepForm
from ui.screens.board.screen import BoardScreen

F = TypeVar("F", bound=StepForm)

ENTER = Qt.Key.Key_Return
SAVE = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


class Board(Typist):
    """The open board and what a person can do with it."""

    def __init__(self, opened: Opened, desk: Desk, qtbot: QtBot) -> None:
        super().__init__(opened, desk, qtbot)
        screen = opened.screen()
        assert isinstance(screen, BoardScreen)
        self.screen = screen

    def until_shown(self) -> None:
        self.until(lambda: bool(self.screen.columns.current()))
        current = self.screen.columns.current()
        self.until(lambda: self.pane_shows(current or ""))

    def pane_shows(self, order: Id) -> bool:
        shown = self.screen.pane.order()
        return shown is not None and shown.id == order

    def point(self, order: Id) -> None:
        self.until(lambda: self.screen.columns.column_of(order) is not None)
        self.screen.columns.point(order)
        self.screen.columns.take_focus()
        self.until(lambda: self.pane_shows(order))

    def state(self, order: Id) -> State:
        return self.view(order).state

    def view(self, order: Id) -> OrderView:
        return order_view(self.desk, order)

    def form(self) -> QWidget | None:
        return self.screen.pane.form()

    def step_form(self, kind: type[F]) -> F:
        form = self.form()
        assert isinstance(form, kind)
        return form

    def cards(self, column: Column) -> list[Id]:
        return [order.id for order in self.screen.columns.columns[column].list.orders.worded.orders]


OpenBoard = Callable[..., Board]


def going(station: Station, town: Town) -> Id:
    """An accepted order at noon, so that there is a morning to record."""
    order = accepted(station.desk, town)
    station.clock.forward(hours=3)
    return order
