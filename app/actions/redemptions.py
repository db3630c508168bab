"""How redemptions (兑换登记) are read: the register, masked, and one of them for its receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.actions.services import Page
from app.facts import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class RedemptionsQuery(Page):
    """The register, the newest first: of a quarter (``2026Q2``), of a day, of a person. ``text`` is what was typed to
    find a volunteer or a number; ``find`` is a redemption whose place is wanted.
    """

    quarter: str | None = None
    day: date | None = None
    person: Id | None = None
    text: str = ""
    find: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeemedLine:
    """One gift of a redemption, as it was then."""

    gift: Id
    code: str
    name: str
    spec: str
    unit: str
    points_cents: int
    quantity: int
    stock_before: int
    stock_after: int

    @property
    def deducted_cents(self) -> int:
        return self.points_cents * self.quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class RedemptionEntry:
    """A line of the register; the volunteer's and the agent's names are masked."""

    redemption: Id
    person: Id
    number: str
    who: str
    volunteer_number: str
    unit: str
    quarter: str
    redeemed_on: date
    redeemed_at: datetime
    gifts: tuple[RedeemedLine, ...]
    points_cents: int
    before_cents: int
    agent: str
    relation: str
    operator: str
    checker: str
    reversed_at: datetime | None
    reversed_by: str
    reason: str

    @property
    def after_cents(self) -> int:
        return self.before_cents - self.points_cents

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.gifts)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedemptionsPage:
    """A window of the register, how many there are, and the place of the one that was asked for."""

    rows: tuple[RedemptionEntry, ...]
    count: int
    found: int | None = None
