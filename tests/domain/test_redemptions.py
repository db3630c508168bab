from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.custody import Custody, NotTheHolder
from app.domain.gifts import Entry, Gift
from app.domain.people import NotAVolunteer
from app.domain.policies import PolicyMakesNoSense, parse_policy
from app.domain.redemptions import (
    AlreadyRedeemed,
    AlreadyReversed,
    BelowThreshold,
    Checker,
    CheckerUnfit,
    Counter,
    GiftNotOffered,
    NothingChosen,
    QuarterInDoubt,
    Redemption,
    RedemptionPolicy,
    ServesThemselves,
    TooLittleAtOnce,
    TooManyPieces,
    TooMuchAtOnce,
    Wish,
    next_day,
    redeem,
    reprint,
    reverse,
)
from app.domain.stations import Doubt
from app.domain.stock import Batch, NotInStock, QuantityImpossible, StockReasonMissing
from app.domain.wallets import NotEnoughPoints, Owing, Purse, Used, Wallet
from app.facts import Fact, encode_fact
from app.facts.wallets import GiftRedeemed, PointsExpired, PointsTakenBack, ReturnedGift

TODAY = date(2026, 4, 7)
ME, PERSON, STATION, STAFF, TOWEL, BATCH, REDEMPTION = (letter * 32 for letter in "abcdef0")
MINE = Custody(holder=ME, term=1, unit="桃源村")
WALLET = Wallet(
    person=PERSON, name="王小明", is_volunteer=True, custody=MINE, last=None, purse=Purse(balance_cents=1_200)
)
COUNTER = Counter(
    stock=STATION,
    stock_custody=MINE,
    device=ME,
    unit="桃源村",
    today=TODAY,
    operator=STAFF,
    operator_person=None,
    has_colleague=True,
)
ENTRY = Entry(code="69012345", name="毛巾", spec="纯棉", unit="条", points_cents=500, low_stock=0)
WISH = Wish(gift=Gift(id=TOWEL, entry=ENTRY), quantity=2, batches=[Batch(id=BATCH, gift=TOWEL, quantity=3)])


def given(wallet: Wallet = WALLET, *wishes: Wish, **more: Any) -> list[Fact]:
    asked: dict[str, Any] = {
        "number": "DH-A1000001-X",
        "counter": COUNTER,
        "policy": RedemptionPolicy(),
        "checker": None,
        "by_agent": False,
    }
    return redeem(REDEMPTION, wallet, wishes or (WISH,), **(asked | more))


@pytest.mark.parametrize(
    ("first_day", "last_day", "in_doubt"),
    [
        (date(2026, 4, 1), date(2026, 4, 3), True),
        (date(2026, 3, 30), date(2026, 4, 2), True),
        (date(2025, 12, 31), date(2026, 6, 30), True),
        (date(2026, 3, 1), date(2026, 3, 31), False),
        (date(2026, 7, 1), date(2026, 7, 2), False),
    ],
)
def test_a_quarter_in_doubt_takes_two(first_day: date, last_day: date, in_doubt: bool) -> None:
    """After a restore that may have lost redemptions nobody redeems before a second one has looked on."""
    counter = replace(COUNTER, doubt=Doubt(first_day=first_day, last_day=last_day))
    if in_doubt:
        with pytest.raises(QuarterInDoubt) as refused:
            given(counter=counter)
        assert (refused.value.first_day, refused.value.last_day) == (first_day, last_day)
        assert refused.value.next_day == date(2026, 7, 1)
        assert refused.value.field == "checker"
        assert given(counter=counter, checker=Checker(staff="9" * 32, person=None))
    else:
        assert given(counter=counter)


def test_gifts_for_points() -> None:
    (body,) = given(checker=Checker(staff="9" * 32, person=None))
    assert isinstance(body, GiftRedeemed)
    assert (body.quarter, body.points_cents, body.balance_before_cents) == ("2026Q2", 1_000, 1_200)
    (line,) = body.gifts
    assert (line.stock_before, line.stock_after, line.batches[0].quantity) == (3, 1, 2)
    assert body.relies_on() == (f"wallet:{PERSON}", f"stock:{STATION}")


def test_a_gift_goes_out_though_the_book_says_less_than_nothing() -> None:
    """Of another batch, since facts before it were lost with a disk."""
    batches = [Batch(id=BATCH, gift=TOWEL, quantity=-3), Batch(id="9" * 32, gift=TOWEL, quantity=4)]
    (body,) = given(WALLET, replace(WISH, batches=batches))
    assert isinstance(body, GiftRedeemed)
    assert (body.gifts[0].stock_before, body.gifts[0].stock_after) == (1, -1)
    encode_fact(body)


def test_what_is_owed_and_expired_goes_first() -> None:
    purse = Purse(balance_cents=1_800, owed_cents=200, expiring_cents=500, expired_until=TODAY)
    taken, expired, body = given(replace(WALLET, purse=purse))
    assert isinstance(taken, PointsTakenBack) and isinstance(expired, PointsExpired)
    assert isinstance(body, GiftRedeemed) and body.balance_before_cents == 1_300


def used(quarter: str) -> Wallet:
    return replace(WALLET, last=Used(quarter=quarter, redeemed_on=TODAY, unit="曹村站"))


def test_quarters_only_rise() -> None:
    assert given(used("2026Q1"))
    for quarter in ("2026Q2", "2026Q3"):
        with pytest.raises(AlreadyRedeemed) as refused:
            given(used(quarter))
        assert refused.value.unit == "曹村站"
    assert next_day(Used(quarter="2026Q4", redeemed_on=TODAY, unit="")) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("wallet", "counter", "refusal"),
    [
        (replace(WALLET, is_volunteer=False), COUNTER, NotAVolunteer),
        (replace(WALLET, custody=None), COUNTER, NotTheHolder),
        (WALLET, replace(COUNTER, stock_custody=replace(MINE, holder="9" * 32)), NotTheHolder),
        (WALLET, replace(COUNTER, operator_person=PERSON), ServesThemselves),
        (replace(WALLET, purse=Purse(balance_cents=1, owed_cents=2)), COUNTER, Owing),
        (replace(WALLET, purse=Purse(balance_cents=999)), COUNTER, NotEnoughPoints),
    ],
    ids=["resident", "wallet elsewhere", "stock elsewhere", "themselves", "owing", "too poor"],
)
def test_who_gets_nothing(wallet: Wallet, counter: Counter, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        given(wallet, counter=counter)


@pytest.mark.parametrize(
    "checker", [Checker(staff=STAFF, person=None), Checker(staff="9" * 32, person=PERSON)]
)
def test_a_checker_is_somebody_else(checker: Checker) -> None:
    with pytest.raises(CheckerUnfit):
        given(checker=checker)


@pytest.mark.parametrize(
    ("policy", "refusal"),
    [
        ('{"least_balance_cents": 2000}', BelowThreshold),
        ('{"least_points_cents": 1001}', TooLittleAtOnce),
        ('{"most_points_cents": 999}', TooMuchAtOnce),
        ('{"most_pieces": 1}', TooManyPieces),
    ],
)
def test_thresholds_and_caps(policy: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        given(policy=parse_policy(RedemptionPolicy, policy))
    assert given(policy=RedemptionPolicy(most_points_cents=1_000, most_pieces=2))


def test_no_cap_is_below_one() -> None:
    with pytest.raises(PolicyMakesNoSense):
        parse_policy(RedemptionPolicy, '{"most_pieces": 0}')


def test_what_is_no_basket() -> None:
    with pytest.raises(NothingChosen):
        redeem(
            REDEMPTION,
            WALLET,
            (),
            number="",
            counter=COUNTER,
            policy=RedemptionPolicy(),
            checker=None,
            by_agent=False,
        )
    for wish, refusal in (
        (replace(WISH, gift=replace(WISH.gift, withdrawn=True)), GiftNotOffered),
        (replace(WISH, quantity=0), QuantityImpossible),
        (replace(WISH, quantity=4), NotInStock),
    ):
        with pytest.raises(refusal) as refused:
            given(WALLET, WISH, wish)
        assert refused.value.field == "lines.1.quantity"


DONE = Redemption(
    id=REDEMPTION,
    person=PERSON,
    number="DH-A1000001-X",
    stock=STATION,
    quarter="2026Q2",
    points_cents=1_000,
    returned=(ReturnedGift(gift=TOWEL, batch=BATCH, quantity=2),),
    is_reversed=False,
)


def test_a_reversal_gives_back_exactly_that() -> None:
    body = reverse(DONE, operator_person=None, reason="拿错了", today=TODAY)
    assert (body.points_cents, body.quarter, body.returned) == (1_000, "2026Q2", DONE.returned)
    with pytest.raises(AlreadyReversed):
        reverse(replace(DONE, is_reversed=True), operator_person=None, reason="拿错了", today=TODAY)
    with pytest.raises(ServesThemselves):
        reverse(DONE, operator_person=PERSON, reason="拿错了", today=TODAY)
    with pytest.raises(StockReasonMissing):
        reverse(DONE, operator_person=None, reason=" ", today=TODAY)


def test_copies_of_a_receipt_are_counted() -> None:
    assert reprint(DONE, today=TODAY).copy == 1
    assert reprint(replace(DONE, copies=4, is_reversed=True), today=TODAY).copy == 5
