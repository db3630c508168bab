"""Setting policies from a day on."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from app.actions.desk import Desk, Look, NotAllowed, reading
from app.actions.history import history_of
from app.actions.policies import (
    PolicyFromThePast,
    PolicyUnknown,
    SetPolicy,
    policies_today,
    policy_history,
    set_policy,
)
from app.domain.orders import OrderLimits
from app.domain.policies import PolicyMakesNoSense
from app.domain.staff import Role
from tests.support.desk import Station

TODAY = date(2026, 4, 7)
NAME = OrderLimits.name


@reading()
def present(look: Look, _query: None = None) -> OrderLimits:
    """What a rule would be given now."""
    return look.policy(OrderLimits)


def limits(**values: object) -> str:
    return msgspec.json.encode(values).decode()


@pytest.fixture
def administrator(station: Station) -> Desk:
    return station.sit(Role.ADMINISTRATOR)


def test_without_any_our_defaults_hold(desk: Desk) -> None:
    card = next(card for card in policies_today(desk, None) if card.name == NAME)
    assert (card.value, card.since, card.coming) == (OrderLimits(), None, ())
    assert present(desk, None) == OrderLimits()


def test_a_policy_holds_from_its_day_on(station: Station, administrator: Desk) -> None:
    assert OrderLimits().screening
    set_policy(
        administrator,
        SetPolicy(policy=NAME, value=limits(screening=False), valid_from=TODAY + timedelta(days=2)),
    )
    card = next(card for card in policies_today(administrator, None) if card.name == NAME)
    assert (card.since, [one.valid_from for one in card.coming]) == (None, [TODAY + timedelta(days=2)])
    assert present(administrator, None).screening
    station.clock.forward(days=2)
    assert not present(administrator, None).screening
    card = next(card for card in policies_today(administrator, None) if card.name == NAME)
    assert (card.since, card.coming) == (TODAY + timedelta(days=2), ())


def test_of_two_for_one_day_the_later_counts(station: Station, administrator: Desk) -> None:
    for screening in (False, True, False):
        station.clock.forward(minutes=1)
        set_policy(administrator, SetPolicy(policy=NAME, value=limits(screening=screening), valid_from=TODAY))
    assert not present(administrator, None).screening
    assert len(policy_history(administrator, NAME)) == 3


@pytest.mark.parametrize(
    ("name", "value", "days", "refusal"),
    [
        ("no.such", "{}", 0, PolicyUnknown),
        (NAME, "{}", -1, PolicyFromThePast),
        (NAME, '{"screening": "perhaps"}', 0, PolicyMakesNoSense),
        (NAME, "not json", 0, PolicyMakesNoSense),
    ],
)
def test_what_cannot_be_set(
    administrator: Desk, name: str, value: str, days: int, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        set_policy(
            administrator, SetPolicy(policy=name, value=value, valid_from=TODAY + timedelta(days=days))
        )
    assert policy_history(administrator, NAME) == ()


def test_a_clerk_sets_none(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        set_policy(desk, SetPolicy(policy=NAME, value="{}", valid_from=TODAY))


def test_what_was_set_in_words(administrator: Desk) -> None:
    set_policy(administrator, SetPolicy(policy=NAME, value=limits(screening=False), valid_from=TODAY))
    told = history_of(administrator, f"policy:{NAME}")
    assert "自 2026年4月7日起" in told[0].text
