"""What the program ships besides code: fonts, icons, translations and tables. Below every other layer."""

from __future__ import annotations

from pathlib import Path


def folder(name: str) -> Path:
    """The folder ``resources/<name>`` of this installation."""
    return Path(__file__).parent / name
