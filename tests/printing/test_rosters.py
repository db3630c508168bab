"""Rosters: everybody once, heads and whose it is on every page, and a word about what is hidden or what it is for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from app.printing.flow import Column
from app.printing.page import MM
from app.printing.rosters import Roster, pdf
from tests.printing.papers import LONG_NAME, pages, text

COLUMNS = (Column("姓名", 30), Column("志愿者编号", 41, "centre"), Column("服务时长", 26, "right"))


def roster(count: int) -> Roster:
    rows = tuple(("张*", f"3708830{number:07d}", "1.5") for number in range(count))
    return Roster("爱心理发队名册", "曹村站", "全体队员 · 按姓名", COLUMNS, rows, date(2026, 4, 7), "")


@pytest.mark.parametrize("count", [1, 30, 200])
def test_everybody_stands_once_under_the_heads(count: int) -> None:
    made = pages(pdf(roster(count)))
    everything = "".join(made)
    assert all(everything.count(f"3708830{number:07d}") == 1 for number in range(count))
    assert f"{count}张*3708830{count - 1:07d}" in made[-1]
    for number, page in enumerate(made, start=1):
        assert "序号姓名志愿者编号服务时长" in page
        assert f"第{number}页共{len(made)}页" in page
    assert f"全体队员·按姓名曹村站共{count}人制表日期：2026年4月7日" in made[0]


def test_a_loose_page_says_whose_it_is() -> None:
    made = pages(pdf(roster(200)))
    assert len(made) > 1
    assert all("爱心理发队名册（续）曹村站全体队员·按姓名" in page for page in made[1:])


def test_who_was_chosen_leaves_no_page_however_much_was_chosen_by() -> None:
    about = " · ".join(["在册志愿者", "云溪县城前镇桃源村", "爱心理发队", "陪伴照料、家电维修、助浴助洁"] * 2)
    station = "云溪县城前镇桃源村沿河社区新时代文明实践站" * 2
    made = pdf(replace(roster(200), station=station, about=about))
    assert all(about.replace(" ", "") in page for page in pages(made))
    with pypdfium2.PdfDocument(made) as document:
        sheet, right = document[1].get_textpage(), document[1].get_width()
        boxes = [sheet.get_charbox(place) for place in range(sheet.count_chars())]
        head = sheet.search("序号").get_next()
    assert head is not None
    assert max(box[2] for box in boxes) < right - 17 * MM
    assert min(box[1] for box in boxes[: head[0]]) > boxes[head[0]][3], "its heads stand below it"


def test_it_says_what_is_hidden_or_what_it_is_for() -> None:
    assert "姓名和电话已部分隐去" in text(pdf(roster(1)))
    whole = text(pdf(replace(roster(1), purpose="开会签到")))
    assert "姓名和电话没有隐去，用于：开会签到。" in whole
    assert "已部分隐去" not in whole


def test_a_long_name_makes_its_row_higher_and_is_whole() -> None:
    assert LONG_NAME in text(pdf(replace(roster(1), rows=((LONG_NAME, "1", "2"),))))


def test_it_lies_on_its_side() -> None:
    with pypdfium2.PdfDocument(pdf(roster(1))) as document:
        width, height = document[0].get_size()
    assert width > height
