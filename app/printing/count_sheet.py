"""The stock-count sheet (盘点表): a line for every batch on the shelf.

It is printed blind, without what the book says, and filled in by hand at the shelf; after the count the same sheet
shows book, count, difference and reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.printing.flow import Align, Cell, Column, Flow
from app.printing.fonts import Style
from app.printing.page import A4, FOOT, MM, Paper, day_words, number_pages
from app.words import _

_TITLE = Style(18, bold=True, leading_pt=28)
_ROW = Style(11, leading_pt=16)
_LABEL = Style(11, bold=True, leading_pt=16)
_PADDING = 3.0
_MIN_ROW_PT = 9.5 * MM
_SIGNATURE_PT = 13 * MM
_CLOSING_PT = 3 * MM + _SIGNATURE_PT


@dataclass(frozen=True)
class Counted:
    """What came out for a batch: ``difference`` has its sign, "+2" or "-1"."""

    book: str
    counted: str
    difference: str
    reason: str


@dataclass(frozen=True)
class CountRow:
    """A batch; ``expires`` may be empty. ``counted`` is None on a blind sheet."""

    gift: str
    spec: str
    unit: str
    came: str
    expires: str
    counted: Counted | None = None


@dataclass(frozen=True)
class CountSheet:
    """``counted_by`` and ``counted_at`` are empty on a blind sheet."""

    station: str
    day: date
    rows: tuple[CountRow, ...]
    counted_by: str = ""
    counted_at: str = ""


def pdf(sheet: CountSheet) -> bytes:
    """The sheet on A4."""
    title = _("礼品盘点表")
    paper = Paper(A4, title, sheet.station, sheet.day)

    def begin_page() -> float:
        paper.write(A4.text.x, A4.text.y - 8 * MM, title, FOOT)
        return A4.text.y

    flow = Flow(paper, A4.text.y, begin_page)
    flow.centred(title, _TITLE)
    flow.gap(2)
    flow.paragraph(_facts(sheet), FOOT)
    flow.gap(1)
    _table(flow, sheet)
    flow.gap(3)
    flow.row(
        Cell(_("盘点人签字"), 24, _LABEL, "centre"),
        Cell("", 61, _ROW),
        Cell(_("监盘人签字"), 24, _LABEL, "centre"),
        Cell("", 61, _ROW),
        min_height=_SIGNATURE_PT,
    )
    number_pages(paper)
    return paper.pdf()


def _facts(sheet: CountSheet) -> str:
    if sheet.counted_at:
        return _("{station}　{at} 由{by}盘点").format(
            station=sheet.station, at=sheet.counted_at, by=sheet.counted_by
        )
    return _("{station}　{day}　请到货架前一批一批地数，数到几写几，过期的也数进去。").format(
        station=sheet.station, day=day_words(sheet.day)
    )


def _table(flow: Flow, sheet: CountSheet) -> None:
    is_blind = not sheet.counted_at
    columns = [
        *_columns(
            (_("序号"), 10, "centre"),
            (_("礼品、规格"), 46, "left"),
            (_("单位"), 11, "centre"),
            (_("入库"), 23, "centre"),
            (_("有效期至"), 23, "centre"),
        ),
        *(
            _columns((_("实盘数量"), 25, "centre"), (_("备注"), 32, "left"))
            if is_blind
            else _columns(
                (_("账面"), 13, "right"),
                (_("实盘"), 13, "right"),
                (_("差异"), 13, "right"),
                (_("原因"), 28, "left"),
            )
        ),
    ]
    rows = [
        (str(place), _gift(row), row.unit, row.came, row.expires or "—", *_figures(row))
        for place, row in enumerate(sheet.rows, start=1)
    ]
    flow.table(columns, rows, _ROW, padding=_PADDING, min_height=_MIN_ROW_PT, keep_pt=_CLOSING_PT)


def _columns(*columns: tuple[str, float, Align]) -> list[Column]:
    return [Column(head, parts, align) for head, parts, align in columns]


def _gift(row: CountRow) -> str:
    return f"{row.gift} {row.spec}".strip()


def _figures(row: CountRow) -> tuple[str, ...]:
    found = row.counted
    return ("", "") if found is None else (found.book, found.counted, found.difference, found.reason)
