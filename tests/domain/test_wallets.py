from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.custody import Custody, NotTheHolder
from app.domain.people import NotAVolunteer
from app.domain.policies import PolicyMakesNoSense, parse_policy
from app.domain.wallets import (
    DonationImpossible,
    DonationNotAllowed,
    DonationPolicy,
    ExpiryPolicy,
    GivesToThemselves,
    HandlesOwnPoints,
    NotEnoughPoints,
    Owing,
    Purse,
    Wallet,
    donate,
    open_wallet,
    tidy,
)
from app.facts.wallets import PointsDonated, PointsExpired, PointsTakenBack

TODAY = date(2026, 4, 7)
ME, PERSON, TO, DONATION = (letter * 32 for letter in "abcd")
MINE = Custody(holder=ME, term=1, unit="桃源村")
WALLET = Wallet(
    person=PERSON, name="王小明", is_volunteer=True, custody=MINE, last=None, purse=Purse(balance_cents=500)
)


@given(balance=st.integers(0, 50), owed=st.integers(0, 50), old=st.integers(0, 50))
def test_a_balance_is_never_negative(balance: int, owed: int, old: int) -> None:
    old = min(old, balance)
    purse = Purse(balance_cents=balance, owed_cents=owed, expiring_cents=old, expired_until=TODAY)
    left, facts = tidy(PERSON, purse, TODAY)
    taken = sum(one.points_cents for one in facts if isinstance(one, PointsTakenBack))
    expired = sum(one.points_cents for one in facts if isinstance(one, PointsExpired))
    assert left.balance_cents == balance - taken - expired >= 0
    assert left.owed_cents == owed - taken
    assert taken == min(balance, owed)
    # What is spent is the oldest: nothing old is left, and nothing new has expired.
    assert expired == max(0, old - taken)
    assert all(isinstance(one, PointsTakenBack | PointsExpired) and one.points_cents > 0 for one in facts)


@pytest.mark.parametrize(
    ("policy", "today", "until"),
    [
        ("{}", TODAY, None),
        ('{"after_months": 12}', TODAY, date(2025, 4, 6)),
        ('{"after_months": 12}', date(2028, 2, 29), date(2027, 2, 27)),
        ('{"after_months": 0, "at_year_end": true}', TODAY, date(2025, 12, 31)),
        ('{"after_months": 12, "at_year_end": true}', TODAY, date(2024, 12, 31)),
    ],
    ids=["never", "a year", "a leap day", "cleared every new year", "carried over once"],
)
def test_how_long_points_live(policy: str, today: date, until: date | None) -> None:
    """After a year, and carry-over, are what counties published."""
    assert parse_policy(ExpiryPolicy, policy).expired_until(today) == until


def test_points_live_no_negative_time() -> None:
    with pytest.raises(PolicyMakesNoSense):
        parse_policy(ExpiryPolicy, '{"after_months": -1}')


def test_a_wallet_begins_with_its_counter() -> None:
    assert open_wallet(PERSON, holder=ME, unit="桃源村").term == 1


def given_away(
    wallet: Wallet = WALLET,
    points_cents: int = 200,
    to: str = TO,
    to_is_volunteer: bool = True,
    allowed: bool = True,
    operator: str | None = None,
) -> list[object]:
    return list(
        donate(
            DONATION,
            wallet,
            to=to,
            to_is_volunteer=to_is_volunteer,
            to_name="李梅",
            points_cents=points_cents,
            policy=DonationPolicy(allowed=allowed),
            device=ME,
            operator_person=operator,
            today=TODAY,
        )
    )


def test_points_are_given_to_another_volunteer() -> None:
    (body,) = given_away()
    assert isinstance(body, PointsDonated) and (body.to, body.points_cents) == (TO, 200)
    owing = replace(WALLET, purse=Purse(balance_cents=500, owed_cents=300))
    assert len(given_away(owing)) == 2
    with pytest.raises(NotEnoughPoints) as refused:
        given_away(owing, 201)
    assert refused.value.missing_cents == 1


def test_what_cannot_be_given() -> None:
    with pytest.raises(DonationNotAllowed):
        given_away(allowed=False)
    with pytest.raises(GivesToThemselves):
        given_away(to=PERSON)
    with pytest.raises(NotAVolunteer):
        given_away(replace(WALLET, is_volunteer=False))
    with pytest.raises(NotAVolunteer):
        given_away(to_is_volunteer=False)
    with pytest.raises(NotTheHolder):
        given_away(replace(WALLET, custody=None))
    with pytest.raises(Owing):
        given_away(replace(WALLET, purse=Purse(balance_cents=100, owed_cents=300)))
    with pytest.raises(DonationImpossible):
        given_away(points_cents=0)
    for operator, field in ((PERSON, "person"), (TO, "to")):
        with pytest.raises(HandlesOwnPoints) as refused:
            given_away(operator=operator)
        assert refused.value.field == field
