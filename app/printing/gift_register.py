"""The register of redemptions (兑换登记簿): a line for every gift given, as the county's inspectors read it.

A4 landscape. What is chosen (a day, a quarter) is said in its head; names come in masked. ``day_sheet`` has the same
lines above the stock of its day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.printing.flow import Column, Flow, begin
from app.printing.fonts import Style
from app.printing.page import A4_LANDSCAPE, FOOT, MM, Paper, day_words, number_pages
from app.words import _

ROW = Style(9, leading_pt=13)
PADDING = 2.5
MIN_ROW_PT = 7.5 * MM


@dataclass(frozen=True)
class RegisterRow:
    """One gift of one redemption, every text ready to print. ``points`` is "45 → 33", ``stock`` the same of the gift;
    ``remark`` says that and when it was reversed.
    """

    number: str
    given_at: str
    volunteer: str
    volunteer_number: str
    gift: str
    unit: str
    each: str
    quantity: str
    deducted: str
    points: str
    stock: str
    receiver: str
    staff: str
    remark: str


@dataclass(frozen=True)
class GiftRegister:
    """``about`` says what was chosen ("2026年第二季度"), ``total`` sums it up."""

    station: str
    about: str
    total: str
    rows: tuple[RegisterRow, ...]
    day: date


def pdf(register: GiftRegister) -> bytes:
    """The register, its heads on every page."""
    title = _("礼品兑换登记簿")
    paper = Paper(A4_LANDSCAPE, title, register.station, register.day)
    flow = begin(paper, title, register.about)
    facts = _("{station}　{about}　{total}　制表日期：{day}　姓名已部分隐去").format(
        station=register.station, about=register.about, total=register.total, day=day_words(register.day)
    )
    flow.paragraph(facts, FOOT)
    flow.gap(1)
    lines(flow, register.rows)
    number_pages(paper)
    return paper.pdf()


def lines(flow: Flow, rows: tuple[RegisterRow, ...]) -> None:
    """The lines of the register, or a word that there are none."""
    if not rows:
        flow.gap(3)
        flow.centred(_("没有兑换。"), FOOT)
        flow.gap(3)
        return
    columns = (
        Column(_("序号"), 9, "centre"),
        Column(_("凭证号"), 28, "centre"),
        Column(_("时间"), 17, "centre"),
        Column(_("姓名"), 14),
        Column(_("编号"), 33.5, "centre"),
        Column(_("礼品、规格"), 32),
        Column(_("单位"), 9, "centre"),
        Column(_("每件"), 9.5, "right"),
        Column(_("数量"), 9.5, "right"),
        Column(_("扣积分"), 12, "right"),
        Column(_("积分前后"), 17, "centre"),
        Column(_("库存前后"), 16, "centre"),
        Column(_("领取人"), 20),
        Column(_("经办、复核"), 19),
        Column(_("备注"), 16.5),
    )
    texts = [
        (
            str(place),
            row.number,
            row.given_at,
            row.volunteer,
            row.volunteer_number,
            row.gift,
            row.unit,
            row.each,
            row.quantity,
            row.deducted,
            row.points,
            row.stock,
            row.receiver,
            row.staff,
            row.remark,
        )
        for place, row in enumerate(rows, start=1)
    ]
    flow.table(columns, texts, ROW, padding=PADDING, min_height=MIN_ROW_PT)
