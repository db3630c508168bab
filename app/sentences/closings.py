"""The day close (日结) in words."""

from __future__ import annotations

from app.domain.closings import ClosingUnknown, CountNotExplained, NothingToClose
from app.domain.moments import full_date
from app.facts.stock import DayClosed
from app.sentences import Names, says, stays, tells
from app.sentences.points import points
from app.storage.fold import Recorded
from app.words import N_, _

stays(DayClosed, because=N_("日结单已经出了，撤不掉。之后办的记在下一次日结里。"))


@says(NothingToClose)
def nothing_to_close(problem: NothingToClose) -> str:
    return _("上次日结以后没有兑换和出入库，不用再结。")


@says(CountNotExplained)
def count_not_explained(problem: CountNotExplained) -> str:
    return _("{day}盘点的差异还没写原因，写好再日结。").format(day=full_date(problem.counted_on))


@says(ClosingUnknown)
def closing_unknown(problem: ClosingUnknown) -> str:
    return _("这里没有这次日结。")


@tells(DayClosed)
def tell_closed(it: Recorded[DayClosed], names: Names) -> str:
    return _("日结：兑换 {redemptions} 次，扣 {points}；撤销 {reversals} 次").format(
        redemptions=it.body.redemptions,
        points=points(it.body.redeemed_cents),
        reversals=it.body.reversals,
    )
