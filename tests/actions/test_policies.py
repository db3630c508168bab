"""Setting policies from a day on."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from app.actions.desk import Desk, Look, NotAllowed, reading
from app.actions.history import history_of
from app.actions.policies import (
    PolicyUnknown,
    SetPolicy,
    WithdrawPolicy,
    policies_today,
    policy_story,
    set_policy,
    withdraw_policy,
)
from app.domain.orders import OrderLimits
from app.domain.policies import (
    PolicyFromThePast,
    PolicyHoldsAlready,
    PolicyMakesNoSense,
    PolicyNotSet,
    PolicyOutOfRange,
)
from app.domain.staff import Role
from app.domain.villages import VillageNames
from app.facts.policies import PolicySet
from app.sentences.policies import changed, statements
from tests.support.desk import Station
from tests.support.recording import record_facts

TODAY = date(2026, 4, 7)
TOMORROW = TODAY + timedelta(days=1)
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
    assert len(policy_story(administrator, NAME).changes) == 3


def test_the_later_counts_though_the_clock_was_put_back(station: Station, administrator: Desk) -> None:
    for hours_accept, back in ((20, 0), (30, 45)):
        station.clock.forward(minutes=-back)
        value = limits(accept_hours=hours_accept)
        set_policy(administrator, SetPolicy(policy=NAME, value=value, valid_from=TODAY))
    assert present(administrator, None).accept_hours == 30
    changes = policy_story(administrator, NAME).changes
    assert [one.after.accept_hours for one in changes if isinstance(one.after, OrderLimits)] == [30, 20]


@pytest.mark.parametrize(
    ("name", "value", "days", "refusal"),
    [
        ("no.such", "{}", 0, PolicyUnknown),
        (NAME, "{}", -1, PolicyFromThePast),
        (NAME, '{"screening": "perhaps"}', 0, PolicyMakesNoSense),
        (NAME, '{"accept_hours": 0}', 0, PolicyOutOfRange),
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
    assert policy_story(administrator, NAME).changes == ()


def test_what_would_hold_in_any_case_is_not_recorded(administrator: Desk) -> None:
    set_policy(administrator, SetPolicy(policy=NAME, value="{}", valid_from=TODAY))
    assert policy_story(administrator, NAME).changes == ()


def test_the_story_says_who_changed_what_and_what_it_was_before(
    station: Station, administrator: Desk
) -> None:
    for hours in (12, 6):
        station.clock.forward(minutes=1)
        set_policy(
            administrator, SetPolicy(policy=NAME, value=limits(accept_hours=hours), valid_from=TOMORROW)
        )
    last, first = policy_story(administrator, NAME).changes
    assert (first.by, first.at) == ("沈静", station.clock.now - timedelta(minutes=1))
    assert (changed(first.before, first.after), changed(last.before, last.after)) == (
        ["派出以后 12 小时内接单（原来 24）"],
        ["派出以后 6 小时内接单（原来 12）"],
    )


def test_of_many_names_the_first_are_told_and_how_many_more_there_are(administrator: Desk) -> None:
    names = {f"3708831022{number:02}": f"{number}号村" for number in range(10, 40)}
    more = names | {"370883102210": "新桃源村"}
    for value in (names, more):
        written = msgspec.json.encode(VillageNames(names=value)).decode()
        set_policy(administrator, SetPolicy(policy=VillageNames.name, value=written, valid_from=TODAY))
    last, first = policy_story(administrator, VillageNames.name).changes
    assert changed(last.before, last.after) == ["370883 102 210 新桃源村（原来 10号村）"]
    told = changed(first.before, first.after)
    assert (len(told), told[0], told[-1]) == (6, "370883 102 210 10号村", "还有 25 处")
    said = history_of(administrator, f"policy:{VillageNames.name}")[0].text
    assert said.endswith("370883 102 214 14号村；还有 25 处")


def test_every_row_of_a_table_is_said_on_its_own() -> None:
    assert statements(VillageNames(names={"370883102210": "十号村", "370883102211": "十一号村"})) == [
        "370883 102 210 十号村",
        "370883 102 211 十一号村",
    ]
    assert len(statements(VillageNames())) == 1


def test_what_is_set_for_a_later_day_is_withdrawn_before_it(station: Station, administrator: Desk) -> None:
    set_policy(administrator, SetPolicy(policy=NAME, value=limits(screening=False), valid_from=TOMORROW))
    card = policy_story(administrator, NAME).card
    (coming,) = card.coming
    assert card.on(TODAY) == OrderLimits()
    assert card.on(TOMORROW) == OrderLimits(screening=False)
    done = withdraw_policy(administrator, WithdrawPolicy(policy=NAME, setting=coming.setting))
    assert done.changed == {"policy"}
    story = policy_story(administrator, NAME)
    assert story.card.coming == ()
    assert (story.changes[0].withdrawn_by, story.changes[0].withdrawn_at) == ("沈静", station.clock.now)
    station.clock.forward(days=1)
    assert present(administrator, None).screening
    told = history_of(administrator, f"policy:{NAME}")
    assert told[1].text == "“点单和派单的时限”：撤回一条还没有开始的规定"


def test_what_holds_or_was_withdrawn_is_not_withdrawn(station: Station, administrator: Desk) -> None:
    set_policy(administrator, SetPolicy(policy=NAME, value=limits(screening=False), valid_from=TOMORROW))
    request = WithdrawPolicy(policy=NAME, setting=policy_story(administrator, NAME).changes[0].setting)
    station.clock.forward(days=1)
    with pytest.raises(PolicyHoldsAlready):
        withdraw_policy(administrator, request)
    station.clock.forward(days=-1)
    withdraw_policy(administrator, request)
    with pytest.raises(PolicyNotSet):
        withdraw_policy(administrator, request)


@pytest.mark.parametrize("role", [Role.CLERK, Role.AUDITOR])
def test_only_an_administrator_sets_and_withdraws(station: Station, role: Role) -> None:
    desk = station.sit(role)
    with pytest.raises(NotAllowed):
        set_policy(desk, SetPolicy(policy=NAME, value=limits(screening=False), valid_from=TODAY))
    with pytest.raises(NotAllowed):
        withdraw_policy(desk, WithdrawPolicy(policy=NAME, setting="0" * 32))


def test_what_was_set_in_words(administrator: Desk) -> None:
    set_policy(administrator, SetPolicy(policy=NAME, value=limits(screening=False), valid_from=TODAY))
    told = history_of(administrator, f"policy:{NAME}")
    assert told[0].text == "“点单和派单的时限”自 2026年4月7日起：新订单不用审核，直接待派"


def test_only_what_changed_is_told(administrator: Desk) -> None:
    def told() -> str:
        return history_of(administrator, f"policy:{NAME}")[-1].text.partition("：")[2]

    for value, valid_from in (
        (limits(screening=False, accept_hours=12), TODAY),
        (limits(screening=False, accept_hours=6), TOMORROW),
    ):
        set_policy(administrator, SetPolicy(policy=NAME, value=value, valid_from=valid_from))
    assert told() == "派出以后 6 小时内接单（原来 12）"
    set_policy(administrator, SetPolicy(policy=NAME, value="{}", valid_from=TOMORROW))
    assert told() == "新订单先审核，再派出去；派出以后 24 小时内接单（原来 6）"
    newer = PolicySet(policy=NAME, value="{}", valid_from=TODAY, before='{"screening": "perhaps"}')
    record_facts(administrator, newer)
    assert told() == "由新版规定"
    record_facts(administrator, msgspec.structs.replace(newer, before=""))
    assert told() == "照通常的办"
