"""Rosters of a list of people and of a team, by keys: masked at once, whole for a reason, and what is noted of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from app.actions import rosters
from app.actions.audit import AuditGroup, AuditQuery, audit_trail
from app.actions.desk import Desk
from app.actions.printers import ChoosePrinter, choose_printer
from app.actions.teams import ChangeLeader, change_leader
from app.domain.printers import PaperKind
from app.domain.staff import Role
from app.facts import Id
from tests.printing import papers
from tests.support.desk import REGION, Station
from tests.support.hands import CTRL, Hands
from tests.support.people import resident, team, volunteer
from tests.support.register import Clerk
from tests.support.window import open_window
from ui.parts.printing import look_for_printers
from ui.parts.question import QuestionOverlay
from ui.screens.teams import SCREEN as TEAMS
from ui.screens.teams.pane import RATED
from ui.screens.teams.screen import Teams
from ui.screens.volunteers import SCREEN as VOLUNTEERS

WHOLE = "要全名和电话的名册"


@contextmanager
def at_the_list(desk: Desk, qtbot: QtBot) -> Iterator[Clerk]:
    with open_window(desk, VOLUNTEERS) as opened:
        yield Clerk(opened, qtbot)


@contextmanager
def at_the_team(desk: Desk, qtbot: QtBot) -> Iterator[Hands]:
    with open_window(desk, TEAMS) as opened:
        clerk = Hands(opened, qtbot)
        clerk.until(lambda: teams(clerk).middle.roster() is not None)
        clerk.settle()
        yield clerk


def teams(clerk: Hands) -> Teams:
    shown = clerk.opened.screen()
    assert isinstance(shown, Teams)
    return shown


def keys_of(clerk: Hands) -> dict[str, str]:
    """The keys that F1 tells of the screen, and what each does."""
    told = clerk.opened.screen().keys()
    return {line.keys: line.does for line in told}


def taken_out(station: Station) -> list[tuple[str, str, str]]:
    entries = audit_trail(station.sit(Role.AUDITOR), AuditQuery(group=AuditGroup.TAKEN_OUT)).entries
    return [(entry.what, entry.about, entry.reason) for entry in entries]


def offered(clerk: Hands) -> list[str]:
    """What the menu offers; it is closed again."""
    clerk.key(Qt.Key.Key_P, CTRL)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    lines = [action.text() for action in menu.actions() if action.text() and action.isVisible()]
    clerk.key(Qt.Key.Key_Escape)
    return lines


def saved(clerk: Hands, path: Path) -> str:
    return "".join(papers.pages(clerk.kept_at(path)))


@pytest.fixture
def people(station: Station) -> tuple[Id, Id]:
    first = volunteer(station.desk, "张晓明", phone="13812340001", region=REGION)
    return first, volunteer(station.desk, "赵敏", phone="13812340002")


def test_the_menu_offers_the_roster_and_the_cards(
    qtbot: QtBot, station: Station, people: tuple[Id, Id]
) -> None:
    with at_the_list(station.desk, qtbot) as clerk:
        assert offered(clerk) == ["印名册", "名册存成 PDF\tCtrl+S", WHOLE, "给名册里这些人印志愿者证"]
        told = keys_of(clerk)
        assert told["Ctrl+P"] == "印名册，或给名册里这些人印志愿者证"
        assert told["Ctrl+S"] == "名册存成 PDF"
        clerk.menu("印名册")
        clerk.until(lambda: "还没有打印机" in clerk.news())
        clerk.click(clerk.screen.filters.print)
        assert isinstance(QApplication.activePopupWidget(), QMenu)
        clerk.key(Qt.Key.Key_Escape)


def test_what_the_list_shows_is_kept_masked_with_what_was_chosen(
    qtbot: QtBot, station: Station, people: tuple[Id, Id], tmp_path: Path
) -> None:
    team(station.desk, "爱心理发队", people[0])
    with at_the_list(station.desk, qtbot) as clerk:
        clerk.key(Qt.Key.Key_F3)
        clerk.key(Qt.Key.Key_Down)
        clerk.until(lambda: clerk.names() == ["张*明"])
        clerk.screen.register.table().setFocus()
        clerk.key(Qt.Key.Key_Right, CTRL)
        clerk.key(Qt.Key.Key_Down, CTRL)
        clerk.settle()
        clerk.key(Qt.Key.Key_S, CTRL)
        asked = clerk.file_dialog().selectedFiles()[0]
        assert asked.endswith("志愿者名册 2026年4月7日.pdf")
        said = saved(clerk, tmp_path / "roster.pdf")
    assert "在册的志愿者·爱心理发队·时长多的在前" in said
    assert "张*明" in said and "138****0001" in said and "赵*" not in said
    assert "张晓明" not in said
    assert taken_out(station) == [("save.paper", "志愿者名册，1 人", "roster.pdf")]


def test_what_was_searched_for_stands_there_masked(
    qtbot: QtBot, station: Station, people: tuple[Id, Id], tmp_path: Path
) -> None:
    with at_the_list(station.desk, qtbot) as clerk:
        clerk.write("13812340002")
        clerk.until(lambda: clerk.names() == ["赵*"])
        clerk.settle()
        clerk.menu("名册存成 PDF")
        said = saved(clerk, tmp_path / "roster.pdf")
    assert "在册的志愿者·找“138****0002”·按姓名" in said
    assert "13812340002" not in said


def test_residents_and_everybody_have_their_own(qtbot: QtBot, station: Station, tmp_path: Path) -> None:
    resident(station.desk, "王秀英", region=REGION)
    with at_the_list(station.desk, qtbot) as clerk:
        for name, about in (("residents", "居民·按姓名"), ("everybody", "志愿者和居民·按姓名")):
            clerk.screen.filters.who.next()
            clerk.settle()
            clerk.until(lambda: clerk.names() == ["王*英"])
            assert offered(clerk)[-1] == WHOLE, "a card is a volunteer's"
            clerk.key(Qt.Key.Key_S, CTRL)
            assert about in saved(clerk, tmp_path / f"{name}.pdf")


def test_a_whole_one_asks_what_for(
    qtbot: QtBot, station: Station, people: tuple[Id, Id], tmp_path: Path
) -> None:
    with at_the_list(station.desk, qtbot) as clerk:
        clerk.until(lambda: len(clerk.names()) == 2)
        clerk.menu(WHOLE)
        question = clerk.overlay(QuestionOverlay)
        assert "2 人" in question.question.title
        assert question.question.reasons == ("开会签到", "上报", "通知到人")
        clerk.enter()  # takes the first reason
        clerk.key(Qt.Key.Key_Tab)  # from printing to a file
        clerk.enter()
        said = saved(clerk, tmp_path / "whole.pdf")
    assert "张晓明" in said and "13812340001" in said
    assert "用于：开会签到。" in said
    assert taken_out(station) == [
        ("save.paper", "志愿者名册，2 人", "whole.pdf"),
        ("print.whole", "志愿者名册，2 人", "开会签到"),
    ]


def test_nothing_whole_is_made_without_a_reason(
    qtbot: QtBot, station: Station, people: tuple[Id, Id]
) -> None:
    with at_the_list(station.desk, qtbot) as clerk:
        clerk.menu(WHOLE)
        question = clerk.overlay(QuestionOverlay)
        question._give(question.question.answers[0])
        assert clerk.refused() == "请先选一个原因，或者写一句。"
        clerk.key(Qt.Key.Key_Escape)
        clerk.settle()
    assert taken_out(station) == []


def test_one_that_is_too_long_says_to_narrow_the_list(
    qtbot: QtBot, station: Station, people: tuple[Id, Id], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rosters, "MOST_ROWS", 1)
    with at_the_list(station.desk, qtbot) as clerk:
        clerk.key(Qt.Key.Key_S, CTRL)
        clerk.until(lambda: "最多一起印 1 人" in clerk.news())
        assert not clerk.opened.window.findChildren(QFileDialog)
        clerk.menu(WHOLE)
        clerk.answer("上报")
        clerk.until(lambda: "请先筛一筛" in clerk.refused())
        clerk.key(Qt.Key.Key_Escape)
    assert taken_out(station) == []


def test_of_nobody_there_is_none(qtbot: QtBot, desk: Desk) -> None:
    with at_the_list(desk, qtbot) as clerk:
        assert not clerk.screen.filters.print.isEnabled()
        clerk.key(Qt.Key.Key_P, CTRL)
        assert QApplication.activePopupWidget() is None
        clerk.key(Qt.Key.Key_S, CTRL)
        clerk.settle()
        assert not clerk.opened.window.findChildren(QFileDialog)


def test_an_auditor_prints_a_masked_one_only(qtbot: QtBot, station: Station, people: tuple[Id, Id]) -> None:
    team(station.desk, "爱心理发队", *people)
    station.sit(Role.AUDITOR)
    with at_the_list(station.desk, qtbot) as clerk:
        assert offered(clerk) == ["印名册"]
        assert "Ctrl+S" not in keys_of(clerk)
        clerk.menu("印名册")
        clerk.until(lambda: "还没有打印机" in clerk.news())
    with at_the_team(station.desk, qtbot) as hands:
        assert offered(hands) == ["印名册"]


def test_a_team_has_its_roster_with_its_leader(
    qtbot: QtBot, station: Station, people: tuple[Id, Id], tmp_path: Path
) -> None:
    squad = team(station.desk, "爱心理发队", *people)
    change_leader(station.desk, ChangeLeader(team=squad, person=people[1]))
    volunteer(station.desk, "孙立")
    with at_the_team(station.desk, qtbot) as clerk:
        assert offered(clerk) == ["印名册", "名册存成 PDF\tCtrl+S", WHOLE]
        told = keys_of(clerk)
        assert told["Ctrl+P"] == "印名册" and told["Ctrl+S"] == "名册存成 PDF"
        clerk.key(Qt.Key.Key_S, CTRL)
        said = saved(clerk, tmp_path / "squad.pdf")
        assert "爱心理发队名册" in said and "全体队员·按姓名" in said
        assert "赵*（队长）" in said and "张*明" in said and "孙*" not in said
        clerk.menu(WHOLE)
        clerk.answer("通知到人")
        clerk.until(lambda: "还没有打印机" in clerk.news())
    assert taken_out(station) == [
        ("print.whole", "爱心理发队名册，2 人", "通知到人"),
        ("save.paper", "爱心理发队名册，2 人", "squad.pdf"),
    ]


def test_the_keys_of_a_team_bring_its_members_back(
    qtbot: QtBot, station: Station, people: tuple[Id, Id]
) -> None:
    team(station.desk, "爱心理发队", *people)
    with at_the_team(station.desk, qtbot) as clerk:
        clerk.key(Qt.Key.Key_3)
        middle = teams(clerk).middle
        assert middle.pages.value() == RATED and not middle.print.isVisible()
        clerk.menu("印名册")
        assert middle.members.isVisible()
        clerk.until(lambda: "还没有打印机" in clerk.news())


def test_a_team_without_members_has_none(qtbot: QtBot, station: Station) -> None:
    team(station.desk, "爱心理发队")
    with open_window(station.desk, TEAMS) as opened:
        clerk = Hands(opened, qtbot)
        clerk.settle()
        assert not teams(clerk).middle.print.isEnabled()
        clerk.key(Qt.Key.Key_S, CTRL)
        clerk.settle()
        assert not opened.window.findChildren(QFileDialog)


@pytest.mark.qt_log_ignore("QPainter::begin|QPrinter::setPrinterName")
def test_it_goes_to_the_printer_that_was_chosen_for_it(
    qtbot: QtBot, station: Station, people: tuple[Id, Id], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["HP-2"])
    look_for_printers()
    choose_printer(station.desk, ChoosePrinter(paper=PaperKind.ROSTER, printer="HP-2", copies=1))
    with at_the_list(station.desk, qtbot) as clerk:
        clerk.menu("印名册")
        clerk.until(lambda: "打印机没有应答" in clerk.news())  # nothing is plugged in here
        assert not clerk.opened.window.findChildren(QPrintDialog)
    look_for_printers()
    assert [entry[:2] for entry in taken_out(station)] == [("print.paper", "志愿者名册，2 人")]
