"""An order of the board in words and shapes (卡片文字): what a card says, and how its state looks. No rules."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.actions.board import Card as OrderCard
from app.actions.board import Column
from app.domain import moments
from app.domain.calendar import shanghai_day
from app.domain.orders import ENDED, State
from app.sentences import orders as words
from app.sentences.categories import category_name
from app.words import N_, _
from ui.parts.cards import Card
from ui.parts.rows import State as Shape

COLUMNS = {
    Column.SCREENING: N_("待审"),
    Column.WAITING: N_("待派"),
    Column.OFFERED: N_("待接"),
    Column.SERVING: N_("服务中"),
    Column.RATING: N_("待评"),
    Column.HANDED_UP: N_("转办中"),
    Column.ENDED: N_("已结"),
}
NOTHING_HERE = {
    Column.SCREENING: N_("没有要审的"),
    Column.WAITING: N_("没有等着派的"),
    Column.OFFERED: N_("没有等队伍接的"),
    Column.SERVING: N_("没有在服务的"),
    Column.RATING: N_("没有要评的"),
    Column.HANDED_UP: N_("没有转出去的"),
    Column.ENDED: N_("三十天内没有办结的"),
}
_SHAPES = {
    State.SUBMITTED: Shape("hollow", "waiting"),
    State.WAITING: Shape("hollow", "waiting"),
    State.DISPATCHED: Shape("half", "waiting"),
    State.ACCEPTED: Shape("hollow", "under_way"),
    State.IN_SERVICE: Shape("half", "under_way"),
    State.DONE: Shape("hollow", "done"),
    State.RATED: Shape("half", "done"),
    State.ESCALATED: Shape("half", "waiting"),
    State.REFERRED: Shape("half", "waiting"),
    State.REJECTED: Shape("dash", "closed"),
    State.CANCELLED: Shape("dash", "closed"),
    State.CLOSED: Shape("tick", "done"),
}
_TIME_RATHER_THAN_COUNTDOWN = timedelta(hours=3)


def column_name(column: Column) -> str:
    return _(COLUMNS[column])


def shape_of(state: State) -> Shape:
    """Ring and colour of a state, with its word."""
    shape = _SHAPES[state]
    return Shape(shape.shape, shape.colour, words.state(state))


def card_of(order: OrderCard, now: datetime) -> Card:
    """What the board shows of an order at ``now``."""
    is_overdue = order.overdue(now)
    time = time_of(order, now)
    who = " · ".join(part for part in (order.who, _where(order), *_open_ends(order)) if part)
    return Card(
        key=order.id,
        head=category_name(order.category),
        what=order.what,
        who=who,
        time=time,
        state=_SHAPES[order.state],
        badge=_("急") if order.urgent else "",
        is_overdue=is_overdue,
        brief=_briefly(order, now),
        spoken=_spoken(order, who, time),
    )


def time_of(order: OrderCard, now: datetime) -> str:
    """还剩40分, 超时20分; the wanted time itself while it is hours away; how it ended, for what has."""
    if order.state in ENDED:
        return _("{stars} 星").format(stars=order.stars) if order.stars else words.state(order.state)
    if order.due_at is None:
        return words.state(order.state)
    if _is_appointment(order, now):
        return moments.say_moment(order.due_at, now)
    return moments.say_remaining(order.due_at, now)


def _briefly(order: OrderCard, now: datetime) -> str:
    """20分, 明天: beside the sign of its state, where the card has no room for more."""
    if order.state in ENDED or order.due_at is None:
        return ""
    if _is_appointment(order, now):
        return moments.say_day(shanghai_day(order.due_at), shanghai_day(now))
    return moments.say_span(order.due_at, now)


def _is_appointment(order: OrderCard, now: datetime) -> bool:
    """Whether the day and hour that were wanted are told, as long as they are hours away."""
    is_far = order.due_at is not None and order.due_at - now > _TIME_RATHER_THAN_COUNTDOWN
    return is_far and order.due_at == order.wanted_at


def _where(order: OrderCard) -> str:
    """The place, and the team once one has it."""
    return order.team or order.place


def _open_ends(order: OrderCard) -> list[str]:
    ends = []
    if order.call_back_open:
        ends.append(_("{stars} 星要回访").format(stars=order.stars))
    if order.money_open and order.state in (State.DONE, State.RATED, State.CANCELLED):
        ends.append(_("款没结"))
    if order.refusals and order.state is State.WAITING:
        ends.append(_("拒过 {count} 次").format(count=order.refusals))
    if order.asked_again:
        ends.append(_("又问 {count} 次").format(count=order.asked_again))
    return ends


def _spoken(order: OrderCard, who: str, time: str) -> str:
    parts = [words.state(order.state), category_name(order.category), order.what, who, time]
    if order.urgent:
        parts.insert(1, _("急"))
    return _("，").join(part for part in parts if part)
