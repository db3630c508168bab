"""When the station cannot be opened (打不开): what is the matter, and the one thing to do about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from app.words import _
from ui.cover import Cover, Mark
from ui.parts.buttons import Button
from ui.parts.text import Paragraph, Text


class TroublePage(Cover):
    """``acted`` is the button with the thing to do; ``closed`` ends the program."""

    acted = Signal()
    closed = Signal()

    def __init__(self, title: str, sentence: str, action: str, *, note: str = "", close: str = "") -> None:
        """``action`` "" when nothing can be done from here."""
        super().__init__(in_the_middle=True)
        self.act = Button(action, kind="primary", key="Enter")
        self.close_button = Button(close or _("关上程序"), kind="plain")
        self.sentence = Paragraph(sentence)
        self.column.addWidget(Mark("trouble", "trouble"))
        self.column.addWidget(Text(title, "title", bold=True, wrap=True))
        self.column.addWidget(self.sentence)
        if note:
            self.column.addWidget(Paragraph(note, "body", "secondary"))
        self.column.addSpacing(12)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.act)
        buttons.addWidget(self.close_button)
        buttons.addStretch()
        self.column.addLayout(buttons)
        self.act.setVisible(bool(action))  # not before: without a parent it would be a window
        self.act.clicked.connect(lambda _checked: self.acted.emit())
        self.close_button.clicked.connect(lambda _checked: self.closed.emit())
        self.setFocusProxy(self.act if action else self.close_button)
