"""The program in a process of its own, with hands that act as soon as they can; prints how long the day took.

For ``bench_start``: ``python -m tests.benchmarks.start_ours <when> <folder> <clerk> <passphrase>``.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest

from ui.memory import Memory
from ui.program import Program, Wanted, application, run


class Hands(QObject):
    """Types the passphrase, presses an arrow in what there is to do, and leaves when the answer is painted."""

    def __init__(self, program: Program, passphrase: str) -> None:
        super().__init__()
        self.ms = 0.0
        self.libraries: list[str] = []
        self._program, self._passphrase = program, passphrase
        self._accepted_s = 0.0
        self._do: Callable[[], None] = self._sign_in
        self._timer = QTimer(self, interval=1)
        self._timer.timeout.connect(lambda: self._do())
        self._timer.start()

    def _sign_in(self) -> None:
        page: Any = self._program.window.shown_cover()
        if page is None or not page.passphrase.line.hasFocus():
            return
        self._note_when_accepted()
        QTest.keyClicks(page.passphrase.line, self._passphrase)
        QTest.keyClick(page.passphrase.line, Qt.Key.Key_Return)
        self._do = self._press_an_arrow

    def _note_when_accepted(self) -> None:
        from app.storage.keys import Keys  # not before the program itself has imported it

        unlock = Keys.unlock

        def unlock_and_note(keys: Keys, *asked: Any) -> bytes:
            key = unlock(keys, *asked)
            self._accepted_s = time.perf_counter()
            return key

        Keys.unlock = unlock_and_note  # type: ignore[method-assign,assignment]

    def _press_an_arrow(self) -> None:
        window = self._program.window
        frame = window.frame()
        if frame is None or window.is_covered():
            return
        assert frame.current() == "today"
        day: Any = frame.shown_screen()
        listed = day.chores
        if len(listed.rows.rows) < 2 or not listed.hasFocus():
            return
        self._timer.stop()
        before = listed.value()
        listed.viewport().installEventFilter(self)
        QTest.keyClick(listed, Qt.Key.Key_Down)
        assert listed.value() != before

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.ms:
            QTimer.singleShot(0, self, self._leave)  # when it is painted
        return False

    def _leave(self) -> None:
        self.ms = (time.perf_counter() - self._accepted_s) * 1_000
        self.libraries = _libraries()
        self._program.window.close()


def _libraries() -> list[str]:
    """The modules of other people that are loaded, besides the one only these hands need."""
    loaded = [(name, getattr(module, "__file__", None) or "") for name, module in list(sys.modules.items())]
    return [name for name, file in loaded if "site-packages" in file and name != "PySide6.QtTest"]


def _fail(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    """Say it and end, instead of showing the report window to nobody."""
    sys.__excepthook__(kind, problem, trace)
    os._exit(1)


def main(_began: str, folder: str, clerk: str, passphrase: str) -> None:
    running = application(sys.argv[:1])
    sys.excepthook = _fail
    memory = Memory()
    memory.put("clerk", clerk)
    program = Program(Wanted(folder=Path(folder)), memory)
    program.open()
    hands = Hands(program, passphrase)
    run(running)
    program.close()
    print(json.dumps({"ms": hands.ms, "libraries": hands.libraries}))


if __name__ == "__main__":
    main(*sys.argv[1:])
