"""Nobody there: told once after a while without keys or mouse, and never while somebody is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.idle import Idle

LONG_MS = 100_000


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def idle_in(window: QWidget, after_ms: int) -> Idle:
    made = Idle(window)
    made._timer.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one is put off by whole seconds
    if after_ms:
        made.wait(after_ms)
    made.watch(window)
    return made


def test_it_is_told_once(qtbot: QtBot, window: QWidget) -> None:
    idle = idle_in(window, 1)
    with qtbot.waitSignal(idle.passed):
        pass
    with qtbot.assertNotEmitted(idle.passed, wait=5):
        pass


@pytest.mark.parametrize("button", [False, True], ids=["key", "mouse"])
def test_whoever_is_there_puts_it_off(qtbot: QtBot, window: QWidget, button: bool) -> None:
    idle = idle_in(window, LONG_MS)
    qtbot.waitUntil(lambda: idle._timer.remainingTime() < LONG_MS - 5)
    left = idle._timer.remainingTime()
    if button:
        QTest.mouseClick(window, Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(window, Qt.Key.Key_A)
    assert idle._timer.remainingTime() > left


def test_what_nobody_did_puts_nothing_off(qtbot: QtBot, window: QWidget) -> None:
    idle = idle_in(window, LONG_MS)
    qtbot.waitUntil(lambda: idle._timer.remainingTime() < LONG_MS - 5)
    left = idle._timer.remainingTime()
    idle.eventFilter(window, QEvent(QEvent.Type.Paint))
    assert idle._timer.remainingTime() <= left


def test_until_it_is_told_how_long_nothing_runs(window: QWidget) -> None:
    idle = idle_in(window, 0)
    QTest.keyClick(window, Qt.Key.Key_A)
    assert not idle._timer.isActive()
    idle.wait(LONG_MS)
    assert idle._timer.isActive()
