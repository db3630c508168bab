"""Loading what comes next (预先载入) while somebody types a passphrase: words, actions, then the screens' parts.

What knows no Qt is loaded on a thread. Modules with widgets are loaded on the UI thread, one in a while: Qt's classes
are only made when a module first names them, and two threads that do so at once end the process.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import threading
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

from ui import pauses

_EVERY_MS = 10
_PACKAGES = ("find", "screens")


class Ahead(QObject):
    """Begins at once; ends with ``pauses.settle``. Once a process is enough, and more do no harm."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._modules = _modules_with_widgets()
        self._thread = threading.Thread(target=_load_without_widgets, name="loading ahead")
        self._thread.start()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self._load_one)
        self._timer.start()

    def _load_one(self) -> None:
        if self._thread.is_alive():
            return  # a module that needs what is being loaded there would wait for it
        name = next((name for name in self._modules if name not in sys.modules), None)
        if name is not None:
            importlib.import_module(name)
            return
        self._timer.stop()
        pauses.settle()


def _load_without_widgets() -> None:
    from app import sentences
    from app.actions import search

    sentences.load()
    search.load()


def _modules_with_widgets() -> Iterator[str]:
    """What the frame needs first, then each screen with all its parts."""
    yield "ui.surroundings"
    for package in _PACKAGES:
        path = importlib.import_module(f"ui.{package}").__path__
        yield from (module.name for module in pkgutil.iter_modules(path, f"ui.{package}."))
    path = sys.modules["ui.screens"].__path__
    yield from (module.name for module in pkgutil.walk_packages(path, "ui.screens."))
