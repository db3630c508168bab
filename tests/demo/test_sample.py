"""Invented people are as real ones must be: numbers that check, phones, guardians; and the same for the same seed."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date

import pytest

from app.demo import activities, places, texts, words
from app.demo.sample import Invented, people
from app.domain import categories, identity, names, phones, regions
from app.domain.identity import CHILD_UNTIL_AGE, age_on
from app.domain.people import FULL_AGE

TODAY = date(2026, 4, 7)
VILLAGES = places.villages(places.REGION)


@pytest.fixture(scope="module")
def town() -> list[Invented]:
    return people(random.Random(7), 4_700, today=TODAY, villages=VILLAGES)


def test_numbers_are_valid_and_nobody_shares_one(town: list[Invented]) -> None:
    numbers = [one.profile.id_number for one in town if one.profile.id_number]
    assert len(numbers) > 4_000
    assert len(set(numbers)) == len(numbers)
    for one in town:
        if one.profile.id_type is not None:
            found = identity.check(one.profile.id_type, one.profile.id_number, TODAY)
            assert (found.birth, found.sex, found.area_known) == (one.born_on, one.profile.sex, True)


def test_phones_are_mobile_and_families_share_them(town: list[Invented]) -> None:
    assert all(phones.is_mobile(one.profile.phone) for one in town)
    shared = Counter(one.profile.phone for one in town)
    assert sum(count > 1 for count in shared.values()) > 200


def test_children_have_a_grown_up_guardian_who_is_known_before_them(town: list[Invented]) -> None:
    children = [(place, one) for place, one in enumerate(town) if age_on(one.born_on, TODAY) < FULL_AGE - 1]
    assert sum(age_on(one.born_on, TODAY) < CHILD_UNTIL_AGE for _place, one in children) > 100
    for place, child in children:
        assert child.guardian is not None
        assert child.guardian < place
        assert age_on(town[child.guardian].born_on, TODAY) >= FULL_AGE + CHILD_UNTIL_AGE // 2


def test_names_try_every_screen(town: list[Invented]) -> None:
    called = Counter(one.profile.name for one in town)
    assert all(called[name] for name, _sex in words.NOTABLE_NAMES)
    assert max(len(names.characters(name)) for name in called) == 50
    assert all(called[name] > 5 for name, _sex in words.COMMON_NAMES)
    assert all(names.as_given(name) == name for name in called)


def test_the_same_seed_gives_the_same_people(town: list[Invented]) -> None:
    assert people(random.Random(7), 4_700, today=TODAY, villages=VILLAGES) == town
    assert people(random.Random(8), 4_700, today=TODAY, villages=VILLAGES) != town


def test_the_town_is_unused_in_a_county_that_exists() -> None:
    assert regions.name(places.REGION[:6] + "000000") is not None
    assert regions.name(places.REGION) is None
    assert len({code for code, _name in VILLAGES}) == 16
    assert all(regions.within(code, places.REGION) for code, _name in VILLAGES)


def test_sixty_teams_each_below_one_that_came_before() -> None:
    plans = list(places.team_plans())
    assert len({plan.name for plan in plans}) == len(plans) == 60
    days = {plan.name: plan.day for plan in plans}
    for place, plan in enumerate(plans[1:], start=1):
        assert plan.parent in [one.name for one in plans[:place]]
        assert days[plan.parent] <= plan.day
        assert all(map(categories.category_exists, plan.categories))


def test_something_is_asked_for_in_every_category_and_every_month() -> None:
    table = categories.shipped()
    leaves = {one.code for one in table.every if not table.children(one.code)}
    assert leaves == set(texts.REQUESTS)
    for month in range(1, 13):
        fitting = [
            what
            for asked in texts.REQUESTS.values()
            for what, _mind in asked
            if texts.fits_month(what, month)
        ]
        assert len(fitting) > 100


def test_activities_are_done_by_teams_that_there_are() -> None:
    teams = {plan.name for plan in places.team_plans()}
    for activity in (*activities.ACTIVITIES, activities.THEME_DAY, activities.DUTY):
        assert activity.team is None or activity.team in teams
        assert categories.category_exists(activity.category)
