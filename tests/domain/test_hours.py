from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.hours import (
    HoursPolicy,
    counted_minutes,
    hours_figure,
    shown_step,
    shown_total,
    total_texts,
)
from app.domain.policies import PolicyMakesNoSense, parse_policy

EXACT = HoursPolicy()


def test_without_caps_every_minute_counts() -> None:
    assert counted_minutes(137, 900, EXACT) == 137


@pytest.mark.parametrize(
    ("minutes", "before", "counted"), [(90, 0, 90), (121, 0, 120), (120, 400, 80), (60, 480, 0), (60, 500, 0)]
)
def test_two_hours_an_activity_and_eight_a_day(minutes: int, before: int, counted: int) -> None:
    policy = HoursPolicy(most_minutes_a_service=120, most_minutes_a_day=480)
    assert counted_minutes(minutes, before, policy) == counted


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ('{"shown_step_minutes": 7}', "shown_step_minutes"),
        ('{"most_minutes_a_service": 0}', "most_minutes_a_service"),
        ('{"most_minutes_a_day": 1441}', "most_minutes_a_day"),
    ],
)
def test_a_policy_that_makes_no_sense(value: str, field: str) -> None:
    with pytest.raises(PolicyMakesNoSense) as refused:
        parse_policy(HoursPolicy, value)
    assert refused.value.value == field


@pytest.mark.parametrize("step", [1, 6, 30, 60])
def test_the_published_steps_make_sense(step: int) -> None:
    policy = parse_policy(HoursPolicy, f'{{"shown_step_minutes": {step}, "most_minutes_a_day": 480}}')
    assert policy.shown_step_minutes == step


def test_exact_minutes_are_decimal_hours_where_that_loses_nothing() -> None:
    assert shown_step([90, 126], EXACT) == 6
    assert shown_step([90, 125], EXACT) == 1
    assert shown_step([90, 125], HoursPolicy(shown_step_minutes=30)) == 30


@pytest.mark.parametrize(
    ("minutes", "step", "figure"),
    [(150, 6, "2.5"), (120, 6, "2"), (140, 1, "2:20"), (65, 1, "1:05"), (89, 30, "1"), (90, 30, "1.5")],
)
def test_the_figure_of_a_line(minutes: int, step: int, figure: str) -> None:
    assert hours_figure(minutes, step) == figure


@given(st.lists(st.integers(0, 1_440), max_size=30), st.sampled_from([1, 6, 30, 60]))
def test_the_total_is_what_a_reader_adds_up(minutes: list[int], step: int) -> None:
    def read(figure: str) -> int:
        if ":" in figure:
            hours, rest = figure.split(":")
            return int(hours) * 60 + int(rest)
        return round(float(figure) * 60)

    assert shown_total(minutes, step) == sum(read(hours_figure(one, step)) for one in minutes)


def test_the_total_in_digits_and_words() -> None:
    assert total_texts([150, 60], 6) == ("3.5小时", "三小时三十分")
    assert total_texts([125, 60], 1) == ("3小时5分", "三小时五分")
    assert total_texts([89, 89], 30) == ("2小时", "二小时")
