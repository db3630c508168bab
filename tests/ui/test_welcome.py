"""The first start: three pages by key, nothing on the disk before the last, and what each page refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.recovery import RecoveryCode
from app.domain.stations import StationLevel
from tests.support.desk import PASSPHRASE, SettableClock
from tests.support.faults import no_room_left
from tests.support.session import Run, run
from ui.parts.buttons import Button
from ui.welcome import Welcome

CTRL = Qt.KeyboardModifier.ControlModifier
NAME = "桃源村新时代文明实践站"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "station"


@pytest.fixture
def started(qtbot: QtBot, folder: Path, tmp_path: Path) -> Iterator[Run]:
    folder.parent.mkdir()
    with run(qtbot, folder, SettableClock()) as running:
        yield running


@pytest.fixture
def welcome(started: Run) -> Welcome:
    return started.page(Welcome)


def paste(field: QLineEdit, text: str) -> None:
    """What an input method does: Chinese is not typed key by key."""
    field.setFocus()
    field.insert(text)
    field.textEdited.emit(field.text())


def on(started: Run) -> None:
    started.press(Qt.Key.Key_Return, CTRL)


def fill_station(started: Run, welcome: Welcome) -> None:
    paste(welcome.station.name, NAME)
    started.press(Qt.Key.Key_Return)
    started.type("370883102204")
    on(started)
    started.qtbot.waitUntil(welcome.administrator.isVisible)


def fill_administrator(started: Run, welcome: Welcome, passphrase: str = PASSPHRASE) -> None:
    paste(welcome.administrator.name, "沈静")
    started.press(Qt.Key.Key_Return)
    started.type(passphrase)
    started.press(Qt.Key.Key_Return)
    started.type(passphrase)
    on(started)


def to_sheet(started: Run, welcome: Welcome) -> RecoveryCode:
    fill_station(started, welcome)
    fill_administrator(started, welcome)
    started.qtbot.waitUntil(lambda: welcome.recovery.isVisible() and welcome.recovery.is_ready())
    return welcome.recovery.code


def test_three_pages_found_a_station_and_open_it(started: Run, welcome: Welcome, folder: Path) -> None:
    code = to_sheet(started, welcome)
    assert not folder.exists()
    welcome.recovery.last.setFocus()
    started.type(code.characters[-4:].lower())
    on(started)
    frame = started.frame()
    assert (frame.clerk.name, frame.clerk.role) == ("沈静", "administrator")
    assert (folder / "station.db").exists()


def test_the_region_says_what_it_is_while_it_is_typed(started: Run, welcome: Welcome) -> None:
    page = welcome.station
    page.region.setFocus()
    said = {}
    for digits in ("370883", "102", "204"):
        started.type(digits)
        said[page.region.line.text()] = (page.region.echo.accessibleName(), page.level())
    assert said == {
        "370883": ("山东省 济宁市 邹城市", StationLevel.CENTRE),
        "370883 102": ("山东省 济宁市 邹城市 城前镇", StationLevel.OFFICE),
        "370883 102 204": ("山东省 济宁市 邹城市 城前镇 村民委员会（未收录）", StationLevel.STATION),
    }


def test_a_chosen_level_stays_whatever_the_region_says(started: Run, welcome: Welcome) -> None:
    page = welcome.station
    page.level_chips.setFocus()
    started.press(Qt.Key.Key_Right)
    page.region.setFocus()
    started.type("370883102204")
    assert page.level() is StationLevel.OFFICE


def test_a_page_is_not_left_before_it_will_do(started: Run, welcome: Welcome) -> None:
    welcome.station.region.setFocus()
    started.type("3708")
    on(started)
    refusal = welcome.station.form.row_of(welcome.station.name).refusal
    started.qtbot.waitUntil(refusal.isVisible)
    assert welcome.station.isVisible()
    paste(welcome.station.name, NAME)
    assert not refusal.isVisible()


def test_the_keys_of_the_footer_work_from_the_footer(started: Run, welcome: Welcome) -> None:
    paste(welcome.station.name, NAME)
    started.press(Qt.Key.Key_Return)
    started.type("370883102204")
    started.press(Qt.Key.Key_Return)
    assert isinstance(started.window.focusWidget(), Button)
    on(started)
    started.qtbot.waitUntil(welcome.administrator.isVisible)
    started.press(Qt.Key.Key_Backtab)
    assert isinstance(started.window.focusWidget(), Button)
    started.press(Qt.Key.Key_Escape)
    assert welcome.station.isVisible()


def test_what_a_passphrase_still_misses_is_marked_until_something_is_typed(
    started: Run, welcome: Welcome
) -> None:
    fill_station(started, welcome)
    page = welcome.administrator
    paste(page.name, "沈静")
    page.passphrase.first.setFocus()
    started.type("abc12345")
    marks = page.passphrase.ticks
    before = marks.grab().toImage()
    on(started)
    assert page.isVisible() and page.passphrase.first.line.hasFocus()
    assert marks.grab().toImage() != before
    started.type("x")
    started.press(Qt.Key.Key_Backspace)
    assert marks.grab().toImage() == before


def test_the_rules_of_a_passphrase_tick_themselves(started: Run, welcome: Welcome) -> None:
    fill_station(started, welcome)
    page = welcome.administrator
    paste(page.name, "沈静")
    page.passphrase.first.setFocus()
    started.type("chunfen")
    assert [kept for _words, kept in page.passphrase.ticks.rules()] == [False, False, True, False]
    started.type("g-2026")
    page.passphrase.again.setFocus()
    started.type("chunfeng-2026")
    assert [kept for _words, kept in page.passphrase.ticks.rules()] == [True] * 4


def test_two_different_passphrases_go_no_further(started: Run, welcome: Welcome) -> None:
    fill_station(started, welcome)
    page = welcome.administrator
    paste(page.name, "沈静")
    page.passphrase.first.setFocus()
    started.type(PASSPHRASE)
    started.press(Qt.Key.Key_Return)
    started.type("Chunfeng-2027")
    on(started)
    assert page.isVisible()
    assert page.passphrase.again.line.hasFocus()


def test_back_keeps_what_was_typed(started: Run, welcome: Welcome) -> None:
    to_sheet(started, welcome)
    started.press(Qt.Key.Key_Escape)
    assert welcome.administrator.isVisible()
    assert welcome.administrator.passphrase.value() == PASSPHRASE
    started.press(Qt.Key.Key_Escape)
    assert welcome.station.isVisible()
    assert welcome.station.region.value() == "370883102204"


def test_the_last_four_characters_are_wanted(started: Run, welcome: Welcome, folder: Path) -> None:
    to_sheet(started, welcome)
    page = welcome.recovery
    for typed in ("", "UUUU"):
        page.last.setFocus()
        started.type(typed)
        on(started)
        assert page.form.row_of(page.last).refusal.isVisible()
    assert not folder.exists()


def test_what_is_pressed_before_the_sheet_is_made_is_done_then(started: Run, welcome: Welcome) -> None:
    to_sheet(started, welcome)
    recovery = welcome.recovery
    recovery._sheet = b""  # as in the first moment of the page
    recovery.save.click()
    assert not started.window.findChildren(QFileDialog)
    recovery.prepare(welcome.request())
    started.qtbot.waitUntil(lambda: bool(started.window.findChildren(QFileDialog)))


def test_the_sheet_is_saved_where_the_person_says(started: Run, welcome: Welcome, tmp_path: Path) -> None:
    code = to_sheet(started, welcome)
    QTest.mouseClick(welcome.recovery.save, Qt.MouseButton.LeftButton)
    dialog = started.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    line = dialog.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    line.setText(str(tmp_path / "恢复单"))
    QTest.keyClick(line, Qt.Key.Key_Return)
    saved = tmp_path / "恢复单.pdf"
    started.qtbot.waitUntil(saved.exists)
    with pypdfium2.PdfDocument(saved) as sheet:
        text = sheet[0].get_textpage().get_text_range()
    plain = "".join(text.split())
    assert all(line.replace(" ", "") in plain for line in code.lines())
    started.qtbot.waitUntil(lambda: started.window.focusWidget() is welcome.recovery.last)


def test_a_full_disk_founds_nothing_and_can_be_tried_again(
    started: Run, welcome: Welcome, folder: Path
) -> None:
    code = to_sheet(started, welcome)
    page = welcome.recovery
    page.last.setFocus()
    started.type(code.characters[-4:])
    with no_room_left():
        on(started)
        started.qtbot.waitUntil(page.form.row_of(page.ways).refusal.isVisible)
    assert not folder.exists()
    on(started)
    assert started.frame().clerk.name == "沈静"


def test_esc_on_the_first_page_asks_to_end(started: Run, welcome: Welcome) -> None:
    with started.qtbot.waitSignal(started.session.ended):
        started.press(Qt.Key.Key_Escape)
