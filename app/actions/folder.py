"""Where a station's files lie on this PC (资料文件夹). Light to import: it is asked before anything is opened."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

FOLDER_VARIABLE = "YIZHAN_FOLDER"


def data_folder(asked: Path | None = None) -> Path:
    """Where this user's station lies: what was asked for, what the environment says, or the usual place."""
    named = os.environ.get(FOLDER_VARIABLE)
    if asked is not None:
        return asked
    return Path(named) if named else _own("station")


def sample_folder(asked: Path | None = None) -> Path:
    """Where the sample station lies; never where the real one does."""
    return asked or _own("demo")


def _own(name: str) -> Path:
    return platformdirs.user_data_path("yizhan", appauthor=False) / name
