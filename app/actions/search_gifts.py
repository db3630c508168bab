"""How gifts (礼品) stand in a list of what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.actions.desk import Look
from app.actions.search import shows
from app.domain import tokens
from app.facts import Id
from app.storage import gifts
from app.storage import search_gifts as search_gifts
from app.storage.search import Match


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftHit:
    """A gift that was found; ``matched`` are the places of the letters that were meant."""

    id: Id
    name: str
    matched: frozenset[int]
    spec: str
    points_cents: int
    withdrawn: bool


@shows("gift", place=4)
def gift_hits(look: Look, typed: str, found: Sequence[Match]) -> tuple[GiftHit, ...]:
    """Gifts as they stand in a list of what was found; one statement."""
    known = gifts.these(look.connection, [match.object for match in found])
    return tuple(
        GiftHit(
            id=gift.id,
            name=gift.entry.name,
            matched=tokens.matched(gift.entry.name, typed),
            spec=gift.entry.spec,
            points_cents=gift.entry.points_cents,
            withdrawn=gift.withdrawn,
        )
        for match in found
        if (gift := known.get(match.object)) is not None
    )
