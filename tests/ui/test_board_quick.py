"""Quick hands on the board: keys that come while an order, or the board, is being read."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.domain.orders import State
from tests.support.board import ENTER, SAVE, OpenBoard
from tests.support.desk import Station
from tests.support.town import Town, dispatched, submitted, waiting
from ui.screens.board.forms import ReasonForm, RejectForm


def test_a_key_while_the_board_is_read_again(station: Station, town: Town, board: OpenBoard) -> None:
    order = waiting(station.desk, town)
    it = board()
    it.point(order)
    it.screen.refresh(frozenset({"order"}))
    it.press("d", "1", ENTER)
    it.until(lambda: it.state(order) is State.DISPATCHED)


def test_a_key_for_a_card_that_is_left_at_once_does_nothing(
    station: Station, town: Town, board: OpenBoard
) -> None:
    orders = [submitted(station.desk, town).order for _ in range(3)]
    it = board()
    it.point(orders[0])
    it.screen.pane.renew()
    it.press("s", Qt.Key.Key_Down)
    it.until(it.opened.jobs.is_resting)
    it.until(lambda: it.pane_shows(orders[1]))
    it.press("s")
    it.until(lambda: it.state(orders[1]) is State.WAITING)
    assert it.state(orders[0]) is State.SUBMITTED


def test_keys_go_on_after_the_reading_was_stopped(station: Station, town: Town, board: OpenBoard) -> None:
    order = submitted(station.desk, town).order
    it = board()
    it.point(order)
    it.screen.pane.renew()
    it.press("s")
    it.opened.jobs.cancel()
    it.until(it.opened.jobs.is_resting)
    it.screen.pane.renew()
    it.until(it.screen.pane.is_fresh)
    it.until(it.opened.jobs.is_resting)
    assert it.state(order) is State.SUBMITTED, "what was stopped is not done later"
    it.press("s")
    it.until(lambda: it.state(order) is State.WAITING)


def test_a_refusal_stands_in_no_other_steps_form(station: Station, town: Town, board: OpenBoard) -> None:
    order = submitted(station.desk, town).order
    it = board()
    refusals: list[object] = []
    it.opened.jobs.refused.connect(refusals.append)
    it.point(order)
    it.until(it.opened.jobs.is_resting)
    it.press("x")
    it.step_form(RejectForm)
    with it.while_it_is_slow():
        it.press(SAVE, Qt.Key.Key_Escape, Qt.Key.Key_Delete)
        form = it.step_form(ReasonForm)
    it.until(lambda: bool(refusals))
    assert form.step == "cancel"
    assert not form.form.row_of(form.reason).refusal.isVisible()


def test_a_paper_that_is_asked_for_while_the_board_is_read_again_comes(
    station: Station, town: Town, board: OpenBoard
) -> None:
    order = dispatched(station.desk, town)
    it = board()
    it.point(order)
    with it.while_it_is_slow():
        it.screen.refresh(frozenset({"order"}))
        it.press((Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier))
    it.put_away(it.file_dialog())
