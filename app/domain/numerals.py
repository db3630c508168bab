"""Numbers in words (中文数字) and hours as certificates say them (时长), in the language that is spoken.

Exact minutes come in, whole-number maths only. Which step a county rounds to is a policy; here it is a parameter.

Sources: GB/T 15835-2011 (Chinese numerals); the service record must state time in hours (Ministry of Civil Affairs
order 67, art. 9). Rounding down is our [default]: a certificate never states time that was not given.
"""

from __future__ import annotations

from app.words import _, language

_DIGITS = "零一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_MYRIADS = ("", "万", "亿")
_TRADITIONAL = str.maketrans("万亿时", "萬億時")
_ENGLISH = (
    *(
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ENGLISH_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH_GROUPS = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))


def hundredths(number: int) -> str:
    """``2.5`` for 250, without a unit."""
    whole, rest = divmod(abs(number), 100)
    figure = f"{whole}.{rest:02}".rstrip("0").rstrip(".")
    return f"-{figure}" if number < 0 else figure


def cardinal(number: int) -> str:
    """``123`` -> 一百二十三, ``10`` -> 十, ``10005`` -> 一万零五, for 0 to 999,999,999,999; in English digits."""
    assert 0 <= number < 10**12, "no word for this number"
    return str(number) if language() == "en" else _in_script(_chinese(number))


def _chinese(number: int) -> str:
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
    """``7410`` -> 一百二十三小时三十分, one hundred and twenty-three hours and thirty minutes; 整 is not said."""
    assert minutes >= 0
    hours, rest = divmod(minutes, 60)
    if language() == "en":
        said = [_counted(hours, "hour")] if hours or not rest else []
        return " and ".join([*said, _counted(rest, "minute")] if rest else said)
    words = f"{_chinese(hours)}小时" if hours or not rest else ""
    return _in_script(words + (f"{_chinese(rest)}分" if rest else ""))


def _in_script(words: str) -> str:
    return words.translate(_TRADITIONAL) if language() == "zh_TW" else words


def _counted(number: int, unit: str) -> str:
    return f"{_english(number)} {unit}" + ("" if number == 1 else "s")


def _english(number: int) -> str:
    """``123`` -> one hundred and twenty-three."""
    for size, word in _ENGLISH_GROUPS:
        if number >= size:
            groups, rest = divmod(number, size)
            link = " and " if 0 < rest < 100 else " "
            return f"{_english(groups)} {word}" + (f"{link}{_english(rest)}" if rest else "")
    if number < len(_ENGLISH):
        return _ENGLISH[number]
    tens, ones = divmod(number, 10)
    return _ENGLISH_TENS[tens - 2] + (f"-{_ENGLISH[ones]}" if ones else "")


def _below_myriad(number: int) -> str:
    words = ""
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            words += _DIGITS[digit] + _UNITS[place]
        elif words and number % 10**place:
            words += "" if words.endswith(_DIGITS[0]) else _DIGITS[0]
    return words
