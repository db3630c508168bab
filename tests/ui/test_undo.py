"""Ctrl+Z in the window: what stays is said with the reason, and the next press is named before it is tried."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.support import people
from tests.support.desk import Station
from tests.support.town import dispatched, settle_town
from tests.support.window import open_window
from ui.parts.titleline import UndoButton
from ui.screen import Screen, ScreenEntry


def test_what_stays_is_told_once_and_the_next_press_is_named(qtbot: QtBot, station: Station) -> None:
    dispatched(station.desk, settle_town(station.desk))
    people.resident(station.desk, "王建国")
    with open_window(station.desk, ScreenEntry("today", 10, "today", "今日", Screen)) as opened:
        frame = opened.frame
        frame.start()
        frame.undo()
        qtbot.waitUntil(lambda: frame.banner.sentence().startswith("“登记建档”：登记过的人撤不掉。"))
        assert frame.banner.sentence().endswith("撤销它之前的“派给 爱心理发队”。")
        button = frame.findChildren(UndoButton)[0]
        qtbot.waitUntil(button.isVisible)
        assert button.accessibleName() == "撤销：派给 爱心理发队"
        frame.undo()
        qtbot.waitUntil(lambda: frame.banner.sentence() == "已撤销：派给 爱心理发队")
