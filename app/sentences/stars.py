"""Stars (星级) in words: where somebody stands and what is missing."""

from __future__ import annotations

from app.domain.moments import full_date
from app.domain.numerals import cardinal, hours_text
from app.domain.stars import Stars, StarsMustRise, StarsPolicy
from app.sentences import FieldWords, calls, says
from app.words import N_, _

calls(
    StarsPolicy,
    N_("星级标准"),
    N_("服务满多少小时是几星。改了马上按新的看，时长本身不变。"),
    {
        "hours": N_("{place}星要满 {value} 小时"),
        "months_since_registration": FieldWords(N_("登记满 {value} 个月才评星"), N_("登记以后随时评星")),
        "notice_working_days": N_("评星名单至少公示 {value} 个工作日"),
    },
)


@says(StarsMustRise)
def _stars_must_rise(it: StarsMustRise) -> str:
    return _("一级要比一级多，最少一级，最多 {most} 级").format(most=it.most_levels)


_EXACT_MINUTES = 1


def standing(stars: Stars) -> str:
    """``三星，2026年3月5日起``; before the first level 还没有星级."""
    if not stars.level or stars.since is None:
        return _("还没有星级")
    return _("{level}星，{day}起").format(level=cardinal(stars.level), day=full_date(stars.since))


def missing(stars: Stars) -> str:
    """What the next level needs; empty at the highest."""
    if stars.next_hours is None:
        return ""
    following = cardinal(stars.level + 1)
    if stars.waits_until is not None:
        return _("登记未满规定时间，{day}起评星").format(day=full_date(stars.waits_until))
    return _("再服务 {hours}就到{level}星").format(
        hours=hours_text(stars.missing_minutes, _EXACT_MINUTES), level=following
    )


def fallen(stars: Stars) -> str:
    """Said when a reversal has taken a level away; empty otherwise."""
    if stars.highest <= stars.level or stars.waits_until is not None:
        return ""
    return _("曾到{level}星，有记录撤销后不够了").format(level=cardinal(stars.highest))
