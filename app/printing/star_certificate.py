"""The certificate of a star (星级志愿者证书): one landscape page for each person, with room for the seal.

It says what was frozen when the star was awarded and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.numbers import grouped
from app.domain.numerals import cardinal
from app.printing.fonts import Style
from app.printing.page import FOOT, MM, Box, Paper, Sheet, day_words, sign
from app.words import _, speaking

_SHEET = Sheet.of_mm(297, 210, top=44, right=38, bottom=30, left=38)
_TITLE = Style(34, bold=True, leading_pt=46)
_LEVEL = Style(26, bold=True, leading_pt=40)
_NAME = Style(20, bold=True, leading_pt=38)
_TEXT = Style(20, leading_pt=38)
_OUTER_MM, _INNER_MM = 12, 15
_SIGNED_AT_MM = 128


@dataclass(frozen=True)
class StarCertificate:
    """``hours`` is the text that is printed; ``volunteer_number`` may be empty. ``language`` is the paper's."""

    number: str
    name: str
    volunteer_number: str
    hours: str
    level: int
    cut_off: date
    issuer: str
    awarded_on: date
    language: str


def pdf(certificates: Sequence[StarCertificate]) -> bytes:
    """A page for each certificate."""
    assert certificates
    first = certificates[0]
    paper = Paper(_SHEET, _("星级志愿者证书"), first.issuer, first.awarded_on)
    for place, one in enumerate(certificates):
        if place:
            paper.new_page()
        with speaking(one.language):
            _page(paper, one)
    return paper.pdf()


def _page(paper: Paper, one: StarCertificate) -> None:
    _frames(paper)
    text = paper.sheet.text
    middle, y = text.x + text.width / 2, text.y - 8 * MM
    paper.write_centred(middle, y, _("星级志愿者证书"), _TITLE)
    y += _TITLE.line_pt + 3 * MM
    paper.write_centred(middle, y, _("{level}星志愿者").format(level=cardinal(one.level)), _LEVEL)
    y += _LEVEL.line_pt + 4 * MM
    y = paper.paragraph(text.x, y, text.width, _("{name}：").format(name=one.name), _NAME)
    paper.paragraph(text.x, y, text.width, _words(one), _TEXT)
    signed = _SIGNED_AT_MM * MM
    sign(paper, signed, one.issuer, one.awarded_on)
    _numbers(paper, one)


def _words(one: StarCertificate) -> str:
    return _(
        "　　您参加志愿服务，截至{cut_off}累计{hours}，经评定和公示，授予{level}星志愿者称号。特发此证，以资鼓励。"
    ).format(cut_off=day_words(one.cut_off), hours=one.hours, level=cardinal(one.level))


def _numbers(paper: Paper, one: StarCertificate) -> None:
    text = paper.sheet.text
    y = paper.sheet.height - 26 * MM
    lines = [_("证书编号：{number}").format(number=one.number)]
    if one.volunteer_number:
        lines.insert(0, _("志愿者编号：{number}").format(number=grouped(one.volunteer_number)))
    for line in reversed(lines):
        y -= FOOT.line_pt
        paper.write(text.x, y, line, FOOT)


def _frames(paper: Paper) -> None:
    for inset, width in ((_OUTER_MM * MM, 2.0), (_INNER_MM * MM, 0.6)):
        sheet = paper.sheet
        paper.frame(Box(inset, inset, sheet.width - 2 * inset, sheet.height - 2 * inset), width)
