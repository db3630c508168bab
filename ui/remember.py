"""What the window remembers for a clerk (个人习惯): column widths, sort, row, large mode. Small texts by name.

Where they are kept is somebody else's: ``save`` is called with every change.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any


class Remembered:
    """``Remembered({"volunteers.columns": "[120, 80]"}, save)``; values are JSON."""

    def __init__(self, kept: Mapping[str, str], save: Callable[[str, str], None]) -> None:
        self._kept = dict(kept)
        self._save = save

    def get(self, name: str, otherwise: Any) -> Any:
        """What was put under ``name``; ``otherwise`` if nothing was, or if its kind has changed since."""
        try:
            value = json.loads(self._kept[name])
        except (KeyError, ValueError):
            return otherwise
        return value if isinstance(value, type(otherwise)) else otherwise

    def put(self, name: str, value: Any) -> None:
        text = json.dumps(value, ensure_ascii=False)
        if self._kept.get(name) == text:
            return
        self._kept[name] = text
        self._save(name, text)
