"""Dated policies: which value holds on a day, and what is not taken as one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.categories import MenuPolicy
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
    PolicyFromThePast,
    PolicyHoldsAlready,
    PolicyMakesNoSense,
    PolicyNotSet,
    PolicyOutOfRange,
    Setting,
    Shape,
    changes,
    is_by_category,
    parse_policy,
    policy_kinds,
    policy_on,
    read_number,
    say_number,
    set_from,
    shapes,
    table,
    withdraw,
    written,
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
    assert shapes(MenuPolicy)["entries"] is Shape.ENTRIES
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


EARLIER = datetime(2026, 3, 1, 9, tzinfo=UTC)
TODAY = date(2026, 4, 7)


def setting(place: int, value: str, valid_from: date, *, withdrawn: bool = False) -> Setting:
    """The ``place``-th that was set, an hour after the one before; withdrawn half an hour later."""
    at = EARLIER + timedelta(hours=place)
    return Setting(
        id=f"{place:032x}",
        value=value,
        valid_from=valid_from,
        at=at,
        by="a" * 32,
        withdrawn_at=at + timedelta(minutes=30) if withdrawn else None,
        withdrawn_by="a" * 32 if withdrawn else None,
    )


def test_a_change_is_told_against_what_would_have_held_on_its_day() -> None:
    settings = [
        setting(3, '{"accept_hours": 3}', SUMMER),
        setting(2, '{"accept_hours": 2}', SUMMER, withdrawn=True),
        setting(1, '{"accept_hours": 1}', SPRING),
    ]
    told = [(one.before, one.after) for one in changes(OrderLimits, settings)]
    assert told == [
        (OrderLimits(accept_hours=before), OrderLimits(accept_hours=after))
        for before, after in ((1, 3), (1, 2), (24, 1))
    ]


def test_what_was_withdrawn_later_still_held_when_the_next_was_set() -> None:
    withdrawn = replace(
        setting(1, '{"accept_hours": 1}', SUMMER, withdrawn=True), withdrawn_at=EARLIER + timedelta(days=9)
    )
    (last, _first) = changes(OrderLimits, [setting(2, '{"accept_hours": 2}', SUMMER), withdrawn])
    assert last.before == OrderLimits(accept_hours=1)


def test_only_what_changes_something_is_set() -> None:
    policy = OrderLimits(accept_hours=2)
    (fact,) = set_from(policy, TODAY, settings=(), today=TODAY)
    assert parse_policy(OrderLimits, fact.value) == policy
    assert set_from(policy, TODAY, settings=(setting(1, written(policy), SPRING),), today=TODAY) == []
    withdrawn = setting(1, written(policy), SPRING, withdrawn=True)
    assert set_from(policy, TODAY, settings=(withdrawn,), today=TODAY) != []
    with pytest.raises(PolicyFromThePast):
        set_from(policy, TODAY - timedelta(days=1), settings=(), today=TODAY)


def test_only_what_has_not_begun_is_withdrawn() -> None:
    settings = (
        setting(3, "{}", SUMMER),
        setting(2, "{}", SUMMER, withdrawn=True),
        setting(1, "{}", SPRING),
    )
    assert withdraw("orders.limits", settings[0].id, settings=settings, today=TODAY).setting == settings[0].id
    with pytest.raises(PolicyNotSet):
        withdraw("orders.limits", settings[1].id, settings=settings, today=TODAY)
    with pytest.raises(PolicyHoldsAlready):
        withdraw("orders.limits", settings[2].id, settings=settings, today=TODAY)
