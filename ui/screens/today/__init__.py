"""今日 Today: what waits to be done, who is served today, what came since yesterday, and the month by days.

``screen`` lays the four blocks, ``blocks`` are the ground they stand on and their lists of doors, ``wording`` says
what a row says, ``chart`` draws the month.
"""

from __future__ import annotations

from app.words import N_
from ui.screen import Screen, ScreenEntry, Services


def _build(app: Services) -> Screen:
    from ui.screens.today.screen import TodayScreen  # the program starts sooner without its parts

    return TodayScreen(app)


SCREEN = ScreenEntry(key="today", order=10, icon="today", title=N_("今日"), build=_build)
