"""The day close (日结) of the gift counter: what happened since the last one, by gift, and in points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.facts import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDay:
    """``closing`` is an id the caller made."""

    closing: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedLine:
    """How one gift went. ``before`` + received - redeemed + returned - written_off + difference = ``after``."""

    gift: Id
    code: str
    name: str
    spec: str
    unit: str
    before: int
    received: int
    redeemed: int
    returned: int
    written_off: int
    difference: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySheet:
    """The figures since the last closing. ``closing`` is None while the day is still open; ``since`` is the moment
    of the closing before, None at the first one.
    """

    closing: Id | None
    day: date
    since: datetime | None
    closed_at: datetime | None
    closed_by: str
    redemptions: int
    reversals: int
    redeemed_cents: int
    restored_cents: int
    lines: tuple[ClosedLine, ...]
