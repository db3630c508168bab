"""How orders (订单) stand in a list of what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.actions.desk import Look
from app.actions.search import shows
from app.domain import masking
from app.domain.numbers import short_order_number
from app.domain.orders import State
from app.facts import Id
from app.storage import search_orders
from app.storage.search import Match


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderHit:
    """An order that was found; ``who`` gets it, masked."""

    id: Id
    number: str
    short: str
    category: str
    what: str
    who: str
    state: State
    submitted_at: datetime


@shows("order", place=2, newest_first=True)
def order_hits(look: Look, typed: str, found: Sequence[Match]) -> tuple[OrderHit, ...]:
    """Orders as they stand in a list of what was found; one statement."""
    return tuple(
        OrderHit(
            id=row.id,
            number=row.number,
            short=short_order_number(row.number),
            category=row.category,
            what=look.sight.words(row.what),
            who=masking.listed(row.who),
            state=State(row.state),
            submitted_at=row.submitted_at,
        )
        for row in search_orders.rows_of(look.connection, [match.object for match in found])
    )
