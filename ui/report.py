"""The report (问题记录) of what is our bug: what kind, where in the code, which versions. Never a value.

Messages of exceptions are left out on purpose: they may carry names or numbers of people.
"""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6 import __version__ as qt_version
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.words import _
from ui.parts.buttons import Button
from ui.parts.fields import TextArea
from ui.parts.text import Paragraph, Text

_ROOT = Path(__file__).resolve().parent.parent


def report_of(problem: BaseException) -> str:
    """Types and places of ``problem`` and of what caused it, and the versions."""
    lines = [
        f"yizhan · Python {platform.python_version()} · Qt {qt_version} · {platform.system()} {platform.machine()}",
        "",
    ]
    cause: BaseException | None = problem
    while cause is not None:
        lines.append(type(cause).__qualname__)
        lines += [f"  {_place(frame)}" for frame in reversed(traceback.extract_tb(cause.__traceback__))]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)


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
        self.setWindowTitle(_("驿站：程序出了问题"))
        self.resize(720, 480)
        self._reports: list[str] = []
        self._text = TextArea(name=_("问题记录"), lines=12)
        self._text.setReadOnly(True)
        copy = Button(_("复制这份记录"), kind="primary", icon="copy")
        copy.clicked.connect(lambda _checked: QGuiApplication.clipboard().setText(self.text()))
        close = Button(_("接着用"))
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

    def add(self, report: str) -> None:
        """The same bug again is not written twice."""
        if report not in self._reports:
            self._reports.append(report)
        self._text.set_value("\n\n".join(self._reports))

    def text(self) -> str:
        return "\n\n".join(self._reports)


_shown: list[ReportWindow] = []


def show_report(problem: BaseException) -> ReportWindow:
    """Open the report window, or add to the one that is open."""
    if not _shown or not _shown[0].isVisible():
        _shown[:] = [ReportWindow()]
    window = _shown[0]
    window.add(report_of(problem))
    window.show()
    window.raise_()
    return window


def catch_everything() -> None:
    """Whatever nobody caught, in a slot or on a thread, ends in the report window."""
    sys.excepthook = _on_uncaught
    threading.excepthook = lambda args: traceback.print_exception(args.exc_value) if args.exc_value else None


def _on_uncaught(kind: type[BaseException], problem: BaseException, where: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt) or QApplication.instance() is None:
        sys.__excepthook__(kind, problem, where)
        return
    show_report(problem)
