"""兑换 Counter: gifts for points, made for a queue; the gifts and their stock, the blind count, the register, the day.

``screen`` puts the pages together. ``serving`` is the counter itself (``person``, ``shelf`` of ``tile``, ``basket`` are
its three parts, ``receipt`` its paper, ``unfinished`` what survives a crash), ``gifts`` the gifts and their stock
(``giftpane`` one of them, ``giftforms`` what is asked), ``counting`` the blind count (``countline``, then
``differences``), ``register`` what was given (``entry`` one redemption), ``closing`` the day.
"""

from __future__ import annotations

from app.words import N_
from ui.screen import Screen, ScreenEntry, Services


def _build(app: Services) -> Screen:
    from ui.screens.counter.screen import CounterScreen  # the program starts sooner without it

    return CounterScreen(app)


SCREEN = ScreenEntry(
    key="counter",
    order=45,
    icon="gift",
    title=N_("兑换"),
    build=_build,
    opens=frozenset({"gift", "redemption", "stock", "wallet"}),
)
