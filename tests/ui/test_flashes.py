"""Building a screen shows only the screen: a part that is shown before it stands anywhere flashes as a window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.staff import Role
from tests.support.desk import Station
from tests.support.window import open_window
from ui.frame import screens_found
from ui.screens.counter.screen import CounterScreen
from ui.screens.settings.section import sections_found


class _Windows(QObject):
    """What was shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(repr(watched))
        return False


def test_no_screen_flashes_while_it_is_built(qtbot: QtBot, station: Station) -> None:
    running = QApplication.instance()
    assert running is not None
    windows = _Windows()
    with open_window(station.sit(Role.ADMINISTRATOR), *screens_found()) as opened:
        running.installEventFilter(windows)
        opened.frame.start()
        for entry in screens_found():
            opened.frame.go(entry.key)
            assert windows.shown == [], entry.key
            shown = opened.screen()
            if isinstance(shown, CounterScreen):
                for page, _title in shown._names():
                    shown.show_page(page)
                    assert windows.shown == [], page
        for section in sections_found():
            opened.screen().go_to(section.key)
            assert windows.shown == [], section.key
        running.removeEventFilter(windows)
