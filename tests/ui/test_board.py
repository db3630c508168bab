"""The board by keys and by mouse, in the real window on the real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.actions import orders as deeds
from app.actions.board import Column, OrderView, order_view
from app.actions.desk import Desk
from app.actions.services import services_of_order
from app.actions.teams import FoundTeam, found_team
from app.domain.orders import State
from app.domain.staff import Role
from app.domain.teams import Charter, Level
from app.facts import Id
from app.storage.ids import new_id
from tests.support.desk import Station
from tests.support.town import Town, accepted, dispatched, served, settle_town, submitted, waiting
from tests.support.window import Opened, open_window
from ui.parts.question import QuestionOverlay
from ui.screens.board import SCREEN
from ui.screens.board.choosing import ChooseTeam
from ui.screens.board.forms import ReasonForm, RejectForm, StepForm
from ui.screens.board.screen import BoardScreen
from ui.screens.board.serve import ServeForm
from ui.screens.board.visits import AcceptForm, RateForm, StartForm
from ui.theme import theme

ENTER = Qt.Key.Key_Return
SAVE = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
Press = Callable[..., None]


@pytest.fixture
def town(station: Station) -> Town:
    return settle_town(station.desk)


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
        assert target is not None
        target.insert(text) if isinstance(target, QLineEdit) else target.insertPlainText(text)  # type: ignore[attr-defined]

    def until(self, reached: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(reached, timeout=10_000)

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

    def step_form(self) -> StepForm:
        form = self.form()
        assert isinstance(form, StepForm)
        return form

    def cards(self, column: Column) -> list[Id]:
        return [order.id for order in self.screen.columns.columns[column].list.orders.worded.orders]

    def said(self) -> str:
        return self.opened.frame.banner.sentence()


@pytest.fixture
def opened(station: Station, town: Town, dressed: QApplication) -> Iterator[Callable[..., Opened]]:
    """Open the window; everything that is opened is closed at the end of the test."""
    open_ones = []

    def open_one(size: tuple[int, int] = (1366, 660), **kept: str) -> Opened:
        context = open_window(station.desk, SCREEN, size=size, kept=kept)
        open_ones.append(context)
        return context.__enter__()

    yield open_one
    for context in open_ones:
        context.__exit__(None, None, None)


@pytest.fixture
def board(opened: Callable[..., Opened], station: Station, qtbot: QtBot) -> Callable[..., Board]:
    def open_board(size: tuple[int, int] = (1366, 660), **kept: str) -> Board:
        return Board(opened(size, **kept), station.desk, qtbot)

    return open_board


OpenBoard = Callable[..., Board]


class TestDispatch:
    def test_three_keys_dispatch_and_the_next_card_follows(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        first, second = waiting(station.desk, town), waiting(station.desk, town)
        it = board()
        it.until_shown()
        assert it.screen.columns.current() == first
        it.press("d", "1", ENTER)
        it.until(lambda: it.state(first) is State.DISPATCHED)
        it.until(lambda: it.screen.columns.current() == second)
        it.until(lambda: it.screen.columns.columns[Column.WAITING].list.hasFocus())
        assert it.view(first).team == "爱心理发队"
        assert "已派给爱心理发队" in it.said()
        assert it.cards(Column.OFFERED) == [first]

    def test_the_moved_card_leaves_a_trace_that_fades(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        waiting(station.desk, town)
        it = board()
        it.until_shown()
        it.press("d", ENTER)
        offered = it.screen.columns.columns[Column.OFFERED].list
        it.until(offered.is_fading)
        it.until(lambda: not offered.is_fading())

    def test_proposals_say_why_and_digits_choose(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        _other_team(station.desk, "夕阳红代购队", ("errands",))
        order = waiting(station.desk, town)
        it = board()
        it.until_shown()
        it.press("d")
        form = it.form()
        assert isinstance(form, ChooseTeam)
        it.until(lambda: form.list.rows.rowCount() == 2)
        said = [form.list.rows.index(row).data() for row in range(2)]
        assert said[0].startswith("1 爱心理发队，会理发")
        it.press("2")
        assert form.team_name() == "夕阳红代购队"
        it.press("1", ENTER)
        it.until(lambda: it.state(order) is State.DISPATCHED)
        assert it.view(order).team == "爱心理发队"

    def test_zero_finds_another_team_by_typing(self, station: Station, town: Town, board: OpenBoard) -> None:
        for name in ("一队", "二队", "三队", "曹村代购队"):
            _other_team(station.desk, name, ())
        order = waiting(station.desk, town)
        it = board()
        it.until_shown()
        it.press("d", "0")
        form = it.form()
        assert isinstance(form, ChooseTeam)
        it.until(lambda: form.list.rows.rowCount() == 3)
        it.until(form.other.hasFocus)
        it.press("ccdg")
        it.until(form.other.is_open)
        it.press(ENTER)
        assert form.team_name() == "曹村代购队"
        it.until(form.list.hasFocus)
        it.press(ENTER)
        it.until(lambda: it.view(order).team == "曹村代购队")

    def test_undo_takes_the_last_dispatch_back_and_is_named(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = waiting(station.desk, town)
        it = board()
        it.until_shown()
        it.press("d", ENTER)
        it.until(lambda: it.cards(Column.OFFERED) == [order])
        it.press((Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier))
        it.until(lambda: it.state(order) is State.WAITING)
        it.until(lambda: it.screen.columns.current() == order)
        it.until(lambda: it.opened.frame.banner.sentence() == "已撤销：派给 爱心理发队")

    def test_a_team_grabs(self, station: Station, town: Town, board: OpenBoard) -> None:
        order = waiting(station.desk, town)
        it = board()
        it.until_shown()
        it.press("g", ENTER)
        it.until(lambda: it.state(order) is State.ACCEPTED)

    def test_somebody_was_quicker(self, station: Station, town: Town, board: OpenBoard) -> None:
        order = waiting(station.desk, town)
        it = board()
        it.until_shown()
        it.press("d")
        form = it.form()
        assert isinstance(form, ChooseTeam)
        it.until(lambda: form.list.rows.rowCount() == 1)
        deeds.cancel_order(station.desk, deeds.Reasoned(order=order, reason="不需要了"))
        it.press(ENTER)
        it.until(lambda: form.refusal.isVisible())
        assert it.form() is form

    def test_escape_leaves_and_goes_back_to_the_card(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = waiting(station.desk, town)
        it = board()
        it.until_shown()
        it.press("d", Qt.Key.Key_Escape)
        assert it.form() is None
        assert it.screen.columns.columns[Column.WAITING].list.hasFocus()
        assert it.state(order) is State.WAITING


class TestScreening:
    def test_the_next_step_is_taken_on_the_order_as_it_stands_by_then(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order, other = submitted(station.desk, town).order, submitted(station.desk, town).order
        it = board()
        it.point(order)
        it.press("s")
        it.until(lambda: it.screen.columns.current() == other)
        it.point(order)
        it.press("d")
        it.until(lambda: isinstance(it.form(), ChooseTeam))

    def test_one_key_lets_a_request_in(self, station: Station, town: Town, board: OpenBoard) -> None:
        order = submitted(station.desk, town).order
        it = board()
        it.point(order)
        it.press("s")
        it.until(lambda: it.state(order) is State.WAITING)

    def test_rejecting_asks_why_and_how_it_was_told(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = submitted(station.desk, town).order
        it = board()
        it.point(order)
        it.press("x", SAVE)
        form = it.form()
        assert isinstance(form, RejectForm)
        it.until(lambda: form.form.row_of(form.reason).refusal.isVisible())
        form.reason.set_value("不属于志愿服务")
        it.press(SAVE)
        it.until(lambda: form.form.row_of(form.told_how).refusal.isVisible())
        form.told_where.setFocus()
        it.press("12345", SAVE)
        it.until(lambda: it.state(order) is State.REJECTED)

    def test_half_an_answer_waits_with_its_order(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        first, second = (submitted(station.desk, town).order for _ in range(2))
        it = board()
        it.point(first)
        it.press("x")
        form = it.form()
        assert isinstance(form, ReasonForm)
        form.note.setFocus()
        it.write("居民说不急")
        it.screen.columns.take_focus()
        it.press(Qt.Key.Key_Down)
        it.until(lambda: it.pane_shows(second))
        assert it.form() is None
        it.press(Qt.Key.Key_Up)
        it.until(lambda: it.pane_shows(first))
        it.press("x")
        again = it.form()
        assert isinstance(again, ReasonForm)
        assert again.note.value() == "居民说不急"

    def test_cancelling_asks_why(self, station: Station, town: Town, board: OpenBoard) -> None:
        order = submitted(station.desk, town).order
        it = board()
        it.point(order)
        it.press(Qt.Key.Key_Delete, Qt.Key.Key_Space, SAVE)
        form = it.step_form()
        assert form.step == "cancel"
        it.until(lambda: it.state(order) is State.CANCELLED)

    def test_editing_puts_the_request_right(self, station: Station, town: Town, board: OpenBoard) -> None:
        order = submitted(station.desk, town).order
        it = board()
        it.point(order)
        it.press("e")
        form = it.step_form()
        form.what.set_value("改成修水管")  # type: ignore[attr-defined]
        form.when.set_value("m9")  # type: ignore[attr-defined]
        it.press(SAVE)
        it.until(lambda: it.view(order).what == "改成修水管")
        assert it.view(order).wanted_at is not None


class TestService:
    def test_a_slip_comes_back_and_all_is_written_in_one_go(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = dispatched(station.desk, town)
        it = board()
        it.point(order)
        it.press("a")
        form = it.form()
        assert isinstance(form, AcceptForm)
        it.until(lambda: form._row is not None and form._row.isAncestorOf(_focused()))
        it.press("1", SAVE)
        it.until(lambda: order in it.cards(Column.SERVING))
        volunteer = it.view(order).volunteer
        assert volunteer is not None and volunteer.name == "赵晓燕"
        station.clock.forward(hours=3)
        it.point(order)
        it.press("l")
        it.until(lambda: it.view(order).contacted_at is not None)
        it.point(order)
        it.until(lambda: "contact" not in (it.screen.pane.order() or it.view(order)).steps)
        it.press("b", "-2", SAVE)
        it.until(lambda: it.state(order) is State.IN_SERVICE)
        it.until(lambda: "finish" in (it.screen.pane.order() or it.view(order)).steps)
        it.press("f", SAVE)
        it.until(lambda: isinstance(it.form(), ServeForm))
        it.press(SAVE)
        it.until(lambda: isinstance(it.form(), RateForm))
        (record,) = services_of_order(station.desk, order)
        assert record.minutes == 120
        assert (record.content, record.place) == ("理发", "")
        it.press("5", SAVE)
        it.until(lambda: it.state(order) is State.CLOSED)
        assert it.view(order).stars == 5

    def test_an_overlap_is_said_under_the_line_and_nothing_is_lost(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = _going(station, town)
        it = board()
        it.point(order)
        it.press("v")
        form = it.form()
        assert isinstance(form, ServeForm)
        first = form._lines[0]
        first.when.set_value("9:00-10:00")
        form._add_and_go()
        second = form._lines[1]
        second.who.set_chosen(town.volunteer, "赵晓燕")
        it.press(SAVE)
        it.until(lambda: form.form.row_of(second.when).refusal.isVisible())
        assert first.when.value() == "9:00-10:00"
        second.when.setFocus()
        second.when.set_value("")
        it.press("10-11")
        assert not form.form.row_of(second.when).refusal.isVisible()
        it.press(SAVE)
        it.until(lambda: len(services_of_order(station.desk, order)) == 2)

    def test_a_time_that_is_not_understood_is_said_at_once(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = _going(station, town)
        it = board()
        it.point(order)
        it.press("v")
        form = it.form()
        assert isinstance(form, ServeForm)
        form._lines[0].when.setFocus()
        it.press("9", SAVE)
        assert form.form.row_of(form._lines[0].when).refusal.isVisible()
        assert services_of_order(station.desk, order) == ()

    def test_a_beginning_that_is_not_understood_is_said_under_its_field(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = accepted(station.desk, town)
        it = board()
        it.point(order)
        it.press("b")
        form = it.form()
        assert isinstance(form, StartForm)
        it.press("x", SAVE)
        assert form.form.row_of(form.when).refusal.isVisible()
        assert form.when.hasFocus()

    def test_the_money_of_an_errand(self, station: Station, town: Town, board: OpenBoard) -> None:
        order = served(station.desk, town, category="errands", advance_cents=5_000)
        it = board()
        it.point(order)
        it.press("m")
        form = it.step_form()
        it.press("abc", SAVE)
        assert form.form.row_of(form.spent).refusal.isVisible()  # type: ignore[attr-defined]
        form.spent.clear()  # type: ignore[attr-defined]
        it.press("36.5", ENTER, "0", SAVE)
        it.until(lambda: it.view(order).settled_at is not None)
        assert it.view(order).spent_cents == 3_650

    def test_two_stars_open_a_call_back_that_is_closed(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = served(station.desk, town)
        it = board()
        it.point(order)
        it.press("p", "2", SAVE)
        it.until(lambda: it.view(order).call_back_open)
        it.until(lambda: "要回访" in it.said())
        it.until(lambda: "call_back" in (it.screen.pane.order() or it.view(order)).steps)
        it.press("c", SAVE)
        form = it.step_form()
        it.until(lambda: form.form.row_of(form.note).refusal.isVisible())  # type: ignore[attr-defined]
        it.write("道了歉，明天再去一次，居民满意")
        it.press(SAVE)
        it.until(lambda: it.state(order) is State.CLOSED)

    def test_giving_back_says_why(self, station: Station, town: Town, board: OpenBoard) -> None:
        order = accepted(station.desk, town)
        it = board()
        it.point(order)
        it.press("r", Qt.Key.Key_Space, SAVE)
        it.until(lambda: it.state(order) is State.WAITING)


class TestHandingUp:
    def test_a_slip_is_offered_and_who_took_it_is_recorded(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = waiting(station.desk, town)
        it = board()
        it.point(order)
        it.press("u")
        it.write("城前镇便民服务中心")
        it.press(SAVE)
        it.until(lambda: order in it.cards(Column.HANDED_UP))
        action = it.opened.frame.banner.action()
        assert action is not None and action.text == "打印转办单"
        it.point(order)
        it.until(lambda: "take" in (it.screen.pane.order() or it.view(order)).steps)
        it.press("q")
        it.write("孟主任")
        it.press(SAVE)
        it.until(lambda: it.view(order).taken_by == "孟主任")

    def test_the_answer_of_the_department_comes_back(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = waiting(station.desk, town)
        it = board()
        it.point(order)
        it.press("t", SAVE)
        form = it.step_form()
        it.until(lambda: form.form.row_of(form.office).refusal.isVisible())  # type: ignore[attr-defined]
        it.write("镇民政办")
        it.press(SAVE)
        it.until(lambda: order in it.cards(Column.HANDED_UP))
        it.point(order)
        it.press("h", SAVE)
        it.until(lambda: it.state(order) is State.DONE)


class TestDragging:
    def test_a_card_can_be_pulled_to_where_a_step_leads(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = submitted(station.desk, town).order
        it = board()
        it.point(order)
        _pull(it, Column.SCREENING, Column.WAITING)
        it.until(lambda: it.state(order) is State.WAITING)

    def test_forbidden_columns_say_why_and_take_nothing(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = waiting(station.desk, town)
        it = board()
        it.point(order)
        said = _pull(it, Column.WAITING, Column.RATING)
        assert (said[Column.RATING], said[Column.OFFERED]) == ("先派单", "派单")
        assert it.form() is None
        assert it.state(order) is State.WAITING

    def test_a_step_with_questions_asks_them(self, station: Station, town: Town, board: OpenBoard) -> None:
        order = waiting(station.desk, town)
        it = board()
        it.point(order)
        _pull(it, Column.WAITING, Column.OFFERED)
        it.until(lambda: isinstance(it.form(), ChooseTeam))

    def test_escape_puts_the_card_back(self, station: Station, town: Town, board: OpenBoard) -> None:
        order = submitted(station.desk, town).order
        it = board()
        it.point(order)
        _pull(it, Column.SCREENING, Column.WAITING, escape=True)
        assert it.state(order) is State.SUBMITTED


class TestWalking:
    def test_left_and_right_keep_the_row(self, station: Station, town: Town, board: OpenBoard) -> None:
        first = [submitted(station.desk, town).order for _ in range(3)]
        second = [waiting(station.desk, town) for _ in range(2)]
        it = board()
        it.point(first[1])
        it.press(Qt.Key.Key_Right)
        assert it.screen.columns.current() == second[1]
        it.press(Qt.Key.Key_Left)
        assert it.screen.columns.current() == first[1]
        it.press(Qt.Key.Key_Down, Qt.Key.Key_Right)
        assert it.screen.columns.current() == second[1]

    def test_one_card_is_current_on_the_whole_board(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        waiting(station.desk, town)
        submitted(station.desk, town)
        it = board()
        it.until_shown()
        it.press(Qt.Key.Key_Left)
        columns = it.screen.columns.columns.values()
        assert sum(one.list.currentIndex().isValid() for one in columns) == 1

    def test_strips_are_walked_to_and_opened(self, station: Station, town: Town, board: OpenBoard) -> None:
        waiting(station.desk, town)
        ended = waiting(station.desk, town)
        deeds.cancel_order(station.desk, deeds.Reasoned(order=ended, reason="不需要了"))
        it = board()
        it.until_shown()
        strip = it.screen.columns.columns[Column.ENDED].strip
        it.press(Qt.Key.Key_Right)
        assert strip.hasFocus()
        it.press(ENTER)
        it.until(lambda: it.cards(Column.ENDED) == [ended])
        assert not it.screen.columns.columns[Column.ENDED].is_folded

    def test_another_order_begins_at_the_top(self, station: Station, town: Town, board: OpenBoard) -> None:
        first, second = waiting(station.desk, town), waiting(station.desk, town)
        it = board((1366, 400))
        it.point(first)
        around = it.screen.pane._around()
        assert around is not None
        bar = around.verticalScrollBar()
        it.until(lambda: bar.maximum() > 0)
        bar.setValue(bar.maximum())
        it.point(second)
        assert bar.value() == 0

    def test_enter_goes_to_the_steps_and_escape_back(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        waiting(station.desk, town)
        it = board()
        it.until_shown()
        it.press(ENTER)
        it.until(lambda: it.screen.pane.steps.buttons[0].hasFocus())
        it.press(Qt.Key.Key_Escape)
        assert it.screen.columns.columns[Column.WAITING].list.hasFocus()

    def test_keys_work_from_the_pane_too(self, station: Station, town: Town, board: OpenBoard) -> None:
        waiting(station.desk, town)
        it = board()
        it.until_shown()
        it.press(ENTER)
        it.until(lambda: it.screen.pane.steps.buttons[0].hasFocus())
        it.press("d")
        assert isinstance(it.form(), ChooseTeam)

    def test_search_opens_an_order_here(self, station: Station, town: Town, board: OpenBoard) -> None:
        waiting(station.desk, town)
        sought = accepted(station.desk, town)
        it = board()
        it.until_shown()
        it.opened.frame.go("board", sought)
        it.until(lambda: it.screen.columns.current() == sought)
        it.until(lambda: it.pane_shows(sought))

    def test_an_order_that_has_ended_is_shown_too(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        waiting(station.desk, town)
        sought = waiting(station.desk, town)
        deeds.cancel_order(station.desk, deeds.Reasoned(order=sought, reason="不需要了"))
        it = board()
        it.until_shown()
        it.opened.frame.go("board", sought)
        it.until(lambda: it.pane_shows(sought))


class TestFilters:
    def test_narrowing_by_keys_and_back(self, station: Station, town: Town, board: OpenBoard) -> None:
        haircut = waiting(station.desk, town)
        repair = waiting(station.desk, town, category="repair")
        it = board()
        it.until_shown()
        it.press((Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier))
        it.until(it.screen.filters.category.hasFocus)
        it.until(lambda: it.screen.filters.category.count() == 3)
        it.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
        it.until(lambda: it.cards(Column.WAITING) == [repair])
        it.press(Qt.Key.Key_Escape)
        assert "家电维修" in it.screen.filters.summary.text()
        it.screen.filters.reset.click()
        it.until(lambda: sorted(it.cards(Column.WAITING)) == sorted([haircut, repair]))

    def test_an_empty_choice_says_so(self, station: Station, town: Town, board: OpenBoard) -> None:
        waiting(station.desk, town)
        it = board()
        it.until_shown()
        it.screen.filters.open()
        it.screen.filters.only.set_value(("urgent",))
        it.screen.filters._on_edited()
        it.until(lambda: it.screen.nothing.isVisible())
        it.screen.nothing.button.click()
        it.until(lambda: it.screen.columns.isVisible())

    def test_the_first_order_is_asked_for(self, board: OpenBoard) -> None:
        it = board()
        it.until(lambda: it.screen.empty.isVisible())
        assert it.screen.empty.button.hasFocus()

    def test_waiting_hours_are_a_door(self, station: Station, town: Town, board: OpenBoard) -> None:
        order = _going(station, town)
        it = board()
        it.point(order)
        assert not it.screen.filters.hours.isVisible()
        it.press("v")
        form = it.form()
        assert isinstance(form, ServeForm)
        form._lines[0].when.set_value("9:00-10:00")
        it.press(SAVE)
        it.until(lambda: it.screen.filters.hours.isVisible())
        assert it.screen.filters.hours.text() == "待核时长 1"


class TestTime:
    def test_what_becomes_overdue_is_told_with_the_minute(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = waiting(station.desk, town)
        due = order_view(station.desk, order).due_at
        assert due is not None
        it = board()
        it.until_shown()
        head = it.screen.columns.columns[Column.WAITING].head
        assert head.overdue == 0
        station.clock.now = due + timedelta(minutes=20)
        it.opened.frame.minute_passed.emit()
        card = it.screen.columns.columns[Column.WAITING].list.orders.worded[0]
        assert (head.overdue, card.is_overdue, card.time) == (1, True, "超时20分")

    def test_reading_again_keeps_scroll_and_card(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        orders = [waiting(station.desk, town) for _ in range(12)]
        it = board()
        it.point(orders[8])
        listed = it.screen.columns.columns[Column.WAITING].list
        it.until(lambda: listed.verticalScrollBar().value() > 0)
        before = listed.verticalScrollBar().value()
        deeds.cancel_order(station.desk, deeds.Reasoned(order=orders[11], reason="不需要了"))
        it.screen.refresh(frozenset({"order"}))
        it.until(lambda: len(it.cards(Column.WAITING)) == 11)
        assert it.screen.columns.current() == orders[8]
        assert listed.verticalScrollBar().value() == before
        assert listed.hasFocus()


class TestLooks:
    def test_large_mode_has_two_columns_and_walks_into_the_others(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        waiting(station.desk, town)
        rated = served(station.desk, town)
        it = board(large="true")
        assert theme.large
        it.until(lambda: bool(it.screen.columns.current()))
        open_now = [c for c, one in it.screen.columns.columns.items() if not one.is_folded]
        assert open_now == [Column.WAITING, Column.OFFERED]
        it.press(Qt.Key.Key_Right)
        open_now = [c for c, one in it.screen.columns.columns.items() if not one.is_folded]
        assert open_now == [Column.WAITING, Column.RATING]
        assert it.screen.columns.current() == rated

    def test_large_mode_leaves_an_open_form_where_it_is_filled_in(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = waiting(station.desk, town)
        it = board()
        it.point(order)
        it.press("t")
        it.write("镇民政办")
        typed_in = QApplication.focusWidget()
        theme.use_large(True)
        assert it.opened.frame.pane_is_shown()
        assert QApplication.focusWidget() is typed_in

    def test_below_1280_the_pane_opens_over_the_board(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = waiting(station.desk, town)
        it = board((1024, 540))
        it.until(lambda: it.screen.columns.current() == order)
        assert not it.opened.frame.pane_is_shown()
        it.press("d", "1", ENTER)
        it.until(lambda: it.state(order) is State.DISPATCHED)

    def test_auditors_see_no_steps(self, station: Station, town: Town, board: OpenBoard) -> None:
        order = waiting(station.desk, town)
        station.sit(Role.AUDITOR)
        it = board()
        it.point(order)
        assert it.screen.pane.steps.buttons == []
        it.press("d")
        assert it.form() is None


class TestPane:
    def test_an_order_that_is_not_here_is_said_and_keys_go_on(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = waiting(station.desk, town)
        it = board()
        it.until_shown()
        it.opened.frame.go("board", new_id())
        it.until(lambda: "没有这张订单" in it.said())
        it.point(order)
        it.press("d")
        assert isinstance(it.form(), ChooseTeam)

    def test_a_phone_is_shown_for_a_reason(self, station: Station, town: Town, board: OpenBoard) -> None:
        order = waiting(station.desk, town)
        it = board()
        it.point(order)
        phone = it.screen.pane.facts.lines["who"].phone
        assert phone is not None
        assert phone._words.text() == "138 **** 0001"
        phone._eye.click()
        (question,) = it.opened.window.findChildren(QuestionOverlay)
        assert question._chips is not None
        question._chips.set_value("打电话联系")
        QTest.keyClick(question, *SAVE)
        it.until(lambda: phone._words.text() == "138 1234 0001")

    def test_the_history_is_told_newest_first(self, station: Station, town: Town, board: OpenBoard) -> None:
        order = dispatched(station.desk, town)
        it = board()
        it.point(order)
        told = [row.accessibleName() for row in it.screen.pane.history._rows]
        assert "派给 爱心理发队" in told[0]
        assert "电话点单" in told[-1]

    def test_the_number_is_copied(self, station: Station, town: Town, board: OpenBoard) -> None:
        order = waiting(station.desk, town)
        it = board()
        it.point(order)
        it.screen.pane.number.click()
        copied = QApplication.clipboard().text()
        assert copied.replace(" ", "").replace("-", "") == it.view(order).number.replace("-", "")

    def test_the_slip_is_saved_as_pdf(
        self, station: Station, town: Town, board: OpenBoard, tmp_path: Path
    ) -> None:
        order = dispatched(station.desk, town)
        it = board()
        it.point(order)
        it.press((Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier))
        it.until(lambda: bool(it.screen.window().findChildren(QFileDialog)))
        (dialog,) = it.screen.window().findChildren(QFileDialog)
        target = tmp_path / "slip.pdf"
        dialog.fileSelected.emit(str(target))
        dialog.close()
        it.until(target.exists)
        assert target.read_bytes().startswith(b"%PDF")
        it.until(lambda: "slip.pdf" in it.said())

    def test_the_paper_is_that_of_the_order_as_it_stands_by_then(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = waiting(station.desk, town)
        it = board()
        it.point(order)
        it.press("u")
        it.write("城前镇便民服务中心")
        it.press(SAVE)
        it.until(lambda: order in it.cards(Column.HANDED_UP))
        it.point(order)
        it.press((Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier))
        it.until(lambda: bool(it.screen.window().findChildren(QFileDialog)))
        (dialog,) = it.screen.window().findChildren(QFileDialog)
        assert Path(dialog.selectedFiles()[0]).name.startswith("转办单")
        dialog.close()

    def test_a_pc_without_a_printer_says_so(self, station: Station, town: Town, board: OpenBoard) -> None:
        order = dispatched(station.desk, town)
        it = board()
        it.point(order)
        it.press((Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier))
        it.until(lambda: "打印机" in it.said())


def _other_team(desk: Desk, name: str, categories: tuple[str, ...]) -> Id:
    team = new_id()
    charter = Charter(name=name, level=Level.SQUAD, region="", categories=categories)
    found_team(desk, FoundTeam(team=team, charter=charter))
    return team


def _going(station: Station, town: Town) -> Id:
    """An accepted order at noon, so that there is a morning to record."""
    order = accepted(station.desk, town)
    station.clock.forward(hours=3)
    return order


def _focused() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def _pull(it: Board, source: Column, target: Column, *, escape: bool = False) -> dict[Column, str]:
    """Pull the first card of ``source`` to ``target`` with the mouse; what the columns say on the way."""
    columns = it.screen.columns
    listed = columns.columns[source].list
    start = listed.visualRect(listed.orders.index(0)).center()
    there = columns.columns[target]
    goal = listed.viewport().mapFromGlobal(there.mapToGlobal(QPoint(there.width() // 2, 120)))
    QTest.mousePress(listed.viewport(), Qt.MouseButton.LeftButton, pos=start)
    for at in (start + QPoint(30, 10), goal):
        _move(listed.viewport(), at)
    said = columns._drag.says()
    assert listed.is_dragging()
    if escape:
        QTest.keyClick(listed, Qt.Key.Key_Escape)
    QTest.mouseRelease(listed.viewport(), Qt.MouseButton.LeftButton, pos=goal)
    assert not columns._drag.isVisible()
    return said


def _move(widget: QWidget, at: QPoint) -> None:
    """A move with the button held, which QTest cannot do."""
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(at),
        QPointF(widget.mapToGlobal(at)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, event)
