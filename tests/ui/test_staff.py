"""The staff section: letting somebody in, another role, a new passphrase, letting go, a new recovery sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.actions.session import SignIn, sign_in_again
from app.actions.staff import staff_list
from app.domain.staff import Role
from app.storage.keys import SignInLocked, WrongPassphrase
from tests.support import people as make
from tests.support.desk import Station
from tests.support.window import Opened, open_window
from ui.parts.formoverlay import FormOverlay
from ui.parts.question import QuestionOverlay
from ui.screens.settings import SCREEN
from ui.screens.settings.sections.staff.forms import AdmitForm, EditForm, NewSheet, RenewForm
from ui.screens.settings.sections.staff.section import StaffSection

CTRL = Qt.KeyboardModifier.ControlModifier
NEW = "Qiuyu-2027"
W = TypeVar("W", bound=QWidget)


@pytest.fixture
def opened(qtbot: QtBot, station: Station) -> Iterator[Opened]:
    with open_window(station.sit(Role.ADMINISTRATOR), SCREEN) as window:
        yield window


@pytest.fixture
def screen(opened: Opened, qtbot: QtBot) -> StaffSection:
    opened.frame.go("settings", "staff")
    shown = opened.window.findChild(StaffSection)
    assert isinstance(shown, StaffSection)
    qtbot.waitUntil(lambda: shown.list.value() is not None)
    return shown


def titles(screen: StaffSection) -> list[str]:
    return [row.title for row in screen.list.rows.rows]


def press(
    opened: Opened, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(focused(opened), key, modifiers)


def focused(opened: Opened) -> QWidget:
    widget: QWidget | None = opened.window.focusWidget()
    assert widget is not None
    return widget


def type_into(opened: Opened, field: QWidget, text: str) -> None:
    field.setFocus()
    QTest.keyClicks(focused(opened), text)


def the(opened: Opened, kind: type[W]) -> W:
    found = opened.window.findChild(kind)
    assert isinstance(found, kind)
    return found


def test_everybody_stands_there_with_their_role(screen: StaffSection) -> None:
    assert titles(screen) == ["沈静", "陈芳", "郭伟"]
    assert screen.list.rows.rows[0].details == ("管理员", "我自己")


def test_somebody_new_can_sign_in_at_once(
    opened: Opened, screen: StaffSection, station: Station, qtbot: QtBot
) -> None:
    press(opened, Qt.Key.Key_N)
    form = the(opened, AdmitForm)
    form.name.set_value("王海涛")
    type_into(opened, form.passphrase.first, NEW)
    press(opened, Qt.Key.Key_Return)
    QTest.keyClicks(focused(opened), NEW)
    press(opened, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: titles(screen)[-1] == "王海涛")
    qtbot.waitUntil(lambda: screen.list.value() not in station.staff.values())
    assert opened.frame.banner.sentence() == "王海涛现在可以登录了。"
    sign_in_again(station.desk, SignIn(staff=screen.list.value(), passphrase=NEW))


@pytest.mark.parametrize("last", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_who_is_impatient_presses_nothing_else_and_the_next_form_is_of_somebody_new(
    opened: Opened, screen: StaffSection, qtbot: QtBot, last: Qt.Key
) -> None:
    def admit(name: str) -> None:
        press(opened, Qt.Key.Key_N)
        form = the(opened, AdmitForm)
        qtbot.waitUntil(lambda: not opened.jobs._undelivered)
        assert form.name.is_empty()
        form.name.set_value(name)
        form.name.edited.emit()
        type_into(opened, form.passphrase.first, NEW)
        type_into(opened, form.passphrase.again, NEW)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Return, last):
            press(opened, key)
        qtbot.waitUntil(lambda: opened.frame.banner.sentence() == f"{name}现在可以登录了。")
        qtbot.waitUntil(lambda: titles(screen)[-1] == name)

    admit("王海涛")
    admit("李秀兰")
    assert len(titles(screen)) == 5


def test_the_same_name_twice_is_refused_under_the_name(
    opened: Opened, screen: StaffSection, qtbot: QtBot
) -> None:
    press(opened, Qt.Key.Key_N)
    form = the(opened, AdmitForm)
    form.name.set_value("陈芳")
    type_into(opened, form.passphrase.first, NEW)
    type_into(opened, form.passphrase.again, NEW)
    press(opened, Qt.Key.Key_Return, CTRL)
    refusal = form.form.row_of(form.name).refusal
    qtbot.waitUntil(refusal.isVisible)
    type_into(opened, form.name, "2")
    assert not refusal.isVisible()
    assert form.passphrase.value() == NEW


def test_another_role_holds_from_now_on(
    opened: Opened, screen: StaffSection, station: Station, qtbot: QtBot
) -> None:
    screen.list.set_value(station.staff[Role.AUDITOR])
    press(opened, Qt.Key.Key_Return)
    form = the(opened, EditForm)
    form.role.chips.set_value(Role.CLERK)
    press(opened, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: screen.list.rows.rows[2].details == ("操作员",))
    assert {card.role for card in staff_list(station.desk, None)} == {Role.ADMINISTRATOR, Role.CLERK}


def test_the_last_administrator_stays_one(opened: Opened, screen: StaffSection, qtbot: QtBot) -> None:
    assert not screen.card.dismiss.isVisible()
    press(opened, Qt.Key.Key_Return)
    form = the(opened, EditForm)
    form.role.chips.set_value(Role.CLERK)
    press(opened, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(form.form.row_of(form.role.chips).refusal.isVisible)


def test_a_forgotten_passphrase_is_typed_anew(
    opened: Opened, screen: StaffSection, station: Station, qtbot: QtBot
) -> None:
    screen.list.set_value(station.staff[Role.CLERK])
    press(opened, Qt.Key.Key_P)
    form = the(opened, RenewForm)
    type_into(opened, form.passphrase.first, NEW)
    type_into(opened, form.passphrase.again, NEW)
    press(opened, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: opened.frame.banner.sentence() == "陈芳的口令换好了。")
    sign_in_again(station.desk, SignIn(staff=station.staff[Role.CLERK], passphrase=NEW))


def test_somebody_let_go_stands_below_and_cannot_sign_in(
    opened: Opened, screen: StaffSection, station: Station, qtbot: QtBot
) -> None:
    screen.list.set_value(station.staff[Role.CLERK])
    press(opened, Qt.Key.Key_Delete)
    question = the(opened, QuestionOverlay)
    press(opened, Qt.Key.Key_Escape)
    assert not question.isVisible()
    assert titles(screen) == ["沈静", "陈芳", "郭伟"]
    press(opened, Qt.Key.Key_Delete)
    press(opened, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: titles(screen) == ["沈静", "郭伟", "以前的", "陈芳"])
    assert station.staff[Role.CLERK] not in [
        tile.staff for tile in station.desk.vault.keys.tiles(station.clock())
    ]


def test_a_new_recovery_sheet_makes_the_old_one_void(
    opened: Opened, screen: StaffSection, station: Station, qtbot: QtBot
) -> None:
    press(opened, Qt.Key.Key_S)
    press(opened, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.window.findChild(NewSheet) is not None)
    sheet = the(opened, NewSheet)
    assert sheet.print.isVisible()
    press(opened, Qt.Key.Key_Escape)


def test_five_wrong_tries_are_forgiven_by_one_key(
    opened: Opened, screen: StaffSection, station: Station, qtbot: QtBot
) -> None:
    clerk = station.staff[Role.CLERK]
    for _try in range(5):
        with pytest.raises((WrongPassphrase, SignInLocked)):
            station.desk.vault.keys.unlock(clerk, "wrong", station.clock())
    screen.refresh(frozenset({"staff"}))
    qtbot.waitUntil(lambda: screen.list.rows.rows[1].details == ("操作员", "口令锁着"))
    press(opened, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: screen.card.unlock.isVisible())
    press(opened, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: screen.list.rows.rows[1].details == ("操作员",))
    assert not screen.card.unlock.isVisible()


def test_somebody_is_found_in_the_register(
    opened: Opened, screen: StaffSection, station: Station, qtbot: QtBot
) -> None:
    person = make.resident(station.desk, "陈芳")
    screen.list.set_value(station.staff[Role.CLERK])
    press(opened, Qt.Key.Key_Return)
    form = the(opened, EditForm)
    type_into(opened, form.person, "chenfang")
    form.submit()
    qtbot.waitUntil(lambda: form.form.row_of(form.person).refusal.isVisible())
    form.person.clear()
    type_into(opened, form.person, "chenfang")
    qtbot.waitUntil(lambda: len(form.person.proposals()) > 0)
    press(opened, Qt.Key.Key_Return)
    assert form.person.value() == person
    form.submit()
    qtbot.waitUntil(lambda: staff_list(station.desk, None)[1].person == person)
    qtbot.waitUntil(lambda: bool(screen.card.facts.lines()))
    assert screen.card.facts.lines()[0].words == "陈芳"


def test_what_happened_to_somebody_stands_beside_them(
    opened: Opened, screen: StaffSection, qtbot: QtBot
) -> None:
    def told() -> str:
        return "\n".join(label.accessibleName() for label in screen.card.timeline.findChildren(QLabel))

    qtbot.waitUntil(lambda: "成为管理员" in told())


@pytest.mark.parametrize("role", [Role.CLERK, Role.AUDITOR])
def test_others_see_who_works_here_and_change_nothing(qtbot: QtBot, station: Station, role: Role) -> None:
    with open_window(station.sit(role), SCREEN) as opened:
        opened.frame.go("settings", "staff")
        section = the(opened, StaffSection)
        qtbot.waitUntil(lambda: titles(section) == ["沈静", "陈芳", "郭伟"])
        for key in (Qt.Key.Key_N, Qt.Key.Key_Return, Qt.Key.Key_Delete, Qt.Key.Key_P):
            press(opened, key)
        assert opened.window.findChildren(FormOverlay) == []
        assert opened.window.findChildren(QuestionOverlay) == []
        assert not any(button.isVisible() for button in (section.admit, section.sheet, section.card.edit))
