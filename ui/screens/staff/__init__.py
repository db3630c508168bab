"""工作人员 Staff: who may sign in here, as what; for administrators.

``screen`` is the list and what is done with the one pointed at; ``forms`` are what is asked for it, in the pane.
"""

from __future__ import annotations

from app.words import N_
from ui.screen import Screen, ScreenEntry, Services


def _build(app: Services) -> Screen:
    from ui.screens.staff.screen import StaffScreen  # the program starts sooner without it

    return StaffScreen(app)


SCREEN = ScreenEntry(
    key="staff",
    order=90,
    icon="staff",
    title=N_("人员"),
    build=_build,
    roles=frozenset({"administrator"}),
)
