"""Breaking lines: nothing lost, nothing too wide, no forbidden first or last character."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.printing.lines import NOT_FIRST, NOT_LAST, Line, break_lines

WORDS = (
    "志愿",
    "服务",
    "新时代文明实践站",
    "理发",
    "曹村",
    "3号楼",
    "2026年3月5日",
    "10:30-11:00",
    "ZM-37",
    "GB/T",
    "3.5",
    "kg",
)


def width(char: str) -> float:
    return 0.5 if char < "\u2000" else 1.0


def broken(text: str, column: float, indent: float = 0.0) -> list[str]:
    return [line.text for line in break_lines(text, column, width, indent)]


def a_paragraph() -> str:
    parts: list[str] = []
    for _ in range(random.randint(10, 60)):
        word = random.choice(WORDS)
        match random.randint(0, 7):
            case 0:
                word = f"（{word}）"
            case 1:
                word = f"《{word}》，"
            case 2:
                word = f"“{word}。”"
            case 3:
                word += "……"
            case 4:
                word += "——"
            case 5:
                word += random.choice("，。、；：！？·％")
            case _:
                pass
        # A Chinese character between, or two numbers would make a word wider than the column.
        parts.append(word + random.choice("和在去的了"))
    return "".join(parts)


def test_no_line_of_a_large_corpus_begins_or_ends_wrongly() -> None:
    bad: list[str] = []
    count = 0
    for _ in range(300):
        paragraph, column = a_paragraph(), random.uniform(12, 40)
        lines = broken(paragraph, column, indent=2.0)
        assert "".join(lines) == paragraph
        count += len(lines)
        bad += [line for line in lines if line[0] in NOT_FIRST]
        bad += [line for line in lines if line[-1] in NOT_LAST]
        pairs = list(itertools.pairwise(lines))
        bad += [one + "|" + two for one, two in pairs if one[-1] == two[0] and one[-1] in "—…"]
        bad += [one + "|" + two for one, two in pairs if one[-1].isascii() and two[0].isascii()]
    assert count > 2000
    assert bad == []


@given(st.text("中文，。（）《》“”—…·abc123.-/ \u00a0é́𬱖", max_size=80), st.floats(3.0, 30.0))
def test_whatever_the_text_nothing_is_lost_and_nothing_is_too_wide(text: str, column: float) -> None:
    lines = break_lines(text, column, width)
    assert "".join(line.text for line in lines).replace(" ", "") == text.replace(" ", "")
    assert all(line.width_pt <= column + 0.01 or len(line.text) == 1 for line in lines)
    assert [line.ends for line in lines] == [False] * (len(lines) - 1) + [True]


def test_a_word_wider_than_the_column_is_cut_where_the_column_ends() -> None:
    assert broken("网址www-example-community", 4.0) == ["网址", "www-exam", "ple-comm", "unity"]


def test_a_stroke_neither_begins_nor_ends_a_line_even_inside_a_long_word() -> None:
    assert broken("www-example-com/abcdef", 4.0) == ["www-exam", "ple-co", "m/abcdef"]


def test_a_date_or_a_code_goes_to_the_next_line_whole() -> None:
    assert broken("编号是ZM-3708-K", 6.0) == ["编号是", "ZM-3708-K"]


def test_the_dot_of_a_name_stays_with_what_stands_before() -> None:
    assert broken("阿卜杜热·买买提", 4.0) == ["阿卜杜", "热·买买", "提"]


def test_spaces_at_a_line_end_take_no_room_and_begin_no_line() -> None:
    assert broken("文明  实践", 2.0) == ["文明", "实践"]


def test_a_single_character_is_not_left_alone_on_the_last_line() -> None:
    assert broken("新时代文明实践站志愿服务队员。", 13.0) == ["新时代文明实践站志愿服务", "队员。"]


def test_a_single_character_stays_alone_where_taking_one_would_show() -> None:
    assert broken("新时代文明", 4.0) == ["新时代文", "明"]


def test_the_first_line_is_indented_and_each_line_feed_ends_a_paragraph() -> None:
    lines = break_lines("特此证明\n\n此致", 5.0, width, 2.0)
    assert lines == [
        Line("特此证", 3.0, False, 2.0),
        Line("明", 1.0, True, 0.0),
        Line("", 0, True, 2.0),
        Line("此致", 2.0, True, 2.0),
    ]


@pytest.mark.parametrize("text", ["。。。。。。", "（（（（（（", "……………"])
def test_what_no_rule_can_break_is_broken_all_the_same(text: str) -> None:
    lines = broken(text, 2.0)
    assert "".join(lines) == text
    assert max(map(len, lines)) <= 2
