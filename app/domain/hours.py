"""The rules of hours (时长): what of a stretch counts, and how hours are shown.

Exact minutes are kept and added up. A county may cap what counts and may round what is *shown*; both are off until it
says so. Which stretches may be recorded at all is in ``services``, the words for hours in ``numerals``.

Sources: Ministry of Civil Affairs order 67 (2021): the time really given, in hours. Caps of 2 h per activity and 8 h
per day and rounding to 0.1, 0.5 or 1 h are practised by some counties (domain.md section 5).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import ClassVar

from app.domain.numerals import hours_in_words, rounded_minutes
from app.domain.policies import Policy, PolicyMakesNoSense
from app.words import _

EXACT_STEP_MINUTES = 1
SHOWN_STEPS_MINUTES = (EXACT_STEP_MINUTES, 6, 30, 60)
_TENTH_OF_AN_HOUR = 6
_MINUTES_A_DAY = 24 * 60


class HoursPolicy(Policy, frozen=True, kw_only=True):
    """Caps on what counts (None = no cap) and the step in which hours are shown: 1 minute, 0.1, 0.5 or 1 h."""

    name: ClassVar[str] = "hours"

    limits: ClassVar[Mapping[str, tuple[int, int]]] = {
        "most_minutes_a_service": (1, _MINUTES_A_DAY),
        "most_minutes_a_day": (1, _MINUTES_A_DAY),
    }

    shown_step_minutes: int = EXACT_STEP_MINUTES
    most_minutes_a_service: int | None = None
    most_minutes_a_day: int | None = None

    def check(self) -> None:
        super().check()
        if self.shown_step_minutes not in SHOWN_STEPS_MINUTES:
            raise PolicyMakesNoSense(policy=self.name, value="shown_step_minutes")


def counted_minutes(minutes: int, counted_that_day: int, policy: HoursPolicy) -> int:
    """What of ``minutes`` counts, when ``counted_that_day`` minutes of the person count already on that day."""
    counted = minutes
    if policy.most_minutes_a_service is not None:
        counted = min(counted, policy.most_minutes_a_service)
    if policy.most_minutes_a_day is not None:
        counted = min(counted, max(0, policy.most_minutes_a_day - counted_that_day))
    return counted


def shown_step(minutes: Collection[int], policy: HoursPolicy) -> int:
    """The step for a list of services: exact minutes are said as decimal hours where that loses nothing."""
    if policy.shown_step_minutes == EXACT_STEP_MINUTES and all(m % _TENTH_OF_AN_HOUR == 0 for m in minutes):
        return _TENTH_OF_AN_HOUR
    return policy.shown_step_minutes


def shown_total(minutes: Collection[int], step_minutes: int) -> int:
    """The sum of a list as it is shown, so that a reader who adds the lines up comes to the same total."""
    return sum(rounded_minutes(one, step_minutes) for one in minutes)


def hours_figure(minutes: int, step_minutes: int) -> str:
    """The bare figure for a narrow column: ``2.5``; exact minutes as ``2:20``."""
    hours, rest = divmod(rounded_minutes(minutes, step_minutes), 60)
    if step_minutes % _TENTH_OF_AN_HOUR:
        return f"{hours}:{rest:02}"
    return f"{hours}.{rest // _TENTH_OF_AN_HOUR}" if rest else f"{hours}"


def total_texts(minutes: Collection[int], step_minutes: int) -> tuple[str, str]:
    """The total of a list as papers state it, in digits and in words."""
    total = shown_total(minutes, step_minutes)
    hours, rest = divmod(total, 60)
    if rest and step_minutes % _TENTH_OF_AN_HOUR:
        digits = _("{hours}小时{minutes}分").format(hours=hours, minutes=rest)
    else:
        digits = _("{hours}小时").format(hours=hours_figure(total, _TENTH_OF_AN_HOUR))
    return digits, hours_in_words(total)
