"""The rules of points (积分): what an approved service earns.

One hour is one point [seed]. Everything else is a county's policy: other rates (10 an hour, 5 an hour, 0.5 h = 1,
2 h = 1), a threshold, whole steps only, multipliers by category, caps. Points are whole hundredths; there is no cash,
ever. What else earns points is in ``grants``, what takes them away in ``wallets`` and ``redemptions``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import msgspec

from app.domain.policies import Policy

HUNDREDTHS = 100
WHOLE = 100
"""Percent of the rate where a category has no multiplier."""

MOST_CENTS = 100_000_00
_MOST_PERCENT = 1_000
_MINUTES_A_DAY = 24 * 60


class PointsPolicy(Policy, frozen=True, kw_only=True):
    """``rate_cents`` hundredths of a point for every ``per_minutes``; the rest narrows or widens that.

    ``step_cents`` is the smallest amount given: 1 gives every hundredth, 50 only half and 100 only whole points
    (what is short of a step is not given). Below ``least_minutes`` nothing is given. ``percent_by_category``
    multiplies by category, 200 for double.
    """

    name: ClassVar[str] = "points"

    limits: ClassVar[Mapping[str, tuple[int, int]]] = {
        "rate_cents": (0, MOST_CENTS),
        "per_minutes": (1, _MINUTES_A_DAY),
        "step_cents": (1, MOST_CENTS),
        "least_minutes": (0, _MINUTES_A_DAY),
        "percent_by_category": (0, _MOST_PERCENT),
        "most_cents_a_service": (0, MOST_CENTS),
        "most_cents_a_day": (0, MOST_CENTS),
    }

    per_minutes: int = 60
    rate_cents: int = 1 * HUNDREDTHS
    step_cents: int = 1
    least_minutes: int = 0
    percent_by_category: Mapping[str, int] = msgspec.field(default_factory=dict)
    most_cents_a_service: int | None = None
    most_cents_a_day: int | None = None


def earned_cents(minutes: int, category: str, given_that_day_cents: int, policy: PointsPolicy) -> int:
    """Hundredths of points for ``minutes`` that count, when the person was given so many on that day already."""
    if minutes < policy.least_minutes:
        return 0
    earned = _stepped(minutes, category, policy)
    if policy.most_cents_a_service is not None:
        earned = min(earned, policy.most_cents_a_service)
    if policy.most_cents_a_day is not None:
        earned = min(earned, max(0, policy.most_cents_a_day - given_that_day_cents))
    return earned


def _stepped(minutes: int, category: str, policy: PointsPolicy) -> int:
    """Single hundredths to the nearest; wider steps only when they are full."""
    amount = minutes * policy.rate_cents * policy.percent_by_category.get(category, WHOLE)
    per = policy.per_minutes * WHOLE
    if policy.step_cents == 1:
        return (2 * amount + per) // (2 * per)
    return amount // (per * policy.step_cents) * policy.step_cents
