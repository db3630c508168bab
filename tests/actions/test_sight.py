"""Who sees how much: lists mask for everybody, an opened order shows who works with people, auditors read no words."""

from __future__ import annotations

import pytest

from app.actions.board import BoardFilter, board, order_view
from app.actions.counts import (
    CountedGift,
    CountStock,
    ExplainCount,
    Explanation,
    count_card,
    count_stock,
    explain_count,
)
from app.actions.history import history_of
from app.actions.orders import Reasoned, cancel_order
from app.actions.people_cards import person_story
from app.actions.redemptions import redemption
from app.actions.search import FindQuery, find
from app.actions.services import ServicesQuery, service_evidence, services
from app.actions.stock import batches_of
from app.actions.wallets import Agent, ReverseRedemption, reverse_redemption
from app.domain.counts import Cause
from app.domain.services import State
from app.domain.staff import Role
from app.facts import Id
from app.storage.ids import new_id
from tests.support import counter, served
from tests.support.desk import Station
from tests.support.town import Town, settle_town, submitted

SAID = ("想理个发，腿脚不便", "2 组 5 号", "有狗别进", "曾小贤", "赵晓燕", "女儿接走了")


@pytest.fixture
def town(station: Station) -> Town:
    return settle_town(station.desk)


@pytest.fixture
def order(station: Station, town: Town) -> Id:
    made = submitted(station.desk, town, mind="有狗别进").order
    cancel_order(station.desk, Reasoned(order=made, reason="不用了", note="女儿接走了"))
    return made


def _everything(station: Station, order: Id, town: Town) -> str:
    desk = station.desk
    return repr(
        (
            order_view(desk, order),
            board(desk, BoardFilter(ended=True)),
            history_of(desk, f"order:{order}"),
            person_story(desk, town.resident),
            find(desk, FindQuery(text="zengxiaoxian")),
            find(desk, FindQuery(text="理发")),
        )
    )


def test_an_auditor_reads_neither_names_nor_what_anybody_said(
    station: Station, order: Id, town: Town
) -> None:
    station.sit(Role.AUDITOR)
    seen = _everything(station, order, town)
    assert [said for said in SAID if said in seen] == []
    assert "曾*贤" in seen and "取消：不用了" in seen


def test_who_works_with_people_sees_the_order_in_hand(station: Station, order: Id, town: Town) -> None:
    view = order_view(station.desk, order)
    assert (view.beneficiary.name, view.mind, view.place) == ("曾小贤", "有狗别进", "桃源村 2 组 5 号")
    assert view.beneficiary.phone == "138****0001"
    (card,) = [
        card for cards in board(station.desk, BoardFilter(ended=True)).columns.values() for card in cards
    ]
    assert card.who == "曾*贤"


def test_records_are_listed_masked_and_opened_by_name(station: Station) -> None:
    service = served.recorded(station.desk, served.volunteer(station.desk, "赵晓燕"))
    listed = services(station.desk, ServicesQuery(state=State.WAITING)).rows
    assert [row.who for row in listed] == ["赵*燕"]
    assert service_evidence(station.desk, service).who == "赵晓燕"
    assert service_evidence(station.sit(Role.AUDITOR), service).who == "赵*燕"


def test_an_auditor_reads_no_words_at_the_counter(station: Station) -> None:
    """Who gave a batch may be a person, and why something was taken back is said of one."""
    desk = station.desk
    towel = counter.gift(station)
    counter.batch(desk, towel, 3, origin="赵晓燕家", remark="她女儿送来的")
    person = counter.with_points(desk, 12)
    agent = Agent(name="王丽芳", relation="她女儿")
    done = counter.redeemed(desk, person, towel, agent=agent)
    reverse_redemption(desk, ReverseRedemption(redemption=done.redemption, reason="她女儿说不要了"))
    counted = new_id()
    count_stock(desk, CountStock(count=counted, lines=(CountedGift(gift=towel, expires_on=None, counted=2),)))
    explained = (Explanation(gift=towel, cause=Cause.LOST),)
    explain_count(desk, ExplainCount(count=counted, gifts=explained, reason="赵晓燕拿错了"))

    def seen() -> str:
        return repr((redemption(desk, done.redemption), batches_of(desk, towel), count_card(desk, counted)))

    said = ("赵晓燕", "女儿", "王丽芳")
    assert [words in seen() for words in said] == [True, True, False]
    station.sit(Role.AUDITOR)
    assert not any(words in seen() for words in said)
