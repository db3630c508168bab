"""Hours approved and service recorded by keys, in the real window on the real database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.actions.desk import Desk
from app.actions.drafts import my_drafts
from app.actions.services import (
    Evidence,
    ServicesQuery,
    record_services,
    services,
    waiting_service_count,
)
from app.domain.services import PHOTO_BYTES, State
from app.domain.staff import Role
from app.facts import Id
from app.facts.staff import StaffEdited, StaffName
from tests.support import served as make
from tests.support.desk import STAFF, Station
from tests.support.hands import Typist
from tests.support.recording import record_facts
from tests.support.window import Opened, open_window
from ui.parts.chips import Chip
from ui.parts.photos import PhotoOverlay, PhotoThumb
from ui.parts.pictures import LONGEST_SIDE_PX, photo_of, small_jpeg
from ui.screen import Screen
from ui.screens.services import SCREEN
from ui.screens.services.recording import Recording
from ui.screens.services.screen import ServicesScreen
from ui.theme import theme

ENTER, SPACE, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape
SAVE = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
TOGETHER = (Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)


class Desktop(Typist):
    """The open screen and what a person can do with it."""

    def __init__(self, opened: Opened, desk: Desk, qtbot: QtBot) -> None:
        super().__init__(opened, desk, qtbot)
        screen = opened.screen()
        assert isinstance(screen, ServicesScreen)
        self.screen = screen
        self.queue, self.pane = screen.queue, screen.pane

    @property
    def form(self) -> Recording:
        assert self.screen.recording is not None
        return self.screen.recording

    def until_counted(self, count: int) -> None:
        self.until(lambda: self.queue.table.total() == count)

    def until_pane_shows(self, service: Id) -> None:
        self.until(lambda: self.pane.whole is not None and self.pane.whole.evidence.service == service)

    def listed(self, state: State) -> tuple[Evidence, ...]:
        return services(self.desk, ServicesQuery(state=state)).rows

    def choose_volunteer(self, typed: str) -> None:
        """Type a volunteer and take the only one who is proposed."""
        self.press(typed, ENTER)
        line = self.form.lines[-1]
        self.until(lambda: not line.who.is_empty())


@pytest.fixture
def wang(desk: Desk) -> Id:
    return make.volunteer(desk, "王小明")


@pytest.fixture
def queue(station: Station, wang: Id, qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Desktop, list[Id]]]:
    """The screen over three records that wait: two from one go, one that came later."""
    desk = station.desk
    li = make.volunteer(desk, "李秀英", phone="13711112222")
    pair = [make.served(wang, make.at(9), 60), make.served(li, make.at(9), 90)]
    record_services(desk, make.what(*pair, photos=(jpeg(tmp_path),)))
    station.clock.forward(minutes=5)
    waiting = [*(one.service for one in pair), make.recorded(desk, wang, make.at(14), 30)]
    with open_window(desk, SCREEN) as opened:
        desktop = Desktop(opened, desk, qtbot)
        desktop.until_counted(3)
        desktop.until(desktop.queue.table.hasFocus)
        yield desktop, waiting


@pytest.fixture
def recording(station: Station, wang: Id, qtbot: QtBot) -> Iterator[Desktop]:
    """The empty form of 补录."""
    with open_window(station.desk, SCREEN) as opened:
        desktop = Desktop(opened, station.desk, qtbot)
        desktop.until(desktop.queue.empty.isVisible)
        desktop.press(Qt.Key.Key_F3)
        desktop.until(desktop.form.lines[0].who.hasFocus)
        yield desktop


def jpeg(folder: Path, side: int = 40) -> bytes:
    """A real picture, which is then a file in ``folder``, too."""
    image = QImage(side, side // 2, QImage.Format.Format_RGB32)
    image.fill(QColor("#7a9a6a"))
    path = folder / f"photo-{side}.png"
    image.save(str(path))
    made = small_jpeg(str(path))
    assert made is not None
    return made


class TestQueue:
    def test_the_search_goes_below_the_choices_where_they_have_no_room_beside_each_other(
        self, queue: tuple[Desktop, list[Id]]
    ) -> None:
        desktop, _waiting = queue
        parts, search = desktop.queue.states.findChildren(Chip), desktop.queue.search

        def top(widget: QWidget) -> int:
            return widget.mapTo(desktop.queue, QPoint(0, 0)).y()

        desktop.until(lambda: {top(part) for part in parts} == {top(search)})
        theme.use_large(True)
        desktop.screen.window().resize(1024, 540)
        desktop.until(lambda: len({top(part) for part in parts}) == 1 and top(parts[0]) < top(search))

    def test_one_key_approves_and_the_next_one_comes(self, queue: tuple[Desktop, list[Id]]) -> None:
        desktop, waiting = queue
        desktop.press("a")
        desktop.until_counted(2)
        assert [row.service for row in desktop.listed(State.APPROVED)] == [waiting[0]]
        row = desktop.queue.table.row()
        assert row is not None
        assert row.service == waiting[1]
        desktop.until_pane_shows(waiting[1])
        assert "通过了，计 1 小时" in desktop.opened.frame.banner.sentence()
        desktop.press("a")
        desktop.until_counted(1)
        desktop.press("a")
        desktop.until(desktop.queue.empty.isVisible)
        assert waiting_service_count(desktop.desk, None) == 0
        desktop.press(ENTER)
        assert desktop.queue.isVisible(), "one Enter too many records nothing"

    def test_the_last_one_is_approved_by_its_button(self, queue: tuple[Desktop, list[Id]]) -> None:
        desktop, waiting = queue
        for left, service in zip((2, 1, 0), waiting, strict=True):
            desktop.until_pane_shows(service)
            desktop.until(desktop.pane.approve.isVisible)
            desktop.pane.approve.setFocus()
            desktop.press(ENTER)
            desktop.until_counted(left)
        desktop.until(desktop.queue.empty.isVisible)
        desktop.until(lambda: desktop.pane.whole is None)
        desktop.press(ENTER, ENTER)
        assert desktop.queue.isVisible(), "one Enter too many records nothing"

    def test_what_was_recorded_in_one_go_is_approved_in_one_go(self, queue: tuple[Desktop, list[Id]]) -> None:
        desktop, waiting = queue
        desktop.until_pane_shows(waiting[0])
        assert desktop.pane.approve_all.text() == "同批 2 条通过"
        desktop.press(TOGETHER)
        desktop.until_counted(1)
        assert {row.service for row in desktop.listed(State.APPROVED)} == set(waiting[:2])

    def test_a_record_alone_offers_no_batch(self, queue: tuple[Desktop, list[Id]]) -> None:
        desktop, waiting = queue
        desktop.press(Qt.Key.Key_End)
        desktop.until_pane_shows(waiting[2])
        assert not desktop.pane.approve_all.isVisible()

    def test_declining_wants_a_reason(self, queue: tuple[Desktop, list[Id]]) -> None:
        desktop, waiting = queue
        desktop.press("x")
        desktop.ask()
        desktop.press(SAVE)
        assert desktop.listed(State.DECLINED) == ()
        desktop.press(SPACE, SAVE)
        desktop.until_counted(2)
        (row,) = desktop.listed(State.DECLINED)
        assert (row.service, row.reason) == (waiting[0], "时间对不上")

    def test_enter_takes_a_reason_and_goes_on_to_the_answer(self, queue: tuple[Desktop, list[Id]]) -> None:
        desktop, waiting = queue
        desktop.press("x")
        desktop.ask()
        desktop.press(Qt.Key.Key_Right, Qt.Key.Key_Return)
        assert desktop.listed(State.DECLINED) == ()
        desktop.press(Qt.Key.Key_Enter)
        desktop.until_counted(2)
        (row,) = desktop.listed(State.DECLINED)
        assert (row.service, row.reason) == (waiting[0], "没有照片或签字")

    def test_an_approved_one_is_found_and_revoked_with_a_reason(
        self, queue: tuple[Desktop, list[Id]]
    ) -> None:
        desktop, waiting = queue
        desktop.press("a")
        desktop.until_counted(2)
        desktop.press(Qt.Key.Key_F6)
        desktop.until_counted(1)
        desktop.until_pane_shows(waiting[0])
        desktop.until(desktop.pane.reverse.isVisible)
        assert not desktop.pane.approve.isVisible()
        desktop.queue.table.setFocus()
        desktop.press("r")
        desktop.ask()
        desktop.press(SPACE, SAVE)
        desktop.until(desktop.queue.empty.isVisible)
        (row,) = desktop.listed(State.REVERSED)
        assert (row.service, row.reason) == (waiting[0], "重复记了")

    def test_nobody_approves_their_own(
        self, station: Station, wang: Id, queue: tuple[Desktop, list[Id]]
    ) -> None:
        desktop, waiting = queue
        member = station.staff[Role.CLERK]
        known = {member: StaffName(name=STAFF[Role.CLERK], person=wang)}
        record_facts(station.desk, StaffEdited(staff=member), known)
        desktop.until_pane_shows(waiting[0])
        desktop.press("a")
        desktop.until(desktop.pane._refusal.isVisible)
        assert "自己的服务时长" in desktop.pane._refusal._words.accessibleName()
        assert waiting_service_count(desktop.desk, None) == 3
        desktop.press(Qt.Key.Key_Down, "a")
        desktop.until_counted(2)
        desktop.until(lambda: not desktop.pane._refusal.isVisible())

    def test_the_list_is_searched(self, queue: tuple[Desktop, list[Id]]) -> None:
        desktop, waiting = queue
        desktop.press((Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier), "lixiuy")
        desktop.until_counted(1)
        desktop.until_pane_shows(waiting[1])
        desktop.press(ESCAPE)
        desktop.until_counted(3)
        assert desktop.queue.table.hasFocus()

    def test_another_screen_brings_a_record(self, queue: tuple[Desktop, list[Id]]) -> None:
        desktop, waiting = queue
        desktop.press("a")
        desktop.until_counted(2)
        desktop.screen.go_to(waiting[0])
        desktop.until_counted(1)
        desktop.until_pane_shows(waiting[0])
        assert desktop.queue.state() is State.APPROVED

    def test_the_evidence_has_its_photo(self, queue: tuple[Desktop, list[Id]]) -> None:
        desktop, waiting = queue
        desktop.until_pane_shows(waiting[0])
        desktop.until(lambda: bool(desktop.pane.findChildren(PhotoThumb)))
        (thumb,) = desktop.pane.findChildren(PhotoThumb)
        desktop.until(lambda: thumb.toolTip() == "看大图")
        thumb.click()
        assert desktop.opened.window.findChildren(PhotoOverlay)

    def test_auditors_look_and_decide_nothing(self, station: Station, wang: Id, qtbot: QtBot) -> None:
        service = make.recorded(station.desk, wang)
        station.sit(Role.AUDITOR)
        with open_window(station.desk, SCREEN) as opened:
            desktop = Desktop(opened, station.desk, qtbot)
            desktop.until_pane_shows(service)
            for button in (desktop.pane.approve, desktop.pane.decline, desktop.queue.record):
                assert not button.isVisible()
            told = {help_.keys for help_ in Screen.keys(desktop.screen)}
            assert told.isdisjoint({"A", "Shift+A", "X", "R", "F3"})


class TestRecording:
    def test_two_volunteers_by_keys(self, station: Station, recording: Desktop) -> None:
        desktop = recording
        make.volunteer(station.desk, "李秀英", phone="13711112222")
        desktop.choose_volunteer("wangxm")
        assert desktop.form.lines[0].when.hasFocus()
        desktop.say("昨天9-11")
        desktop.press(Qt.Key.Key_F8)
        assert desktop.form.lines[1].when.value() == "昨天9-11"
        desktop.choose_volunteer("lixiuy")
        desktop.until(lambda: is_in(desktop.form.category))
        assert desktop.form.total.text() == "2 位，共 4 小时"
        desktop.press("3")
        desktop.until(desktop.form.content.hasFocus)
        assert desktop.form.activity.value() == "代购代办"
        desktop.say("买米送到家")
        desktop.press(ENTER)
        assert desktop.form.record.hasFocus()
        desktop.press(ENTER)
        desktop.until(lambda: len(desktop.listed(State.WAITING)) == 2)
        rows = desktop.listed(State.WAITING)
        assert {row.who for row in rows} == {"王*明", "李*英"}
        assert {(row.minutes, row.activity, row.content) for row in rows} == {(120, "代购代办", "买米送到家")}
        desktop.until(lambda: len(desktop.form.lines) == 1 and desktop.form.draft().is_blank)
        assert "已记下 2 条，共 4 小时" in desktop.opened.frame.banner.sentence()
        desktop.press(ESCAPE)
        desktop.until_counted(2)

    def test_a_refusal_stands_under_its_line_and_goes_with_the_keystroke(
        self, station: Station, wang: Id, recording: Desktop
    ) -> None:
        desktop = recording
        make.recorded(station.desk, wang, make.at(10), 60)
        fill(desktop, "昨天9-11")
        desktop.press(SAVE)
        row = desktop.form.form.row_of(desktop.form.lines[0])
        desktop.until(row.refusal.isVisible)
        assert "时间重叠" in row.refusal._words.accessibleName()
        assert desktop.form.lines[0].when.hasFocus()
        desktop.press("x")
        assert not row.refusal.isVisible()
        assert len(desktop.listed(State.WAITING)) == 1

    @pytest.mark.parametrize("typed, says", [("", "几点"), ("昨天9-9", "起止时间一样"), ("9-20", "还没到")])
    def test_a_stretch_that_cannot_be_is_refused(
        self, wang: Id, recording: Desktop, typed: str, says: str
    ) -> None:
        desktop = recording
        fill(desktop, typed)
        desktop.press(SAVE)
        row = desktop.form.form.row_of(desktop.form.lines[0])
        desktop.until(row.refusal.isVisible)
        assert says in row.refusal._words.accessibleName()
        assert waiting_service_count(desktop.desk, None) == 0

    def test_what_is_missing_is_said_where_it_is_missing(self, recording: Desktop) -> None:
        desktop = recording
        fill(desktop, "昨天9-11")
        desktop.form.content.set_value("")
        desktop.press(SAVE)
        row = desktop.form.form.row_of(desktop.form.content)
        desktop.until(row.refusal.isVisible)
        assert desktop.form.content.hasFocus()

    def test_a_line_too_many_is_taken_out(self, recording: Desktop) -> None:
        desktop = recording
        desktop.press(Qt.Key.Key_F8)
        assert len(desktop.form.lines) == 2
        assert not desktop.form.lines[0].away.isVisible()
        desktop.form.lines[1].away.click()
        assert len(desktop.form.lines) == 1
        assert desktop.form.lines[0].who.hasFocus()

    def test_a_category_from_the_tree_stands_on_the_last_key(self, recording: Desktop) -> None:
        desktop = recording
        desktop.form.category.setFocus()
        desktop.press("0")
        desktop.press("liangxueya", ENTER)
        assert desktop.form.category.value() == "health.visit"
        assert desktop.form.activity.value() == "上门量血压"

    def test_what_is_half_typed_is_there_again(
        self, station: Station, recording: Desktop, qtbot: QtBot
    ) -> None:
        desktop = recording
        fill(desktop, "昨天9-11")
        desktop.screen.put_down()
        desktop.until(lambda: bool(my_drafts(station.desk, "service")))
        station.clock.forward(days=1)
        with open_window(station.desk, SCREEN) as opened:
            again = Desktop(opened, station.desk, qtbot)
            again.until(lambda: not again.form.draft().is_blank)
            line = again.form.lines[0]
            assert (line.who.text(), line.when.value()) == ("王小明", "2026-04-06 09:00-11:00")
            assert again.form.content.value() == "买米"
            assert again.form.request().stretches[0].service == desktop.form.lines[0].service

    def test_a_recorded_one_is_no_draft_any_more(self, station: Station, recording: Desktop) -> None:
        desktop = recording
        fill(desktop, "昨天9-11")
        desktop.screen.put_down()
        desktop.until(lambda: bool(my_drafts(station.desk, "service")))
        desktop.press(SAVE)
        desktop.until(lambda: len(desktop.listed(State.WAITING)) == 1)
        assert my_drafts(station.desk, "service") == ()

    def test_a_word_that_comes_too_late_makes_no_draft_of_what_is_recorded(
        self, station: Station, recording: Desktop
    ) -> None:
        desktop = recording
        fill(desktop, "昨天9-11")
        with desktop.while_it_is_slow():
            desktop.press(SAVE)
            desktop.form.content.set_value("买米，还买了药")
            desktop.screen.put_down()
        desktop.until(lambda: len(desktop.listed(State.WAITING)) == 1)
        desktop.settle()
        assert my_drafts(station.desk, "service") == ()

    def test_what_was_thrown_away_can_be_brought_back(self, station: Station, recording: Desktop) -> None:
        desktop = recording
        fill(desktop, "昨天9-11")
        desktop.screen.put_down()
        desktop.until(lambda: bool(my_drafts(station.desk, "service")))
        desktop.form.away.click()
        desktop.until(lambda: my_drafts(station.desk, "service") == ())
        assert desktop.form.draft().is_blank
        desktop.opened.frame.banner.act()
        assert desktop.form.lines[0].who.text() == "王小明"
        desktop.until(lambda: bool(my_drafts(station.desk, "service")))

    def test_photos_go_with_it(self, recording: Desktop, tmp_path: Path) -> None:
        desktop = recording
        fill(desktop, "昨天9-11")
        jpeg(tmp_path, 60)
        desktop.form.photos.add_files([str(tmp_path / "photo-60.png"), str(tmp_path / "none.jpg")])
        assert len(desktop.form.photos.findChildren(PhotoThumb)) == 2, "their places are there at once"
        desktop.until(lambda: "打不开" in desktop.opened.frame.banner.sentence())
        assert len(desktop.form.photos.value()) == 1
        desktop.until(lambda: desktop.form.photos._add.x() == 0)
        desktop.press(SAVE)
        desktop.until(lambda: len(desktop.listed(State.WAITING)) == 1)
        assert len(desktop.listed(State.WAITING)[0].photos) == 1
        desktop.until(lambda: desktop.form.photos.value() == ())

    def test_photos_that_are_not_made_yet_are_waited_for(self, recording: Desktop, tmp_path: Path) -> None:
        desktop = recording
        fill(desktop, "昨天9-11")
        jpeg(tmp_path, 60)
        desktop.form.photos.add_files([str(tmp_path / "photo-60.png"), str(tmp_path / "none.jpg")])
        desktop.press(SAVE)
        assert "打不开" in desktop.opened.frame.banner.sentence()
        desktop.until(lambda: len(desktop.listed(State.WAITING)) == 1)
        assert len(desktop.listed(State.WAITING)[0].photos) == 1

    def test_photos_that_are_taken_away_do_not_come_back(self, recording: Desktop, tmp_path: Path) -> None:
        photos = recording.form.photos
        jpeg(tmp_path, 60)
        photos.add_files([str(tmp_path / "photo-60.png")])
        photos._clear.click()
        recording.until(recording.opened.jobs.is_resting)
        assert photos.value() == ()


def test_a_large_photo_becomes_a_small_one(qtbot: QtBot, tmp_path: Path) -> None:
    made = jpeg(tmp_path, 4000)
    image = QImage.fromData(made)
    assert len(made) <= PHOTO_BYTES
    assert (image.width(), image.height()) == (LONGEST_SIDE_PX, LONGEST_SIDE_PX // 2)
    assert photo_of(made).small.width() == LONGEST_SIDE_PX * 3 // 10, (
        "what is shown is no larger than it need be"
    )


def fill(desktop: Desktop, when: str) -> None:
    """Everything but what the test is about."""
    desktop.choose_volunteer("wangxm")
    line = desktop.form.lines[0]
    line.when.setFocus()
    if when:
        desktop.say(when)
    desktop.form.category.set_value("errands")
    desktop.form.activity.set_value("代购")
    desktop.form.content.set_value("买米")


def is_in(widget: QWidget) -> bool:
    """Whether the focus is inside."""
    focused = QApplication.focusWidget()
    return focused is not None and widget.isAncestorOf(focused)
