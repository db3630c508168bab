"""An empty window in a process of its own, with libraries imported; prints when it was painted.

For ``bench_start``: ``python -m tests.benchmarks.start_empty <when the process began> <library> …``.
"""

from __future__ import annotations

import importlib
import json
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class Empty(QWidget):
    def __init__(self, began_s: float) -> None:
        super().__init__()
        self.ms = 0.0
        self._began_s = began_s
        self.resize(1366, 700)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.ms = self.ms or (time.perf_counter() - self._began_s) * 1_000
        QTimer.singleShot(0, self, self.close)


def main(began: str, *libraries: str) -> None:
    for name in libraries:
        importlib.import_module(name)
    running = QApplication(sys.argv[:1])
    window = Empty(float(began))
    window.show()
    running.exec()
    print(json.dumps({"ms": window.ms}))


if __name__ == "__main__":
    main(*sys.argv[1:])
