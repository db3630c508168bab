"""One order of the sample town while it goes on (一张订单): every step asked of the real rules and written down.

``after`` keeps the order as the next rule wants to see it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.demo import texts
from app.demo.town import Helper, Squad, Town
from app.domain import categories
from app.domain import orders as rules
from app.domain.numbers import order_number
from app.domain.orders import Channel, Order, RatedHow, State, Wish
from app.domain.people import Person
from app.facts import Fact, Id, Private, instant
from app.facts.orders import (
    OrderAccepted,
    OrderAnswered,
    OrderCalledBack,
    OrderCancelled,
    OrderClosed,
    OrderContacted,
    OrderDispatched,
    OrderEscalated,
    OrderFinished,
    OrderGrabbed,
    OrderNote,
    OrderRated,
    OrderReferred,
    OrderRefused,
    OrderRejected,
    OrderReturned,
    OrderScreened,
    OrderSettled,
    OrderStarted,
    OrderSubmitted,
    OrderTaken,
    OrderWithdrawn,
    OrderWords,
)
from app.storage.ids import new_id

_HOW = {RatedHow.PHONE: 5, RatedHow.ON_THE_SPOT: 3, RatedHow.PAPER: 2, RatedHow.PROXY: 1}


class Case:
    """One order while it goes on: what it says, and what is done with it."""

    def __init__(self, town: Town, person: Person, category: str, what: str, place: str = "") -> None:
        self._town = town
        self.person = person
        self.category = category
        self.what = what
        self.region = person.details.region
        self.village = dict(town.villages).get(self.region, "")
        self.place = place or self._place()
        self.limits = town.rules.limits
        self.asked: set[Id] = set()
        self.helper: Helper | None = None
        self._advance_cents = 0
        self.order: Order

    def submit(self, wish: Wish, mind: str, now: datetime) -> None:
        town, register = self._town, self._town.book.register
        number = order_number(town.station.region, register, town.book.number(now, f"order:{register}"))
        body = rules.submit(new_id(), number, town.station.id, wish, limits=self.limits, now=now)
        words = OrderWords(what=self.what, place=self.place, mind=mind)
        town.book.write(now, town.crew.at_desk(now).staff, body, parts={self.person.id: words})
        self._advance_cents = wish.advance_cents or 0
        self.order = begun(body, now)

    def do(self, now: datetime, *bodies: Fact, note: str = "", part: Private | None = None) -> None:
        """Record a step that the rules have decided."""
        if note:
            part = OrderNote(text=note)
        parts = None if part is None else {self.order.beneficiary: part}
        self._town.book.write(now, self._town.crew.at_desk(now).staff, *bodies, parts=parts)
        for body in bodies:
            self.order = after(self.order, body)

    def dispatch(self, squad: Squad, now: datetime) -> None:
        self._ask(squad)
        volunteer = self.helper.person.id if self.helper and self._town.rng.random() < 0.5 else None
        body = rules.dispatch(
            self.order, team=squad.team.id, volunteer=volunteer, limits=self.limits, now=now
        )
        self.asked.add(squad.team.id)
        self.do(now, body)

    def grab(self, squad: Squad, now: datetime) -> None:
        self._ask(squad)
        volunteer = self.helper.person.id if self.helper else None
        body = rules.grab(self.order, team=squad.team.id, volunteer=volunteer, limits=self.limits, now=now)
        self.do(now, body)

    def accept(self, now: datetime) -> None:
        volunteer = self.helper.person.id if self.helper else None
        self.do(now, rules.accept(self.order, volunteer=volunteer, limits=self.limits, now=now))

    def reject(self, now: datetime) -> None:
        reason, told = next(
            (reason, told) for _category, what, reason, told in texts.OUT_OF_SCOPE if what == self.what
        )
        self.do(now, rules.reject(self.order, reason=reason, told=told))

    def ask_again(self, now: datetime) -> None:
        body = rules.ask_again(self.order, requester=self.person.id, channel=Channel.CALL)
        self.do(now, body, note=self._town.rng.choice(texts.ASKED_AGAIN))

    def settle(self, now: datetime) -> None:
        """What was spent is given back, to the cent."""
        spent = 0
        if self.order.state is not State.CANCELLED:
            spent = self._advance_cents - self._town.rng.randrange(0, 2_000)
        body = rules.settle(self.order, spent_cents=spent, repaid_cents=spent, receipt=spent > 0, signed=True)
        self.do(now, body)

    def rate(self, stars: int, now: datetime) -> None:
        rng = self._town.rng
        how = rng.choices(list(_HOW), list(_HOW.values()))[0]
        if how is RatedHow.PROXY and self.helper is None:
            how = RatedHow.PHONE
        proxy = self.helper.person.id if how is RatedHow.PROXY and self.helper else None
        bodies = rules.rate(self.order, stars=stars, how=how, proxy=proxy, limits=self.limits, now=now)
        self.do(now, *bodies, note=rng.choice(texts.WORDS_BY_STARS[stars]))

    def call_back(self, now: datetime, *, settled: bool) -> None:
        note = self._town.rng.choice(texts.CALL_BACKS[settled])
        self.do(now, *rules.call_back(self.order, settled=settled), note=note)

    def _place(self) -> str:
        if any(categories.covers(wide, self.category) for wide in texts.IN_PUBLIC):
            return self.village + self._town.rng.choice(texts.PUBLIC_PLACES)
        return self.person.details.address

    def _ask(self, squad: Squad) -> None:
        self.helper = next(iter(squad.pick(self._town.rng, 1)), None)


def begun(body: OrderSubmitted, now: datetime) -> Order:
    """The order that a request has become."""
    return Order(
        id=body.order,
        number=body.number,
        state=State.WAITING if body.screened else State.SUBMITTED,
        urgent=body.urgent,
        submitted_at=now,
        wanted_at=None if body.wanted_at is None else instant(body.wanted_at),
        beneficiary=body.beneficiary,
        shopping=body.advance_cents is not None,
        due_at=instant(body.due_at),
        pool_due_at=instant(body.due_at) if body.screened else None,
    )


def after(order: Order, body: Fact) -> Order:
    """The order once ``body`` has happened, as the next rule wants to see it."""
    then = _after(order, body)
    came_back = then.state is State.WAITING and order.state is not State.WAITING
    return replace(then, pool_due_at=then.due_at) if came_back else then


def _after(order: Order, body: Fact) -> Order:
    order = replace(order, state=_STATE_AFTER.get(type(body), order.state), due_at=_due_after(order, body))
    match body:
        case OrderDispatched() | OrderGrabbed():
            return replace(order, team=body.team, volunteer=body.volunteer)
        case OrderAccepted():
            return replace(order, volunteer=body.volunteer)
        case OrderRefused() | OrderReturned() | OrderWithdrawn():
            return replace(order, team=None, volunteer=None, contacted=False, started_at=None)
        case OrderContacted():
            return replace(order, contacted=True)
        case OrderStarted():
            return replace(order, started_at=instant(body.started_at))
    return _after_the_service(order, body)


def _after_the_service(order: Order, body: Fact) -> Order:
    match body:
        case OrderEscalated() | OrderReferred():
            return replace(order, taken=False)
        case OrderTaken():
            return replace(order, taken=True)
        case OrderAnswered():
            return replace(order, state=State.DONE if body.solved else State.WAITING)
        case OrderSettled():
            return replace(order, settled=True)
        case OrderRated():
            opened = order.call_back_open or body.call_back_by is not None
            return replace(order, stars=body.stars, ratings=order.ratings + 1, call_back_open=opened)
        case OrderCalledBack():
            return replace(order, call_back_open=not body.settled)
    return order


def _due_after(order: Order, body: Fact) -> datetime | None:
    if isinstance(body, OrderRejected | OrderCancelled | OrderClosed):
        return None
    due_at: int | None = body.call_back_by if isinstance(body, OrderRated) else getattr(body, "due_at", None)
    return order.due_at if due_at is None else instant(due_at)


_STATE_AFTER: dict[type[Fact], State] = {
    OrderScreened: State.WAITING,
    OrderRejected: State.REJECTED,
    OrderDispatched: State.DISPATCHED,
    OrderGrabbed: State.ACCEPTED,
    OrderAccepted: State.ACCEPTED,
    OrderRefused: State.WAITING,
    OrderReturned: State.WAITING,
    OrderWithdrawn: State.WAITING,
    OrderCancelled: State.CANCELLED,
    OrderEscalated: State.ESCALATED,
    OrderReferred: State.REFERRED,
    OrderStarted: State.IN_SERVICE,
    OrderFinished: State.DONE,
    OrderRated: State.RATED,
    OrderClosed: State.CLOSED,
}
