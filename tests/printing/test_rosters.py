"""List papers: every row once, heads on every page, and a word about what is hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from app.printing.rosters import Roster, RosterColumn, pdf
from tests.printing.papers import LONG_NAME, pages, text

COLUMNS = (RosterColumn("姓名", 30), RosterColumn("志愿者编号", 30), RosterColumn("服务时长", 20, "right"))


def roster(count: int) -> Roster:
    rows = tuple(("张*", f"3708830{number:07d}", "1.5") for number in range(count))
    return Roster(
        "爱心理发队名册", "曹村站", "在册，按加入先后", COLUMNS, rows, date(2026, 4, 7), masked=True
    )


@pytest.mark.parametrize("count", [1, 30, 200])
def test_every_row_stands_once_under_its_heads(count: int) -> None:
    made = pages(pdf(roster(count)))
    everything = "".join(made)
    assert all(everything.count(f"3708830{number:07d}") == 1 for number in range(count))
    assert f"{count}张*3708830{count - 1:07d}" in made[-1]
    for number, page in enumerate(made, start=1):
        assert "爱心理发队名册" in page
        assert "序号姓名志愿者编号服务时长" in page
        assert f"第{number}页共{len(made)}页" in page
    assert f"曹村站共{count}条制表日期：2026年4月7日" in made[0]


def test_an_empty_list_says_so() -> None:
    assert "没有符合条件的记录。" in text(pdf(roster(0)))
    assert "没有符合条件的记录。" not in text(pdf(roster(1)))


def test_it_says_whether_something_is_hidden() -> None:
    assert "个人信息已部分隐去" in text(pdf(roster(1)))
    assert "个人信息已部分隐去" not in text(pdf(replace(roster(1), masked=False)))


def test_a_long_name_makes_its_row_higher_and_is_whole() -> None:
    assert LONG_NAME in text(pdf(replace(roster(1), rows=((LONG_NAME, "1", "2"),))))


def test_a_wide_list_lies_on_its_side() -> None:
    with pypdfium2.PdfDocument(pdf(replace(roster(1), landscape=True))) as document:
        width, height = document[0].get_size()
    assert width > height
