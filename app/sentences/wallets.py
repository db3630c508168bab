"""Wallets (积分账户) in words: what takes points away, besides gifts."""

from __future__ import annotations

from app.domain.moments import full_date
from app.domain.wallets import (
    DonationImpossible,
    DonationNotAllowed,
    DonationPolicy,
    ExpiryPolicy,
    GivesToThemselves,
    HandlesOwnPoints,
    NotEnoughPoints,
    Owing,
    PointKind,
    ReceiverMissing,
)
from app.facts.wallets import PointsDonated, PointsExpired, PointsTakenBack, WalletOpened
from app.sentences import FieldWords, Names, calls, says, stays, tells
from app.sentences.points import points
from app.storage.fold import Recorded
from app.words import N_, _

calls(
    ExpiryPolicy,
    N_("积分多久过期"),
    N_("先用先得的分。到期没用完的，自动清掉。"),
    {
        "after_months": FieldWords(N_("得分 {value} 个月后过期"), N_("积分一直有效")),
        "at_year_end": FieldWords(N_("到期那一年的年底才清"), N_("到期当天就清")),
    },
)
calls(
    DonationPolicy,
    N_("积分转赠"),
    N_("志愿者能不能把积分送给别的志愿者。"),
    {"allowed": FieldWords(N_("可以转赠"), N_("不能转赠"))},
)
stays(PointsDonated, because=N_("积分已经到对方账上了。要还，请对方再转回来。"))

KINDS = {
    PointKind.EARNED: N_("服务得分"),
    PointKind.GRANTED: N_("奖励"),
    PointKind.RECEIVED: N_("受赠"),
    PointKind.REDEEMED: N_("兑换"),
    PointKind.RESTORED: N_("撤销退回"),
    PointKind.TAKEN_BACK: N_("扣回"),
    PointKind.EXPIRED: N_("过期"),
    PointKind.DONATED: N_("转赠"),
}


def kind_words(kind: PointKind) -> str:
    """What a line of the ledger of points is called."""
    return _(KINDS[kind])


@says(NotEnoughPoints)
def not_enough_points(problem: NotEnoughPoints) -> str:
    return _("还差 {missing}，现有 {balance}。").format(
        missing=points(problem.missing_cents), balance=points(problem.balance_cents)
    )


@says(Owing)
def owing(problem: Owing) -> str:
    return _("以前撤销的时长或奖励还欠 {owed}。往后服务得的分先抵，抵完就能兑换。").format(
        owed=points(problem.owed_cents)
    )


@says(DonationNotAllowed)
def donation_not_allowed(problem: DonationNotAllowed) -> str:
    return _("本地规定积分不能转赠。要转，请管理员在设置里改。")


@says(ReceiverMissing)
def receiver_missing(problem: ReceiverMissing) -> str:
    return _("转给哪位志愿者？从名单里选一位。")


@says(GivesToThemselves)
def gives_to_themselves(problem: GivesToThemselves) -> str:
    return _("不能转给自己，请另选一位。")


@says(HandlesOwnPoints)
def handles_own_points(problem: HandlesOwnPoints) -> str:
    return _("自己的积分要由别人经手，请换一位同事。")


@says(DonationImpossible)
def donation_impossible(problem: DonationImpossible) -> str:
    return _("转赠多少积分？填大于 0 的数。")


@tells(WalletOpened)
def tell_opened(it: Recorded[WalletOpened], names: Names) -> str:
    return _("在“{unit}”开积分账户").format(unit=it.body.unit)


@tells(PointsTakenBack)
def tell_taken_back(it: Recorded[PointsTakenBack], names: Names) -> str:
    told = _("时长撤销，扣回 {points}") if it.body.service else _("扣回所欠的 {points}")
    return told.format(points=points(it.body.points_cents))


@tells(PointsExpired)
def tell_expired(it: Recorded[PointsExpired], names: Names) -> str:
    return _("{day}以前得的积分到期，清掉 {points}").format(
        day=full_date(it.body.earned_until), points=points(it.body.points_cents)
    )


@tells(PointsDonated)
def tell_donated(it: Recorded[PointsDonated], names: Names) -> str:
    return _("转赠 {points}给{who}").format(points=points(it.body.points_cents), who=names.person(it.body.to))
