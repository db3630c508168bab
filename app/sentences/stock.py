"""The stock of gifts (库存) in words: refusals, kinds of moves, and what happened."""

from __future__ import annotations

from app.domain.moments import full_date
from app.domain.stock import (
    BatchBegun,
    BatchUnknown,
    CostImpossible,
    ExpiredWhenReceived,
    GiftExpired,
    MoveKind,
    NotExpiredYet,
    NotInStock,
    QuantityImpossible,
    ReceivedInTheFuture,
    Source,
    StockPolicy,
    StockReasonMissing,
    WriteOff,
)
from app.facts.stock import BatchReceived, StockNote, StockOpened, StockWrittenOff
from app.sentences import Names, calls, says, stays, tells
from app.storage.fold import Recorded
from app.words import N_, _

calls(
    StockPolicy,
    N_("礼品库存的提醒"),
    N_("兑换台按这个提醒临期礼品和盘点。"),
    {
        "expires_soon_days": N_("到期前 {value} 天开始提醒"),
        "count_every_days": N_("每 {value} 天盘点一次"),
    },
)
stays(StockOpened, because=N_("库存已经建好，撤不掉。"))
stays(StockWrittenOff, because=N_("出库已经记下。记错了，就再办一次入库。"))

SOURCES = {
    Source.PURCHASE: N_("采购"),
    Source.DONATION: N_("捐赠"),
    Source.GRANT: N_("上级配发"),
    Source.TRANSFER: N_("调入"),
}
WRITE_OFFS = {
    WriteOff.LOST: N_("丢失"),
    WriteOff.DAMAGED: N_("损坏"),
    WriteOff.EXPIRED: N_("过期"),
    WriteOff.HANDED_ON: N_("调出"),
    WriteOff.MISRECORDED: N_("入库记错"),
}
MOVES = {
    MoveKind.RECEIVED: N_("入库"),
    MoveKind.REDEEMED: N_("兑换"),
    MoveKind.RETURNED: N_("撤销退回"),
    MoveKind.WRITTEN_OFF: N_("出库"),
    MoveKind.COUNTED: N_("盘点差异"),
}


def source_words(source: str) -> str:
    """What a source is called; one from a newer program stays as it is."""
    return _(SOURCES[Source(source)]) if source in SOURCES else source


def write_off_words(cause: str) -> str:
    return _(WRITE_OFFS[WriteOff(cause)]) if cause in WRITE_OFFS else cause


def move_words(kind: MoveKind) -> str:
    return _(MOVES[kind])


@says(BatchUnknown)
def batch_unknown(problem: BatchUnknown) -> str:
    return _("库存里没有这一批，请重新选。")


@says(QuantityImpossible)
def quantity_impossible(problem: QuantityImpossible) -> str:
    return _("数量填整数，最多 {most}。").format(most=problem.most)


@says(BatchBegun)
def batch_begun(problem: BatchBegun) -> str:
    return _("这一批已经发出去一些，还剩 {left} 件。多记了的，请办出库。").format(left=problem.left)


@says(NotInStock)
def not_in_stock(problem: NotInStock) -> str:
    if problem.left == 0:
        return _("“{name}”已经没有了，请另选。").format(name=problem.name)
    return _("“{name}”只剩 {left} 件，请把数量改小。").format(name=problem.name, left=problem.left)


@says(GiftExpired)
def gift_expired(problem: GiftExpired) -> str:
    return _("剩下的“{name}”都过期了，不能再发，请办出库。").format(name=problem.name)


@says(ReceivedInTheFuture)
def received_in_the_future(problem: ReceivedInTheFuture) -> str:
    return _("入库日期还没到，请核对。")


@says(ExpiredWhenReceived)
def expired_when_received(problem: ExpiredWhenReceived) -> str:
    return _("{day}到期，入库时就过期了，请核对日期。").format(day=full_date(problem.expires_on))


@says(CostImpossible)
def cost_impossible(problem: CostImpossible) -> str:
    return _("单价填 0 或更大的数，最多 10 万元。")


@says(NotExpiredYet)
def not_expired_yet(problem: NotExpiredYet) -> str:
    if problem.expires_on is None:
        return _("这一批没有到期日，不能按过期出库，请换一个原因。")
    return _("这一批{day}才到期，还能发；真要出库，请换一个原因。").format(day=full_date(problem.expires_on))


@says(StockReasonMissing)
def reason_missing(problem: StockReasonMissing) -> str:
    return _("写一句原因，日后对账要用。")


@tells(StockOpened)
def tell_opened(it: Recorded[StockOpened], names: Names) -> str:
    return _("“{unit}”设兑换台").format(unit=it.body.unit)


@tells(BatchReceived)
def tell_received(it: Recorded[BatchReceived], names: Names) -> str:
    return _("入库{gift} {quantity} {unit}（{source}）").format(
        gift=names.gift(it.body.gift),
        quantity=it.body.quantity,
        unit=names.gift_unit(it.body.gift),
        source=source_words(it.body.source),
    )


@tells(StockWrittenOff)
def tell_written_off(it: Recorded[StockWrittenOff], names: Names) -> str:
    told = _("出库{gift} {quantity} {unit}（{cause}）").format(
        gift=names.gift(it.body.gift),
        quantity=it.body.quantity,
        unit=names.gift_unit(it.body.gift),
        cause=write_off_words(it.body.cause),
    )
    note = it.part(it.body.write_off, StockNote)
    return _("{told}：{note}").format(told=told, note=note.text) if note else told
