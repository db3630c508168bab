"""The rules of a counter's stock (库存): what comes in and what goes out. Counting it is in ``counts``.

The shelf never holds less than nothing; what expires first is given out first, and nothing expired is.

Sources: domain rules §6 (batch, expiry, source, weekly count); 30 days' notice before expiry is ours [default].
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from app.domain import custody
from app.domain.gifts import MOST_PIECES
from app.domain.policies import Policy
from app.domain.problems import Refusal
from app.facts import Id
from app.facts.stock import (
    BatchReceived,
    StockOpened,
    StockWrittenOff,
)
from app.facts.wallets import BatchPart

MOST_COST_CENTS = 100_000_00


class Source(StrEnum):
    """Where a batch comes from."""

    PURCHASE = "purchase"
    DONATION = "donation"
    GRANT = "grant"
    TRANSFER = "transfer"


class WriteOff(StrEnum):
    """Why pieces leave the stock without a redemption."""

    LOST = "lost"
    DAMAGED = "damaged"
    EXPIRED = "expired"
    HANDED_ON = "handed_on"
    MISRECORDED = "misrecorded"


class MoveKind(StrEnum):
    """What a line of the stock's ledger comes from."""

    RECEIVED = "received"
    REDEEMED = "redeemed"
    RETURNED = "returned"
    WRITTEN_OFF = "written_off"
    COUNTED = "counted"


class StockPolicy(Policy, frozen=True, kw_only=True):
    """How early the desk tells what expires, and how often is counted."""

    name: ClassVar[str] = "stock"

    limits: ClassVar[Mapping[str, tuple[int, int]]] = {
        "expires_soon_days": (1, 366),
        "count_every_days": (1, 366),
    }

    expires_soon_days: int = 30
    count_every_days: int = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A batch and how many pieces are left of it."""

    id: Id
    gift: Id
    quantity: int
    expires_on: date | None = None


class BatchUnknown(Refusal):
    """There is no such batch in this stock."""


class QuantityImpossible(Refusal):
    """No such number of pieces."""

    most: int


class NotInStock(Refusal):
    """Fewer pieces of the gift are there."""

    name: str
    left: int


class BatchBegun(Refusal):
    """Pieces of the batch have gone already, so it is not taken back as one that never came."""

    left: int


class GiftExpired(Refusal):
    """What is left of the gift has expired and is not given out."""

    name: str


class ReceivedInTheFuture(Refusal):
    """Nothing came in on a day that is still to come."""


class ExpiredWhenReceived(Refusal):
    """The pieces had expired when they came in."""

    expires_on: date


class CostImpossible(Refusal):
    """No piece costs so much."""


class NotExpiredYet(Refusal):
    """The batch can still be given out, so it is not written off as expired."""

    expires_on: date | None


class StockReasonMissing(Refusal):
    """It is not said why."""


def open_stock(stock: Id, *, holder: Id, unit: str) -> StockOpened:
    """The stock of a station that begins, held by its first device."""
    return StockOpened(stock=stock, holder=holder, term=custody.FIRST_TERM, unit=unit)


def take(name: str, batches: Iterable[Batch], quantity: int, *, today: date, field: str) -> list[BatchPart]:
    """Pieces out of batches, what expires first before the rest, and nothing expired."""
    there = [batch for batch in batches if batch.quantity > 0]
    good = sorted((batch for batch in there if not is_expired(batch, today)), key=_goes_first)
    left = sum(batch.quantity for batch in good)
    if left < quantity:
        if there and not good:
            raise GiftExpired(name=name, field=field)
        raise NotInStock(name=name, left=left, field=field)
    parts = []
    for batch in good:
        taken = min(quantity, batch.quantity)
        if taken:
            parts.append(BatchPart(batch=batch.id, quantity=taken))
        quantity -= taken
    return parts


def is_expired(batch: Batch, today: date) -> bool:
    return batch.expires_on is not None and batch.expires_on < today


def receive(
    stock: Id,
    batch: Batch,
    *,
    source: Source,
    received_on: date,
    unit_cost_cents: int | None,
    today: date,
) -> BatchReceived:
    """Pieces come in."""
    expect_quantity(batch.quantity, "quantity")
    if received_on > today:
        raise ReceivedInTheFuture(field="received_on")
    if batch.expires_on is not None and batch.expires_on < received_on:
        raise ExpiredWhenReceived(expires_on=batch.expires_on, field="expires_on")
    if unit_cost_cents is not None and not 0 <= unit_cost_cents <= MOST_COST_CENTS:
        raise CostImpossible(field="unit_cost_cents")
    return BatchReceived(
        stock=stock,
        batch=batch.id,
        gift=batch.gift,
        quantity=batch.quantity,
        source=source,
        received_on=received_on,
        expires_on=batch.expires_on,
        unit_cost_cents=unit_cost_cents,
    )


def write_off(
    stock: Id,
    batch: Batch,
    write_off: Id,
    *,
    name: str,
    quantity: int,
    cause: WriteOff,
    reason: str,
    today: date,
) -> StockWrittenOff:
    """Pieces are gone."""
    expect_quantity(quantity, "quantity")
    if quantity > batch.quantity:
        raise NotInStock(name=name, left=batch.quantity, field="quantity")
    if cause is WriteOff.EXPIRED and not is_expired(batch, today):
        raise NotExpiredYet(expires_on=batch.expires_on, field="cause")
    expect_reason(reason)
    return StockWrittenOff(
        stock=stock, write_off=write_off, batch=batch.id, gift=batch.gift, quantity=quantity, cause=cause
    )


def expect_quantity(quantity: int, field: str) -> None:
    if not 1 <= quantity <= MOST_PIECES:
        raise QuantityImpossible(most=MOST_PIECES, field=field)


def _goes_first(batch: Batch) -> tuple[date, str]:
    return (batch.expires_on or date.max, batch.id)


def expect_reason(reason: str) -> None:
    if not reason.strip():
        raise StockReasonMissing(field="reason")
