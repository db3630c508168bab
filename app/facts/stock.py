"""What can happen to a counter's stock of gifts (库存). It has exactly one holder, the counter's PC, like a wallet."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

import msgspec

from app.facts import Cents, Count, Fact, Id, Private

Difference = Annotated[int, msgspec.Meta(ge=-1_000_000_000, le=1_000_000_000)]
"""What the book says can be below nothing, too, where facts that came before were lost with a disk."""


class BatchWords(Private, frozen=True, kw_only=True):
    """Where a batch came from (a donor may be a person), and a remark. The part belongs to the batch."""

    origin: str = ""
    remark: str = ""


class StockNote(Private, frozen=True, kw_only=True):
    """Why pieces were written off, or how a difference is explained, in words."""

    text: str


class CountedBatch(msgspec.Struct, frozen=True, kw_only=True):
    """What the book said of a batch and what was there."""

    gift: Id
    batch: Id
    book: Difference
    counted: Count


class ExplainedGift(msgspec.Struct, frozen=True, kw_only=True):
    """Why a gift's count differed: ``cause`` is lost, damaged, misrecorded, found or unknown."""

    gift: Id
    cause: str


class ClosedGift(msgspec.Struct, frozen=True, kw_only=True):
    """How a gift's stock went since the last closing; ``difference`` is what counts found, with its sign."""

    gift: Id
    before: Difference
    received: Difference
    redeemed: Difference
    returned: Difference
    written_off: Difference
    difference: Difference
    after: Difference


class StockOpened(Fact, frozen=True, kw_only=True):
    """A counter has a stock, held by the device ``holder`` of the station called ``unit`` from ``term`` on."""

    kind: ClassVar[str] = "stock.opened"

    stock: Id
    holder: Id
    term: Count
    unit: str


class BatchReceived(Fact, frozen=True, kw_only=True):
    """Pieces of a gift came in. ``source`` is purchase, donation, grant or transfer; ``unit_cost_cents`` of a yuan."""

    kind: ClassVar[str] = "stock.batch_received"
    private = BatchWords

    stock: Id
    batch: Id
    gift: Id
    quantity: Count
    source: str
    received_on: date
    expires_on: date | None = None
    unit_cost_cents: Cents | None = None

    def relies_on(self) -> tuple[str, ...]:
        return (f"stock:{self.stock}",)


class StockWrittenOff(Fact, frozen=True, kw_only=True):
    """Pieces left the stock without a redemption: ``cause`` is lost, damaged, expired, handed_on or
    misrecorded."""

    kind: ClassVar[str] = "stock.written_off"
    private = StockNote

    stock: Id
    write_off: Id
    batch: Id
    gift: Id
    quantity: Count
    cause: str

    def relies_on(self) -> tuple[str, ...]:
        return (f"stock:{self.stock}",)


class StockCounted(Fact, frozen=True, kw_only=True):
    """Somebody counted what is there without seeing the book (盲盘); from now on the book says the same."""

    kind: ClassVar[str] = "stock.counted"

    stock: Id
    count: Id
    counted_on: date
    batches: tuple[CountedBatch, ...]

    def relies_on(self) -> tuple[str, ...]:
        return (f"stock:{self.stock}",)


class CountExplained(Fact, frozen=True, kw_only=True):
    """The differences of a count have their reasons."""

    kind: ClassVar[str] = "stock.count_explained"
    private = StockNote

    stock: Id
    count: Id
    gifts: tuple[ExplainedGift, ...]

    def relies_on(self) -> tuple[str, ...]:
        return (f"stock:{self.stock}",)


class DayClosed(Fact, frozen=True, kw_only=True):
    """The counter closed (日结): what happened since the last closing, and what every gift's stock is now."""

    kind: ClassVar[str] = "stock.day_closed"

    stock: Id
    closing: Id
    closed_on: date
    redemptions: Difference
    reversals: Difference
    redeemed_cents: Cents
    restored_cents: Cents
    gifts: tuple[ClosedGift, ...]

    def relies_on(self) -> tuple[str, ...]:
        return (f"stock:{self.stock}",)
