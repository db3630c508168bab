"""Walking on the board, pulling cards, narrowing it, and what it looks like, in the real window."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.actions import orders as deeds
from app.actions.board import BoardChoices, Column, order_view
from app.domain.orders import State
from app.domain.staff import Role
from app.storage.ids import new_id
from tests.support.board import ENTER, SAVE, Board, OpenBoard, going
from tests.support.desk import Station
from tests.support.town import Town, accepted, dispatched, served, submitted, waiting
from ui.parts.question import QuestionOverlay
from ui.screens.board.choosing import ChooseTeam
from ui.screens.board.offices import ReferForm
from ui.screens.board.serve import ServeForm
from ui.theme import theme


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

    def test_a_step_is_asked_where_one_sees_it(self, station: Station, town: Town, board: OpenBoard) -> None:
        order = waiting(station.desk, town)
        it = board((1366, 400))
        it.point(order)
        around = it.screen.pane._around()
        assert around is not None
        bar = around.verticalScrollBar()
        it.until(lambda: bar.maximum() > 0)
        bar.setValue(bar.maximum())
        it.press("t")
        form = it.form()
        assert form is not None
        it.until(
            lambda: 0 <= form.mapTo(around.viewport(), QPoint(0, 0)).y() < around.viewport().height() - 44
        )

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
        it.screen.filters.show_choices(
            BoardChoices(categories=(), regions=(), teams=())
        )  # the last one has left
        it.screen._read()
        it.until(lambda: it.screen.filters.category.count() == 2)
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
        assert it.screen.pane.nothing.sentence() == ""

    def test_waiting_hours_are_a_door(self, station: Station, town: Town, board: OpenBoard) -> None:
        order = going(station, town)
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

    def test_the_card_one_works_on_stays_in_large_mode_and_after_it(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        waiting(station.desk, town)
        ended = waiting(station.desk, town)
        deeds.cancel_order(station.desk, deeds.Reasoned(order=ended, reason="不需要了"))
        order = served(station.desk, town)
        it = board()
        it.point(order)
        it.screen.columns.take_focus()
        theme.use_large(True)
        assert not it.screen.columns.columns[Column.RATING].is_folded
        assert it.screen.columns.columns[Column.RATING].list.hasFocus()
        it.screen.columns.open_column(Column.ENDED)
        it.until(lambda: it.screen.columns.point(ended))
        it.screen.columns.take_focus()
        theme.use_large(False)
        assert it.screen.columns.columns[Column.ENDED].list.hasFocus()

    def test_large_mode_leaves_an_open_form_where_it_is_filled_in(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = waiting(station.desk, town)
        it = board()
        it.point(order)
        it.press("t")
        it.say("镇民政办")
        typed_in = QApplication.focusWidget()
        theme.use_large(True)
        assert it.opened.frame.pane_is_shown()
        assert QApplication.focusWidget() is typed_in

    def test_the_button_of_a_form_gives_up_its_key_where_the_pane_is_too_narrow(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = waiting(station.desk, town)
        it = board()
        it.point(order)
        it.press("t")
        form = it.step_form(ReferForm)
        theme.use_large(True)
        in_full, in_brief = form.save.width_in_full(), form.save.width_in_brief()
        it.until(lambda: form.save.width() == in_full)
        form.setFixedWidth(in_full - 10)
        it.until(lambda: form.save.width() == in_brief)
        form.setFixedWidth(in_full + 10)
        it.until(lambda: form.save.width() == in_full)

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
        phone = it.screen.pane.facts.lines["who"].phone
        assert phone is not None and phone.isVisible() and not phone._eye.isVisible()
        told = it.screen.keys()
        assert not {"D", "A", "R", "Ctrl+P"} & {line.keys for line in told}
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
        it.until(lambda: "没有这张订单" in it.news())
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
        assert it.kept_at(tmp_path / "slip.pdf").startswith(b"%PDF")
        it.until(lambda: "slip.pdf" in it.news())

    def test_the_paper_is_that_of_the_order_as_it_stands_by_then(
        self, station: Station, town: Town, board: OpenBoard
    ) -> None:
        order = waiting(station.desk, town)
        it = board()
        it.point(order)
        it.press("u")
        it.say("城前镇便民服务中心")
        it.press(SAVE)
        it.until(lambda: order in it.cards(Column.HANDED_UP))
        it.point(order)
        it.press((Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier))
        asking = it.file_dialog()
        assert Path(asking.selectedFiles()[0]).name.startswith("转办单")
        it.put_away(asking)

    def test_a_pc_without_a_printer_says_so(self, station: Station, town: Town, board: OpenBoard) -> None:
        order = dispatched(station.desk, town)
        it = board()
        it.point(order)
        it.press((Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier))
        it.until(lambda: "打印机" in it.news())


def _pull(it: Board, source: Column, target: Column, *, escape: bool = False) -> dict[Column, str]:
    """Pull the first card of ``source`` to ``target`` with the mouse; what the columns say on the way."""
    columns = it.screen.columns
    listed = columns.columns[source].list
    start = listed.visualRect(listed.at(0)).center()
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
