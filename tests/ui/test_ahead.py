"""What is loaded while a passphrase is typed, in a process of its own: everything, and Qt's part on the UI thread."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LOAD = """
import importlib.abc, pkgutil, sys, threading
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

elsewhere = []

class Watch(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.startswith(("ui", "PySide6")) and threading.current_thread() is not threading.main_thread():
            elsewhere.append(name)

sys.meta_path.insert(0, Watch())
running = QCoreApplication([])
from ui import pauses
from ui.ahead import Ahead
ahead = Ahead(running)
while not pauses.is_settled():
    running.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

import app.sentences, ui.find, ui.screens
names = [
    module.name
    for package in (app.sentences, ui.find, ui.screens)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
]
assert len(names) > 40, names
assert not [name for name in names if name not in sys.modules]
assert not elsewhere, elsewhere
"""


def test_everything_is_loaded_and_widgets_only_on_the_ui_thread() -> None:
    subprocess.run([sys.executable, "-c", LOAD], cwd=ROOT, check=True, timeout=60)
