"""What is done with the stock of gifts (库存): deliveries, write-offs, the blind count; and how it is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.actions.services import Page
from app.domain.stock import Cause, MoveKind, Source, WriteOff
from app.facts import Id


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


@dataclass(frozen=True, slots=True, kw_only=True)
class StockWarning:
    """Something to look after: pieces that expire soon (``expires_on``) or a low stock (None)."""

    gift: Id
    name: str
    spec: str
    unit: str
    quantity: int
    expires_on: date | None
