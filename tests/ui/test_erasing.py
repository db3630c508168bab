"""Deleting personal data on the screen: it says before what goes, asks twice, and shows what is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.actions.people_cards import person_card
from app.domain.erasure import ErasureReason
from app.domain.staff import Role
from app.facts import Id
from tests.support import people, served
from tests.support.desk import Station
from tests.support.window import Opened, open_window
from ui.parts.text import Paragraph
from ui.screens.volunteers import SCREEN
from ui.screens.volunteers.erasing import EraseForm
from ui.screens.volunteers.screen import Volunteers
from ui.screens.volunteers.whole import events
from ui.theme import theme


class Office:
    """The administrator before the pane of one person."""

    def __init__(self, opened: Opened, qtbot: QtBot, person: Id) -> None:
        self.opened, self._qtbot = opened, qtbot
        shown = opened.screen()
        assert isinstance(shown, Volunteers)
        self.screen = shown
        opened.frame.go("volunteers", person)
        self.until(lambda: shown.pane.whole is not None and shown.pane.whole.card.id == person)

    def until(self, true: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(true)

    def form(self) -> EraseForm:
        self.screen.pane.erase.click()
        self.until(lambda: bool(self.opened.window.findChildren(EraseForm)))
        return self.opened.window.findChildren(EraseForm)[-1]

    def save(self) -> None:
        QTest.keyClick(
            self.opened.window.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
        )


@pytest.fixture
def who(station: Station) -> Id:
    person = served.volunteer(station.sit(Role.CLERK), "欧阳灵犀")
    served.approved(station.desk, person)
    return person


@pytest.fixture
def office(station: Station, who: Id, qtbot: QtBot) -> Iterator[Office]:
    with open_window(station.sit(Role.ADMINISTRATOR), SCREEN) as opened:
        opened.frame.start()
        yield Office(opened, qtbot, who)


def test_it_says_what_goes_and_deletes_after_the_name_was_typed(
    office: Office, station: Station, who: Id
) -> None:
    office.screen.pane.erase.setFocus()
    form = office.form()
    said = " ".join(child.accessibleName() or child.text() for child in form.findChildren(Paragraph))
    assert "1 条服务记录" in said and "1 小时 30 分" in said
    form.reason.set_value(ErasureReason.ASKED)
    form.name.setText("欧阳灵")
    form.save.click()
    office.until(lambda: form.form.row_of(form.name).refusal.isVisible())
    assert person_card(station.desk, who).name == "欧阳灵犀"
    form.name.setText("欧阳灵犀")
    form.save.click()
    office.until(lambda: office.opened.frame.banner.sentence() == "个人信息已删除。")
    pane = office.screen.pane
    office.until(lambda: pane.whole is not None and pane.whole.card.name == "已删除")
    assert not pane.erase.isVisible() and not pane.edit.isVisible()
    focused = office.opened.window.focusWidget()
    assert office.screen.register.isAncestorOf(focused), "the work goes on in the list"
    assert pane.whole is not None
    told = [event.sentence for event in events(pane.whole, station.desk.now())]
    assert "代购，1 小时 30 分" in told, "what was written about the service is deleted"


def test_in_large_letters_the_whole_of_it_is_seen_at_once(office: Office) -> None:
    theme.use_large(True)
    form = office.form()
    office.until(lambda: form.isVisible())
    assert form.panel.verticalScrollBar().maximum() == 0
    assert form.save.visibleRegion().boundingRect() == form.save.rect()


def test_without_a_reason_it_is_asked_for(office: Office, station: Station, who: Id) -> None:
    form = office.form()
    form.name.setText("欧阳灵犀")
    form.save.click()
    office.until(lambda: form.form.row_of(form.reason).refusal.isVisible())
    assert form.reason.hasFocus()
    assert person_card(station.desk, who).erased_at is None


def test_what_is_under_way_is_said_instead(office: Office, station: Station, who: Id) -> None:
    people.order(station.sit(Role.CLERK), who)
    station.sit(Role.ADMINISTRATOR)
    form = office.form()
    assert form.obstacle.isVisible() and not form.save.isVisible()


def test_a_clerk_is_not_offered_it(station: Station, who: Id, qtbot: QtBot) -> None:
    with open_window(station.sit(Role.CLERK), SCREEN) as opened:
        opened.frame.start()
        assert not Office(opened, qtbot, who).screen.pane.erase.isVisible()
