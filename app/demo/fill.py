"""Bringing a station to a size (量测用): people, teams and open orders in the desk's own database, for benchmarks."""

from __future__ import annotations

import random

from app.actions.desk import Desk
from app.demo.story import Scale, tell
from app.demo.town import Crew

_DAYS = 60
_PEOPLE_TO_VOLUNTEERS = 0.64


def fill(
    desk: Desk, *, people: int = 3_000, open_orders: int = 2_000, records: int = 0, seed: int = 1
) -> None:
    """Let sixty days happen in which ``people`` come and ``open_orders`` stay open, up to the desk's now.

    Whoever is signed in does it all.
    """
    assert desk.signed_in is not None
    scale = Scale(
        people=people,
        volunteers=int(people * _PEOPLE_TO_VOLUNTEERS),
        days=_DAYS,
        records=records,
        ended_orders=0,
        open_orders=open_orders,
        certificates=0,
        redemptions=0,
    )
    crew = Crew(clerks=(desk.signed_in,), administrator=desk.signed_in)
    tell(desk, crew, scale, random.Random(seed), desk.now())
