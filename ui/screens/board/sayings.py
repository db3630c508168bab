"""What was done, as the banner says it (办好了怎么说), and which action each step is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.actions import orders as deeds
from app.actions.board import OrderView
from app.actions.services import RecordedServices, record_services
from app.domain import moments
from app.domain.orders import CONTENT_STARS
from app.words import _

ACTIONS: dict[str, Callable[[Any, Any], Any]] = {
    "screen": deeds.screen_order,
    "reject": deeds.reject_order,
    "dispatch": deeds.dispatch_order,
    "grab": deeds.grab_order,
    "withdraw": deeds.withdraw_order,
    "accept": deeds.accept_order,
    "refuse": deeds.refuse_order,
    "give_back": deeds.return_order,
    "edit": deeds.edit_order,
    "cancel": deeds.cancel_order,
    "escalate": deeds.escalate_order,
    "refer": deeds.refer_order,
    "take": deeds.take_order,
    "answer": deeds.answer_order,
    "contact": deeds.contact_order,
    "start": deeds.start_order,
    "finish": deeds.finish_order,
    "settle": deeds.settle_order,
    "rate": deeds.rate_order,
    "call_back": deeds.call_back_order,
    "close": deeds.close_order,
    "serve": record_services,
}

GOES_ON = {"finish": "serve", "serve": "rate"}
"""A slip that comes back says when, who and how it was: the same order's next questions open by themselves."""


@dataclass(frozen=True)
class Doing:
    """A step that was done: on which order, with which request, what the action gave back, and for a dispatch the
    team's name.
    """

    order: OrderView
    step: str
    request: Any
    value: Any
    team: str


def said(it: Doing) -> str:
    """What was done, as the banner says it."""
    return _("{number} {what}").format(number=it.order.short, what=_SAYINGS[it.step](it))


def _answered(it: Doing) -> str:
    return _("已解决，等着评") if it.request.solved else _("退回本站，等着派")


def _rated(it: Doing) -> str:
    told = _("评了 {stars} 星").format(stars=it.request.stars)
    return told if it.request.stars >= CONTENT_STARS else _("{told}，要回访").format(told=told)


def _served(it: Doing) -> str:
    recorded: RecordedServices = it.value
    told = _("记下 {count} 位、{time}，等别人审核").format(
        count=len(recorded.services), time=moments.say_duration(recorded.minutes)
    )
    return _("{told}；超过规定期限才记").format(told=told) if recorded.late else told


_SAYINGS: dict[str, Callable[[Doing], str]] = {
    "screen": lambda it: _("审核通过，等着派"),
    "reject": lambda it: _("不予受理，已记下怎么告知的"),
    "dispatch": lambda it: _("已派给{team}").format(team=it.team),
    "grab": lambda it: _("由{team}接下了").format(team=it.team),
    "withdraw": lambda it: _("已撤回，等着派"),
    "accept": lambda it: _("由{team}接下了").format(team=it.order.team),
    "refuse": lambda it: _("回到待派"),
    "give_back": lambda it: _("回到待派"),
    "edit": lambda it: _("改好了"),
    "cancel": lambda it: _("已取消"),
    "escalate": lambda it: _("已上交{office}").format(office=it.request.office),
    "refer": lambda it: _("已转给{office}").format(office=it.request.office),
    "take": lambda it: _("由{name}签收").format(name=it.request.name),
    "answer": _answered,
    "contact": lambda it: _("已和居民联系上"),
    "start": lambda it: _("已开始服务"),
    "finish": lambda it: _("服务完成"),
    "settle": lambda it: _("代购款结清了"),
    "rate": _rated,
    "call_back": lambda it: _("回访记下了"),
    "close": lambda it: _("已办结"),
    "serve": _served,
}
