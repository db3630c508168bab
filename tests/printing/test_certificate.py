"""The certificate: says what it was given, keeps the seal's place free, and is the same everywhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from hashlib import sha256

import pypdfium2
import pytest

from app.printing.certificate import Reprint, pdf
from app.printing.page import MM
from app.printing.preview import picture
from tests.printing.papers import LONG_NAME, certificate, pages, services, text


def test_it_says_all_that_it_must() -> None:
    paper = certificate(3)
    said = text(pdf(paper))
    for words in (
        "志愿服务记录证明",
        "姓名张三",
        "志愿者编号37088300012345",
        "证件类型居民身份证",
        "证件号码11010519491231002X",
        "兹证明张三于2025年1月3日至2025年1月5日期间参加志愿服务3次，服务时间合计7.5小时，记录如下：",
        "合计7.5小时（七小时三十分）",
        "特此证明。",
        "负责人：王秀英",
        "经办人：李小梅",
        "联系方式：0537-5210000",
        "证明编号：ZM-370883104205-2026-A1000123-K",
        "曹村新时代文明实践站2026年3月5日",
        "第1页共1页",
    ):
        assert words in said
    for row in paper.rows:
        assert row.activity in said
        assert row.served_on.isoformat() in said
        assert row.content in said


def test_the_number_of_a_volunteer_is_grouped_as_on_the_card() -> None:
    with pypdfium2.PdfDocument(pdf(certificate(1, volunteer_number="1022040010000425"))) as document:
        assert "1022 0400 1000 0425" in document[0].get_textpage().get_text_range()


def test_nobody_named_is_nobody_printed() -> None:
    said = text(pdf(certificate(person_in_charge="", clerk="", contact="")))
    assert "经办人" not in said
    assert "联系方式" not in said


def test_services_of_one_day_name_that_day_once() -> None:
    assert "兹证明张三于2025年1月3日参加志愿服务1次" in text(pdf(certificate(1)))


def test_a_few_services_take_one_page_without_a_fold_seal() -> None:
    said = pages(pdf(certificate(5)))
    assert len(said) == 1
    assert "骑缝章" not in said[0]


@pytest.mark.parametrize("count", [6, 7, 8, 9, 10, 11, 12, 30])
def test_many_services_repeat_the_heads_and_never_leave_the_signature_alone(count: int) -> None:
    said = pages(pdf(certificate(count)))
    for number, page in enumerate(said, start=1):
        assert "序号活动名称日期地点服务内容小时数记录单位负责人" in page
        assert "证明编号：ZM-370883104205-2026-A1000123-K" in page
        assert f"第{number}页共{len(said)}页" in page
        assert ("骑缝章" in page) == (len(said) > 1)
    assert f"“夕阳计划”第{count - 1}次" in said[-1]
    assert "特此证明" in said[-1]
    everything = "".join(said)
    assert all(everything.count(f"“夕阳计划”第{number}次") == 1 for number in range(count))


def test_a_very_long_text_in_one_row_is_carried_over_pages_whole() -> None:
    long = "量血压、理发、陪聊、打扫院子，" * 120
    row = services(1)[0]
    paper = certificate(rows=(row, type(row)(**{**vars(row), "content": long})))
    said = pages(pdf(paper))
    assert len(said) > 2
    assert sum(page.count("聊") for page in said) == 120


def test_a_name_of_fifty_characters_with_rare_ones_is_printed_and_copies_out() -> None:
    said = text(pdf(certificate(name=LONG_NAME, person_in_charge=LONG_NAME, clerk=LONG_NAME)))
    assert f"兹证明{LONG_NAME}于" in said
    assert f"负责人：{LONG_NAME}经办人：{LONG_NAME}" in said


@pytest.mark.parametrize(
    "issuer", ["曹村新时代文明实践站", "邹城市钢山街道后八里沟村新时代文明实践站暨志愿服务联合会"]
)
def test_the_seal_has_50_mm_that_hold_nothing_but_issuer_and_date(issuer: str) -> None:
    made = pdf(certificate(3, issuer=issuer, person_in_charge=LONG_NAME))
    with pypdfium2.PdfDocument(made) as document:
        sheet = document[0].get_textpage()
        boxes = [sheet.get_charbox(i) for i in range(sheet.count_chars())]
        letters = sheet.get_text_range(0, sheet.count_chars())
        start = letters.rindex("2026年3月5日")
        day = boxes[start : start + len("2026年3月5日")]
        axis = (day[0][0] + day[-1][2]) / 2
        # GB/T 9704: the seal's lower edge lies on the date; 1 mm of its 50 is left to the sides of the glyphs.
        bottom = min(box[1] for box in day) - 3 * MM
        half = 24.5 * MM
        held = sheet.get_text_bounded(axis - half, bottom, axis + half, bottom + 49 * MM)
    inside = re.sub(r"\s", "", held)
    assert inside.endswith("2026年3月5日")
    assert set(inside.removesuffix("2026年3月5日")) <= set(issuer)
    image = picture(made, 0, 210 * 4)
    top_rows = range(round((297 - bottom / MM - 49) * 4), round((297 - bottom / MM - 44) * 4))
    left, right = round((axis / MM - 24.5) * 4), round((axis / MM + 24.5) * 4)
    for row in top_rows:
        start = (row * image.width + left) * 4
        assert set(image.rgba[start : start + (right - left) * 4]) == {255}


def test_a_preview_has_no_number_no_code_and_says_so() -> None:
    made = pdf(certificate(number=None, qr=None))
    said = text(made)
    assert "预览" in said
    assert "证明编号：（签发时编号）" in said
    assert "签发后在此印出核验码。" in said
    assert "ZM-" not in said


def test_a_reprint_says_which_and_when_on_every_page() -> None:
    made = pdf(certificate(30, reprint=Reprint(2, date(2026, 4, 1))))
    assert all("补打第2次2026年4月1日" in page for page in pages(made))
    assert "补打" not in text(pdf(certificate(30)))


def test_a_void_certificate_is_overprinted_on_every_page_and_stays_legible() -> None:
    made = pdf(certificate(30, voided_on=date(2026, 5, 6)))
    for page in pages(made):
        assert page.count("作废") == 2
        assert "本证明已于2026年5月6日作废" in page
    assert "7.5小时（七小时三十分）" in text(made)


def test_every_face_is_embedded_and_no_other_is_named() -> None:
    made = pdf(certificate(name=LONG_NAME))
    assert b"/Helvetica" not in made
    assert (
        made.count(b"/Type /FontDescriptor") == made.count(b"/FontFile2") == made.count(b"/Subtype /TrueType")
    )


def test_the_file_carries_the_day_of_the_paper_and_who_issued_it() -> None:
    with pypdfium2.PdfDocument(pdf(certificate())) as document:
        facts = document.get_metadata_dict()
    assert facts["CreationDate"] == "D:20260305000000+08'00'"
    assert facts["Author"] == "曹村新时代文明实践站"
    assert facts["Title"] == "志愿服务记录证明"


def test_the_bytes_are_the_same_again_and_in_another_time_zone() -> None:
    made = pdf(certificate())
    assert pdf(certificate()) == made
    program = (
        "from hashlib import sha256\n"
        "from app.printing.certificate import pdf\n"
        "from tests.printing import papers\n"
        "print(sha256(pdf(papers.certificate())).hexdigest())"
    )
    environment = os.environ | {"TZ": "America/New_York", "PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == sha256(made).hexdigest()
