"""Faces (字体): which families are asked for, and the bundled ones. Sizes are in ``metrics``.

The bundled Noto Sans SC is loaded at start; the two large faces with the rare characters only when a text has one.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

import resources

FAMILIES = (
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "HanaMinA",
    "HanaMinB",
)
_BUNDLED = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
_RARE = ("HanaMinA.ttf", "HanaMinB.ttf")
_LAST_COMMON_CHARACTER = "\uffff"


@cache
def load_bundled() -> None:
    _load(_BUNDLED)


def see(text: str) -> None:
    """Have the rare faces ready before ``text`` is drawn, if it needs them."""
    if text and max(text) > _LAST_COMMON_CHARACTER:
        _load_rare()


@cache
def _load_rare() -> None:
    _load(_RARE)


def _load(names: tuple[str, ...]) -> None:
    for name in names:
        QFontDatabase.addApplicationFont(str(resources.font(name)))


def make(pixels: int, bold: bool) -> QFont:
    font = QFont(list(FAMILIES))
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return font
