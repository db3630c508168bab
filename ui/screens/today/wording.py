"""What the rows of the day say (今日的话): a chore, somebody who is served, a rating, a day in figures. No rules."""

from __future__ import annotations

from datetime import datetime

from app.actions.today import Appointment, Chore, DayCount, Rating, Today
from app.domain import moments
from app.domain.calendar import shanghai, shanghai_day
from app.domain.orders import State as OrderState
from app.domain.today import Waits
from app.sentences import policy_title
from app.sentences.categories import category_name
from app.sentences.points import points
from app.sentences.services import hours
from app.words import N_, _
from ui.parts.rows import Row, State
from ui.screens.board.wording import shape_of
from ui.screens.today.blocks import Door

_CHORES = {
    Waits.CALL_BACK: N_("{count} 单要回访"),
    Waits.SCREENING: N_("{count} 单要审"),
    Waits.DISPATCH: N_("{count} 单要派"),
    Waits.ACCEPTANCE: N_("{count} 单等队伍接"),
    Waits.SERVICE: N_("{count} 单该办完了"),
    Waits.ANSWER: N_("{count} 件转办要催答复"),
    Waits.RATING: N_("{count} 单要问评价"),
    Waits.APPROVAL: N_("{count} 条时长要核"),
    Waits.VOIDING: N_("{count} 份证明要作废"),
    Waits.STAR_ANSWER: N_("{count} 条星级异议要答复"),
    Waits.STAR_AWARD: N_("{count} 位公示完了，可以授星"),
    Waits.STAR_REVIEW: N_("{count} 位拟评星，要审"),
    Waits.EXPIRING: N_("{count} 批礼品快过期"),
    Waits.LOW_STOCK: N_("{count} 样礼品不多了"),
    Waits.COUNT: N_("该盘点礼品了"),
    Waits.COUNT_REASONS: N_("盘点差异要写原因"),
    Waits.LOG: N_("有记录损坏"),
    Waits.BACKUP: N_("备份晚了"),
    Waits.CARRYING: N_("外面那份备份晚了"),
}
_SCREENS = {
    Waits.APPROVAL: "services",
    Waits.VOIDING: "certificates",
    Waits.STAR_ANSWER: "stars",
    Waits.STAR_AWARD: "stars",
    Waits.STAR_REVIEW: "stars",
    Waits.EXPIRING: "counter",
    Waits.LOW_STOCK: "counter",
    Waits.COUNT: "counter",
    Waits.COUNT_REASONS: "counter",
    Waits.LOG: "settings",
    Waits.BACKUP: "settings",
    Waits.CARRYING: "settings",
}
_HINTS = {
    Waits.APPROVAL: N_("从最早的一条看起"),
    Waits.VOIDING: N_("上面有记录撤销了"),
    Waits.STAR_ANSWER: N_("星级评定"),
    Waits.STAR_AWARD: N_("星级评定"),
    Waits.STAR_REVIEW: N_("星级评定"),
    Waits.COUNT: N_("先数，再和账对"),
    Waits.COUNT_REASONS: N_("写上原因，账才改过来"),
    Waits.LOG: N_("自检会说怎么恢复"),
    Waits.BACKUP: N_("到设置里备份一次"),
    Waits.CARRYING: N_("插上存备份的U盘，或看看文件夹"),
}
"""What to do, where there is no first thing to tell of."""
_PLACES = {
    Waits.COUNT: "counting",
    Waits.COUNT_REASONS: "counting",
    Waits.LOG: "selfcheck",
    Waits.BACKUP: "backup",
    Waits.CARRYING: "backup",
}
"""Where a screen is opened, if not at the object."""
_ROUND = frozenset({Waits.COUNT, Waits.BACKUP, Waits.CARRYING})
"""What comes round again, and is told by the last time."""
_CONTENT_STARS = 3


def chore_row(chore: Chore, now: datetime, *, may_act: bool) -> Row:
    """How many, then the one that is due first: what, whose, where, and how much time is left. Who only looks is not
    told what to do.
    """
    return Row(
        _(_CHORES[chore.waits]).format(count=chore.count),
        tuple(filter(None, _details(chore, may_act=may_act))),
        value=Door(_SCREENS.get(chore.waits, "board"), _PLACES.get(chore.waits, chore.object)),
        state=_time_left(chore, now),
    )


def policy_row(name: str) -> Row:
    title = _("“{title}”今天起按新的办").format(title=policy_title(name))
    return Row(title, value=Door("settings", f"policy:{name}"), state=State("dash", "closed"))


def appointment_row(one: Appointment, now: datetime) -> Row:
    """``09:30—11:00 张* · 理发 · 爱心理发队``."""
    is_late = one.wanted_at < now and one.state is not OrderState.IN_SERVICE
    shape = shape_of(one.state)
    return Row(
        _clock(one),
        (one.who, category_name(one.category), one.team or _("还没派")),
        value=Door("board", one.order),
        state=State("triangle", "trouble", _("时间过了")) if is_late else shape,
    )


def more_row(count: int) -> Row:
    return Row(_("还有 {count} 位，到派单看").format(count=count), value=Door("board"), icon="more")


def rating_row(one: Rating) -> Row:
    is_content = one.stars >= _CONTENT_STARS
    stars = _("{stars} 星").format(stars=one.stars)
    return Row(
        _("“{words}”").format(words=one.words),
        tuple(filter(None, (category_name(one.category), one.team))),
        value=Door("board", one.order),
        state=State("tick", "done", stars) if is_content else State("triangle", "trouble", stars),
    )


def day_words(count: DayCount) -> str:
    return _("收 {taken} 单，办完 {finished} 单，服务 {hours}").format(
        taken=count.taken, finished=count.finished, hours=hours(count.minutes)
    )


def month_words(today: Today) -> str:
    """The sum of the month, as said at the head of the chart."""
    total = DayCount(
        today.day,
        sum(one.taken for one in today.month),
        sum(one.finished for one in today.month),
        sum(one.minutes for one in today.month),
    )
    return day_words(total)


def points_words(today: Today) -> str:
    """What has expired and what will; empty where there is nothing of it."""
    it = today.points
    if it is None:
        return ""
    said = []
    if it.expired.cents:
        said.append(
            _("过期 {points}（{count} 人）").format(points=points(it.expired.cents), count=it.expired.people)
        )
    if it.coming.cents:
        said.append(
            _("到 {day}还有 {points}会过期（{count} 人）").format(
                day=moments.say_date(it.until, today.day),
                points=points(it.coming.cents),
                count=it.coming.people,
            )
        )
    return _("，").join(said)


def _details(chore: Chore, *, may_act: bool) -> list[str]:
    first, late = chore.first, ""
    if first is not None and 0 < chore.overdue < chore.count:
        late = _("{count} 单超时").format(count=chore.overdue)
    if first is None:
        expired = _("{count} 批过期了").format(count=chore.overdue) if chore.overdue else ""
        return [chore.name or (_(_HINTS[chore.waits]) if may_act else ""), expired]
    return [late, category_name(first.category), first.what, first.who, first.team or first.place]


def _time_left(chore: Chore, now: datetime) -> State | None:
    if chore.waits is Waits.EXPIRING and chore.overdue:
        return State("triangle", "trouble", _("过期了"))
    if chore.due_at is not None:
        left = moments.say_remaining(chore.due_at, now)
        return State("triangle", "trouble", left) if chore.overdue else State("hollow", "waiting", left)
    if chore.waits in _ROUND:
        last = _("上次{day}").format(day=_day(chore.since, now)) if chore.since else _("一次也没有")
        is_count = chore.waits is Waits.COUNT
        return State("hollow", "waiting", last) if is_count else State("triangle", "trouble", last)
    if chore.waits is Waits.LOG:
        return State("triangle", "trouble", _("请先别记"))
    if chore.since is None:
        return None
    return State("hollow", "waiting", _("{day}起").format(day=_day(chore.since, now)))


def _day(at: datetime, now: datetime) -> str:
    return moments.say_day(shanghai_day(at), shanghai_day(now))


def _clock(one: Appointment) -> str:
    until = f"{shanghai(one.wanted_at):%H:%M}"
    if one.wanted_from is None or one.wanted_from == one.wanted_at:
        return until
    return f"{shanghai(one.wanted_from):%H:%M}—{until}"
