"""The audit in the settings: what it shows, how it is narrowed, and who sees it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.actions.audit import AuditGroup
from app.actions.people import Reveal, Sensitive, reveal
from app.domain.staff import Role
from tests.support import people
from tests.support.desk import Station
from tests.support.window import Opened, open_window
from ui.parts.chips import Chip
from ui.screens.settings import SCREEN
from ui.screens.settings.audittrail import AuditSection
from ui.screens.settings.screen import SettingsScreen
from ui.theme import theme


@pytest.fixture
def looked(station: Station) -> Station:
    person = people.resident(station.sit(Role.CLERK), "王建国", phone="13812340001")
    for field, reason in ((Sensitive.PHONE, "打电话联系"), (Sensitive.ADDRESS, "核对本人")):
        reveal(station.desk, Reveal(person=person, field=field, reason=reason))
    return station


@pytest.fixture
def opened(qtbot: QtBot, looked: Station) -> Iterator[Opened]:
    with open_window(looked.sit(Role.AUDITOR), SCREEN) as window:
        window.frame.start()
        yield window


def _section(opened: Opened) -> AuditSection:
    shown = opened.screen()
    assert isinstance(shown, SettingsScreen)
    shown.list.set_value("audit")
    section = shown.section("audit")
    assert isinstance(section, AuditSection)
    return section


def _rows(section: AuditSection) -> list[tuple[str, ...]]:
    model = section.table.model()
    columns = range(1, model.columnCount())
    return [tuple(str(model.index(row, at).data()) for at in columns) for row in range(model.rowCount())]


def test_the_newest_comes_first_and_names_are_masked(opened: Opened, qtbot: QtBot) -> None:
    section = _section(opened)
    qtbot.waitUntil(
        lambda: (
            _rows(section)
            == [("陈芳", "看了住址：王*国", "核对本人"), ("陈芳", "看了电话：王*国", "打电话联系")]
        )
    )


def test_it_is_narrowed_and_says_when_nothing_is_left(opened: Opened, qtbot: QtBot, looked: Station) -> None:
    section = _section(opened)
    qtbot.waitUntil(lambda: section.who.count() == 4)
    section.who.set_value(looked.staff[Role.ADMINISTRATOR])
    section.who.edited.emit()
    qtbot.waitUntil(section.empty.isVisible)
    section.empty.button.click()
    qtbot.waitUntil(lambda: len(_rows(section)) == 2)
    section.groups.set_value(AuditGroup.CAME_IN)
    section.groups.edited.emit()
    qtbot.waitUntil(section.empty.isVisible)
    section.when.set_value(7)
    assert section.query().first_day == looked.desk.today().replace(day=1)


def test_no_choice_is_cut_off_in_large_letters_in_the_smallest_window(opened: Opened, qtbot: QtBot) -> None:
    theme.use_large(True)
    opened.window.resize(1024, 540)
    section = _section(opened)
    shown = opened.screen()
    assert isinstance(shown, SettingsScreen)
    shown.halves.show_right()

    def whole() -> bool:
        chips = section.groups.findChildren(Chip)
        return all(chip.visibleRegion().boundingRect() == chip.rect() for chip in chips)

    qtbot.waitUntil(whole)


def test_a_clerk_does_not_see_it(qtbot: QtBot, looked: Station) -> None:
    with open_window(looked.sit(Role.CLERK), SCREEN) as window:
        window.frame.start()
        shown = window.screen()
        assert isinstance(shown, SettingsScreen)
        assert "audit" not in [row.value for row in shown.list.rows.rows]
