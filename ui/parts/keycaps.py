"""Keys as they look on the keyboard (键帽): "Ctrl+Enter" as two caps with a plus, "1 2 3 Enter" as four."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.parts import paint
from ui.theme import theme

_GAP = 3.0


class KeyCaps(QWidget):
    def __init__(self, keys: str) -> None:
        super().__init__()
        parts = keys.replace("+", " + ").split()
        self._parts = [(part, _joins(place, parts)) for place, part in enumerate(parts)]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(keys)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        width = sum(_width(part, joins) + _GAP for part, joins in self._parts)
        return QSize(round(width + 0.5), theme.line_box("body") + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        height = theme.line_box("secondary") + 2
        left, top = 0.0, (theme.line_box("body") + 8 - height) / 2
        for part, joins in self._parts:
            box = QRectF(left, top, _width(part, joins), height)
            if joins:
                paint.line(painter, box, part, "secondary", "secondary", align="centre")
            else:
                paint.key_cap(painter, box, part, "ink")
            left += box.width() + _GAP


def _joins(place: int, parts: list[str]) -> bool:
    """Plus and minus are keys too: they join only what stands on both sides of them, so the last of "Ctrl++" is one."""
    return parts[place] in ("+", "-") and 0 < place < len(parts) - 1


def _width(part: str, joins: bool) -> float:
    if joins:
        return max(12.0, paint.text_width(part, "secondary"))
    return paint.key_cap_width(part)
