"""Whatever goes wrong behind the window (旁观): exceptions in slots and threads, and what Qt complains about."""

from __future__ import annotations

import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from ui.demo_day.promises import NotAsPromised

_ONLY_A_SCREEN_CAN = "This plugin does not support"


class Watch:
    """Takes the place of the report window: on this day a bug is not shown but ends the day."""

    def __init__(self) -> None:
        self._seen: list[str] = []
        sys.excepthook = self._on_uncaught
        threading.excepthook = lambda args: self.saw(args.exc_value)
        qInstallMessageHandler(self._on_message)

    def go_home(self) -> None:
        """From now on what breaks is told as everywhere in Python."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def saw(self, problem: BaseException | None) -> None:
        self._seen.append("".join(traceback.format_exception(problem)))

    def nothing_wrong(self) -> None:
        """End the day if anything went wrong so far."""
        if self._seen:
            raise NotAsPromised(f"程序自己没有出错\n{self._seen[0]}")

    def _on_uncaught(
        self, _kind: type[BaseException], problem: BaseException, _where: TracebackType | None
    ) -> None:
        self.saw(problem)

    def _on_message(self, kind: QtMsgType, _context: QMessageLogContext, text: str | None) -> None:
        is_complaint = kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
        if is_complaint and text and not text.startswith(_ONLY_A_SCREEN_CAN):
            self._seen.append(f"Qt: {text}")
