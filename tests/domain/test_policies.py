"""Dated policies: which value holds on a day, and what is not taken as one."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.hours import HoursPolicy
from app.domain.orders import OrderLimits
from app.domain.papers import PapersPolicy
from app.domain.points import PointsPolicy
from app.domain.policies import (
    DatedPolicy,
    KeyMissing,
    KeyTwice,
    NumberNotUnderstood,
    Policy,
    PolicyMakesNoSense,
    PolicyOutOfRange,
    Shape,
    is_by_category,
    parse_policy,
    policy_kinds,
    policy_on,
    read_number,
    say_number,
    shapes,
    table,
)
from app.domain.stars import StarsPolicy
from app.domain.villages import VillageNames

SPRING, SUMMER = date(2026, 3, 1), date(2026, 6, 1)
RECORDED = [
    DatedPolicy(OrderLimits.name, '{"accept_hours": 12}', SPRING),
    DatedPolicy(OrderLimits.name, '{"accept_hours": 6}', SUMMER),
    DatedPolicy("another", '{"accept_hours": 1}', SPRING),
]


def test_our_defaults_hold_until_somebody_sets_a_value() -> None:
    assert policy_on(OrderLimits, RECORDED, date(2026, 2, 28)) == OrderLimits()


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 12), (date(2026, 5, 31), 12), (SUMMER, 6)])
def test_the_latest_value_that_has_begun_holds(day: date, hours: int) -> None:
    assert policy_on(OrderLimits, RECORDED, day).accept_hours == hours


def test_what_is_left_out_has_our_default() -> None:
    assert parse_policy(OrderLimits, '{"accept_hours": 12}').contact_hours == OrderLimits().contact_hours


@pytest.mark.parametrize(
    "value", ["", "[]", '{"accept_hours": "soon"}', '{"accept_hours": 0}', '{"acept_hours": 12}']
)
def test_refuses_what_makes_no_sense(value: str) -> None:
    with pytest.raises(PolicyMakesNoSense):
        parse_policy(OrderLimits, value)


def test_every_policy_is_known_by_its_name() -> None:
    assert policy_kinds()[OrderLimits.name] is OrderLimits


@pytest.mark.parametrize(
    ("kind", "value", "field"),
    [
        (OrderLimits, '{"accept_hours": 1001}', "accept_hours"),
        (HoursPolicy, '{"most_minutes_a_day": 0}', "most_minutes_a_day"),
        (StarsPolicy, '{"hours": [10, 0]}', "hours"),
        (PointsPolicy, '{"percent_by_category": {"haircut": 1001}}', "percent_by_category"),
    ],
)
def test_a_number_out_of_range_names_its_field(kind: type[Policy], value: str, field: str) -> None:
    with pytest.raises(PolicyOutOfRange) as refused:
        parse_policy(kind, value)
    assert (refused.value.value, refused.value.field) == (field, field)


def test_a_limit_that_is_none_is_in_range() -> None:
    assert parse_policy(HoursPolicy, '{"most_minutes_a_day": null}') == HoursPolicy()


def test_the_type_of_a_field_says_how_it_is_asked_for() -> None:
    assert shapes(OrderLimits)["screening"] is Shape.FLAG
    assert shapes(OrderLimits)["accept_hours"] is Shape.NUMBER
    assert shapes(HoursPolicy)["most_minutes_a_day"] is Shape.LIMIT
    assert shapes(StarsPolicy)["hours"] is Shape.NUMBERS
    assert shapes(PointsPolicy)["percent_by_category"] is Shape.NUMBER_BY_KEY
    assert shapes(VillageNames)["names"] is Shape.TEXT_BY_KEY
    assert shapes(PapersPolicy)["phone"] is Shape.TEXT
    assert is_by_category("percent_by_category")
    assert not is_by_category("names")


@pytest.mark.parametrize(
    ("text", "field", "number"),
    [
        ("24", "accept_hours", 24),
        ("２４ ", "accept_hours", 24),
        ("-80", "not_qualified", -80),
        ("−80", "not_qualified", -80),
        ("2.5", "rate_cents", 250),
        ("2", "most_cents_a_day", 200),
        ("-0.05", "rate_cents", -5),
    ],
)
def test_reads_a_number_as_it_is_typed(text: str, field: str, number: int) -> None:
    assert read_number(text, field) == number


@pytest.mark.parametrize(
    ("text", "field"), [("", "accept_hours"), ("2.5", "accept_hours"), ("1.234", "rate_cents")]
)
def test_refuses_what_is_no_number(text: str, field: str) -> None:
    with pytest.raises(NumberNotUnderstood):
        read_number(text, field)


@pytest.mark.parametrize(
    ("number", "field", "text"),
    [(24, "hours", "24"), (250, "cents", "2.5"), (-5, "cents", "-0.05"), (100, "cents", "1")],
)
def test_says_a_number_as_it_would_be_typed(number: int, field: str, text: str) -> None:
    assert say_number(number, field) == text


def test_a_table_has_each_key_once() -> None:
    assert table("points", "percent_by_category", [("a", 1), ("b", 2)]) == {"a": 1, "b": 2}
    with pytest.raises(KeyTwice):
        table("points", "percent_by_category", [("a", 1), ("a", 2)])
    with pytest.raises(KeyMissing):
        table("points", "percent_by_category", [("", 1)])
