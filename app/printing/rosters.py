"""List papers (名册): any table with a title, such as the members of a team or the orders of a month.

What may be seen is decided before: names and numbers come in masked where they must be, and ``masked`` only makes
the paper say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.printing.flow import Align, Column, Flow
from app.printing.fonts import Style
from app.printing.page import A4, A4_LANDSCAPE, FOOT, MM, Paper, day_words, number_pages
from app.words import _

_TITLE = Style(18, bold=True, leading_pt=28)
_ROW = Style(11, leading_pt=16)
_NUMBER_PT = 13 * MM  # five digits


@dataclass(frozen=True)
class RosterColumn:
    """A column; ``parts`` is its share of the width beside the running number."""

    head: str
    parts: float
    align: Align = "left"


@dataclass(frozen=True)
class Roster:
    """``about`` says in a line what was chosen ("曹村站 · 在册 · 按加入先后"); rows hold one text a column."""

    title: str
    station: str
    about: str
    columns: tuple[RosterColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    day: date
    masked: bool
    landscape: bool = False


def pdf(roster: Roster) -> bytes:
    """The list on A4 with a running number, its heads on every page."""
    sheet = A4_LANDSCAPE if roster.landscape else A4
    paper = Paper(sheet, roster.title, roster.station, roster.day)

    def begin_page() -> float:
        paper.write(sheet.text.x, sheet.text.y - 8 * MM, roster.title, FOOT)
        return sheet.text.y

    flow = Flow(paper, sheet.text.y, begin_page)
    flow.centred(roster.title, _TITLE)
    flow.gap(2)
    _facts(flow, roster)
    flow.gap(1)
    parts = sum(column.parts for column in roster.columns)
    columns = [
        Column(_("序号"), parts * _NUMBER_PT / (flow.width - _NUMBER_PT), "centre"),
        *(Column(column.head, column.parts, column.align) for column in roster.columns),
    ]
    rows = [(str(number), *row) for number, row in enumerate(roster.rows, start=1)]
    flow.table(columns, rows, _ROW, padding=3, min_height=8 * MM)
    if not rows:
        flow.gap(4)
        flow.centred(_("没有符合条件的记录。"), _ROW)
    number_pages(paper)
    return paper.pdf()


def _facts(flow: Flow, roster: Roster) -> None:
    """Whose list, what was chosen, how many and of which day; and whether something is hidden."""
    flow.paragraph(roster.about, FOOT)
    text = _("{station}　共{count}条　制表日期：{day}").format(
        station=roster.station, count=len(roster.rows), day=day_words(roster.day)
    )
    if roster.masked:
        text += _("　个人信息已部分隐去")
    flow.paragraph(text, FOOT)
