"""Codes: the bars on paper are the modules of the symbol, and a bar code reads back to its digits."""

from __future__ import annotations

from datetime import date

import pytest
import segno
from reportlab.graphics.barcode import code128

from app.printing.page import A4, Box, Paper
from app.printing.preview import Picture, picture
from app.printing.qr import BAR_CODE_QUIET_MODULES, bar_code, qr_code


def drawn(paper: Paper) -> Picture:
    return picture(paper.pdf(), 0, round(A4.width * 4))


def dark(image: Picture, x_pt: float, y_pt: float) -> bool:
    scale = image.width / A4.width
    return image.rgba[(int(y_pt * scale) * image.width + int(x_pt * scale)) * 4] < 128


def test_the_qr_code_on_paper_is_the_symbol_module_for_module() -> None:
    payload = b"ZM-370883104205-2026-A1000123-K" + bytes(range(200))
    paper = Paper(A4, "试印", "曹村站", date(2026, 3, 5))
    paper.qr(100, 100, 200, payload)
    image = drawn(paper)
    symbol = segno.make(payload, error="m", micro=False, boost_error=False).matrix
    module = 200 / len(symbol)
    read = [
        [dark(image, 100 + (x + 0.5) * module, 100 + (y + 0.5) * module) for x in range(len(symbol))]
        for y in range(len(symbol))
    ]
    assert read == [[bool(value) for value in row] for row in symbol]


def test_neighbouring_dark_modules_are_one_bar() -> None:
    code = qr_code(b"x")
    first_row = [bar for bar in code.bars if bar.y == 0]
    assert first_row[0] == (0, 0, 7)
    assert first_row[-1] == (code.modules - 7, 0, 7)


def patterns(digits: str) -> str:
    """Widths of bars and spaces according to the table that ReportLab carries."""
    values = [105, *(int(digits[i : i + 2]) for i in range(0, len(digits), 2))]
    values.append((105 + sum(place * value for place, value in enumerate(values))) % 103)
    letters = "".join(code128._patterns[value] for value in [*values, 106])
    return "".join(str("abcd".index(letter) + 1) for letter in letters.lower())


@pytest.mark.parametrize("digits", ["00", "4205010417", "37088300012345", "9" * 30])
def test_a_bar_code_on_paper_reads_back_to_its_digits(digits: str) -> None:
    code = bar_code(digits)
    paper = Paper(A4, "试印", "曹村站", date(2026, 3, 5))
    paper.bar_code(Box(50, 50, 500, 40), digits)
    image = drawn(paper)
    module = 500 / (code.modules + 2 * BAR_CODE_QUIET_MODULES)
    left = 50 + BAR_CODE_QUIET_MODULES * module
    read = [dark(image, left + (x + 0.5) * module, 70) for x in range(code.modules)]
    expected = [place % 2 == 0 for place, width in enumerate(patterns(digits)) for _ in range(int(width))]
    assert read == expected


@pytest.mark.parametrize("digits", ["", "123", "12A4", "１２"])
def test_only_an_even_number_of_plain_digits_makes_a_bar_code(digits: str) -> None:
    with pytest.raises(AssertionError):
        bar_code(digits)
