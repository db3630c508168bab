"""The sheet of keys (按键一览, F1): what the keys of this screen do, in two columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.words import _
from ui.parts.buttons import Button
from ui.parts.keycaps import KeyCaps
from ui.parts.overlay import Overlay
from ui.parts.text import Text
from ui.theme import theme


@dataclass(frozen=True)
class KeyHelp:
    """``keys`` as they stand on the keyboard ("Ctrl+Enter"), ``does`` in a few words."""

    keys: str
    does: str


class _KeyLine(QWidget):
    """The keys, and beside them what they do, in two lines where one is too short."""

    def __init__(self, help_: KeyHelp) -> None:
        super().__init__()
        self.setAccessibleName(f"{help_.keys} {help_.does}")
        self.caps = KeyCaps(help_.keys)
        does = Text(help_.does, wrap=True)
        does.setContentsMargins(0, 4, 0, 4)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.caps, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(does, 1)


class KeySheet(Overlay):
    """Groups of keys under headings; Esc or F1 closes it. ``guide_asked``: words are wanted, not keys."""

    guide_asked = Signal()

    def __init__(self, host: QWidget, groups: Sequence[tuple[str, Sequence[KeyHelp]]]) -> None:
        super().__init__(host, width=880)
        self.setAccessibleName(_("按键一览"))
        head = QHBoxLayout()
        head.addWidget(Text(_("按键一览"), "section", bold=True))
        head.addStretch()
        guide = Button(_("帮助"), kind="quiet", icon="keys", key="Shift+F1", is_key_told=True)
        guide.clicked.connect(lambda _checked: self._ask_guide())
        head.addWidget(guide)
        close = Button(kind="quiet", icon="close", name=_("关上"), key="Esc")
        close.clicked.connect(lambda _checked: self.close_overlay())
        head.addWidget(close)
        self.panel.column.addLayout(head)
        self._lines: list[list[_KeyLine]] = []
        for title, lines in groups:
            if lines:
                self._add_group(title, lines)
        self._dress()
        theme.changed.connect(self._dress)

    def _add_group(self, title: str, lines: Sequence[KeyHelp]) -> None:
        self.panel.column.addWidget(Text(title, "secondary", "secondary", bold=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(0)
        half = (len(lines) + 1) // 2
        made = [_KeyLine(line) for line in lines]
        self._lines.append(made)
        for place, line in enumerate(made):
            grid.addWidget(line, place % half, place // half, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.panel.column.addLayout(grid)

    def _dress(self) -> None:
        """What the keys do stands in one column, also beside the longest of them."""
        least = 172 if theme.large else 124
        for group in self._lines:
            width = max(least, *(line.caps.sizeHint().width() for line in group))
            for line in group:
                line.caps.setFixedWidth(width)

    def _ask_guide(self) -> None:
        self.close_overlay()
        self.guide_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._ask_guide()
            else:
                self.close_overlay()
            return
        super().keyPressEvent(event)
