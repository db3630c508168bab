"""The open board, and what a person can do with it by keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.actions.board import Column, OrderView, order_view
from app.actions.desk import Desk
from app.domain.orders import State
from app.facts import Id
from tests.support.desk import Station
from tests.support.town import Town, accepted
from tests.support.window import PATIENCE_MS, Opened
from ui.screens.board.forms import StepForm
from ui.screens.board.screen import BoardScreen

F = TypeVar("F", bound=StepForm)

ENTER = Qt.Key.Key_Return
SAVE = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


class Board:
    """The open board and what a person can do with it."""

    def __init__(self, opened: Opened, desk: Desk, qtbot: QtBot) -> None:
        self.opened, self.desk, self.qtbot = opened, desk, qtbot
        screen = opened.screen()
        assert isinstance(screen, BoardScreen)
        self.screen = screen

    def press(self, *keys: object) -> None:
        """Type texts and keys at whatever has the focus, without waiting in between."""
        for key in keys:
            target = QApplication.focusWidget()
            assert target is not None
            if isinstance(key, str):
                QTest.keyClicks(target, key)
            elif isinstance(key, tuple):
                QTest.keyClick(target, *key)
            else:
                assert isinstance(key, Qt.Key)
                QTest.keyClick(target, key)

    def write(self, text: str) -> None:
        """Type what a key press cannot: Chinese comes from the input method."""
        target = QApplication.focusWidget()
        if isinstance(target, QLineEdit):
            target.insert(text)
        else:
            assert isinstance(target, QPlainTextEdit)
            target.insertPlainText(text)

    def until(self, reached: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(reached, timeout=PATIENCE_MS)

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

    def said(self) -> str:
        return self.opened.frame.banner.sentence()


OpenBoard = Callable[..., Board]


def going(station: Station, town: Town) -> Id:
    """An accepted order at noon, so that there is a morning to record."""
    order = accepted(station.desk, town)
    station.clock.forward(hours=3)
    return order
