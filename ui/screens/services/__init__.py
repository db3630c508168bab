"""核时长 Services: records that wait for approval with their evidence, and recording service without an order.

``screen`` puts the parts together; ``queue`` is the list, ``pane`` the record that is pointed at, ``recording`` the
form for 补录 (``lines`` are who served from when to when, ``draft`` is what is half typed).
"""

from __future__ import annotations

from typing import Any

from app.words import N_
from ui.screen import Screen, ScreenEntry, Services


def _build(app: Services) -> Screen:
    from ui.screens.services.screen import ServicesScreen  # the program starts sooner without it

    return ServicesScreen(app)


def _waiting(desk: Any) -> int:
    from app.actions.services import waiting_service_count

    return waiting_service_count(desk, None)


SCREEN = ScreenEntry(
    key="services",
    order=40,
    icon="services",
    title=N_("核时长"),
    build=_build,
    waiting=_waiting,
    opens=frozenset({"service"}),
)
