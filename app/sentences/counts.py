"""Counting the stock (盘点) in words: refusals, causes, and what happened."""

from __future__ import annotations

from app.domain.counts import (
    Cause,
    CauseMissing,
    CountIncomplete,
    CountUnknown,
    NothingToCount,
    NothingToExplain,
    NotOnTheSheet,
    differences,
)
from app.facts.stock import CountExplained, StockCounted
from app.sentences import Names, says, stays, tells
from app.storage.fold import Recorded
from app.words import N_, _

CAUSES = {
    Cause.LOST: N_("丢失"),
    Cause.DAMAGED: N_("损坏"),
    Cause.MISRECORDED: N_("以前记错"),
    Cause.FOUND: N_("找到了"),
    Cause.UNKNOWN: N_("原因不明"),
}
stays(StockCounted, because=N_("数过的就是数过的。数错了，再盘一次。"))
stays(CountExplained, because=N_("差异的原因已经记下。要补充，再盘一次。"))


def cause_words(cause: Cause) -> str:
    return _(CAUSES[cause])


@says(CountIncomplete)
def count_incomplete(problem: CountIncomplete) -> str:
    return _("还有 {missing} 行没填数。没有了就填 0。").format(missing=problem.missing)


@says(NothingToCount)
def nothing_to_count(problem: NothingToCount) -> str:
    return _("还没有入库的礼品，不用盘点。")


@says(NotOnTheSheet)
def not_on_the_sheet(problem: NotOnTheSheet) -> str:
    return _("盘点表上没有这一行。多出来的礼品请办入库。")


@says(CountUnknown)
def count_unknown(problem: CountUnknown) -> str:
    return _("这里没有这次盘点。")


@says(NothingToExplain)
def nothing_to_explain(problem: NothingToExplain) -> str:
    return _("这次盘点没有要说明的差异。")


@says(CauseMissing)
def cause_missing(problem: CauseMissing) -> str:
    return _("选一个原因。")


@tells(StockCounted)
def tell_counted(it: Recorded[StockCounted], names: Names) -> str:
    differing = len(differences(it.body.batches))
    if not differing:
        return _("盘点，账实相符")
    return _("盘点，{count} 种礼品有差异").format(count=differing)


@tells(CountExplained)
def tell_explained(it: Recorded[CountExplained], names: Names) -> str:
    return _("说明盘点差异的原因")
