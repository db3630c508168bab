"""The notice and the certificate of stars, as they come out of the printer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from app.printing import star_certificate, star_notice
from app.printing.page import MM, OFFICIAL
from app.printing.star_certificate import StarCertificate
from app.printing.star_notice import Line, StarNotice
from app.words import LANGUAGES, speaking
from tests.printing.papers import LONG_NAME, pages

NOTICE = StarNotice(
    station="桃源村新时代文明实践站",
    phone="0537-3210001",
    cut_off=date(2026, 3, 31),
    first_day=date(2026, 4, 7),
    last_day=date(2026, 4, 10),
    lines=(Line(3, "欧阳*明", "612.5 小时"), Line(1, "王*芳", "104 小时")),
    is_draft=False,
)
CERTIFICATE = StarCertificate(
    number="XJ-2026-A1000012-4",
    name="欧阳晓明",
    volunteer_number="1022040010000425",
    hours="612.5 小时",
    level=3,
    cut_off=date(2026, 3, 31),
    issuer="桃源村新时代文明实践站",
    awarded_on=date(2026, 4, 13),
    language="zh_CN",
)


def test_the_notice_says_who_for_how_long_and_how_to_object() -> None:
    [page] = pages(star_notice.pdf(NOTICE))
    text = page.replace("\n", "")
    assert "下列2位志愿者" in text
    assert "公示期从2026年4月7日起，到2026年4月10日止" in text
    assert "打电话0537-3210001" in text
    assert "三星" in text
    assert "预览" not in text
    assert star_notice.pdf(NOTICE) == star_notice.pdf(NOTICE)


def test_a_notice_without_a_phone_and_before_it_is_posted() -> None:
    [page] = pages(star_notice.pdf(replace(NOTICE, phone="", is_draft=True)))
    assert "打电话" not in page
    assert "预览" in page


def test_a_long_list_repeats_its_heads_and_is_never_signed_alone() -> None:
    made = pages(star_notice.pdf(replace(NOTICE, lines=NOTICE.lines * 30)))
    assert all("拟评星级" in page for page in made)
    assert "王*芳" in made[-1]
    assert "骑缝章" in made[-1].replace("\n", "")


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_mark_for_the_fold_seal_fits_between_its_lines(language: str) -> None:
    with speaking(language):
        made = star_notice.pdf(replace(NOTICE, lines=NOTICE.lines * 30))
    boxes = [box for box in _boxes(made) if box[0] > OFFICIAL.width - 10 * MM]
    assert len(boxes) >= 3
    assert max(box[3] for box in boxes) - min(box[1] for box in boxes) < 50 * MM


def test_the_longest_name_stays_inside_the_frame() -> None:
    made = star_certificate.pdf([replace(CERTIFICATE, name=LONG_NAME)])
    [page] = pages(made)
    assert LONG_NAME in page
    assert max(box[2] for box in _boxes(made)) < (297 - 15) * MM


def _boxes(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """Where each character of the first page stands: left, bottom, right, top."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[0].get_textpage()
        return [sheet.get_charbox(place) for place in range(sheet.count_chars())]


def test_the_certificate_says_what_was_frozen() -> None:
    [page] = pages(star_certificate.pdf([CERTIFICATE]))
    text = page.replace("\n", "")
    for words in (
        "欧阳晓明",
        "三星志愿者",
        "612.5小时",
        "2026年3月31日",
        "2026年4月13日",
        "XJ-2026-A1000012-4",
    ):
        assert words in text
    with pypdfium2.PdfDocument(star_certificate.pdf([CERTIFICATE])) as document:
        assert "1022 0400 1000 0425" in document[0].get_textpage().get_text_range()


def test_each_page_speaks_the_language_it_was_awarded_in() -> None:
    made = pages(star_certificate.pdf([CERTIFICATE, replace(CERTIFICATE, language="en")]))
    assert "特发此证" in made[0]
    assert "特发此证" not in made[1]


def test_each_person_has_a_page_and_a_volunteer_without_a_number_too() -> None:
    made = pages(
        star_certificate.pdf([CERTIFICATE, replace(CERTIFICATE, name="赵晓燕", volunteer_number="")])
    )
    assert len(made) == 2
    assert "志愿者编号" not in made[1]
