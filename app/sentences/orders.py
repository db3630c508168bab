"""Orders (订单) in words: refusals, and what happened to one, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.actions.orders import (
    BeneficiaryMissing,
    CategoryMissing,
    OrderUnknown,
    RequesterMissing,
    TakerMissing,
    TeamNotOpen,
    WhatMissing,
)
from app.domain import moments
from app.domain.numbers import shown_order_number
from app.domain.orders import (
    AdvanceNotSettled,
    AmountMissing,
    ConsentMissing,
    FinishedBeforeStarted,
    NotNow,
    OfficeMissing,
    OrderLimits,
    ProxyMissing,
    RatedAlready,
    ReasonMissing,
    StarsOutOfRange,
    StartInTheFuture,
    State,
    WantedInThePast,
)
from app.facts import instant
from app.facts.orders import (
    OrderAccepted,
    OrderAnswered,
    OrderAskedAgain,
    OrderCalledBack,
    OrderCancelled,
    OrderClosed,
    OrderContacted,
    OrderDispatched,
    OrderEdited,
    OrderEscalated,
    OrderFinished,
    OrderGrabbed,
    OrderNote,
    OrderRated,
    OrderReferred,
    OrderRefused,
    OrderRejected,
    OrderReturned,
    OrderScreened,
    OrderSetBack,
    OrderSettled,
    OrderStarted,
    OrderSubmitted,
    OrderTaken,
    OrderWithdrawn,
    TakenBy,
)
from app.sentences import FieldWords, Names, calls, says, stays, tells
from app.storage.fold import Recorded
from app.words import N_, _

calls(
    OrderLimits,
    N_("点单和派单的时限"),
    N_("每一步多久算超时。到时只提醒，不会自动做什么；已经记下的时限不变。"),
    {
        "screening": FieldWords(N_("新订单先审核，再派出去"), N_("新订单不用审核，直接待派")),
        "screen_working_days": N_("新订单 {value} 个工作日内审核"),
        "dispatch_hours": N_("审核以后 {value} 小时内派给队伍"),
        "accept_hours": N_("派出以后 {value} 小时内接单"),
        "contact_hours": N_("接单以后 {value} 小时内先联系居民"),
        "finish_hours": N_("接单以后 {value} 小时内办完"),
        "urgent_hours": N_("急单 {value} 小时内办完"),
        "rate_days": N_("办完以后 {value} 天内请居民评价"),
        "answer_days": N_("上交、转办以后 {value} 天内要有答复"),
        "call_back_working_days": N_("居民不满意的，{value} 个工作日内回访"),
        "fix_days": N_("居民不满意的，{value} 天内改好"),
        "refusals_before_escalation": N_("被拒 {value} 次，提醒上交"),
    },
)

CHANNELS = {
    "walk_in": N_("来人"),
    "call": N_("电话"),
    "swallow": N_("飞燕"),
    "captain": N_("楼长"),
    "campaign": N_("敲门行动"),
    "snapshot": N_("随手拍"),
    "app": N_("网上"),
}
CAUTIONS = {
    "alone": N_("独居"),
    "hard_to_walk": N_("行动不便"),
    "dog": N_("有狗"),
    "contagious": N_("传染"),
}
STATES = {
    State.SUBMITTED: N_("待审"),
    State.WAITING: N_("待派"),
    State.DISPATCHED: N_("待接"),
    State.ACCEPTED: N_("已接"),
    State.IN_SERVICE: N_("服务中"),
    State.DONE: N_("待评"),
    State.RATED: N_("已评"),
    State.ESCALATED: N_("已上交"),
    State.REFERRED: N_("已转办"),
    State.REJECTED: N_("不予受理"),
    State.CANCELLED: N_("已取消"),
    State.CLOSED: N_("已办结"),
}
STEPS = {
    "screen": N_("审核"),
    "reject": N_("不予受理"),
    "dispatch": N_("派单"),
    "grab": N_("抢单"),
    "withdraw": N_("撤回"),
    "accept": N_("接单"),
    "refuse": N_("拒单"),
    "give_back": N_("退回"),
    "edit": N_("修改"),
    "cancel": N_("取消"),
    "escalate": N_("上交"),
    "refer": N_("转办"),
    "take": N_("签收"),
    "answer": N_("记回复"),
    "contact": N_("首次联系"),
    "start": N_("开始服务"),
    "finish": N_("完成服务"),
    "settle": N_("结清代购"),
    "rate": N_("评单"),
    "call_back": N_("回访"),
    "close": N_("办结"),
    "ask_again": N_("并单"),
}
RATED_HOW = {
    "on_the_spot": N_("当面"),
    "paper": N_("纸质"),
    "phone": N_("电话"),
    "proxy": N_("代办人转达"),
}


def channel(value: str) -> str:
    return _(CHANNELS[value]) if value in CHANNELS else value


def caution(value: str) -> str:
    return _(CAUTIONS[value]) if value in CAUTIONS else value


def minded(cautions: Sequence[str], mind: str) -> str:
    """What whoever goes there must mind, in a line."""
    usual = [caution(one) for one in cautions]
    typed = "" if mind in usual else mind  # typed although its chip was pressed, too
    return _("；").join(part for part in (_("、").join(usual), typed) if part)


def state(value: State) -> str:
    return _(STATES[value])


def step(value: str) -> str:
    return _(STEPS[value])


def rated_how(value: str) -> str:
    return _(RATED_HOW[value]) if value in RATED_HOW else value


def money(cents: int) -> str:
    """``12.50 元``; whole yuan without the fraction."""
    sign, amount = ("-" if cents < 0 else ""), abs(cents)
    yuan = f"{amount // 100}" if amount % 100 == 0 else f"{amount // 100}.{amount % 100:02}"
    return _("{amount} 元").format(amount=sign + yuan)


@says(OrderUnknown)
def order_unknown(problem: OrderUnknown) -> str:
    return _("这里没有这张订单，请核对编号。")


@says(NotNow)
def not_now(problem: NotNow) -> str:
    return _("订单 {number} 现在是“{state}”，不能{step}。看一下它的经过再决定。").format(
        number=shown_order_number(problem.number), state=state(problem.state), step=step(problem.step)
    )


@says(WhatMissing)
def what_missing(problem: WhatMissing) -> str:
    return _("写一句要什么，派单的人才知道派给谁。")


@says(CategoryMissing)
def category_missing(problem: CategoryMissing) -> str:
    return _("按 1–9 选一个类别，或按 0 打开全部类别。")


@says(RequesterMissing)
def requester_missing(problem: RequesterMissing) -> str:
    return _("先填是谁要办的：电话、拼音、姓名都能找到人。")


@says(BeneficiaryMissing)
def beneficiary_missing(problem: BeneficiaryMissing) -> str:
    return _("填一下给谁办；给本人办就按 Ctrl+B 收起来。")


@says(ConsentMissing)
def consent_missing(problem: ConsentMissing) -> str:
    return _("替别人点单，要本人口头同意。问过以后勾上“已口头同意”。")


@says(ProxyMissing)
def proxy_missing(problem: ProxyMissing) -> str:
    return _("填一下是谁代办的。")


@says(WantedInThePast)
def wanted_in_the_past(problem: WantedInThePast) -> str:
    return _("这个时间已经过了，请写以后的时间，或者留空表示尽快。")


@says(ReasonMissing)
def reason_missing(problem: ReasonMissing) -> str:
    return _("写明原因，居民问起来才答得上。")


@says(OfficeMissing)
def office_missing(problem: OfficeMissing) -> str:
    return _("写明交给哪个单位。")


@says(TakerMissing)
def taker_missing(problem: TakerMissing) -> str:
    return _("写上签收人的姓名。")


@says(TeamNotOpen)
def team_not_open(problem: TeamNotOpen) -> str:
    return _("这支队伍不存在或已停止接单，请另选一支。")


@says(AmountMissing)
def amount_missing(problem: AmountMissing) -> str:
    return _("金额不能小于零，请写实际发生的数。")


@says(AdvanceNotSettled)
def advance_not_settled(problem: AdvanceNotSettled) -> str:
    return _("订单 {number} 的代购款还没结清，先结清再办结。").format(
        number=shown_order_number(problem.number)
    )


@says(StarsOutOfRange)
def stars_out_of_range(problem: StarsOutOfRange) -> str:
    return _("评分是一到五颗星。")


@says(RatedAlready)
def rated_already(problem: RatedAlready) -> str:
    return _("订单 {number} 已经评过了，不能再评。").format(number=shown_order_number(problem.number))


@says(FinishedBeforeStarted)
def finished_before_started(problem: FinishedBeforeStarted) -> str:
    return _("结束时间早于开始时间，请核对。")


@says(StartInTheFuture)
def start_in_the_future(problem: StartInTheFuture) -> str:
    return _("这个时间还没到，请写实际的时间。")


@tells(OrderSubmitted)
def tell_submitted(it: Recorded[OrderSubmitted], names: Names) -> str:
    told = _("{channel}点单，编号 {number}").format(
        channel=channel(it.body.channel), number=shown_order_number(it.body.number)
    )
    if it.body.proxy is not None:
        told += _("，{proxy} 代办").format(proxy=names.person(it.body.proxy))
    return told


@tells(OrderEdited)
def tell_edited(it: Recorded[OrderEdited], names: Names) -> str:
    return _("修改了内容")


@tells(OrderAskedAgain)
def tell_asked_again(it: Recorded[OrderAskedAgain], names: Names) -> str:
    told = _("{who} 又来问过，并到这一单").format(who=names.person(it.body.requester))
    return _with_note(told, it, it.body.beneficiary)


@tells(OrderScreened)
def tell_screened(it: Recorded[OrderScreened], names: Names) -> str:
    return _("审核通过，可以派单")


@tells(OrderRejected)
def tell_rejected(it: Recorded[OrderRejected], names: Names) -> str:
    told = _("不予受理：{reason}；已告知：{told}").format(reason=it.body.reason, told=it.body.told)
    return _with_note(told, it, it.body.beneficiary)


@tells(OrderDispatched)
def tell_dispatched(it: Recorded[OrderDispatched], names: Names) -> str:
    if it.body.volunteer is not None:
        return _("派给 {team} 的 {volunteer}").format(
            team=names.team(it.body.team), volunteer=names.person(it.body.volunteer)
        )
    return _("派给 {team}").format(team=names.team(it.body.team))


@tells(OrderGrabbed)
def tell_grabbed(it: Recorded[OrderGrabbed], names: Names) -> str:
    return _("{team} 抢单").format(team=names.team(it.body.team))


@tells(OrderAccepted)
def tell_accepted(it: Recorded[OrderAccepted], names: Names) -> str:
    if it.body.volunteer is not None:
        return _("接单，由 {volunteer} 去").format(volunteer=names.person(it.body.volunteer))
    return _("已接单")


@tells(OrderRefused)
def tell_refused(it: Recorded[OrderRefused], names: Names) -> str:
    told = _("{team} 拒单：{reason}").format(team=names.team(it.body.team), reason=it.body.reason)
    return _with_note(told, it, it.body.beneficiary)


@tells(OrderReturned)
def tell_returned(it: Recorded[OrderReturned], names: Names) -> str:
    told = _("{team} 退回：{reason}").format(team=names.team(it.body.team), reason=it.body.reason)
    return _with_note(told, it, it.body.beneficiary)


@tells(OrderWithdrawn)
def tell_withdrawn(it: Recorded[OrderWithdrawn], names: Names) -> str:
    return _("撤回对 {team} 的派单").format(team=names.team(it.body.team))


@tells(OrderCancelled)
def tell_cancelled(it: Recorded[OrderCancelled], names: Names) -> str:
    return _with_note(_("取消：{reason}").format(reason=it.body.reason), it, it.body.beneficiary)


@tells(OrderEscalated)
def tell_escalated(it: Recorded[OrderEscalated], names: Names) -> str:
    told = _("上交 {office}").format(office=it.body.office)
    return _with_note(told, it, it.body.beneficiary)


@tells(OrderReferred)
def tell_referred(it: Recorded[OrderReferred], names: Names) -> str:
    told = _("走政策，转办 {office}").format(office=it.body.office)
    return _with_note(told, it, it.body.beneficiary)


@tells(OrderTaken)
def tell_taken(it: Recorded[OrderTaken], names: Names) -> str:
    part = it.part(it.body.beneficiary, TakenBy)
    return _("{name} 签收").format(name=part.name) if part else _("已签收")


@tells(OrderAnswered)
def tell_answered(it: Recorded[OrderAnswered], names: Names) -> str:
    told = _("回复：已解决") if it.body.solved else _("回复：退回本站办理")
    return _with_note(told, it, it.body.beneficiary)


@tells(OrderContacted)
def tell_contacted(it: Recorded[OrderContacted], names: Names) -> str:
    return _("已和居民联系上")


@tells(OrderStarted)
def tell_started(it: Recorded[OrderStarted], names: Names) -> str:
    return _("{when} 开始服务").format(when=moments.say_beside(instant(it.body.started_at), it.at))


@tells(OrderFinished)
def tell_finished(it: Recorded[OrderFinished], names: Names) -> str:
    told = _("{when} 服务完成").format(when=moments.say_beside(instant(it.body.finished_at), it.at))
    return _with_note(told, it, it.body.beneficiary)


@tells(OrderSettled)
def tell_settled(it: Recorded[OrderSettled], names: Names) -> str:
    body = it.body
    told = _("代购结清：花了 {spent}，还款 {repaid}").format(
        spent=money(body.spent_cents), repaid=money(body.repaid_cents)
    )
    told += _("，有小票") if body.receipt else _("，没有小票")
    return told + (_("，已签字") if body.signed else _("，没有签字"))


@tells(OrderRated)
def tell_rated(it: Recorded[OrderRated], names: Names) -> str:
    told = _("{how}评 {stars} 星").format(how=rated_how(it.body.how), stars=it.body.stars)
    return _with_note(told, it, it.body.beneficiary)


@tells(OrderCalledBack)
def tell_called_back(it: Recorded[OrderCalledBack], names: Names) -> str:
    told = _("回访，居民满意了") if it.body.settled else _("回访，还要再办")
    return _with_note(told, it, it.body.beneficiary)


@tells(OrderClosed)
def tell_closed(it: Recorded[OrderClosed], names: Names) -> str:
    return _("已办结")


@tells(OrderSetBack)
def tell_set_back(it: Recorded[OrderSetBack], names: Names) -> str:
    undone, now = STEPS.get(it.body.step), it.body.state
    if undone is None or now not in STATES:
        return _("撤销了上一步")
    return _("撤销“{step}”，回到“{state}”").format(step=_(undone), state=_(STATES[State(now)]))


stays(
    *(OrderEscalated, OrderReferred, OrderTaken),
    because=N_("已经交给上级或别的部门，收不回来。等对方回复了，再记“回复”。"),
)
stays(OrderSetBack, because=N_("撤销过的一步要重来，就再办一次。"))


def _with_note(told: str, it: Recorded[Any], person: str) -> str:
    note = it.parts.get(person)
    return _("{told}。{note}").format(told=told, note=note.text) if isinstance(note, OrderNote) else told
