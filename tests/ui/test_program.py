"""The program itself: the command line, the window at once and where it was, the sample station, a clean end."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.demo.station import PASSPHRASE, build
from app.demo.story import Scale
from ui.__main__ import parser
from ui.demo import BuildingPage, DemoEntrance, Step
from ui.jobs import Jobs
from ui.memory import Memory
from ui.program import Program, Wanted, now
from ui.report import ReportWindow, _Relay, keep_log, log
from ui.session import Session
from ui.signin.trouble import TroublePage
from ui.sitting import Entrance
from ui.welcome import Welcome
from ui.window import Window

ROOT = Path(__file__).resolve().parents[2]
SMALL = Scale(
    people=60,
    volunteers=40,
    days=90,
    records=120,
    ended_orders=10,
    open_orders=8,
    certificates=3,
    redemptions=4,
)


def command(*arguments: str, around: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **(around or {})},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "settings" / "window.ini")


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path, memory: Memory) -> Iterator[Program]:
    (tmp_path / "data").mkdir()
    made = Program(Wanted(folder=tmp_path / "data" / "station"), memory)
    yield made
    made.window.close()
    made.window.deleteLater()
    QApplication.processEvents()


def test_help_is_there_without_qt() -> None:
    told = command("-X", "importtime", "-m", "ui", "--help")
    assert "演示站点" in told.stdout
    assert "sample station" in told.stdout
    assert "PySide6" not in told.stderr


def test_the_first_window_needs_no_database() -> None:
    """It is drawn before the slow parts are imported."""
    loaded = command(
        "-c",
        "import sys, ui.program; print(*sorted(m for m in sys.modules if m in ('sqlalchemy', 'reportlab')))",
    )
    assert loaded.stdout.split() == []


@pytest.mark.parametrize(
    "arguments, folder, is_demo, is_fresh",
    [
        ([], None, False, False),
        (["--demo", "--folder", "x"], Path("x"), True, False),
        (["--demo-fresh"], None, False, True),
    ],
)
def test_the_command_line_is_understood(
    arguments: list[str], folder: Path | None, is_demo: bool, is_fresh: bool
) -> None:
    options = parser().parse_args(arguments)
    assert (options.folder, options.demo, options.demo_fresh) == (folder, is_demo, is_fresh)


def test_the_window_is_there_before_anything_else(qtbot: QtBot, program: Program) -> None:
    program.open()
    assert program.window.isVisible()
    assert program.window.windowTitle() == "驿站"
    assert not program.window.is_covered()
    qtbot.waitUntil(lambda: isinstance(program.window.shown_cover(), Welcome))


def test_the_window_comes_back_where_it_was(qtbot: QtBot, tmp_path: Path, memory: Memory) -> None:
    heights = []
    for height in (560, 620):
        made = Program(Wanted(folder=tmp_path / "station"), memory)
        made.open()
        heights.append(made.window.height())
        made.window.showNormal()
        made.window.resize(900, height)
        made.window.close()
        made.window.deleteLater()
    assert heights[1] == 560
    assert memory.geometry() is not None


def test_closing_ends_the_worker(qtbot: QtBot, program: Program) -> None:
    program.open()
    program.window.close()
    assert not program.window.isVisible()
    assert "database worker" not in [thread.name for thread in threading.enumerate()]


def test_leaving_the_first_page_closes_the_window(qtbot: QtBot, program: Program) -> None:
    program.open()
    qtbot.waitUntil(lambda: isinstance(program.window.shown_cover(), Welcome))
    assert isinstance(program.session, Session)
    program.session.ended.emit()
    assert not program.window.isVisible()


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = Window()
    made.show()
    yield made
    made.close()
    made.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs(None)
    yield made
    made.close()


def test_a_sample_station_that_is_there_is_ready_at_once(
    qtbot: QtBot, window: Window, jobs: Jobs, tmp_path: Path
) -> None:
    steps: list[Step] = []
    build(tmp_path / "demo", 3, now, lambda *step: steps.append(Step(*step)), SMALL)
    assert steps
    entrance = DemoEntrance(window, jobs, Entrance(tmp_path / "demo", now))
    with qtbot.waitSignal(entrance.ready) as ready:
        entrance.begin(3, is_fresh=False)
    assert ready.args == [PASSPHRASE]
    assert not window.is_covered()


def test_why_a_sample_station_is_built_anew_is_said(window: Window) -> None:
    page = BuildingPage()
    window.cover(page)
    page.say_why(is_outdated=False)
    assert not page.why.isVisible()
    page.say_why(is_outdated=True)
    assert page.why.isVisible()
    assert "程序更新了" in page.why.accessibleName()


def test_a_folder_of_something_else_is_never_made_a_sample(
    qtbot: QtBot, window: Window, jobs: Jobs, tmp_path: Path
) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.txt").write_text("...", encoding="utf-8")
    entrance = DemoEntrance(window, jobs, Entrance(folder, now))
    entrance.begin(3, is_fresh=True)
    assert isinstance(window.shown_cover(), BuildingPage)
    qtbot.waitUntil(lambda: isinstance(window.shown_cover(), TroublePage))
    assert [file.name for file in folder.iterdir()] == ["letter.txt"]


def test_what_breaks_on_a_thread_is_reported_on_the_ui_thread(
    qtbot: QtBot, logged: list[logging.LogRecord]
) -> None:
    relay = _Relay()

    def broken() -> None:
        try:
            raise KeyError("13800001234")
        except KeyError as problem:
            relay.on_uncaught(KeyError, problem, None)

    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(logged))
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, ReportWindow) and w.isVisible()]
    assert len(shown) == 1
    assert "KeyError" in logged[0].getMessage()
    assert "13800001234" not in logged[0].getMessage()
    logged.clear()
    shown[0].close()


def test_the_log_keeps_reports_and_no_values(tmp_path: Path, logged: list[logging.LogRecord]) -> None:
    from ui.report import _on_qt_message

    before = list(log.handlers)
    keep_log(tmp_path / "logs")
    try:
        own = qInstallMessageHandler(_on_qt_message)
        qWarning("QUrl: cannot read 王秀芳.pdf")
        qInstallMessageHandler(own)
        written = (tmp_path / "logs" / "yizhan.log").read_text(encoding="utf-8")
    finally:
        for handler in [kept for kept in log.handlers if kept not in before]:
            log.removeHandler(handler)
            handler.close()
    logged.clear()
    assert "Qt: QUrl" in written
    assert "王秀芳" not in written
    assert "yizhan · Python" in written


def test_now_is_aware() -> None:
    assert now().utcoffset() == timedelta(0)
    assert isinstance(now(), datetime)
