"""What is half typed in short forms: put away or cut off, it stands there again, until it is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.actions.certificates import (
    CertificateDraft,
    IssueCertificate,
    ReissueCertificate,
    issue_certificate,
)
from app.actions.counts import CountedGift, CountStock, count_stock
from app.actions.desk import new_id
from app.actions.drafts import my_drafts
from app.actions.policies import policy_story
from app.actions.staff import staff_list
from app.actions.star_rounds import OpenStarRound, open_star_round, post_star_notice
from app.actions.stations import station_card
from app.domain.categories import MenuPolicy
from app.domain.counts import Cause
from app.domain.erasure import ErasureReason
from app.domain.orders import OrderLimits
from app.domain.points import PointsPolicy
from app.domain.policies import Policy
from app.domain.staff import Role
from app.domain.stars import StarsPolicy
from app.domain.teams import Level
from app.domain.wallets import DonationPolicy
from app.facts.policies import PolicySet
from app.words import SOURCE_LANGUAGE
from tests.support import counter as gifts
from tests.support import served
from tests.support.desk import PASSPHRASE, Station
from tests.support.hands import CTRL, Hands
from tests.support.recording import record_facts
from tests.support.town import accepted, settle_town, waiting
from tests.support.window import open_window
from ui.frame import screens_found
from ui.language import speech
from ui.parts.chips import Chip
from ui.points import DonateForm, PointDoors
from ui.screens.board.forms import ReasonForm, StepForm
from ui.screens.board.screen import BoardScreen
from ui.screens.board.serve import ServeForm
from ui.screens.certificates.making import Making
from ui.screens.certificates.screen import CertificatesScreen
from ui.screens.counter.differences import Differences
from ui.screens.counter.screen import CounterScreen
from ui.screens.settings.policyediting import PolicyEditing
from ui.screens.settings.sections.staff.forms import AdmitForm, EditForm
from ui.screens.settings.sections.staff.section import StaffSection
from ui.screens.settings.sections.station import StationSection
from ui.screens.stars.forms import ObjectionForm
from ui.screens.stars.screen import StarsScreen
from ui.screens.teams.screen import Teams
from ui.screens.volunteers.erasing import EraseForm
from ui.screens.volunteers.screen import Volunteers

KEY = Qt.Key
W = TypeVar("W", bound=QWidget)


class Clerk(Hands):
    """At any screen."""

    def go(self, key: str, object_id: str | None = None) -> None:
        self.opened.frame.go(key, object_id)
        self.settle()

    def found(self, kind: type[W]) -> W:
        """The widget of this kind that is seen."""
        self.until(lambda: any(one.isVisible() for one in self.opened.window.findChildren(kind)))
        return next(one for one in self.opened.window.findChildren(kind) if one.isVisible())

    def leave(self) -> None:
        """Esc; what was typed is put away."""
        self.key(KEY.Key_Escape)
        self.settle()

    def go_away(self) -> None:
        """The desk is locked, or the program closed, before the typing has rested."""
        self.opened.frame.sleep()
        self.settle()

    def ask(self, order: str, key: Qt.Key, kind: type[W]) -> W:
        """What a step of an order asks."""
        self.go("board", order)
        self.until(lambda: self.found(BoardScreen).columns.current() == order)
        self.found(BoardScreen).columns.take_focus()
        self.key(key)
        form = self.found(kind)
        self.settle()
        return form


@contextmanager
def sitting(station: Station, qtbot: QtBot, role: Role = Role.CLERK) -> Iterator[Clerk]:
    with open_window(station.sit(role), *screens_found(), size=(1366, 900)) as opened:
        clerk = Clerk(opened, qtbot)
        clerk.settle()
        yield clerk


def test_points_that_are_about_to_be_given(station: Station, qtbot: QtBot) -> None:
    gifts.set_policy(station, DonationPolicy(allowed=True))
    giver = gifts.with_points(station.desk, 45, "王建明")
    other = served.volunteer(station.desk, "李梅", phone="13900001111")

    def form(clerk: Clerk) -> DonateForm:
        clerk.go("volunteers", giver)
        clerk.found(PointDoors)
        clerk.key(KEY.Key_F7)
        made = clerk.found(DonateForm)
        clerk.settle()
        return made

    with sitting(station, qtbot) as clerk:
        first = form(clerk)
        clerk.write("limei")
        clerk.until(first.to.is_open)
        clerk.enter()
        clerk.until(first.points.hasFocus)
        clerk.write("12")
        clerk.go_away()
    with sitting(station, qtbot) as clerk:
        second = form(clerk)
        clerk.until(lambda: second.points.value() == "12")
        assert (second.to.value(), second.to.text()) == (other, "李梅")
        clerk.save()
        clerk.until(lambda: "转赠" in clerk.news())
        clerk.settle()
        assert my_drafts(station.desk, "donation") == ()


def test_what_somebody_objects_to(station: Station, qtbot: QtBot) -> None:
    record_facts(
        station.desk,
        PolicySet(policy="stars", value='{"hours": [1, 2, 4]}', valid_from=served.REGISTERED_ON),
    )
    served.approved(station.desk, served.volunteer(station.desk), minutes=120)
    star_round = new_id()
    open_star_round(station.desk, OpenStarRound(star_round=star_round, cut_off=served.YESTERDAY))
    post_star_notice(station.desk, star_round)

    def form(clerk: Clerk) -> ObjectionForm:
        clerk.go("stars")
        clerk.found(StarsScreen).list.setFocus()
        clerk.key(KEY.Key_O)
        made = clerk.found(ObjectionForm)
        clerk.settle()
        return made

    with sitting(station, qtbot) as clerk:
        form(clerk).words.setFocus()
        clerk.say("没见他来过")
        clerk.leave()
        assert form(clerk).words.value() == "没见他来过"
        clerk.save()
        clerk.settle()
        assert my_drafts(station.desk, "objection") == ()


def test_a_team_that_is_about_to_be_founded(station: Station, qtbot: QtBot) -> None:
    parent = served.team(station.desk, "志愿服务大队")

    with sitting(station, qtbot) as clerk:
        clerk.go("teams")
        clerk.key(KEY.Key_N, CTRL)
        clerk.say("银铃合唱团")
        form = clerk.found(Teams).form.form
        form.level.set_value(Level.SQUAD)
        form.parent_team.set_value(parent)
        form.categories.set_value(("haircut",))
        form.categories.edited.emit()
        clerk.go_away()
        assert len(my_drafts(station.desk, "team")) == 1
    with sitting(station, qtbot) as clerk:
        clerk.go("teams")
        clerk.key(KEY.Key_N, CTRL)
        form = clerk.found(Teams).form.form
        clerk.until(lambda: form.name.value() == "银铃合唱团")
        assert (form.parent_team.value(), form.categories.value()) == (parent, ("haircut",))
        form.parent_team.set_value("")
        clerk.save()
        clerk.until(lambda: "成立了" in clerk.news())
        clerk.settle()
        assert my_drafts(station.desk, "team") == ()


def test_why_an_order_is_cancelled(station: Station, qtbot: QtBot) -> None:
    order = waiting(station.desk, settle_town(station.desk))
    with sitting(station, qtbot) as clerk:
        form = clerk.ask(order, KEY.Key_Delete, ReasonForm)
        form.note.setFocus()
        clerk.say("女儿回来了")
        clerk.go_away()
    with sitting(station, qtbot) as clerk:
        form = clerk.ask(order, KEY.Key_Delete, ReasonForm)
        clerk.until(lambda: form.note.value() == "女儿回来了")
        assert form.is_touched
        form.reason.set_value(form.reason._values[0])
        clerk.save()
        clerk.until(lambda: "取消" in clerk.news())
        clerk.settle()
        assert my_drafts(station.desk, "step") == ()


def test_who_served_and_from_when_to_when(station: Station, qtbot: QtBot) -> None:
    town = settle_town(station.desk)
    order = accepted(station.desk, town)

    def form(clerk: Clerk) -> ServeForm:
        clerk.go("board", order)
        clerk.until(lambda: clerk.found(BoardScreen).pane.whole is not None)
        clerk.found(BoardScreen).pane.ask("serve")
        made = clerk.found(ServeForm)
        clerk.settle()
        return made

    with sitting(station, qtbot) as clerk:
        first = form(clerk)
        line = first.add_person()
        line.who.set_chosen(town.resident, "曾小贤")
        line.when.setFocus()
        clerk.write("9:00-10:00")
        clerk.go_away()
    with sitting(station, qtbot) as clerk:
        second = form(clerk)
        clerk.until(lambda: len(second._lines) == 2)
        assert (second._lines[1].who.text(), second._lines[1].when.value()) == ("曾小贤", "9:00-10:00")
        assert second.total.isVisible()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR])
def test_a_colleague_without_the_passphrase(station: Station, qtbot: QtBot, role: Role) -> None:
    def form(clerk: Clerk) -> AdmitForm:
        clerk.go("settings", "staff")
        clerk.found(StaffSection)._admit()
        made = clerk.found(AdmitForm)
        clerk.settle()
        return made

    with sitting(station, qtbot, role) as clerk:
        first = form(clerk)
        clerk.say("沈静")
        first.passphrase.first.setFocus()
        clerk.write(PASSPHRASE)
        clerk.leave()
        [draft] = my_drafts(station.desk, "staff")
        assert PASSPHRASE not in draft.body
        second = form(clerk)
        assert second.name.value() == "沈静"
        assert second.passphrase.first.is_empty()


def test_a_colleague_who_is_about_to_be_changed(station: Station, qtbot: QtBot) -> None:
    colleague = station.staff[Role.CLERK]

    def form(clerk: Clerk) -> EditForm:
        clerk.go("settings", colleague)
        clerk.until(lambda: clerk.found(StaffSection).list.value() == colleague)
        clerk.found(StaffSection)._edit()
        made = clerk.found(EditForm)
        clerk.settle()
        return made

    with sitting(station, qtbot, Role.ADMINISTRATOR) as clerk:
        first = form(clerk)
        first.name.selectAll()
        clerk.say("蒋雨桐")
        first.role.chips.setFocus()
        clerk.key(KEY.Key_Right)
        clerk.leave()
    with sitting(station, qtbot, Role.ADMINISTRATOR) as clerk:
        second = form(clerk)
        assert (second.name.value(), second.role.value()) == ("蒋雨桐", Role.AUDITOR)
        clerk.save()
        clerk.until(lambda: not clerk.opened.window.findChildren(EditForm))
        clerk.settle()
        assert my_drafts(station.desk, "staff") == ()
        assert {card.name: card.role for card in staff_list(station.desk, None)}["蒋雨桐"] == Role.AUDITOR


def test_why_somebody_shall_be_forgotten_and_not_their_name_once_more(station: Station, qtbot: QtBot) -> None:
    person = served.volunteer(station.desk, "欧阳灵犀")

    def form(clerk: Clerk) -> EraseForm:
        clerk.go("volunteers", person)
        pane = clerk.found(Volunteers).pane
        clerk.until(lambda: pane.whole is not None and pane.whole.card.id == person)
        clerk.click(pane.erase)
        made = clerk.found(EraseForm)
        clerk.settle()
        return made

    with sitting(station, qtbot, Role.ADMINISTRATOR) as clerk:
        first = form(clerk)
        first.reason.setFocus()
        clerk.key(KEY.Key_End)
        first.name.setFocus()
        clerk.say("欧阳灵犀")
        clerk.leave()
        [draft] = my_drafts(station.desk, "erasure")
        assert "欧阳" not in draft.body
    with sitting(station, qtbot, Role.ADMINISTRATOR) as clerk:
        second = form(clerk)
        assert second.reason.value() is ErasureReason.NO_NEED
        second.name.setFocus()
        clerk.say("欧阳灵犀")
        clerk.save()
        clerk.until(lambda: not clerk.opened.window.findChildren(EraseForm))
        clerk.settle()
        assert my_drafts(station.desk, "erasure") == ()


def test_why_a_count_differs(station: Station, qtbot: QtBot) -> None:
    towel, soap = gifts.stocked(station), gifts.stocked(station, "香皂")
    counted = tuple(CountedGift(gift=gift, expires_on=None, counted=8) for gift in (towel, soap))
    count_stock(station.desk, CountStock(count=new_id(), lines=counted))

    def page(clerk: Clerk) -> Differences:
        clerk.go("counter")
        clerk.found(CounterScreen).show_page("counting")
        made = clerk.found(Differences)
        clerk.settle()
        return made

    with sitting(station, qtbot) as clerk:
        first = page(clerk)
        first.lines[1].causes.setFocus()
        clerk.key(KEY.Key_Right)
        first.words.setFocus()
        clerk.say("搬货时摔坏了")
        clerk.go_away()
    with sitting(station, qtbot) as clerk:
        second = page(clerk)
        assert [line.value() for line in second.lines] == [None, Cause.DAMAGED]
        assert second.words.value() == "搬货时摔坏了"
        second.lines[0].causes.setFocus()
        clerk.key(KEY.Key_Space)
        clerk.save()
        clerk.until(lambda: not second.isVisible())
        clerk.settle()
        clerk.go_away()
        assert my_drafts(station.desk, "differences") == ()


def test_a_certificate_in_the_making(station: Station, qtbot: QtBot) -> None:
    person = served.volunteer(station.desk)
    kept = served.approved(station.desk, person)
    served.approved(station.desk, person, served.at(14))

    def making(clerk: Clerk) -> Making:
        clerk.go("certificates")
        return clerk.found(Making)

    with sitting(station, qtbot) as clerk:
        clerk.go("certificates", person)
        first = making(clerk)
        clerk.until(lambda: len(first.records.value()) == 2)
        first.records.take((kept,))
        first.in_charge.setFocus()
        clerk.say("高颖")
        clerk.click(first.consent)
        clerk.go_away()
        planned = first.request()
    with sitting(station, qtbot) as clerk:
        second = making(clerk)
        clerk.until(lambda: second.request() is not None)
        assert second.request() == planned
        assert second.consent.value() and second.records.value() == (kept,)
        clerk.save()
        clerk.until(lambda: second.request() is None)
        clerk.go_away()
        assert my_drafts(station.desk, "certificate") == ()


def test_a_certificate_that_comes_back_leaves_the_focus_where_somebody_types(
    station: Station, qtbot: QtBot
) -> None:
    person = served.volunteer(station.desk)
    served.approved(station.desk, person)
    with sitting(station, qtbot) as clerk:
        clerk.go("certificates", person)
        clerk.until(lambda: clerk.found(Making).request() is not None)
        clerk.go_away()
    with sitting(station, qtbot) as clerk:
        with clerk.while_it_is_slow():
            clerk.opened.frame.go("certificates")
            clerk.key(KEY.Key_K, CTRL)
            typed_in = clerk.focused()
        clerk.until(lambda: clerk.found(Making).request() is not None)
        assert clerk.focused() is typed_in
        assert not clerk.found(CertificatesScreen).isAncestorOf(typed_in)


def test_a_certificate_in_place_of_another(station: Station, qtbot: QtBot) -> None:
    person = served.volunteer(station.desk)
    draft = CertificateDraft(
        person=person, services=(served.approved(station.desk, person),), person_in_charge="高颖"
    )
    old = new_id()
    issue_certificate(station.desk, IssueCertificate(certificate=old, draft=draft, consented=True))
    with sitting(station, qtbot) as clerk:
        clerk.go("certificates", old)
        screen = clerk.found(CertificatesScreen)
        clerk.until(lambda: screen.side.entry is not None)
        clerk.key(KEY.Key_R)
        clerk.until(screen.making.reason.isVisible)
        screen.making.reason.setFocus()
        clerk.say("名字写错了")
        clerk.go_away()
    with sitting(station, qtbot) as clerk:
        clerk.go("certificates")
        screen = clerk.found(CertificatesScreen)
        clerk.until(lambda: screen.making.request() is not None)
        request = screen.making.request()
        assert isinstance(request, ReissueCertificate)
        assert (request.replaces, request.reason) == (old, "名字写错了")
        clerk.click(screen.making._keep)
        clerk.settle()
        assert my_drafts(station.desk, "certificate") == ()


class TestARule:
    """Also what would be refused, and rows that are half filled in."""

    def editing(self, clerk: Clerk, kind: type[Policy]) -> PolicyEditing:
        clerk.go("settings", kind.name)
        made = clerk.found(PolicyEditing)
        clerk.settle()
        return made

    def test_a_number_that_is_none_yet_and_the_day(self, station: Station, qtbot: QtBot) -> None:
        with sitting(station, qtbot, Role.ADMINISTRATOR) as clerk:
            first = self.editing(clerk, OrderLimits)
            first.form.fields["fix_days"].number.setFocus()
            clerk.write("x")
            first.begins.setFocus()
            clerk.key(KEY.Key_End)
            clerk.write("5.1")
            clerk.go_away()
        with sitting(station, qtbot, Role.ADMINISTRATOR) as clerk:
            second = self.editing(clerk, OrderLimits)
            assert "x" in second.form.fields["fix_days"].number.text()
            assert (second.begins.value(), second.day.echo()) == ("later", "5月1日")
            assert second.drop_button.isVisible()
            clerk.click(second.drop_button)
            clerk.settle()
            assert my_drafts(station.desk, "policy") == ()

    def test_rows(self, station: Station, qtbot: QtBot) -> None:
        with sitting(station, qtbot, Role.ADMINISTRATOR) as clerk:
            stars = self.editing(clerk, StarsPolicy).form.fields["hours"]
            clerk.click(stars.more)
            clerk.write("2000")
            points = self.editing(clerk, PointsPolicy).form.fields["percent_by_category"]
            clerk.click(points.more)
            points.lines[0].field.number.setFocus()
            clerk.write("15")
            clerk.go_away()
        with sitting(station, qtbot, Role.ADMINISTRATOR) as clerk:
            stars = self.editing(clerk, StarsPolicy).form.fields["hours"]
            assert stars.value()[-1] == 2000
            points = self.editing(clerk, PointsPolicy)
            assert points.form.fields["percent_by_category"].typed()[-1][1] == "15"
            assert points.is_edited()

    def test_the_menu_is_set_from_it(self, station: Station, qtbot: QtBot) -> None:
        with sitting(station, qtbot, Role.ADMINISTRATOR) as clerk:
            first = self.editing(clerk, MenuPolicy)
            first.form.fields["entries"].list.setFocus()
            clerk.key(KEY.Key_H)
            clerk.go_away()
        with sitting(station, qtbot, Role.ADMINISTRATOR) as clerk:
            second = self.editing(clerk, MenuPolicy)
            assert second.form.fields["entries"].value()[0]["hidden"]
            second.form.start()
            clerk.save()
            clerk.until(lambda: not second.is_edited())
            clerk.settle()
            assert policy_story(station.desk, MenuPolicy.name).changes
            assert my_drafts(station.desk, "policy") == ()


def test_what_the_station_is_about_to_be_called(station: Station, qtbot: QtBot) -> None:
    def form(clerk: Clerk) -> StationSection:
        clerk.go("settings", "station")
        made = clerk.found(StationSection)
        clerk.settle()
        return made

    called = station_card(station.desk, None).name
    with sitting(station, qtbot, Role.ADMINISTRATOR) as clerk:
        first = form(clerk)
        first.name.setFocus()
        first.name.selectAll()
        clerk.say("柳林村新时代文明实践站")
        clerk.go_away()
    with sitting(station, qtbot, Role.ADMINISTRATOR) as clerk:
        second = form(clerk)
        assert second.name.value() == "柳林村新时代文明实践站"
        clerk.click(second.drop_button)
        clerk.settle()
        assert my_drafts(station.desk, "station") == ()
        second.name.setFocus()
        second.name.selectAll()
        clerk.say("新柳村新时代文明实践站")
        clerk.save()
        clerk.until(lambda: clerk.news() == "站点改好了。")
        clerk.settle()
        assert my_drafts(station.desk, "station") == ()
        second.name.setFocus()
        second.name.selectAll()
        clerk.say(called)
        clerk.go_away()
    with sitting(station, qtbot, Role.ADMINISTRATOR) as clerk:
        assert form(clerk).name.value() == called, "also when it is to be called again as before"
    assert station_card(station.desk, None).name == "新柳村新时代文明实践站"


def test_a_usual_reason_is_the_same_one_in_another_language(station: Station, qtbot: QtBot) -> None:
    order = waiting(station.desk, settle_town(station.desk))
    with sitting(station, qtbot) as clerk:
        first = clerk.ask(order, KEY.Key_Delete, ReasonForm)
        clerk.click(first.findChildren(Chip)[1])
        clerk.go_away()
    speech.use("en")
    try:
        with sitting(station, qtbot) as clerk:
            second = clerk.ask(order, KEY.Key_Delete, ReasonForm)
            assert second.findChildren(Chip)[1].isChecked()
            assert second.reason_given() == "Somebody helps already"
    finally:
        speech.use(SOURCE_LANGUAGE)


def test_words_that_are_taken_out_again_leave_nothing(station: Station, qtbot: QtBot) -> None:
    order = waiting(station.desk, settle_town(station.desk))
    with sitting(station, qtbot) as clerk:
        form = clerk.ask(order, KEY.Key_Delete, ReasonForm)
        form.note.setFocus()
        clerk.say("女儿回来了")
        form.draft.save_early()
        clerk.settle()
        assert len(my_drafts(station.desk, "step")) == 1
        clerk.key(KEY.Key_A, CTRL)
        clerk.key(KEY.Key_Backspace)
        form.draft.save_early()
        clerk.settle()
        assert my_drafts(station.desk, "step") == ()


def test_questions_nobody_answers_leave_nothing(station: Station, qtbot: QtBot) -> None:
    order = waiting(station.desk, settle_town(station.desk))
    with sitting(station, qtbot) as clerk:
        form = clerk.ask(order, KEY.Key_Delete, StepForm)
        form.draft.save()
        clerk.leave()
        assert my_drafts(station.desk, "step") == ()
