"""The hand-over slip (转办单): an order a station passes up on paper because it has no county to send it to.

The upper part goes with the messenger; the lower part (回执) comes back and says what became of it, under the same
order number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.printing.flow import Cell, Flow
from app.printing.fonts import Style
from app.printing.page import A4, FOOT, MM, SEAL_PT, TITLE, Box, Paper, day_words, number_pages
from app.words import _

_LABEL = Style(12, bold=True, leading_pt=18)
_TEXT = Style(12, leading_pt=18)
_STRONG = Style(12, bold=True, leading_pt=18)
_RECEIPT = Style(16, bold=True, leading_pt=26)
_LABEL_PARTS = 26.0
_HALF_PARTS = 59.0
_TEXT_PARTS = _LABEL_PARTS + 2 * _HALF_PARTS
_PADDING = 5.0
_RECEIPT_PT = 92 * MM
_MIN_ROW_MM = 9.5
_SIGNATURE_MM = 14.0


@dataclass(frozen=True)
class EscalationSlip:
    """``receiver`` is the office; ``taken_by`` the person who took the paper; times are texts ready to print."""

    number: str
    digits: str
    station: str
    station_phone: str
    receiver: str
    taken_by: str
    taken_by_phone: str
    handed_over: str
    until: str
    category: str
    what: str
    place: str
    requester: str
    requester_phone: str
    reason: str
    history: tuple[str, ...]
    clerk: str
    day: date


def pdf(slip: EscalationSlip) -> bytes:
    """The slip on A4, its receipt always whole and last."""
    title = _("转办单")
    paper = Paper(A4, title, slip.station, slip.day)

    def begin_page() -> float:
        text = _("{title} {number}（续）").format(title=title, number=slip.number)
        paper.write(A4.text.x, A4.text.y - 8 * MM, text, FOOT)
        return A4.text.y

    flow = Flow(paper, A4.text.y, begin_page)
    flow.centred(title, TITLE)
    _number(flow, slip)
    _matter(flow, slip)
    _hand_over(flow, slip)
    flow.need(_RECEIPT_PT)
    flow.y = A4.text.bottom - _RECEIPT_PT
    _receipt(flow, slip)
    number_pages(paper)
    return paper.pdf()


def _number(flow: Flow, slip: EscalationSlip) -> None:
    paper, y = flow.paper, flow.y + 2 * MM
    paper.write(flow.left, y, _("订单号：{number}").format(number=slip.number), _STRONG)
    day = _("日期：{day}").format(day=day_words(slip.day))
    paper.write(flow.left, y + _TEXT.line_pt, day, _TEXT)
    paper.bar_code(Box(flow.left + flow.width - 62 * MM, y, 62 * MM, 12 * MM), slip.digits)
    flow.y = y + 2 * _TEXT.line_pt + 2 * MM


def _line(flow: Flow, label: str, text: str, style: Style = _TEXT, min_mm: float = _MIN_ROW_MM) -> None:
    flow.row(
        Cell(label, _LABEL_PARTS, _LABEL, "centre"),
        Cell(text, _TEXT_PARTS, style),
        padding=_PADDING,
        min_height=min_mm * MM,
    )


def _pair(flow: Flow, left: tuple[str, str], right: tuple[str, str], min_mm: float = _MIN_ROW_MM) -> None:
    flow.row(
        *(
            cell
            for label, text in (left, right)
            for cell in (Cell(label, _LABEL_PARTS, _LABEL, "centre"), Cell(text, _HALF_PARTS, _TEXT))
        ),
        padding=_PADDING,
        min_height=min_mm * MM,
    )


def _matter(flow: Flow, slip: EscalationSlip) -> None:
    _pair(flow, (_("转出单位"), slip.station), (_("联系电话"), slip.station_phone))
    _pair(flow, (_("接收单位"), slip.receiver), (_("办结期限"), slip.until))
    _pair(flow, (_("点单人"), slip.requester), (_("电话"), slip.requester_phone))
    _line(flow, _("地点"), slip.place)
    what = _("【{category}】{what}").format(category=slip.category, what=slip.what)
    _line(flow, _("事项"), what, _STRONG, 16)
    _line(flow, _("转办原因"), slip.reason)
    if slip.history:
        _line(flow, _("已办情况"), "\n".join(slip.history))


def _hand_over(flow: Flow, slip: EscalationSlip) -> None:
    _pair(flow, (_("接收人"), slip.taken_by), (_("电话"), slip.taken_by_phone))
    flow.need((_MIN_ROW_MM + _SIGNATURE_MM) * MM)  # no signature stands alone
    _pair(flow, (_("交接时间"), slip.handed_over), (_("经办人"), slip.clerk))
    _pair(flow, (_("接收人签字"), ""), (_("经办人签字"), ""), _SIGNATURE_MM)


def _receipt(flow: Flow, slip: EscalationSlip) -> None:
    """What the office sends back: result, day, signature, and room for its seal."""
    flow.paper.cut_line(flow.y)
    flow.gap(4)
    flow.centred(_("转办单回执"), _RECEIPT)
    back = _("订单号：{number}　　请于{until}前办结，交回{station}。")
    flow.paragraph(back.format(number=slip.number, until=slip.until, station=slip.station), FOOT)
    flow.gap(1)
    _line(flow, _("办理结果"), _("□ 已办结　　□ 已转：　　　　　　　　　□ 退回，原因："))
    top = flow.y
    _line(flow, _("说明"), "", min_mm=SEAL_PT / MM)
    paper, right = flow.paper, flow.left + flow.width
    y = top + SEAL_PT - 2 * _TEXT.line_pt - 3 * MM
    paper.write(right - 70 * MM, y, _("承办人："), _TEXT)
    paper.write(right - 70 * MM, y + _TEXT.line_pt, _("（盖章）　　　年　　月　　日"), _TEXT)
