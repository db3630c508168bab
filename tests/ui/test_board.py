"""The steps of an order, taken on the board by keys, in the real window on the real database."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.actions import orders as deeds
from app.actions.board import Column
from app.actions.desk import Desk
from app.actions.services import services_of_order
from app.actions.teams import FoundTeam, found_team
from app.domain.orders import State
from app.domain.teams import Charter, Level
from app.facts import Id
from app.storage.ids import new_id
from tests.support.board import ENTER, SAVE, OpenBoard, going
from tests.support.desk import Station
from tests.support.faults import no_room_left
from tests.support.town import Town, accepted, dispatched, served, submitted, waiting
from ui.screens.board.choosing import ChooseTeam
from ui.screens.board.editing import EditForm
from ui.screens.board.forms import ReasonForm, RejectForm, StepForm
from ui.screens.board.offices import ReferForm
from ui.screens.board.serve import ServeForm
from ui.screens.board.visits import AcceptForm, CallBackForm, RateForm, SettleForm, StartForm


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
        assert "已派给爱心理发队" in it.news()
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

    def test_a_key_pressed_twice_is_one_step(self, station: Station, town: Town, board: OpenBoard) -> None:
        order = submitted(station.desk, town).order
        refusals: list[object] = []
        it = board()
        it.opened.jobs.refused.connect(refusals.append)
        it.point(order)
        it.press("ss")
        it.until(lambda: it.state(order) is State.WAITING)
        it.until(lambda: not it.opened.jobs._undelivered)
        assert not refusals

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
        it.say("居民说不急")
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

    def test_what_a_full_disk_stopped_is_done_by_the_second_try(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = submitted(station.desk, town).order
        troubles: list[object] = []
        it = board()
        it.opened.jobs.troubled.connect(troubles.append)
        it.point(order)
        it.press(Qt.Key.Key_Delete, Qt.Key.Key_Space)
        it.step_form(StepForm)
        with no_room_left():
            it.press(SAVE)
            it.until(lambda: bool(troubles))
        it.press(SAVE)
        it.until(lambda: it.state(order) is State.CANCELLED)

    def test_a_step_that_asks_nothing_is_tried_again_too(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = submitted(station.desk, town).order
        troubles: list[object] = []
        it = board()
        it.opened.jobs.troubled.connect(troubles.append)
        it.point(order)
        it.until(it.screen.pane.is_fresh)
        with no_room_left():
            it.press("s")
            it.until(lambda: bool(troubles))
        it.press("s")
        it.until(lambda: it.state(order) is State.WAITING)

    def test_cancelling_asks_why(self, station: Station, town: Town, board: OpenBoard) -> None:
        order = submitted(station.desk, town).order
        it = board()
        it.point(order)
        it.press(Qt.Key.Key_Delete, Qt.Key.Key_Space, SAVE)
        form = it.step_form(StepForm)
        assert form.step == "cancel"
        it.until(lambda: it.state(order) is State.CANCELLED)

    def test_editing_puts_the_request_right(self, station: Station, town: Town, board: OpenBoard) -> None:
        order = submitted(station.desk, town).order
        it = board()
        it.point(order)
        it.press("e")
        form = it.step_form(EditForm)
        form.what.set_value("改成修水管")
        form.when.set_value("m9")
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
        order = going(station, town)
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
        order = going(station, town)
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
        form = it.step_form(SettleForm)
        it.press("abc", SAVE)
        assert form.form.row_of(form.spent).refusal.isVisible()
        form.spent.clear()
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
        it.until(lambda: "要回访" in it.news())
        it.until(lambda: "call_back" in (it.screen.pane.order() or it.view(order)).steps)
        it.press("c", SAVE)
        form = it.step_form(CallBackForm)
        it.until(lambda: form.form.row_of(form.note).refusal.isVisible())
        it.say("道了歉，明天再去一次，居民满意")
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
        it.say("城前镇便民服务中心")
        it.press(SAVE)
        it.until(lambda: order in it.cards(Column.HANDED_UP))
        action = it.opened.frame.banner.action()
        assert action is not None and action.text == "打印转办单"
        it.point(order)
        it.until(lambda: "take" in (it.screen.pane.order() or it.view(order)).steps)
        it.press("q")
        it.say("孟主任")
        it.press(SAVE)
        it.until(lambda: it.view(order).taken_by == "孟主任")

    def test_the_answer_of_the_department_comes_back(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = waiting(station.desk, town)
        it = board()
        it.point(order)
        it.press("t", SAVE)
        form = it.step_form(ReferForm)
        it.until(lambda: form.form.row_of(form.office).refusal.isVisible())
        it.say("镇民政办")
        it.press(SAVE)
        it.until(lambda: order in it.cards(Column.HANDED_UP))
        it.point(order)
        it.press("h", SAVE)
        it.until(lambda: it.state(order) is State.DONE)


def _other_team(desk: Desk, name: str, categories: tuple[str, ...]) -> Id:
    team = new_id()
    charter = Charter(name=name, level=Level.SQUAD, region="", categories=categories)
    found_team(desk, FoundTeam(team=team, charter=charter))
    return team


def _focused() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused
