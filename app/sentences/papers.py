"""Saying why a paper cannot be printed (打印)."""

from __future__ import annotations

from app.actions.papers import NotDispatched, NotHandedUp
from app.domain.papers import PaperLineTooLong, PapersPolicy
from app.sentences import FieldWords, calls, says
from app.words import N_, _

calls(
    PapersPolicy,
    N_("单据上的联系方式"),
    N_("印在证书、服务单和别的单据上，好让人来问、来核实。已经签发的证书不变。"),
    {
        "phone": FieldWords(N_("电话：{value}"), N_("不印电话")),
        "contact": FieldWords(N_("联系人：{value}"), N_("不印联系人")),
        "address": FieldWords(N_("地址：{value}"), N_("不印地址")),
    },
)


@says(PaperLineTooLong)
def _line_too_long(it: PaperLineTooLong) -> str:
    return _("只能写一行，最多 {longest} 个字").format(longest=it.longest_characters)


@says(NotDispatched)
def not_dispatched(problem: NotDispatched) -> str:
    return _("订单 {number} 现在不在队伍手上，派出去以后再打服务单。").format(number=problem.number)


@says(NotHandedUp)
def not_handed_up(problem: NotHandedUp) -> str:
    return _("订单 {number} 没有上交或转办过，不用打转办单。").format(number=problem.number)
