"""What a section of the settings is (设置的一节): its entry in the list, and the widget behind it.

A section is a screen inside the screen: ``enter``, ``refresh``, ``go_to``, ``keys``, ``pane_widget`` and the rest work
as they do in the frame, and only the section that is shown hears of changes.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

import ui.screens.settings.sections
from app.words import N_
from ui.parts.text import Paragraph, Text
from ui.screen import EVERYBODY, Screen, Services

GROUPS = ((0, N_("本站")), (30, N_("规则")), (60, N_("我和这台电脑")), (80, N_("资料安全")))
"""From which order on the entries of the list stand under which heading."""


class Section(Screen):
    """Base of all sections. ``left`` goes back to the list, for forms, which take Esc for themselves."""

    left = Signal()


@dataclass(frozen=True)
class SectionEntry:
    """``title`` is marked with ``N_``; ``order`` says under which of ``GROUPS`` it stands, too; ``build`` is called
    when the section is first chosen.
    """

    key: str
    order: int
    title: str
    build: Callable[[Services], Section]
    roles: frozenset[str] = EVERYBODY


class SectionHead(QWidget):
    """The title of a section, and sentences that say what it changes and who may; at its right what is done here."""

    def __init__(self, title: str, *sentences: str, right: Sequence[QWidget] = ()) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 8)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Text(title, "section", bold=True, wrap=True), 1)
        for widget in right:
            head.addWidget(widget)
        column.addLayout(head)
        for sentence in sentences:
            column.addWidget(Paragraph(sentence, "body", "secondary"))


def sections_found() -> list[SectionEntry]:
    """Every ``SECTION`` under ``sections``, and what ``sections()`` there answers, in the order of the list."""
    found = ui.screens.settings.sections
    names = [module.name for module in pkgutil.iter_modules(found.__path__, f"{found.__name__}.")]
    entries = [entry for name in names for entry in _entries(importlib.import_module(name))]
    return sorted(entries, key=lambda entry: entry.order)


def _entries(module: Any) -> Sequence[SectionEntry]:
    return module.sections() if hasattr(module, "sections") else (module.SECTION,)
