"""The head of a page of several (第几步): its title, what it asks, and "1/3"."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.parts.text import Paragraph, Text


class StepHeader(QWidget):
    def __init__(self, title: str, step: int, steps: int, sentence: str = "") -> None:
        super().__init__()
        top = QHBoxLayout()
        top.addWidget(Text(title, "title", bold=True))
        top.addStretch()
        top.addWidget(Text(f"{step}/{steps}", "section", "secondary"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        if sentence:
            column.addWidget(Paragraph(sentence, "body", "secondary"))
