"""Numbers in Chinese words (中文数字) and hours as certificates say them (时长).

Exact minutes come in, whole-number maths only. Which step a county rounds to is a policy; here it is a parameter.

Sources: GB/T 15835-2011 (Chinese numerals); the service record must state time in hours (Ministry of Civil Affairs
order 67, art. 9). Rounding down is our [default]: a certificate never states time that was not given.
"""

from __future__ import annotations

from app.words import _

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_MYRIADS = ("", "万", "亿")


def cardinal(number: int) -> str:
    """``123`` -> 一百二十三, ``10`` -> 十, ``10005`` -> 一万零五; for 0 to 999,999,999,999."""
    assert 0 <= number < 10**12, "no word for this number"
    if number == 0:
        return _DIGITS[0]
    words = ""
    for place in range(len(_MYRIADS) - 1, -1, -1):
        group = number // 10_000**place % 10_000
        if group == 0:
            continue
        if words and (group < 1000 or number // 10_000 ** (place + 1) % 10_000 == 0):
            words += _DIGITS[0]
        words += _below_myriad(group) + _MYRIADS[place]
    return words.removeprefix("一") if words.startswith("一十") else words


def rounded_minutes(minutes: int, step_minutes: int) -> int:
    """``minutes`` down to a whole number of steps."""
    assert minutes >= 0 and step_minutes > 0
    return minutes - minutes % step_minutes


def hours_text(minutes: int, step_minutes: int) -> str:
    """``750`` by half hours -> 12.5 小时; a step that is no tenth of an hour is said in hours and minutes."""
    stated = rounded_minutes(minutes, step_minutes)
    hours, rest = divmod(stated, 60)
    if step_minutes % 6 and rest:
        if not hours:
            return _("{minutes} 分钟").format(minutes=rest)
        return _("{hours} 小时 {minutes} 分").format(hours=hours, minutes=rest)
    tenths = rest // 6
    return _hours(f"{hours}.{tenths}" if tenths else hours)


def _hours(hours: int | str) -> str:
    return _("{hours} 小时").format(hours=hours)


def hours_in_words(minutes: int) -> str:
    """``7410`` -> 一百二十三小时三十分; whole hours without 整."""
    assert minutes >= 0
    hours, rest = divmod(minutes, 60)
    said = f"{cardinal(hours)}小时" if hours or not rest else ""
    return said + (f"{cardinal(rest)}分" if rest else "")


def _below_myriad(number: int) -> str:
    words = ""
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += _DIGITS[digit] + _UNITS[place]
        elif words and number % 10**place:
            words += "" if words.endswith(_DIGITS[0]) else _DIGITS[0]
    return words
