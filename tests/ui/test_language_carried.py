"""What somebody was at when the language changes: it is the same in the new one, or stays as it is until it is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.actions.closings import CloseDay, close_day
from app.actions.desk import new_id
from app.actions.people_list import Who
from app.actions.star_rounds import OpenStarRound, open_star_round
from app.actions.teams import JoinTeam, join_team
from app.domain.people import Group
from app.domain.services import State
from app.domain.staff import Role
from app.facts.policies import PolicySet
from app.words import SOURCE_LANGUAGE, _
from tests.support import counter as gifts
from tests.support import served
from tests.support.desk import Station
from tests.support.hands import CTRL, Hands
from tests.support.people import resident
from tests.support.recording import record_facts
from tests.support.town import settle_town, waiting
from tests.support.window import open_window
from ui.frame import screens_found
from ui.language import speech
from ui.parts.chips import Chip
from ui.parts.people import PersonField
from ui.parts.question import QuestionOverlay
from ui.screens.board.forms import StepForm
from ui.screens.board.screen import BoardScreen
from ui.screens.certificates.screen import CertificatesScreen
from ui.screens.counter.closing import Closing
from ui.screens.counter.register import ALL, Register
from ui.screens.counter.screen import CounterScreen
from ui.screens.counter.serving import Serving
from ui.screens.intake.person import PersonLine
from ui.screens.intake.screen import Intake
from ui.screens.services.screen import ServicesScreen
from ui.screens.settings.audittrail import AuditSection
from ui.screens.settings.screen import SettingsScreen
from ui.screens.stars.screen import StarsScreen
from ui.screens.teams.pane import RATED
from ui.screens.teams.screen import Teams
from ui.screens.volunteers.screen import Volunteers

KEY = Qt.Key
TABLE = PolicySet(policy="stars", value='{"hours": [1, 2, 4]}', valid_from=served.REGISTERED_ON)


@pytest.fixture(autouse=True)
def chinese_again() -> Iterator[None]:
    yield
    speech.use(SOURCE_LANGUAGE)


class Clerk(Hands):
    """At any screen."""

    def go(self, key: str) -> None:
        self.opened.frame.go(key)
        self.settle()

    def speak(self) -> None:
        """In English from now on."""
        self.opened.frame.speak("en")
        self.settle()

    def at(self, kind: type[Any]) -> Any:
        screen = self.opened.screen()
        assert isinstance(screen, kind)
        return screen

    def choose(self, field: Any, value: Any) -> None:
        """As a click on it does."""
        field.set_value(value)
        field.edited.emit()
        self.settle()


@contextmanager
def sitting(station: Station, qtbot: QtBot, role: Role = Role.CLERK) -> Iterator[Clerk]:
    with open_window(station.sit(role), *screens_found(), size=(1366, 900)) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.settle()
        yield clerk


def test_the_register_of_people_keeps_search_choices_person_and_page(station: Station, qtbot: QtBot) -> None:
    person, team = served.volunteer(station.desk, "赵晓燕"), served.team(station.desk)
    join_team(station.desk, JoinTeam(team=team, persons=(person,)))
    served.approved(station.desk, person)
    with sitting(station, qtbot) as clerk:
        clerk.go("volunteers")
        before = clerk.at(Volunteers)
        clerk.write("zxy")
        clerk.choose(before.filters.choices.team, team)
        before.register.take_focus()
        clerk.until(lambda: before.pane.whole is not None and before.pane.whole.card.id == person)
        clerk.key(KEY.Key_1)
        clerk.settle()
        assert before.ledgers.isVisible()
        clerk.go("today")
        clerk.speak()
        clerk.go("volunteers")
        after = clerk.at(Volunteers)
        assert after is not before
        clerk.until(lambda: after.ledgers.isVisible())
        assert after.pane.whole.card.id == person
        clerk.key(KEY.Key_Escape)
        clerk.settle()
        assert (after.filters.search.text(), after.filters.narrowed.team) == ("zxy", team)
        assert after.filters.choices.team.isVisible()
        assert after.register.table().total() == 1


def test_residents_stay_residents(station: Station, qtbot: QtBot) -> None:
    settle_town(station.desk)
    with sitting(station, qtbot) as clerk:
        clerk.go("volunteers")
        clerk.choose(clerk.at(Volunteers).filters.who, Who.RESIDENTS)
        clerk.speak()
        after = clerk.at(Volunteers)
        assert after.filters.who.value() is Who.RESIDENTS
        assert after.register.people.total() == 1


def test_the_board_keeps_its_filter(station: Station, qtbot: QtBot) -> None:
    town = settle_town(station.desk)
    order = waiting(station.desk, town)
    with sitting(station, qtbot) as clerk:
        clerk.go("board")
        before = clerk.at(BoardScreen)
        clerk.choose(before.filters.category, "haircut")
        clerk.choose(before.filters.only, ("overdue",))
        clerk.choose(before.filters.only, ())
        clerk.speak()
        after = clerk.at(BoardScreen)
        assert after is not before
        assert after.filters.filter.categories == {"haircut"}
        clerk.until(lambda: after.columns.current() == order)


def test_somebody_in_a_half_typed_order_is_told_apart_in_the_new_language(
    station: Station, qtbot: QtBot
) -> None:
    resident(station.desk, "王秀兰", phone="13612345678", groups=frozenset({Group.LEFT_BEHIND}))
    with sitting(station, qtbot) as clerk:
        clerk.go("intake")
        before = clerk.at(Intake)
        clerk.write("wxl")
        search = before.findChild(PersonLine).focusProxy()
        clerk.until(lambda: search.is_open())
        clerk.enter()
        clerk.until(lambda: search.value() is not None)
        clerk.speak()
        again = clerk.at(Intake).findChild(PersonLine).focusProxy()
        clerk.until(lambda: again.text() == "王秀兰")
        assert again is not search
        assert again.accessibleDescription() == "ending 5678 · Left behind"


def test_the_one_whose_hours_are_half_typed_is_told_apart_in_the_new_language(
    station: Station, qtbot: QtBot
) -> None:
    served.volunteer(station.desk, "赵晓燕", phone="13900005678")
    with sitting(station, qtbot) as clerk:

        def who() -> PersonField:
            """In the first line, which is made anew when its draft comes back."""
            found: PersonField = clerk.at(ServicesScreen).recording.lines[0].who
            return found

        clerk.go("services")
        clerk.key(KEY.Key_F3)
        clerk.settle()
        clerk.write("zxy")
        before = who()
        clerk.until(before.is_open)
        clerk.enter()
        clerk.until(lambda: before.value() is not None)
        clerk.speak()
        clerk.until(lambda: who().text() == "赵晓燕")
        assert who() is not before
        assert who().accessibleDescription() == "ending 5678"


def test_answers_of_a_step_stay_as_they_are_until_it_is_done(station: Station, qtbot: QtBot) -> None:
    """Also where they are chosen and not typed."""
    order = waiting(station.desk, settle_town(station.desk))
    with sitting(station, qtbot) as clerk:
        clerk.go("board")
        before = clerk.at(BoardScreen)
        before.columns.point(order)
        clerk.settle()
        clerk.key(KEY.Key_Delete)
        clerk.settle()
        form = before.pane.form()
        assert isinstance(form, StepForm)
        clerk.click(form.findChildren(Chip)[0])
        clerk.speak()
        assert clerk.at(BoardScreen) is before
        clerk.save()
        clerk.until(lambda: clerk.opened.screen() is not before)
        assert clerk.at(BoardScreen).filters.narrow.text() == _("筛选") == "Filter"


def test_the_records_keep_their_state_and_search(station: Station, qtbot: QtBot) -> None:
    served.approved(station.desk, served.volunteer(station.desk))
    with sitting(station, qtbot) as clerk:
        clerk.go("services")
        before = clerk.at(ServicesScreen)
        clerk.choose(before.queue.states, State.APPROVED)
        before.queue.search.setFocus()
        clerk.write("wxm")
        clerk.speak()
        after = clerk.at(ServicesScreen)
        assert (after.queue.state(), after.queue.search.text()) == (State.APPROVED, "wxm")
        clerk.until(lambda: after.queue.table.total() == 1)


def test_the_teams_keep_search_page_and_whom_somebody_adds(station: Station, qtbot: QtBot) -> None:
    settle_town(station.desk)
    with sitting(station, qtbot) as clerk:
        clerk.go("teams")
        before = clerk.at(Teams)
        before.tree.search.setFocus()
        clerk.write("lfd")
        before.middle.add_line.setFocus()
        clerk.write("zeng")
        before.middle.show_page(RATED)
        clerk.settle()
        clerk.speak()
        after = clerk.at(Teams)
        assert after is not before
        assert (after.tree.search.text(), after.middle.add_line.text()) == ("lfd", "zeng")
        assert after.middle.pages.value() == RATED


def test_a_team_that_is_only_chosen_stays_until_it_is_founded(station: Station, qtbot: QtBot) -> None:
    with sitting(station, qtbot) as clerk:
        clerk.go("teams")
        before = clerk.at(Teams)
        clerk.key(KEY.Key_N, CTRL)
        assert not before.is_amid()
        clerk.choose(before.form.form.categories, ("haircut",))
        clerk.speak()
        assert clerk.at(Teams) is before


def test_a_certificate_keeps_its_volunteer_ticks_and_consent(station: Station, qtbot: QtBot) -> None:
    person = served.volunteer(station.desk)
    kept = served.approved(station.desk, person)
    served.approved(station.desk, person, served.at(14))
    with sitting(station, qtbot) as clerk:
        clerk.opened.frame.go("certificates", person)
        clerk.settle()
        before = clerk.at(CertificatesScreen)
        before.making.records.take((kept,))
        before.making.consent.set_value(True)
        clerk.choose(before.register.search, "ZM")
        clerk.speak()
        making = clerk.at(CertificatesScreen).making
        assert making is not before.making
        assert (making.person.value(), making.records.value()) == (person, (kept,))
        assert making.consent.value()
        clerk.at(CertificatesScreen).turn()
        assert clerk.at(CertificatesScreen).register.search.text() == "ZM"


class TestCounter:
    def test_a_count_goes_on_in_the_new_language(self, station: Station, qtbot: QtBot) -> None:
        gifts.stocked(station)
        gifts.stocked(station, "牙膏")
        with sitting(station, qtbot) as clerk:
            clerk.go("counter")
            clerk.at(CounterScreen).show_page("counting")
            before = clerk.at(CounterScreen).page()
            clerk.until(lambda: len(before.lines) == 2)
            before.lines[0].setFocus()
            clerk.write("19")
            clerk.speak()
            after = clerk.at(CounterScreen).page()
            assert after is not before
            assert after.send_button.text() == "Hand in"
            clerk.until(lambda: [line.value() for line in after.lines] == ["19", ""])
            clerk.until(lambda: after.lines[1].isAncestorOf(clerk.focused()))

    def test_it_keeps_who_stands_there_and_what_its_pages_show(self, station: Station, qtbot: QtBot) -> None:
        towel = gifts.stocked(station)
        person = gifts.with_points(station.desk, 45)
        gifts.redeemed(
            station.desk, gifts.with_points(station.desk, 20, "李小梅", phone="13900005679"), towel
        )
        closing = new_id()
        close_day(station.desk, CloseDay(closing=closing))
        with sitting(station, qtbot) as clerk:
            clerk.opened.frame.go("counter", person)
            clerk.settle()
            before = clerk.at(CounterScreen)
            before.show_page("closing")
            clerk.settle()
            clerk.choose(before.page().days, closing)
            before.show_page("register")
            clerk.choose(before.page().which, ALL)
            clerk.choose(before.page().search, "lxm")
            clerk.speak()
            after = clerk.at(CounterScreen)
            assert after is not before
            page = after.page()
            assert isinstance(page, Register)
            assert (page.which.value(), page.search.text()) == (ALL, "lxm")
            clerk.until(lambda: page.table.total() == 1)
            after.show_page("serving")
            serving = after.page()
            assert isinstance(serving, Serving)
            clerk.until(lambda: serving.person.shown is not None and serving.person.shown.person == person)
            after.show_page("closing")
            closed = after.page()
            assert isinstance(closed, Closing)
            clerk.until(lambda: closed.sheet is not None and closed.sheet.closing == closing)

    def test_thanks_stay_until_the_next_one_comes(self, station: Station, qtbot: QtBot) -> None:
        gifts.stocked(station)
        person, other = (gifts.with_points(station.desk, 45, name) for name in ("王小明", "李小梅"))
        with sitting(station, qtbot) as clerk:
            clerk.opened.frame.go("counter", person)
            clerk.settle()
            for key in (KEY.Key_1, KEY.Key_Return, KEY.Key_Return):
                clerk.key(key)
                clerk.settle()
            before = clerk.at(CounterScreen)
            assert before.page().basket.is_thanking()
            clerk.speak()
            assert clerk.at(CounterScreen) is before
            clerk.opened.frame.go("counter", other)
            clerk.until(lambda: clerk.opened.screen() is not before)
            serving = clerk.at(CounterScreen).page()
            clerk.until(lambda: serving.person.shown is not None and serving.person.shown.person == other)


def test_a_review_of_stars_keeps_who_is_looked_at(station: Station, qtbot: QtBot) -> None:
    record_facts(station.desk, TABLE)
    for name, phone in (("王小明", "13900005678"), ("李晓芳", "13900005679")):
        served.approved(station.desk, served.volunteer(station.desk, name, phone=phone), minutes=120)
    open_star_round(station.desk, OpenStarRound(star_round=new_id(), cut_off=served.YESTERDAY))
    with sitting(station, qtbot) as clerk:
        clerk.go("stars")
        before = clerk.at(StarsScreen)
        last = before.list.rows.rows[-1].value
        before.list.set_value(last)
        clerk.settle()
        clerk.speak()
        after = clerk.at(StarsScreen)
        assert after is not before
        clerk.until(lambda: after.view is not None and after.list.value() == last)


def test_the_settings_keep_what_the_audit_is_narrowed_to(station: Station, qtbot: QtBot) -> None:
    with sitting(station, qtbot, Role.AUDITOR) as clerk:
        clerk.opened.frame.go("settings", "audit")
        clerk.settle()
        before = clerk.at(SettingsScreen).section("audit")
        assert isinstance(before, AuditSection)
        clerk.choose(before.when, 7)
        clerk.speak()
        after = clerk.at(SettingsScreen).section("audit")
        assert isinstance(after, AuditSection)
        assert after is not before
        assert after.when.value() == 7


def test_a_question_keeps_what_is_typed_and_then_the_screen_below_follows(
    station: Station, qtbot: QtBot
) -> None:
    served.recorded(station.desk, served.volunteer(station.desk))
    with sitting(station, qtbot) as clerk:
        clerk.go("services")
        before = clerk.at(ServicesScreen)
        clerk.key(KEY.Key_X)
        question = clerk.overlay(QuestionOverlay)
        assert question._words is not None
        question._words.setFocus()
        clerk.say("照片看不清")
        clerk.speak()
        assert clerk.at(ServicesScreen) is before
        assert question._words.value() == "照片看不清"
        _press_first(clerk, question)
        clerk.until(lambda: clerk.opened.screen() is not before)
        after = clerk.at(ServicesScreen)
        assert after.queue.record.text() == _("补录") != "补录"


def test_a_word_that_is_composed_is_finished_in_the_screen_it_was_begun_in(
    station: Station, qtbot: QtBot
) -> None:
    with sitting(station, qtbot) as clerk:
        clerk.go("services")
        before = clerk.at(ServicesScreen)
        before.queue.search.setFocus()
        QApplication.sendEvent(before.queue.search, QInputMethodEvent("wang", []))
        clerk.speak()
        assert clerk.at(ServicesScreen) is before
        clerk.say("王")
        clerk.until(lambda: clerk.opened.screen() is not before)
        assert clerk.at(ServicesScreen).queue.search.text() == "王"


def test_a_menu_stays_open_in_another_language(station: Station, qtbot: QtBot) -> None:
    with sitting(station, qtbot) as clerk:
        clerk.go("services")
        before = clerk.at(ServicesScreen)
        menu = QMenu(clerk.opened.window)
        menu.addAction("一项")
        menu.popup(clerk.opened.window.pos())
        clerk.until(lambda: QApplication.activePopupWidget() is menu)
        clerk.speak()
        assert clerk.at(ServicesScreen) is before
        menu.close()


def test_a_question_that_is_left_lets_the_screen_below_follow(station: Station, qtbot: QtBot) -> None:
    with sitting(station, qtbot) as clerk:
        clerk.go("services")
        before = clerk.at(ServicesScreen)
        clerk.opened.frame.show_keys()
        clerk.speak()
        assert clerk.at(ServicesScreen) is before
        clerk.key(KEY.Key_Escape)
        clerk.until(lambda: clerk.opened.screen() is not before)


def _press_first(clerk: Clerk, question: QuestionOverlay) -> None:
    button: QWidget = question._buttons[0]
    clerk.click(button)
