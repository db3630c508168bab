"""派单 Board: every open order in its column, its deadline, and the next step a key away.

``screen`` puts the parts together. ``columns`` (of ``column``, ``cards``, ``drag``) is the board itself, ``filters``
the line above it, ``pane`` (of ``facts``, ``steps``) the order that is pointed at. What a step asks is in
``asking``: the ``forms`` of ``offices`` and ``visits``, ``choosing`` a team, ``editing``, ``serve``. ``doing`` runs
it, ``sayings`` tells what was done.
"""

from __future__ import annotations

from typing import Any

from app.words import N_
from ui.screen import Screen, ScreenEntry, Services


def _build(app: Services) -> Screen:
    from ui.screens.board.screen import BoardScreen  # the program starts sooner without its many parts

    return BoardScreen(app)


def _waiting(desk: Any) -> int:
    """To screen and to dispatch: what waits for the clerk, not for a team."""
    from app.actions.board import waiting_counts

    return waiting_counts(desk, None).to_do


SCREEN = ScreenEntry(
    key="board",
    order=30,
    icon="board",
    title=N_("派单"),
    build=_build,
    waiting=_waiting,
    opens=frozenset({"order"}),
)
