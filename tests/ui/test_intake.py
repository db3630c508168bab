"""The intake screen by keys and clicks: the real window on the real encrypted database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.actions.board import BoardFilter, Column, OrderView, board, order_view
from app.actions.drafts import my_drafts
from app.actions.people_cards import person_card
from app.actions.search import suggest_people
from app.domain.calendar import instant_at
from app.domain.numbers import aloud
from app.domain.orders import Channel, State
from app.domain.people import Group
from app.domain.staff import Role
from app.facts import Id
from tests.support.desk import Station
from tests.support.people import order, resident, volunteer
from tests.support.window import PATIENCE_MS, Opened, open_window
from ui.jobs import Jobs
from ui.parts.buttons import Button
from ui.parts.keyrow import KeyRow
from ui.parts.question import QuestionOverlay
from ui.screens.intake import SCREEN
from ui.screens.intake.draft import Line, Who
from ui.screens.intake.form import IntakeForm
from ui.screens.intake.pane import IntakePane
from ui.screens.intake.person import PersonLine, name_and_phone
from ui.screens.intake.screen import Intake
from ui.screens.intake.tree import CategoryTree
from ui.theme import theme

CTRL = Qt.KeyboardModifier.ControlModifier
ADDRESS = "桃源村 3 组 12 号"


class Clerk:
    """Somebody at the keyboard, who counts the keys pressed."""

    def __init__(self, opened: Opened, qtbot: QtBot) -> None:
        self.opened, self.qtbot, self.keys = opened, qtbot, 0

    @property
    def window(self) -> QWidget:
        return self.opened.window

    @property
    def screen(self) -> Intake:
        shown = self.opened.screen()
        assert isinstance(shown, Intake)
        return shown

    @property
    def form(self) -> IntakeForm:
        return self.screen._form

    def who(self) -> Who:
        """Who was found or registered in the line."""
        found = self.form.requester.value()
        assert found is not None
        return found

    @property
    def pane(self) -> IntakePane:
        return self.screen._pane

    def focused(self) -> QWidget:
        found: QWidget | None = self.window.focusWidget()
        return found or self.window

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1
        QTest.keyClick(self.focused(), key, modifiers)

    def enter(self) -> None:
        self.key(Qt.Key.Key_Return)

    def type(self, text: str) -> None:
        for letter in text:
            self.keys += 1
            QTest.keyClicks(self.focused(), letter)

    def say(self, text: str) -> None:
        """Chinese, as an input method commits it; its keys are not counted."""
        committed = QInputMethodEvent()
        committed.setCommitString(text)
        QApplication.sendEvent(self.focused(), committed)

    def save(self) -> None:
        self.key(Qt.Key.Key_Return, CTRL)

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=PATIENCE_MS)

    def asks_for(self, field: QWidget) -> bool:
        """Whether the cursor stands in this question."""
        return field is self.focused() or field.isAncestorOf(self.focused())

    def saved(self) -> str:
        self.until(lambda: self.pane.number.number() != "")
        return str(self.pane.number.number())


@pytest.fixture
def wang(station: Station) -> Id:
    return resident(
        station.desk,
        "王秀芳",
        phone="13812341234",
        address=ADDRESS,
        region="370883102204",
        born_on=date(1948, 3, 2),
        groups=(Group.ALONE, Group.ELDERLY),
    )


@pytest.fixture
def opened(station: Station, wang: Id, dressed: QApplication) -> Iterator[Opened]:
    with open_window(station.desk, SCREEN) as window:
        yield window


@pytest.fixture
def clerk(opened: Opened, qtbot: QtBot) -> Clerk:
    at_the_keys = Clerk(opened, qtbot)
    at_the_keys.until(lambda: at_the_keys.asks_for(at_the_keys.form.requester))
    return at_the_keys


def only_order(station: Station) -> OrderView:
    cards = board(station.desk, BoardFilter()).columns[Column.SCREENING]
    assert len(cards) == 1
    return order_view(station.desk, cards[0].id)


def choose_wang(clerk: Clerk) -> None:
    clerk.type("1381234")
    clerk.enter()
    clerk.until(lambda: clerk.asks_for(clerk.form.category))


def fill_order(clerk: Clerk) -> None:
    choose_wang(clerk)
    clerk.type("2")
    clerk.say("上门剪头发")


class TestAnOrderInFifteenSeconds:
    def test_a_known_requester_needs_twelve_keys_besides_the_words(
        self, clerk: Clerk, station: Station, wang: Id
    ) -> None:
        clerk.key(Qt.Key.Key_F2)
        clerk.type("1381234")
        clerk.enter()
        clerk.until(lambda: clerk.asks_for(clerk.form.category))
        clerk.type("3")
        clerk.say("买米降压药")
        clerk.enter()
        clerk.save()
        number = clerk.saved()
        assert clerk.keys <= 12
        taken = only_order(station)
        assert (taken.short, taken.what, taken.place) == (number, "买米降压药", ADDRESS)
        assert (taken.requester.id, taken.beneficiary.id, taken.category) == (wang, wang, "errands")
        assert taken.channel is Channel.WALK_IN
        assert taken.advance_cents == 0

    def test_with_a_time_and_every_letter_of_the_words_it_is_about_thirty(
        self, clerk: Clerk, station: Station
    ) -> None:
        clerk.key(Qt.Key.Key_F2)
        clerk.type("1381234")
        clerk.enter()
        clerk.until(lambda: clerk.asks_for(clerk.form.category))
        clerk.type("3")
        clerk.type("maimijiangyayao")
        clerk.enter()
        assert clerk.asks_for(clerk.form.wanted)
        clerk.type("+2")
        assert clerk.form.wanted.echo() == "今天 4月7日 11:00"
        clerk.save()
        clerk.saved()
        assert clerk.keys <= 32
        assert only_order(station).wanted_at == station.clock.now + timedelta(hours=2)

    def test_afterwards_the_number_stands_to_be_read_aloud_and_the_next_may_come(self, clerk: Clerk) -> None:
        fill_order(clerk)
        clerk.save()
        number = clerk.saved()
        card = clerk.pane.number
        assert card.isVisible()
        assert aloud(number) in card.accessibleName()
        assert clerk.asks_for(clerk.form.requester)
        assert clerk.form.draft().is_blank
        QTest.mouseClick(card, Qt.MouseButton.LeftButton)
        assert QGuiApplication.clipboard().text() == number
        assert clerk.asks_for(clerk.form.requester)
        choose_wang(clerk)
        assert card.number() == number

    def test_a_span_of_time_stays_one(self, clerk: Clerk, station: Station) -> None:
        fill_order(clerk)
        clerk.form.wanted.setFocus()
        clerk.type("m")
        clerk.save()
        clerk.saved()
        taken = only_order(station)
        tomorrow = date(2026, 4, 8)
        assert (taken.wanted_from, taken.wanted_at) == (
            instant_at(tomorrow),
            instant_at(tomorrow + timedelta(days=1)),
        )

    def test_what_is_missing_is_said_under_its_question_and_goes_with_the_mending_key(
        self, clerk: Clerk
    ) -> None:
        clerk.save()
        row = clerk.form.row_of(clerk.form.requester)
        clerk.until(row.refusal.isVisible)
        assert clerk.asks_for(clerk.form.requester)
        clerk.type("1")
        assert not row.refusal.isVisible()

    def test_a_moment_that_is_none_is_refused_before_anything_is_sent(self, clerk: Clerk) -> None:
        fill_order(clerk)
        clerk.form.wanted.setFocus()
        clerk.type("xyz")
        clerk.save()
        clerk.until(clerk.form.row_of(clerk.form.wanted).refusal.isVisible)
        assert clerk.asks_for(clerk.form.wanted)

    def test_ctrl_z_takes_it_back_and_everything_typed_stands_there_again(
        self, clerk: Clerk, station: Station
    ) -> None:
        fill_order(clerk)
        clerk.save()
        clerk.saved()
        before = only_order(station)
        clerk.key(Qt.Key.Key_Z, CTRL)
        clerk.until(lambda: clerk.form.what.value() == "上门剪头发")
        assert order_view(station.desk, before.id).state is State.CANCELLED
        clerk.save()
        clerk.until(lambda: clerk.form.draft().is_blank)
        assert only_order(station).id != before.id


class TestASlowAnswer:
    @pytest.fixture
    def held(self, clerk: Clerk) -> Iterator[threading.Event]:
        """The worker is busy with something else until this is set."""
        go_on = threading.Event()

        def hold(_desk: object, _query: None) -> None:
            go_on.wait(20)

        fill_order(clerk)
        clerk.until(lambda: clerk.form.place.value() == ADDRESS)
        clerk.opened.jobs.read(clerk.window, hold, None, done=lambda _nothing: None)
        yield go_on
        go_on.set()

    def test_does_not_hold_the_next_resident_up(
        self, clerk: Clerk, station: Station, held: threading.Event
    ) -> None:
        clerk.save()
        clerk.until(lambda: clerk.form.draft().is_blank)
        clerk.type("139")
        assert clerk.pane.number.number() == ""
        held.set()
        number = clerk.saved()
        assert only_order(station).short == number
        assert clerk.form.requester._search.text() == "139"
        assert not clerk.screen._tabs.isVisible()

    def test_that_is_no_is_told_without_taking_the_cursor_away(
        self, clerk: Clerk, station: Station, held: threading.Event
    ) -> None:
        clerk.form.wanted.setFocus()
        clerk.type("+30m")
        clerk.save()
        station.clock.forward(hours=1)
        clerk.until(lambda: clerk.form.draft().is_blank)
        clerk.type("139")
        held.set()
        clerk.until(lambda: "王秀芳 · 理发 还没记下" in clerk.opened.frame.banner.sentence())
        assert clerk.form.requester._search.text() == "139"
        clerk.opened.frame.banner.act()
        assert clerk.form.what.value() == "上门剪头发"
        clerk.form.wanted.clear()
        clerk.save()
        clerk.saved()


class TestWho:
    def test_pinyin_finds_and_arrows_choose(self, clerk: Clerk, station: Station, wang: Id) -> None:
        resident(station.desk, "王秀兰", phone="13612345678")
        clerk.type("wangx")
        search = clerk.form.requester._search
        clerk.until(lambda: search.is_open() and len(search.proposals()) == 3)
        clerk.key(Qt.Key.Key_Down)
        clerk.enter()
        clerk.until(lambda: clerk.form.requester.value() is not None)
        chosen = clerk.who()
        assert chosen.id == wang
        assert chosen.detail == "尾号 1234 · 独居、老年人"
        clerk.until(lambda: clerk.pane.person.person == wang)
        clerk.until(lambda: clerk.form.place.value() == ADDRESS)

    def test_somebody_new_is_registered_in_the_line_and_the_order_goes_on(
        self, clerk: Clerk, station: Station
    ) -> None:
        clerk.say("杨秀英")
        search = clerk.form.requester._search
        clerk.until(lambda: search.is_open())
        clerk.enter()
        clerk.type("13987654321")
        clerk.enter()
        clerk.until(lambda: clerk.asks_for(clerk.form.category))
        found = suggest_people(station.desk, "yangxy").hits
        assert [hit.name for hit in found] == ["杨秀英"]
        assert clerk.who().id == found[0].id

    def test_name_and_phone_typed_in_one_go_are_parted(self, clerk: Clerk, station: Station) -> None:
        clerk.say("杨秀英 139 8765 4321")
        clerk.until(lambda: clerk.form.requester._search.is_open())
        clerk.enter()
        clerk.enter()
        clerk.until(lambda: clerk.asks_for(clerk.form.category))
        found = suggest_people(station.desk, "yangxy").hits
        assert [(hit.name, hit.phone_tail) for hit in found] == [("杨秀英", "4321")]

    @pytest.mark.parametrize(
        "typed, parted",
        [
            ("杨秀英", ("杨秀英", "")),
            ("13987654321", ("", "13987654321")),
            ("杨秀英13987654321", ("杨秀英", "13987654321")),
            ("0571-8765432 杨秀英", ("杨秀英", "0571-8765432")),
            ("yangxy", ("", "")),
            ("YXY 13987654321", ("", "13987654321")),
            ("Anna Berg 13987654321", ("Anna Berg", "13987654321")),
        ],
    )
    def test_what_was_looked_for_begins_the_registration(self, typed: str, parted: tuple[str, str]) -> None:
        assert name_and_phone(typed) == parted

    def test_a_wrong_phone_is_refused_in_the_line(self, clerk: Clerk) -> None:
        clerk.say("杨秀英")
        clerk.until(lambda: clerk.form.requester._search.is_open())
        clerk.enter()
        clerk.type("1398765")
        clerk.enter()
        row = clerk.form.row_of(clerk.form.requester)
        clerk.until(row.refusal.isVisible)
        assert clerk.asks_for(clerk.form.requester)
        clerk.type("4321")
        assert not row.refusal.isVisible()
        clerk.key(Qt.Key.Key_Escape)
        assert clerk.form.requester._search.text() == "杨秀英"

    def test_ctrl_enter_registers_who_is_new_first(self, clerk: Clerk, station: Station) -> None:
        fill_order(clerk)
        clerk.key(Qt.Key.Key_B, CTRL)
        assert clerk.asks_for(clerk.form.beneficiary)
        clerk.say("杨秀英")
        clerk.until(lambda: clerk.form.beneficiary.line._search.is_open())
        clerk.enter()
        clerk.save()
        clerk.saved()
        taken = only_order(station)
        assert (taken.requester.name, taken.beneficiary.name) == ("王秀芳", "杨秀英")

    def test_the_place_is_where_the_beneficiary_lives_unless_it_was_typed(
        self, clerk: Clerk, station: Station
    ) -> None:
        resident(station.desk, "李大爷", phone="13700000001", address="曹村 1 号")
        choose_wang(clerk)
        clerk.until(lambda: clerk.form.place.value() == ADDRESS)
        clerk.key(Qt.Key.Key_B, CTRL)
        clerk.type("13700000001")
        clerk.enter()
        clerk.until(lambda: clerk.form.place.value() == "曹村 1 号")
        clerk.form.place.setFocus()
        clerk.form.place.selectAll()
        clerk.say("村委会")
        clerk.key(Qt.Key.Key_B, CTRL)
        clerk.until(lambda: clerk.pane.person.isVisible() and clerk.form.beneficiary.value() is None)
        assert clerk.form.place.value() == "村委会"

    def test_the_eye_shows_the_phone_for_a_reason(self, clerk: Clerk) -> None:
        choose_wang(clerk)
        block = clerk.pane.person
        clerk.until(lambda: block.phone.isVisible())
        assert block.phone._words.text() == "138 **** 1234"
        QTest.mouseClick(block.phone._eye, Qt.MouseButton.LeftButton)
        question = clerk.window.findChild(QuestionOverlay)
        assert question is not None and question._words is not None
        QTest.keyClicks(question._words, "dianhua")
        QTest.keyClick(question, Qt.Key.Key_Return, CTRL)
        clerk.until(lambda: block.phone._words.text() == "138 1234 1234")


class TestSwallows:
    def test_a_swallow_carries_it_with_consent_and_is_there_again_for_the_next(
        self, clerk: Clerk, station: Station
    ) -> None:
        swallow = volunteer(station.desk, "赵晓燕", phone="13912340002")
        clerk.key(Qt.Key.Key_F6)
        clerk.key(Qt.Key.Key_F6)
        assert clerk.form.channel.value() is Channel.SWALLOW
        assert clerk.asks_for(clerk.form.requester)
        clerk.type("1381234")
        clerk.enter()
        clerk.until(lambda: clerk.asks_for(clerk.form.proxy))
        clerk.form.category.setFocus()
        clerk.type("2")
        clerk.say("上门剪头发")
        clerk.save()
        row = clerk.form.row_of(clerk.form.proxy)
        clerk.until(row.refusal.isVisible)
        clerk.type("13912340002")
        clerk.enter()
        clerk.until(lambda: clerk.form.proxy.value() is not None)
        clerk.save()
        clerk.until(clerk.form.row_of(clerk.form.consented).refusal.isVisible)
        clerk.key(Qt.Key.Key_Space)
        clerk.save()
        clerk.saved()
        taken = only_order(station)
        assert taken.proxy is not None and taken.proxy.id == swallow
        assert taken.consented
        assert clerk.form.channel.value() is Channel.SWALLOW
        clerk.until(lambda: clerk.form.proxy.value() is not None)
        proxy = clerk.form.proxy.value()
        assert proxy is not None and proxy.name == person_card(station.desk, swallow).name
        assert clerk.form.draft().is_blank

    def test_f6_goes_round_all_channels(self, clerk: Clerk) -> None:
        seen = []
        for _press in Channel:
            clerk.key(Qt.Key.Key_F6)
            seen.append(clerk.form.channel.value())
        assert set(seen) == set(Channel)
        assert not clerk.form.proxy.isVisible()


class TestCategory:
    def test_zero_opens_the_tree(self, clerk: Clerk) -> None:
        choose_wang(clerk)
        clerk.type("0")
        tree = clerk.window.findChild(CategoryTree)
        assert tree is not None and tree.isVisible()
        clerk.type("yao")
        clerk.enter()
        assert clerk.form.category.value() == "errands.medicine"
        assert clerk.asks_for(clerk.form.what)
        shown: KeyRow[str] = clerk.form.category
        assert shown.value() == "errands.medicine"

    def test_a_category_with_money_opens_the_advance_by_itself(self, clerk: Clerk, station: Station) -> None:
        choose_wang(clerk)
        assert not clerk.form.extra.isVisible()
        clerk.type("3")
        assert clerk.form.extra.isVisible() and clerk.form.extra.shopping.value()
        clerk.say("买米")
        clerk.form.extra.amount.setFocus()
        clerk.type("12.345")
        clerk.save()
        clerk.until(clerk.form.row_of(clerk.form.extra).refusal.isVisible)
        clerk.key(Qt.Key.Key_Backspace)
        clerk.save()
        clerk.saved()
        assert only_order(station).advance_cents == 1234

    def test_urgent_cautions_and_policy(self, clerk: Clerk, station: Station) -> None:
        fill_order(clerk)
        clerk.key(Qt.Key.Key_F8)
        clerk.key(Qt.Key.Key_F7)
        assert clerk.asks_for(clerk.form.extra)
        clerk.key(Qt.Key.Key_Space)
        clerk.form.mind.cautions.setFocus()
        clerk.key(Qt.Key.Key_Space)
        clerk.save()
        clerk.saved()
        taken = only_order(station)
        assert (taken.urgent, taken.policy_covered, taken.cautions) == (True, True, ("alone",))


class TestTheSameThing:
    def test_is_suggested_and_joined_by_f9(self, clerk: Clerk, station: Station, wang: Id) -> None:
        known = order(station.desk, wang, "剪头发", category="haircut")
        choose_wang(clerk)
        clerk.type("2")
        clerk.until(lambda: clerk.pane.same.isVisible())
        assert clerk.pane.same.first() == known
        clerk.say("还是剪头发")
        clerk.key(Qt.Key.Key_F9)
        assert clerk.saved() == order_view(station.desk, known).short
        assert only_order(station).asked_again == 1
        clerk.until(lambda: not clerk.pane.same.isVisible())
        assert clerk.form.draft().is_blank

    def test_never_stands_in_the_way(self, clerk: Clerk, station: Station, wang: Id) -> None:
        order(station.desk, wang, "剪头发", category="haircut")
        choose_wang(clerk)
        clerk.type("2")
        clerk.until(lambda: clerk.pane.same.isVisible())
        assert clerk.asks_for(clerk.form.what)
        clerk.say("剪头发")
        clerk.save()
        clerk.saved()
        assert len(board(station.desk, BoardFilter()).columns[Column.SCREENING]) == 2


class TestDrafts:
    def test_are_saved_soon_after_the_typing_stops(self, clerk: Clerk, station: Station) -> None:
        fill_order(clerk)
        clerk.until(lambda: any("上门剪头发" in kept.body for kept in my_drafts(station.desk, "order")))
        clerk.until(lambda: clerk.screen._note.text() == "草稿 09:00 已存")

    def test_are_all_there_after_a_crash_with_the_cursor_where_it_was(
        self, station: Station, wang: Id, qtbot: QtBot, dressed: QApplication
    ) -> None:
        with open_window(station.desk, SCREEN) as first:
            clerk = Clerk(first, qtbot)
            fill_order(clerk)
            clerk.until(lambda: clerk.form.place.value() == ADDRESS)
            station.clock.forward(minutes=1)
            clerk.key(Qt.Key.Key_F2)
            clerk.type("138")
            clerk.form.what.setFocus()
            clerk.say("半句")
            clerk.until(lambda: len(my_drafts(station.desk, "order")) == 2)
            clerk.until(lambda: any("半句" in kept.body for kept in my_drafts(station.desk, "order")))
        with open_window(station.desk, SCREEN) as second:
            clerk = Clerk(second, qtbot)
            clerk.until(lambda: clerk.form.what.value() == "半句")
            assert clerk.asks_for(clerk.form.what)
            assert clerk.form.requester._search.text() == "138"
            clerk.key(Qt.Key.Key_Tab, CTRL)
            assert clerk.who().id == wang
            assert (clerk.form.what.value(), clerk.form.category.value()) == ("上门剪头发", "haircut")
            clerk.save()
            clerk.saved()
            assert [kept.body for kept in my_drafts(station.desk, "order") if "剪头发" in kept.body] == []

    def test_plus_two_counts_from_when_it_was_typed(
        self, station: Station, wang: Id, qtbot: QtBot, dressed: QApplication
    ) -> None:
        with open_window(station.desk, SCREEN) as first:
            clerk = Clerk(first, qtbot)
            fill_order(clerk)
            clerk.form.wanted.setFocus()
            clerk.type("+2")
            clerk.until(lambda: any("+2" in kept.body for kept in my_drafts(station.desk, "order")))
        typed_at = station.clock.now
        station.clock.forward(hours=1)
        with open_window(station.desk, SCREEN) as second:
            clerk = Clerk(second, qtbot)
            clerk.until(lambda: clerk.form.wanted.text() == "+2")
            clerk.save()
            clerk.saved()
        assert only_order(station).wanted_at == typed_at + timedelta(hours=2)

    def test_f2_begins_the_next_and_ctrl_tab_goes_back(self, clerk: Clerk) -> None:
        assert not clerk.screen._tabs.isVisible()
        fill_order(clerk)
        clerk.key(Qt.Key.Key_F2)
        assert clerk.screen._tabs.isVisible()
        assert clerk.asks_for(clerk.form.requester) and clerk.form.draft().is_blank
        clerk.key(Qt.Key.Key_F2)
        assert len(clerk.screen._drafts.all()) == 2
        clerk.key(Qt.Key.Key_Tab, CTRL)
        assert clerk.form.what.value() == "上门剪头发"
        assert clerk.asks_for(clerk.form.what)

    def test_one_is_thrown_away_and_brought_back(self, clerk: Clerk, station: Station) -> None:
        fill_order(clerk)
        clerk.until(lambda: len(my_drafts(station.desk, "order")) == 1)
        QTest.mouseClick(clerk.screen._away, Qt.MouseButton.LeftButton)
        assert clerk.form.draft().is_blank
        clerk.until(lambda: my_drafts(station.desk, "order") == ())
        clerk.opened.frame.banner.act()
        assert clerk.form.what.value() == "上门剪头发"

    def test_are_saved_at_once_when_the_clerk_gets_up(self, clerk: Clerk, station: Station) -> None:
        clerk.type("138000")
        clerk.opened.frame.sleep()
        clerk.opened.jobs.close()
        assert ["138000" in kept.body for kept in my_drafts(station.desk, "order")] == [True]

    def test_are_each_clerks_own(self, clerk: Clerk, opened: Opened, station: Station) -> None:
        fill_order(clerk)
        clerk.until(lambda: len(my_drafts(station.desk, "order")) == 1)
        station.sit(Role.ADMINISTRATOR)
        assert my_drafts(station.desk, "order") == ()
        station.sit(Role.CLERK)


class TestLargeMode:
    @pytest.fixture
    def large(self, station: Station, wang: Id, qtbot: QtBot, dressed: QApplication) -> Iterator[Clerk]:
        with open_window(station.desk, SCREEN, kept={"large": "true"}) as window:
            yield Clerk(window, qtbot)

    def test_asks_one_group_a_page_and_enter_turns_it(self, large: Clerk, station: Station) -> None:
        assert theme.large
        large.until(lambda: large.asks_for(large.form.requester))
        assert not large.form.category.isVisible()
        choose_wang(large)
        assert large.form.category.isVisible() and not large.form.requester.isVisible()
        large.type("2")
        large.say("剪头发")
        large.until(lambda: large.form.place.value() == ADDRESS)
        large.enter()
        assert large.asks_for(large.form.wanted)
        large.key(Qt.Key.Key_PageUp)
        assert large.form.category.isVisible()
        large.save()
        large.saved()
        assert only_order(station).what == "剪头发"
        assert large.asks_for(large.form.requester)

    def test_what_to_mind_takes_no_more_height_than_it_needs(self, large: Clerk) -> None:
        large.window.resize(1920, 1040)
        large.form.show_group(2)
        mind = large.form.mind
        large.until(lambda: mind.isVisible() and mind.height() == mind.heightForWidth(mind.width()))

    def test_a_refusal_turns_to_its_page(self, large: Clerk) -> None:
        choose_wang(large)
        large.key(Qt.Key.Key_PageDown)
        large.save()
        large.until(large.form.row_of(large.form.category).refusal.isVisible)
        assert large.asks_for(large.form.category)


@pytest.mark.parametrize("width, is_shared", [(900, True), (560, False)])
def test_name_and_phone_of_somebody_new_have_room(
    sample_jobs: Jobs, show: Callable[[QWidget], QWidget], width: int, is_shared: bool
) -> None:
    line = PersonLine(
        sample_jobs,
        lambda: instant_at(date(2026, 4, 7), 9 * 60),
        "电话、拼音或姓名",
        name="谁",
        beside=Button("给本人", key="Ctrl+B"),
    )
    show(line)
    line.setFixedWidth(width)
    line.set_line(Line(is_new=True, name="艾力克木"))
    QTest.qWait(0)
    assert (line._name.y() == line._register.y()) is is_shared
    assert line._phone.width() >= 150
