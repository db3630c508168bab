"""Saying why a paper cannot be printed (打印)."""

from __future__ import annotations

from app.actions.papers import NotDispatched, NotHandedUp
from app.domain.papers import PapersPolicy
from app.sentences import calls, says
from app.words import N_, _

calls(PapersPolicy, N_("单据和证书"))


@says(NotDispatched)
def not_dispatched(problem: NotDispatched) -> str:
    return _("订单 {number} 现在不在队伍手上，派出去以后再打服务单。").format(number=problem.number)


@says(NotHandedUp)
def not_handed_up(problem: NotHandedUp) -> str:
    return _("订单 {number} 没有上交或转办过，不用打转办单。").format(number=problem.number)
