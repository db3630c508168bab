"""The volunteer's card (志愿者证): name, number, team and station, with the number as a bar code and as a QR code.

A card has the size of a bank card. Ten stand on an A4 sheet with cutting marks; one alone is a page of its own size,
for a shop that makes cards. Both codes hold the digits of the number and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.numbers import grouped
from app.domain.papers import CARDS_PER_SHEET
from app.printing.fonts import Style, width_pt
from app.printing.page import MM, Box, Paper, Sheet, broken
from app.words import _

WIDTH_MM, HEIGHT_MM = 85.6, 54.0
COLUMNS = 2
ROWS = CARDS_PER_SHEET // COLUMNS

_CARD = Sheet.of_mm(WIDTH_MM, HEIGHT_MM, top=4, right=5, bottom=4, left=5)
_SIDE_MM, _TOP_MM = (210 - COLUMNS * WIDTH_MM) / 2, (297 - ROWS * HEIGHT_MM) / 2
_SHEET = Sheet.of_mm(210, 297, top=_TOP_MM, right=_SIDE_MM, bottom=_TOP_MM, left=_SIDE_MM)
_EDGE = 5 * MM
_MARK = 5 * MM
_CROSS = 1.5 * MM
_QR_SIDE = 17 * MM
_BARS = (62 * MM, 9 * MM)

_TITLE = Style(13, bold=True, family="hei", leading_pt=17)
_STATION = Style(7.5, family="hei", leading_pt=10)
_NAMES = tuple(Style(size, bold=True, family="hei", leading_pt=size * 1.25) for size in (20, 16, 13, 10, 8))
_TEAM = Style(8.5, family="hei", leading_pt=12)
_NUMBER = Style(9, family="hei", leading_pt=12)


@dataclass(frozen=True)
class VolunteerCard:
    """``team`` may be empty; ``number`` is 16 digits."""

    name: str
    number: str
    team: str
    station: str


def pdf(card: VolunteerCard, day: date) -> bytes:
    """One card on a page of its own size."""
    paper = Paper(_CARD, _("志愿者证"), card.station, day)
    _draw(paper, 0, 0, card)
    return paper.pdf()


def sheets(cards: Sequence[VolunteerCard], day: date) -> bytes:
    """All of them on A4, ten to a sheet, with marks to cut along."""
    paper = Paper(_SHEET, _("志愿者证"), cards[0].station, day)
    for place, card in enumerate(cards):
        if place % CARDS_PER_SHEET == 0:
            if place:
                paper.new_page()
            _cutting_marks(paper)
        row, column = divmod(place % CARDS_PER_SHEET, COLUMNS)
        _draw(paper, (_SIDE_MM + column * WIDTH_MM) * MM, (_TOP_MM + row * HEIGHT_MM) * MM, card)
    return paper.pdf()


def _draw(paper: Paper, x: float, y: float, card: VolunteerCard) -> None:
    inner = Box(x + _EDGE, y + 4 * MM, WIDTH_MM * MM - 2 * _EDGE, HEIGHT_MM * MM - 8 * MM)
    paper.write(inner.x, inner.y, _("志愿者证"), _TITLE)
    beside = inner.width - width_pt(_("志愿者证"), _TITLE) - 4 * MM
    station = broken(card.station, beside, _STATION)[:2]
    top = inner.y + (_TITLE.line_pt - len(station) * _STATION.line_pt) / 2 + 0.5
    for place, line in enumerate(station):
        paper.write_right(inner.right, top + place * _STATION.line_pt, line.text, _STATION)
    rule = inner.y + _TITLE.line_pt + 1.5 * MM
    paper.rules([(inner.x, rule, inner.right, rule)], 1.2)
    _middle(paper, Box(inner.x, rule + 2.5 * MM, inner.width, _QR_SIDE), card)
    width, height = _BARS
    bars = Box(x + (WIDTH_MM * MM - width) / 2, inner.bottom - _NUMBER.line_pt - height, width, height)
    paper.bar_code(bars, card.number)
    paper.write_centred(bars.x + width / 2, bars.bottom + 0.5, grouped(card.number), _NUMBER)


def _middle(paper: Paper, box: Box, card: VolunteerCard) -> None:
    """Name and team at the left, the QR code at the right."""
    paper.qr(box.right - _QR_SIDE, box.y, _QR_SIDE, card.number.encode("ascii"))
    width = box.width - _QR_SIDE - 5 * MM
    style = _fitting(card.name, width)
    lines = broken(card.name, width, style)
    team = broken(card.team, width, _TEAM)[:2]
    height = len(lines) * style.line_pt + (1 * MM + len(team) * _TEAM.line_pt if team else 0)
    y = box.y + max(0.0, (box.height - height) / 2)
    for line in lines:
        paper.write(box.x, y, line.text, style)
        y += style.line_pt
    y += 1 * MM
    for line in team:
        paper.write(box.x, y, line.text, _TEAM)
        y += _TEAM.line_pt


def _fitting(name: str, width: float) -> Style:
    """The largest size in which a name stands in one line, or in as few as the smallest needs."""
    return next((style for style in _NAMES if width_pt(name, style) <= width), _NAMES[-1])


def _cutting_marks(paper: Paper) -> None:
    """Short lines outside the cards, and small crosses where four of them meet."""
    text = paper.sheet.text
    across = [text.x + column * WIDTH_MM * MM for column in range(COLUMNS + 1)]
    down = [text.y + row * HEIGHT_MM * MM for row in range(ROWS + 1)]
    gap = 1 * MM
    marks = [(x, text.y - gap - _MARK, x, text.y - gap) for x in across]
    marks += [(x, text.bottom + gap, x, text.bottom + gap + _MARK) for x in across]
    marks += [(text.x - gap - _MARK, y, text.x - gap, y) for y in down]
    marks += [(text.right + gap, y, text.right + gap + _MARK, y) for y in down]
    for x in across[1:-1]:
        for y in down[1:-1]:
            marks += [(x - _CROSS, y, x + _CROSS, y), (x, y - _CROSS, x, y + _CROSS)]
    paper.rules(marks, 0.4)
