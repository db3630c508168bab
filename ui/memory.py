"""What this PC remembers of the window (窗口位置): its place and who signed in last. No name and no text of anybody.

It lies with the person's settings and not in the station's folder, for it is needed before there is one.
"""

from __future__ import annotations

from pathlib import Path

import platformdirs
from PySide6.QtCore import QByteArray, QSettings


class Memory:
    """A small file of settings; a damaged one is forgotten."""

    def __init__(self, path: Path | None = None) -> None:
        place = path or platformdirs.user_config_path("yizhan", appauthor=False) / "window.ini"
        self._kept = QSettings(str(place), QSettings.Format.IniFormat)

    def get(self, name: str) -> str | None:
        value = self._kept.value(name)
        return value if isinstance(value, str) else None

    def put(self, name: str, value: str) -> None:
        self._kept.setValue(name, value)

    def geometry(self) -> QByteArray | None:
        value = self._kept.value("geometry")
        return value if isinstance(value, QByteArray) else None

    def put_geometry(self, value: QByteArray) -> None:
        self._kept.setValue("geometry", value)
        self._kept.sync()
