"""Faces: every character finds one, rare ones only when needed, and text copies out as it went in."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from app.printing import fonts
from app.printing.fonts import Style, clean, glyph, runs, width_pt
from app.printing.page import A4, Paper
from tests.printing.papers import LONG_NAME, RARE, text

BODY = Style(16)


def printed(words: str, style: Style = BODY) -> bytes:
    paper = Paper(A4, "试印", "曹村站", date(2026, 3, 5))
    paper.paragraph(A4.text.x, A4.text.y, A4.text.width, words, style)
    return paper.pdf()


@pytest.mark.parametrize(
    ("char", "face"),
    [
        ("张", "NotoSerifSC-Regular"),
        ("·", "NotoSerifSC-Regular"),
        ("㐂", "NotoSerifSC-Regular"),
        ("𬱖", "NotoSerifSC-Regular"),
        ("☑", "HanaMinA"),
        ("𪚥", "HanaMinB"),
        ("𰻝", "NotoSansSC-Regular"),
    ],
)
def test_each_character_is_drawn_by_the_likeliest_face_that_holds_it(char: str, face: str) -> None:
    assert glyph(char, "song", bold=False).face == face


def test_a_character_no_face_holds_is_printed_as_a_missing_sort() -> None:
    assert glyph("🎉", "song", bold=False).char == "□"
    assert text(printed("祝贺🎉")) == "祝贺□"


def test_a_rare_character_in_bold_is_thickened_and_a_common_one_has_its_own_bold() -> None:
    assert glyph("𪚥", "song", bold=True).faux_bold
    assert not glyph("张", "song", bold=True).faux_bold
    assert glyph("张", "song", bold=True).face == "NotoSerifSC-Bold"
    assert text(printed("张𪚥三", Style(16, bold=True))) == "张𪚥三"


def test_runs_follow_the_faces() -> None:
    assert [(run.text, run.face) for run in runs("张𪚥三", BODY)] == [
        ("张", "NotoSerifSC-Regular"),
        ("𪚥", "HanaMinB"),
        ("三", "NotoSerifSC-Regular"),
    ]


def test_width_grows_with_the_size_and_a_rare_character_is_as_wide_as_any() -> None:
    assert width_pt("张三", Style(10)) == pytest.approx(20)
    assert width_pt("𪚥𰻝", Style(22)) == pytest.approx(44)


def test_what_has_no_shape_is_left_out_and_a_tab_is_a_space() -> None:
    assert clean("张\u200b三\ufe0f\U000e0101\t李\x00四\n") == "张三 李四\n"


def test_names_with_rare_characters_copy_out_as_given() -> None:
    assert text(printed(LONG_NAME + RARE)) == LONG_NAME + RARE


def test_hundreds_of_characters_beyond_the_bmp_copy_out_as_given() -> None:
    many = "".join(chr(code) for code in range(0x20000, 0x20000 + 700))
    assert text(printed(many, Style(12))) == many


def test_rare_faces_are_not_loaded_for_a_paper_that_does_not_need_them() -> None:
    program = (
        "from app.printing import certificate\n"
        "from reportlab.pdfbase import pdfmetrics\n"
        "from tests.printing import papers\n"
        "certificate.pdf(papers.certificate())\n"
        "print(sorted(pdfmetrics._fonts))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['NotoSerifSC-Bold', 'NotoSerifSC-Regular']"


def test_warming_up_loads_what_nearly_every_paper_needs() -> None:
    fonts.warm_up()
    before = fonts._loaded.cache_info().misses
    glyph("驿", "song", bold=True)
    glyph("驿", "song", bold=False)
    assert fonts._loaded.cache_info().misses == before
