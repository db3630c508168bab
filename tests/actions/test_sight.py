"""Who sees how much: lists mask for everybody, an opened order shows who works with people, auditors read no words."""

from __future__ import annotations

import pytest

from app.actions.board import BoardFilter, board, order_view
from app.actions.history import history_of
from app.actions.orders import Reasoned, cancel_order
from app.actions.people import person_story
from app.actions.search import FindQuery, find
from app.actions.services import ServicesQuery, service_evidence, services
from app.domain.services import State
from app.domain.staff import Role
from app.facts import Id
from tests.support import served
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
