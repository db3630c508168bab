from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.points import PointsPolicy, earned_cents
from app.domain.policies import PolicyMakesNoSense, parse_policy

ONE_AN_HOUR = PointsPolicy()


def test_one_hour_is_one_point() -> None:
    assert earned_cents(60, "shopping", 0, ONE_AN_HOUR) == 100
    assert earned_cents(90, "shopping", 0, ONE_AN_HOUR) == 150
    assert earned_cents(0, "shopping", 0, ONE_AN_HOUR) == 0


@pytest.mark.parametrize(
    ("policy", "minutes", "cents"),
    [
        ('{"rate_cents": 1000}', 90, 1500),
        ('{"rate_cents": 500}', 90, 750),
        ('{"per_minutes": 30}', 90, 300),
        ('{"per_minutes": 30, "step_cents": 100}', 89, 200),
        ('{"per_minutes": 120}', 90, 75),
        ('{"per_minutes": 120, "step_cents": 100}', 239, 100),
        ('{"step_cents": 50}', 89, 100),
        ('{"least_minutes": 60}', 59, 0),
        ('{"least_minutes": 60}', 60, 100),
        ('{"percent_by_category": {"night": 200}}', 60, 100),
        ('{"most_cents_a_service": 200}', 180, 200),
    ],
    ids=[
        "10 an hour",
        "5 an hour",
        "half an hour is 1",
        "only full half hours",
        "2 hours are 1",
        "only full 2 hours",
        "only half points",
        "below the threshold",
        "at the threshold",
        "another category",
        "2 points at most",
    ],
)
def test_the_rates_that_counties_published(policy: str, minutes: int, cents: int) -> None:
    assert earned_cents(minutes, "day", 0, parse_policy(PointsPolicy, policy)) == cents


def test_a_category_may_count_double_or_nothing() -> None:
    policy = PointsPolicy(percent_by_category={"night": 200, "class": 0})
    assert earned_cents(60, "night", 0, policy) == 200
    assert earned_cents(60, "class", 0, policy) == 0


@pytest.mark.parametrize(("given_cents", "cents"), [(0, 300), (600, 200), (800, 0), (900, 0)])
def test_at_most_eight_points_a_day(given_cents: int, cents: int) -> None:
    policy = PointsPolicy(most_cents_a_day=800)
    assert earned_cents(180, "day", given_cents, policy) == cents


def test_single_hundredths_go_to_the_nearest() -> None:
    assert [earned_cents(minutes, "day", 0, ONE_AN_HOUR) for minutes in (20, 40, 1, 59)] == [33, 67, 2, 98]


@given(st.integers(0, 1_440), st.integers(1, 5_000), st.integers(1, 240), st.integers(2, 500))
def test_a_step_is_only_given_when_it_is_full(minutes: int, rate: int, per: int, step: int) -> None:
    policy = PointsPolicy(rate_cents=rate, per_minutes=per, step_cents=step)
    cents = earned_cents(minutes, "day", 0, policy)
    assert cents % step == 0
    assert cents * per <= minutes * rate < (cents + step) * per


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ('{"rate_cents": -1}', "rate_cents"),
        ('{"per_minutes": 0}', "per_minutes"),
        ('{"step_cents": 0}', "step_cents"),
        ('{"least_minutes": -1}', "least_minutes"),
        ('{"most_cents_a_day": -1}', "most_cents_a_day"),
        ('{"percent_by_category": {"night": 1001}}', "percent_by_category"),
    ],
)
def test_a_policy_that_makes_no_sense(value: str, field: str) -> None:
    with pytest.raises(PolicyMakesNoSense) as refused:
        parse_policy(PointsPolicy, value)
    assert refused.value.value == field
