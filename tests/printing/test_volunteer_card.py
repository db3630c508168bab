"""The volunteer's card: its codes read back from the picture, ten stand on a sheet, long names fit."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest

from app.domain.papers import CARDS_PER_SHEET
from app.printing.page import MM
from app.printing.preview import Picture, picture
from app.printing.volunteer_card import HEIGHT_MM, WIDTH_MM, VolunteerCard, pdf, sheets
from tests.printing.codes import bar_code_digits, dark, is_qr_code
from tests.printing.papers import LONG_NAME, pages

DAY = date(2026, 4, 7)
NUMBER = "1022040010000425"
DOTS_PER_MM = 12
QR_TOP_MM = 4 + 17 / MM + 1.5 + 2.5


def card(number: str = NUMBER, name: str = "李梅", team: str = "爱心理发队") -> VolunteerCard:
    return VolunteerCard(name, number, team, "桃源村新时代文明实践站")


def rendered(made: bytes, width_mm: float, page: int = 0) -> Picture:
    return picture(made, page, round(width_mm * DOTS_PER_MM))


def px(mm: float) -> int:
    return round(mm * DOTS_PER_MM)


def test_a_card_has_the_size_of_a_bank_card() -> None:
    with pypdfium2.PdfDocument(pdf(card(), DAY)) as document:
        [page] = list(document)
        assert page.get_size() == pytest.approx((WIDTH_MM * MM, HEIGHT_MM * MM), abs=0.1)


@pytest.mark.parametrize("number", [NUMBER, "9993990319999994"])
def test_both_codes_read_back_to_the_number(number: str) -> None:
    image = rendered(pdf(card(number), DAY), WIDTH_MM)
    assert bar_code_digits(image, px(40), px(5), px(80)) == number
    assert is_qr_code(image, px(WIDTH_MM - 5 - 17), px(QR_TOP_MM), px(17), number.encode())


def test_it_says_who_what_and_where() -> None:
    [said] = pages(pdf(card(), DAY))
    for words in ("志愿者证", "李梅", "爱心理发队", "桃源村新时代文明实践站", NUMBER):
        assert words in said


def test_without_a_team_nothing_stands_in_its_place() -> None:
    [said] = pages(pdf(card(team=""), DAY))
    assert said == "志愿者证桃源村新时代文明实践站李梅" + NUMBER


def test_ten_stand_on_a_sheet_and_the_eleventh_on_the_next() -> None:
    numbers = [f"{place:016}" for place in range(CARDS_PER_SHEET + 1)]
    made = sheets([card(number) for number in numbers], DAY)
    first, second = pages(made)
    assert [number in first for number in numbers] == [True] * CARDS_PER_SHEET + [False]
    assert numbers[-1] in second


def test_every_code_of_a_sheet_is_read_where_its_card_is_cut() -> None:
    numbers = [f"10220400100{place:05}" for place in range(CARDS_PER_SHEET)]
    image = rendered(sheets([card(number) for number in numbers], DAY), 210)
    left, top = (210 - 2 * WIDTH_MM) / 2, (297 - 5 * HEIGHT_MM) / 2
    read = []
    for place in range(CARDS_PER_SHEET):
        row, column = divmod(place, 2)
        x, y = left + column * WIDTH_MM, top + row * HEIGHT_MM
        read.append(bar_code_digits(image, px(y + 40), px(x + 5), px(x + WIDTH_MM - 5)))
    assert read == numbers


def test_the_marks_stand_outside_the_cards_at_their_edges() -> None:
    image = rendered(sheets([card()] * CARDS_PER_SHEET, DAY), 210)
    left, top = (210 - 2 * WIDTH_MM) / 2, (297 - 5 * HEIGHT_MM) / 2
    for column in range(3):
        x = px(left + column * WIDTH_MM)
        assert any(dark(image, x + near, px(top - 3)) for near in (-1, 0, 1))
    for row in range(6):
        y = px(top + row * HEIGHT_MM)
        assert any(dark(image, px(left - 3), y + near) for near in (-1, 0, 1))
    assert not any(dark(image, px(left + 20), px(top) + near) for near in range(-6, 20))


def test_the_longest_name_and_team_leave_the_codes_free() -> None:
    made = pdf(card(name=LONG_NAME, team="城前镇桃源村夕阳红敬老爱老志愿服务队第二小队" * 3), DAY)
    image = rendered(made, WIDTH_MM)
    assert bar_code_digits(image, px(37.2), px(5), px(80)) == NUMBER
    assert LONG_NAME[:20] in pages(made)[0]
