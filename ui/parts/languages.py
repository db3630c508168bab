"""Choosing a language (选语言) on the pages before the desk: each by the name its own speakers know."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.words import LANGUAGES, _, language
from ui.parts.buttons import Button


class Languages(QWidget):
    """The languages in a row, a tick at the one that is spoken. ``chosen`` carries another."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("语言"))
        self.buttons: dict[str, Button] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 0)
        row.setSpacing(4)
        row.addStretch()
        for code, name in LANGUAGES.items():
            button = Button(name, kind="quiet", icon="check" if code == language() else "")
            button.clicked.connect(partial(self._on_clicked, code))
            self.buttons[code] = button
            row.addWidget(button)

    def _on_clicked(self, code: str) -> None:
        if code != language():
            self.chosen.emit(code)
