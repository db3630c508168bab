"""Orders through their actions: from the request to the end, and every refusal on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.actions import orders as deeds
from app.actions.board import BoardFilter, Column, SameAs, board, likely_same, order_view, waiting_counts
from app.actions.desk import Desk, NotAllowed, NotSignedIn
from app.actions.history import history_of
from app.actions.orders import (
    AcceptOrder,
    AnswerOrder,
    AskAgain,
    CallBackOrder,
    EditOrder,
    EscalateOrder,
    FinishOrder,
    RateOrder,
    Reasoned,
    ReferOrder,
    RejectOrder,
    SettleOrder,
    StartOrder,
    Step,
    TakeOrder,
    ToTeam,
)
from app.actions.teams import CloseTeam, close_team
from app.domain import orders as rules
from app.domain.orders import Channel, NotNow, RatedHow, State
from app.domain.people import NotAVolunteer, PersonUnknown
from app.domain.problems import Refusal
from app.domain.regions import RegionWrongLength
from app.domain.staff import Role
from app.storage.ids import new_id
from app.storage.types import TextTooLong, TextUnreadable
from tests.support.desk import Station
from tests.support.town import Town, accepted, dispatched, request, served, settle_town, submitted, waiting


@pytest.fixture
def town(station: Station) -> Town:
    return settle_town(station.desk)


def state(desk: Desk, order: str) -> State:
    return order_view(desk, order).state


class TestSubmit:
    def test_gives_a_number_to_read_aloud(self, station: Station, town: Town) -> None:
        first, second = submitted(station.desk, town), submitted(station.desk, town)
        assert (first.short[:4], second.short[:4]) == ("0000", "0000")
        assert first.number.endswith(first.short.replace("-", ""))
        assert first.number != second.number

    def test_the_same_draft_is_one_order(self, station: Station, town: Town) -> None:
        asked = request(town)
        once, again = deeds.submit_order(station.desk, asked), deeds.submit_order(station.desk, asked)
        assert once.value == again.value
        assert once.changed == {"order"}
        assert not again.changed

    @pytest.mark.parametrize(
        ("fields", "refusal", "field"),
        [
            ({"what": " "}, deeds.WhatMissing, "what"),
            ({"category": ""}, deeds.CategoryMissing, "category"),
            ({"category": "no such"}, deeds.CategoryMissing, "category"),
            ({"what": "长" * 501}, TextTooLong, "what"),
            ({"mind": "\x00"}, TextUnreadable, "mind"),
            ({"channel": Channel.SWALLOW}, rules.ProxyMissing, "proxy"),
            ({"advance_cents": -1}, rules.AmountMissing, "advance_cents"),
            ({"region": "37088"}, RegionWrongLength, "region"),
        ],
    )
    def test_refuses(
        self, station: Station, town: Town, fields: dict[str, Any], refusal: type[Refusal], field: str
    ) -> None:
        with pytest.raises(refusal) as refused:
            deeds.submit_order(station.desk, request(town, **fields))
        assert refused.value.field == field

    def test_a_refused_one_draws_no_number(self, station: Station, town: Town) -> None:
        with pytest.raises(rules.ProxyMissing):
            deeds.submit_order(station.desk, request(town, channel=Channel.SWALLOW))
        assert submitted(station.desk, town).short.startswith("0000-1")

    def test_auditors_only_look(self, station: Station, town: Town) -> None:
        desk = station.sit(Role.AUDITOR)
        with pytest.raises(NotAllowed):
            deeds.submit_order(desk, request(town))
        assert board(desk, BoardFilter()).ended_count == 0

    def test_nobody_is_nobody(self, station: Station, town: Town) -> None:
        station.desk.signed_in = None
        with pytest.raises(NotSignedIn):
            deeds.submit_order(station.desk, request(town))


class TestEdit:
    def test_puts_a_request_right(self, station: Station, town: Town) -> None:
        order = submitted(station.desk, town).order
        asked = request(town, order=order, what="改成修水管", category="repair", urgent=True)
        edited = EditOrder(**{name: getattr(asked, name) for name in asked.__dataclass_fields__})
        deeds.edit_order(station.desk, edited)
        view = order_view(station.desk, order)
        assert (view.what, view.category, view.urgent) == ("改成修水管", "repair", True)
        known = len(history_of(station.desk, f"order:{order}"))
        deeds.edit_order(station.desk, edited)
        assert len(history_of(station.desk, f"order:{order}")) == known, "the same again is no change"

    def test_of_an_order_that_is_not_there(self, station: Station, town: Town) -> None:
        asked = request(town)
        edited = EditOrder(**{name: getattr(asked, name) for name in asked.__dataclass_fields__})
        with pytest.raises(deeds.OrderUnknown):
            deeds.edit_order(station.desk, edited)


class TestSameAgain:
    def test_is_suggested_and_joined(self, station: Station, town: Town) -> None:
        order = submitted(station.desk, town).order
        (same,) = likely_same(station.desk, SameAs(person=town.resident, category="haircut"))
        asked = AskAgain(order=same.id, requester=town.volunteer, channel=Channel.WALK_IN, text="又来催")
        assert deeds.ask_again(station.desk, asked).value.order == order
        assert order_view(station.desk, order).asked_again == 1

    def test_not_for_another_category_nor_after_a_fortnight(self, station: Station, town: Town) -> None:
        submitted(station.desk, town)
        assert likely_same(station.desk, SameAs(person=town.resident, category="repair")) == ()
        station.clock.forward(days=15)
        assert likely_same(station.desk, SameAs(person=town.resident, category="haircut")) == ()

    def test_an_order_that_is_over_takes_nothing(self, station: Station, town: Town) -> None:
        order = waiting(station.desk, town)
        deeds.cancel_order(station.desk, Reasoned(order=order, reason="不需要了"))
        asked = AskAgain(order=order, requester=town.resident, channel=Channel.CALL, text="")
        with pytest.raises(NotNow):
            deeds.ask_again(station.desk, asked)


def test_rejecting_tells_where_to_turn(station: Station, town: Town) -> None:
    order = submitted(station.desk, town).order
    with pytest.raises(rules.ReasonMissing):
        deeds.reject_order(station.desk, RejectOrder(order=order, reason="诉讼", told=""))
    deeds.reject_order(station.desk, RejectOrder(order=order, reason="诉讼", told="请到法律援助中心"))
    assert state(station.desk, order) is State.REJECTED


class TestDispatch:
    def test_and_withdraw(self, station: Station, town: Town) -> None:
        order = dispatched(station.desk, town)
        assert order_view(station.desk, order).team == "爱心理发队"
        deeds.withdraw_order(station.desk, Step(order=order))
        assert (state(station.desk, order), order_view(station.desk, order).team) == (State.WAITING, "")
        with pytest.raises(NotNow):
            deeds.withdraw_order(station.desk, Step(order=order))

    def test_not_to_a_closed_team(self, station: Station, town: Town) -> None:
        order = waiting(station.desk, town)
        close_team(station.desk, CloseTeam(team=town.team, reason="人员调整"))
        with pytest.raises(deeds.TeamNotOpen) as refused:
            deeds.dispatch_order(station.desk, ToTeam(order=order, team=town.team))
        assert refused.value.field == "team"

    def test_not_before_screening(self, station: Station, town: Town) -> None:
        order = submitted(station.desk, town).order
        with pytest.raises(NotNow):
            deeds.dispatch_order(station.desk, ToTeam(order=order, team=town.team))

    def test_grabbing_accepts_at_once(self, station: Station, town: Town) -> None:
        order = waiting(station.desk, town)
        deeds.grab_order(station.desk, ToTeam(order=order, team=town.team, volunteer=town.volunteer))
        assert state(station.desk, order) is State.ACCEPTED
        with pytest.raises(NotNow):
            deeds.grab_order(station.desk, ToTeam(order=order, team=town.team))

    def test_refused_and_returned_orders_wait_again(self, station: Station, town: Town) -> None:
        order = dispatched(station.desk, town)
        with pytest.raises(rules.ReasonMissing):
            deeds.refuse_order(station.desk, Reasoned(order=order, reason=""))
        deeds.refuse_order(station.desk, Reasoned(order=order, reason="没有人手"))
        assert order_view(station.desk, order).refusals == 1
        deeds.grab_order(station.desk, ToTeam(order=order, team=town.team))
        deeds.return_order(station.desk, Reasoned(order=order, reason="生病", note="改天再说"))
        assert state(station.desk, order) is State.WAITING
        with pytest.raises(NotNow):
            deeds.return_order(station.desk, Reasoned(order=order, reason="生病"))

    def test_accepting_needs_an_offer(self, station: Station, town: Town) -> None:
        order = waiting(station.desk, town)
        with pytest.raises(NotNow):
            deeds.accept_order(station.desk, AcceptOrder(order=order))


class TestHandUp:
    def test_escalated_taken_and_back_down(self, station: Station, town: Town) -> None:
        order = waiting(station.desk, town)
        handed = EscalateOrder(order=order, level="town", office="城前镇新时代文明实践所", note="要吊车")
        deeds.escalate_order(station.desk, handed)
        with pytest.raises(deeds.TakerMissing):
            deeds.take_order(station.desk, TakeOrder(order=order, name=" "))
        deeds.take_order(station.desk, TakeOrder(order=order, name="孙主任", phone="13912340003"))
        assert order_view(station.desk, order).taken_by == "孙主任"
        deeds.answer_order(station.desk, AnswerOrder(order=order, solved=False, note="请本站先联系"))
        assert state(station.desk, order) is State.WAITING

    def test_referred_and_solved_there(self, station: Station, town: Town) -> None:
        order = submitted(station.desk, town, category="surroundings.road", what="路面坏了").order
        with pytest.raises(rules.OfficeMissing):
            deeds.refer_order(station.desk, ReferOrder(order=order, office=""))
        deeds.refer_order(station.desk, ReferOrder(order=order, office="镇城建办"))
        deeds.answer_order(station.desk, AnswerOrder(order=order, solved=True, note="已修好"))
        assert state(station.desk, order) is State.DONE
        with pytest.raises(NotNow):
            deeds.answer_order(station.desk, AnswerOrder(order=order, solved=True, note=""))

    def test_what_is_accepted_is_not_handed_up(self, station: Station, town: Town) -> None:
        order = accepted(station.desk, town)
        with pytest.raises(NotNow):
            deeds.escalate_order(station.desk, EscalateOrder(order=order, level="town", office="镇所"))


class TestService:
    def test_contact_start_finish(self, station: Station, town: Town) -> None:
        order = accepted(station.desk, town)
        deeds.contact_order(station.desk, Step(order=order))
        with pytest.raises(NotNow):
            deeds.contact_order(station.desk, Step(order=order))
        deeds.start_order(station.desk, StartOrder(order=order))
        station.clock.forward(minutes=50)
        deeds.finish_order(station.desk, FinishOrder(order=order, note="理得很好"))
        view = order_view(station.desk, order)
        assert view.finished_at is not None and view.started_at is not None
        assert view.finished_at - view.started_at == timedelta(minutes=50)

    def test_nothing_ends_in_the_future(self, station: Station, town: Town) -> None:
        order = accepted(station.desk, town)
        later = station.desk.now() + timedelta(hours=1)
        with pytest.raises(rules.StartInTheFuture):
            deeds.start_order(station.desk, StartOrder(order=order, started_at=later))
        deeds.start_order(station.desk, StartOrder(order=order))
        with pytest.raises(rules.StartInTheFuture):
            deeds.finish_order(station.desk, FinishOrder(order=order, finished_at=later))

    def test_shopping_money_is_settled_before_it_closes(self, station: Station, town: Town) -> None:
        order = served(station.desk, town, category="errands.shopping", advance_cents=10_000)
        deeds.rate_order(station.desk, RateOrder(order=order, stars=5, how=RatedHow.PHONE))
        with pytest.raises(rules.AdvanceNotSettled):
            deeds.close_order(station.desk, Step(order=order))
        paid = SettleOrder(order=order, spent_cents=8_350, repaid_cents=8_350, receipt=True, signed=True)
        deeds.settle_order(station.desk, paid)
        with pytest.raises(NotNow):
            deeds.settle_order(station.desk, paid)
        deeds.close_order(station.desk, Step(order=order))
        assert state(station.desk, order) is State.CLOSED


class TestRating:
    def test_content_closes(self, station: Station, town: Town) -> None:
        order = served(station.desk, town)
        with pytest.raises(rules.StarsOutOfRange):
            deeds.rate_order(station.desk, RateOrder(order=order, stars=6, how=RatedHow.PAPER))
        deeds.rate_order(station.desk, RateOrder(order=order, stars=5, how=RatedHow.PAPER, words="好"))
        view = order_view(station.desk, order)
        assert (view.state, view.stars, view.rating_words) == (State.CLOSED, 5, "好")

    def test_two_stars_open_a_call_back_that_must_be_closed(self, station: Station, town: Town) -> None:
        order = served(station.desk, town)
        deeds.rate_order(station.desk, RateOrder(order=order, stars=2, how=RatedHow.PHONE, words="剪短了"))
        assert order_view(station.desk, order).call_back_open
        with pytest.raises(rules.ReasonMissing):
            deeds.call_back_order(station.desk, CallBackOrder(order=order, settled=True, note=" "))
        deeds.call_back_order(station.desk, CallBackOrder(order=order, settled=True, note="已道歉，重新理过"))
        assert state(station.desk, order) is State.CLOSED

    def test_a_content_rerating_leaves_no_open_call_back(self, station: Station, town: Town) -> None:
        order = served(station.desk, town)
        deeds.rate_order(station.desk, RateOrder(order=order, stars=1, how=RatedHow.PHONE))
        deeds.rate_order(
            station.desk, RateOrder(order=order, stars=5, how=RatedHow.PHONE, words="重理了，好")
        )
        view = order_view(station.desk, order)
        assert (view.state, view.stars, view.call_back_open) == (State.CLOSED, 5, False)

    def test_unrated_stays_unrated(self, station: Station, town: Town) -> None:
        order = served(station.desk, town)
        deeds.close_order(station.desk, Step(order=order))
        assert order_view(station.desk, order).stars is None


def test_the_next_team_begins_with_its_own_first_contact(station: Station, town: Town) -> None:
    order = accepted(station.desk, town)
    deeds.contact_order(station.desk, Step(order=order))
    deeds.start_order(station.desk, StartOrder(order=order))
    deeds.return_order(station.desk, Reasoned(order=order, reason="生病"))
    deeds.grab_order(station.desk, ToTeam(order=order, team=town.team))
    view = order_view(station.desk, order)
    assert (view.contacted_at, view.started_at) == (None, None)
    assert "contact" in view.steps


@pytest.mark.parametrize(
    ("deed", "field"),
    [
        (lambda order, text: (deeds.cancel_order, Reasoned(order=order, reason=text)), "reason"),
        (
            lambda order, text: (deeds.reject_order, RejectOrder(order=order, reason="超出范围", told=text)),
            "told",
        ),
        (lambda order, text: (deeds.refer_order, ReferOrder(order=order, office=text)), "office"),
        (
            lambda order, text: (deeds.escalate_order, EscalateOrder(order=order, level="town", office=text)),
            "office",
        ),
    ],
)
@pytest.mark.parametrize(("text", "refusal"), [("长" * 201, TextTooLong), ("\ud83d", TextUnreadable)])
def test_what_stands_in_a_fact_is_short_and_readable(
    station: Station, town: Town, deed: Any, field: str, text: str, refusal: type[Refusal]
) -> None:
    act, asked = deed(waiting(station.desk, town), text)
    with pytest.raises(refusal) as refused:
        act(station.desk, asked)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("deed", "field"),
    [
        (
            lambda t, order, who: (deeds.dispatch_order, ToTeam(order=order, team=t.team, volunteer=who)),
            "volunteer",
        ),
        (
            lambda t, order, who: (deeds.grab_order, ToTeam(order=order, team=t.team, volunteer=who)),
            "volunteer",
        ),
        (
            lambda t, order, who: (
                deeds.ask_again,
                AskAgain(order=order, requester=who, channel=Channel.CALL, text=""),
            ),
            "requester",
        ),
    ],
)
def test_whoever_is_named_must_be_known(station: Station, town: Town, deed: Any, field: str) -> None:
    act, asked = deed(town, waiting(station.desk, town), new_id())
    with pytest.raises(PersonUnknown) as refused:
        act(station.desk, asked)
    assert refused.value.field == field


def test_a_resident_is_not_sent_as_a_volunteer(station: Station, town: Town) -> None:
    order = waiting(station.desk, town)
    with pytest.raises(NotAVolunteer):
        deeds.dispatch_order(station.desk, ToTeam(order=order, team=town.team, volunteer=town.resident))


def test_a_cancelled_order_says_why(station: Station, town: Town) -> None:
    order = accepted(station.desk, town)
    with pytest.raises(rules.ReasonMissing):
        deeds.cancel_order(station.desk, Reasoned(order=order, reason=" "))
    deeds.cancel_order(station.desk, Reasoned(order=order, reason="家人已办"))
    assert state(station.desk, order) is State.CANCELLED


@pytest.mark.parametrize(
    "deed",
    [
        lambda desk, order: deeds.screen_order(desk, Step(order=order)),
        lambda desk, order: deeds.accept_order(desk, AcceptOrder(order=order)),
        lambda desk, order: order_view(desk, order),
    ],
)
def test_an_unknown_order_is_said_to_be_unknown(
    station: Station, deed: Callable[[Desk, str], object]
) -> None:
    with pytest.raises(deeds.OrderUnknown):
        deed(station.desk, new_id())


class TestBoard:
    def test_every_order_stands_in_its_column_with_the_name_masked(
        self, station: Station, town: Town
    ) -> None:
        desk = station.desk
        for make in (submitted, waiting, dispatched, accepted, served):
            make(desk, town)
        columns = board(desk, BoardFilter()).columns
        assert {column: len(cards) for column, cards in columns.items() if cards} == {
            Column.SCREENING: 1,
            Column.WAITING: 1,
            Column.OFFERED: 1,
            Column.SERVING: 1,
            Column.RATING: 1,
        }
        assert columns[Column.WAITING][0].who == "曾*贤"

    def test_what_is_due_first_stands_first(self, station: Station, town: Town) -> None:
        waiting(station.desk, town)
        urgent = waiting(station.desk, town, urgent=True)
        first, _second = board(station.desk, BoardFilter()).columns[Column.WAITING]
        assert first.id == urgent
        station.clock.forward(hours=3)
        shown = board(station.desk, BoardFilter(overdue_only=True))
        assert [card.id for card in shown.columns[Column.WAITING]] == [urgent]
        assert first.overdue(shown.read_at)

    def test_filters(self, station: Station, town: Town) -> None:
        desk = station.desk
        offered = dispatched(desk, town)
        urgent = waiting(desk, town, category="repair", urgent=True, region="370883102205")

        def shown(**filters: Any) -> set[str]:
            columns = board(desk, BoardFilter(**filters)).columns
            return {card.id for cards in columns.values() for card in cards}

        assert shown(team=town.team) == {offered}
        assert shown(categories=frozenset({"repair"})) == {urgent}
        assert shown(region="370883102205") == {urgent}
        assert shown(urgent_only=True) == {urgent}

    def test_what_ended_is_counted_and_shown_on_demand(self, station: Station, town: Town) -> None:
        order = waiting(station.desk, town)
        deeds.cancel_order(station.desk, Reasoned(order=order, reason="不需要了"))
        assert board(station.desk, BoardFilter()).ended_count == 1
        (card,) = board(station.desk, BoardFilter(ended=True)).columns[Column.ENDED]
        assert card.id == order

    def test_the_rail_counts_what_waits_for_the_desk(self, station: Station, town: Town) -> None:
        submitted(station.desk, town)
        waiting(station.desk, town, urgent=True)
        dispatched(station.desk, town)
        station.clock.forward(hours=3)
        counts = waiting_counts(station.desk, None)
        assert (counts.to_do, counts.overdue) == (2, 1)
