"""Gifts in what Ctrl+K finds."""

from __future__ import annotations

from typing import Any

import pytest

from app.actions.gifts import gift_rows, withdraw_gift
from app.actions.search import FindQuery, find
from app.actions.search_gifts import GiftHit
from app.domain.staff import Role
from app.facts import Id
from tests.support import counter as make
from tests.support.desk import Station


@pytest.fixture
def towel(station: Station) -> Id:
    make.stocked(station, "保温杯", 30, unit="个")
    return make.stocked(station, "毛巾", 12, spec="纯棉")


def found(station: Station, typed: str) -> list[GiftHit]:
    groups: Any = find(station.desk, FindQuery(text=typed, nouns=frozenset({"gift"}), limit=9))
    return [hit for group in groups for hit in group.hits]


@pytest.mark.parametrize("typed", ["毛巾", "maojin", "mj", "纯棉", "巾"])
def test_a_gift_is_found_by_what_it_is_called(station: Station, towel: Id, typed: str) -> None:
    [hit] = found(station, typed)
    assert (hit.id, hit.name, hit.spec, hit.points_cents) == (towel, "毛巾", "纯棉", 1200)


def test_a_gift_is_found_by_its_label(station: Station, towel: Id) -> None:
    code = next(row.code for row in gift_rows(station.desk, None) if row.gift == towel)
    assert [hit.id for hit in found(station, code)] == [towel]
    assert [hit.id for hit in found(station, code[-6:])] == [towel]


def test_a_withdrawn_gift_comes_after_the_others(station: Station, towel: Id) -> None:
    make.stocked(station, "毛巾架", 20, unit="个")
    withdraw_gift(station.sit(Role.ADMINISTRATOR), towel)
    hits = found(station, "毛")
    assert [hit.name for hit in hits] == ["毛巾架", "毛巾"]
    assert [hit.withdrawn for hit in hits] == [False, True]


def test_what_is_not_there_is_not_found(station: Station, towel: Id) -> None:
    assert found(station, "电视机") == []
