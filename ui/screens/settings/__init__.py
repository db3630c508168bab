"""设置 Settings: the list of sections at the left, the one that is chosen at the right.

``section`` says what a section is; the sections themselves are found in ``sections``. Each says in plain sentences
what it changes and who may; what holds for the station is a fact, what holds only for this PC says so.
"""

from __future__ import annotations

from app.words import N_
from ui.screen import Screen, ScreenEntry, Services


def _build(app: Services) -> Screen:
    from ui.screens.settings.screen import SettingsScreen  # the program starts sooner without it

    return SettingsScreen(app)


SCREEN = ScreenEntry(
    key="settings",
    order=99,
    icon="settings",
    title=N_("设置"),
    build=_build,
    opens=frozenset({"policy", "staff", "station"}),
)
