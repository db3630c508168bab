"""The register of redemptions: masked, filtered, and found again."""

from __future__ import annotations

from datetime import date

import pytest

from app.actions.codes import CodeMeaning, CodeUnknown, resolve_code
from app.actions.erasure import ErasePerson, erase_person
from app.actions.points import PointsQuery, points_of
from app.actions.redemptions import (
    RedemptionsQuery,
    redemption,
    redemptions,
)
from app.actions.wallets import Agent, ReverseRedemption, reverse_redemption
from app.domain.erasure import ErasureReason
from app.domain.numbers import voucher_bar_code
from app.domain.redemptions import RedemptionUnknown
from app.domain.staff import Role
from app.sentences.redemptions import receiver_words
from app.storage.ids import new_id
from tests.support import counter
from tests.support.desk import Station


def test_the_register_is_masked_and_filtered(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station)
    people = [counter.with_points(desk, 12, name) for name in ("王小明", "李梅")]
    first, second = (counter.redeemed(desk, person, towel) for person in people)
    page = redemptions(desk, RedemptionsQuery(find=first.redemption))
    assert [(one.number, one.who) for one in page.rows] == [(second.number, "李*"), (first.number, "王*明")]
    assert (page.count, page.found) == (2, 1)
    for query, count in (
        (RedemptionsQuery(quarter="2026Q2"), 2),
        (RedemptionsQuery(quarter="2026Q1"), 0),
        (RedemptionsQuery(day=date(2026, 4, 7)), 2),
        (RedemptionsQuery(day=date(2026, 4, 6)), 0),
        (RedemptionsQuery(person=people[0]), 1),
        (RedemptionsQuery(text="李梅"), 1),
        (RedemptionsQuery(text=second.number), 1),
        (RedemptionsQuery(text="000002"), 1),
        (RedemptionsQuery(text="没有的人"), 0),
        (RedemptionsQuery(limit=1), 2),
    ):
        assert redemptions(desk, query).count == count, query
    assert redemptions(desk, RedemptionsQuery(quarter="2026Q1", find=first.redemption)).found is None


def test_a_redemption_is_found_by_its_number(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station)
    done = counter.redeemed(desk, counter.with_points(desk, 12), towel)
    found = CodeMeaning(noun="redemption", object=done.redemption)
    assert resolve_code(desk, done.number.lower()) == found
    assert resolve_code(desk, voucher_bar_code(done.number)) == found
    mistyped = "DH-A1000001-1" if done.number.endswith("0") else "DH-A1000001-0"
    for code in (mistyped, "DH"):
        with pytest.raises(CodeUnknown):
            resolve_code(desk, code)
    with pytest.raises(RedemptionUnknown):
        redemption(desk, new_id())


def test_who_is_erased_leaves_the_sums(station: Station) -> None:
    desk, towel = station.desk, counter.stocked(station)
    person = counter.with_points(desk, 12, "李梅")
    agent = Agent(name="王丽芳", relation="女儿")
    done = counter.redeemed(desk, person, towel, agent=agent)
    request = ErasePerson(person=person, reason=ErasureReason.ASKED, typed_name="李梅")
    erase_person(station.sit(Role.ADMINISTRATOR), request)
    entry = redemption(desk, done.redemption)
    assert (entry.who, entry.agent, entry.relation) == ("已删除", "", "")
    assert receiver_words(entry) == "别人代领", "it was not herself who signed for it"
    assert (entry.points_cents, entry.after_cents, entry.pieces) == (500, 700, 1)
    reverse_redemption(desk, ReverseRedemption(redemption=done.redemption, reason="拿错了"))
    assert points_of(desk, PointsQuery(person=person)).points_cents == 1_200
    assert redemption(desk, done.redemption).reason == ""
