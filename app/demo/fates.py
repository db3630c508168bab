"""How an order of the sample town will go (订单的去向): the ways over the years, and today's board, card by card."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.orders import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """How an order will go. ``stop`` is the state in which it stands today; None lets it end by itself.

    ``path`` is what happens after screening: served, rejected, cancelled, referred or escalated.
    """

    path: str = "served"
    stop: State | None = None
    category: str | None = None
    refusals: int = 0
    grabbed: bool = False
    returned: bool = False
    urgent: bool = False
    money: bool = False
    stars: int | None = None
    twin: bool = False
    asked_again: bool = False
    solved: bool = True
    taken: bool = True
    whole_days_ago: int = 0


@dataclass(frozen=True, slots=True)
class Open:
    """So many of the open orders go like this. ``days_ago`` is the range of when they were submitted."""

    count: int
    days_ago: tuple[int, int]
    fate: Fate


_SUBMITTED, _WAITING, _OFFERED = State.SUBMITTED, State.WAITING, State.DISPATCHED
OPEN = (
    Open(4, (0, 0), Fate(stop=_SUBMITTED)),
    Open(2, (0, 0), Fate(stop=_SUBMITTED, twin=True)),
    Open(1, (3, 4), Fate(stop=_SUBMITTED)),
    Open(1, (0, 0), Fate(stop=_SUBMITTED, urgent=True, category="visit.check")),
    Open(6, (0, 0), Fate(stop=_WAITING)),
    Open(2, (0, 0), Fate(stop=_WAITING, twin=True)),
    Open(3, (2, 3), Fate(stop=_WAITING)),
    Open(2, (1, 2), Fate(stop=_WAITING, refusals=2)),
    Open(1, (1, 1), Fate(stop=_WAITING, returned=True)),
    Open(1, (0, 0), Fate(stop=_WAITING, urgent=True, category="repair.power")),
    Open(5, (0, 0), Fate(stop=_OFFERED)),
    Open(1, (1, 1), Fate(stop=_OFFERED, twin=True)),
    Open(2, (2, 3), Fate(stop=_OFFERED)),
    Open(1, (1, 2), Fate(stop=_OFFERED, refusals=1)),
    Open(1, (0, 0), Fate(stop=_OFFERED, urgent=True, category="errands.medicine")),
    Open(4, (1, 1), Fate(stop=State.ACCEPTED)),
    Open(2, (1, 2), Fate(stop=State.ACCEPTED, grabbed=True)),
    Open(1, (1, 2), Fate(stop=State.ACCEPTED, asked_again=True)),
    Open(1, (4, 5), Fate(stop=State.ACCEPTED)),
    Open(4, (1, 2), Fate(stop=State.IN_SERVICE)),
    Open(2, (1, 2), Fate(stop=State.IN_SERVICE, money=True, category="errands.shopping")),
    Open(1, (2, 3), Fate(stop=State.IN_SERVICE, asked_again=True)),
    Open(5, (3, 7), Fate(stop=State.DONE)),
    Open(3, (3, 6), Fate(stop=State.DONE, money=True, category="errands.shopping")),
    Open(2, (4, 7), Fate(stop=State.RATED, stars=2)),
    Open(1, (4, 6), Fate(stop=State.RATED, stars=1)),
    Open(1, (4, 6), Fate(stop=State.RATED, stars=5, money=True, category="errands.medicine")),
    Open(2, (1, 3), Fate(stop=State.REFERRED, path="referred", category="surroundings.road")),
    Open(1, (9, 11), Fate(stop=State.REFERRED, path="referred", category="surroundings.water")),
    Open(1, (1, 2), Fate(stop=State.REFERRED, path="referred", category="benefits.housing", taken=False)),
    Open(2, (1, 3), Fate(stop=State.ESCALATED, path="escalated")),
)
"""Sixty-six, over all columns of the board."""

PATHS = {"served": 76, "rejected": 5, "cancelled": 6, "referred": 9, "escalated": 4}
