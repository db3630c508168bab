"""Dated policies: which value holds on a day, and what is not taken as one."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.orders import OrderLimits
from app.domain.policies import DatedPolicy, PolicyMakesNoSense, parse_policy, policy_kinds, policy_on

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
