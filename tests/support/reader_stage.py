"""A window for screen readers to read, in a process of its own: ``python -m tests.support.reader_stage FOLDER``.

It answers each line it is told: the key of a screen shows it, ``say WORDS`` puts them on the banner.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QSocketNotifier
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.support import served
from tests.support.desk import open_station
from tests.support.people import order, resident, team
from tests.support.window import Opened, open_window
from ui.frame import screens_found
from ui.theme import theme

_MOMENT_MS = 20


def main(folder: Path) -> None:
    running = QApplication(["yizhan"])
    running.setApplicationName("yizhan")
    theme.install("light")
    station = open_station(folder)
    person = served.volunteer(station.desk, "李梅")
    served.approved(station.desk, person)
    team(station.desk, "爱心理发队", person)
    order(station.desk, resident(station.desk, "王秀英"), what="想理个发")
    with open_window(station.desk, *screens_found()) as opened:
        told = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        told.activated.connect(lambda: _do(opened, sys.stdin.readline().strip()))
        print("ready", flush=True)
        running.exec()
    station.close()


def _do(opened: Opened, line: str) -> None:
    if not line:
        QApplication.quit()
        return
    try:
        if line.startswith("say "):
            opened.frame.banner.news(line.removeprefix("say "))
        else:
            opened.frame.go(line)
            while opened.jobs._undelivered:
                QTest.qWait(_MOMENT_MS)
    finally:
        print("done", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
