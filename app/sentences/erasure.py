"""Deleting personal data (删除个人信息) in words: why not yet, and how it is told."""

from __future__ import annotations

from app.domain.erasure import (
    REASON_NAMES,
    ErasureReason,
    ErasureReasonMissing,
    NameNotRepeated,
    OrdersUnderWay,
    PersonIsErased,
    RecordsWaiting,
)
from app.facts.people import PersonErased
from app.sentences import Names, says, stays, tells
from app.storage.fold import Recorded
from app.words import N_, _


@says(ErasureReasonMissing)
def erasure_reason_missing(problem: ErasureReasonMissing) -> str:
    return _("选一个原因。")


@says(NameNotRepeated)
def name_not_repeated(problem: NameNotRepeated) -> str:
    return _("和档案上的姓名不一样，再核对一下是不是这个人。")


@says(OrdersUnderWay)
def orders_under_way(problem: OrdersUnderWay) -> str:
    return _("还有 {count} 单没办完：{numbers}。先办完或取消，再来删除。").format(
        count=len(problem.numbers), numbers=_("、").join(problem.numbers)
    )


@says(RecordsWaiting)
def records_waiting(problem: RecordsWaiting) -> str:
    return _("还有 {count} 条服务记录没审核。先审核，再来删除。").format(count=problem.count)


@says(PersonIsErased)
def person_is_erased(problem: PersonIsErased) -> str:
    return _("这个人的个人信息已经删除，不能再用。若又来了，就重新登记。")


@tells(PersonErased)
def tell_erased(it: Recorded[PersonErased], names: Names) -> str:
    reason = it.body.reason
    if reason not in REASON_NAMES:
        return _("删除了个人信息")
    return _("删除了个人信息：{reason}").format(reason=_(REASON_NAMES[ErasureReason(reason)]))


stays(PersonErased, because=N_("个人信息已经删除，找不回来。"))
