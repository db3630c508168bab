"""The service record certificate (志愿服务记录证明), after the Ministry of Civil Affairs' order 67 (2021).

It says what was frozen when it was issued and nothing else: hours in digits and in words, masked or full names and
the QR code's bytes come in ready. No seal is ever printed; room for one is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.numbers import grouped
from app.printing.flow import Cell, Column, Flow
from app.printing.fonts import Style
from app.printing.page import (
    BODY,
    FOOT,
    MM,
    OFFICIAL,
    SEAL_PT,
    TITLE,
    Box,
    Paper,
    broken,
    day_words,
    mark,
    mark_fold_seal,
    number_pages,
    sign,
)
from app.words import _

_LABEL = Style(12, bold=True, leading_pt=17)
_VALUE = Style(12, leading_pt=17)
_ROW = Style(9.5, leading_pt=13.5)
_TOTAL = Style(12, bold=True, leading_pt=18)
_NOTE = Style(9, leading_pt=13)
_QR_SIDE = 27 * MM
# The white that a reader needs around the symbol: four of at least 21 modules, so at most 4/21 of the side.
_QR_GAP = 5 * MM
_TOTAL_PT = 9 * MM
# What the widest issuer leaves of the text block at its left.
_LEFT_WIDTH = 72 * MM


@dataclass(frozen=True)
class ServiceRow:
    """One service. ``hours`` is the text that is printed, such as "2.5"."""

    activity: str
    served_on: date
    place: str
    content: str
    hours: str
    unit: str
    person_in_charge: str


@dataclass(frozen=True)
class Reprint:
    """The ``count``-th copy printed after the first one, on ``day``."""

    count: int
    day: date


@dataclass(frozen=True)
class Certificate:
    """What a certificate says. ``number`` and ``qr`` are None until it is issued: then it is a preview.

    ``person_in_charge``, ``clerk`` and ``contact`` may be empty.
    """

    number: str | None
    name: str
    id_type: str
    id_number: str
    volunteer_number: str
    rows: tuple[ServiceRow, ...]
    total_hours: str
    total_words: str
    issuer: str
    person_in_charge: str
    clerk: str
    contact: str
    issued_on: date
    qr: bytes | None
    reprint: Reprint | None = None
    voided_on: date | None = None


def pdf(certificate: Certificate) -> bytes:
    """The certificate on A4: one page for a few services, more with repeated heads for many."""
    assert certificate.rows
    title = _("志愿服务记录证明")
    paper = Paper(OFFICIAL, title, certificate.issuer, certificate.issued_on)

    def begin_page() -> float:
        """Later pages say what they belong to, so that a loose one is worth nothing by itself."""
        top = paper.sheet.text.y
        paper.write(paper.sheet.text.x, top, _("{title}（续）").format(title=title), FOOT)
        return top + FOOT.line_pt + 3 * MM

    flow = Flow(paper, paper.sheet.text.y, begin_page)
    flow.centred(title, TITLE)
    flow.gap(4)
    _person(flow, certificate)
    flow.gap(3)
    flow.paragraph(_sentence(certificate), BODY, indent_em=2)
    flow.gap(2)
    _services(flow, certificate)
    _closing(flow, certificate)
    _finish(paper, certificate)
    return paper.pdf()


def _person(flow: Flow, certificate: Certificate) -> None:
    pairs = (
        (_("姓名"), certificate.name, _("志愿者编号"), grouped(certificate.volunteer_number)),
        (_("证件类型"), certificate.id_type, _("证件号码"), certificate.id_number),
    )
    for left_label, left, right_label, right in pairs:
        flow.row(
            Cell(left_label, 22, _LABEL, "centre"),
            Cell(left, 54, _VALUE),
            Cell(right_label, 30, _LABEL, "centre"),
            Cell(right, 50, _VALUE),
            padding=4,
            min_height=8.5 * MM,
        )


def _sentence(certificate: Certificate) -> str:
    days = sorted(row.served_on for row in certificate.rows)
    facts = {
        "name": certificate.name,
        "first": day_words(days[0]),
        "last": day_words(days[-1]),
        "count": len(days),
        "hours": certificate.total_hours,
    }
    if days[0] == days[-1]:
        return _("兹证明{name}于{first}参加志愿服务{count}次，服务时间合计{hours}，记录如下：").format(
            **facts
        )
    return _(
        "兹证明{name}于{first}至{last}期间参加志愿服务{count}次，服务时间合计{hours}，记录如下："
    ).format(**facts)


def _services(flow: Flow, certificate: Certificate) -> None:
    columns = (
        Column(_("序号"), 9.5, "centre"),
        Column(_("活动名称"), 27),
        Column(_("日期"), 20.5, "centre"),
        Column(_("地点"), 22),
        Column(_("服务内容"), 27),
        Column(_("小时数"), 14, "right"),
        Column(_("记录单位"), 20),
        Column(_("负责人"), 16, "centre"),
    )
    rows = [
        (
            str(number),
            row.activity,
            row.served_on.isoformat(),
            row.place,
            row.content,
            row.hours,
            row.unit,
            row.person_in_charge,
        )
        for number, row in enumerate(certificate.rows, start=1)
    ]
    flow.table(
        columns, rows, _ROW, padding=2.5, min_height=7 * MM, keep_pt=_TOTAL_PT + _closing_height(certificate)
    )
    total = _("{hours}（{words}）").format(hours=certificate.total_hours, words=certificate.total_words)
    flow.row(
        Cell(_("合计"), 37.5, _TOTAL, "centre"), Cell(total, 118.5, _TOTAL), padding=4, min_height=_TOTAL_PT
    )


def _closing(flow: Flow, certificate: Certificate) -> None:
    """The formal last words, issuer, date and seal at the right; who answers for it and the code at the left."""
    flow.need(_closing_height(certificate))
    flow.gap(2)
    paper, top = flow.paper, flow.y
    paper.write(flow.left + 2 * BODY.size_pt, top, _("特此证明。"), BODY)
    sign(paper, top, certificate.issuer, certificate.issued_on)
    y = paper.paragraph(flow.left, top + BODY.line_pt, _LEFT_WIDTH, _contacts(certificate), _VALUE)
    _code(paper, Box(flow.left, y + 2 * MM, _LEFT_WIDTH, _QR_SIDE), certificate.qr)


def _contacts(certificate: Certificate) -> str:
    lines = (
        (_("负责人"), certificate.person_in_charge),
        (_("经办人"), certificate.clerk),
        (_("联系方式"), certificate.contact),
    )
    return "\n".join(
        _("{label}：{value}").format(label=label, value=value) for label, value in lines if value
    )


def _closing_height(certificate: Certificate) -> float:
    contacts = len(broken(_contacts(certificate), _LEFT_WIDTH, _VALUE)) * _VALUE.line_pt
    return 2 * MM + max(SEAL_PT, BODY.line_pt + contacts + 2 * MM + _QR_SIDE)


def _code(paper: Paper, box: Box, qr: bytes | None) -> None:
    beside = box.x + _QR_SIDE + _QR_GAP
    if qr is None:
        paper.frame(Box(box.x, box.y, _QR_SIDE, _QR_SIDE))
        note = _("签发后在此印出核验码。")
    else:
        paper.qr(box.x, box.y, _QR_SIDE, qr)
        note = _("扫码可核验真伪。依据《志愿服务记录与证明出具办法（试行）》出具，不收费用。")
    paper.paragraph(beside, box.y, box.right - beside, note, _NOTE)


def _finish(paper: Paper, certificate: Certificate) -> None:
    """What stands on every page whatever it holds."""
    number = certificate.number or _("（签发时编号）")
    for page in range(paper.pages):
        paper.turn_to(page)
        head = Box(paper.sheet.text.x, paper.sheet.text.y - 10 * MM, paper.sheet.text.width, 0)
        paper.write_right(head.right, head.y, _("证明编号：{number}").format(number=number), FOOT)
        if certificate.number is None:
            paper.across(_("预览"), 150, grey=0.9)
        if certificate.reprint:
            words = _("补打 第{count}次 {day}").format(
                count=certificate.reprint.count, day=day_words(certificate.reprint.day)
            )
            mark(paper, page, words)
        if certificate.voided_on:
            paper.over(_("作废"), 150)
            mark_void(paper, certificate.voided_on)
    number_pages(paper)
    mark_fold_seal(paper)


def mark_void(paper: Paper, day: date) -> None:
    y = paper.sheet.text.y - 18 * MM
    paper.write(paper.sheet.text.x, y, _("本证明已于{day}作废").format(day=day_words(day)), _TOTAL)
