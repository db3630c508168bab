"""队伍 Teams: the tree of teams, who is in one, what it has in hand and how it was rated.

``screen`` puts the parts together; ``tree`` stands at the left, ``middle`` are the rows of the team that is pointed
at, ``pane`` is the team itself, ``form`` founds and edits one.
"""

from __future__ import annotations

from app.words import N_
from ui.screen import Screen, ScreenEntry, Services


def _build(app: Services) -> Screen:
    from ui.screens.teams.screen import Teams  # the program starts sooner without its many parts

    return Teams(app)


SCREEN = ScreenEntry(
    key="teams", order=60, icon="teams", title=N_("队伍"), build=_build, opens=frozenset({"team"})
)
