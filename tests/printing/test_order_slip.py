"""The order slip: what a volunteer needs at the door, and what comes back filled in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pypdfium2
import pytest

from app.printing.order_slip import OrderSlip, Shopping, pdf
from app.printing.page import A5, MM
from app.words import LANGUAGES, _, speaking
from tests.printing.papers import HISTORY, LONG_NAME, pages, text


def an_order_slip(**changes: Any) -> OrderSlip:
    facts: dict[str, Any] = {
        "number": "4205-A1-0417-3K",
        "short_number": "0417-3K",
        "digits": "4205010417",
        "station": "曹村新时代文明实践站",
        "station_phone": "0537-5210000",
        "category": "代购",
        "what": "买米一袋、降压药两盒",
        "place": "曹村3组21号",
        "when": "4月8日 09:00",
        "due": "4月8日 11:00",
        "mind": "独居，有狗",
        "contact": "王桂兰",
        "contact_phone": "138 0000 1234",
        "beneficiary": "",
        "team": "爱心代购队",
        "volunteers": "李强、赵敏",
        "history": HISTORY,
        "day": date(2026, 4, 7),
    }
    return OrderSlip(**(facts | changes))


def test_a_volunteer_finds_the_door_the_phone_and_the_boxes_to_fill_in_on_one_page() -> None:
    made = pages(pdf(an_order_slip(urgent=True, shopping=Shopping("200"), beneficiary="张守田")))
    assert len(made) == 1
    for words in (
        "志愿服务单",
        "0417-3K",
        "4205-A1-0417-3K",
        "急",
        "要什么【代购】买米一袋、降压药两盒",
        "在哪曹村3组21号",
        "什么时候4月8日09:00（最迟4月8日11:00）",
        "当心独居，有狗",
        "给谁张守田",
        "联系人王桂兰13800001234",
        "谁接单爱心代购队：李强、赵敏",
        "预付200元",
        "□5星",
        "□1星",
        "站点联系方式：0537-5210000",
        "4月7日14:20派给爱心代购队，赵敏接单。",
    ):
        assert words in made[0]


def test_labels_keep_their_words_whole_in_english(speak: Callable[[str], None]) -> None:
    speak("en")
    with pypdfium2.PdfDocument(pdf(an_order_slip())) as document:
        said = document[0].get_textpage().get_text_range()
    for label in ("Signature", "Contact", "Remarks"):
        assert label in said, "cut in two lines it would not be found"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_long_station_and_the_word_for_urgent_cover_nothing(language: str) -> None:
    station = "云溪县城前镇桃源村沿河社区新时代文明实践站"
    with speaking(language):
        made = pdf(an_order_slip(urgent=True, station=station * 2))
        title, urgent = _("志愿服务单"), _("急")
    with pypdfium2.PdfDocument(made) as document:
        sheet = document[0].get_textpage()
        places = [_place(sheet, words) for words in (title, "0417-3K", urgent, "4205-A1")]
        places += [_place(sheet, station[:4], nth) for nth in (0, 1)]
    assert places[2][2] < A5.text.right - 52 * MM, "beside the bar code"
    for place, one in enumerate(places):
        for other in places[place + 1 :]:
            across = min(one[2], other[2]) - max(one[0], other[0])
            assert across <= 0 or min(one[3], other[3]) - max(one[1], other[1]) <= 0, (one, other)


def _place(sheet: pypdfium2.PdfTextPage, words: str, nth: int = 0) -> tuple[float, float, float, float]:
    """Where ``words`` stand in a line: left, bottom, right, top."""
    found = sheet.search(words, match_case=True)
    for _before in range(nth + 1):
        at, count = found.get_next()
    boxes = [sheet.get_charbox(place) for place in range(at, at + count)]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def test_what_does_not_apply_does_not_stand_on_the_slip() -> None:
    said = text(pdf(an_order_slip(mind="", due="", volunteers="")))
    for words in ("当心", "最迟", "给谁", "代购钱款", "急"):
        assert words not in said
    assert "谁接单爱心代购队服务时间" in said


def test_shopping_money_that_was_not_advanced_is_left_to_fill_in() -> None:
    said = text(pdf(an_order_slip(shopping=Shopping(""))))
    assert "预付元" in said
    assert "票据张" in said


def test_a_long_order_goes_on_to_more_pages_that_carry_its_number() -> None:
    what = "水管冻裂，厨房漏水，请带扳手，" * 30
    made = pages(pdf(an_order_slip(what=what, contact=LONG_NAME, volunteers=LONG_NAME)))
    assert len(made) > 1
    assert sum(page.count("裂") for page in made) == 30
    assert all("0417-3K" in page for page in made)
    assert LONG_NAME in "".join(made)


def test_the_bytes_are_the_same_every_time() -> None:
    assert pdf(an_order_slip()) == pdf(an_order_slip())
