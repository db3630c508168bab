"""Undoing what was done with gifts (礼品) and their stock: entries get their old values back, gifts go on and off the
shelf, a batch that came in by mistake goes out again.
"""

from __future__ import annotations

from app.actions.desk import Work, new_id
from app.actions.gifts import known_gift, offer_gift_again, withdraw_gift
from app.actions.stock import WriteOffStock, write_off
from app.actions.undo import Undoing, undoes
from app.domain import gifts as rules
from app.domain.stock import BatchBegun, WriteOff
from app.facts.gifts import GiftEdited, GiftListed, GiftOfferedAgain, GiftWithdrawn
from app.facts.stock import BatchReceived
from app.storage import gifts as storage
from app.storage import stock
from app.words import _


@undoes(GiftListed)
def undo_listing(work: Work, that: Undoing[GiftListed]) -> None:
    withdraw_gift.inside(work, that.it.body.gift)


@undoes(GiftOfferedAgain)
def undo_offer(work: Work, that: Undoing[GiftOfferedAgain]) -> None:
    withdraw_gift.inside(work, that.it.body.gift)


@undoes(GiftWithdrawn)
def undo_withdrawal(work: Work, that: Undoing[GiftWithdrawn]) -> None:
    offer_gift_again.inside(work, that.it.body.gift)


@undoes(GiftEdited)
def undo_edit(work: Work, that: Undoing[GiftEdited]) -> None:
    """Digits that another gift was given meanwhile are not taken back."""
    gift = known_gift(work, that.it.body.gift)
    before = storage.before(that.before, gift.id)
    body = rules.edit(gift, before, holder=storage.with_code(work.connection, before.code))
    if body is not None:
        work.record(body)


@undoes(BatchReceived)
def undo_delivery(work: Work, that: Undoing[BatchReceived]) -> None:
    """What was given out of it meanwhile is gone, so it stays then."""
    body = that.it.body
    batch = stock.batch(work.connection, body.stock, body.batch)
    assert batch is not None, "what came in is listed"
    if batch.quantity < body.quantity:
        raise BatchBegun(left=batch.quantity)
    gone = WriteOffStock(
        write_off=new_id(),
        batch=body.batch,
        quantity=body.quantity,
        cause=WriteOff.MISRECORDED,
        reason=_("入库记错了，撤销"),
    )
    write_off.inside(work, gone)
