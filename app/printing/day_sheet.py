"""The day sheet of the gift counter (兑换日结单): what was given that day, and the stock before and after.

Printed when the day is closed, signed by who closed it and who checked, and kept with the receipts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.printing.flow import Cell, Column, Flow, begin
from app.printing.fonts import Style
from app.printing.gift_register import MIN_ROW_PT, PADDING, ROW, RegisterRow, lines
from app.printing.page import A4_LANDSCAPE, FOOT, MM, Paper, day_words, number_pages
from app.words import _

_SECTION = Style(12, bold=True, leading_pt=20)
_LABEL = Style(11, bold=True, leading_pt=16)
_TEXT = Style(11, leading_pt=16)
_SIGNATURE_PT = 12 * MM
_CLOSING_PT = 2 * MM + _SIGNATURE_PT


@dataclass(frozen=True)
class StockRow:
    """A gift over the day; figures as they are printed, empty where nothing moved."""

    gift: str
    unit: str
    before: str
    received: str
    redeemed: str
    returned: str
    written_off: str
    difference: str
    after: str


@dataclass(frozen=True)
class DaySheet:
    """``day`` was closed at ``closed_at`` by ``closed_by``; both are empty while it is open. ``total`` sums it up."""

    station: str
    day: date
    total: str
    closed_at: str
    closed_by: str
    rows: tuple[RegisterRow, ...]
    stock: tuple[StockRow, ...]


def pdf(sheet: DaySheet) -> bytes:
    """A4 landscape: redemptions, stock, signatures."""
    title = _("礼品兑换日结单")
    paper = Paper(A4_LANDSCAPE, title, sheet.station, sheet.day)
    flow = begin(paper, title, day_words(sheet.day))
    flow.paragraph(_facts(sheet), FOOT)
    flow.gap(1)
    lines(flow, sheet.rows)
    _stock(flow, sheet.stock)
    _signatures(flow, sheet)
    number_pages(paper)
    return paper.pdf()


def _facts(sheet: DaySheet) -> str:
    facts = _("{station}　{day}　{total}　姓名已部分隐去").format(
        station=sheet.station, day=day_words(sheet.day), total=sheet.total
    )
    if sheet.closed_at:
        return facts + _("　{at} 由{by}日结").format(at=sheet.closed_at, by=sheet.closed_by)
    return facts + _("　尚未日结")


def _stock(flow: Flow, rows: tuple[StockRow, ...]) -> None:
    flow.gap(3)
    flow.need(_SECTION.line_pt + 3 * MIN_ROW_PT)
    flow.paragraph(_("库存"), _SECTION)
    if not rows:
        flow.centred(_("没有收发。"), FOOT)
        return
    columns = (
        Column(_("礼品、规格"), 70),
        Column(_("单位"), 14, "centre"),
        *(
            Column(head, 22, "right")
            for head in (
                _("期初"),
                _("入库"),
                _("兑出"),
                _("退还"),
                _("出库"),
                _("盘点差异"),
                _("期末"),
            )
        ),
    )
    texts = [
        (
            row.gift,
            row.unit,
            row.before,
            row.received,
            row.redeemed,
            row.returned,
            row.written_off,
            row.difference,
            row.after,
        )
        for row in rows
    ]
    flow.table(columns, texts, ROW, padding=PADDING, min_height=MIN_ROW_PT, keep_pt=_CLOSING_PT)


def _signatures(flow: Flow, sheet: DaySheet) -> None:
    flow.gap(2)
    flow.row(
        Cell(_("经办人签字"), 24, _LABEL, "centre"),
        Cell("", 60, _TEXT),
        Cell(_("复核人签字"), 24, _LABEL, "centre"),
        Cell("", 60, _TEXT),
        Cell(_("日期"), 16, _LABEL, "centre"),
        Cell(_("　　　年　　月　　日"), 60, _TEXT),
        min_height=_SIGNATURE_PT,
    )
