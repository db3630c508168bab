"""The rules of the gift counter (兑换): points for gifts, and back.

Once for each volunteer and natural quarter in Asia/Shanghai; a wallet's quarters only rise. Points are deducted,
hours never. Nobody serves themselves. A reversal restores points, quarter and stock exactly, once. After a restore that
may have lost redemptions, two members of staff answer for each one of that quarter.

Sources: domain rules §6 [seed]; thresholds and caps are practised by some counties [seen].
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.domain import custody, stock
from app.domain.calendar import quarter_of, read_quarter
from app.domain.custody import Custody
from app.domain.gifts import Gift
from app.domain.people import NotAVolunteer
from app.domain.points import MOST_CENTS
from app.domain.policies import Policy
from app.domain.problems import Refusal
from app.domain.stations import Doubt
from app.domain.stock import Batch, expect_reason
from app.domain.wallets import Owing, Purse, Used, Wallet, expect_points, tidy
from app.facts import Fact, Id
from app.facts.wallets import (
    GiftRedeemed,
    ReceiptReprinted,
    RedeemedGift,
    RedemptionReversed,
    ReturnedGift,
)


class RedemptionPolicy(Policy, frozen=True, kw_only=True):
    """Who may redeem and how much at a time: the least balance, the least and the most points (None: no end) and the
    most pieces. Once a quarter is no policy.
    """

    name: ClassVar[str] = "redemption"

    limits: ClassVar[Mapping[str, tuple[int, int]]] = {
        "least_balance_cents": (0, MOST_CENTS),
        "least_points_cents": (0, MOST_CENTS),
        "most_points_cents": (1, MOST_CENTS),
        "most_pieces": (1, 1_000),
    }

    least_balance_cents: int = 0
    least_points_cents: int = 0
    most_points_cents: int | None = None
    most_pieces: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """Where a redemption happens: the counter, its device, and who the operator is in the register. ``doubt`` are days
    whose redemptions may be lost; ``has_colleague`` says whether somebody else of the staff could look on.
    """

    stock: Id
    stock_custody: Custody | None
    device: Id
    unit: str
    today: date
    operator: Id
    operator_person: Id | None
    has_colleague: bool
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checker:
    """A second member of staff who looks on."""

    staff: Id
    person: Id | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A line of the basket: how many pieces, and what is there of the gift. A gift stands on one line."""

    gift: Gift
    quantity: int
    batches: Sequence[Batch]


@dataclass(frozen=True, slots=True, kw_only=True)
class Redemption:
    """A redemption as the rules see it."""

    id: Id
    person: Id
    number: str
    stock: Id
    quarter: str
    points_cents: int
    returned: tuple[ReturnedGift, ...]
    is_reversed: bool
    copies: int = 0


class NothingChosen(Refusal):
    """The basket is empty."""


class AlreadyRedeemed(Refusal):
    """The quarter was used; ``next_day`` is the first day on which another redemption is possible."""

    redeemed_on: date
    unit: str
    next_day: date


class QuarterInDoubt(Refusal):
    """The quarter may have been used on days whose facts were lost when the station was restored. A second member of
    staff looks through the paper receipts and answers for it as the checker. From ``next_day`` on nobody has to.
    """

    first_day: date
    last_day: date
    next_day: date
    has_colleague: bool


class BelowThreshold(Refusal):
    """The balance is below what is needed to redeem at all."""

    least_cents: int
    balance_cents: int


class TooLittleAtOnce(Refusal):
    """Fewer points than a redemption must have."""

    least_cents: int


class TooMuchAtOnce(Refusal):
    """More points than may be redeemed at a time."""

    most_cents: int


class TooManyPieces(Refusal):
    """More pieces than may be taken at a time."""

    most: int


class GiftNotOffered(Refusal):
    """The gift is not on the shelf any more."""

    name: str


class ServesThemselves(Refusal):
    """Nobody serves themselves at the counter."""


class CheckerUnfit(Refusal):
    """The checker is somebody else than the operator and than the volunteer."""


class AgentMissing(Refusal):
    """Who fetches the gifts needs a name, and how they stand to the volunteer."""


class RegisterTooLong(Refusal):
    """More redemptions than are printed at once; a paper with the first of them would pass for the whole."""

    count: int
    most: int


class RedemptionUnknown(Refusal):
    """There is no such redemption here."""


class AlreadyReversed(Refusal):
    """The redemption was reversed already."""

    number: str


def expect_entitled(wallet: Wallet, purse: Purse, counter: Counter, policy: RedemptionPolicy) -> None:
    """Refuse somebody who may redeem nothing today, whatever they choose. ``purse`` is tidied."""
    if not wallet.is_volunteer:
        raise NotAVolunteer(name=wallet.name, field="person")
    custody.expect_holder(counter.stock_custody, counter.device)
    custody.expect_holder(wallet.custody, counter.device, "person")
    if counter.operator_person == wallet.person:
        raise ServesThemselves(field="person")
    if wallet.last is not None and wallet.last.quarter >= str(quarter_of(counter.today)):
        raise AlreadyRedeemed(
            redeemed_on=wallet.last.redeemed_on,
            unit=wallet.last.unit,
            next_day=next_day(wallet.last),
            field="person",
        )
    if purse.owed_cents:
        raise Owing(owed_cents=purse.owed_cents, field="person")
    if purse.balance_cents < policy.least_balance_cents:
        raise BelowThreshold(
            least_cents=policy.least_balance_cents, balance_cents=purse.balance_cents, field="person"
        )


def doubt_of(counter: Counter) -> QuarterInDoubt | None:
    """Why nobody redeems alone this quarter, if so."""
    doubt = counter.doubt
    if doubt is None:
        return None
    first, last = quarter_of(doubt.first_day), quarter_of(doubt.last_day)
    if not first <= quarter_of(counter.today) <= last:
        return None
    return QuarterInDoubt(
        first_day=doubt.first_day,
        last_day=doubt.last_day,
        next_day=last.next().start,
        has_colleague=counter.has_colleague,
        field="checker",
    )


def next_day(used: Used) -> date:
    """The first day of the quarter after the one that was used."""
    return read_quarter(used.quarter).next().start


def redeem(
    redemption: Id,
    wallet: Wallet,
    wishes: Sequence[Wish],
    *,
    number: str,
    counter: Counter,
    policy: RedemptionPolicy,
    checker: Checker | None,
    by_agent: bool,
) -> list[Fact]:
    """Gifts for points. What is owed or has expired goes first, with facts of its own; the redemption comes last."""
    purse, facts = tidy(wallet.person, wallet.purse, counter.today)
    expect_entitled(wallet, purse, counter, policy)
    if checker is not None and (checker.staff == counter.operator or wallet.person == checker.person):
        raise CheckerUnfit(field="checker")
    doubt = doubt_of(counter)
    if doubt is not None and checker is None:
        raise doubt
    gifts = _taken(wishes, counter.today)
    cents = sum(gift.points_cents * gift.quantity for gift in gifts)
    _expect_within(policy, cents, sum(gift.quantity for gift in gifts))
    expect_points(cents, purse.balance_cents)
    return [
        *facts,
        GiftRedeemed(
            wallet=wallet.person,
            redemption=redemption,
            number=number,
            stock=counter.stock,
            unit=counter.unit,
            quarter=str(quarter_of(counter.today)),
            redeemed_on=counter.today,
            gifts=tuple(gifts),
            points_cents=cents,
            balance_before_cents=purse.balance_cents,
            checker=checker.staff if checker else None,
            by_agent=by_agent,
        ),
    ]


def reverse(
    redemption: Redemption, *, operator_person: Id | None, reason: str, today: date
) -> RedemptionReversed:
    """Take a redemption back whole, and why."""
    if redemption.is_reversed:
        raise AlreadyReversed(number=redemption.number)
    if operator_person == redemption.person:
        raise ServesThemselves
    expect_reason(reason)
    return RedemptionReversed(
        wallet=redemption.person,
        redemption=redemption.id,
        number=redemption.number,
        stock=redemption.stock,
        quarter=redemption.quarter,
        reversed_on=today,
        points_cents=redemption.points_cents,
        returned=redemption.returned,
    )


def reprint(redemption: Redemption, *, today: date) -> ReceiptReprinted:
    """Print the receipt once more, marked 补打; any PC of the station may."""
    return ReceiptReprinted(
        wallet=redemption.person, redemption=redemption.id, copy=redemption.copies + 1, printed_on=today
    )


def _taken(wishes: Sequence[Wish], today: date) -> list[RedeemedGift]:
    if not wishes:
        raise NothingChosen(field="lines")
    gifts = []
    for line, wish in enumerate(wishes):
        where, gift = f"lines.{line}.quantity", wish.gift
        if gift.withdrawn:
            raise GiftNotOffered(name=gift.entry.name, field=where)
        stock.expect_quantity(wish.quantity, where)
        parts = stock.take(gift.entry.name, wish.batches, wish.quantity, today=today, field=where)
        before = sum(batch.quantity for batch in wish.batches)
        gifts.append(
            RedeemedGift(
                gift=gift.id,
                code=gift.entry.code,
                name=gift.entry.name,
                spec=gift.entry.spec,
                unit=gift.entry.unit,
                points_cents=gift.entry.points_cents,
                quantity=wish.quantity,
                stock_before=before,
                stock_after=before - wish.quantity,
                batches=tuple(parts),
            )
        )
    return gifts


def _expect_within(policy: RedemptionPolicy, cents: int, pieces: int) -> None:
    if cents < policy.least_points_cents:
        raise TooLittleAtOnce(least_cents=policy.least_points_cents, field="lines")
    if policy.most_points_cents is not None and cents > policy.most_points_cents:
        raise TooMuchAtOnce(most_cents=policy.most_points_cents, field="lines")
    if policy.most_pieces is not None and pieces > policy.most_pieces:
        raise TooManyPieces(most=policy.most_pieces, field="lines")
