"""The program (程序): starting Qt, its looks and its language, the one window, and a clean end.

What is asked on the command line is read in ``__main__``; what the window shows is decided in ``session``.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import shiboken6
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from app.actions.folder import data_folder, sample_folder
from ui import pauses
from ui.demo import DemoEntrance
from ui.jobs import Jobs
from ui.language import speech
from ui.memory import Memory
from ui.privacy import keep_memory_private
from ui.report import catch_everything, keep_log
from ui.session import Session
from ui.sitting import Clock, Entrance
from ui.theme import paint_icon, theme
from ui.window import Window

_DESIGNED_SIZE = (1366, 700)
_ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)


@dataclass(frozen=True)
class Wanted:
    """What was asked for when the program was started."""

    folder: Path | None = None
    is_demo: bool = False
    is_fresh: bool = False
    seed: int = 1


class Program:
    """The window with its worker and its session; ``close`` ends all three in order."""

    def __init__(self, wanted: Wanted, memory: Memory, clock: Clock | None = None) -> None:
        """``clock`` is the PC's own unless a day is played."""
        self._wanted, self._memory, self._clock = wanted, memory, clock or now
        speech.begin(memory.get("language") or "")
        self.jobs = Jobs(None)
        self.window = Window()
        self.session: Session | None = None
        self.window.closing.connect(self.close)
        self._is_closed = False

    def open(self) -> None:
        """Show the window at once; what stands in it follows."""
        _place(self.window, self._memory)
        theme.use_large(self._memory.get("large") == "yes")
        self.window.show()
        if self._wanted.is_demo:
            folder = sample_folder(self._wanted.folder)
            demo = DemoEntrance(self.window, self.jobs, Entrance(folder, self._clock))
            demo.ready.connect(lambda passphrase: self._begin(folder, passphrase))
            demo.begin(self._wanted.seed, is_fresh=self._wanted.is_fresh)
        else:
            self._begin(data_folder(self._wanted.folder), "")

    def close(self) -> None:
        """Out of sight at once; the worker finishes what it promised."""
        if self._is_closed:
            return
        self._is_closed = True
        self._memory.put("large", "yes" if theme.large else "no")
        self._memory.put_geometry(self.window.saveGeometry())
        self.window.hide()
        if self.session is not None:
            self.session.close()
        else:
            self.jobs.close()

    def _begin(self, folder: Path, sample_passphrase: str) -> None:
        session = Session(
            self.window,
            self.jobs,
            Entrance(folder, self._clock),
            self._memory,
            sample_passphrase=sample_passphrase,
        )
        session.ended.connect(self.window.close)
        session.opened.connect(lambda: _keep_logs(folder / "logs"), Qt.ConnectionType.SingleShotConnection)
        self.session = session
        session.begin()


def open_window(wanted: Wanted) -> int:
    """Run the program until its window is closed."""
    keep_memory_private()
    running = application([sys.argv[0]])
    program = Program(wanted, Memory())
    program.open()
    try:
        return run(running)
    finally:
        program.close()


def now() -> datetime:
    """The PC's time."""
    return datetime.now(UTC)


def application(arguments: Sequence[str]) -> QApplication:
    """The running application, dressed; call it once, before any widget is made."""
    pauses.begin()
    _use_fcitx_through_ibus()
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    running = QApplication(list(arguments))
    running.setApplicationName("yizhan")
    running.setDesktopFileName("yizhan")
    catch_everything()
    theme.install()
    running.setWindowIcon(_icon())
    return running


def run(running: QApplication) -> int:
    """Run until the last window is closed; take the windows apart while everything they use is still there."""
    code = running.exec()
    for widget in running.topLevelWidgets():
        if shiboken6.isValid(widget):
            shiboken6.delete(widget)
    return code


def _use_fcitx_through_ibus() -> None:
    """Our Qt carries no fcitx part, but fcitx 5 answers as ibus, too."""
    if not sys.platform.startswith("linux"):
        return
    asked = os.environ.get("QT_IM_MODULE", "")
    spoken = os.environ.get("XMODIFIERS", "")
    if asked.startswith("fcitx") or (not asked and "fcitx" in spoken):
        os.environ["QT_IM_MODULE"] = "ibus"


def _keep_logs(folder: Path) -> None:
    """Beside the station: what broke, and where a crash was, without a word of what is in it."""
    keep_log(folder)
    faulthandler.enable((folder / "crash.log").open("w", encoding="utf-8"))


def _icon() -> QIcon:
    icon = QIcon()
    for size in _ICON_SIZES:
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint_icon(painter, "yizhan", QRectF(0, 0, size, size), theme.colour("ink"))
        painter.end()
        icon.addPixmap(picture)
    return icon


def _place(window: Window, memory: Memory) -> None:
    """Where it was the last time; at first as large as it was designed, or the whole of a small screen."""
    geometry = memory.geometry()
    if geometry is not None and window.restoreGeometry(geometry):
        return
    room = QApplication.primaryScreen().availableGeometry()
    width, height = _DESIGNED_SIZE
    if room.width() <= width or room.height() <= height:
        window.setWindowState(Qt.WindowState.WindowMaximized)
        return
    window.resize(width, height)
    window.move(room.left() + (room.width() - width) // 2, room.top() + (room.height() - height) // 3)
