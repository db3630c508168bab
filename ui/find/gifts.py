"""Gifts (礼品) in the list that Ctrl+K shows."""

from __future__ import annotations

from app.actions.search_gifts import GiftHit
from app.sentences.points import points
from app.words import N_, _
from ui.find import Around, Kind
from ui.parts.find import Found
from ui.parts.rows import State, marks


def _found(hit: GiftHit, around: Around) -> Found:
    details = tuple(filter(None, (hit.spec, points(hit.points_cents))))
    state = State("dash", "closed", _("已下架")) if hit.withdrawn else None
    return Found("counter", hit.id, hit.name, details, marks(hit.matched), state=state, icon="gift")


KIND = Kind("gift", N_("礼品"), _found)
