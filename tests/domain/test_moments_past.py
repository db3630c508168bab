"""When something was: moments and stretches that are over. It is Tuesday 7 April 2026, 17:30 in Shanghai."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.domain import moments
from app.domain.calendar import shanghai
from app.domain.moments import (
    ClockMissing,
    MomentImpossible,
    MomentNotUnderstood,
    MomentNotYet,
    PastNotUnderstood,
    StretchNotUnderstood,
)
from app.domain.problems import Refusal
from app.sentences import sentence

NOW = datetime(2026, 4, 7, 9, 30, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed, at, echo",
    [
        ("", "2026-04-07 17:30", "今天 17:30"),
        ("刚才", "2026-04-07 17:30", "今天 17:30"),
        ("-30m", "2026-04-07 17:00", "今天 17:00"),
        ("-1.5", "2026-04-07 16:00", "今天 16:00"),
        ("9:30", "2026-04-07 09:30", "今天 09:30"),
        ("昨天2点", "2026-04-06 14:00", "昨天 14:00"),
        ("前天上午9点", "2026-04-05 09:00", "前天 09:00"),
        ("4-5 9:00", "2026-04-05 09:00", "前天 09:00"),
        ("12-30 9:00", "2025-12-30 09:00", "2025年12月30日 09:00"),
        ("2025-12-30 9:00", "2025-12-30 09:00", "2025年12月30日 09:00"),
        ("周二9点", "2026-04-07 09:00", "今天 09:00"),
        ("周五9点", "2026-04-03 09:00", "4月3日 09:00"),
        ("5日9点", "2026-04-05 09:00", "前天 09:00"),
        ("31日9点", "2026-03-31 09:00", "3月31日 09:00"),
    ],
)
def test_what_was_is_understood_as_the_latest_such_moment(typed: str, at: str, echo: str) -> None:
    happened = moments.happened(typed, NOW)
    assert (f"{shanghai(happened.at):%Y-%m-%d %H:%M}", happened.echo) == (at, echo)


@pytest.mark.parametrize(
    "typed, refusal",
    [
        ("18:00", MomentNotYet),
        ("明天9点", MomentNotYet),
        ("昨天", ClockMissing),
        ("昨天25点", MomentImpossible),
        ("2-30 9:00", MomentImpossible),
        ("-1.5m", PastNotUnderstood),
        ("不记得", PastNotUnderstood),
    ],
)
def test_what_cannot_have_been_is_refused_beside_its_field(typed: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as refused:
        moments.happened(typed, NOW, "started_at")
    assert refused.value.field == "started_at"
    assert sentence(refused.value)


@pytest.mark.parametrize(
    "typed, echo",
    [
        ("9-11:30", "09:00–11:30"),
        ("9:00 11:30", "09:00–11:30"),
        ("14:00到16:00", "14:00–16:00"),
        ("昨天14-16", "昨天 14:00–16:00"),
        ("z14-16", "昨天 14:00–16:00"),
        ("q14-16", "前天 14:00–16:00"),
        ("10-2", "10:00–14:00"),
        ("2-4", "14:00–16:00"),
        ("4-8", "16:00–20:00"),
        ("昨天晚上8点到晚上10点", "昨天 20:00–22:00"),
        ("昨天22:00-06:00", "昨天 22:00–次日06:00"),
        ("4-5 9:00-11:00", "前天 09:00–11:00"),
    ],
)
def test_a_stretch_ends_at_the_first_such_time_after_it_began(typed: str, echo: str) -> None:
    stretch = moments.stretch(typed, NOW)
    assert stretch.echo == echo
    assert stretch.begins <= stretch.ends


@pytest.mark.parametrize(
    "typed, refusal",
    [
        ("", StretchNotUnderstood),
        ("9", StretchNotUnderstood),
        ("上次-9", MomentNotUnderstood),
        ("昨天-9", ClockMissing),
        ("9-25", MomentImpossible),
    ],
)
def test_a_stretch_that_says_no_two_times_is_refused(typed: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as refused:
        moments.stretch(typed, NOW, "stretches.0.started_at")
    assert refused.value.field == "stretches.0.started_at"
    assert sentence(refused.value)
