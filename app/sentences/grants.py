"""Granted points (积分奖励) in words."""

from __future__ import annotations

from app.domain.grants import (
    AuditsOwnLead,
    Cause,
    LeadGranted,
    LeadsEarnNothing,
    NotALead,
    RewardsPolicy,
)
from app.facts.grants import GrantRevoked, PointsGranted
from app.sentences import FieldWords, Names, calls, says, stays, tells
from app.sentences.points import points
from app.storage.fold import Recorded
from app.words import N_, _

calls(
    RewardsPolicy,
    N_("积分奖励"),
    N_("除了服务时长，还有什么能得分。"),
    {
        "lead_cents": FieldWords(N_("随手拍审核通过一条奖 {value} 分"), N_("随手拍不奖分")),
        "referral_cents": FieldWords(
            N_("推荐的人第一次服务通过后，推荐人得 {value} 分"), N_("推荐志愿者不奖分")
        ),
    },
)
stays(GrantRevoked, because=N_("奖励的积分已经收回。该奖的，再审核一次。"))


@says(NotALead)
def not_a_lead(problem: NotALead) -> str:
    return _("这张订单不是随手拍来的，或者还没办完。办完再来审核。")


@says(LeadsEarnNothing)
def leads_earn_nothing(problem: LeadsEarnNothing) -> str:
    return _("本地规定随手拍不奖分。要奖，请管理员在设置里改。")


@says(LeadGranted)
def lead_granted(problem: LeadGranted) -> str:
    return _("这条随手拍的积分已经发过了。")


@says(AuditsOwnLead)
def audits_own_lead(problem: AuditsOwnLead) -> str:
    return _("自己报的随手拍要由别人审核，请换一位同事。")


@tells(PointsGranted)
def tell_granted(it: Recorded[PointsGranted], names: Names) -> str:
    body = it.body
    if body.cause == Cause.LEAD:
        return _("随手拍 {order} 审核通过，奖 {points}").format(
            order=names.order(body.source), points=points(body.points_cents)
        )
    return _("推荐{who}，奖 {points}").format(who=names.person(body.source), points=points(body.points_cents))


@tells(GrantRevoked)
def tell_revoked(it: Recorded[GrantRevoked], names: Names) -> str:
    return _("收回奖励，扣 {points}").format(points=points(it.body.points_cents))
