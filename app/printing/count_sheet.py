"""The stock-count sheet (盘点表): a line for every gift and expiry day on the shelf.

It is printed blind, without what the book says, and filled in by hand at the shelf; after the count it says what
differed from the book, and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.printing.flow import Cell, Column, Flow, begin
from app.printing.fonts import Style
from app.printing.page import A4, FOOT, MM, Paper, day_words, number_pages
from app.words import _

_ROW = Style(11, leading_pt=16)
_LABEL = Style(11, bold=True, leading_pt=16)
_PADDING = 3.0
_MIN_ROW_PT = 9.5 * MM
_SIGNATURE_PT = 13 * MM
_CLOSING_PT = 3 * MM + _SIGNATURE_PT


@dataclass(frozen=True)
class Counted:
    """What came out for a gift: ``difference`` has its sign, "+2" or "-1"."""

    book: str
    counted: str
    difference: str
    reason: str


@dataclass(frozen=True)
class CountRow:
    """What is counted together; ``expires`` may be empty. ``counted`` is None on a blind sheet."""

    gift: str
    unit: str
    expires: str = ""
    counted: Counted | None = None


@dataclass(frozen=True)
class CountSheet:
    """``result`` says who counted what and when, and ``rows`` are what differed; it is empty on a blind sheet."""

    station: str
    day: date
    rows: tuple[CountRow, ...]
    result: str = ""


def pdf(sheet: CountSheet) -> bytes:
    """The sheet on A4."""
    title = _("礼品盘点表")
    paper = Paper(A4, title, sheet.station, sheet.day)
    flow = begin(paper, title, day_words(sheet.day))
    flow.paragraph(_facts(sheet), FOOT)
    flow.gap(1)
    _table(flow, sheet)
    flow.gap(3)
    flow.row(
        Cell(_("盘点人签字"), 30, _LABEL, "centre"),
        Cell("", 55, _ROW),
        Cell(_("监盘人签字"), 30, _LABEL, "centre"),
        Cell("", 55, _ROW),
        min_height=_SIGNATURE_PT,
    )
    number_pages(paper)
    return paper.pdf()


def _facts(sheet: CountSheet) -> str:
    if sheet.result:
        return _("{station}　{result}").format(station=sheet.station, result=sheet.result)
    return _("{station}　{day}　到货架前数，数到几写几；过期的也数，单独一行。").format(
        station=sheet.station, day=day_words(sheet.day)
    )


def _table(flow: Flow, sheet: CountSheet) -> None:
    if sheet.result and not sheet.rows:
        flow.gap(3)
        flow.centred(_("账面和实物都对得上。"), _ROW)
        return
    columns = [Column(_("序号"), 10, "centre"), Column(_("礼品、规格"), 54), Column(_("单位"), 12, "centre")]
    if sheet.result:
        figures = (_("账面"), _("实盘"), _("差异"))
        columns += [*(Column(head, 18, "right") for head in figures), Column(_("原因"), 40)]
    else:
        columns += [
            Column(_("有效期至"), 34, "centre"),  # a whole day stands in one line
            Column(_("实盘数量"), 26, "centre"),
            Column(_("备注"), 34),
        ]
    rows = [(str(place), row.gift, row.unit, *_figures(row)) for place, row in enumerate(sheet.rows, start=1)]
    flow.table(columns, rows, _ROW, padding=_PADDING, min_height=_MIN_ROW_PT, keep_pt=_CLOSING_PT)


def _figures(row: CountRow) -> tuple[str, ...]:
    if row.counted is None:
        return (row.expires or "—", "", "")
    return (row.counted.book, row.counted.counted, row.counted.difference, row.counted.reason)
