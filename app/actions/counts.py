"""Counting the stock (盘点): the sheet, the blind count, the reasons for what differed; and how counts are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from app.actions.desk import Look, Work, action, reading
from app.actions.purses import record_held
from app.actions.services import Page
from app.actions.stock import LONGEST_NOTE_CHARACTERS
from app.domain import counts as rules
from app.domain.counts import Cause, CountUnknown
from app.domain.gifts import Gift
from app.domain.stock import Batch
from app.facts import Id
from app.facts.stock import CountedBatch, StockNote
from app.storage import counts as storage
from app.storage import drafts, gifts, stock
from app.storage.types import clean_text


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedGift:
    """How many pieces of a gift with this expiry day were there; ``expires_on`` is None for what does not expire."""

    gift: Id
    expires_on: date | None
    counted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountStock:
    """A whole blind count: a line for each of ``count_sheet``. ``count`` is an id the caller made."""

    count: Id
    lines: tuple[CountedGift, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why one gift's count differed."""

    gift: Id
    cause: Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainCount:
    """The reasons for every difference of a count, and what else is to be said."""

    count: Id
    gifts: tuple[Explanation, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """What is to be counted: a gift, and the expiry day printed on it. The book's figure is not told."""

    gift: Id
    code: str
    name: str
    spec: str
    unit: str
    expires_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountDifference:
    """A gift whose count differs from the book; ``cause`` once it is explained."""

    gift: Id
    name: str
    spec: str
    unit: str
    book: int
    counted: int
    cause: Cause | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountCard:
    """A count that was made. ``differences`` is empty when everything was there."""

    count: Id
    counted_on: date
    counted_at: datetime
    counted_by: str
    gifts: int
    pieces: int
    differences: tuple[CountDifference, ...]
    reason: str
    explained_at: datetime | None

    @property
    def to_explain(self) -> bool:
        return bool(self.differences) and self.explained_at is None


@action()
def count_stock(work: Work, request: CountStock) -> CountCard:
    """Write down what is there (盲盘); the book follows at once. Sent twice, it is one count."""
    station = work.desk.device.station
    if storage.one(work.connection, station, request.count) is None:
        batches = _batches(work)
        body = rules.count(
            station,
            request.count,
            {(line.gift, line.expires_on): line.counted for line in request.lines},
            batches=batches,
            offered=_offered(work),
            today=work.today,
        )
        record_held(work, body)
        drafts.forget(work.connection, request.count)
        work.settle()
    return _card_of(work, request.count)


@action()
def explain_count(work: Work, request: ExplainCount) -> None:
    """Give the reasons of what differed."""
    card = _card_of(work, request.count)
    reason = clean_text(request.reason, longest_characters=LONGEST_NOTE_CHARACTERS, field="reason")
    body = rules.explain(
        work.desk.device.station,
        request.count,
        {one.gift: one.cause for one in request.gifts},
        differing=[one.gift for one in card.differences] if card.to_explain else (),
        reason=reason,
    )
    record_held(work, body, parts={request.count: StockNote(text=reason)})


@reading()
def count_sheet(look: Look, _query: None = None) -> tuple[SheetLine, ...]:
    """What is to be counted, without the book's figures, in the order of the shelf; two statements."""
    groups = rules.sheet(_batches(look), _offered(look))
    catalogue = gifts.catalogue(look.connection)
    return tuple(
        _sheet_line(gift, expires_on)
        for gift in catalogue
        for of_gift, expires_on in sorted(groups, key=lambda group: group[1] or date.max)
        if of_gift == gift.id
    )


@reading()
def counts(look: Look, query: Page) -> tuple[CountCard, ...]:
    """Counts, the newest first; four statements."""
    station = look.desk.device.station
    return _cards(look, storage.listed(look.connection, station, offset=query.offset, limit=query.limit))


@reading()
def count_card(look: Look, count: Id) -> CountCard:
    """One count; four statements."""
    return _card_of(look, count)


def _card_of(look: Look, count: Id) -> CountCard:
    row = storage.one(look.connection, look.desk.device.station, count)
    if row is None:
        raise CountUnknown
    return _cards(look, [row])[0]


def _cards(look: Look, rows: Sequence[Row[Any]]) -> tuple[CountCard, ...]:
    station, ids = look.desk.device.station, [row.id for row in rows]
    lines = storage.lines(look.connection, station, ids)
    causes = storage.causes(look.connection, station, ids)
    known = gifts.these(look.connection, {line.gift for of in lines.values() for line in of})
    return tuple(_card(look, row, lines.get(row.id, []), causes, known) for row in rows)


def _card(
    look: Look,
    row: Row[Any],
    lines: Sequence[CountedBatch],
    causes: Mapping[tuple[Id, Id], str],
    known: Mapping[Id, Gift],
) -> CountCard:
    return CountCard(
        count=row.id,
        counted_on=row.counted_on,
        counted_at=row.counted_at,
        counted_by=row.counter_name or "",
        gifts=len({line.gift for line in lines}),
        pieces=sum(line.counted for line in lines),
        differences=tuple(
            _difference(known.get(gift), gift, book, counted, causes.get((row.id, gift)))
            for gift, (book, counted) in rules.differences(lines).items()
        ),
        reason=look.sight.words(row.reason),
        explained_at=row.explained_at,
    )


def _difference(
    gift: Gift | None, gift_id: Id, book: int, counted: int, cause: str | None
) -> CountDifference:
    return CountDifference(
        gift=gift_id,
        name=gift.entry.name if gift else "",
        spec=gift.entry.spec if gift else "",
        unit=gift.entry.unit if gift else "",
        book=book,
        counted=counted,
        cause=None if cause is None else Cause(cause),
    )


def _sheet_line(gift: Gift, expires_on: date | None) -> SheetLine:
    entry = gift.entry
    return SheetLine(
        gift=gift.id,
        code=entry.code,
        name=entry.name,
        spec=entry.spec,
        unit=entry.unit,
        expires_on=expires_on,
    )


def _batches(look: Look) -> list[Batch]:
    return stock.every_batch(look.connection, look.desk.device.station)


def _offered(look: Look) -> list[Id]:
    return [gift.id for gift in gifts.catalogue(look.connection) if not gift.withdrawn]
