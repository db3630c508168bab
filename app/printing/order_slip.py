"""The order slip (服务单): what a volunteer carries to the door and brings back signed.

It shows name, phone and address in full, because without them nobody finds the door; so it also says that it must
come back. Times come in as texts that are ready to print.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.printing.flow import Cell, Flow
from app.printing.fonts import Style, width_pt
from app.printing.page import A5, MM, Box, Paper, broken, number_pages
from app.words import _

_TITLE = Style(16, bold=True, leading_pt=22)
_STATION = Style(10, leading_pt=12)
_NUMBER = Style(40, bold=True, family="hei", leading_pt=46)
_URGENT = Style(22, bold=True, family="hei", leading_pt=30)
_LABEL = Style(11, bold=True, leading_pt=16)
_TEXT = Style(12, leading_pt=17)
_STRONG = Style(12, bold=True, leading_pt=17)
_MONEY = Style(11, leading_pt=16)
_PHONE = Style(16, bold=True, family="hei", leading_pt=22)
_SMALL = Style(9, leading_pt=13)
_LABEL_PARTS = 18.0
_TEXT_PARTS = 108.0
_PADDING = 3.0
_SIGNATURE_PT = 11 * MM


@dataclass(frozen=True)
class Shopping:
    """Money laid out for shopping. ``advance`` is what the volunteer was given, or empty for nothing yet."""

    advance: str


@dataclass(frozen=True)
class OrderSlip:
    """``short_number`` is read aloud on the phone; ``digits`` (an even number of them) stand in the bar code.

    ``station_phone``, ``due``, ``mind``, ``beneficiary`` and ``volunteers`` may be empty.
    """

    number: str
    short_number: str
    digits: str
    station: str
    station_phone: str
    category: str
    what: str
    place: str
    when: str
    due: str
    mind: str
    contact: str
    contact_phone: str
    beneficiary: str
    team: str
    volunteers: str
    history: tuple[str, ...]
    day: date
    urgent: bool = False
    shopping: Shopping | None = None


def pdf(slip: OrderSlip) -> bytes:
    """The slip on A5; a long story goes on to a second page."""
    title = _("志愿服务单")
    paper = Paper(A5, title, slip.station, slip.day)

    def begin_page() -> float:
        text = _("{title} {number}（续）").format(title=title, number=slip.short_number)
        paper.write(A5.text.x, A5.text.y, text, _SMALL)
        return A5.text.y + _SMALL.line_pt + 2 * MM

    flow = Flow(paper, A5.text.y, begin_page)
    _head(flow, slip, title)
    _order(flow, slip)
    _service(flow)
    if slip.shopping:
        _shopping(flow, slip.shopping)
    _rating(flow)
    _signatures(flow)
    _foot(flow, slip)
    number_pages(paper)
    return paper.pdf()


def _head(flow: Flow, slip: OrderSlip, title: str) -> None:
    paper, left, right = flow.paper, flow.left, flow.left + flow.width
    station = broken(slip.station, flow.width - width_pt(title, _TITLE) - 6 * MM, _STATION)
    below = max(0.0, len(station) * _STATION.line_pt + 5 - _TITLE.line_pt)
    paper.write(left, flow.y + below, title, _TITLE)
    for place, line in enumerate(station):
        paper.write_right(right, flow.y + 5 + place * _STATION.line_pt, line.text, _STATION)
    flow.y += below + _TITLE.line_pt + 1 * MM
    paper.write(left, flow.y, slip.short_number, _NUMBER)
    bars = Box(right - 52 * MM, flow.y + 1 * MM, 52 * MM, 11 * MM)
    if slip.urgent:
        x = left + width_pt(slip.short_number, _NUMBER) + 3 * MM
        _urgent(paper, Box(x, flow.y + 3 * MM, bars.x - 2 * MM - x, _URGENT.line_pt))
    paper.bar_code(bars, slip.digits)
    paper.write_centred(bars.x + bars.width / 2, bars.bottom + 2, slip.number, _SMALL)
    flow.y += _NUMBER.line_pt + 2 * MM


def _urgent(paper: Paper, room: Box) -> None:
    """The word in a frame, as large as it fits between the number and the bar code."""
    word, margins = _("急"), 2 * MM
    size = min(1.0, (room.width - margins) / width_pt(word, _URGENT)) * _URGENT.size_pt
    style = replace(_URGENT, size_pt=size)
    box = room._replace(width=width_pt(word, style) + margins)
    paper.frame(box, 1.5)
    paper.write_centred(box.x + box.width / 2, box.y, word, style)


def _line(flow: Flow, label: str, text: str, style: Style = _TEXT) -> None:
    flow.row(
        Cell(label, _LABEL_PARTS, _LABEL, "centre"),
        Cell(text, _TEXT_PARTS, style),
        padding=_PADDING,
        min_height=7.5 * MM,
    )


def _order(flow: Flow, slip: OrderSlip) -> None:
    what = _("【{category}】{what}").format(category=slip.category, what=slip.what)
    _line(flow, _("要什么"), what, _STRONG)
    _line(flow, _("在哪"), slip.place)
    when = _("{when}（最迟 {due}）").format(when=slip.when, due=slip.due) if slip.due else slip.when
    _line(flow, _("什么时候"), when)
    if slip.mind:
        _line(flow, _("当心"), slip.mind, _STRONG)
    if slip.beneficiary:
        _line(flow, _("给谁"), slip.beneficiary)
    flow.row(
        Cell(_("联系人"), _LABEL_PARTS, _LABEL, "centre"),
        Cell(slip.contact, 54, _TEXT),
        Cell(slip.contact_phone, 54, _PHONE, "centre"),
        padding=_PADDING,
    )
    who = _("{team}：{volunteers}").format(team=slip.team, volunteers=slip.volunteers)
    _line(flow, _("谁接单"), who if slip.volunteers else slip.team)


def _service(flow: Flow) -> None:
    """What really was: to the minute, because hours are counted in minutes."""
    _line(
        flow,
        _("服务时间"),
        _("　　月　　日　　时　　分 到　　　　时　　分 离开"),
    )
    flow.row(
        Cell(_("做了什么"), _LABEL_PARTS, _LABEL, "centre"),
        Cell("", _TEXT_PARTS, _TEXT),
        min_height=11 * MM,
    )


def _shopping(flow: Flow, shopping: Shopping) -> None:
    """Advance, receipts, repayment and two signatures; never a fee."""
    advance = _("预付 {sum} 元").format(sum=shopping.advance or _("　　　"))
    flow.row(
        Cell(_("代购钱款"), _LABEL_PARTS, _LABEL, "centre"),
        Cell(advance, 28, _MONEY),
        Cell(_("票据　　张"), 24, _MONEY),
        Cell(_("共　　　　元"), 26, _MONEY),
        Cell(_("多退少补　　元"), 30, _MONEY),
        padding=_PADDING,
        min_height=9 * MM,
    )
    flow.row(
        Cell(_("钱款签字"), _LABEL_PARTS, _LABEL, "centre"),
        Cell(_("志愿者："), 54, _SMALL),
        Cell(_("服务对象："), 54, _SMALL),
        padding=_PADDING,
        min_height=9 * MM,
    )


def _rating(flow: Flow) -> None:
    """The person served chooses; the volunteer does not fill this in. A box left empty stays unrated."""
    stars = (
        (5, _("很满意")),
        (4, _("满意")),
        (3, _("一般")),
        (2, _("不满意")),
        (1, _("很不满意")),
    )
    flow.row(
        Cell(_("评单"), _LABEL_PARTS, _LABEL, "centre"),
        *(
            Cell(_("□ {count}星\n{words}").format(count=count, words=words), _TEXT_PARTS / 5, _TEXT, "centre")
            for count, words in stars
        ),
        padding=_PADDING,
    )
    flow.row(
        Cell(_("想说的话"), _LABEL_PARTS, _LABEL, "centre"),
        Cell("", _TEXT_PARTS, _TEXT),
        min_height=10 * MM,
    )
    _line(flow, _("谁评的"), _("□ 本人　　□ 家人　　□ 代办人："))


def _signatures(flow: Flow) -> None:
    flow.row(
        Cell(_("签字"), _LABEL_PARTS, _LABEL, "centre"),
        Cell(_("志愿者："), 36, _SMALL),
        Cell(_("服务对象："), 36, _SMALL),
        Cell(_("站点收回：　月　日"), 36, _SMALL),
        min_height=_SIGNATURE_PT,
    )


def _foot(flow: Flow, slip: OrderSlip) -> None:
    flow.gap(1.5)
    notice = _("服务不收费。单上有个人信息，请勿外传，办完交回。")
    if slip.station_phone:
        notice += _("站点联系方式：{phone}。").format(phone=slip.station_phone)
    flow.paragraph(notice, _SMALL)
    for sentence in slip.history:
        flow.paragraph(sentence, _SMALL)
