"""志愿者 Volunteers: everybody who is known here, volunteers and residents, with all that stands behind a figure.

``screen`` puts the parts together; ``register`` is the table, ``filters`` the lines above it, ``pane`` the person who
is pointed at (``whole`` reads them), ``ledgers`` the rows behind a figure, ``form`` what a person is registered and
edited with (``kept`` its fields with something to hide, ``typed`` what stands in it, ``saving`` how it is kept).
"""

from __future__ import annotations

from app.words import N_
from ui.screen import Screen, ScreenEntry, Services


def _build(app: Services) -> Screen:
    from ui.screens.volunteers.screen import Volunteers  # the program starts sooner without its many parts

    return Volunteers(app)


SCREEN = ScreenEntry(
    key="volunteers",
    order=50,
    icon="volunteers",
    title=N_("志愿者"),
    build=_build,
    opens=frozenset({"person"}),
)
