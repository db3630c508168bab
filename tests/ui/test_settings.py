"""The settings screen: its list of sections, and what every section shares."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.actions.policies import SetPolicy, set_policy
from app.actions.printers import ChoosePrinter, choose_printer, printer_choices
from app.actions.staff import EditStaff, edit_staff
from app.actions.stations import RenameStation, rename_station, station_card
from app.domain.orders import OrderLimits
from app.domain.printers import PaperKind, PrinterChoice
from app.domain.staff import Role
from tests.support.desk import STATION_NAME, Station
from tests.support.window import Opened, open_window
from ui.parts.chips import Chip
from ui.screen import Screen, ScreenEntry
from ui.screens.settings import SCREEN
from ui.screens.settings.screen import SettingsScreen
from ui.screens.settings.section import sections_found
from ui.screens.settings.sections.look import LookSection
from ui.screens.settings.sections.printers import PrintersSection
from ui.screens.settings.sections.station import StationSection
from ui.theme import theme


@pytest.fixture(params=list(Role))
def opened(qtbot: QtBot, station: Station, request: pytest.FixtureRequest) -> Iterator[Opened]:
    with open_window(station.sit(request.param), SCREEN) as window:
        window.frame.start()
        yield window


def settings(opened: Opened) -> SettingsScreen:
    shown = opened.screen()
    assert isinstance(shown, SettingsScreen)
    return shown


def press(opened: Opened, key: Qt.Key) -> None:
    QTest.keyClick(focused(opened), key)


def focused(opened: Opened) -> QWidget:
    widget: QWidget | None = opened.window.focusWidget()
    assert widget is not None
    return widget


def test_every_section_that_one_may_see_opens(opened: Opened) -> None:
    screen = settings(opened)
    role = opened.frame.clerk.role
    expected = [it.key for it in sections_found() if role in it.roles]
    assert [row.value for row in screen.list.rows.rows if not row.is_heading] == expected
    for key in expected:
        screen.list.set_value(key)
        assert screen.section(key).isVisible()


def test_enter_goes_into_a_section_and_escape_back_to_the_list(opened: Opened) -> None:
    screen = settings(opened)
    screen.list.set_value("look")
    press(opened, Qt.Key.Key_Return)
    assert isinstance(focused(opened), Chip)
    press(opened, Qt.Key.Key_Escape)
    assert screen.list.hasFocus()


def test_where_only_one_has_room_the_list_gives_way_to_the_section(opened: Opened) -> None:
    screen = settings(opened)
    theme.use_large(True)
    opened.window.resize(900, 540)
    screen.enter()
    screen.list.set_value("look")
    assert not screen.section("look").isVisible()
    press(opened, Qt.Key.Key_Return)
    assert screen.section("look").isVisible() and not screen.list.isVisible()
    press(opened, Qt.Key.Key_Escape)
    assert screen.list.isVisible()
    press(opened, Qt.Key.Key_Return)
    QTest.mouseClick(screen.back, Qt.MouseButton.LeftButton)
    assert screen.list.isVisible()
    opened.window.resize(1366, 660)
    theme.use_large(False)
    assert not screen.back.isVisible()


def test_the_list_keeps_the_keyboard_when_letters_grow(opened: Opened) -> None:
    screen = settings(opened)
    opened.window.resize(1366, 660)
    opened.frame.go("settings", "policy:hours")  # has a pane, which gives its room away
    screen.list.setFocus()
    screen.halves.show_right()  # as a click on the list does
    theme.use_large(True)
    assert screen.list.hasFocus()
    theme.use_large(False)
    assert screen.list.hasFocus()


def test_the_keys_of_a_section_stand_in_the_help(qtbot: QtBot, station: Station) -> None:
    with open_window(station.sit(Role.ADMINISTRATOR), SCREEN) as opened:
        opened.frame.go("settings", "staff")
        told = settings(opened).keys()
        assert "添一位" in [key.does for key in told]


def test_the_section_is_remembered(qtbot: QtBot, station: Station) -> None:
    kept = {"settings.section": json.dumps("look")}
    with open_window(station.sit(Role.CLERK), SCREEN, kept=kept) as opened:
        opened.frame.start()
        assert settings(opened).list.value() == "look"


def test_looks_change_at_once_and_are_remembered(opened: Opened) -> None:
    opened.frame.go("settings", "look")
    section = settings(opened).section("look")
    assert isinstance(section, LookSection)
    press(opened, Qt.Key.Key_Right)
    assert theme.scheme == "dark"
    assert opened.frame.remembered.get("scheme", "") == "dark"
    section.letters.setFocus()
    press(opened, Qt.Key.Key_Right)
    assert theme.roomy and not theme.large
    assert theme.font("body").pixelSize() == 18
    press(opened, Qt.Key.Key_Right)
    assert theme.large
    assert opened.frame.remembered.get("large", False) is True
    section.letters.set_value("normal")
    section.letters.edited.emit()
    assert not theme.large and not theme.roomy
    assert opened.frame.remembered.get("roomy", True) is False


def station_section(opened: Opened, qtbot: QtBot) -> StationSection:
    opened.frame.go("settings", "station")
    section = settings(opened).section("station")
    assert isinstance(section, StationSection)
    qtbot.waitUntil(lambda: bool(section.facts.lines()))
    return section


def test_the_station_gets_another_name_and_keeps_its_history(qtbot: QtBot, station: Station) -> None:
    with open_window(station.sit(Role.ADMINISTRATOR), SCREEN) as opened:
        section = station_section(opened, qtbot)
        section.name.set_value("")
        section.name.edited.emit()
        QTest.mouseClick(section.save_button, Qt.MouseButton.LeftButton)
        row = section.form.row_of(section.name)
        qtbot.waitUntil(lambda: row.refusal.isVisible())
        section.name.set_value("柳林村新时代文明实践站")
        section.name.edited.emit()
        QTest.keyClick(section.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: station_card(station.desk, None).name == "柳林村新时代文明实践站")
        qtbot.waitUntil(lambda: "改为：柳林村新时代文明实践站" in words_in(section.timeline))
        assert "建站：桃源村新时代文明实践站" in words_in(section.timeline)
        assert not section.save_button.isEnabled()


def test_while_the_station_is_saved_a_second_enter_presses_nothing_else(
    qtbot: QtBot, station: Station
) -> None:
    with open_window(station.sit(Role.ADMINISTRATOR), SCREEN) as opened:
        section = station_section(opened, qtbot)
        section.name.set_value("柳林村新时代文明实践站")
        section.name.edited.emit()
        section.save_button.setFocus()
        for _press in range(2):
            QTest.keyClick(opened.window.focusWidget(), Qt.Key.Key_Return)
        assert section.name.value() == "柳林村新时代文明实践站"
        assert not section.drop_button.hasFocus()
        qtbot.waitUntil(section.name.hasFocus)
        assert station_card(station.desk, None).name == "柳林村新时代文明实践站"


def test_a_half_typed_name_is_dropped_when_one_says_so(qtbot: QtBot, station: Station) -> None:
    with open_window(station.sit(Role.ADMINISTRATOR), SCREEN) as opened:
        section = station_section(opened, qtbot)
        QTest.keyClicks(section.name, "x")
        opened.frame.go("settings", "look")
        assert station_section(opened, qtbot).name.value() == f"{STATION_NAME}x"
        QTest.mouseClick(section.drop_button, Qt.MouseButton.LeftButton)
        assert section.name.value() == STATION_NAME


def edit_the_clerk(station: Station) -> None:
    edit_staff(station.desk, EditStaff(staff=station.staff[Role.CLERK], name="陈芳芳"))


def rename_it(station: Station) -> None:
    rename_station(station.desk, RenameStation(name="新名站", region="370883102204"))


def set_limits(station: Station) -> None:
    limits = SetPolicy(policy=OrderLimits.name, value='{"accept_hours": 5}', valid_from=station.desk.today())
    set_policy(station.desk, limits)


@pytest.mark.parametrize("shown", ["today", "settings"])
@pytest.mark.parametrize(
    "section, do", [("staff", edit_the_clerk), ("station", rename_it), ("policy:orders.limits", set_limits)]
)
def test_what_is_undone_is_shown_in_its_section(
    section: str, do: Callable[[Station], None], shown: str, qtbot: QtBot, station: Station
) -> None:
    station.sit(Role.ADMINISTRATOR)
    do(station)
    other = ScreenEntry("today", 10, "today", "今日", Screen)
    with open_window(station.desk, SCREEN, other, kept={"settings.section": json.dumps("look")}) as opened:
        opened.frame.start()
        opened.frame.go(shown)
        opened.frame.undo()
        qtbot.waitUntil(lambda: opened.frame.banner.sentence().startswith("已撤销"))
        qtbot.waitUntil(lambda: settings(opened).list.value() == section)


@pytest.mark.parametrize("role", [Role.CLERK, Role.AUDITOR])
def test_others_read_the_station(qtbot: QtBot, station: Station, role: Role) -> None:
    with open_window(station.sit(role), SCREEN) as opened:
        opened.frame.start()
        section = station_section(opened, qtbot)
        assert section.facts.lines()[0].words == STATION_NAME
        assert "管理员可以改。" in words_in(section)
        assert not section.form.isVisible()


def words_in(widget: QWidget) -> str:
    return "\n".join(label.accessibleName() or label.text() for label in widget.findChildren(QLabel))


def test_a_paper_gets_copies_and_the_choice_stays(qtbot: QtBot, station: Station) -> None:
    desk = station.sit(Role.CLERK)
    choose_printer(desk, ChoosePrinter(paper=PaperKind.GIFT_RECEIPT, printer="HP-2", copies=1))
    with open_window(desk, SCREEN) as opened:
        opened.frame.go("settings", "printers")
        section = settings(opened).section("printers")
        assert isinstance(section, PrintersSection)
        field = section.fields[PaperKind.GIFT_RECEIPT]
        qtbot.waitUntil(lambda: field.printer.currentText() == "HP-2（现在没接上）")
        field.copies.setFocus()
        field.copies.selectAll()
        QTest.keyClicks(field.copies, "0")
        QTest.keyClick(field.copies, Qt.Key.Key_Return)
        row = section.form.row_of(field)
        qtbot.waitUntil(lambda: row.refusal.isVisible())
        field.copies.selectAll()
        QTest.keyClicks(field.copies, "2")
        QTest.keyClick(field.copies, Qt.Key.Key_Tab)
        expected = PrinterChoice(printer="HP-2", copies=2)
        qtbot.waitUntil(lambda: printer_choices(desk, None)[PaperKind.GIFT_RECEIPT] == expected)
        field.printer.setFocus()
        QTest.keyClick(field.printer, Qt.Key.Key_Up)
        qtbot.waitUntil(lambda: printer_choices(desk, None)[PaperKind.GIFT_RECEIPT].printer == "")


@pytest.mark.parametrize("key", ["station", "policy:hours", "printers"])
def test_where_there_is_only_to_read_the_keyboard_stays_at_the_list(
    qtbot: QtBot, station: Station, key: str
) -> None:
    with open_window(station.sit(Role.AUDITOR), SCREEN) as opened:
        opened.frame.go("settings", key)
        screen = settings(opened)
        assert screen.list.hasFocus() and screen.list.value() == key
        theme.use_large(True)
        opened.window.resize(900, 540)
        opened.frame.go("settings", key)
        assert screen.back.hasFocus()


def test_an_auditor_chooses_no_printer(qtbot: QtBot, station: Station) -> None:
    with open_window(station.sit(Role.AUDITOR), SCREEN) as opened:
        opened.frame.go("settings", "printers")
        section = settings(opened).section("printers")
        assert isinstance(section, PrintersSection)
        assert not section.fields[PaperKind.CERTIFICATE].isEnabled()
        assert "管理员和操作员可以改。" in words_in(section)
