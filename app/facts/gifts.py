"""What can happen to a gift (礼品) in the catalogue. How many there are is ``stock``."""

from __future__ import annotations

from typing import ClassVar

from app.facts import Cents, Count, Fact, Id


class GiftListed(Fact, frozen=True, kw_only=True):
    """A gift can be redeemed for ``points_cents`` a piece. ``code`` is digits only, for the scanner.

    ``picture`` is the SHA-256 of its bytes; a stock of at most ``low_stock`` is told as low.
    """

    kind: ClassVar[str] = "gift.listed"

    gift: Id
    code: str
    name: str
    spec: str
    unit: str
    points_cents: Cents
    low_stock: Count
    picture: str | None = None


class GiftEdited(Fact, frozen=True, kw_only=True):
    """The catalogue entry was put right. ``fields`` names what changed; what was redeemed before stays."""

    kind: ClassVar[str] = "gift.edited"

    gift: Id
    fields: tuple[str, ...]
    code: str
    name: str
    spec: str
    unit: str
    points_cents: Cents
    low_stock: Count
    picture: str | None = None


class GiftWithdrawn(Fact, frozen=True, kw_only=True):
    """The gift is no longer on the shelf; what is left of it stays in the stock."""

    kind: ClassVar[str] = "gift.withdrawn"

    gift: Id


class GiftOfferedAgain(Fact, frozen=True, kw_only=True):
    """A gift that was withdrawn is on the shelf again."""

    kind: ClassVar[str] = "gift.offered_again"

    gift: Id
