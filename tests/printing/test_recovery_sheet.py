"""The recovery sheet: the code can be typed off, and the paper says how to keep it."""

from __future__ import annotations

from datetime import date

from app.printing.recovery_sheet import RecoverySheet, pdf
from tests.printing.papers import pages


def test_the_recovery_sheet_shows_every_group_its_check_and_what_to_do() -> None:
    sheet = RecoverySheet(
        station="曹村新时代文明实践站",
        region="370883 104 205",
        lines=("4GQ7 X2MN", "8KTP 0WZ3", "61YB HJ5V", "C9DE SAF8"),
        day=date(2026, 4, 7),
    )
    made = pages(pdf(sheet))
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
