"""A scanner at the running program: from every screen a card opens its volunteer, and at the lock it does nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.actions.people_cards import person_card
from app.actions.startup import close
from app.domain.staff import Role
from tests.support.desk import PASSPHRASE, Station
from tests.support.gun import Gun
from tests.support.people import volunteer
from tests.support.session import Run, run
from ui.frame import screens_found
from ui.screens.volunteers.screen import Volunteers
from ui.signin.page import SignInPage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def card(station: Station) -> str:
    """The number of 李梅's card, at a station that nobody has open."""
    it = person_card(station.desk, volunteer(station.desk, "李梅")).volunteer
    assert it is not None
    close(station.desk)
    return it.number


@pytest.fixture
def started(qtbot: QtBot, station: Station, card: str) -> Iterator[Run]:
    with run(qtbot, station.desk.vault.places.folder, station.clock) as running:
        yield running


def shown(started: Run) -> str:
    """Who the screen of volunteers shows; nobody while another screen is shown."""
    screen = started.frame().shown_screen()
    whole = screen.pane.whole if isinstance(screen, Volunteers) else None
    return whole.card.name if whole is not None else ""


@pytest.mark.parametrize(
    "screen", [one.key for one in screens_found() if one.key not in ("counter", "volunteers")]
)
def test_a_card_opens_its_volunteer_from_every_screen(
    started: Run, station: Station, card: str, screen: str
) -> None:
    frame = started.sign_in(station.staff[Role.ADMINISTRATOR], PASSPHRASE)
    frame.go(screen)
    frame.setFocus()  # in no line that is for a person
    Gun(started.window).scan(card)
    started.qtbot.waitUntil(lambda: shown(started) == "李梅")


def test_in_a_line_for_a_person_it_is_that_person(started: Run, station: Station, card: str) -> None:
    frame = started.sign_in(station.staff[Role.CLERK], PASSPHRASE)
    frame.go("intake")
    screen = frame.shown_screen()
    assert screen is not None
    who = next(
        line for line in screen.findChildren(QLineEdit) if line.accessibleName() == "谁" and line.isVisible()
    )
    who.setFocus()
    Gun(started.window).scan(card)
    started.qtbot.waitUntil(lambda: who.text() == "李梅")
    assert frame.current() == "intake"


def test_at_the_lock_it_neither_opens_nor_signs_in(started: Run, station: Station, card: str) -> None:
    frame = started.sign_in(station.staff[Role.CLERK], PASSPHRASE)
    frame.go("board")
    started.press(Qt.Key.Key_L, CTRL)
    page = started.page(SignInPage)
    page.passphrase.setFocus()
    Gun(started.window).scan(card)
    assert page.passphrase.value() == ""
    assert not page.refusal.isVisible()
    started.sign_in(station.staff[Role.CLERK], PASSPHRASE)
    assert frame.current() == "board"


def test_a_code_of_nobody_is_said(started: Run, station: Station) -> None:
    frame = started.sign_in(station.staff[Role.CLERK], PASSPHRASE)
    frame.go("board")
    Gun(started.window).scan("6901028075831")
    started.qtbot.waitUntil(lambda: "6901028075831" in frame.banner.sentence())
    assert frame.current() == "board"
