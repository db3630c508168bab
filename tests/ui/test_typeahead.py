"""Type-ahead and the search box: what is proposed when, what Enter takes, and that nothing reorders underfoot."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.samples import PEOPLE, find, person_rows, suggest
from ui.jobs import Jobs
from ui.parts.fields import TextField
from ui.parts.find import FindBox
from ui.parts.rows import RowList
from ui.parts.typeahead import TypeAhead

Show = Callable[[QWidget], QWidget]


class Host(QWidget):
    def __init__(self, line: TypeAhead) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.addWidget(line)
        self.next = TextField()
        column.addWidget(self.next)
        column.addStretch()
        self.resize(700, 500)
        self.heard: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.heard.append(event.key())


@pytest.fixture
def line(sample_jobs: Jobs, show: Show) -> TypeAhead:
    made = TypeAhead(sample_jobs, suggest, person_rows, new="＋ 新登记")
    show(Host(made))
    made.setFocus()
    return made


def listed(line: TypeAhead) -> RowList:
    found = [rows for rows in line.window().findChildren(RowList) if rows.isVisible()]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_the_only_one_is_chosen_already(qtbot: QtBot, line: TypeAhead, key: Qt.Key) -> None:
    QTest.keyClicks(line, "1381234")
    qtbot.waitUntil(line.is_open)
    with qtbot.waitSignal(line.chosen) as chosen:
        QTest.keyClick(line, key)
    assert (chosen.args, line.is_open()) == ([PEOPLE[0]], False)


def test_enter_before_the_answer_waits_for_it(qtbot: QtBot, line: TypeAhead) -> None:
    with qtbot.waitSignal(line.chosen) as chosen:
        QTest.keyClicks(line, "1381234")
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert chosen.args == [PEOPLE[0]]


def test_among_several_nothing_is_chosen_until_somebody_points(qtbot: QtBot, line: TypeAhead) -> None:
    QTest.keyClicks(line, "w")
    qtbot.waitUntil(line.is_open)
    with qtbot.assertNotEmitted(line.chosen):
        QTest.keyClick(line, Qt.Key.Key_Return)
    QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Down)
    with qtbot.waitSignal(line.chosen) as chosen:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert chosen.args == [PEOPLE[1]]


def test_the_last_row_registers_somebody_new(qtbot: QtBot, line: TypeAhead) -> None:
    QTest.keyClicks(line, "zhou")
    qtbot.waitUntil(line.is_open)
    assert [row.title for row in line.proposals()] == ["＋ 新登记"]
    with qtbot.waitSignal(line.new_asked) as asked:
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert asked.args == ["zhou"]


def test_a_late_answer_never_reorders_what_the_arrows_walk(qtbot: QtBot, line: TypeAhead) -> None:
    QTest.keyClicks(line, "w")
    qtbot.waitUntil(line.is_open)
    before = line.proposals()
    QTest.keyClick(line, Qt.Key.Key_Down)
    line._show(PEOPLE[:1])  # an answer that comes too late
    assert line.proposals() is before


def test_escape_closes_the_list_and_only_then_leaves(line: TypeAhead, qtbot: QtBot) -> None:
    host = line.window()
    assert isinstance(host, Host)
    QTest.keyClicks(line, "w")
    qtbot.waitUntil(line.is_open)
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert (line.is_open(), line.text(), host.heard) == (False, "w", [])
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert (line.text(), host.heard) == ("w", [Qt.Key.Key_Escape])


def test_nothing_is_searched_while_composing(qtbot: QtBot, line: TypeAhead) -> None:
    QTest.keyClicks(line, "w")
    qtbot.waitUntil(line.is_open)
    QApplication.sendEvent(line, QInputMethodEvent("xiu", []))
    assert not line.is_open()
    done = QInputMethodEvent("", [])
    done.setCommitString("王")
    line.clear()
    QApplication.sendEvent(line, done)
    qtbot.waitUntil(line.is_open)
    assert line.text() == "王"


def test_the_list_never_has_the_focus_and_goes_with_it(qtbot: QtBot, line: TypeAhead) -> None:
    QTest.keyClicks(line, "w")
    qtbot.waitUntil(line.is_open)
    assert line.hasFocus()
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert not line.is_open()


def test_a_click_chooses(qtbot: QtBot, line: TypeAhead) -> None:
    QTest.keyClicks(line, "w")
    qtbot.waitUntil(line.is_open)
    rows = listed(line)
    spot = rows.visualRect(rows.rows.index(2)).center()
    with qtbot.waitSignal(line.chosen) as chosen:
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert (chosen.args, line.hasFocus()) == ([PEOPLE[2]], True)


def test_what_is_chosen_is_forgotten_when_the_text_changes(qtbot: QtBot, line: TypeAhead) -> None:
    line.set_chosen(PEOPLE[0], "王秀芳", "尾号 1234")
    assert (line.value(), line.is_empty()) == (PEOPLE[0], False)
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert (line.value(), line.is_empty()) == (None, True)


def test_the_list_stays_inside_the_window(qtbot: QtBot, line: TypeAhead) -> None:
    line.window().resize(500, 160)
    QTest.keyClicks(line, "w")
    qtbot.waitUntil(line.is_open)
    frame = listed(line).parentWidget()
    assert frame is not None
    assert line.window().rect().contains(frame.geometry())


def test_the_search_box_groups_and_points_at_the_first_find(
    qtbot: QtBot, sample_jobs: Jobs, show: Show
) -> None:
    box = FindBox(sample_jobs, find)
    show(Host(box))
    box.setFocus()
    QTest.keyClicks(box, "wang")
    qtbot.waitUntil(box.is_open)
    assert [row.title for row in box.proposals() if row.is_heading] == ["人", "订单", "队伍"]
    for _press in range(4):
        QTest.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.chosen) as chosen:
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args[0].title == "0417-3K 代购"  # headings were stepped over


def test_finding_nothing_says_what_to_try(qtbot: QtBot, sample_jobs: Jobs, show: Show) -> None:
    box = FindBox(sample_jobs, lambda _desk, _text: [])
    show(Host(box))
    box.setFocus()
    QTest.keyClicks(box, "x")
    qtbot.waitUntil(box.is_open)
    assert "没有找到" in box.proposals()[0].title
    with qtbot.assertNotEmitted(box.chosen):
        QTest.keyClick(box, Qt.Key.Key_Return)
        QTest.keyClick(box, Qt.Key.Key_Down)
        QTest.keyClick(box, Qt.Key.Key_Return)
