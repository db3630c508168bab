"""When: what clerks type, and how moments are said. It is Tuesday 7 April 2026, 14:05 in Shanghai."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import moments
from app.domain.calendar import shanghai
from app.domain.moments import MomentImpossible, MomentNotUnderstood, MomentPassed, MomentTooFar
from app.domain.problems import Refusal

NOW = datetime(2026, 4, 7, 6, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["", "  ", "尽快", "马上"])
def test_nothing_typed_is_as_soon_as_possible(typed: str) -> None:
    wanted = moments.wanted(typed, NOW)
    assert wanted.is_soon
    assert (wanted.begins, wanted.ends, wanted.echo) == (None, None, "尽快")


@pytest.mark.parametrize(
    "typed, at, echo",
    [
        ("+2", "04-07 16:05", "今天 4月7日 16:05"),
        ("+2h", "04-07 16:05", "今天 4月7日 16:05"),
        ("+两小时", "04-07 16:05", "今天 4月7日 16:05"),
        ("+1.5", "04-07 15:35", "今天 4月7日 15:35"),
        ("+30m", "04-07 14:35", "今天 4月7日 14:35"),
        ("+30分钟", "04-07 14:35", "今天 4月7日 14:35"),
        ("+半小时", "04-07 14:35", "今天 4月7日 14:35"),
        ("+0", "04-07 14:05", "今天 4月7日 14:05"),
        ("＋2", "04-07 16:05", "今天 4月7日 16:05"),
        ("+1天", "04-08 14:05", "明天 4月8日 14:05"),
        ("+1.5d", "04-09 02:05", "后天 4月9日 02:05"),
        ("m9", "04-08 09:00", "明天 4月8日 09:00"),
        ("M9:30", "04-08 09:30", "明天 4月8日 09:30"),
        ("j16", "04-07 16:00", "今天 4月7日 16:00"),
        ("h9", "04-09 09:00", "后天 4月9日 09:00"),
        ("今天15", "04-07 15:00", "今天 4月7日 15:00"),
        ("明天9:30", "04-08 09:30", "明天 4月8日 09:30"),
        ("明天 ９：３０", "04-08 09:30", "明天 4月8日 09:30"),
        ("明天上午九点半", "04-08 09:30", "明天 4月8日 09:30"),
        ("明天 九点一刻", "04-08 09:15", "明天 4月8日 09:15"),
        ("明天九点三刻", "04-08 09:45", "明天 4月8日 09:45"),
        ("明天9点20分", "04-08 09:20", "明天 4月8日 09:20"),
        ("明天9点整", "04-08 09:00", "明天 4月8日 09:00"),
        ("明天两点", "04-08 14:00", "明天 4月8日 14:00"),
        ("明天3", "04-08 15:00", "明天 4月8日 15:00"),
        ("明天03:00", "04-08 03:00", "明天 4月8日 03:00"),
        ("明天凌晨3点", "04-08 03:00", "明天 4月8日 03:00"),
        ("明天下午3点", "04-08 15:00", "明天 4月8日 15:00"),
        ("明天下午15点", "04-08 15:00", "明天 4月8日 15:00"),
        ("明天中午12点", "04-08 12:00", "明天 4月8日 12:00"),
        ("明天中午1点", "04-08 13:00", "明天 4月8日 13:00"),
        ("明天中午11点", "04-08 11:00", "明天 4月8日 11:00"),
        ("今晚7点", "04-07 19:00", "今天 4月7日 19:00"),
        ("今晚12点", "04-08 00:00", "明天 4月8日 00:00"),
        ("今天24:00", "04-08 00:00", "明天 4月8日 00:00"),
        ("15", "04-07 15:00", "今天 4月7日 15:00"),
        ("五", "04-07 17:00", "今天 4月7日 17:00"),
        ("14:05", "04-07 14:05", "今天 4月7日 14:05"),
        ("大后天9点", "04-10 09:00", "4月10日 周五 09:00"),
        ("4-8 9:00", "04-08 09:00", "明天 4月8日 09:00"),
        ("4/12 9", "04-12 09:00", "4月12日 周日 09:00"),
        ("四月十二日九点", "04-12 09:00", "4月12日 周日 09:00"),
        ("2026-4-8 9:00", "04-08 09:00", "明天 4月8日 09:00"),
        ("2026年4月8日9点", "04-08 09:00", "明天 4月8日 09:00"),
        ("十五号9点", "04-15 09:00", "4月15日 周三 09:00"),
        ("二十三号9点", "04-23 09:00", "4月23日 周四 09:00"),
        ("1号9点", "05-01 09:00", "5月1日 周五 09:00"),
        ("1-5 9:00", "2027-01-05 09:00", "2027年1月5日 周二 09:00"),
        ("周五9点", "04-10 09:00", "4月10日 周五 09:00"),
        ("周5 9点", "04-10 09:00", "4月10日 周五 09:00"),
        ("周一三点", "04-13 15:00", "4月13日 周一 15:00"),
        ("星期天10点", "04-12 10:00", "4月12日 周日 10:00"),
        ("周二15点", "04-07 15:00", "今天 4月7日 15:00"),
        ("周二9点", "04-14 09:00", "4月14日 周二 09:00"),
        ("本周五9点", "04-10 09:00", "4月10日 周五 09:00"),
        ("下周三下午3点", "04-15 15:00", "4月15日 周三 15:00"),
        ("下下周三9点", "04-22 09:00", "4月22日 周三 09:00"),
    ],
)
def test_a_moment(typed: str, at: str, echo: str) -> None:
    wanted = moments.wanted(typed, NOW)
    assert wanted.begins == wanted.ends
    assert wanted.begins is not None
    assert f"{shanghai(wanted.begins):%Y-%m-%d %H:%M}".endswith(at)
    assert wanted.echo == echo
    assert not wanted.is_soon


@pytest.mark.parametrize(
    "typed, begins, ends, echo",
    [
        ("后天上午", "04-09 08:00", "04-09 12:00", "后天 4月9日 上午"),
        ("h上午", "04-09 08:00", "04-09 12:00", "后天 4月9日 上午"),
        ("明早", "04-08 06:00", "04-08 09:00", "明天 4月8日 早"),
        ("明天", "04-08 00:00", "04-09 00:00", "明天 4月8日"),
        ("今天", "04-07 14:05", "04-08 00:00", "今天 4月7日"),
        ("下午", "04-07 14:05", "04-07 18:00", "今天 4月7日 下午"),
        ("今晚", "04-07 18:00", "04-07 21:00", "今天 4月7日 晚"),
        ("周五", "04-10 00:00", "04-11 00:00", "4月10日 周五"),
        ("周二上午", "04-14 08:00", "04-14 12:00", "4月14日 周二 上午"),
        ("4.8", "04-08 00:00", "04-09 00:00", "明天 4月8日"),
    ],
)
def test_a_span(typed: str, begins: str, ends: str, echo: str) -> None:
    wanted = moments.wanted(typed, NOW)
    assert wanted.begins is not None
    assert wanted.ends is not None
    assert (f"{shanghai(wanted.begins):%m-%d %H:%M}", f"{shanghai(wanted.ends):%m-%d %H:%M}") == (
        begins,
        ends,
    )
    assert wanted.echo == echo


@pytest.mark.parametrize(
    "typed, same",
    [
        ("後天上午", "后天上午"),
        ("週五9點", "周五9点"),
        ("下禮拜一 兩點半", "下礼拜一 两点半"),
        ("明天9點鐘", "明天9点钟"),
        ("儘快", "尽快"),
        ("tomorrow 9:30", "明天 9:30"),
        ("Friday 9:00", "周五 9:00"),
        ("next mon", "下周一"),
        ("tonight", "今晚"),
    ],
)
def test_traditional_chinese_and_english_are_read_too(typed: str, same: str) -> None:
    meant, said = moments.wanted(typed, NOW), moments.wanted(same, NOW)
    assert (meant.begins, meant.ends) == (said.begins, said.ends)


def test_what_was_understood_is_echoed_in_the_language(speak: Callable[[str], None]) -> None:
    speak("en")
    assert moments.wanted("m上午", NOW).echo == "tomorrow Apr 8 in the morning"
    assert moments.wanted("周五", NOW).echo == "Apr 10 Fri"
    assert moments.say_remaining(NOW, NOW) == "in 0 min"


@pytest.mark.parametrize(
    "typed", ["abc", "+", "+x", "+2.5m", "等会儿", "m930", "周八", "9点点", "+2 小 时 吧", "٣点"]
)
def test_what_is_not_understood_is_refused(typed: str) -> None:
    with pytest.raises(MomentNotUnderstood) as refused:
        moments.wanted(typed, NOW, field="when")
    assert (refused.value.text, refused.value.field) == (typed, "when")


@pytest.mark.parametrize(
    "typed", ["4月31日", "13-1", "25点", "9:61", "24:30", "31号", "晚上1点", "9999-12-31", "0000-1-1"]
)
def test_what_cannot_be_is_refused(typed: str) -> None:
    with pytest.raises(MomentImpossible) as refused:
        moments.wanted(typed, NOW + timedelta(days=1))
    assert refused.value.text == typed


@pytest.mark.parametrize(
    "typed, echo",
    [
        ("14:04", "今天 4月7日 14:04"),
        ("上午", "今天 4月7日 上午"),
        ("3-30", "3月30日 周一"),
        ("本周一", "昨天 4月6日"),
        ("2025-4-8", "2025年4月8日 周二"),
    ],
)
def test_what_is_past_is_refused(typed: str, echo: str) -> None:
    with pytest.raises(MomentPassed) as refused:
        moments.wanted(typed, NOW)
    assert refused.value.echo == echo


def test_more_than_a_year_ahead_is_refused() -> None:
    assert moments.wanted("2027-4-7", NOW).echo == "2027年4月7日 周三"
    with pytest.raises(MomentTooFar) as refused:
        moments.wanted("2027-4-10", NOW)
    assert refused.value.echo == "2027年4月10日 周六"
    with pytest.raises(MomentTooFar):
        moments.wanted("+9999", NOW)


def test_29_february_and_the_end_of_the_year() -> None:
    december = datetime(2027, 12, 31, 15, 0, tzinfo=UTC)
    assert moments.wanted("m9", december).echo == "明天 2028年1月1日 09:00"
    assert moments.wanted("2-29", december).echo == "2028年2月29日 周二"
    with pytest.raises(MomentImpossible):
        moments.wanted("2-30", december)


@given(
    st.text("明后今天上下午晚周五一点半时分月日号+mhj0123456789:-. ", max_size=10),
    st.integers(0, 365 * 86400),
)
def test_whatever_is_typed_is_understood_or_refused_and_never_past(typed: str, seconds: int) -> None:
    now = NOW + timedelta(seconds=seconds)
    try:
        wanted = moments.wanted(typed, now)
    except Refusal:
        return
    assert wanted.echo
    if wanted.begins is not None and wanted.ends is not None:
        assert now - timedelta(minutes=1) <= wanted.begins <= wanted.ends


@pytest.mark.parametrize(
    "at, said",
    [
        ("2026-04-07T14:05", "今天 14:05"),
        ("2026-04-07T08:00", "今天 08:00"),
        ("2026-04-08T09:30", "明天 09:30"),
        ("2026-04-09T09:30", "后天 09:30"),
        ("2026-04-10T09:30", "4月10日 09:30"),
        ("2026-04-06T23:59", "昨天"),
        ("2026-04-05T23:59", "前天"),
        ("2026-04-04T23:59", "4月4日"),
        ("2025-04-04T23:59", "2025年4月4日"),
        ("2027-01-01T00:00", "2027年1月1日 00:00"),
    ],
)
def test_moments_are_said_as_people_say_them(at: str, said: str) -> None:
    instant = datetime.fromisoformat(f"{at}+08:00")
    assert moments.say_moment(instant, NOW) == said


@pytest.mark.parametrize(
    "at, said",
    [
        ("2026-04-07T08:00", "今天 08:00"),
        ("2026-04-08T09:30", "明天 09:30"),
        ("2026-04-06T23:59", "昨天"),
        ("2026-04-09T09:30", "4月9日 09:30"),
        ("2026-04-05T23:59", "4月5日"),
    ],
)
def test_beside_how_many_days_remain_a_date_stands(at: str, said: str) -> None:
    assert moments.say_beside_span(datetime.fromisoformat(f"{at}+08:00"), NOW) == said


def test_exact_moments_and_days() -> None:
    assert moments.say_exactly(NOW) == "2026年4月7日 14:05"
    assert moments.say_beside(NOW, NOW + timedelta(minutes=20)) == "14:05"
    assert moments.say_beside(NOW, NOW + timedelta(days=1)) == "4月7日 14:05"
    assert moments.full_date(date(2026, 3, 5)) == "2026年3月5日"
    assert moments.say_day(date(2026, 4, 8), date(2026, 4, 7)) == "明天"
    assert moments.say_date(date(2026, 4, 8), date(2026, 4, 7)) == "4月8日"


@pytest.mark.parametrize(
    "seconds, said",
    [
        (40 * 60, "还剩40分"),
        (39 * 60 + 1, "还剩40分"),
        (0, "还剩0分"),
        (5 * 3600 + 60, "还剩5小时"),
        (3 * 86400, "还剩3天"),
        (-20 * 60, "超时20分"),
        (-20 * 60 - 59, "超时20分"),
        (-30, "超时0分"),
        (-2 * 86400 - 5, "超时2天"),
    ],
)
def test_what_remains_and_what_is_over(seconds: int, said: str) -> None:
    assert moments.say_remaining(NOW + timedelta(seconds=seconds), NOW) == said


def test_where_a_sign_says_whether_it_is_late_only_how_much() -> None:
    assert moments.say_span(NOW - timedelta(minutes=20), NOW) == "20分"
    assert moments.say_span(NOW - timedelta(hours=13, minutes=50), NOW) == "13小时"
    assert moments.say_span(NOW + timedelta(seconds=90), NOW) == "2分"


@pytest.mark.parametrize("minutes, said", [(45, "45分"), (120, "2小时"), (150, "2小时30分"), (0, "0分")])
def test_durations(minutes: int, said: str) -> None:
    assert moments.say_duration(minutes) == said


@pytest.mark.parametrize(
    "typed, day",
    [
        ("明天", date(2026, 4, 8)),
        ("m", date(2026, 4, 8)),
        ("今天", date(2026, 4, 7)),
        ("5.1", date(2026, 5, 1)),
        ("下周一", date(2026, 4, 13)),
    ],
)
def test_a_day_ahead(typed: str, day: date) -> None:
    assert moments.day_ahead(typed, NOW) == day


@pytest.mark.parametrize("typed, refusal", [("", MomentNotUnderstood), ("昨天", MomentPassed)])
def test_no_day_ahead(typed: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as refused:
        moments.day_ahead(typed, NOW, "day")
    assert refused.value.field == "day"
