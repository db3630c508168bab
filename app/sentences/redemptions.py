"""Redemptions (兑换) in words: why not, and what happened."""

from __future__ import annotations

from app.actions.redemptions import RedemptionEntry
from app.domain.moments import say_date
from app.domain.redemptions import (
    AgentMissing,
    AlreadyRedeemed,
    AlreadyReversed,
    BelowThreshold,
    CheckerUnfit,
    GiftNotOffered,
    NothingChosen,
    QuarterInDoubt,
    RedemptionPolicy,
    RedemptionUnknown,
    RegisterTooLong,
    ServesThemselves,
    TooLittleAtOnce,
    TooManyPieces,
    TooMuchAtOnce,
)
from app.facts.wallets import GiftRedeemed, ReceiptReprinted, RedemptionReversed, WalletNote
from app.sentences import FieldWords, Names, calls, says, stays, tells
from app.sentences.points import points
from app.storage.fold import Recorded
from app.words import N_, _

calls(
    RedemptionPolicy,
    N_("兑换的条件"),
    N_("每位志愿者每个季度兑换一次，这一条不能改。"),
    {
        "least_balance_cents": FieldWords(N_("积分满 {value} 分才能兑换"), N_("有分就能兑换")),
        "least_points_cents": FieldWords(N_("一次至少兑换 {value} 分的礼品"), N_("一次兑换多少都行")),
        "most_points_cents": FieldWords(N_("一次最多兑换 {value} 分的礼品"), N_("一次兑换不设上限")),
        "most_pieces": FieldWords(N_("一次最多拿 {value} 件"), N_("一次拿几件不限")),
    },
)
stays(RedemptionReversed, because=N_("已经撤销，礼品和积分都退回了。要换，就再兑换一次。"))


def receiver_words(it: RedemptionEntry) -> str:
    """Who took the gifts: the volunteer, or somebody for them."""
    if not it.by_agent:
        return _("本人")
    if not it.relation:
        return _("别人代领")
    return _("{name}（{relation}）代领").format(name=it.agent, relation=it.relation)


@says(NothingChosen)
def nothing_chosen(problem: NothingChosen) -> str:
    return _("先选礼品。")


@says(AlreadyRedeemed)
def already_redeemed(problem: AlreadyRedeemed) -> str:
    return _("本季度{day}在{unit}兑换过，{next_day}起可以再兑换。").format(
        unit=problem.unit,
        day=say_date(problem.redeemed_on, problem.redeemed_on),
        next_day=say_date(problem.next_day, problem.redeemed_on),
    )


@says(QuarterInDoubt)
def quarter_in_doubt(problem: QuarterInDoubt) -> str:
    first = say_date(problem.first_day, problem.last_day)
    if problem.has_colleague:
        return _(
            "资料恢复过，恢复之前、{first}起的兑换可能没有找回来。请查这一季度的纸质凭证，没换过的，请一位同事复核后再换。"
        ).format(first=first)
    return _(
        "资料恢复过，恢复之前、{first}起的兑换可能没有找回来，这一季度要两个人查过纸质凭证才能换。"
        "站里只有您一位，请管理员在设置里添一位工作人员来复核；不然就等到{next_day}。"
    ).format(first=first, next_day=say_date(problem.next_day, problem.last_day))


@says(BelowThreshold)
def below_threshold(problem: BelowThreshold) -> str:
    return _("积分满 {least}才能兑换，现有 {balance}。").format(
        least=points(problem.least_cents), balance=points(problem.balance_cents)
    )


@says(TooLittleAtOnce)
def too_little(problem: TooLittleAtOnce) -> str:
    return _("一次至少兑换 {least}的礼品，请再添一样。").format(least=points(problem.least_cents))


@says(TooMuchAtOnce)
def too_much(problem: TooMuchAtOnce) -> str:
    return _("一次最多兑换 {most}的礼品，请去掉一些。").format(most=points(problem.most_cents))


@says(TooManyPieces)
def too_many(problem: TooManyPieces) -> str:
    return _("一次最多拿 {most} 件，请去掉一些。").format(most=problem.most)


@says(GiftNotOffered)
def not_offered(problem: GiftNotOffered) -> str:
    return _("“{name}”已经下架，请另选一样。").format(name=problem.name)


@says(ServesThemselves)
def serves_themselves(problem: ServesThemselves) -> str:
    return _("自己的兑换要由同事来办。")


@says(CheckerUnfit)
def checker_unfit(problem: CheckerUnfit) -> str:
    return _("复核人要另找一位同事，不能是经办人或志愿者本人。")


@says(AgentMissing)
def agent_missing(problem: AgentMissing) -> str:
    return _("写上代领人的姓名和与志愿者的关系。")


@says(RegisterTooLong)
def register_too_long(problem: RegisterTooLong) -> str:
    return _("这里有 {count} 次兑换，最多一起印 {most} 次。请先筛一筛，比如只看一天。").format(
        count=f"{problem.count:,}", most=f"{problem.most:,}"
    )


@says(RedemptionUnknown)
def redemption_unknown(problem: RedemptionUnknown) -> str:
    return _("这里没有这次兑换，请核对凭证号。")


@says(AlreadyReversed)
def already_reversed(problem: AlreadyReversed) -> str:
    return _("{number} 已经撤销过了。").format(number=problem.number)


@tells(GiftRedeemed)
def tell_redeemed(it: Recorded[GiftRedeemed], names: Names) -> str:
    gifts = _("、").join(
        _("{gift} {quantity} {unit}").format(gift=one.name, quantity=one.quantity, unit=one.unit)
        for one in it.body.gifts
    )
    return _("兑换{gifts}，扣 {points}，凭证 {number}").format(
        gifts=gifts, points=points(it.body.points_cents), number=it.body.number
    )


@tells(ReceiptReprinted)
def tell_reprinted(it: Recorded[ReceiptReprinted], names: Names) -> str:
    return _("凭证第 {copy} 次补打").format(copy=it.body.copy)


@tells(RedemptionReversed)
def tell_reversed(it: Recorded[RedemptionReversed], names: Names) -> str:
    told = _("撤销兑换 {number}，退回 {points}").format(
        number=it.body.number, points=points(it.body.points_cents)
    )
    note = it.part(it.body.wallet, WalletNote)
    return _("{told}：{note}").format(told=told, note=note.text) if note else told
