"""The gift counter by keys and scans, in the real window on the real database: serving a queue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.actions.desk import Desk, new_id
from app.actions.drafts import my_drafts
from app.actions.people_cards import person_card
from app.actions.redemptions import RedemptionEntry, RedemptionsQuery, redemptions
from app.actions.staff import AdmitStaff, admit_staff
from app.actions.wallets import counter_person
from app.domain.staff import Role
from app.facts import Id
from app.facts.staff import StaffEdited, StaffName
from app.facts.stations import IncarnationBegun
from tests.printing import papers
from tests.support import counter as make
from tests.support.desk import PASSPHRASE, STAFF, Station
from tests.support.faults import no_room_left
from tests.support.hands import Hands, signpost
from tests.support.recording import record_facts
from tests.support.window import open_window
from ui.parts.buttons import Button
from ui.parts.question import QuestionOverlay
from ui.parts.text import Paragraph
from ui.screens.counter import SCREEN
from ui.screens.counter.screen import CounterScreen
from ui.screens.counter.serving import Serving
from ui.theme import theme

KEY = Qt.Key
ENTER, ESCAPE = KEY.Key_Return, KEY.Key_Escape


class Counter(Hands):
    """The open counter."""

    @property
    def screen(self) -> CounterScreen:
        screen = self.opened.screen()
        assert isinstance(screen, CounterScreen)
        return screen

    @property
    def page(self) -> Serving:
        page = self.screen.page()
        assert isinstance(page, Serving)
        return page

    def scan(self, code: str) -> None:
        """What the scanner hands over."""
        self.opened.frame.scanned(code)
        self.settle()

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.key(key)
            self.settle()

    def names(self) -> list[str]:
        return [button.tile.name for button in self.page.shelf.buttons]

    def spoken(self, name: str) -> str:
        """What a screen reader says of a tile."""
        button = next(one for one in self.page.shelf.buttons if one.tile.name == name)
        return button.accessibleName()

    def button(self, name: str) -> Button:
        """A button of the basket by what a screen reader says of it."""
        found: list[Button] = []

        def is_there() -> bool:
            buttons = self.page.basket.findChildren(Button)
            found[:] = [one for one in buttons if one.accessibleName() == name and one.isVisible()]
            return bool(found)

        self.until(is_there)
        return found[0]

    def sum(self) -> str:
        return self.page.basket._sum.text()

    def thanks(self) -> str:
        basket = self.page.basket
        return basket._thanks.accessibleName() if basket._thanks.isVisible() else ""

    def paper(self) -> str:
        basket = self.page.basket
        return basket._paper.accessibleName() if basket._paper.isVisible() else ""

    def obstacle(self) -> str:
        line = self.page.person._obstacle
        return line._words.accessibleName() if line.isVisible() else ""

    def basket_says(self) -> str:
        line = self.page.basket._refusal
        return line._words.accessibleName() if line.isVisible() else ""

    def awaits(self) -> None:
        """Ready for the next scan or name."""
        self.until(self.page.person.line.hasFocus)


def number_of(desk: Desk, person: Id) -> str:
    card = person_card(desk, person)
    assert card.volunteer is not None
    return card.volunteer.number


def given(desk: Desk) -> tuple[RedemptionEntry, ...]:
    return redemptions(desk, RedemptionsQuery()).rows


def code_of(counter: Counter, name: str) -> str:
    return next(one.tile.code for one in counter.page.shelf.buttons if one.tile.name == name)


@pytest.fixture
def towel(station: Station) -> Id:
    """The cheapest gift but one: soap 5, towel 12, kettle 60."""
    make.stocked(station, "肥皂", 5, unit="块")
    make.stocked(station, "电水壶", 60, unit="个", quantity=2)
    return make.stocked(station, "毛巾", 12, 40, spec="纯棉")


@pytest.fixture
def wang(station: Station) -> Id:
    return make.with_points(station.desk, 45, "王建明")


@pytest.fixture
def counter(station: Station, towel: Id, wang: Id, qtbot: QtBot) -> Iterator[Counter]:
    with open_window(station.desk, SCREEN) as opened:
        hands = Counter(opened, qtbot)
        hands.settle()
        yield hands


def test_scan_one_enter_enter(station: Station, counter: Counter, wang: Id) -> None:
    counter.awaits()
    assert counter.names() == ["肥皂", "毛巾", "电水壶"]
    counter.scan(number_of(station.desk, wang))
    assert counter.page.person._balance.text() == "45 分"
    assert "2026年第2季度可以兑换" in counter.page.person._right.accessibleName()
    counter.press(KEY.Key_2, ENTER)
    assert counter.sum() == "45 → 33 分"
    assert counter.page.basket.confirm.hasFocus()
    counter.press(ENTER)
    assert counter.thanks() == "已扣 12 分，余 33 分。谢谢您"
    [entry] = given(station.desk)
    assert (entry.who, entry.points_cents, entry.after_cents) == ("王*明", 1200, 3300)
    assert [(line.name, line.stock_after) for line in entry.gifts] == [("毛巾", 39)]
    counter.awaits()
    assert counter.page.person.shown is None
    assert "余 39 条" in counter.spoken("毛巾")


def test_a_card_at_another_page_means_that_somebody_has_come(
    station: Station, counter: Counter, wang: Id
) -> None:
    counter.awaits()
    counter.screen.show_page("gifts")
    counter.scan(number_of(station.desk, wang))
    counter.until(
        lambda: counter.screen.tabs.current() == "serving" and counter.page.person.shown is not None
    )


def test_a_name_in_pinyin_does_as_well_as_a_card(counter: Counter) -> None:
    counter.awaits()
    counter.write("wjm")
    counter.press(ENTER)
    counter.until(lambda: counter.page.person.shown is not None)
    counter.until(lambda: counter.page.shelf.buttons[0].hasFocus())
    assert counter.page.person.line.text() == ""


def test_letters_on_the_shelf_begin_the_next_name(counter: Counter, station: Station, wang: Id) -> None:
    counter.scan(number_of(station.desk, wang))
    counter.write("w")
    counter.settle()
    assert counter.page.person.line.text() == "w"
    assert counter.page.person.shown is None
    counter.awaits()


def test_what_is_not_affordable_stays_and_says_how_much_is_missing(
    station: Station, counter: Counter, wang: Id
) -> None:
    assert "还差" not in counter.spoken("电水壶")
    counter.scan(number_of(station.desk, wang))
    assert "还差 15 分" in counter.spoken("电水壶")
    counter.press(KEY.Key_3)
    assert counter.basket_says() == "再拿电水壶还差 15 分。"
    assert counter.page.basket.is_empty()
    counter.press(KEY.Key_2)
    assert counter.basket_says() == ""
    assert "还差 27 分" in counter.spoken("电水壶")


def test_the_second_redemption_of_the_quarter_is_refused_with_the_next_day(
    station: Station, towel: Id, wang: Id, qtbot: QtBot
) -> None:
    make.redeemed(station.desk, wang, towel)
    li = make.with_points(station.desk, 8, "李秀英", phone="13711112222")
    with open_window(station.desk, SCREEN) as opened:
        counter = Counter(opened, qtbot)
        counter.settle()
        counter.scan(number_of(station.desk, wang))
        assert counter.obstacle() == "本季度4月7日在桃源村新时代文明实践站兑换过，7月1日起可以再兑换。"
        assert "今天 毛巾，12 分" in counter.page.person._last.accessibleName()
        counter.awaits()
        counter.page.put(counter.page.shelf.buttons[1].tile)
        assert counter.page.basket.is_empty()
        counter.scan(number_of(station.desk, li))
        assert counter.obstacle() == ""
        assert counter.page.person._balance.text() == "8 分"


def test_another_person_over_a_full_basket_is_asked_about(
    station: Station, counter: Counter, wang: Id
) -> None:
    li = make.with_points(station.desk, 20, "李秀英", phone="13711112222")
    counter.scan(number_of(station.desk, wang))
    counter.press(KEY.Key_2)
    counter.scan(number_of(station.desk, li))
    question = counter.overlay(QuestionOverlay)
    assert question.question.title == "王*明的篮子里还有礼品"
    assert question.stay.text() == "先给王*明办完"
    assert question.stay.hasFocus()
    counter.press(ENTER)
    shown = counter.page.person.shown
    assert shown is not None and shown.person == wang
    assert not counter.page.basket.is_empty()
    counter.scan(number_of(station.desk, li))
    question = counter.overlay(QuestionOverlay)
    assert [answer.text for answer in question.question.answers] == ["换成李*英"]
    question._give(question.question.answers[0])
    counter.settle()
    shown = counter.page.person.shown
    assert shown is not None and shown.person == li
    assert counter.page.basket.is_empty()


def test_the_same_person_again_changes_nothing(station: Station, counter: Counter, wang: Id) -> None:
    counter.scan(number_of(station.desk, wang))
    counter.press(KEY.Key_2)
    counter.scan(number_of(station.desk, wang))
    assert not counter.page.basket.is_empty()
    assert not [one for one in counter.opened.window.findChildren(QuestionOverlay) if one.isVisible()]


def test_scanning_a_gift_picks_it(station: Station, counter: Counter, wang: Id, towel: Id) -> None:
    counter.scan(code_of(counter, "毛巾"))
    assert counter.basket_says() == "先扫卡，或者打名字，再拿礼品。"
    counter.awaits()
    counter.scan(number_of(station.desk, wang))
    counter.scan(code_of(counter, "毛巾"))
    assert counter.page.basket.taken() == {towel: 1}


def test_keys_take_more_and_fewer(station: Station, counter: Counter, wang: Id, towel: Id) -> None:
    counter.scan(number_of(station.desk, wang))
    counter.press(KEY.Key_2, KEY.Key_Plus, KEY.Key_1)
    assert list(counter.page.basket.taken().values()) == [2, 1]
    assert "× 2" in counter.spoken("毛巾")
    counter.press(KEY.Key_Minus)
    assert counter.page.basket.taken() == {towel: 2}
    counter.press(KEY.Key_Backspace)
    assert counter.page.basket.taken() == {towel: 1}
    counter.press(ENTER)
    assert counter.sum() == "45 → 33 分"
    counter.press(KEY.Key_F9)
    assert counter.page.basket.is_empty()
    assert counter.page.person.shown is None
    counter.awaits()


def test_more_and_fewer_by_the_mouse(station: Station, counter: Counter, wang: Id, towel: Id) -> None:
    counter.scan(number_of(station.desk, wang))
    counter.click(counter.page.shelf.buttons[1])
    counter.click(counter.button("多一件毛巾"))
    assert counter.page.basket.taken() == {towel: 2}
    counter.click(counter.button("少一件毛巾"))
    assert counter.page.basket.taken() == {towel: 1}


def test_what_has_run_out_is_not_taken(station: Station, counter: Counter, wang: Id) -> None:
    rich = make.with_points(station.desk, 200, "赵富", phone="13811110000")
    counter.scan(number_of(station.desk, rich))
    counter.press(KEY.Key_3, KEY.Key_3, KEY.Key_3)
    assert counter.basket_says() == "电水壶没有了。"
    assert list(counter.page.basket.taken().values()) == [2]


def test_what_went_meanwhile_is_refused_at_the_confirmation(
    station: Station, counter: Counter, wang: Id
) -> None:
    rich = make.with_points(station.desk, 200, "赵富", phone="13811110000")
    counter.scan(number_of(station.desk, rich))
    counter.press(KEY.Key_3, KEY.Key_3, ENTER)
    kettle = counter.page.shelf.buttons[2].tile.gift
    other = make.with_points(station.desk, 100, "钱多", phone="13811110001")
    make.redeemed(station.desk, other, kettle)
    counter.press(ENTER)
    assert "电水壶" in counter.basket_says()
    assert counter.thanks() == ""
    assert "余" in counter.spoken("电水壶")
    counter.press(KEY.Key_Minus, ENTER, ENTER)
    assert counter.thanks() == "已扣 60 分，余 140 分。谢谢您"


def test_somebody_else_fetches_it(station: Station, counter: Counter, wang: Id) -> None:
    counter.scan(number_of(station.desk, wang))
    counter.press(KEY.Key_2, KEY.Key_F8)
    counter.until(counter.page.person.agent_name.hasFocus)
    counter.press(ENTER)
    assert counter.page.person.relation.hasFocus()
    counter.press(ENTER)
    assert counter.page.basket.confirm.hasFocus()
    counter.press(ENTER)
    assert counter.page.person._agent_refusal.isVisible()
    counter.until(counter.page.person.agent_name.hasFocus)
    counter.say("李小")
    counter.press(ENTER)
    counter.say("儿子")
    counter.press(ENTER, ENTER)
    [entry] = given(station.desk)
    assert (entry.agent, entry.relation) == ("李*", "儿子")
    counter.scan(number_of(station.desk, wang))
    assert not counter.page.person.agent.value()


def test_a_second_member_of_staff_looks_on(station: Station, counter: Counter, wang: Id) -> None:
    counter.scan(number_of(station.desk, wang))
    counter.page.person.checker.set_value(station.staff[Role.ADMINISTRATOR])
    counter.press(KEY.Key_2, ENTER, ENTER)
    assert given(station.desk)[0].checker == STAFF[Role.ADMINISTRATOR]


def test_who_came_to_the_staff_meanwhile_may_look_on(station: Station, counter: Counter) -> None:
    admit = AdmitStaff(staff=new_id(), name="周敏", role=Role.CLERK, passphrase=PASSPHRASE)
    station.sit(Role.ADMINISTRATOR)
    counter.opened.jobs.run(counter.page, admit_staff, admit, done=lambda _admitted: None)
    counter.settle()
    choice = counter.page.person.checker
    assert "周敏" in [choice.itemText(place) for place in range(choice.count())]


def test_what_is_on_its_way_is_not_sent_again(station: Station, counter: Counter, wang: Id) -> None:
    counter.scan(number_of(station.desk, wang))
    counter.press(KEY.Key_2, ENTER)
    done: list[object] = []
    counter.opened.jobs.changed.connect(done.append)
    page = counter.page
    page.confirm()
    page.put(page.shelf.buttons[0].tile)
    page.confirm()
    counter.settle()
    assert len(done) == 1, "a second answer would print a second receipt"
    assert counter.thanks() == "已扣 12 分，余 33 分。谢谢您"


def test_a_quarter_in_doubt_asks_for_a_second_one(station: Station, counter: Counter, wang: Id) -> None:
    """It is said before anything is chosen, and Enter leads to who looks on."""
    today = station.desk.today()
    begun = IncarnationBegun(
        station=station.desk.device.station,
        incarnation=2,
        register="K7",
        replayed=0,
        doubt_from=today,
        doubt_until=today,
    )
    record_facts(station.desk, begun)
    counter.scan(number_of(station.desk, wang))
    assert "可能没有找回来" in counter.obstacle()
    counter.press(KEY.Key_2, ENTER, ENTER)
    assert "请一位同事复核" in counter.basket_says()
    counter.until(counter.page.person.checker.hasFocus)
    assert given(station.desk) == ()
    counter.press(KEY.Key_Down, ENTER)
    assert counter.page.basket.confirm.hasFocus(), "who looks on is said: Enter goes on"
    counter.press(ENTER)
    assert given(station.desk)[0].checker == STAFF[Role.ADMINISTRATOR]


def test_nobody_serves_themselves(station: Station, counter: Counter, wang: Id) -> None:
    clerk = station.staff[Role.CLERK]
    station.sit(Role.ADMINISTRATOR)
    known = {clerk: StaffName(name=STAFF[Role.CLERK], person=wang)}
    record_facts(station.desk, StaffEdited(staff=clerk), known)
    station.sit(Role.CLERK)
    counter.scan(number_of(station.desk, wang))
    assert counter.obstacle() != ""
    assert not counter.page.basket.confirm.isEnabled()
    counter.awaits()


def test_a_printer_that_is_not_there_is_no_trouble(station: Station, counter: Counter, wang: Id) -> None:
    counter.scan(number_of(station.desk, wang))
    counter.press(KEY.Key_2, ENTER, ENTER)
    number = given(station.desk)[0].number
    assert counter.paper() == f"凭证 {number}。这台电脑没有打印机，要凭证就存成 PDF"
    assert counter.page.basket.print.text() == "存成 PDF"
    counter.press(KEY.Key_F10)
    counter.put_away(counter.file_dialog())
    counter.write("w")
    counter.settle()
    assert counter.thanks() == ""
    assert counter.paper() == ""


def test_a_receipt_that_is_saved_again_is_marked(
    station: Station, counter: Counter, wang: Id, tmp_path: Path
) -> None:
    counter.scan(number_of(station.desk, wang))
    counter.press(KEY.Key_2, ENTER, ENTER)
    said = []
    for name in ("first", "again"):
        counter.press(KEY.Key_F10)
        said.append("".join(papers.pages(counter.kept_at(tmp_path / f"{name}.pdf"))))
    assert ["补打" in one for one in said] == [False, True]


def test_an_unknown_card_says_so_and_the_next_scan_works(
    station: Station, counter: Counter, wang: Id
) -> None:
    unknown = number_of(station.desk, wang).replace("1022", "9022")
    counter.scan(unknown)
    assert unknown in counter.news()
    counter.scan(number_of(station.desk, wang))
    assert counter.page.person._balance.text() == "45 分"


def test_a_card_of_somewhere_else_is_told(station: Station, counter: Counter) -> None:
    from app.domain.numbers import volunteer_number

    counter.scan(volunteer_number("370883102204", "A2", 999))
    assert counter.obstacle() != ""
    counter.awaits()


def test_undoing_gives_the_points_the_quarter_and_the_gift_back(
    station: Station, counter: Counter, wang: Id
) -> None:
    counter.scan(number_of(station.desk, wang))
    counter.press(KEY.Key_2, ENTER, ENTER)
    counter.key(KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    counter.settle()
    counter.until(lambda: counter_person(station.desk, wang).balance_cents == 4500)
    assert counter_person(station.desk, wang).obstacle is None
    counter.settle()
    assert "余 40 条" in counter.spoken("毛巾")
    assert "，已撤销" in counter.page.person._last.accessibleName()


def test_the_shelf_has_pages(station: Station, qtbot: QtBot) -> None:
    for place in range(11):
        make.stocked(station, f"礼品{place:02}", place + 1)
    person = make.with_points(station.desk, 45, "王建明")
    with open_window(station.desk, SCREEN) as opened:
        counter = Counter(opened, qtbot)
        counter.settle()
        assert len(counter.names()) == 9
        counter.scan(number_of(station.desk, person))
        counter.press(KEY.Key_PageDown)
        assert counter.names() == ["礼品09", "礼品10"]
        counter.press(KEY.Key_2)
        assert counter.page.basket.cost_cents() == 1100
        counter.press(KEY.Key_PageDown, KEY.Key_PageUp)
        assert counter.names()[0] == "礼品00"
        theme.use_large(True)
        counter.settle()
        assert len(counter.names()) == 4


@pytest.mark.parametrize("role, is_told_who", [(Role.CLERK, True), (Role.ADMINISTRATOR, False)])
def test_an_empty_shelf_teaches(station: Station, qtbot: QtBot, role: Role, is_told_who: bool) -> None:
    with open_window(station.sit(role), SCREEN) as opened:
        counter = Counter(opened, qtbot)
        counter.settle()
        assert counter.page.empty.isVisible()
        assert not counter.page.shelf.isVisible()
        said = counter.page.empty.findChildren(Paragraph)[0].accessibleName()
        assert ("请管理员" in said) == is_told_who
        if not is_told_who:
            counter.page.empty.button.click()
            assert counter.screen.tabs.current() == "gifts"


def test_auditors_look_and_give_out_nothing(station: Station, towel: Id, qtbot: QtBot) -> None:
    with open_window(station.sit(Role.AUDITOR), SCREEN) as opened:
        counter = Counter(opened, qtbot)
        counter.settle()
        assert list(counter.screen.pages) == ["gifts"]
        for name in ("register", "closing"):
            counter.screen.show_page(name)
            counter.settle()
        assert not [page for page in counter.screen.pages.values() if isinstance(page, Serving)]


def test_f6_goes_round_the_pages_and_f1_tells_their_keys(counter: Counter) -> None:
    seen = []
    for _page in range(5):
        counter.press(KEY.Key_F6)
        seen.append(counter.screen.tabs.current())
        assert counter.screen.keys()
    assert seen == ["gifts", "counting", "register", "closing", "serving"]
    told = counter.screen.keys()
    assert "F10" in [one.keys for one in told]


def test_somebody_sent_from_another_screen_stands_at_the_counter(
    station: Station, towel: Id, wang: Id, qtbot: QtBot
) -> None:
    went: list[Id] = []
    with open_window(station.desk, SCREEN, signpost("volunteers", went)) as opened:
        counter = Counter(opened, qtbot)
        counter.settle()
        opened.frame.go("counter", wang)
        counter.until(lambda: counter.page.person.shown is not None)
        opened.frame.go("counter", towel)
        counter.until(lambda: counter.screen.tabs.current() == "gifts")


def test_escape_leads_from_the_basket_to_the_shelf_and_to_the_line(
    station: Station, counter: Counter, wang: Id
) -> None:
    counter.scan(number_of(station.desk, wang))
    counter.press(KEY.Key_2, ENTER, ESCAPE)
    assert any(button.hasFocus() for button in counter.page.shelf.buttons)
    counter.press(KEY.Key_Minus, ESCAPE)
    counter.awaits()


def test_a_full_disk_gives_nothing_out_and_the_second_try_gives_it_once(
    station: Station, counter: Counter, wang: Id, towel: Id
) -> None:
    counter.scan(number_of(station.desk, wang))
    counter.press(KEY.Key_2, ENTER)
    with no_room_left():
        counter.press(ENTER)
    assert counter.news() != ""
    assert counter.thanks() == ""
    assert given(station.desk) == ()
    assert counter.page.basket.taken() == {towel: 1}
    assert counter.page.basket.confirm.hasFocus()
    counter.press(ENTER)
    assert counter.thanks() == "已扣 12 分，余 33 分。谢谢您"
    assert len(given(station.desk)) == 1
    assert counter.news() == ""


class TestTheBasketThatWasNotConfirmed:
    """It survives a crash, is given out once, and is forgotten with that."""

    def fill(self, station: Station, counter: Counter, wang: Id) -> None:
        """Two towels for 王建明, whom his son stands in for."""
        counter.scan(number_of(station.desk, wang))
        counter.press(KEY.Key_2, KEY.Key_2)
        counter.key(KEY.Key_F8)
        counter.say("王强")
        counter.key(ENTER)
        counter.say("儿子")

    def test_is_there_again_after_a_crash(self, station: Station, towel: Id, wang: Id, qtbot: QtBot) -> None:
        with open_window(station.desk, SCREEN) as first:
            counter = Counter(first, qtbot)
            counter.settle()
            self.fill(station, counter, wang)
            counter.until(lambda: any("儿子" in kept.body for kept in my_drafts(station.desk, "basket")))
        with open_window(station.desk, SCREEN) as second:
            counter = Counter(second, qtbot)
            counter.until(lambda: counter.sum() == "45 → 21 分")
            counter.settle()
            counter.page.basket.confirm.click()
            counter.until(lambda: "已扣 24 分" in counter.thanks())
            assert my_drafts(station.desk, "basket") == ()
        entry = redemptions(station.desk, RedemptionsQuery()).rows[0]
        assert (entry.pieces, entry.agent, entry.relation) == (2, "王*", "儿子")
        with open_window(station.desk, SCREEN) as third:
            counter = Counter(third, qtbot)
            counter.settle()
            assert counter.page.basket.is_empty() and counter.page.person.shown is None

    def test_is_forgotten_when_it_is_emptied(self, station: Station, counter: Counter, wang: Id) -> None:
        self.fill(station, counter, wang)
        counter.until(lambda: my_drafts(station.desk, "basket"))
        counter.press(KEY.Key_F9)
        counter.until(lambda: not my_drafts(station.desk, "basket"))

    def test_is_not_for_who_redeemed_meanwhile(
        self, station: Station, towel: Id, wang: Id, qtbot: QtBot
    ) -> None:
        with open_window(station.desk, SCREEN) as first:
            counter = Counter(first, qtbot)
            counter.settle()
            self.fill(station, counter, wang)
            counter.screen.put_down()
            counter.until(lambda: my_drafts(station.desk, "basket"))
        make.redeemed(station.desk, wang, towel)
        with open_window(station.desk, SCREEN) as second:
            counter = Counter(second, qtbot)
            counter.until(lambda: not my_drafts(station.desk, "basket"))
            assert counter.page.basket.is_empty() and counter.page.person.shown is None
