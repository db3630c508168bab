"""The recovery sheet: the code can be typed off, and the paper says how to keep it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.printing.recovery_sheet import RecoverySheet, pdf
from app.words import LANGUAGES, speaking
from tests.printing.papers import pages

SHEET = RecoverySheet(
    station="曹村新时代文明实践站",
    region="370883 104 205",
    lines=("4GQ7 X2MN", "8KTP 0WZ3", "61YB HJ5V", "C9DE SAF8"),
    day=date(2026, 4, 7),
)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_nothing_of_it_is_on_a_second_page_that_may_be_lost(language: str) -> None:
    with speaking(language):
        made = pdf(replace(SHEET, station="云溪县城前镇桃源村沿河社区新时代文明实践站" * 3))
    assert len(pages(made)) == 1


def test_the_recovery_sheet_shows_every_group_its_check_and_what_to_do() -> None:
    made = pages(pdf(SHEET))
    assert len(made) == 1
    for words in (
        "恢复单",
        "站点曹村新时代文明实践站",
        "地区代码370883104205",
        "2026年4月7日",
        "4GQ7X2MN",
        "8KTP0WZ3",
        "61YBHJ5V",
        "C9DESAF8",
        "最后四位（SAF8）",
        "谁拿到它，谁就能打开。",
        "存放处",
        "第二份存放处",
    ):
        assert words in made[0]
