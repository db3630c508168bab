"""Undoing steps of an order (订单): a request is cancelled, a dispatch withdrawn, a wording put back, and any other
step taken back by a fact that says how everything stood before it.
"""

from __future__ import annotations

from app.actions.desk import Work
from app.actions.orders import Reasoned, Step, cancel_order, withdraw_order
from app.actions.undo import Undoing, undoes
from app.domain import orders as rules
from app.facts import Fact
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
    OrderFinished,
    OrderGrabbed,
    OrderNote,
    OrderRated,
    OrderRefused,
    OrderRejected,
    OrderReturned,
    OrderScreened,
    OrderSettled,
    OrderStarted,
    OrderSubmitted,
    OrderWithdrawn,
)
from app.storage import orders as storage
from app.words import _

_STEPS: dict[type[Fact], str] = {
    OrderAskedAgain: "ask_again",
    OrderScreened: "screen",
    OrderRejected: "reject",
    OrderGrabbed: "grab",
    OrderAccepted: "accept",
    OrderRefused: "refuse",
    OrderReturned: "give_back",
    OrderWithdrawn: "withdraw",
    OrderCancelled: "cancel",
    OrderAnswered: "answer",
    OrderContacted: "contact",
    OrderStarted: "start",
    OrderFinished: "finish",
    OrderSettled: "settle",
    OrderRated: "rate",
    OrderCalledBack: "call_back",
    OrderClosed: "close",
}


@undoes(OrderSubmitted)
def undo_submission(work: Work, that: Undoing[OrderSubmitted]) -> None:
    """The number was told perhaps, so the order stays listed as cancelled."""
    cancel_order.inside(work, Reasoned(order=that.it.body.order, reason=_("录错了，撤销")))


@undoes(OrderDispatched)
def undo_dispatch(work: Work, that: Undoing[OrderDispatched]) -> None:
    withdraw_order.inside(work, Step(order=that.it.body.order))


@undoes(OrderEdited)
def undo_edit(work: Work, that: Undoing[OrderEdited]) -> None:
    row = storage.before(that.before, that.it.body.order)
    wish, words = storage.as_request(row)
    body = rules.put_back(that.it.body.order, wish, row["due_at"])
    work.record(body, parts={wish.beneficiary: words})


@undoes(*_STEPS, whole=True)
def undo_step(work: Work, that: Undoing[Fact]) -> None:
    """Several facts of one deed (a rating that closes the order) are taken back at once."""
    order_id = that.it.body.object.partition(":")[2]
    row = storage.before(that.before, order_id)
    order = storage.order(work.connection, order_id)
    assert order is not None, "an order that was worked on is here"
    course = {name: row[name] for name in storage.COURSE}
    body = rules.set_back(order, _STEPS[type(that.it.body)], that.it.id, course)
    words = row["rating_words"]
    work.record(body, parts={order.beneficiary: OrderNote(text=words)} if words else None)
