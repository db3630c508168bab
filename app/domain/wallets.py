"""The rules of wallets (积分账户): what takes points away, besides gifts (``redemptions``).

What revoked hours had earned is taken back as far as the balance goes; the rest is owed, and whoever owes redeems
nothing. So a balance is never negative. Points that expire after a year, carry-over, and giving points away are
practised by some counties [seen].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from app.domain import custody
from app.domain.calendar import months_before
from app.domain.custody import Custody
from app.domain.people import NotAVolunteer
from app.domain.points import MOST_CENTS
from app.domain.policies import Policy
from app.domain.problems import Refusal
from app.facts import Fact, Id
from app.facts.wallets import (
    PointsDonated,
    PointsExpired,
    PointsTakenBack,
    WalletOpened,
)


class PointKind(StrEnum):
    """What a line of the ledger comes from."""

    EARNED = "earned"
    GRANTED = "granted"
    RECEIVED = "received"
    REDEEMED = "redeemed"
    RESTORED = "restored"
    TAKEN_BACK = "taken_back"
    EXPIRED = "expired"
    DONATED = "donated"


GAINS = frozenset({PointKind.EARNED, PointKind.GRANTED, PointKind.RECEIVED})
"""Points that are new to the person; all other lines are about spending them."""


class ExpiryPolicy(Policy, frozen=True, kw_only=True):
    """Points expire ``after_months`` (None: never), with ``at_year_end`` only when the year ends in which they would.

    A year from the day they were earned is 12; cleared every New Year is 0 with ``at_year_end``; carried over into
    the next year once is 12 with ``at_year_end``.
    """

    name: ClassVar[str] = "points.expiry"

    limits: ClassVar[Mapping[str, tuple[int, int]]] = {"after_months": (0, 600)}

    after_months: int | None = None
    at_year_end: bool = False

    def expired_until(self, today: date) -> date | None:
        """The newest day whose points are expired today."""
        if self.after_months is None:
            return None
        begun = today.replace(month=1, day=1) if self.at_year_end else today
        return months_before(begun, self.after_months) - timedelta(days=1)


class DonationPolicy(Policy, frozen=True, kw_only=True):
    """Whether volunteers may give points to one another."""

    name: ClassVar[str] = "points.donation"

    allowed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """A redemption that stands: which quarter it used, on which day, at which station."""

    quarter: str
    redeemed_on: date
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """Points in hundredths: the sum of the ledger, what revoked hours still cost, and what of the balance was earned
    up to the day ``expired_until`` and not spent.
    """

    balance_cents: int
    owed_cents: int = 0
    expiring_cents: int = 0
    expired_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wallet:
    """A volunteer at the counter. ``last`` is the redemption with the latest quarter that stands."""

    person: Id
    name: str
    is_volunteer: bool
    custody: Custody | None
    last: Used | None
    purse: Purse


class NotEnoughPoints(Refusal):
    """The balance does not reach."""

    missing_cents: int
    balance_cents: int


class Owing(Refusal):
    """Points of revoked hours are still owed; later hours settle them first."""

    owed_cents: int


class DonationNotAllowed(Refusal):
    """Points are not given away here."""


class ReceiverMissing(Refusal):
    """It is not said who gets the points."""


class GivesToThemselves(Refusal):
    """Points are given to somebody else."""


class HandlesOwnPoints(Refusal):
    """Nobody gives points away, or gets them, by their own hand."""


class DonationImpossible(Refusal):
    """No such number of points can be given."""


def open_wallet(person: Id, *, holder: Id, unit: str) -> WalletOpened:
    """A new volunteer's wallet, held by the counter ``holder`` of the station ``unit``."""
    return WalletOpened(wallet=person, holder=holder, term=custody.FIRST_TERM, unit=unit)


def tidy(person: Id, purse: Purse, today: date, service: Id | None = None) -> tuple[Purse, list[Fact]]:
    """Take back what is owed as far as the balance goes, then what has expired; the purse as it is then, and the
    facts. ``service`` is the record that was revoked just now.
    """
    facts: list[Fact] = []
    taken = max(0, min(purse.balance_cents, purse.owed_cents))
    if taken:
        facts.append(PointsTakenBack(wallet=person, points_cents=taken, taken_on=today, service=service))
    # What goes is always the oldest, so what was taken back no longer expires.
    expired = max(0, min(purse.balance_cents, purse.expiring_cents) - taken)
    if expired:
        assert purse.expired_until is not None
        facts.append(
            PointsExpired(
                wallet=person, points_cents=expired, expired_on=today, earned_until=purse.expired_until
            )
        )
    left = Purse(
        balance_cents=purse.balance_cents - taken - expired, owed_cents=max(0, purse.owed_cents - taken)
    )
    return left, facts


def expect_points(cents: int, balance_cents: int, field: str = "lines") -> None:
    if cents > balance_cents:
        raise NotEnoughPoints(missing_cents=cents - balance_cents, balance_cents=balance_cents, field=field)


def donate(
    donation: Id,
    wallet: Wallet,
    *,
    to: Id,
    to_is_volunteer: bool,
    to_name: str,
    points_cents: int,
    policy: DonationPolicy,
    device: Id,
    operator_person: Id | None,
    today: date,
) -> list[Fact]:
    """Points for another volunteer, recorded by a third."""
    if not policy.allowed:
        raise DonationNotAllowed
    if to == wallet.person:
        raise GivesToThemselves(field="to")
    if not wallet.is_volunteer:
        raise NotAVolunteer(name=wallet.name, field="person")
    if not to_is_volunteer:
        raise NotAVolunteer(name=to_name, field="to")
    for one, field in ((wallet.person, "person"), (to, "to")):
        if one == operator_person:
            raise HandlesOwnPoints(field=field)
    custody.expect_holder(wallet.custody, device, "person")
    purse, facts = tidy(wallet.person, wallet.purse, today)
    if purse.owed_cents:
        raise Owing(owed_cents=purse.owed_cents, field="person")
    if not 0 < points_cents <= MOST_CENTS:
        raise DonationImpossible(field="points_cents")
    expect_points(points_cents, purse.balance_cents, "points_cents")
    given = PointsDonated(
        wallet=wallet.person, donation=donation, to=to, points_cents=points_cents, donated_on=today
    )
    return [*facts, given]
