"""The board's own readings: where a card can be moved, what the board can be narrowed by, and who could go."""

from __future__ import annotations

import pytest

from app.actions.board import (
    LEADS_TO,
    BoardFilter,
    Card,
    Column,
    board,
    board_choices,
    order_view,
    who_could_go,
)
from app.actions.desk import NotAllowed
from app.actions.orders import StartOrder, start_order
from app.domain import masking
from app.domain.staff import Role
from app.facts import Id
from tests.support.desk import REGION, Station
from tests.support.town import Town, accepted, dispatched, settle_town, submitted, waiting


@pytest.fixture
def town(station: Station) -> Town:
    return settle_town(station.desk)


def card(station: Station, order: Id) -> Card:
    columns = board(station.desk, BoardFilter()).columns
    return next(one for cards in columns.values() for one in cards if one.id == order)


def ways(one: Card) -> dict[Column, str]:
    return {column: step for column in Column if (step := one.step_to(column)) is not None}


def test_an_auditor_reads_no_names_in_full(station: Station, town: Town) -> None:
    order = submitted(station.desk, town).order
    full = order_view(station.desk, order).requester.name
    masked = order_view(station.sit(Role.AUDITOR), order).requester.name
    assert "*" not in full
    assert masked == masking.name(full)


class TestMoving:
    def test_a_card_says_where_it_can_be_moved_by_which_step(self, station: Station, town: Town) -> None:
        assert ways(card(station, submitted(station.desk, town).order)) == {
            Column.WAITING: "screen",
            Column.HANDED_UP: "refer",
            Column.ENDED: "reject",
        }
        assert ways(card(station, waiting(station.desk, town))) == {
            Column.OFFERED: "dispatch",
            Column.SERVING: "grab",
            Column.HANDED_UP: "refer",
            Column.ENDED: "reject",
        }
        assert ways(card(station, dispatched(station.desk, town))) == {
            Column.WAITING: "withdraw",
            Column.SERVING: "accept",
            Column.ENDED: "cancel",
        }

    def test_a_service_that_has_not_begun_cannot_be_finished(self, station: Station, town: Town) -> None:
        order = accepted(station.desk, town)
        assert card(station, order).step_to(Column.RATING) is None
        start_order(station.desk, StartOrder(order=order))
        assert card(station, order).step_to(Column.RATING) == "finish"

    def test_every_column_but_the_first_can_be_reached(self) -> None:
        assert [column for column, steps in LEADS_TO.items() if not steps] == [Column.SCREENING]


class TestChoices:
    def test_offer_only_what_open_orders_have(self, station: Station, town: Town) -> None:
        assert board_choices(station.desk, None).categories == ()
        waiting(station.desk, town, category="repair")
        dispatched(station.desk, town, category="haircut.home")
        choices = board_choices(station.desk, None)
        assert choices.categories == ("haircut.home", "repair")
        assert choices.regions == ((REGION, "370883 102 204"),)
        assert choices.teams == ((town.team, "爱心理发队"),)


class TestWhoCouldGo:
    def test_names_the_members_of_the_team(self, station: Station, town: Town) -> None:
        (one,) = who_could_go(station.desk, town.team)
        assert (one.id, one.name, one.phone_tail) == (town.volunteer, "赵晓燕", "0002")

    def test_auditors_see_no_names(self, station: Station, town: Town) -> None:
        with pytest.raises(NotAllowed):
            who_could_go(station.sit(Role.AUDITOR), town.team)


def test_a_village_hands_up_to_the_town(station: Station, town: Town) -> None:
    assert order_view(station.desk, waiting(station.desk, town)).level_above == "town"
