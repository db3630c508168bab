"""What can happen to an order (订单, 点单 -> 派单 -> 接单 -> 服务 -> 评单).

Instants inside facts are milliseconds UTC (``…_at``, ``…_by``). A deadline stands in the fact that opens the stage it
limits. What the resident said, where they live and every free note is a private part about the beneficiary.
"""

from __future__ import annotations

from typing import ClassVar

from app.facts import Cents, Count, Fact, Id, Moment, Private


class OrderWords(Private, frozen=True, kw_only=True):
    """What is asked for, where, and what to mind, as the resident said it."""

    what: str
    place: str = ""
    mind: str = ""


class OrderNote(Private, frozen=True, kw_only=True):
    """A free remark: a reason in words, an answer, what a caller said."""

    text: str


class TakenBy(Private, frozen=True, kw_only=True):
    """Who took an order that was handed up: name and phone of the official."""

    name: str
    phone: str = ""


class OrderSubmitted(Fact, frozen=True, kw_only=True):
    """A request was taken (点单). ``screened`` when the station's policy needs no screening.

    It is wanted by ``wanted_at`` (as soon as possible when None), and not before ``wanted_from``.
    """

    kind: ClassVar[str] = "order.submitted"
    private = OrderWords

    order: Id
    number: str
    owner: Id
    channel: str
    category: str
    region: str
    requester: Id
    beneficiary: Id
    proxy: Id | None = None
    consented: bool = False
    urgent: bool = False
    wanted_from: Moment | None = None
    wanted_at: Moment | None = None
    cautions: tuple[str, ...] = ()
    policy_covered: bool = False
    advance_cents: Cents | None = None
    screened: bool = False
    due_at: Moment


class OrderEdited(Fact, frozen=True, kw_only=True):
    """What was asked for was put right; every field stands as it is now."""

    kind: ClassVar[str] = "order.edited"
    private = OrderWords

    order: Id
    beneficiary: Id
    category: str
    region: str
    urgent: bool
    wanted_from: Moment | None
    wanted_at: Moment | None
    cautions: tuple[str, ...]
    policy_covered: bool
    advance_cents: Cents | None
    due_at: Moment


class OrderAskedAgain(Fact, frozen=True, kw_only=True):
    """Somebody asked for the same thing once more; it was joined to this order (并单)."""

    kind: ClassVar[str] = "order.asked_again"
    private = OrderNote

    order: Id
    beneficiary: Id
    channel: str
    requester: Id


class OrderScreened(Fact, frozen=True, kw_only=True):
    """The request was checked and may be dispatched (审核通过)."""

    kind: ClassVar[str] = "order.screened"

    order: Id
    due_at: Moment


class OrderRejected(Fact, frozen=True, kw_only=True):
    """The request cannot be served here; the requester was told, and where to turn (不予受理)."""

    kind: ClassVar[str] = "order.rejected"
    private = OrderNote

    order: Id
    beneficiary: Id
    reason: str
    told: str


class OrderDispatched(Fact, frozen=True, kw_only=True):
    """The order was offered to a team, and there perhaps to one volunteer (派单)."""

    kind: ClassVar[str] = "order.dispatched"

    order: Id
    team: Id
    volunteer: Id | None = None
    due_at: Moment


class OrderGrabbed(Fact, frozen=True, kw_only=True):
    """A team took the order from the pool by itself (抢单): dispatched and accepted at once."""

    kind: ClassVar[str] = "order.grabbed"

    order: Id
    team: Id
    volunteer: Id | None = None
    contact_by: Moment
    due_at: Moment


class OrderAccepted(Fact, frozen=True, kw_only=True):
    """The team said yes (接单)."""

    kind: ClassVar[str] = "order.accepted"

    order: Id
    volunteer: Id | None = None
    contact_by: Moment
    due_at: Moment


class OrderRefused(Fact, frozen=True, kw_only=True):
    """The team said no, with its reason (拒单); nobody is ever forced."""

    kind: ClassVar[str] = "order.refused"
    private = OrderNote

    order: Id
    beneficiary: Id
    team: Id
    reason: str
    due_at: Moment


class OrderReturned(Fact, frozen=True, kw_only=True):
    """The team gave an accepted order back (退单)."""

    kind: ClassVar[str] = "order.returned"
    private = OrderNote

    order: Id
    beneficiary: Id
    team: Id
    reason: str
    due_at: Moment


class OrderWithdrawn(Fact, frozen=True, kw_only=True):
    """The dispatch was taken back before the team answered (撤回派单)."""

    kind: ClassVar[str] = "order.withdrawn"

    order: Id
    team: Id
    due_at: Moment


class OrderCancelled(Fact, frozen=True, kw_only=True):
    """The requester no longer needs it, or it can no longer be done (取消)."""

    kind: ClassVar[str] = "order.cancelled"
    private = OrderNote

    order: Id
    beneficiary: Id
    reason: str


class OrderEscalated(Fact, frozen=True, kw_only=True):
    """The station cannot solve it and handed it up to the town or the centre (上交)."""

    kind: ClassVar[str] = "order.escalated"
    private = OrderNote

    order: Id
    beneficiary: Id
    level: str
    office: str
    due_at: Moment


class OrderReferred(Fact, frozen=True, kw_only=True):
    """A need that government policy covers went to the department in charge (转办, 政策闭环)."""

    kind: ClassVar[str] = "order.referred"
    private = OrderNote

    order: Id
    beneficiary: Id
    office: str
    due_at: Moment


class OrderTaken(Fact, frozen=True, kw_only=True):
    """An official took the handed-up or referred order and its slip (签收)."""

    kind: ClassVar[str] = "order.taken"
    private = TakenBy

    order: Id
    beneficiary: Id


class OrderAnswered(Fact, frozen=True, kw_only=True):
    """The office answered: solved, or back to the station (回复)."""

    kind: ClassVar[str] = "order.answered"
    private = OrderNote

    order: Id
    beneficiary: Id
    solved: bool
    due_at: Moment


class OrderContacted(Fact, frozen=True, kw_only=True):
    """The volunteers spoke with the resident for the first time (首次联系)."""

    kind: ClassVar[str] = "order.contacted"

    order: Id


class OrderStarted(Fact, frozen=True, kw_only=True):
    """The volunteers began (开始服务)."""

    kind: ClassVar[str] = "order.started"

    order: Id
    started_at: Moment


class OrderFinished(Fact, frozen=True, kw_only=True):
    """The service was given (服务完成)."""

    kind: ClassVar[str] = "order.finished"
    private = OrderNote

    order: Id
    beneficiary: Id
    finished_at: Moment
    due_at: Moment


class OrderSettled(Fact, frozen=True, kw_only=True):
    """The money of a shopping order was settled (代购结清): paid out, given back, receipt, signature."""

    kind: ClassVar[str] = "order.settled"

    order: Id
    spent_cents: Cents
    repaid_cents: Cents
    receipt: bool
    signed: bool


class OrderRated(Fact, frozen=True, kw_only=True):
    """The resident said how it was (评单): 1-5 stars; two or fewer open a call-back case."""

    kind: ClassVar[str] = "order.rated"
    private = OrderNote

    order: Id
    beneficiary: Id
    stars: Count
    how: str
    proxy: Id | None = None
    call_back_by: Moment | None = None
    fix_by: Moment | None = None


class OrderCalledBack(Fact, frozen=True, kw_only=True):
    """The station spoke with a resident who was not content (回访); ``settled`` closes the case."""

    kind: ClassVar[str] = "order.called_back"
    private = OrderNote

    order: Id
    beneficiary: Id
    settled: bool


class OrderClosed(Fact, frozen=True, kw_only=True):
    """Nothing is left to do (办结); an unrated order stays unrated."""

    kind: ClassVar[str] = "order.closed"

    order: Id


class OrderSetBack(Fact, frozen=True, kw_only=True):
    """A step was undone (撤销) by whoever took it; the order's course stands as it did before.

    The private part holds the words of the rating that counts again, if any.
    """

    kind: ClassVar[str] = "order.set_back"
    private = OrderNote

    order: Id
    beneficiary: Id
    undone: Id
    step: str
    state: str
    due_at: Moment | None = None
    pool_due_at: Moment | None = None
    team: Id | None = None
    volunteer: Id | None = None
    dispatched_at: Moment | None = None
    accepted_at: Moment | None = None
    contact_by: Moment | None = None
    contacted_at: Moment | None = None
    started_at: Moment | None = None
    finished_at: Moment | None = None
    asked_again: Count = 0
    refusals: Count = 0
    spent_cents: Cents | None = None
    repaid_cents: Cents | None = None
    settled_at: Moment | None = None
    stars: Count | None = None
    ratings: Count = 0
    rated_how: str | None = None
    rated_at: Moment | None = None
    call_back_by: Moment | None = None
    fix_by: Moment | None = None
    called_back_at: Moment | None = None
    call_back_open: bool = False
    ended_at: Moment | None = None
