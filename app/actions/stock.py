"""What is done with the stock of gifts (库存): deliveries and write-offs; and how it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.actions.desk import Look, Work, action, reading
from app.actions.purses import record_held
from app.actions.services import Page
from app.domain import stock as rules
from app.domain.gifts import Gift, GiftUnknown
from app.domain.stock import Batch, BatchUnknown, MoveKind, Source, StockPolicy, WriteOff
from app.facts import Id
from app.facts.stock import BatchWords, StockNote
from app.storage import counts, drafts, gifts, redemptions
from app.storage import stock as storage
from app.storage.types import clean_text

LONGEST_ORIGIN_CHARACTERS = 60
LONGEST_NOTE_CHARACTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveBatch:
    """Pieces that came in. ``batch`` is an id the caller made; ``origin`` is the shop, the donor, who granted it."""

    batch: Id
    gift: Id
    quantity: int
    source: Source
    origin: str = ""
    remark: str = ""
    received_on: date | None = None
    expires_on: date | None = None
    unit_cost_cents: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOffStock:
    """Pieces of a batch that are gone, why, and in words. ``write_off`` is an id the caller made."""

    write_off: Id
    batch: Id
    quantity: int
    cause: WriteOff
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """A batch as it stands. ``quantity`` is what is left of ``received``."""

    batch: Id
    gift: Id
    quantity: int
    received: int
    source: Source
    origin: str
    remark: str
    received_on: date
    expires_on: date | None
    unit_cost_cents: int | None
    is_expired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MovesQuery(Page):
    """The moves of one gift, the newest first."""

    gift: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Pieces that came or went (negative). ``source`` is the redemption, batch, write-off or count behind it,
    ``number`` the redemption's.
    """

    at: datetime
    by: str
    kind: MoveKind
    quantity: int
    expires_on: date | None
    source: Id
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MovesPage:
    rows: tuple[Move, ...]
    count: int
    stock: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StockWarning:
    """Something to look after: pieces that expire soon (``expires_on``) or a low stock (None)."""

    gift: Id
    name: str
    spec: str
    unit: str
    quantity: int
    expires_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StockWarnings:
    """What the counter should look after. ``to_explain`` is a count without reasons, ``count_due`` says that it is
    time for the next one.
    """

    low: tuple[StockWarning, ...]
    expiring: tuple[StockWarning, ...]
    to_explain: Id | None
    last_counted_on: date | None
    count_due: bool


@action()
def receive_batch(work: Work, request: ReceiveBatch) -> None:
    """Take pieces in (入库). Sent twice, it is one batch."""
    station = work.desk.device.station
    if storage.batch(work.connection, station, request.batch) is not None:
        return
    if gifts.gift(work.connection, request.gift) is None:
        raise GiftUnknown(field="gift")
    body = rules.receive(
        station,
        Batch(id=request.batch, gift=request.gift, quantity=request.quantity, expires_on=request.expires_on),
        source=request.source,
        received_on=request.received_on or work.today,
        unit_cost_cents=request.unit_cost_cents,
        today=work.today,
    )
    words = BatchWords(
        origin=clean_text(request.origin, longest_characters=LONGEST_ORIGIN_CHARACTERS, field="origin"),
        remark=clean_text(request.remark, longest_characters=LONGEST_NOTE_CHARACTERS, field="remark"),
    )
    record_held(work, body, parts={body.batch: words})
    drafts.forget(work.connection, request.batch)


@action()
def write_off(work: Work, request: WriteOffStock) -> None:
    """Write pieces off (出库). Sent twice, it is one write-off."""
    station = work.desk.device.station
    if storage.is_written_off(work.connection, station, request.write_off):
        return
    batch = storage.batch(work.connection, station, request.batch)
    if batch is None:
        raise BatchUnknown(field="batch")
    gift = gifts.gift(work.connection, batch.gift)
    reason = clean_text(request.reason, longest_characters=LONGEST_NOTE_CHARACTERS, field="reason")
    body = rules.write_off(
        station,
        batch,
        request.write_off,
        name=gift.entry.name if gift else "",
        quantity=request.quantity,
        cause=request.cause,
        reason=reason,
        today=work.today,
    )
    record_held(work, body, parts={body.write_off: StockNote(text=reason)})
    drafts.forget(work.connection, request.write_off)


@reading()
def batches_of(look: Look, gift: Id) -> tuple[BatchRow, ...]:
    """The batches of a gift, the oldest first; one statement."""
    rows = storage.batch_rows(look.connection, look.desk.device.station, gift)
    return tuple(
        BatchRow(
            batch=row.id,
            gift=row.gift,
            quantity=row.quantity,
            received=row.received,
            source=Source(row.source),
            origin=look.sight.words(row.origin),
            remark=look.sight.words(row.remark),
            received_on=row.received_on,
            expires_on=row.expires_on,
            unit_cost_cents=row.unit_cost_cents,
            is_expired=row.expires_on is not None and row.expires_on < look.today,
        )
        for row in rows
    )


@reading()
def moves_of(look: Look, query: MovesQuery) -> MovesPage:
    """What came and went of a gift, the newest first; three statements."""
    station = look.desk.device.station
    rows = storage.moves_of(look.connection, station, query.gift, offset=query.offset, limit=query.limit)
    numbers = redemptions.numbers_of(look.connection, [row.source for row in rows])
    lines, left = storage.count_moves(look.connection, station, query.gift)
    return MovesPage(
        rows=tuple(
            Move(
                at=row.at,
                by=row.by_name or "",
                kind=MoveKind(row.kind),
                quantity=row.quantity,
                expires_on=row.expires_on,
                source=row.source,
                number=numbers.get(row.source, ""),
            )
            for row in rows
        ),
        count=lines,
        stock=left,
    )


@reading()
def stock_warnings(look: Look, _query: None = None) -> StockWarnings:
    """What is low, what expires soon, and whether a count is due; five statements."""
    station, policy = look.desk.device.station, look.policy(StockPolicy)
    left = storage.batches_left(look.connection, station)
    offered = [gift for gift in gifts.catalogue(look.connection) if not gift.withdrawn]
    open_count = counts.unexplained(look.connection, station)
    counted_on = counts.last_counted_on(look.connection, station)
    return StockWarnings(
        low=tuple(_low(look, gift, left.get(gift.id, ())) for gift in offered if _is_low(look, gift, left)),
        expiring=tuple(_expiring(look, offered, left, policy)),
        to_explain=None if open_count is None else open_count.id,
        last_counted_on=counted_on,
        count_due=bool(left)
        and (counted_on is None or (look.today - counted_on).days >= policy.count_every_days),
    )


def _is_low(look: Look, gift: Gift, left: Mapping[Id, Sequence[Batch]]) -> bool:
    return _good(look, left.get(gift.id, ())) <= gift.entry.low_stock


def _low(look: Look, gift: Gift, left: Sequence[Batch]) -> StockWarning:
    return _warning(gift, _good(look, left), None)


def _expiring(
    look: Look, offered: Iterable[Gift], left: Mapping[Id, Sequence[Batch]], policy: StockPolicy
) -> Iterator[StockWarning]:
    """What expires soon or has, the first day first."""
    last_day = look.today + timedelta(days=policy.expires_soon_days)
    soon = [
        _warning(gift, batch.quantity, batch.expires_on)
        for gift in offered
        for batch in left.get(gift.id, ())
        if batch.quantity and batch.expires_on is not None and batch.expires_on <= last_day
    ]
    yield from sorted(soon, key=lambda one: (one.expires_on or last_day, one.name))


def _warning(gift: Gift, quantity: int, expires_on: date | None) -> StockWarning:
    entry = gift.entry
    return StockWarning(
        gift=gift.id,
        name=entry.name,
        spec=entry.spec,
        unit=entry.unit,
        quantity=quantity,
        expires_on=expires_on,
    )


def _good(look: Look, left: Sequence[Batch]) -> int:
    return sum(batch.quantity for batch in left if not rules.is_expired(batch, look.today))
