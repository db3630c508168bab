"""The day close (日结) of the gift counter: what happened since the last one, by gift, and in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from app.actions.desk import Look, Work, action, reading
from app.actions.purses import record_held
from app.actions.redemptions import RedemptionEntry, entries
from app.actions.services import Page
from app.domain import closings as rules
from app.domain.closings import ClosingUnknown
from app.domain.gifts import Gift
from app.domain.stock import MoveKind
from app.facts import Id
from app.facts.stock import ClosedGift
from app.storage import closings as storage
from app.storage import counts, gifts, redemptions

_AT_ONCE = 500


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DayEntry:
    """A redemption of a day: whether it was ``given`` on it, or before, and whether it was ``taken_back`` on it."""

    entry: RedemptionEntry
    given: bool
    taken_back: bool


@action()
def close_day(work: Work, request: CloseDay) -> DaySheet:
    """Close the day (日结). Sent twice, it is one closing."""
    station = work.desk.device.station
    if storage.one(work.connection, station, request.closing) is None:
        unexplained = counts.unexplained(work.connection, station)
        body = rules.close(
            station,
            request.closing,
            storage.figures_since(work.connection, station),
            unexplained=unexplained.counted_on if unexplained else None,
            today=work.today,
        )
        record_held(work, body)
        work.settle()
    return _sheet_of(work, request.closing)


@reading()
def open_day(look: Look, _query: None = None) -> DaySheet:
    """What happened since the last closing; six statements."""
    station = look.desk.device.station
    figures = storage.figures_since(look.connection, station)
    last = storage.listed(look.connection, station, offset=0, limit=1)
    return DaySheet(
        closing=None,
        day=look.today,
        since=last[0].closed_at if last else None,
        closed_at=None,
        closed_by="",
        redemptions=figures.redemptions,
        reversals=figures.reversals,
        redeemed_cents=figures.redeemed_cents,
        restored_cents=figures.restored_cents,
        lines=_lines(figures.gifts, gifts.catalogue(look.connection)),
    )


@reading()
def closings(look: Look, query: Page) -> tuple[DaySheet, ...]:
    """Closings, the newest first; three statements."""
    station = look.desk.device.station
    return _sheets(look, storage.listed(look.connection, station, offset=query.offset, limit=query.limit))


@reading()
def day_sheet(look: Look, closing: Id) -> DaySheet:
    """One closing; three statements."""
    return _sheet_of(look, closing)


@reading()
def day_entries(look: Look, closing: Id | None) -> tuple[DayEntry, ...]:
    """What the figures of a closing, or of the open day, are made of, as it came: also where the clock was set back.
    Two statements, and two for each five hundred.
    """
    done: dict[Id, set[MoveKind]] = {}
    for redemption, kind in storage.happened(look.connection, look.desk.device.station, closing):
        done.setdefault(redemption, set()).add(kind)
    ids = list(done)
    found: dict[Id, RedemptionEntry] = {}
    for start in range(0, len(ids), _AT_ONCE):
        rows = redemptions.with_ids(look.connection, ids[start : start + _AT_ONCE])
        found |= {entry.redemption: entry for entry in entries(look, rows)}
    return tuple(
        DayEntry(
            entry=found[one],
            given=MoveKind.REDEEMED in kinds,
            taken_back=MoveKind.RETURNED in kinds,
        )
        for one, kinds in done.items()
        if one in found
    )


def _sheet_of(look: Look, closing: Id) -> DaySheet:
    row = storage.one(look.connection, look.desk.device.station, closing)
    if row is None:
        raise ClosingUnknown
    return _sheets(look, [row])[0]


def _sheets(look: Look, rows: Sequence[Row[Any]]) -> tuple[DaySheet, ...]:
    closed = storage.gifts_of(look.connection, look.desk.device.station, [row.id for row in rows])
    catalogue = gifts.catalogue(look.connection)
    return tuple(
        DaySheet(
            closing=row.id,
            day=row.closed_on,
            since=row.since,
            closed_at=row.closed_at,
            closed_by=row.closer_name or "",
            redemptions=row.redemptions,
            reversals=row.reversals,
            redeemed_cents=row.redeemed_cents,
            restored_cents=row.restored_cents,
            lines=_lines(closed.get(row.id, ()), catalogue),
        )
        for row in rows
    )


def _lines(closed: Sequence[ClosedGift], catalogue: Sequence[Gift]) -> tuple[ClosedLine, ...]:
    """The gifts in the order of the shelf."""
    by_gift = {one.gift: one for one in closed}
    return tuple(_line(gift, by_gift[gift.id]) for gift in catalogue if gift.id in by_gift)


def _line(gift: Gift, one: ClosedGift) -> ClosedLine:
    entry = gift.entry
    return ClosedLine(
        gift=gift.id,
        code=entry.code,
        name=entry.name,
        spec=entry.spec,
        unit=entry.unit,
        before=one.before,
        received=one.received,
        redeemed=one.redeemed,
        returned=one.returned,
        written_off=one.written_off,
        difference=one.difference,
        after=one.after,
    )
