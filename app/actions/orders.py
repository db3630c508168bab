"""What a person does with an order (订单): take it, screen it, dispatch it, follow it, close it; and how it is read.

The board (派单) and one order's pane are readings here. Rules are in ``app.domain.orders``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.actions.codes import reads_code
from app.actions.desk import Look, Work, action
from app.actions.people import known_person
from app.domain import categories, regions
from app.domain import orders as rules
from app.domain.erasure import PersonIsErased
from app.domain.numbers import order_number, read_order_bar_code, read_order_number, short_order_number
from app.domain.orders import Caution, Channel, Order, OrderLimits, RatedHow, Wish
from app.domain.people import PersonUnknown, expect_volunteer
from app.domain.problems import Refusal
from app.facts import Fact, Id, Private
from app.facts.orders import OrderNote, OrderWords, TakenBy
from app.storage import drafts, stations, teams
from app.storage import orders as storage
from app.storage.types import clean_text

LONGEST_WHAT_CHARACTERS = 500
LONGEST_NOTE_CHARACTERS = 1_000
LONGEST_REASON_CHARACTERS = 100
LONGEST_TOLD_CHARACTERS = 200
LONGEST_OFFICE_CHARACTERS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitOrder:
    """A request as the clerk typed it. ``order`` is the id the draft had, so that a repeated save is one order."""

    order: Id
    channel: Channel
    category: str
    requester: Id
    beneficiary: Id
    what: str
    place: str
    mind: str = ""
    region: str = ""
    proxy: Id | None = None
    consented: bool = False
    urgent: bool = False
    wanted_from: datetime | None = None
    wanted_at: datetime | None = None
    cautions: tuple[str, ...] = ()
    policy_covered: bool = False
    advance_cents: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditOrder(SubmitOrder):
    """The whole request as it should stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """The number to tell the resident: in full, and as it is read aloud."""

    order: Id
    number: str
    short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskAgain:
    """A second request for the same thing is joined to an open order; ``draft`` is forgotten."""

    order: Id
    requester: Id
    channel: Channel
    text: str
    draft: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step that needs nothing but the order."""

    order: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasoned:
    """A step with a reason and, where there is more to say, a note."""

    order: Id
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectOrder(Reasoned):
    """``told`` says how and where the requester was sent instead."""

    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToTeam:
    """Dispatch to, or grab by, a team and there perhaps one volunteer."""

    order: Id
    team: Id
    volunteer: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptOrder:
    order: Id
    volunteer: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalateOrder:
    """``level`` is ``town`` or ``county``; ``office`` the name on the slip."""

    order: Id
    level: str
    office: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferOrder:
    order: Id
    office: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOrder:
    """Who took the slip."""

    order: Id
    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOrder:
    order: Id
    solved: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartOrder:
    order: Id
    started_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishOrder:
    order: Id
    finished_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleOrder:
    order: Id
    spent_cents: int
    repaid_cents: int
    receipt: bool
    signed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RateOrder:
    order: Id
    stars: int
    how: RatedHow
    words: str = ""
    proxy: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackOrder:
    order: Id
    settled: bool
    note: str


class OrderUnknown(Refusal):
    """There is no such order here."""


class RequesterMissing(Refusal):
    """It is not said who asks."""


class BeneficiaryMissing(Refusal):
    """The request is for somebody else; for whom, is not said."""


class WhatMissing(Refusal):
    """It is not said what is asked for."""


class CategoryMissing(Refusal):
    """The category is not chosen."""


class TeamNotOpen(Refusal):
    """There is no such team, or it is closed."""


@reads_code("order")
def order_of_code(look: Look, code: str) -> Id | None:
    """The order whose slip was scanned, or whose whole number was."""
    number = read_order_bar_code(code) if code.isdigit() else read_order_number(code)
    return storage.id_of_number(look.connection, number)


@action()
def submit_order(work: Work, request: SubmitOrder) -> Submitted:
    """Take a request. Saving the same draft twice gives the same order."""
    known = storage.order(work.connection, request.order)
    if known is not None:
        return _submitted(known)
    _expect_parties(work, request)
    words = _words(request)
    limits = work.policy(OrderLimits)
    station = stations.this_station(work.connection)
    wish = _wish(request, station.region)
    counter = work.next_number(f"order:{work.desk.device.register}")
    number = order_number(station.region, work.desk.device.register, counter)
    body = rules.submit(request.order, number, station.id, wish, limits=limits, now=work.now)
    work.record(body, parts={request.beneficiary: words})
    drafts.forget(work.connection, request.order)
    return Submitted(order=request.order, number=number, short=short_order_number(number))


@action()
def edit_order(work: Work, request: EditOrder) -> None:
    """Put a request right while nobody has said yes to it; one that says the same stays as it is."""
    order = _order(work, request.order)
    station = stations.this_station(work.connection)
    _expect_parties(work, request)
    words = _words(request)
    body = rules.edit(order, _wish(request, station.region), limits=work.policy(OrderLimits), now=work.now)
    row = storage.order_row(work.connection, order.id)
    assert row is not None
    wish, said = storage.as_request(row._asdict())
    if (body, words) != (rules.put_back(order.id, wish, row.due_at), said):
        work.record(body, parts={request.beneficiary: words})


@action()
def ask_again(work: Work, request: AskAgain) -> Submitted:
    """Join a second request for the same thing to an open order (并单)."""
    order = _order(work, request.order)
    _expect_known(work, requester=request.requester)
    body = rules.ask_again(order, requester=request.requester, channel=request.channel)
    _record(work, order, request.text, body)
    if request.draft is not None:
        drafts.forget(work.connection, request.draft)
    return _submitted(order)


@action()
def screen_order(work: Work, request: Step) -> None:
    """Let a request into the pool (审核通过)."""
    _step(work, request.order, lambda order, limits: rules.screen(order, limits=limits, now=work.now))


@action()
def reject_order(work: Work, request: RejectOrder) -> None:
    """Tell the requester that this is not for volunteers, and where to turn (不予受理)."""
    order = _order(work, request.order)
    told = clean_text(request.told, longest_characters=LONGEST_TOLD_CHARACTERS, field="told")
    _record(work, order, request.note, rules.reject(order, reason=_reason(request), told=told))


@action()
def dispatch_order(work: Work, request: ToTeam) -> None:
    """Offer a waiting order to a team (派单)."""
    _expect_team(work, request.team)
    _expect_volunteer(work, request.volunteer)
    _step(
        work,
        request.order,
        lambda order, limits: rules.dispatch(
            order, team=request.team, volunteer=request.volunteer, limits=limits, now=work.now
        ),
    )


@action()
def grab_order(work: Work, request: ToTeam) -> None:
    """A team takes a waiting order by itself (抢单)."""
    _expect_team(work, request.team)
    _expect_volunteer(work, request.volunteer)
    _step(
        work,
        request.order,
        lambda order, limits: rules.grab(
            order, team=request.team, volunteer=request.volunteer, limits=limits, now=work.now
        ),
    )


@action()
def withdraw_order(work: Work, request: Step) -> None:
    """Take a dispatch back before the team answered (撤回)."""
    _step(work, request.order, lambda order, limits: rules.withdraw(order, limits=limits, now=work.now))


@action()
def accept_order(work: Work, request: AcceptOrder) -> None:
    """The team said yes (接单)."""
    _expect_volunteer(work, request.volunteer)
    _step(
        work,
        request.order,
        lambda order, limits: rules.accept(order, volunteer=request.volunteer, limits=limits, now=work.now),
    )


@action()
def refuse_order(work: Work, request: Reasoned) -> None:
    """The team said no (拒单); the order waits again."""
    _reasoned(
        work,
        request,
        lambda order, limits: rules.refuse(order, reason=_reason(request), limits=limits, now=work.now),
    )


@action()
def return_order(work: Work, request: Reasoned) -> None:
    """The team gives an accepted order back (退单)."""
    _reasoned(
        work,
        request,
        lambda order, limits: rules.give_back(order, reason=_reason(request), limits=limits, now=work.now),
    )


@action()
def cancel_order(work: Work, request: Reasoned) -> None:
    """The requester no longer needs it (取消)."""
    _reasoned(work, request, lambda order, limits: rules.cancel(order, reason=_reason(request)))


@action()
def escalate_order(work: Work, request: EscalateOrder) -> None:
    """Hand an order up to the town or the county (上交)."""
    order = _order(work, request.order)
    limits = work.policy(OrderLimits)
    body = rules.escalate(order, level=request.level, office=_office(request), limits=limits, now=work.now)
    _record(work, order, request.note, body)


@action()
def refer_order(work: Work, request: ReferOrder) -> None:
    """Send a need that policy covers to the department in charge (转办)."""
    order = _order(work, request.order)
    body = rules.refer(order, office=_office(request), limits=work.policy(OrderLimits), now=work.now)
    _record(work, order, request.note, body)


@action()
def take_order(work: Work, request: TakeOrder) -> None:
    """Note which official took the slip (签收)."""
    order = _order(work, request.order)
    name = clean_text(request.name, longest_characters=50, field="name")
    if not name:
        raise TakerMissing(field="name")
    phone = clean_text(request.phone, longest_characters=30, field="phone")
    work.record(rules.take(order), parts={order.beneficiary: TakenBy(name=name, phone=phone)})


@action()
def answer_order(work: Work, request: AnswerOrder) -> None:
    """Record what the office answered (回复)."""
    order = _order(work, request.order)
    body = rules.answer(order, solved=request.solved, limits=work.policy(OrderLimits), now=work.now)
    _record(work, order, request.note, body)


@action()
def contact_order(work: Work, request: Step) -> None:
    """Note that the volunteers spoke with the resident (首次联系)."""
    _step(work, request.order, lambda order, limits: rules.contact(order))


@action()
def start_order(work: Work, request: StartOrder) -> None:
    """The volunteers began (开始服务)."""
    started_at = request.started_at or work.now
    _step(
        work,
        request.order,
        lambda order, limits: rules.start(order, started_at=started_at, now=work.now),
    )


@action()
def finish_order(work: Work, request: FinishOrder) -> None:
    """The service was given (服务完成)."""
    order = _order(work, request.order)
    body = rules.finish(
        order,
        finished_at=request.finished_at or work.now,
        limits=work.policy(OrderLimits),
        now=work.now,
    )
    _record(work, order, request.note, body)


@action()
def settle_order(work: Work, request: SettleOrder) -> None:
    """Settle the money of a shopping order (代购结清)."""
    _step(
        work,
        request.order,
        lambda order, limits: rules.settle(
            order,
            spent_cents=request.spent_cents,
            repaid_cents=request.repaid_cents,
            receipt=request.receipt,
            signed=request.signed,
        ),
    )


@action()
def rate_order(work: Work, request: RateOrder) -> None:
    """Record how the resident found it (评单)."""
    order = _order(work, request.order)
    _expect_known(work, proxy=request.proxy)
    bodies = rules.rate(
        order,
        stars=request.stars,
        how=request.how,
        proxy=request.proxy,
        limits=work.policy(OrderLimits),
        now=work.now,
    )
    _record(work, order, request.words, *bodies)


@action()
def call_back_order(work: Work, request: CallBackOrder) -> None:
    """Record a call-back to a resident who was not content (回访)."""
    order = _order(work, request.order)
    note = _note(request.note)
    if note is None:
        raise rules.ReasonMissing(field="note")
    _record(work, order, request.note, *rules.call_back(order, settled=request.settled))


@action()
def close_order(work: Work, request: Step) -> None:
    """Close what is done; unrated stays unrated (办结)."""
    _step(work, request.order, lambda order, limits: rules.close(order))


class TakerMissing(Refusal):
    """It is not said who took the slip."""


def _order(work: Look, order_id: Id) -> Order:
    order = storage.order(work.connection, order_id)
    if order is None:
        raise OrderUnknown
    return order


def _step(work: Work, order_id: Id, rule: Callable[[Order, OrderLimits], Fact]) -> None:
    work.record(rule(_order(work, order_id), work.policy(OrderLimits)))


def _reasoned(work: Work, request: Reasoned, rule: Callable[[Order, OrderLimits], Fact]) -> None:
    order = _order(work, request.order)
    _record(work, order, request.note, rule(order, work.policy(OrderLimits)))


def _record(work: Work, order: Order, note: str, *bodies: Fact) -> None:
    """Record facts with a free note, which is personal data of the beneficiary."""
    part = _note(note)
    work.record(*bodies, parts=None if part is None else {order.beneficiary: part})


def _reason(request: Reasoned) -> str:
    return clean_text(request.reason, longest_characters=LONGEST_REASON_CHARACTERS, field="reason")


def _office(request: EscalateOrder | ReferOrder) -> str:
    return clean_text(request.office, longest_characters=LONGEST_OFFICE_CHARACTERS, field="office")


def _note(text: str) -> Private | None:
    cleaned = clean_text(text, longest_characters=LONGEST_NOTE_CHARACTERS, field="note")
    return OrderNote(text=cleaned) if cleaned else None


def _words(request: SubmitOrder) -> OrderWords:
    what = clean_text(request.what, longest_characters=LONGEST_WHAT_CHARACTERS, field="what")
    if not request.category or categories.menu().find(request.category) is None:
        raise CategoryMissing(field="category")
    if not what:
        raise WhatMissing(field="what")
    return OrderWords(
        what=what,
        place=clean_text(request.place, longest_characters=200, field="place"),
        mind=clean_text(request.mind, longest_characters=200, field="mind"),
    )


def _wish(request: SubmitOrder, station_region: str) -> Wish:
    return Wish(
        channel=request.channel,
        category=request.category,
        region=regions.normalise(request.region or station_region),
        requester=request.requester,
        beneficiary=request.beneficiary,
        proxy=request.proxy,
        consented=request.consented,
        urgent=request.urgent,
        wanted_from=request.wanted_from,
        wanted_at=request.wanted_at,
        cautions=tuple(map(Caution, request.cautions)),
        policy_covered=request.policy_covered,
        advance_cents=request.advance_cents,
    )


def _expect_parties(work: Work, request: SubmitOrder) -> None:
    """Whom the request names, and that they are in the register."""
    if not request.requester:
        raise RequesterMissing(field="requester")
    if not request.beneficiary:
        raise BeneficiaryMissing(field="beneficiary")
    _expect_known(work, requester=request.requester, beneficiary=request.beneficiary, proxy=request.proxy)


def _expect_known(work: Work, **named: Id | None) -> None:
    """That the people of these fields are in the register."""
    known = storage.parties(work.connection, named.values())
    for field, person in named.items():
        if person is not None and person not in known:
            raise PersonUnknown(field=field)
        if person is not None and known[person].erased_at is not None:
            raise PersonIsErased(field=field)


def _expect_volunteer(work: Work, volunteer: Id | None) -> None:
    if volunteer is not None:
        expect_volunteer(known_person(work, volunteer, "volunteer"), "volunteer")


def _expect_team(work: Work, team: Id) -> None:
    if not teams.is_open(work.connection, team):
        raise TeamNotOpen(field="team")


def _submitted(order: Order) -> Submitted:
    return Submitted(order=order.id, number=order.number, short=short_order_number(order.number))
