"""The rules of an order (订单): which step may follow which, what each step decides, and by when the next is due.

submitted -> (screened) -> dispatched -> accepted -> in service -> done -> rated -> closed; side ways: rejected,
refused or returned (back to the pool), withdrawn, cancelled, escalated, referred. Deadlines warn and never act.
Defaults of the limits are our own: no county text states any (domain.md section 2).

Not here: who served and for how long (services), how teams are proposed (proposals), numbers (numbers).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from app.domain.calendar import instant_at, shanghai, shipped
from app.domain.money import MOST_YUAN, AmountTooLarge
from app.domain.policies import Policy
from app.domain.problems import Refusal
from app.facts import Id, milliseconds
from app.facts.orders import (
    OrderAccepted,
    OrderAnswered,
    OrderAskedAgain,
    OrderCalledBack,
    OrderCancelled,
    OrderClosed,
    OrderContacted,
    OrderDispatched,
    OrderEdited,
    OrderEscalated,
    OrderFinished,
    OrderGrabbed,
    OrderRated,
    OrderReferred,
    OrderRefused,
    OrderRejected,
    OrderReturned,
    OrderScreened,
    OrderSetBack,
    OrderSettled,
    OrderStarted,
    OrderSubmitted,
    OrderTaken,
    OrderWithdrawn,
)

CONTENT_STARS = 3
"""Fewer stars than this open a call-back case."""


class State(StrEnum):
    """Where an order stands."""

    SUBMITTED = "submitted"
    WAITING = "waiting"
    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"
    IN_SERVICE = "in_service"
    DONE = "done"
    RATED = "rated"
    ESCALATED = "escalated"
    REFERRED = "referred"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    CLOSED = "closed"


ENDED = frozenset({State.REJECTED, State.CANCELLED, State.CLOSED})
LEVELS = frozenset({"town", "county"})
"""How far up an order can be handed."""
HANDED_UP = frozenset({State.ESCALATED, State.REFERRED})


class Channel(StrEnum):
    """How a request came in (来源)."""

    WALK_IN = "walk_in"
    CALL = "call"
    SWALLOW = "swallow"
    CAPTAIN = "captain"
    CAMPAIGN = "campaign"
    SNAPSHOT = "snapshot"
    APP = "app"


BY_PROXY = frozenset({Channel.SWALLOW, Channel.CAPTAIN})
"""Channels in which somebody carries the request for the resident, whose oral consent is noted."""


class Caution(StrEnum):
    """What whoever goes there must mind (当心)."""

    ALONE = "alone"
    HARD_TO_WALK = "hard_to_walk"
    DOG = "dog"
    CONTAGIOUS = "contagious"


class RatedHow(StrEnum):
    """How the rating reached the station."""

    ON_THE_SPOT = "on_the_spot"
    PAPER = "paper"
    PHONE = "phone"
    PROXY = "proxy"


class OrderLimits(Policy, frozen=True, kw_only=True):
    """Time limits of the steps [default]; ``screening`` says whether requests are checked before dispatch."""

    name: ClassVar[str] = "orders.limits"

    limits: ClassVar[Mapping[str, tuple[int, int]]] = {
        "screen_working_days": (1, 30),
        "dispatch_hours": (1, 1_000),
        "accept_hours": (1, 1_000),
        "contact_hours": (1, 1_000),
        "finish_hours": (1, 1_000),
        "urgent_hours": (1, 1_000),
        "rate_days": (1, 365),
        "answer_days": (1, 365),
        "call_back_working_days": (1, 30),
        "fix_days": (1, 365),
        "refusals_before_escalation": (1, 100),
    }

    screening: bool = True
    screen_working_days: int = 1
    dispatch_hours: int = 24
    accept_hours: int = 24
    contact_hours: int = 4
    finish_hours: int = 72
    urgent_hours: int = 2
    rate_days: int = 7
    answer_days: int = 5
    call_back_working_days: int = 1
    fix_days: int = 15
    refusals_before_escalation: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the rules need to know of an order."""

    id: Id
    number: str
    state: State
    urgent: bool
    submitted_at: datetime
    wanted_at: datetime | None
    beneficiary: Id
    pool_due_at: datetime | None = None
    team: Id | None = None
    volunteer: Id | None = None
    started_at: datetime | None = None
    contacted: bool = False
    taken: bool = False
    shopping: bool = False
    settled: bool = False
    stars: int | None = None
    ratings: int = 0
    call_back_open: bool = False
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a request says, before it is an order."""

    channel: Channel
    category: str
    region: str
    requester: Id
    beneficiary: Id
    proxy: Id | None = None
    consented: bool = False
    urgent: bool = False
    wanted_from: datetime | None = None
    wanted_at: datetime | None = None
    cautions: tuple[str, ...] = ()
    policy_covered: bool = False
    advance_cents: int | None = None


class NotNow(Refusal):
    """The step does not follow from where the order stands (somebody was quicker, or it is over)."""

    number: str
    state: State
    step: str


class ConsentMissing(Refusal):
    """Somebody else carries the request, and the resident's consent was not noted."""


class ProxyMissing(Refusal):
    """The channel says somebody carries the request; who, is not said."""


class WantedInThePast(Refusal):
    """The wanted moment is over."""

    wanted_at: datetime


class ReasonMissing(Refusal):
    """The step needs a reason, for the resident and for the record."""


class OfficeMissing(Refusal):
    """It is not said where the order goes."""


class AmountMissing(Refusal):
    """An amount of money cannot be below zero."""


class AdvanceNotSettled(Refusal):
    """Shopping money is still open; it is settled before the order is closed."""

    number: str


class StarsOutOfRange(Refusal):
    """A rating has one to five stars."""


class RatedAlready(Refusal):
    """One rating, and after a call-back one more; not a third."""

    number: str


class FinishedBeforeStarted(Refusal):
    """The service cannot end before it began."""

    started_at: datetime


class StartInTheFuture(Refusal):
    """A service that is recorded as begun or ended cannot lie in the future."""


def submit(
    order: Id, number: str, owner: Id, wish: Wish, *, limits: OrderLimits, now: datetime
) -> OrderSubmitted:
    """A request becomes an order. Refuses a proxy without consent and a wanted moment that is over."""
    _check_wish(wish, now)
    screened = not limits.screening
    return OrderSubmitted(
        order=order,
        number=number,
        owner=owner,
        channel=wish.channel,
        category=wish.category,
        region=wish.region,
        requester=wish.requester,
        beneficiary=wish.beneficiary,
        proxy=wish.proxy,
        consented=wish.consented,
        urgent=wish.urgent,
        wanted_from=_milliseconds_or_none(wish.wanted_from),
        wanted_at=_milliseconds_or_none(wish.wanted_at),
        cautions=wish.cautions,
        policy_covered=wish.policy_covered,
        advance_cents=wish.advance_cents,
        screened=screened,
        due_at=milliseconds(_first_due(wish.urgent, wish.wanted_at, now, limits, screened=screened)),
    )


def edit(order: Order, wish: Wish, *, limits: OrderLimits, now: datetime) -> OrderEdited:
    """Put a request right while nobody has said yes to it."""
    _expect(order, "edit", State.SUBMITTED, State.WAITING, State.DISPATCHED)
    if wish.wanted_at != order.wanted_at:
        _check_wanted(wish, now)
    _check_advance(wish)
    return OrderEdited(
        order=order.id, **_asked(wish), due_at=milliseconds(_due_after_edit(order, wish, limits, now))
    )


def ask_again(order: Order, *, requester: Id, channel: Channel) -> OrderAskedAgain:
    """Join a second request for the same thing to an open order."""
    if order.state in ENDED:
        raise NotNow(number=order.number, state=order.state, step="ask_again")
    return OrderAskedAgain(
        order=order.id, beneficiary=order.beneficiary, channel=channel, requester=requester
    )


def screen(order: Order, *, limits: OrderLimits, now: datetime) -> OrderScreened:
    """The request is one for volunteers; it may be dispatched."""
    _expect(order, "screen", State.SUBMITTED)
    return OrderScreened(order=order.id, due_at=milliseconds(_dispatch_due(order, limits, now)))


def reject(order: Order, *, reason: str, told: str) -> OrderRejected:
    """The request is outside what volunteers do, or an emergency; the requester is told where to turn [law]."""
    _expect(order, "reject", State.SUBMITTED, State.WAITING)
    _expect_reason(reason)
    if not told.strip():
        raise ReasonMissing(field="told")
    return OrderRejected(order=order.id, beneficiary=order.beneficiary, reason=reason, told=told)


def dispatch(
    order: Order, *, team: Id, volunteer: Id | None, limits: OrderLimits, now: datetime
) -> OrderDispatched:
    """Offer a waiting order to a team."""
    _expect(order, "dispatch", State.WAITING)
    due = _soonest(now + timedelta(hours=limits.accept_hours), order, limits)
    return OrderDispatched(order=order.id, team=team, volunteer=volunteer, due_at=milliseconds(due))


def grab(order: Order, *, team: Id, volunteer: Id | None, limits: OrderLimits, now: datetime) -> OrderGrabbed:
    """A team takes a waiting order by itself."""
    _expect(order, "grab", State.WAITING)
    return OrderGrabbed(
        order=order.id,
        team=team,
        volunteer=volunteer,
        contact_by=milliseconds(now + timedelta(hours=limits.contact_hours)),
        due_at=milliseconds(_finish_due(order, limits, now)),
    )


def withdraw(order: Order, *, limits: OrderLimits, now: datetime) -> OrderWithdrawn:
    """Take a dispatch back before the team answered; what was late before is late again."""
    _expect(order, "withdraw", State.DISPATCHED)
    assert order.team is not None
    due = order.pool_due_at or _dispatch_due(order, limits, now)
    return OrderWithdrawn(order=order.id, team=order.team, due_at=milliseconds(due))


def accept(order: Order, *, volunteer: Id | None, limits: OrderLimits, now: datetime) -> OrderAccepted:
    """The team says yes."""
    _expect(order, "accept", State.DISPATCHED)
    return OrderAccepted(
        order=order.id,
        volunteer=volunteer or order.volunteer,
        contact_by=milliseconds(now + timedelta(hours=limits.contact_hours)),
        due_at=milliseconds(_finish_due(order, limits, now)),
    )


def refuse(order: Order, *, reason: str, limits: OrderLimits, now: datetime) -> OrderRefused:
    """The team says no and why; the order waits again [law: no forced assignment]."""
    _expect(order, "refuse", State.DISPATCHED)
    _expect_reason(reason)
    assert order.team is not None
    return OrderRefused(
        order=order.id,
        beneficiary=order.beneficiary,
        team=order.team,
        reason=reason,
        due_at=milliseconds(_dispatch_due(order, limits, now)),
    )


def give_back(order: Order, *, reason: str, limits: OrderLimits, now: datetime) -> OrderReturned:
    """The team gives an accepted order back to the pool."""
    _expect(order, "give_back", State.ACCEPTED, State.IN_SERVICE)
    _expect_reason(reason)
    assert order.team is not None
    return OrderReturned(
        order=order.id,
        beneficiary=order.beneficiary,
        team=order.team,
        reason=reason,
        due_at=milliseconds(_dispatch_due(order, limits, now)),
    )


def cancel(order: Order, *, reason: str) -> OrderCancelled:
    """The requester no longer needs it. A service that was given cannot be cancelled."""
    _expect(
        order,
        "cancel",
        State.SUBMITTED,
        State.WAITING,
        State.DISPATCHED,
        State.ACCEPTED,
        State.IN_SERVICE,
        State.ESCALATED,
        State.REFERRED,
    )
    _expect_reason(reason)
    return OrderCancelled(order=order.id, beneficiary=order.beneficiary, reason=reason)


def escalate(order: Order, *, level: str, office: str, limits: OrderLimits, now: datetime) -> OrderEscalated:
    """Hand up what the station cannot solve, to the town or the centre."""
    _expect(order, "escalate", State.SUBMITTED, State.WAITING)
    if level not in LEVELS:
        raise OfficeMissing(field="level")
    _expect_office(office)
    return OrderEscalated(
        order=order.id,
        beneficiary=order.beneficiary,
        level=level,
        office=office,
        due_at=milliseconds(_working_days_later(now, limits.answer_days)),
    )


def refer(order: Order, *, office: str, limits: OrderLimits, now: datetime) -> OrderReferred:
    """Send a need that government policy covers to the department in charge (双闭环)."""
    _expect(order, "refer", State.SUBMITTED, State.WAITING)
    _expect_office(office)
    return OrderReferred(
        order=order.id,
        beneficiary=order.beneficiary,
        office=office,
        due_at=milliseconds(_working_days_later(now, limits.answer_days)),
    )


def take(order: Order) -> OrderTaken:
    """An official took the slip."""
    _expect(order, "take", State.ESCALATED, State.REFERRED)
    if order.taken:
        raise NotNow(number=order.number, state=order.state, step="take")
    return OrderTaken(order=order.id, beneficiary=order.beneficiary)


def answer(order: Order, *, solved: bool, limits: OrderLimits, now: datetime) -> OrderAnswered:
    """The office answered: solved there, or back to the station's pool."""
    _expect(order, "answer", State.ESCALATED, State.REFERRED)
    due = now + timedelta(days=limits.rate_days) if solved else _dispatch_due(order, limits, now)
    return OrderAnswered(
        order=order.id, beneficiary=order.beneficiary, solved=solved, due_at=milliseconds(due)
    )


def contact(order: Order) -> OrderContacted:
    """The volunteers spoke with the resident for the first time."""
    _expect(order, "contact", State.ACCEPTED)
    if order.contacted:
        raise NotNow(number=order.number, state=order.state, step="contact")
    return OrderContacted(order=order.id)


def start(order: Order, *, started_at: datetime, now: datetime) -> OrderStarted:
    """The volunteers began."""
    _expect(order, "start", State.ACCEPTED)
    _expect_past(started_at, now, "started_at")
    return OrderStarted(order=order.id, started_at=milliseconds(started_at))


def finish(order: Order, *, finished_at: datetime, limits: OrderLimits, now: datetime) -> OrderFinished:
    """The service was given; now the resident is asked how it was."""
    _expect(order, "finish", State.IN_SERVICE)
    _expect_past(finished_at, now, "finished_at")
    assert order.started_at is not None
    if finished_at < order.started_at:
        raise FinishedBeforeStarted(started_at=order.started_at, field="finished_at")
    return OrderFinished(
        order=order.id,
        beneficiary=order.beneficiary,
        finished_at=milliseconds(finished_at),
        due_at=milliseconds(now + timedelta(days=limits.rate_days)),
    )


def settle(order: Order, *, spent_cents: int, repaid_cents: int, receipt: bool, signed: bool) -> OrderSettled:
    """Settle the money of a shopping order. Never a service fee [law]; amounts are what really moved."""
    _expect(
        order,
        "settle",
        State.ACCEPTED,
        State.IN_SERVICE,
        State.DONE,
        State.RATED,
        State.CANCELLED,
    )
    if order.settled or not order.shopping:
        raise NotNow(number=order.number, state=order.state, step="settle")
    _expect_amount(spent_cents, "spent_cents")
    _expect_amount(repaid_cents, "repaid_cents")
    return OrderSettled(
        order=order.id, spent_cents=spent_cents, repaid_cents=repaid_cents, receipt=receipt, signed=signed
    )


def rate(
    order: Order, *, stars: int, how: RatedHow, proxy: Id | None, limits: OrderLimits, now: datetime
) -> list[OrderRated | OrderCalledBack | OrderClosed]:
    """The resident's stars. Content closes the order (unless money is open); two or fewer open a call-back, which a
    content re-rating settles: no case stays open behind a closed order.
    """
    _expect(order, "rate", State.DONE, State.RATED)
    if not 1 <= stars <= 5:
        raise StarsOutOfRange(field="stars")
    if order.state is State.RATED and (order.ratings > 1 or not order.call_back_open):
        raise RatedAlready(number=order.number)
    if how is RatedHow.PROXY and proxy is None:
        raise ProxyMissing(field="proxy")
    content = stars >= CONTENT_STARS
    first_complaint = not content and order.ratings == 0
    rated = OrderRated(
        order=order.id,
        beneficiary=order.beneficiary,
        stars=stars,
        how=how,
        proxy=proxy,
        call_back_by=milliseconds(_working_days_later(now, limits.call_back_working_days))
        if first_complaint
        else None,
        fix_by=milliseconds(now + timedelta(days=limits.fix_days)) if first_complaint else None,
    )
    settled = call_back(order, settled=True) if content and order.call_back_open else []
    if content and not settled and _money_is_settled(order):
        return [rated, OrderClosed(order=order.id)]
    return [rated, *settled]


def call_back(order: Order, *, settled: bool) -> list[OrderCalledBack | OrderClosed]:
    """The station spoke with a resident who was not content; when that settles it, the order closes."""
    _expect(order, "call_back", State.RATED)
    if not order.call_back_open:
        raise NotNow(number=order.number, state=order.state, step="call_back")
    spoken = OrderCalledBack(order=order.id, beneficiary=order.beneficiary, settled=settled)
    if settled and _money_is_settled(order):
        return [spoken, OrderClosed(order=order.id)]
    return [spoken]


def close(order: Order) -> OrderClosed:
    """Close what is done: unrated stays unrated. An open call-back or open money keeps it open."""
    _expect(order, "close", State.DONE, State.RATED)
    if order.call_back_open:
        raise NotNow(number=order.number, state=order.state, step="close")
    if not _money_is_settled(order):
        raise AdvanceNotSettled(number=order.number)
    return OrderClosed(order=order.id)


def put_back(order: Id, before: Wish, due_at: datetime | None) -> OrderEdited:
    """A wording is undone: everything stands as it did."""
    assert due_at is not None, "an order that can be edited is due"
    return OrderEdited(order=order, **_asked(before), due_at=milliseconds(due_at))


def set_back(order: Order, step: str, undone: Id, course: Mapping[str, Any]) -> OrderSetBack:
    """A step is undone: ``course`` is how everything stood before it, under the names of the fact."""
    kept: dict[str, Any] = {
        name: milliseconds(at) if isinstance(at, datetime) else at for name, at in course.items()
    }
    return OrderSetBack(order=order.id, beneficiary=order.beneficiary, undone=undone, step=step, **kept)


def steps(order: Order) -> tuple[str, ...]:
    """The steps that may follow from where the order stands, the usual one first, for buttons and keys."""
    return tuple(step for step in _STEPS[order.state] if _fits(order, step))


_STEPS: dict[State, tuple[str, ...]] = {
    State.SUBMITTED: ("screen", "reject", "refer", "escalate", "edit", "cancel"),
    State.WAITING: ("dispatch", "grab", "escalate", "refer", "reject", "edit", "cancel"),
    State.DISPATCHED: ("accept", "refuse", "withdraw", "edit", "cancel"),
    State.ACCEPTED: ("start", "contact", "give_back", "settle", "cancel"),
    State.IN_SERVICE: ("finish", "give_back", "settle", "cancel"),
    State.DONE: ("rate", "settle", "close"),
    State.RATED: ("call_back", "rate", "settle", "close"),
    State.ESCALATED: ("take", "answer", "cancel"),
    State.REFERRED: ("take", "answer", "cancel"),
    State.REJECTED: (),
    State.CANCELLED: ("settle",),
    State.CLOSED: (),
}


def _fits(order: Order, step: str) -> bool:
    match step:
        case "settle":
            return order.shopping and not order.settled
        case "contact":
            return not order.contacted
        case "take":
            return not order.taken
        case "call_back":
            return order.call_back_open
        case "rate":
            return order.state is State.DONE or (order.call_back_open and order.ratings == 1)
        case "close":
            return not order.call_back_open and _money_is_settled(order)
    return True


def _asked(wish: Wish) -> dict[str, Any]:
    """What can be put right of a request, under the names of the fact."""
    return {
        "beneficiary": wish.beneficiary,
        "category": wish.category,
        "region": wish.region,
        "urgent": wish.urgent,
        "wanted_from": _milliseconds_or_none(wish.wanted_from),
        "wanted_at": _milliseconds_or_none(wish.wanted_at),
        "cautions": wish.cautions,
        "policy_covered": wish.policy_covered,
        "advance_cents": wish.advance_cents,
    }


def _check_wish(wish: Wish, now: datetime) -> None:
    if wish.channel in BY_PROXY and wish.proxy is None:
        raise ProxyMissing(field="proxy")
    if wish.proxy is not None and not wish.consented:
        raise ConsentMissing(field="consented")
    _check_wanted(wish, now)
    _check_advance(wish)


def _check_wanted(wish: Wish, now: datetime) -> None:
    if wish.wanted_at is not None and wish.wanted_at < now:
        raise WantedInThePast(wanted_at=wish.wanted_at, field="wanted_at")


def _check_advance(wish: Wish) -> None:
    if wish.advance_cents is not None:
        _expect_amount(wish.advance_cents, "advance_cents")


def _expect(order: Order, step: str, *states: State) -> None:
    if order.state not in states:
        raise NotNow(number=order.number, state=order.state, step=step)


def _expect_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(field="reason")


def _expect_office(office: str) -> None:
    if not office.strip():
        raise OfficeMissing(field="office")


def _expect_amount(cents: int, field: str) -> None:
    if cents < 0:
        raise AmountMissing(field=field)
    if cents > MOST_YUAN * 100:
        raise AmountTooLarge(most_yuan=MOST_YUAN, field=field)


def _expect_past(moment: datetime, now: datetime, field: str) -> None:
    if moment > now:
        raise StartInTheFuture(field=field)


def _money_is_settled(order: Order) -> bool:
    return order.settled or not order.shopping


def _working_days_later(now: datetime, count: int) -> datetime:
    """The same time of day, ``count`` working days after today."""
    wall = shanghai(now)
    day = shipped().add_working_days(wall.date(), count)
    return instant_at(day, wall.hour, wall.minute)


def _first_due(
    urgent: bool, wanted_at: datetime | None, now: datetime, limits: OrderLimits, *, screened: bool
) -> datetime:
    if screened:
        usual = now + timedelta(hours=limits.dispatch_hours)
    else:
        usual = _working_days_later(now, limits.screen_working_days)
    return _bounded(usual, urgent, wanted_at, now, limits)


def _due_after_edit(order: Order, wish: Wish, limits: OrderLimits, now: datetime) -> datetime:
    """A new wording moves no deadline; another urgency or wanted moment sets that of the present step anew."""
    if order.due_at is not None and (wish.urgent, wish.wanted_at) == (order.urgent, order.wanted_at):
        return order.due_at
    if order.state is State.SUBMITTED:
        return _first_due(wish.urgent, wish.wanted_at, order.submitted_at, limits, screened=False)
    hours = limits.accept_hours if order.state is State.DISPATCHED else limits.dispatch_hours
    return _bounded(now + timedelta(hours=hours), wish.urgent, wish.wanted_at, order.submitted_at, limits)


def _dispatch_due(order: Order, limits: OrderLimits, now: datetime) -> datetime:
    return _soonest(now + timedelta(hours=limits.dispatch_hours), order, limits)


def _soonest(usual: datetime, order: Order, limits: OrderLimits) -> datetime:
    return _bounded(usual, order.urgent, order.wanted_at, order.submitted_at, limits)


def _bounded(
    usual: datetime, urgent: bool, wanted_at: datetime | None, submitted_at: datetime, limits: OrderLimits
) -> datetime:
    """No step before the service may be due later than the service itself is wanted."""
    bounds = [usual]
    if urgent:
        bounds.append(submitted_at + timedelta(hours=limits.urgent_hours))
    if wanted_at is not None:
        bounds.append(wanted_at)
    return min(bounds)


def _finish_due(order: Order, limits: OrderLimits, now: datetime) -> datetime:
    if order.wanted_at is not None:
        return order.wanted_at
    if order.urgent:
        return order.submitted_at + timedelta(hours=limits.urgent_hours)
    return now + timedelta(hours=limits.finish_hours)


def _milliseconds_or_none(moment: datetime | None) -> int | None:
    return None if moment is None else milliseconds(moment)
