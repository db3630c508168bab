"""Service records (服务记录) in words: refusals, and what happened to one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.actions.services import (
    ContentMissing,
    OrderNotServed,
    ServiceCategoryMissing,
    ServiceUnknown,
    TooManyPhotos,
)
from app.domain.calendar import shanghai
from app.domain.moments import full_date, say_exactly
from app.domain.numbers import short_order_number
from app.domain.numerals import hours_text
from app.domain.services import (
    ActivityMissing,
    BeforeRegistration,
    EndBeforeStart,
    MoreThanADay,
    NobodyServed,
    NotApproved,
    NoTimeServed,
    NotWaiting,
    Overlapping,
    PhotoNotJpeg,
    PhotoTooLarge,
    ReasonNotGiven,
    RecordingPolicy,
    SelfApproval,
    ServiceInTheFuture,
    ServiceLongAgo,
    State,
    TooLong,
)
from app.facts import instant
from app.facts.services import (
    ServiceApproved,
    ServiceDeclined,
    ServiceNote,
    ServiceRecorded,
    ServiceReopened,
    ServiceReversed,
)
from app.sentences import Names, calls, says, stays, tells
from app.sentences.points import points
from app.storage.fold import Recorded
from app.words import N_, _

calls(
    RecordingPolicy,
    N_("服务怎样记录"),
    N_("记服务时最多能记多久，过了几天算补录。"),
    {
        "longest_hours": N_("一次服务最长记 {value} 小时"),
        "most_hours_a_day": N_("一个人一天最多记 {value} 小时"),
        "late_after_working_days": N_("服务以后 {value} 个工作日内记录，再晚算补录"),
    },
)

STATES = {
    State.WAITING: N_("待审核"),
    State.APPROVED: N_("已通过"),
    State.DECLINED: N_("未通过"),
    State.REVERSED: N_("已撤销"),
}
_EXACT_MINUTES = 1


def state(value: State) -> str:
    return _(STATES[value])


def hours(minutes: int) -> str:
    """``2 小时 30 分``; what a reversal takes has a minus sign."""
    said = hours_text(abs(minutes), _EXACT_MINUTES)
    return f"-{said}" if minutes < 0 else said


def span(started_at: datetime, ended_at: datetime) -> str:
    """``2026年4月7日 09:00—11:00``; with both days where it crosses midnight."""
    begin, end = shanghai(started_at), shanghai(ended_at)
    until = f"{end:%H:%M}" if begin.date() == end.date() else say_exactly(ended_at)
    return f"{say_exactly(started_at)}—{until}"


@says(ServiceUnknown)
def service_unknown(problem: ServiceUnknown) -> str:
    return _("这里没有这条服务记录。")


@says(NobodyServed)
def nobody_served(problem: NobodyServed) -> str:
    return _("填上至少一位志愿者和起止时间。")


@says(ActivityMissing)
def activity_missing(problem: ActivityMissing) -> str:
    return _("写上是什么活动。")


@says(ContentMissing)
def content_missing(problem: ContentMissing) -> str:
    return _("写一句做了什么，开证明时要用。")


@says(ServiceCategoryMissing)
def category_missing(problem: ServiceCategoryMissing) -> str:
    return _("选一个服务类别。")


@says(OrderNotServed)
def order_not_served(problem: OrderNotServed) -> str:
    if not problem.number:
        return _("这里没有这张订单，请核对编号。")
    return _("订单 {number} 还没有人接，先接单再记服务。").format(number=problem.number)


@says(EndBeforeStart)
def end_before_start(problem: EndBeforeStart) -> str:
    return _("结束时间早于开始时间，请核对。")


@says(NoTimeServed)
def no_time_served(problem: NoTimeServed) -> str:
    return _("起止时间一样，请写实际的时间。")


@says(TooLong)
def too_long(problem: TooLong) -> str:
    return _("这一段有 {hours}，一段最多记 {most} 小时，请核对日期。").format(
        hours=hours(problem.minutes), most=problem.longest_hours
    )


@says(ServiceLongAgo)
def long_ago(problem: ServiceLongAgo) -> str:
    return _("这是 {years} 多年前的日期，请核对。").format(years=problem.years)


@says(ServiceInTheFuture)
def in_the_future(problem: ServiceInTheFuture) -> str:
    return _("结束时间还没到，服务完再记。")


@says(BeforeRegistration)
def before_registration(problem: BeforeRegistration) -> str:
    return _("{name} {day}才登记为志愿者，这之前的时间不能记。").format(
        name=problem.name, day=full_date(problem.registered_on)
    )


@says(MoreThanADay)
def more_than_a_day(problem: MoreThanADay) -> str:
    return _("{name} {day}已记 {recorded}，再记 {more} 就超过一天 {most} 小时了，请核对。").format(
        name=problem.name,
        day=full_date(problem.day),
        recorded=hours(problem.recorded_minutes),
        more=hours(problem.minutes),
        most=problem.most_hours,
    )


@says(Overlapping)
def overlapping(problem: Overlapping) -> str:
    when = span(problem.started_at, problem.ended_at)
    if problem.order_number is None:
        return _("{name} {when} 已记了“{activity}”，时间重叠，请核对。").format(
            name=problem.name, when=when, activity=problem.activity
        )
    return _("{name} {when} 已记了“{activity}”（订单 {number}），时间重叠，请核对。").format(
        name=problem.name,
        when=when,
        activity=problem.activity,
        number=short_order_number(problem.order_number),
    )


@says(SelfApproval)
def self_approval(problem: SelfApproval) -> str:
    return _("自己的服务时长要由别人审核，请换一位同事。")


@says(NotWaiting)
def not_waiting(problem: NotWaiting) -> str:
    return _("这条记录{state}，不用再审。").format(state=state(problem.state))


@says(NotApproved)
def not_approved(problem: NotApproved) -> str:
    return _("这条记录是“{state}”，只有已通过的才能撤销。").format(state=state(problem.state))


@says(ReasonNotGiven)
def reason_not_given(problem: ReasonNotGiven) -> str:
    return _("写明原因，志愿者问起来才答得上。")


@says(PhotoTooLarge)
def photo_too_large(problem: PhotoTooLarge) -> str:
    return _("照片有 {size} kB，最多 {most} kB，请缩小后再放。").format(
        size=-(-problem.photo_bytes // 1_000), most=problem.most_bytes // 1_000
    )


@says(PhotoNotJpeg)
def photo_not_jpeg(problem: PhotoNotJpeg) -> str:
    return _("这个文件不是完整的 JPEG 照片，请另选一张。")


@says(TooManyPhotos)
def too_many_photos(problem: TooManyPhotos) -> str:
    return _("一次最多放 {most} 张照片。").format(most=problem.most)


@tells(ServiceRecorded)
def tell_recorded(it: Recorded[ServiceRecorded], names: Names) -> str:
    body = it.body
    told = _("记下 {who} {when} 的服务：{activity}，{hours}").format(
        who=names.person(body.person),
        when=span(instant(body.started_at), instant(body.ended_at)),
        activity=body.activity,
        hours=hours(body.minutes),
    )
    return _("{told}（超过规定期限才记）").format(told=told) if body.late else told


@tells(ServiceApproved)
def tell_approved(it: Recorded[ServiceApproved], names: Names) -> str:
    return _("审核通过，计 {hours}，积 {points}").format(
        hours=hours(it.body.minutes), points=points(it.body.points_cents)
    )


@tells(ServiceDeclined)
def tell_declined(it: Recorded[ServiceDeclined], names: Names) -> str:
    return _with_note(_("审核未通过"), it)


@tells(ServiceReversed)
def tell_reversed(it: Recorded[ServiceReversed], names: Names) -> str:
    told = _("撤销，扣回 {hours}，积分 {points}").format(
        hours=hours(it.body.minutes), points=points(it.body.points_cents)
    )
    return _with_note(told, it)


@tells(ServiceReopened)
def tell_reopened(it: Recorded[ServiceReopened], names: Names) -> str:
    return _("收回不通过，重新待审")


stays(ServiceReversed, because=N_("时长和积分已经扣回。要恢复，就重新补录一条。"))
stays(ServiceReopened, because=N_("这条记录已经重新待审，再审一次就行。"))


def _with_note(told: str, it: Recorded[Any]) -> str:
    note = it.part(it.body.person, ServiceNote)
    return _("{told}：{note}").format(told=told, note=note.text) if note else told
