"""Points given away, and leads rewarded, by keys: at the counter and from somebody's pane."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.actions.points import PointsQuery, points_of
from app.domain.grants import RewardsPolicy
from app.domain.orders import Channel
from app.domain.wallets import DonationPolicy
from app.facts import Id
from tests.support import counter as make
from tests.support import served, town
from tests.support.desk import Station
from tests.support.hands import CTRL, Hands
from tests.support.window import open_window
from ui.parts.formoverlay import FormOverlay
from ui.points import DonateForm, LeadForm, PointDoors
from ui.screens import counter, volunteers
from ui.screens.counter.screen import CounterScreen
from ui.screens.counter.serving import Serving
from ui.screens.volunteers.screen import Volunteers

F = TypeVar("F", bound=FormOverlay)


class Desk(Hands):
    """Somebody at the desk before a volunteer."""

    def doors(self, screen: str, person: Id) -> PointDoors:
        """The doors beside this person on a screen."""
        self.opened.frame.go(screen, person)
        self.until(lambda: self._found().isVisible())
        return self._found()

    def form(self, key: Qt.Key, kind: type[F]) -> F:
        """The form a key opens."""
        self.key(key)
        self.until(lambda: self.open(kind))
        return self.overlay(kind)

    def open(self, kind: type[F]) -> list[F]:
        return [one for one in self.opened.window.findChildren(kind) if one.isVisible()]

    def choose(self, form: DonateForm, letters: str, person: Id) -> None:
        """Find to whom by pinyin, in place of who stands there."""
        form.to.setFocus()
        self.key(Qt.Key.Key_A, CTRL)
        self.write(letters)
        self.until(form.to.is_open)
        self.enter()
        self.until(lambda: form.to.value() == person)

    def refusal(self, form: FormOverlay, field: str) -> str:
        line = next(row.refusal for name, row in form.form._rows if name == field)
        return line._words.accessibleName() if line.isVisible() else ""

    def _found(self) -> PointDoors:
        screen = self.opened.screen()
        if isinstance(screen, CounterScreen):
            page = screen.page()
            assert isinstance(page, Serving)
            return page.person.doors
        assert isinstance(screen, Volunteers)
        return screen.pane.doors


def cents(station: Station, person: Id) -> int:
    return points_of(station.desk, PointsQuery(person=person)).points_cents


@pytest.fixture
def wang(station: Station) -> Id:
    make.stocked(station)
    return make.with_points(station.desk, 45, "王建明")


@pytest.fixture
def li(station: Station) -> Id:
    return served.volunteer(station.desk, "李梅", phone="13900001111")


@pytest.fixture
def desk(station: Station, wang: Id, li: Id, qtbot: QtBot) -> Iterator[Desk]:
    make.set_policy(station, DonationPolicy(allowed=True))
    make.set_policy(station, RewardsPolicy(lead_cents=50))
    with open_window(station.desk, counter.SCREEN, volunteers.SCREEN) as opened:
        opened.frame.start()
        yield Desk(opened, qtbot)


@pytest.mark.parametrize("screen", ["counter", "volunteers"])
def test_points_are_given_to_another_volunteer(
    station: Station, desk: Desk, wang: Id, li: Id, screen: str
) -> None:
    desk.doors(screen, wang)
    form = desk.form(Qt.Key.Key_F7, DonateForm)
    desk.write("limei")
    desk.until(form.to.is_open)
    desk.enter()
    desk.until(form.points.hasFocus)
    desk.write("12")
    assert form.points.echo() == "45 → 33 分"
    desk.save()
    desk.until(lambda: "转赠" in desk.news())
    assert (cents(station, wang), cents(station, li)) == (3_300, 1_200)
    desk.until(lambda: not desk.open(DonateForm))


def test_what_cannot_be_given_stands_under_its_field(station: Station, desk: Desk, wang: Id, li: Id) -> None:
    desk.doors("counter", wang)
    form = desk.form(Qt.Key.Key_F7, DonateForm)
    desk.save()
    assert form.to.hasFocus()  # nobody is chosen yet
    assert desk.refusal(form, "to") == "转给哪位志愿者？从名单里选一位。"
    desk.choose(form, "wangjianming", wang)
    form.points.setFocus()
    desk.write("x")
    desk.save()
    desk.until(lambda: desk.refusal(form, "points_cents"))
    form.points.set_value("12")
    desk.save()
    desk.until(lambda: "自己" in desk.refusal(form, "to"))
    desk.choose(form, "limei", li)
    assert not desk.refusal(form, "to")
    form.points.set_value("46")
    assert form.points.echo() == "还差 1 分"
    desk.save()
    desk.until(lambda: "还差 1 分" in desk.refusal(form, "points_cents"))
    assert cents(station, wang) == 4_500
    desk.key(Qt.Key.Key_Escape)
    desk.until(lambda: not desk.open(DonateForm))


def test_an_audited_lead_is_rewarded_once(station: Station, desk: Desk, wang: Id) -> None:
    settled = town.settle_town(station.desk)
    for what in ("路灯不亮", "桥栏杆松了"):
        town.served(station.desk, settled, channel=Channel.SNAPSHOT, requester=wang, what=what)
    doors = desk.doors("volunteers", wang)
    desk.until(lambda: doors.rewarding.text() == "奖励随手拍（2）")
    form = desk.form(Qt.Key.Key_F5, LeadForm)
    assert "路灯不亮" in form.lead.currentText() and "路灯不亮" in form.words.text()
    desk.key(Qt.Key.Key_Down)
    assert "桥栏杆松了" in form.words.text()
    desk.save()
    desk.until(lambda: "奖了 0.5 分" in desk.news())
    assert cents(station, wang) == 4_550
    desk.until(lambda: doors.rewarding.text() == "奖励随手拍（1）")
    form = desk.form(Qt.Key.Key_F5, LeadForm)
    assert "路灯不亮" in form.lead.currentText()
    desk.save()
    desk.until(lambda: cents(station, wang) == 4_600)
    desk.until(lambda: not doors.rewarding.isVisible() and doors.donating.isVisible())


def test_where_the_rules_allow_nothing_there_is_no_door(station: Station, wang: Id, qtbot: QtBot) -> None:
    with open_window(station.desk, counter.SCREEN) as opened:
        opened.frame.start()
        hands = Desk(opened, qtbot)
        opened.frame.go("counter", wang)
        hands.settle()
        assert not hands._found().isVisible()
        hands.key(Qt.Key.Key_F7)
        hands.settle()
        assert not hands.open(DonateForm)
