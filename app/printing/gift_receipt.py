"""The gift receipt (礼品兑换凭证): what was given for points, signed by who took it.

Two copies on one A4 sheet, cut apart: one stays at the station, one goes along. A long list takes a sheet for each
copy. Names come in masked: who signs is known at the counter, and the paper travels.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.printing.flow import Cell, Column, Flow
from app.printing.fonts import Style
from app.printing.page import A4, FOOT, MM, Box, Paper, day_words
from app.words import _

_TITLE = Style(16, bold=True, leading_pt=24)
_LABEL = Style(10.5, bold=True, leading_pt=15)
_TEXT = Style(10.5, leading_pt=15)
_STRONG = Style(12, bold=True, leading_pt=17)
_SMALL = Style(9, leading_pt=13)
_PADDING = 4.5
_LABEL_PARTS, _HALF_PARTS = 22.0, 63.0
_SIGNATURE_PT = 14 * MM
_BARS = Box(0, 0, 58 * MM, 10 * MM)
_MIDDLE = A4.height / 2
_FIRST_TOP, _SECOND_TOP = 12 * MM, _MIDDLE + 8 * MM
_HALF_ROOM = A4.height - _FIRST_TOP - _SECOND_TOP


@dataclass(frozen=True)
class GivenRow:
    """One gift. ``each`` and ``deducted`` are points as they are printed, such as "12"."""

    gift: str
    spec: str
    unit: str
    each: str
    quantity: str
    deducted: str


@dataclass(frozen=True)
class Copy:
    """The ``count``-th print after the first."""

    count: int
    day: date


@dataclass(frozen=True)
class GiftReceipt:
    """``digits`` (an even number of them) stand in the bar code. ``receiver`` says who took it: 本人, or an agent with
    the relation; ``checker`` may be empty. ``copy`` says which further print it is, ``reversed_on`` the day of the
    reversal.
    """

    number: str
    digits: str
    station: str
    given_at: str
    quarter: str
    volunteer: str
    volunteer_number: str
    rows: tuple[GivenRow, ...]
    deducted: str
    before: str
    after: str
    receiver: str
    operator: str
    checker: str
    day: date
    copy: Copy | None = None
    reversed_on: date | None = None


def pdf(receipt: GiftReceipt) -> bytes:
    """Both copies on one sheet where they fit, else a sheet or more for each."""
    paper = Paper(A4, _title(), receipt.station, receipt.day)
    labels = (_("存根联　站点留存"), _("领取联　交领取人"))
    flow = Flow(paper, _FIRST_TOP, lambda: _begin_page(paper, receipt))
    if _height(receipt) <= _HALF_ROOM:
        for label, top in zip(labels, (_FIRST_TOP, _SECOND_TOP), strict=True):
            flow.y = top
            _copy(flow, receipt, label)
        paper.cut_line(_MIDDLE)
        return paper.pdf()
    _copy(flow, receipt, labels[0])
    paper.new_page()
    flow.y = _FIRST_TOP
    _copy(flow, receipt, labels[1])
    return paper.pdf()


def _title() -> str:
    return _("礼品兑换凭证")


def _begin_page(paper: Paper, receipt: GiftReceipt) -> float:
    text = _("{title} {number}（续）").format(title=_title(), number=receipt.number)
    paper.write(A4.text.x, A4.text.y - 8 * MM, text, FOOT)
    return A4.text.y


def _height(receipt: GiftReceipt) -> float:
    """How much of a sheet one copy takes, tried out on a scratch sheet; more than a sheet is infinite."""
    scratch = Paper(A4, "", "", receipt.day)
    flow = Flow(scratch, 0.0, lambda: 0.0)
    _copy(flow, receipt, "")
    return flow.y if scratch.pages == 1 else float("inf")


def _copy(flow: Flow, receipt: GiftReceipt, label: str) -> None:
    _head(flow, receipt, label)
    _pair(flow, (_("志愿者姓名"), receipt.volunteer), (_("编号"), receipt.volunteer_number))
    _pair(flow, (_("兑换时间"), receipt.given_at), (_("季度"), receipt.quarter))
    _gifts(flow, receipt)
    _points(flow, receipt)
    _pair(flow, (_("领取人"), receipt.receiver), (_("经办、复核"), _staff(receipt)))
    flow.row(
        Cell(_("领取人签字"), _LABEL_PARTS, _LABEL, "centre"),
        Cell("", _HALF_PARTS, _TEXT),
        Cell(_("日期"), _LABEL_PARTS, _LABEL, "centre"),
        Cell(_("　　　年　　月　　日"), _HALF_PARTS, _TEXT),
        min_height=_SIGNATURE_PT,
    )
    flow.gap(1)
    flow.paragraph(_notice(receipt), _SMALL)


def _head(flow: Flow, receipt: GiftReceipt, label: str) -> None:
    paper, right = flow.paper, flow.left + flow.width
    top = flow.y
    paper.write(flow.left, top, _title(), _TITLE)
    room = flow.width - _BARS.width  # the bar code brings its own white
    below = paper.paragraph(flow.left, top + _TITLE.line_pt, room, receipt.station, _TEXT)
    if receipt.copy is not None:
        label = _("{label}　补打 第{count}次 {day}").format(
            label=label, count=receipt.copy.count, day=day_words(receipt.copy.day)
        )
    below = paper.paragraph(flow.left, below, room, label, _LABEL)
    bars = _BARS._replace(x=right - _BARS.width, y=top + 1 * MM)
    paper.bar_code(bars, receipt.digits)
    number = _("凭证号 {number}").format(number=receipt.number)
    paper.write_centred(bars.x + bars.width / 2, bars.bottom + 2, number, _LABEL)
    flow.y = below + 2 * MM


def _pair(flow: Flow, left: tuple[str, str], right: tuple[str, str]) -> None:
    flow.row(
        *(
            cell
            for label, text in (left, right)
            for cell in (Cell(label, _LABEL_PARTS, _LABEL, "centre"), Cell(text, _HALF_PARTS, _TEXT))
        ),
        padding=_PADDING,
    )


def _gifts(flow: Flow, receipt: GiftReceipt) -> None:
    columns = (
        Column(_("礼品"), 52),
        Column(_("规格"), 40),
        Column(_("单位"), 16, "centre"),
        Column(_("每件积分"), 22, "right"),
        Column(_("数量"), 18, "right"),
        Column(_("扣积分"), 22, "right"),
    )
    rows = [(row.gift, row.spec, row.unit, row.each, row.quantity, row.deducted) for row in receipt.rows]
    flow.table(columns, rows, _TEXT, padding=_PADDING)


def _points(flow: Flow, receipt: GiftReceipt) -> None:
    """Before, deducted, left: the sum that people check."""
    flow.row(
        *(
            cell
            for label, value in (
                (_("兑换前"), receipt.before),
                (_("本次扣"), receipt.deducted),
                (_("还剩"), receipt.after),
            )
            for cell in (Cell(label, 22, _LABEL, "centre"), Cell(value, 34.67, _STRONG, "centre"))
        ),
        padding=_PADDING,
    )


def _staff(receipt: GiftReceipt) -> str:
    if not receipt.checker:
        return receipt.operator
    return _("{operator}、{checker}").format(operator=receipt.operator, checker=receipt.checker)


def _notice(receipt: GiftReceipt) -> str:
    if receipt.reversed_on is not None:
        day = day_words(receipt.reversed_on)
        return _("本次兑换已于{day}撤销，礼品已退回，积分已退还。").format(day=day)
    return _("兑换只扣积分，服务时长不变。请当面点清，签字后领取。")
