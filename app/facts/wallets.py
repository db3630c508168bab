"""What can happen to a wallet (积分账户): what a volunteer's points were spent on, and which quarters were used.

A wallet has exactly one holder, the counter where its volunteer redeems; it is named after its person. Earning
points needs no wallet: whoever approves hours gives them. Taking points does: only the holder may, and each such fact
claims the wallet's term, a redemption also the stock's. So no balance is ever negative and no quarter used twice.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import msgspec

from app.facts import Cents, Count, Fact, Id, Private
from app.facts.stock import Difference


class AgentWords(Private, frozen=True, kw_only=True):
    """Who fetched the gift instead of the volunteer (代领人), and how they stand to each other."""

    name: str
    relation: str


class WalletNote(Private, frozen=True, kw_only=True):
    """Why a redemption was reversed, in words."""

    text: str


class BatchPart(msgspec.Struct, frozen=True, kw_only=True):
    """How many pieces of a gift came out of one batch."""

    batch: Id
    quantity: Count


class RedeemedGift(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a redemption, the gift as it was then. ``points_cents`` is for one piece; ``stock_before`` and
    ``stock_after`` count the gift's pieces at this counter, as the book has them.
    """

    gift: Id
    code: str
    name: str
    spec: str
    unit: str
    points_cents: Cents
    quantity: Count
    stock_before: Difference
    stock_after: Difference
    batches: tuple[BatchPart, ...]


class ReturnedGift(msgspec.Struct, frozen=True, kw_only=True):
    """Pieces that went back into their batch."""

    gift: Id
    batch: Id
    quantity: Count


class WalletOpened(Fact, frozen=True, kw_only=True):
    """A volunteer has a wallet, held by the device ``holder`` of the station called ``unit`` from ``term`` on."""

    kind: ClassVar[str] = "wallet.opened"

    wallet: Id
    holder: Id
    term: Count
    unit: str


class GiftRedeemed(Fact, frozen=True, kw_only=True):
    """Gifts for points (兑换): once for each natural quarter, ``2026Q2``. ``points_cents`` were deducted in all.

    ``checker`` is a second member of staff who looked on; ``by_agent`` says that somebody else fetched the gifts.
    """

    kind: ClassVar[str] = "wallet.gift_redeemed"
    private = AgentWords

    wallet: Id
    redemption: Id
    number: str
    stock: Id
    unit: str
    quarter: str
    redeemed_on: date
    gifts: tuple[RedeemedGift, ...]
    points_cents: Cents
    balance_before_cents: Cents
    checker: Id | None = None
    by_agent: bool = False

    def relies_on(self) -> tuple[str, ...]:
        return (f"wallet:{self.wallet}", f"stock:{self.stock}")


class RedemptionReversed(Fact, frozen=True, kw_only=True):
    """A redemption was taken back whole: points, quarter and stock are as if it had not been."""

    kind: ClassVar[str] = "wallet.redemption_reversed"
    private = WalletNote

    wallet: Id
    redemption: Id
    number: str
    stock: Id
    quarter: str
    reversed_on: date
    points_cents: Cents
    returned: tuple[ReturnedGift, ...]

    def relies_on(self) -> tuple[str, ...]:
        return (f"wallet:{self.wallet}", f"stock:{self.stock}")


class ReceiptReprinted(Fact, frozen=True, kw_only=True):
    """The receipt of a redemption was printed once more, the ``copy``-th time after the first, and is marked 补打."""

    kind: ClassVar[str] = "wallet.receipt_reprinted"

    wallet: Id
    redemption: Id
    copy: Count
    printed_on: date


class PointsTakenBack(Fact, frozen=True, kw_only=True):
    """Points of revoked hours or grants were taken back, as far as the balance went. ``service`` is the record that was
    revoked at that moment; None where an older debt was settled.
    """

    kind: ClassVar[str] = "wallet.points_taken_back"

    wallet: Id
    points_cents: Cents
    taken_on: date
    service: Id | None = None

    def relies_on(self) -> tuple[str, ...]:
        return (f"wallet:{self.wallet}",)


class PointsExpired(Fact, frozen=True, kw_only=True):
    """What was left of points earned up to the day ``earned_until`` expired."""

    kind: ClassVar[str] = "wallet.points_expired"

    wallet: Id
    points_cents: Cents
    expired_on: date
    earned_until: date

    def relies_on(self) -> tuple[str, ...]:
        return (f"wallet:{self.wallet}",)


class PointsDonated(Fact, frozen=True, kw_only=True):
    """A volunteer gave points to another one (积分捐赠)."""

    kind: ClassVar[str] = "wallet.points_donated"

    wallet: Id
    donation: Id
    to: Id
    points_cents: Cents
    donated_on: date

    def relies_on(self) -> tuple[str, ...]:
        return (f"wallet:{self.wallet}",)
