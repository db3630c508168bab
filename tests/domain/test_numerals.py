"""Chinese numerals and hours in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import numerals

VALUES = {"零": 0} | {digit: value for value, digit in enumerate("零一二三四五六七八九")}
UNITS = {"十": 10, "百": 100, "千": 1000}


def read(words: str) -> int:
    """An independent reader of Chinese numerals, by reckoning from left to right."""
    total = group = digit = 0
    for word in words:
        if word in UNITS:
            group += (digit or 1) * UNITS[word]
            digit = 0
        elif word in "万亿":
            total = (
                (total + group + digit) * 10_000 if word == "万" else (total + group + digit) * 100_000_000
            )
            group = digit = 0
        else:
            digit = VALUES[word]
    return total + group + digit


@pytest.mark.parametrize(
    "number, words",
    [
        (0, "零"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (123, "一百二十三"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (10005, "一万零五"),
        (11000, "一万一千"),
        (100000, "十万"),
        (100010, "十万零一十"),
        (10**8 + 5000, "一亿零五千"),
        (10**8 + 10**4, "一亿零一万"),
        (123456789, "一亿二千三百四十五万六千七百八十九"),
    ],
)
def test_cardinals(number: int, words: str) -> None:
    assert numerals.cardinal(number) == words


@pytest.mark.parametrize(
    "language, minutes, cardinal, hours",
    [
        ("zh_TW", 60 * 12_345 + 5, "一萬二千三百四十五", "一萬二千三百四十五小時五分"),
        ("en", 60, "1", "one hour"),
        ("en", 0, "0", "zero hours"),
        ("en", 1, "0", "one minute"),
        ("en", 7410, "123", "one hundred and twenty-three hours and thirty minutes"),
        ("en", 60 * 1005 + 1, "1005", "one thousand and five hours and one minute"),
        ("en", 60 * 2_300_040, "2300040", "two million three hundred thousand and forty hours"),
        ("en", 60 * 19, "19", "nineteen hours"),
    ],
)
def test_other_languages_have_words_of_their_own(
    speak: Callable[[str], None], language: str, minutes: int, cardinal: str, hours: str
) -> None:
    speak(language)
    assert numerals.cardinal(minutes // 60) == cardinal
    assert numerals.hours_in_words(minutes) == hours


@given(st.integers(0, 10**8 - 1))
def test_every_cardinal_reads_back(number: int) -> None:
    words = numerals.cardinal(number)
    assert read(words) == number
    assert "零零" not in words
    assert number == 0 or not words.endswith("零")


@pytest.mark.parametrize("number", [-1, 10**12])
def test_there_is_no_word_beyond(number: int) -> None:
    with pytest.raises(AssertionError):
        numerals.cardinal(number)


@pytest.mark.parametrize(
    "minutes, words",
    [
        (7410, "一百二十三小时三十分"),
        (7380, "一百二十三小时"),
        (45, "四十五分"),
        (0, "零小时"),
        (601, "十小时一分"),
        (60000, "一千小时"),
    ],
)
def test_hours_in_words(minutes: int, words: str) -> None:
    assert numerals.hours_in_words(minutes) == words


@pytest.mark.parametrize(
    "minutes, step, text",
    [
        (750, 30, "12.5 小时"),
        (779, 30, "12.5 小时"),
        (720, 30, "12 小时"),
        (757, 6, "12.6 小时"),
        (719, 60, "11 小时"),
        (757, 1, "12 小时 37 分"),
        (720, 1, "12 小时"),
        (57, 1, "57 分钟"),
        (0, 1, "0 小时"),
        (765, 15, "12 小时 45 分"),
        (29, 30, "0 小时"),
    ],
)
def test_hours_by_the_step_of_the_policy(minutes: int, step: int, text: str) -> None:
    assert numerals.hours_text(minutes, step) == text


@given(st.integers(0, 10**6), st.integers(1, 120))
def test_rounding_never_adds_and_never_takes_a_whole_step(minutes: int, step: int) -> None:
    rounded = numerals.rounded_minutes(minutes, step)
    assert rounded % step == 0
    assert 0 <= minutes - rounded < step
