"""Running text on a sheet: which lines reach both edges."""

from __future__ import annotations

from datetime import date

import pypdfium2

from app.printing.page import A4, BODY, Paper

WIDTH_PT = 10.5 * BODY.size_pt


def _edges(text: str, align: str) -> list[float]:
    """Where each character of a column ends."""
    paper = Paper(A4, "试", "曹村站", date(2026, 4, 7))
    paper.paragraph(A4.text.x, A4.text.y, WIDTH_PT, text, BODY, align)
    with pypdfium2.PdfDocument(paper.pdf()) as document:
        sheet = document[0].get_textpage()
        return [sheet.get_charbox(place)[2] for place in range(sheet.count_chars())]


def test_chinese_lines_reach_both_edges() -> None:
    text = "从年初到年末参加了十几次志愿服务"
    assert max(_edges(text, "full")) > max(_edges(text, "left"))


def test_words_of_letters_are_not_pulled_apart_to_fill_a_line() -> None:
    for text in (
        "She volunteered thirteen times, eighteen hours",
        "李诗涵 volunteered 13 times, 18 h in all, as told",
    ):
        assert _edges(text, "full") == _edges(text, "left")
