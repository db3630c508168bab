"""The report (问题记录) of what is our bug: what kind, where in the code, which versions. Never a value.

Messages of exceptions are left out on purpose: they may carry names or numbers of people. What is shown is also kept
in a small log beside the station (``keep_log``), for whoever looks after the PC.
"""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6 import __version__ as qt_version
from PySide6.QtCore import QMessageLogContext, QObject, QSize, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.problems import Trouble
from app.words import _
from ui.parts.buttons import Button
from ui.parts.fields import TextArea
from ui.parts.text import Paragraph, Text

_ROOT = Path(__file__).resolve().parent.parent
_LOG_BYTES = 256 * 1024
_LOG_FILES = 3

log = logging.getLogger("yizhan")


def report_of(problem: BaseException) -> str:
    """Types and places of ``problem`` and of what caused it, and the versions."""
    lines = [versions(), ""]
    cause: BaseException | None = problem
    while cause is not None:
        lines.append(type(cause).__qualname__)
        lines += [f"  {_place(frame)}" for frame in reversed(traceback.extract_tb(cause.__traceback__))]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)


def versions() -> str:
    system = f"{platform.system()} {platform.machine()}"
    return f"yizhan · Python {platform.python_version()} · Qt {qt_version} · {system}"


def _place(frame: traceback.FrameSummary) -> str:
    """A file of ours by its path in the project, any other by its name alone (a path may hold a person's name)."""
    path = Path(frame.filename)
    shown = path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else path.name
    if "site-packages" in shown:
        shown = path.name
    return f"{shown}:{frame.lineno} {frame.name}"


class ReportWindow(QWidget):
    """Shows exactly what would be handed on; nothing is sent by itself."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setWindowTitle(_("程序出了问题"))  # Qt adds the program's name
        self._reports: list[str] = []
        self._text = TextArea(name=_("问题记录"), lines=4, grows=True)
        self._text.setReadOnly(True)
        copy = Button(_("复制这份记录"), kind="primary", icon="copy")
        copy.clicked.connect(lambda _checked: QGuiApplication.clipboard().setText(self.text()))
        close = Button(_("接着用"), key="Esc")
        close.clicked.connect(lambda _checked: self.close())
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addWidget(close)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Text(_("刚才有一步没做成，是程序的毛病"), "section", bold=True, wrap=True))
        column.addWidget(
            Paragraph(
                _("已经记下的都在，可以接着用。请把下面这份记录交给维护的人，里面没有任何人的信息。"),
                "body",
                "secondary",
            )
        )
        column.addWidget(self._text, 1)
        column.addLayout(buttons)

    def sizeHint(self) -> QSize:
        """As large as it reads well, and what stands in it fits."""
        return QSize(720, 480).expandedTo(self.minimumSizeHint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def add(self, report: str) -> None:
        """The same bug again is not written twice."""
        if report not in self._reports:
            self._reports.append(report)
        self._text.set_value("\n\n".join(self._reports))

    def text(self) -> str:
        return "\n\n".join(self._reports)


_shown: list[ReportWindow] = []


def show_report(problem: BaseException) -> ReportWindow:
    """Open the report window, or add to the one that is open; on the UI thread."""
    log.error("%s", report_of(problem))
    if not _shown or not isValid(_shown[0]) or not _shown[0].isVisible():
        _shown[:] = [ReportWindow()]
        _shown[0].add(report_of(problem))
        _shown[0].resize(_shown[0].sizeHint())  # adjustSize would keep to two thirds of a small screen
        _put_over(_shown[0], QApplication.activeWindow())
    window = _shown[0]
    window.add(report_of(problem))
    window.show()
    window.raise_()
    return window


def _put_over(window: QWidget, other: QWidget | None) -> None:
    """Where the person is looking: over the middle of the window they work in, else of the screen."""
    around = (
        other.frameGeometry() if other is not None else QGuiApplication.primaryScreen().availableGeometry()
    )
    place = window.rect()
    place.moveCenter(around.center())
    window.move(place.topLeft())


def catch_everything() -> None:
    """Whatever nobody caught, in a slot or on a thread, ends in the report window; what Qt warns of, in the log."""
    relay = _Relay()
    sys.excepthook = relay.on_uncaught
    threading.excepthook = lambda args: relay.caught.emit(args.exc_value)
    qInstallMessageHandler(_on_qt_message)


def keep_log(folder: Path) -> None:
    """Keep reports in ``folder``, a few small files at most."""
    folder.mkdir(exist_ok=True)
    handler = RotatingFileHandler(
        folder / "yizhan.log", maxBytes=_LOG_BYTES, backupCount=_LOG_FILES - 1, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.info("%s", versions())


def note_trouble(trouble: Trouble) -> None:
    """Keep when which kind of trouble there was, for diagnostics."""
    log.info("trouble %s", type(trouble).__qualname__)


class _Relay(QObject):
    """Brings what broke on another thread to the UI thread."""

    caught = Signal(object)  # BaseException

    def __init__(self) -> None:
        super().__init__()
        self.caught.connect(show_report)

    def on_uncaught(
        self, kind: type[BaseException], problem: BaseException, where: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt) or QApplication.instance() is None:
            sys.__excepthook__(kind, problem, where)
        elif threading.current_thread() is threading.main_thread():
            show_report(problem)
        else:
            self.caught.emit(problem)


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Only the beginning of what Qt says: behind a colon or a quote there may be a text of somebody. A fatal message
    names a place in Qt and is the last.
    """
    if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
        return
    words = message if kind == QtMsgType.QtFatalMsg else message.replace('"', ":").split(":")[0]
    log.warning("Qt: %s", words)
