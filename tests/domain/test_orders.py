"""The rules of an order: which step follows which, what is refused, and by when the next step is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.domain import orders
from app.domain.calendar import instant_at
from app.domain.money import AmountTooLarge
from app.domain.orders import Channel, NotNow, Order, OrderLimits, RatedHow, State, Wish
from app.domain.policies import PolicyMakesNoSense
from app.domain.problems import Refusal
from app.facts import Fact, milliseconds
from app.facts.orders import OrderCalledBack, OrderClosed, OrderRated

WEDNESDAY = datetime(2026, 4, 8, 2, 0, tzinfo=UTC)
"""10:00 in Shanghai, with no holiday near."""
LIMITS = OrderLimits()
ORDER, TEAM, PERSON, OTHER, STATION = (f"{n:032x}" for n in range(1, 6))
WISH = Wish(
    channel=Channel.CALL,
    category="errands.shopping",
    region="370883103201",
    requester=PERSON,
    beneficiary=PERSON,
)


def an_order(state: State, **known: Any) -> Order:
    order = Order(
        id=ORDER,
        number="0417-3K",
        state=state,
        urgent=False,
        submitted_at=WEDNESDAY,
        wanted_at=None,
        beneficiary=PERSON,
        team=TEAM,
        started_at=WEDNESDAY,
    )
    return replace(order, **known)


def after(**span: float) -> int:
    return milliseconds(WEDNESDAY + timedelta(**span))


class TestSubmit:
    def test_waits_for_screening_by_the_next_working_day(self) -> None:
        fact = orders.submit(ORDER, "n", STATION, WISH, limits=LIMITS, now=WEDNESDAY)
        assert (fact.screened, fact.due_at) == (False, after(days=1))

    def test_a_friday_request_is_screened_on_monday(self) -> None:
        friday = WEDNESDAY + timedelta(days=2)
        fact = orders.submit(ORDER, "n", STATION, WISH, limits=LIMITS, now=friday)
        assert fact.due_at == milliseconds(friday + timedelta(days=3))

    def test_goes_straight_to_the_pool_where_nobody_screens(self) -> None:
        limits = OrderLimits(screening=False)
        fact = orders.submit(ORDER, "n", STATION, WISH, limits=limits, now=WEDNESDAY)
        assert (fact.screened, fact.due_at) == (True, after(hours=24))

    def test_urgent_is_due_in_two_hours(self) -> None:
        fact = orders.submit(ORDER, "n", STATION, replace(WISH, urgent=True), limits=LIMITS, now=WEDNESDAY)
        assert fact.due_at == after(hours=2)

    def test_is_never_due_later_than_it_is_wanted(self) -> None:
        wanted = WEDNESDAY + timedelta(hours=2)
        fact = orders.submit(
            ORDER, "n", STATION, replace(WISH, wanted_at=wanted), limits=LIMITS, now=WEDNESDAY
        )
        assert (fact.wanted_at, fact.due_at) == (milliseconds(wanted), milliseconds(wanted))

    @pytest.mark.parametrize(
        ("wish", "refusal", "field"),
        [
            (replace(WISH, channel=Channel.SWALLOW), orders.ProxyMissing, "proxy"),
            (replace(WISH, proxy=OTHER), orders.ConsentMissing, "consented"),
            (
                replace(WISH, wanted_at=WEDNESDAY - timedelta(minutes=1)),
                orders.WantedInThePast,
                "wanted_at",
            ),
            (replace(WISH, advance_cents=-1), orders.AmountMissing, "advance_cents"),
            (replace(WISH, advance_cents=100_000_001), AmountTooLarge, "advance_cents"),
        ],
    )
    def test_refuses(self, wish: Wish, refusal: type[Refusal], field: str) -> None:
        with pytest.raises(refusal) as refused:
            orders.submit(ORDER, "n", STATION, wish, limits=LIMITS, now=WEDNESDAY)
        assert refused.value.field == field

    def test_a_proxy_with_consent_is_welcome(self) -> None:
        wish = replace(WISH, channel=Channel.SWALLOW, proxy=OTHER, consented=True)
        assert orders.submit(ORDER, "n", STATION, wish, limits=LIMITS, now=WEDNESDAY).proxy == OTHER


class TestEdit:
    @pytest.mark.parametrize("state", [State.SUBMITTED, State.WAITING, State.DISPATCHED])
    def test_while_nobody_said_yes(self, state: State) -> None:
        fact = orders.edit(an_order(state), replace(WISH, category="haircut"), limits=LIMITS, now=WEDNESDAY)
        assert fact.category == "haircut"

    def test_keeps_a_wanted_moment_that_has_passed_meanwhile(self) -> None:
        passed = WEDNESDAY - timedelta(hours=1)
        order = an_order(State.WAITING, wanted_at=passed)
        fact = orders.edit(order, replace(WISH, wanted_at=passed), limits=LIMITS, now=WEDNESDAY)
        assert fact.wanted_at == milliseconds(passed)

    def test_a_new_wording_moves_no_deadline(self) -> None:
        due = WEDNESDAY + timedelta(hours=30)
        order = an_order(State.WAITING, submitted_at=WEDNESDAY - timedelta(days=9), due_at=due)
        fact = orders.edit(order, replace(WISH, category="haircut"), limits=LIMITS, now=WEDNESDAY)
        assert fact.due_at == milliseconds(due)

    @pytest.mark.parametrize(
        ("state", "due_at"),
        [
            (State.SUBMITTED, after(hours=2)),
            (State.WAITING, after(hours=2)),
            (State.DISPATCHED, after(hours=2)),
        ],
    )
    def test_an_order_that_became_urgent_is_due_sooner(self, state: State, due_at: int) -> None:
        order = an_order(state, due_at=WEDNESDAY + timedelta(hours=20))
        fact = orders.edit(order, replace(WISH, urgent=True), limits=LIMITS, now=WEDNESDAY)
        assert fact.due_at == due_at

    def test_refuses_an_impossible_advance(self) -> None:
        with pytest.raises(orders.AmountMissing):
            orders.edit(
                an_order(State.WAITING), replace(WISH, advance_cents=-1), limits=LIMITS, now=WEDNESDAY
            )

    def test_refuses_a_new_wanted_moment_in_the_past(self) -> None:
        wish = replace(WISH, wanted_at=WEDNESDAY - timedelta(hours=1))
        with pytest.raises(orders.WantedInThePast):
            orders.edit(an_order(State.WAITING), wish, limits=LIMITS, now=WEDNESDAY)

    def test_not_once_accepted(self) -> None:
        with pytest.raises(NotNow):
            orders.edit(an_order(State.ACCEPTED), WISH, limits=LIMITS, now=WEDNESDAY)


def test_the_same_request_joins_an_open_order() -> None:
    fact = orders.ask_again(an_order(State.WAITING), requester=OTHER, channel=Channel.CALL)
    assert (fact.requester, fact.beneficiary) == (OTHER, PERSON)


@pytest.mark.parametrize("state", sorted(orders.ENDED))
def test_nothing_joins_an_order_that_is_over(state: State) -> None:
    with pytest.raises(NotNow):
        orders.ask_again(an_order(state), requester=OTHER, channel=Channel.CALL)


class TestPool:
    def test_screening_opens_the_time_to_dispatch(self) -> None:
        assert orders.screen(an_order(State.SUBMITTED), limits=LIMITS, now=WEDNESDAY).due_at == after(
            hours=24
        )

    def test_rejecting_tells_the_requester_where_to_turn(self) -> None:
        fact = orders.reject(an_order(State.SUBMITTED), reason="报警", told="已请其拨打110")
        assert fact.told == "已请其拨打110"

    @pytest.mark.parametrize(("reason", "told", "field"), [(" ", "x", "reason"), ("x", "", "told")])
    def test_rejecting_needs_reason_and_reply(self, reason: str, told: str, field: str) -> None:
        with pytest.raises(orders.ReasonMissing) as refused:
            orders.reject(an_order(State.SUBMITTED), reason=reason, told=told)
        assert refused.value.field == field

    def test_dispatch_gives_the_team_a_day(self) -> None:
        fact = orders.dispatch(
            an_order(State.WAITING), team=TEAM, volunteer=None, limits=LIMITS, now=WEDNESDAY
        )
        assert (fact.team, fact.due_at) == (TEAM, after(hours=24))

    def test_a_grabbed_order_is_accepted_at_once(self) -> None:
        fact = orders.grab(an_order(State.WAITING), team=TEAM, volunteer=OTHER, limits=LIMITS, now=WEDNESDAY)
        assert (fact.volunteer, fact.contact_by, fact.due_at) == (OTHER, after(hours=4), after(hours=72))

    def test_a_late_order_is_as_late_after_a_withdrawal(self) -> None:
        late = WEDNESDAY - timedelta(days=2)
        fact = orders.withdraw(an_order(State.DISPATCHED, pool_due_at=late), limits=LIMITS, now=WEDNESDAY)
        assert fact.due_at == milliseconds(late)

    def test_withdrawing_puts_it_back(self) -> None:
        fact = orders.withdraw(an_order(State.DISPATCHED), limits=LIMITS, now=WEDNESDAY)
        assert (fact.team, fact.due_at) == (TEAM, after(hours=24))


class TestTeam:
    def test_accepting_keeps_the_volunteer_it_was_offered_to(self) -> None:
        order = an_order(State.DISPATCHED, volunteer=OTHER)
        fact = orders.accept(order, volunteer=None, limits=LIMITS, now=WEDNESDAY)
        assert (fact.volunteer, fact.due_at) == (OTHER, after(hours=72))

    def test_the_service_is_due_when_it_is_wanted(self) -> None:
        wanted = WEDNESDAY + timedelta(days=9)
        order = an_order(State.DISPATCHED, wanted_at=wanted)
        fact = orders.accept(order, volunteer=OTHER, limits=LIMITS, now=WEDNESDAY)
        assert fact.due_at == milliseconds(wanted)

    def test_an_urgent_service_is_due_two_hours_after_the_request(self) -> None:
        order = an_order(State.DISPATCHED, urgent=True)
        later = WEDNESDAY + timedelta(hours=1)
        assert orders.accept(order, volunteer=None, limits=LIMITS, now=later).due_at == after(hours=2)

    def test_refusing_needs_a_reason(self) -> None:
        with pytest.raises(orders.ReasonMissing):
            orders.refuse(an_order(State.DISPATCHED), reason="", limits=LIMITS, now=WEDNESDAY)

    def test_refused_orders_wait_again(self) -> None:
        fact = orders.refuse(an_order(State.DISPATCHED), reason="没有人手", limits=LIMITS, now=WEDNESDAY)
        assert (fact.team, fact.due_at) == (TEAM, after(hours=24))

    @pytest.mark.parametrize("state", [State.ACCEPTED, State.IN_SERVICE])
    def test_giving_back(self, state: State) -> None:
        fact = orders.give_back(an_order(state), reason="生病", limits=LIMITS, now=WEDNESDAY)
        assert fact.reason == "生病"

    def test_contact_is_noted_once(self) -> None:
        assert orders.contact(an_order(State.ACCEPTED)).order == ORDER
        with pytest.raises(NotNow):
            orders.contact(an_order(State.ACCEPTED, contacted=True))


class TestService:
    def test_begins_and_ends(self) -> None:
        begun = orders.start(an_order(State.ACCEPTED), started_at=WEDNESDAY, now=WEDNESDAY)
        later = WEDNESDAY + timedelta(hours=1)
        ended = orders.finish(an_order(State.IN_SERVICE), finished_at=later, limits=LIMITS, now=later)
        assert (begun.started_at, ended.finished_at) == (after(), after(hours=1))
        assert ended.due_at == after(days=7, hours=1)

    def test_not_in_the_future(self) -> None:
        later = WEDNESDAY + timedelta(minutes=1)
        with pytest.raises(orders.StartInTheFuture) as refused:
            orders.start(an_order(State.ACCEPTED), started_at=later, now=WEDNESDAY)
        assert refused.value.field == "started_at"

    def test_not_ended_before_it_began(self) -> None:
        earlier = WEDNESDAY - timedelta(minutes=1)
        with pytest.raises(orders.FinishedBeforeStarted):
            orders.finish(an_order(State.IN_SERVICE), finished_at=earlier, limits=LIMITS, now=WEDNESDAY)


class TestHandUp:
    def test_escalation_names_the_office_and_a_day_for_the_answer(self) -> None:
        fact = orders.escalate(
            an_order(State.WAITING), level="town", office="镇实践所", limits=LIMITS, now=WEDNESDAY
        )
        assert (fact.office, fact.due_at) == ("镇实践所", after(days=7))

    def test_says_how_far_up(self) -> None:
        with pytest.raises(orders.OfficeMissing) as refused:
            orders.escalate(an_order(State.WAITING), level="", office="镇所", limits=LIMITS, now=WEDNESDAY)
        assert refused.value.field == "level"

    def test_referral_needs_an_office(self) -> None:
        with pytest.raises(orders.OfficeMissing):
            orders.refer(an_order(State.WAITING), office=" ", limits=LIMITS, now=WEDNESDAY)

    def test_referral(self) -> None:
        fact = orders.refer(an_order(State.SUBMITTED), office="城管", limits=LIMITS, now=WEDNESDAY)
        assert fact.office == "城管"

    def test_is_taken_once(self) -> None:
        assert orders.take(an_order(State.ESCALATED)).order == ORDER
        with pytest.raises(NotNow):
            orders.take(an_order(State.ESCALATED, taken=True))

    def test_a_solved_answer_waits_for_the_rating(self) -> None:
        fact = orders.answer(an_order(State.REFERRED), solved=True, limits=LIMITS, now=WEDNESDAY)
        assert fact.due_at == after(days=7)

    def test_an_unsolved_one_comes_back_to_the_pool(self) -> None:
        fact = orders.answer(an_order(State.ESCALATED), solved=False, limits=LIMITS, now=WEDNESDAY)
        assert fact.due_at == after(hours=24)


class TestMoney:
    def test_is_settled_once(self) -> None:
        order = an_order(State.DONE, shopping=True)
        fact = orders.settle(order, spent_cents=4_350, repaid_cents=4_350, receipt=True, signed=True)
        assert fact.spent_cents == 4_350
        with pytest.raises(NotNow):
            orders.settle(
                replace(order, settled=True), spent_cents=1, repaid_cents=1, receipt=True, signed=True
            )

    def test_there_is_none_without_shopping(self) -> None:
        with pytest.raises(NotNow):
            orders.settle(an_order(State.DONE), spent_cents=1, repaid_cents=1, receipt=False, signed=False)

    @pytest.mark.parametrize(("spent", "repaid", "field"), [(-1, 0, "spent_cents"), (0, -1, "repaid_cents")])
    def test_amounts_are_what_moved(self, spent: int, repaid: int, field: str) -> None:
        with pytest.raises(orders.AmountMissing) as refused:
            orders.settle(
                an_order(State.DONE, shopping=True),
                spent_cents=spent,
                repaid_cents=repaid,
                receipt=True,
                signed=True,
            )
        assert refused.value.field == field


class TestRating:
    def rate(self, order: Order, stars: int, **how: Any) -> list[Fact]:
        asked: dict[str, Any] = {"how": RatedHow.PHONE, "proxy": None} | how
        return [*orders.rate(order, stars=stars, limits=LIMITS, now=WEDNESDAY, **asked)]

    def test_content_closes(self) -> None:
        rated, closed = self.rate(an_order(State.DONE), 3)
        assert isinstance(rated, OrderRated)
        assert rated.call_back_by is None
        assert isinstance(closed, OrderClosed)

    def test_content_stays_open_while_money_is(self) -> None:
        assert len(self.rate(an_order(State.DONE, shopping=True), 5)) == 1

    def test_two_stars_open_a_call_back(self) -> None:
        (rated,) = self.rate(an_order(State.DONE), 2)
        assert isinstance(rated, OrderRated)
        assert (rated.call_back_by, rated.fix_by) == (after(days=1), after(days=15))

    def test_one_rerating_after_a_call_back(self) -> None:
        order = an_order(State.RATED, ratings=1, call_back_open=True)
        (again,) = self.rate(order, 1)
        assert isinstance(again, OrderRated)
        assert again.call_back_by is None
        with pytest.raises(orders.RatedAlready):
            self.rate(replace(order, ratings=2), 5)

    @pytest.mark.parametrize(("shopping", "kinds"), [(False, 3), (True, 2)])
    def test_a_content_rerating_settles_the_call_back(self, shopping: bool, kinds: int) -> None:
        order = an_order(State.RATED, ratings=1, call_back_open=True, shopping=shopping)
        facts = self.rate(order, 4)
        assert [type(fact) for fact in facts] == [OrderRated, OrderCalledBack, OrderClosed][:kinds]
        assert isinstance(facts[1], OrderCalledBack)
        assert facts[1].settled

    def test_a_content_rating_is_final(self) -> None:
        with pytest.raises(orders.RatedAlready):
            self.rate(an_order(State.RATED, ratings=1, shopping=True), 1)

    @pytest.mark.parametrize("stars", [0, 6])
    def test_one_to_five(self, stars: int) -> None:
        with pytest.raises(orders.StarsOutOfRange):
            self.rate(an_order(State.DONE), stars)

    def test_through_a_proxy_says_through_whom(self) -> None:
        with pytest.raises(orders.ProxyMissing):
            self.rate(an_order(State.DONE), 4, how=RatedHow.PROXY)
        rated, _closed = self.rate(an_order(State.DONE), 4, how=RatedHow.PROXY, proxy=OTHER)
        assert isinstance(rated, OrderRated)
        assert rated.proxy == OTHER


class TestCallBack:
    def test_settles_and_closes(self) -> None:
        order = an_order(State.RATED, ratings=1, call_back_open=True)
        spoken, closed = orders.call_back(order, settled=True)
        assert isinstance(spoken, OrderCalledBack)
        assert isinstance(closed, OrderClosed)

    def test_stays_open_while_it_does_not_settle_it(self) -> None:
        order = an_order(State.RATED, ratings=1, call_back_open=True)
        assert len(orders.call_back(order, settled=False)) == 1

    def test_needs_an_open_case(self) -> None:
        with pytest.raises(NotNow):
            orders.call_back(an_order(State.RATED), settled=True)


class TestClose:
    def test_unrated_stays_unrated(self) -> None:
        assert orders.close(an_order(State.DONE)).order == ORDER

    def test_not_with_an_open_call_back(self) -> None:
        with pytest.raises(NotNow):
            orders.close(an_order(State.RATED, call_back_open=True))

    def test_not_with_open_money(self) -> None:
        with pytest.raises(orders.AdvanceNotSettled):
            orders.close(an_order(State.DONE, shopping=True))


def test_cancelling_needs_a_reason_and_an_order_that_is_not_done() -> None:
    assert orders.cancel(an_order(State.IN_SERVICE), reason="不需要了").reason == "不需要了"
    with pytest.raises(orders.ReasonMissing):
        orders.cancel(an_order(State.WAITING), reason="")
    with pytest.raises(NotNow):
        orders.cancel(an_order(State.DONE), reason="x")


class TestSteps:
    @pytest.mark.parametrize("state", list(State))
    def test_every_state_has_its_steps_and_only_ended_ones_none(self, state: State) -> None:
        assert bool(orders.steps(an_order(state))) == (state not in orders.ENDED)

    def test_only_those_that_fit(self) -> None:
        assert orders.steps(an_order(State.DONE, shopping=True)) == ("rate", "settle")
        assert orders.steps(an_order(State.CANCELLED, shopping=True)) == ("settle",)
        assert "contact" not in orders.steps(an_order(State.ACCEPTED, contacted=True))
        assert "take" not in orders.steps(an_order(State.ESCALATED, taken=True))
        assert orders.steps(an_order(State.RATED, ratings=1, call_back_open=True)) == ("call_back", "rate")


def test_limits_that_cannot_work_are_refused() -> None:
    OrderLimits().check()
    with pytest.raises(PolicyMakesNoSense) as refused:
        OrderLimits(accept_hours=0).check()
    assert refused.value.value == "accept_hours"


def test_the_national_day_week_is_not_worked() -> None:
    before = instant_at(date(2026, 9, 30), 10)
    fact = orders.submit(ORDER, "n", STATION, WISH, limits=LIMITS, now=before)
    assert fact.due_at == milliseconds(instant_at(date(2026, 10, 8), 10))


def test_a_wording_that_is_undone_stands_as_before() -> None:
    before = Wish(
        channel=Channel.CALL, category="haircut", region="370883102204", requester=PERSON, beneficiary=PERSON
    )
    body = orders.put_back(ORDER, before, WEDNESDAY)
    assert (body.order, body.category, body.beneficiary) == (ORDER, "haircut", PERSON)
    assert body.due_at == milliseconds(WEDNESDAY)


def test_a_step_that_is_undone_says_how_everything_stood() -> None:
    course = {"state": State.DISPATCHED, "due_at": WEDNESDAY, "team": TEAM, "volunteer": None}
    body = orders.set_back(an_order(State.ACCEPTED), "accept", PERSON, course)
    assert (body.order, body.beneficiary, body.undone, body.step) == (ORDER, PERSON, PERSON, "accept")
    assert (body.state, body.team, body.volunteer) == ("dispatched", TEAM, None)
    assert body.due_at == milliseconds(WEDNESDAY)
