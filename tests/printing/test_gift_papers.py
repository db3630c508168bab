"""The papers of the gift counter: receipt, register, day sheet and count sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import pytest

from app.printing import count_sheet, day_sheet, gift_receipt, gift_register
from app.printing.count_sheet import Counted, CountRow, CountSheet
from app.printing.day_sheet import DaySheet, StockRow
from app.printing.gift_receipt import GiftReceipt, GivenRow
from app.printing.gift_register import GiftRegister, RegisterRow
from app.printing.page import MM
from tests.printing.papers import LONG_NAME, pages, text

TOWEL = GivenRow("毛巾", "纯棉 34×75 cm", "条", "12", "1", "12")
PASTE = GivenRow("牙膏", "120 克", "支", "8", "2", "16")
DAY = date(2026, 4, 7)


def a_receipt(**changes: Any) -> GiftReceipt:
    facts: dict[str, Any] = {
        "number": "2204-A1-000042-7",
        "digits": "2204001000000427",
        "station": "曹村新时代文明实践站",
        "given_at": "2026年4月7日 14:05",
        "quarter": "2026年第二季度",
        "volunteer": "张*明",
        "volunteer_number": "1022 0400 1000 0425",
        "rows": (TOWEL, PASTE),
        "deducted": "28",
        "before": "45",
        "after": "17",
        "receiver": "本人",
        "operator": "陈芳",
        "checker": "",
        "day": DAY,
    }
    return GiftReceipt(**(facts | changes))


def a_register_row(number: int) -> RegisterRow:
    return RegisterRow(
        number=f"DH-A1{number:06}-7",
        given_at="12月27日 14:05",
        volunteer="张*明",
        volunteer_number="1022 0400 1000 0425",
        gift="毛巾 纯棉 34×75 cm",
        unit="条",
        each="12",
        quantity="1",
        deducted="12",
        points="45 → 33",
        stock="40 → 39",
        receiver="代领 李*（儿子）",
        staff="陈芳、沈静",
        remark="4月8日撤销",
    )


def a_stock_row(gift: str) -> StockRow:
    return StockRow(gift, "条", "40", "20", "3", "1", "", "-1", "57")


def a_day_sheet(count: int = 3, gifts: int = 6) -> DaySheet:
    return DaySheet(
        "曹村新时代文明实践站",
        DAY,
        f"兑换 {count} 次，扣 {12 * count} 分",
        "2026年4月7日 17:30",
        "陈芳",
        tuple(a_register_row(number) for number in range(count)),
        tuple(a_stock_row(f"礼品{number:03}") for number in range(gifts)),
    )


def a_count_row(number: int, counted: Counted | None = None) -> CountRow:
    return CountRow(f"洗衣液{number:03} 2 千克", "瓶", "2027-09-01", counted)


def a_count_sheet(count: int = 3) -> CountSheet:
    return CountSheet("曹村新时代文明实践站", DAY, tuple(a_count_row(number) for number in range(count)))


def test_both_copies_of_a_receipt_say_the_same_on_one_sheet() -> None:
    made = pages(gift_receipt.pdf(a_receipt()))
    assert len(made) == 1
    for words in (
        "礼品兑换凭证",
        "凭证号2204-A1-000042-7",
        "志愿者姓名张*明编号1022040010000425",
        "兑换时间2026年4月7日14:05季度2026年第二季度",
        "毛巾纯棉34×75cm条12112",
        "牙膏120克支8216",
        "兑换前45本次扣28还剩17",
        "领取人本人经办、复核陈芳",
        "领取人签字",
        "服务时长不变",
    ):
        assert made[0].count(words) == 2, words
    assert made[0].index("存根联站点留存") < made[0].index("领取联交领取人")


def test_an_agent_a_checker_a_reprint_and_a_reversal_stand_on_the_receipt() -> None:
    receipt = a_receipt(
        receiver="李*（儿子）代领",
        checker="沈静",
        copy=gift_receipt.Copy(2, date(2026, 4, 9)),
        reversed_on=date(2026, 4, 8),
    )
    said = text(gift_receipt.pdf(receipt))
    assert said.count("领取人李*（儿子）代领经办、复核陈芳、沈静") == 2
    assert said.count("补打第2次2026年4月9日") == 2
    assert said.count("本次兑换已于2026年4月8日撤销") == 2
    assert "请当面点清" not in said


@pytest.mark.parametrize("count", [12, 60])
def test_a_long_receipt_has_its_copies_on_sheets_of_their_own(count: int) -> None:
    rows = tuple(replace(TOWEL, gift=f"礼品{number:03}") for number in range(count))
    made = pages(gift_receipt.pdf(a_receipt(rows=rows, volunteer=LONG_NAME)))
    assert len(made) in (2, 6)
    half = len(made) // 2
    for copy in ("".join(made[:half]), "".join(made[half:])):
        assert all(f"礼品{number:03}" in copy for number in range(count))
        assert "领取人签字" in copy
    assert "存根联" in made[0]
    assert "领取联" in made[half]
    assert all("2204-A1-000042-7" in page for page in made)


@pytest.mark.parametrize("count", [1, 40])
def test_every_redemption_stands_in_the_register_once(count: int) -> None:
    rows = tuple(a_register_row(number) for number in range(count))
    register = GiftRegister("曹村站", "2026年第二季度", f"兑换 {count} 次", rows, DAY)
    made = pages(gift_register.pdf(register))
    everything = "".join(made)
    for number in range(count):
        assert everything.count(f"A1{number:06}-7") == 1
    assert all("积分前后" in page for page in made)
    assert all("礼品兑换登记簿（续）曹村站2026年第二季度" in page for page in made[1:])
    assert f"曹村站2026年第二季度兑换{count}次制表日期：2026年4月7日姓名已部分隐去" in made[0]


def test_what_is_looked_up_in_the_register_stands_in_one_line() -> None:
    register = GiftRegister("曹村站", "2026年第四季度", "兑换 1 次", (a_register_row(42),), DAY)
    with pypdfium2.PdfDocument(gift_register.pdf(register)) as document:
        lines = document[0].get_textpage().get_text_range()
    for words in ("经办、复核", "DH-A1000042-7", "1022 0400 1000 0425", "12月27日", "陈芳、沈静"):
        assert words in lines, words


def test_an_empty_register_says_so() -> None:
    register = GiftRegister("曹村站", "2026年第二季度", "兑换 0 次", (), DAY)
    assert "没有兑换。" in text(gift_register.pdf(register))


def test_the_day_sheet_has_the_day_the_stock_and_room_to_sign() -> None:
    made = pages(day_sheet.pdf(a_day_sheet()))
    assert len(made) == 1
    for words in (
        "礼品兑换日结单",
        "2026年4月7日17:30由陈芳日结",
        "毛巾纯棉34×75cm条12112",
        "45→33",
        "礼品000条402031-157",
        "经办人签字复核人签字",
    ):
        assert words in made[0], words


def test_an_open_day_says_that_it_is_open() -> None:
    said = text(day_sheet.pdf(replace(a_day_sheet(), closed_at="", closed_by="")))
    assert "尚未日结" in said


def test_a_day_on_which_nothing_was_done_says_so() -> None:
    said = text(day_sheet.pdf(a_day_sheet(0, 0)))
    assert "没有兑换。" in said
    assert "库存没有收发。经办人签字" in said


@pytest.mark.parametrize(("count", "gifts"), [(0, 1), (14, 6), (11, 10), (30, 40)])
def test_no_signature_stands_alone(count: int, gifts: int) -> None:
    made = pages(day_sheet.pdf(a_day_sheet(count, gifts)))
    assert "经办人签字" in made[-1]
    assert all("礼品兑换日结单（续）曹村新时代文明实践站2026年4月7日" in page for page in made[1:])
    assert "期末" in made[-1]
    for number in range(gifts):
        assert sum(page.count(f"礼品{number:03}") for page in made) == 1


def test_a_blind_sheet_does_not_say_what_the_book_says() -> None:
    said = text(count_sheet.pdf(a_count_sheet()))
    for words in ("礼品盘点表", "洗衣液0002千克瓶2027-09-01", "实盘数量", "盘点人签字"):
        assert words in said, words
    assert "账面" not in said


def test_after_the_count_the_sheet_says_what_differed_and_why() -> None:
    row = a_count_row(1, Counted("12", "11", "-1", "破损一瓶"))
    sheet = replace(a_count_sheet(), rows=(row,), result="2026年4月7日 16:40 由陈芳盘点，共 3 种 40 件")
    said = text(count_sheet.pdf(sheet))
    assert "洗衣液0012千克瓶1211-1破损一瓶" in said
    assert "2026年4月7日16:40由陈芳盘点，共3种40件" in said
    assert "实盘数量" not in said


def test_a_count_that_fits_says_so() -> None:
    sheet = replace(a_count_sheet(), rows=(), result="2026年4月7日 16:40 由陈芳盘点")
    assert "账面和实物都对得上。" in text(count_sheet.pdf(sheet))


@pytest.mark.parametrize("count", [20, 70])
def test_a_long_count_keeps_its_heads_and_its_signatures(count: int) -> None:
    made = pages(count_sheet.pdf(a_count_sheet(count)))
    assert all("有效期至" in page for page in made)
    assert all("礼品盘点表（续）曹村新时代文明实践站2026年4月7日" in page for page in made[1:])
    assert "盘点人签字" in made[-1]
    assert all(sum(page.count(f"洗衣液{number:03}") for page in made) == 1 for number in range(count))


def test_a_long_station_goes_on_below_itself_and_not_under_the_bar_code() -> None:
    station = "云溪县城前镇桃源村沿河社区新时代文明实践站"
    with pypdfium2.PdfDocument(gift_receipt.pdf(a_receipt(station=station * 2))) as document:
        sheet = document[0].get_textpage()
        found = sheet.search(station[:4]).get_next()
        assert found is not None
        across = [sheet.get_charbox(place) for place in range(found[0], found[0] + len(station))]
    assert max(box[2] for box in across) < (210 - 18 - 58) * MM


def test_the_bytes_are_the_same_every_time() -> None:
    assert gift_receipt.pdf(a_receipt()) == gift_receipt.pdf(a_receipt())
    assert day_sheet.pdf(a_day_sheet()) == day_sheet.pdf(a_day_sheet())
    assert count_sheet.pdf(a_count_sheet()) == count_sheet.pdf(a_count_sheet())


def test_the_sheets_lie_as_they_are_filed() -> None:
    sizes = []
    for made in (gift_receipt.pdf(a_receipt()), day_sheet.pdf(a_day_sheet())):
        with pypdfium2.PdfDocument(made) as document:
            width, height = document[0].get_size()
            sizes.append(width < height)
    assert sizes == [True, False]


def test_a_whole_day_stands_in_one_line_of_the_count_sheet() -> None:
    row = CountRow("洗衣液 2 千克", "瓶", "2026年12月28日")
    made = count_sheet.pdf(CountSheet("曹村新时代文明实践站", DAY, (row,)))
    with pypdfium2.PdfDocument(made) as document:
        assert "2026年12月28日" in document[0].get_textpage().get_text_range()
