"""The public notice of a review of stars (星级评定公示): who is proposed for what, for how long, and how to object.

Names come in masked. The list hangs on a wall: large letters, levels together, and room for the seal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.numerals import cardinal
from app.printing.flow import Column, Flow
from app.printing.fonts import Style
from app.printing.page import (
    BODY,
    FOOT,
    MM,
    OFFICIAL,
    SEAL_PT,
    TITLE,
    Paper,
    day_words,
    mark_fold_seal,
    number_pages,
    sign,
)
from app.words import _

_ROW = Style(14, leading_pt=20)


@dataclass(frozen=True)
class Line:
    """One of the proposed; ``hours`` is the text that is printed."""

    level: int
    name: str
    hours: str


@dataclass(frozen=True)
class StarNotice:
    """``phone`` may be empty. ``is_draft``: it is not posted yet, so its days may still change."""

    station: str
    phone: str
    cut_off: date
    first_day: date
    last_day: date
    lines: tuple[Line, ...]
    is_draft: bool


def pdf(notice: StarNotice) -> bytes:
    """The notice on A4, the heads of its list on every page."""
    title = _("星级志愿者评定公示")
    paper = Paper(OFFICIAL, title, notice.station, notice.first_day)

    def begin_page() -> float:
        top = paper.sheet.text.y
        paper.write(paper.sheet.text.x, top, _("{title}（续）").format(title=title), FOOT)
        return top + FOOT.line_pt + 3 * MM

    flow = Flow(paper, paper.sheet.text.y, begin_page)
    flow.centred(title, TITLE)
    flow.gap(4)
    flow.paragraph(_about(notice), BODY, indent_em=2)
    flow.paragraph(_objecting(notice), BODY, indent_em=2)
    flow.gap(3)
    _list(flow, notice)
    flow.need(SEAL_PT)
    flow.gap(2)
    sign(paper, flow.y, notice.station, notice.first_day)
    number_pages(paper)
    mark_fold_seal(paper)
    if notice.is_draft:
        for page in range(paper.pages):
            paper.turn_to(page)
            paper.across(_("预览"), 150, grey=0.9)
    return paper.pdf()


def _about(notice: StarNotice) -> str:
    return _(
        "截至{cut_off}，下列{count}位志愿者的服务时长达到星级标准，拟评为相应星级，现予公示。"
        "公示期从{first}起，到{last}止。"
    ).format(
        cut_off=day_words(notice.cut_off),
        count=len(notice.lines),
        first=day_words(notice.first_day),
        last=day_words(notice.last_day),
    )


def _objecting(notice: StarNotice) -> str:
    if not notice.phone:
        return _("对名单有异议的，请在公示期内到{station}反映，说清事实，可以不留姓名。").format(
            station=notice.station
        )
    return _("对名单有异议的，请在公示期内到{station}反映，或打电话{phone}，说清事实，可以不留姓名。").format(
        station=notice.station, phone=notice.phone
    )


def _list(flow: Flow, notice: StarNotice) -> None:
    columns = (
        Column(_("序号"), 18, "centre"),
        Column(_("姓名"), 50, "centre"),
        Column(_("服务时长"), 50, "right"),
        Column(_("拟评星级"), 38, "centre"),
    )
    rows = [
        (str(number), one.name, one.hours, _("{level}星").format(level=cardinal(one.level)))
        for number, one in enumerate(notice.lines, start=1)
    ]
    flow.table(columns, rows, _ROW, padding=4, min_height=9 * MM, keep_pt=SEAL_PT + 2 * MM)
