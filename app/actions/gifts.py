"""What is done with the catalogue of gifts (礼品): list one, put it right, withdraw it; and how the shelf is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.facts import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftForm:
    """A gift as the form shows it. ``code`` is the digits the scanner reads; empty: one of our own is drawn.

    ``picture`` is JPEG bytes; None keeps the picture there is.
    """

    name: str
    points_cents: int
    spec: str = ""
    unit: str = ""
    code: str = ""
    low_stock: int = 0
    picture: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListGift:
    """A new gift. ``gift`` is an id the caller made."""

    gift: Id
    form: GiftForm


@dataclass(frozen=True, slots=True, kw_only=True)
class EditGift:
    """The catalogue entry, whole, as it shall be."""

    gift: Id
    form: GiftForm


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedGift:
    """The new gift and the digits on its label."""

    gift: Id
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfQuery:
    """The shelf for somebody (``person``), or for nobody yet."""

    person: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A gift on the shelf. ``stock`` are pieces that can be given out today, ``missing_cents`` what the person lacks
    for one piece (0: affordable, or nobody is there yet).
    """

    gift: Id
    code: str
    name: str
    spec: str
    unit: str
    points_cents: int
    stock: int
    low_stock: int
    picture: str | None
    missing_cents: int

    @property
    def is_low(self) -> bool:
        return self.stock <= self.low_stock


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftRow:
    """A gift in the list of gifts and stock. ``stock`` counts everything there, ``expired`` what of it may no longer
    be given out, ``expires_on`` the first day on which something expires.
    """

    gift: Id
    code: str
    name: str
    spec: str
    unit: str
    points_cents: int
    low_stock: int
    picture: str | None
    withdrawn: bool
    stock: int
    expired: int
    expires_on: date | None

    @property
    def is_low(self) -> bool:
        return not self.withdrawn and self.stock - self.expired <= self.low_stock
