"""How a review of stars stands, in words and rows (评定的话). No rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from app.actions.star_review import RoundEntry, RoundView, StarEntry, StarObjection
from app.domain.moments import full_date, say_date
from app.domain.numbers import grouped
from app.domain.star_rounds import Stage
from app.sentences import star_rounds as words
from app.sentences.services import hours
from app.words import _
from ui.parts.rows import Row, State

PERSON, OBJECTION = "person", "objection"


def round_title(entry: RoundEntry) -> str:
    return _("截止{day} · {stage}").format(day=full_date(entry.cut_off), stage=words.stage(entry.stage))


def standing(view: RoundView, today: date) -> str:
    """Where the review is, and what comes next."""
    entry = view.entry
    if entry.stage is Stage.REVIEW:
        return _(
            "{count} 位拟评星，时长截止{day}。逐个看过，不合适的移出，然后公示至少 {days} 个工作日。"
        ).format(count=entry.proposed, day=full_date(entry.cut_off), days=entry.notice_working_days)
    if entry.stage is Stage.NOTICE:
        return _notice(view, today)
    assert entry.closed_on is not None
    if entry.stage is Stage.GIVEN_UP:
        return _("{day}由{by}结束，没有授星。").format(
            day=full_date(entry.closed_on), by=entry.closed_by or "—"
        )
    return _("{day}由{by}授星，{count} 位。").format(
        day=full_date(entry.closed_on), by=entry.closed_by or "—", count=entry.awarded
    )


def trouble(view: RoundView) -> str:
    """What must be decided; empty when nothing must."""
    if view.entry.open_objections:
        return _("有 {count} 条异议等着答复。").format(count=view.entry.open_objections)
    if not view.short:
        return ""
    if view.entry.stage is Stage.AWARDED:
        return _("有 {count} 位授星以后记录撤销，核减后不足。星级不会自动取消，由管理员决定。").format(
            count=view.short
        )
    return _("有 {count} 位核减后不足，看过以后移出名单。").format(count=view.short)


def rows(view: RoundView, today: date) -> list[Row]:
    """The objections, then everybody by level."""
    made: list[Row] = []
    if view.objections:
        made.append(Row(_("异议 {count} 条").format(count=len(view.objections)), is_heading=True))
        made += [objection_row(one, today) for one in view.objections]
    for level, group in _by_level(view):
        count = sum(not one.dropped for one in group)
        made.append(
            Row(_("{level}，{count} 位").format(level=words.stars(level), count=count), is_heading=True)
        )
        made += [person_row(one, view.entry.stage) for one in group]
    return made


def objection_row(one: StarObjection, today: date) -> Row:
    said = one.raised_by or _("没留姓名")
    return Row(
        one.who,
        (one.words, said, say_date(one.raised_at.date(), today)),
        value=(OBJECTION, one.id),
        state=_objection_state(one),
    )


def person_row(one: StarEntry, stage: Stage) -> Row:
    return Row(
        one.who,
        (hours(one.minutes), grouped(one.volunteer_number)),
        value=(PERSON, one.person),
        state=person_state(one, stage),
    )


def person_state(one: StarEntry, stage: Stage) -> State:
    if one.revoked_on is not None:
        return State("dash", "closed", _("已撤销"))
    if one.dropped:
        return State("dash", "closed", _("移出了"))
    if one.is_short:
        return State("triangle", "trouble", _("核减后不足"))
    if one.awarded_on is not None:
        return State("tick", "done", _("已授"))
    if stage is not Stage.REVIEW and stage is not Stage.NOTICE:
        return State("dash", "closed", _("没有授"))
    return State("hollow", "waiting", _("拟评"))


def _objection_state(one: StarObjection) -> State:
    if one.upheld is None:
        return State("triangle", "trouble", _("等答复"))
    return State("tick", "done", _("成立，移出了") if one.upheld else _("不成立"))


def _notice(view: RoundView, today: date) -> str:
    entry = view.entry
    assert entry.last_day is not None
    if today <= entry.last_day:
        return _("公示中，到{last}为止。有人来反映，记成异议；公示完由管理员授星。").format(
            last=full_date(entry.last_day)
        )
    if entry.opened_by_me:
        return _("公示已于{last}结束。评定是您发起的，请另一位管理员来授星。").format(
            last=full_date(entry.last_day)
        )
    return _("公示已于{last}结束，可以由管理员授星了，{count} 位。").format(
        last=full_date(entry.last_day), count=entry.proposed
    )


def _by_level(view: RoundView) -> Iterator[tuple[int, list[StarEntry]]]:
    for level, group in groupby(view.people, key=lambda one: one.level):
        yield level, list(group)
