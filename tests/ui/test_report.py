"""The report of a bug: where and what kind, and not one value of anybody."""

from __future__ import annotations

import logging
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.parts.buttons import Button
from ui.report import report_of, show_report
from ui.theme import theme


def broken(name: str) -> None:
    try:
        int(name)
    except ValueError as problem:
        raise KeyError({"phone": "13800001234", "name": name}) from problem


def caught() -> BaseException:
    with pytest.raises(KeyError) as problem:
        broken("王秀芳")
    return problem.value


def test_it_tells_kinds_and_places_and_no_value() -> None:
    report = report_of(caught())
    assert "KeyError" in report
    assert "ValueError" in report
    assert "tests/ui/test_report.py:" in report
    assert "broken" in report
    assert "王秀芳" not in report
    assert "13800001234" not in report


def test_it_tells_no_folder_of_this_machine() -> None:
    namespace: dict[str, object] = {}
    exec(compile("def far():\n    raise OSError('x')", "/media/wang/private/notes.py", "exec"), namespace)
    far = namespace["far"]
    assert callable(far)
    with pytest.raises(OSError, match="x") as problem:
        far()
    report = report_of(problem.value)
    assert "notes.py:2 far" in report
    assert "/media/wang" not in report


def test_the_window_shows_exactly_what_is_copied_and_the_same_bug_once(
    qtbot: QtBot, logged: list[logging.LogRecord]
) -> None:
    problem = caught()
    window = show_report(problem)
    qtbot.addWidget(window)
    assert window.size() == window.sizeHint()
    assert show_report(problem) is window
    window.findChildren(Button)[0].click()
    assert QGuiApplication.clipboard().text() == window.text() == report_of(problem)
    window.close()
    again = show_report(problem)
    qtbot.addWidget(again)
    assert again is not window
    assert {record.getMessage() for record in logged} == {report_of(problem)}
    logged.clear()


def test_it_opens_over_the_middle_of_the_window(qtbot: QtBot, logged: list[logging.LogRecord]) -> None:
    work = QWidget()
    qtbot.addWidget(work)
    work.setGeometry(60, 260, 720, 500)
    work.show()
    qtbot.waitUntil(work.isActiveWindow)
    window = show_report(caught())
    qtbot.addWidget(window)
    middle = work.frameGeometry().center()
    assert (window.rect().center() + window.pos() - middle).manhattanLength() <= 2
    window.close()
    assert [record.getMessage() for record in logged] == [window.text()]
    logged.clear()


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_its_words_stand_clear_of_its_buttons_and_escape_closes_it(
    qtbot: QtBot, logged: list[logging.LogRecord], large: bool
) -> None:
    theme.use_large(large)
    window = show_report(caught())
    qtbot.addWidget(window)
    qtbot.waitExposed(window)
    parts = [part for part in window.findChildren(QWidget) if part.parent() is window and part.isVisible()]
    for one, other in combinations(parts, 2):
        assert not one.geometry().intersects(other.geometry()), (one, other)
    assert all(part.height() >= part.minimumSizeHint().height() for part in parts)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    logged.clear()
