"""When (什么时候): what a clerk types for a moment, and how moments and durations are said.

``+2`` is in two hours, ``m9`` tomorrow at nine, 后天上午 a part of a day, nothing at all as soon as possible.
Everything is reckoned from ``now`` on the wall clock of Shanghai. Working days and quarters live in ``calendar``.

Sources: look rules "点单 Intake" and "Manners". The hours of parts of a day, and that a bare hour from 1 to 6
means the afternoon, are our [default].
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from app.domain.calendar import instant_at, shanghai, shanghai_day
from app.domain.problems import Refusal
from app.words import N_, _

MINUTES_A_DAY = 1440
LONGEST_AHEAD_DAYS = 366
# A date without its year that lies this far ahead was more likely meant for this year, and is past.
_NEXT_YEAR_WITHIN_DAYS = 300

_CHINESE_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九十")} | {
    "两": 2,
    "〇": 0,
}
_WEEKDAYS = "一二三四五六日"
# The letters are for fields in which no input method is on.
_DAY_WORDS = {
    "前天": -2,
    "q": -2,
    "昨天": -1,
    "昨日": -1,
    "昨": -1,
    "z": -1,
    "今天": 0,
    "今日": 0,
    "今": 0,
    "j": 0,
    "明天": 1,
    "明日": 1,
    "明": 1,
    "m": 1,
    "后天": 2,
    "h": 2,
    "大后天": 3,
}
# Part of a day: first hour, last hour.
_PARTS = {
    N_("凌晨"): (0, 6),
    N_("早上"): (6, 9),
    N_("早"): (6, 9),
    N_("上午"): (8, 12),
    N_("中午"): (11, 14),
    N_("下午"): (13, 18),
    N_("傍晚"): (17, 19),
    N_("晚上"): (18, 21),
    N_("晚"): (18, 21),
}
# What is typed in Traditional Chinese and in English, in the words that are read here.
_SIMPLIFIED = str.maketrans("後點時鐘兩號週禮個這現剛盡儘馬間過", "后点时钟两号周礼个这现刚尽尽马间过")
_ENGLISH_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ENGLISH = {
    "today": "今天",
    "tonight": "今晚",
    "tomorrow": "明天",
    "yesterday": "昨天",
    "now": "现在",
    "next": "下",
    "this": "这",
    "morning": "上午",
    "noon": "中午",
    "afternoon": "下午",
    "evening": "晚上",
} | {
    typed: f"周{number}"
    for day, number in zip(_ENGLISH_WEEK, _WEEKDAYS, strict=True)
    for typed in (day, day[:3])
}
_WORD_OF_LETTERS = re.compile("[a-z]{3,}")
_EARLY = ("凌晨", "早上", "早", "上午")
_NIGHT = ("晚上", "晚")
_LATE = ("下午", "傍晚", *_NIGHT)

_AFTER = re.compile(r"\+(\d{1,4})(?:\.(5))?(小时|时|h|分钟|分|m|天|d)?", re.ASCII)
_BEFORE = re.compile(r"-(\d{1,4})(?:\.(5))?(小时|时|h|分钟|分|m|天|d)?", re.ASCII)
_HALF_HOUR = re.compile(r"\+半(?:个)?(?:小时|钟头)?")
_CHINESE_NUMBER = re.compile(r"(?<![周期拜])[零〇一二两三四五六七八九十]+(?=[点时分月日号小个半天]|$)")
_DATE = (
    r"(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})[日号]?|(?P<only_day>\d{1,2})[日号]"
)
_WORD = "|".join(sorted(_DAY_WORDS, key=len, reverse=True))
_WEEK = r"(?P<week>这|本|下下|下)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天1-7])"
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
_CLOCK = r"(?P<hour>\d{1,2})(?:[:点时](?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<minute>\d{1,2})分?|整|钟)?)?"
_STRETCH = re.compile(rf"(?P<begin>.+)(?:[-~—–到至]|@)(?P<part>{_PART})?{_CLOCK}", re.ASCII)
_MOMENT = re.compile(rf"(?:{_DATE}|(?P<word>{_WORD})|{_WEEK})?(?P<part>{_PART})?(?:@?{_CLOCK})?", re.ASCII)


class MomentNotUnderstood(Refusal):
    """The words are none that this field knows."""

    text: str


class PastNotUnderstood(MomentNotUnderstood):
    """The words are none that a field of the past knows."""


class MomentImpossible(Refusal):
    """There is no such day or time: 31 April, 25:00."""

    text: str


class MomentPassed(Refusal):
    """The moment lies before now."""

    echo: str


class MomentTooFar(Refusal):
    """More than a year ahead."""

    echo: str


class MomentNotYet(Refusal):
    """What is told as having happened lies ahead of now."""

    echo: str


class ClockMissing(Refusal):
    """The day is named, the time of day is not."""

    text: str


class StretchNotUnderstood(Refusal):
    """The words are no "from when to when"."""

    text: str


@dataclass(frozen=True)
class Wanted:
    """When something is wanted, in UTC: as soon as possible (both None), at a moment (equal), or within a span."""

    begins: datetime | None
    ends: datetime | None
    echo: str

    @property
    def is_soon(self) -> bool:
        return self.begins is None


@dataclass(frozen=True)
class Happened:
    """When something was, in UTC, and how it is shown back to the clerk."""

    at: datetime
    echo: str


@dataclass(frozen=True)
class Stretch:
    """From when to when something was, in UTC, and how it is shown back."""

    begins: datetime
    ends: datetime
    echo: str


def wanted(text: str, now: datetime, field: str = "wanted") -> Wanted:
    """What ``text`` means at ``now``, with the echo that shows the clerk how it was understood."""
    plain = _plain(text)
    if plain in ("", "尽快", "马上"):
        return Wanted(None, None, _("尽快"))
    return _after(plain, text, now, field) or _at(plain, text, now, field)


def day_ahead(text: str, now: datetime, field: str = "day") -> date:
    """The day that ``text`` means, today or later: ``明天``, ``m``, ``5月1日``, ``下周一``."""
    begins = wanted(text, now, field).begins
    if begins is None:
        raise MomentNotUnderstood(text=text, field=field)
    return shanghai(begins).date()


def happened(text: str, now: datetime, field: str = "at") -> Happened:
    """What ``text`` means of the past: nothing at all is now, ``-30m`` and ``-2`` before now, ``9:30``, ``昨天14点``.

    A day without its year, month or week is the latest such day. Refuses what lies ahead, and a day without a time.
    """
    plain = _plain(text)
    if plain in ("", "现在", "刚才"):
        return _happened_at(now, now, field)
    before = _BEFORE.fullmatch(plain)
    if before is not None:
        minutes = _minutes(before, text, field, PastNotUnderstood)
        return _happened_at(now - timedelta(minutes=minutes), now, field)
    return _happened_at(_past_moment(plain, text, now, field), now, field)


def stretch(text: str, now: datetime, field: str = "stretch") -> Stretch:
    """From when to when: ``9-11:30``, ``昨天14:00-16:00``, ``z14-16``, ``4月5日 晚上8点到10点``.

    The end is the first such time after the beginning, so that ``10-2`` ends at 14:00 and ``22:00-06:00`` a day later.
    """
    found = _STRETCH.fullmatch(_plain(text))
    if found is None:
        raise StretchNotUnderstood(text=text, field=field)
    begins = _past_moment(found["begin"], text, now, field)
    try:
        clock = _time(found)
    except ValueError:
        raise MomentImpossible(text=text, field=field) from None
    assert clock is not None
    ends = _first_after(begins, clock, exact=found["hour"].startswith("0") or found["part"] is not None)
    return Stretch(begins, ends, _echo_stretch(shanghai(begins), shanghai(ends), shanghai_day(now)))


def say_day(day: date, today: date) -> str:
    """今天, 昨天, 后天, 4月7日; with the year when it is another one."""
    near = {-2: _("前天"), -1: _("昨天"), 0: _("今天"), 1: _("明天"), 2: _("后天")}.get((day - today).days)
    return near or say_date(day, today)


def say_date(day: date, today: date) -> str:
    """4月7日; with the year when it is another one than today's."""
    if day.year == today.year:
        return _("{month}月{day}日").format(month=day.month, day=day.day)
    return full_date(day)


def full_date(day: date) -> str:
    """2026年3月5日, without zero padding, as papers write it (GB/T 9704)."""
    return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)


def say_moment(instant: datetime, now: datetime) -> str:
    """今天 14:05, 明天 09:30, 4月9日 09:30; what is past by a day or more is told by its day: 昨天, 4月7日."""
    local, today = shanghai(instant), shanghai_day(now)
    day = say_day(local.date(), today)
    return day if local.date() < today else f"{day} {_clock(local)}"


def say_beside_span(instant: datetime, now: datetime) -> str:
    """昨天, 今天 14:05, 明天 09:30, else its date: how many days that is stands beside it already."""
    local, today = shanghai(instant), shanghai_day(now)
    if abs((local.date() - today).days) <= 1:
        return say_moment(instant, now)
    day = say_date(local.date(), today)
    return day if local.date() < today else f"{day} {_clock(local)}"


def say_exactly(instant: datetime) -> str:
    """2026年4月7日 14:05, for hovering and histories."""
    local = shanghai(instant)
    return f"{full_date(local.date())} {_clock(local)}"


def say_beside(instant: datetime, recorded_at: datetime) -> str:
    """14:05, for a history that says itself when it was recorded; with its date where that was another day."""
    local, day = shanghai(instant), shanghai_day(recorded_at)
    clock = _clock(local)
    return clock if local.date() == day else f"{say_date(local.date(), day)} {clock}"


def say_remaining(deadline: datetime, now: datetime) -> str:
    """还剩40分, 还剩5小时, 还剩3天; 超时20分. The started unit counts as whole while time remains, not afterwards."""
    is_late = round((deadline - now).total_seconds()) < 0
    said = _("超时{time}") if is_late else _("还剩{time}")
    return said.format(time=say_span(deadline, now))


def say_span(deadline: datetime, now: datetime) -> str:
    """20分, 13小时: how long is left or how late it is, where a sign says which."""
    seconds = round((deadline - now).total_seconds())
    return _largest_unit(-(-seconds // 60) if seconds >= 0 else -seconds // 60)


def say_duration(minutes: int) -> str:
    """2小时30分, 45分."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("{minutes}分").format(minutes=rest)
    if not rest:
        return _("{hours}小时").format(hours=hours)
    return _("{hours}小时{minutes}分").format(hours=hours, minutes=rest)


def _after(plain: str, text: str, now: datetime, field: str) -> Wanted | None:
    """``+2`` hours, ``+1.5``, ``+30m``, ``+2天``."""
    if _HALF_HOUR.fullmatch(plain):
        return _wanted_at(now + timedelta(minutes=30), now, field)
    found = _AFTER.fullmatch(plain)
    if found is None:
        return None
    return _wanted_at(now + timedelta(minutes=_minutes(found, text, field)), now, field)


def _minutes(
    found: re.Match[str], text: str, field: str, refusal: type[MomentNotUnderstood] = MomentNotUnderstood
) -> int:
    """``2``, ``1.5``, ``30m``, ``2天`` in minutes; hours unless another unit is named."""
    number, half, unit = found.groups()
    unit_minutes = {"分钟": 1, "分": 1, "m": 1, "天": MINUTES_A_DAY, "d": MINUTES_A_DAY}.get(unit, 60)
    if half and unit_minutes == 1:
        raise refusal(text=text, field=field)
    return int(number) * unit_minutes + (unit_minutes // 2 if half else 0)


def _past_moment(plain: str, text: str, now: datetime, field: str) -> datetime:
    found = _MOMENT.fullmatch(plain)
    if found is None:
        raise PastNotUnderstood(text=text, field=field)
    try:
        clock = _time(found)
        day = _past_day(found, shanghai_day(now))
        if clock is None:
            raise ClockMissing(text=text, field=field)
        return instant_at(day, *clock).astimezone(UTC)
    except (ValueError, OverflowError):
        raise MomentImpossible(text=text, field=field) from None


def _past_day(found: re.Match[str], today: date) -> date:
    """The day that is named, today if none is; one that could be several is the latest that is not ahead."""
    if found["weekday"] and not found["week"]:
        ahead = _weekday(None, found["weekday"], today)
        return ahead if ahead == today else ahead - timedelta(days=7)
    if found["only_day"]:
        day = int(found["only_day"])
        first = today.replace(day=1)
        return (first if day <= today.day else (first - timedelta(days=1))).replace(day=day)
    if found["month"] and not found["year"]:
        this_year = date(today.year, int(found["month"]), int(found["day"]))
        return this_year if this_year <= today else this_year.replace(year=today.year - 1)
    return _day(found, today)


def _happened_at(instant: datetime, now: datetime, field: str) -> Happened:
    at = instant.astimezone(UTC).replace(second=0, microsecond=0)
    local = shanghai(at)
    echo = f"{say_day(local.date(), shanghai_day(now))} {_clock(local)}"
    if at > now:
        raise MomentNotYet(echo=echo, field=field)
    return Happened(at, echo)


def _echo_stretch(begins: datetime, ends: datetime, today: date) -> str:
    day = "" if begins.date() == today else f"{say_day(begins.date(), today)} "
    until = _clock(ends) if ends.date() == begins.date() else _("次日{time}").format(time=_clock(ends))
    return f"{day}{_clock(begins)}–{until}"


def _first_after(begins: datetime, clock: tuple[int, int], *, exact: bool) -> datetime:
    """The first time the clock shows ``clock`` after ``begins``; not exact, it may be meant of the afternoon."""
    ends = instant_at(shanghai_day(begins), *clock).astimezone(UTC)
    step = timedelta(hours=24 if exact or clock[0] > 12 else 12)
    return ends + step if ends < begins else ends


def _at(plain: str, text: str, now: datetime, field: str) -> Wanted:
    found = _MOMENT.fullmatch(plain)
    if found is None:
        raise MomentNotUnderstood(text=text, field=field)
    today = shanghai_day(now)
    part = found["part"]
    try:
        clock = _time(found)
        day = _day(found, today)
        begins, ends = _span(day, clock, part)
        if found["weekday"] and not found["week"] and ends < now:
            begins, ends = begins + timedelta(days=7), ends + timedelta(days=7)
    except (ValueError, OverflowError):
        raise MomentImpossible(text=text, field=field) from None
    if clock:
        return _wanted_at(begins, now, field)
    return _wanted_within(begins, ends, part, now, field)


def _span(day: date, clock: tuple[int, int] | None, part: str | None) -> tuple[datetime, datetime]:
    """The moment twice, or the beginning and end of the part of the day, or of the whole day."""
    if clock:
        return instant_at(day, *clock), instant_at(day, *clock)
    first, last = _PARTS[part] if part else (0, 24)
    return instant_at(day, first), instant_at(day, last)


def _day(found: re.Match[str], today: date) -> date:
    """The day that is named, today if none is. A date without its year, or without its month, is the next one."""
    if found["word"]:
        return today + timedelta(days=_DAY_WORDS[found["word"]])
    if found["weekday"]:
        return _weekday(found["week"], found["weekday"], today)
    if found["only_day"]:
        this_month = today.replace(day=1)
        next_month = (this_month + timedelta(days=31)).replace(day=1)
        day = int(found["only_day"])
        return (this_month if day >= today.day else next_month).replace(day=day)
    if found["month"]:
        return _dated(found, today)
    return today


def _dated(found: re.Match[str], today: date) -> date:
    month, day = int(found["month"]), int(found["day"])
    if found["year"]:
        return date(int(found["year"]), month, day)
    this_year, next_year = (_day_of(today.year + years, month, day) for years in (0, 1))
    if this_year and this_year >= today:
        return this_year
    if next_year and (next_year - today).days <= _NEXT_YEAR_WITHIN_DAYS:
        return next_year
    return date(today.year, month, day)


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(week: str | None, weekday: str, today: date) -> date:
    """周五 is the next Friday, today included; 本周五 and 下周五 count in weeks that begin on Monday."""
    number = int(weekday) - 1 if weekday.isdecimal() else _WEEKDAYS.index(weekday.replace("天", "日"))
    if week is None:
        return today + timedelta(days=(number - today.weekday()) % 7)
    weeks = {"下": 1, "下下": 2}.get(week, 0)
    return today + timedelta(days=number - today.weekday() + 7 * weeks)


def _time(found: re.Match[str]) -> tuple[int, int] | None:
    """Hour and minute as typed, checked and then as meant; None if no time was named."""
    if found["hour"] is None:
        return None
    minute = 30 if found["half"] else 15 * _CHINESE_DIGITS[found["quarter"] or "零"]
    if found["minute"]:
        minute = int(found["minute"])
    hour = _hour_meant(int(found["hour"]), found["part"], exact=found["hour"].startswith("0"))
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise ValueError("no such time")
    return hour, minute


def _hour_meant(hour: int, part: str | None, exact: bool) -> int:
    """下午3点 is 15:00, and so is a bare 3; 晚上12点 is the midnight that follows; 03:00 is exact."""
    if part in _NIGHT and hour in (12, 24):
        return 24
    if part in _EARLY or exact or hour >= 12:
        return hour
    if part in _NIGHT and hour < 5:
        raise ValueError("belongs to the next day")
    afternoon = part in _LATE or 1 <= hour <= 6
    return hour + 12 if afternoon else hour


def _wanted_at(instant: datetime, now: datetime, field: str) -> Wanted:
    at = instant.astimezone(UTC).replace(second=0, microsecond=0)
    local, today = shanghai(at), shanghai_day(now)
    echo = f"{_echo_day(local.date(), today)} {_clock(local)}"
    _refuse_outside(at, now - timedelta(minutes=1), now, echo, field)
    return Wanted(at, at, echo)


def _wanted_within(begins: datetime, ends: datetime, part: str | None, now: datetime, field: str) -> Wanted:
    echo = _echo_day(shanghai_day(begins), shanghai_day(now)) + (f" {_(part)}" if part else "")
    _refuse_outside(ends, now, now, echo, field)
    return Wanted(max(begins, now), ends, echo)


def _refuse_outside(instant: datetime, earliest: datetime, now: datetime, echo: str, field: str) -> None:
    if instant < earliest:
        raise MomentPassed(echo=echo, field=field)
    if (instant - now).days > LONGEST_AHEAD_DAYS:
        raise MomentTooFar(echo=echo, field=field)


def _echo_day(day: date, today: date) -> str:
    """明天 4月8日; further away with the weekday: 4月10日 周五."""
    dated = say_date(day, today)
    near = say_day(day, today)
    return f"{near} {dated}" if near != dated else f"{dated} {_weekday_name(day)}"


def _weekday_name(day: date) -> str:
    return (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))[day.weekday()]


def _largest_unit(minutes: int) -> str:
    if minutes < 60:
        return _("{minutes}分").format(minutes=minutes)
    if minutes < MINUTES_A_DAY:
        return _("{hours}小时").format(hours=minutes // 60)
    return _("{days}天").format(days=minutes // MINUTES_A_DAY)


def _clock(local: datetime) -> str:
    return f"{local:%H:%M}"


def _plain(text: str) -> str:
    """Half-width, lower case, Chinese numbers as digits, no spaces; one between two numbers becomes an @."""
    even = unicodedata.normalize("NFKC", text).casefold().strip().translate(_SIMPLIFIED)
    even = _WORD_OF_LETTERS.sub(lambda found: _ENGLISH.get(found[0], found[0]), even)
    parted = re.sub(r"(?<=\d)\s+(?=\d)", "@", even)
    return _CHINESE_NUMBER.sub(lambda found: str(_chinese(found[0])), "".join(parted.split()))


def _chinese(words: str) -> int:
    """十二, 二十三, 三; numbers below one hundred."""
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return int("".join(str(_CHINESE_DIGITS[word]) for word in words))
    return 10 * (_chinese(tens) if tens else 1) + (_CHINESE_DIGITS[ones] if ones else 0)
