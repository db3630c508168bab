"""What to say when "when" was not understood (什么时候)."""

from __future__ import annotations

from app.domain.moments import (
    ClockMissing,
    MomentImpossible,
    MomentNotUnderstood,
    MomentNotYet,
    MomentPassed,
    MomentTooFar,
    PastNotUnderstood,
    StretchNotUnderstood,
)
from app.sentences import says
from app.words import _


@says(MomentNotUnderstood)
def _not_understood(it: MomentNotUnderstood) -> str:
    return _("没看懂。可以写：明天9:30、后天上午、周五9点、4-8 9:00、+2（两小时后），空着就是尽快")


@says(PastNotUnderstood)
def _past_not_understood(it: PastNotUnderstood) -> str:
    return _("没看懂。可以写：9:30、z14（昨天）、4-8 9:00、-30m（半小时前），空着就是现在")


@says(MomentImpossible)
def _impossible(it: MomentImpossible) -> str:
    return _("没有“{text}”这个时间").format(text=it.text)


@says(MomentPassed)
def _passed(it: MomentPassed) -> str:
    return _("{echo} 已经过了").format(echo=it.echo)


@says(MomentTooFar)
def _far(it: MomentTooFar) -> str:
    return _("{echo} 太远了，最多一年以内").format(echo=it.echo)


@says(MomentNotYet)
def _not_yet(it: MomentNotYet) -> str:
    return _("{echo} 还没到").format(echo=it.echo)


@says(ClockMissing)
def _clock_missing(it: ClockMissing) -> str:
    return _("再写上几点，例如 z14:00（昨天）")


@says(StretchNotUnderstood)
def _stretch_not_understood(it: StretchNotUnderstood) -> str:
    return _("写从几点到几点，例如 9:00-11:30、z14-16（昨天）")
