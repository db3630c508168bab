"""星级 Stars: a review from its cut-off date to the certificates, beneath 志愿者.

``screen`` puts the parts together and starts what is done; ``pane`` is who is pointed at, with the records behind the
proposal; ``forms`` ask for a cut-off date and an objection; ``papers`` prints; ``wording`` says how things stand.
"""

from __future__ import annotations

from app.words import N_
from ui.screen import Screen, ScreenEntry, Services


def _build(app: Services) -> Screen:
    from ui.screens.stars.screen import StarsScreen  # the program starts sooner without it

    return StarsScreen(app)


SCREEN = ScreenEntry(
    key="stars",
    order=55,
    icon="star",
    title=N_("星级评定"),
    build=_build,
    opens=frozenset({"star_round"}),
    beneath="volunteers",
)
