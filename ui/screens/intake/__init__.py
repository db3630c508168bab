"""点单 Intake: a resident's request is taken down, by keys, in about fifteen seconds.

``screen`` puts the parts together; ``form`` are the questions, ``pane`` is what stands beside them, ``drafts`` keeps
what is half typed, ``draft`` is what one draft holds.
"""

from __future__ import annotations

from app.words import N_
from ui.screen import ScreenEntry
from ui.screens.intake.screen import Intake

SCREEN = ScreenEntry(
    key="intake",
    order=20,
    icon="edit",
    title=N_("点单"),
    build=Intake,
    roles=frozenset({"administrator", "clerk"}),
    shortcut="F2",
)
