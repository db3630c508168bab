"""What is done with wallets (积分账户) at the gift counter: redeem, reverse, give points to somebody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.actions.redemptions import RedemptionEntry
from app.domain.calendar import Quarter
from app.domain.problems import Refusal
from app.facts import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketLine:
    """How many pieces of a gift."""

    gift: Id
    quantity: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Who fetches the gifts instead of the volunteer, as typed."""

    name: str
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeemGifts:
    """What somebody takes. ``redemption`` is an id the caller made; ``checker`` is a second member of staff."""

    redemption: Id
    person: Id
    lines: tuple[BasketLine, ...]
    checker: Id | None = None
    agent: Agent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeemed:
    """What the counter says: deducted, and left."""

    redemption: Id
    number: str
    points_cents: int
    after_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseRedemption:
    """Take a redemption back whole, and why."""

    redemption: Id
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DonatePoints:
    """Give points to another volunteer. ``donation`` is an id the caller made."""

    donation: Id
    person: Id
    to: Id
    points_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterPerson:
    """Who stands at the counter. ``balance_cents`` can be spent today; ``owed_cents`` is what revoked hours still
    cost. ``obstacle`` is what a redemption would be refused with, whatever is chosen; None: go on.

    ``used`` is this quarter's redemption, ``next_day`` the first day on which another one is possible.
    """

    person: Id
    name: str
    volunteer_number: str
    phone_tail: str
    minutes: int
    balance_cents: int
    owed_cents: int
    quarter: Quarter
    used: RedemptionEntry | None
    next_day: date | None
    obstacle: Refusal | None
    last: tuple[RedemptionEntry, ...]
