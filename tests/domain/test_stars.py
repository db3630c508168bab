from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.policies import PolicyMakesNoSense, parse_policy
from app.domain.stars import Earned, StarsPolicy, level_of, level_on, registered_until, stars

NATIONAL = StarsPolicy()
TODAY = date(2026, 7, 1)
LONG_AGO = date(2015, 3, 5)


@pytest.mark.parametrize(
    ("hours", "level"),
    [(0, 0), (99, 0), (100, 1), (299, 1), (300, 2), (600, 3), (1000, 4), (1499, 4), (1500, 5), (9000, 5)],
)
def test_the_national_table(hours: int, level: int) -> None:
    assert level_of(hours * 60, NATIONAL) == level


@pytest.mark.parametrize(
    ("table", "minutes", "level"),
    [
        ("[50, 100, 200, 400, 800]", 200 * 60, 3),
        ("[30, 60, 100, 200, 300]", 300 * 60, 5),
        ("[100, 300, 600, 1000, 1500, 2000, 3000, 4000]", 3000 * 60 - 1, 6),
    ],
)
def test_other_published_tables(table: str, minutes: int, level: int) -> None:
    assert level_of(minutes, parse_policy(StarsPolicy, f'{{"hours": {table}}}')) == level


def test_nobody_starts_with_a_star() -> None:
    found = stars([], registered_on=None, today=TODAY, policy=NATIONAL)
    assert (found.level, found.since, found.next_hours, found.missing_minutes) == (0, None, 100, 6_000)


def test_since_the_day_on_which_the_hours_were_reached() -> None:
    earned = [Earned(date(2026, 1, day), 60 * 60) for day in (1, 2, 3)]
    found = stars(earned, registered_on=LONG_AGO, today=TODAY, policy=NATIONAL)
    assert (found.level, found.since, found.highest) == (1, date(2026, 1, 2), 1)
    assert found.missing_minutes == 120 * 60


def test_a_reversal_takes_a_star_back_and_says_so() -> None:
    earned = [Earned(date(2026, 1, 1), 6_000), Earned(date(2026, 2, 1), -60)]
    found = stars(earned, registered_on=LONG_AGO, today=TODAY, policy=NATIONAL)
    assert (found.level, found.since, found.highest, found.missing_minutes) == (0, None, 1, 60)


def test_a_star_that_was_lost_and_won_again_counts_from_then() -> None:
    earned = [
        Earned(date(2026, 1, 1), 6_000),
        Earned(date(2026, 2, 1), -60),
        Earned(date(2026, 3, 1), 60),
    ]
    found = stars(earned, registered_on=LONG_AGO, today=TODAY, policy=NATIONAL)
    assert (found.level, found.since) == (1, date(2026, 3, 1))


def test_the_highest_level_misses_nothing() -> None:
    found = stars([Earned(TODAY, 1500 * 60)], registered_on=LONG_AGO, today=TODAY, policy=NATIONAL)
    assert (found.level, found.next_hours, found.missing_minutes) == (5, None, 0)


def test_stars_wait_until_the_registration_is_old_enough() -> None:
    policy = StarsPolicy(months_since_registration=12)
    earned = [Earned(date(2026, 5, 1), 6_000)]
    early = stars(earned, registered_on=date(2025, 7, 2), today=TODAY, policy=policy)
    assert (early.level, early.since, early.waits_until, early.highest) == (0, None, date(2026, 7, 2), 1)
    assert early.missing_minutes == 0
    in_time = stars(earned, registered_on=date(2025, 7, 1), today=TODAY, policy=policy)
    assert (in_time.level, in_time.since, in_time.waits_until) == (1, date(2026, 7, 1), None)


@pytest.mark.parametrize(
    ("registered_on", "months", "counts_from"),
    [
        (date(2026, 1, 31), 1, date(2026, 3, 1)),
        (date(2025, 10, 31), 1, date(2025, 12, 1)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2026, 5, 31), 6, date(2026, 12, 1)),
    ],
)
def test_months_end_where_a_calendar_says(registered_on: date, months: int, counts_from: date) -> None:
    policy = StarsPolicy(months_since_registration=months)
    found = stars([], registered_on=registered_on, today=registered_on, policy=policy)
    assert found.waits_until == counts_from


@given(st.lists(st.integers(-3_000, 30_000), max_size=20))
def test_the_level_is_that_of_the_sum(minutes: list[int]) -> None:
    earned = [Earned(LONG_AGO + timedelta(days=n), one) for n, one in enumerate(minutes)]
    found = stars(earned, registered_on=LONG_AGO, today=TODAY, policy=NATIONAL)
    assert found.level == level_of(sum(minutes), NATIONAL)
    assert (found.since is None) == (found.level == 0)
    assert found.highest >= found.level


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ('{"hours": []}', "hours"),
        ('{"hours": [100, 100]}', "hours"),
        ('{"hours": [0, 100]}', "hours"),
        ('{"hours": [1,2,3,4,5,6,7,8,9,10,11]}', "hours"),
        ('{"months_since_registration": -1}', "months_since_registration"),
        ('{"notice_working_days": 2}', "notice_working_days"),
        ('{"notice_working_days": 31}', "notice_working_days"),
    ],
)
def test_a_table_that_makes_no_sense(value: str, field: str) -> None:
    with pytest.raises(PolicyMakesNoSense) as refused:
        parse_policy(StarsPolicy, value)
    assert refused.value.value == field


@given(
    minutes=st.integers(0, 100_000),
    registered_on=st.dates(date(2015, 1, 1), date(2026, 4, 7)),
    months=st.integers(0, 60),
)
def test_the_level_of_a_list_is_the_level_of_the_person(
    minutes: int, registered_on: date, months: int
) -> None:
    policy = StarsPolicy(months_since_registration=months)
    today = date(2026, 4, 7)
    whole = stars([Earned(today, minutes)], registered_on=registered_on, today=today, policy=policy)
    assert level_on(minutes, registered_on, today, policy) == whole.level


def test_until_when_one_must_be_registered() -> None:
    wait = StarsPolicy(months_since_registration=1)
    assert registered_until(date(2026, 4, 7), StarsPolicy()) is None
    assert registered_until(date(2026, 4, 7), wait) == date(2026, 3, 7)
    assert registered_until(date(2026, 3, 31), wait) == date(2026, 2, 28)
