"""What can happen to a grant of points (积分奖励): points that were earned by something else than hours."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from app.facts import Cents, Fact, Id


class PointsGranted(Fact, frozen=True, kw_only=True):
    """Points for an audited lead (随手拍, ``source`` is its order) or for a referral (推荐, ``source`` is who came)."""

    kind: ClassVar[str] = "grant.points_granted"

    grant: Id
    person: Id
    points_cents: Cents
    cause: str
    source: Id
    granted_on: date


class GrantRevoked(Fact, frozen=True, kw_only=True):
    """A grant was a mistake: its points are owed, and it may be made anew."""

    kind: ClassVar[str] = "grant.revoked"

    grant: Id
    person: Id
    points_cents: Cents
    revoked_on: date
