"""The roster (名册): the people a list shows, or the members of a team, a line for each.

A4 landscape. How much of them may be seen is decided before: names and phones come in as they are printed, and
``purpose`` makes the paper say what they are whole for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.printing.flow import Column, begin
from app.printing.fonts import Style
from app.printing.page import A4_LANDSCAPE, FOOT, MM, Paper, day_words, number_pages
from app.words import _

_ROW = Style(10.5, leading_pt=15)
_PADDING = 3.0
_MIN_ROW_PT = 8 * MM
_NUMBER_PARTS = 11


@dataclass(frozen=True)
class Roster:
    """``about`` says in a line who was chosen ("在册志愿者 · 桃园村 · 按姓名"). ``columns`` stand beside a running
    number, with their shares of the width in millimetres; ``rows`` hold a text for each. ``purpose`` is empty where
    names and phones are partly hidden.
    """

    title: str
    station: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    day: date
    purpose: str


def pdf(roster: Roster) -> bytes:
    """The roster, its heads on every page."""
    paper = Paper(A4_LANDSCAPE, roster.title, roster.station, roster.day)
    flow = begin(paper, roster.title, roster.about)
    for line in (roster.about, _facts(roster), _purpose(roster)):
        flow.paragraph(line, FOOT)
    flow.gap(1)
    columns = (Column(_("序号"), _NUMBER_PARTS, "centre"), *roster.columns)
    rows = [(str(place), *row) for place, row in enumerate(roster.rows, start=1)]
    flow.table(columns, rows, _ROW, padding=_PADDING, min_height=_MIN_ROW_PT)
    number_pages(paper)
    return paper.pdf()


def _facts(roster: Roster) -> str:
    return _("{station}　共 {count} 人　制表日期：{day}").format(
        station=roster.station, count=len(roster.rows), day=day_words(roster.day)
    )


def _purpose(roster: Roster) -> str:
    if not roster.purpose:
        return _("姓名和电话已部分隐去。")
    return _("姓名和电话没有隐去，用于：{purpose}。请妥善保管，用完收回。").format(purpose=roster.purpose)
