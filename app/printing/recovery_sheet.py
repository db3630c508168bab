"""The recovery sheet (恢复单): the one paper that opens the database when every passphrase is forgotten.

The code comes in as lines of groups, the last character of a line being its check; nothing is made up here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.printing.flow import Cell, Flow
from app.printing.fonts import Style
from app.printing.page import A4, FOOT, MM, TITLE, Box, Paper, day_words, number_pages
from app.words import _

_TEXT = Style(13, leading_pt=22)
_STRONG = Style(14, bold=True, leading_pt=22)
_CODE = Style(30, bold=True, family="hei", leading_pt=44)
# Every character has a cell of its own, so that the eye keeps its place while typing.
_CELL = 31.0
_SMALL = Style(10.5, leading_pt=16)
_QR_SIDE = 34 * MM
_QR_QUIET = 7 * MM


@dataclass(frozen=True)
class RecoverySheet:
    """``lines`` are groups parted by spaces: "7K3M 9QXD", the last character being the line's check."""

    station: str
    region: str
    lines: tuple[str, ...]
    day: date

    @property
    def characters(self) -> str:
        """The whole code as a scanner types it."""
        return "".join(self.lines).replace(" ", "")


def pdf(sheet: RecoverySheet) -> bytes:
    """One A4 page."""
    title = _("恢复单")
    paper = Paper(A4, title, sheet.station, sheet.day)
    flow = Flow(paper, A4.text.y, lambda: A4.text.y)
    flow.centred(title, TITLE)
    flow.gap(3)
    flow.row(Cell(_("站点"), 36, _STRONG, "centre"), Cell(sheet.station, 134, _TEXT), padding=5)
    flow.row(
        Cell(_("地区代码"), 36, _STRONG, "centre"),
        Cell(sheet.region, 49, _TEXT),
        Cell(_("生成日期"), 36, _STRONG, "centre"),
        Cell(day_words(sheet.day), 49, _TEXT),
        padding=5,
    )
    flow.gap(5)
    flow.paragraph(_("忘了口令，只有这张纸能打开本站的资料。谁拿到它，谁就能打开。"), _STRONG)
    flow.gap(3)
    _code(flow, sheet)
    flow.gap(5)
    for step in (
        _("1. 印两份，分开存放在上锁的柜子里。不要拍照，不要放进电脑或发到群里。"),
        _("2. 印好后在屏幕上输入恢复码的最后四位（{tail}），才能往下走。").format(tail=sheet.characters[-4:]),
        _("3. 要用时：在登录页按屏幕提示逐行输入，大小写和空格都不要紧。"),
        _("4. 用过或丢失后，请管理员马上换一张新的，旧的随即作废，请撕毁。"),
    ):
        flow.paragraph(step, _TEXT)
    flow.gap(4)
    _keeping(flow)
    number_pages(paper)
    return paper.pdf()


def _code(flow: Flow, sheet: RecoverySheet) -> None:
    """The code in a box: every line numbered, its groups apart, its check character framed; QR at the right."""
    paper = flow.paper
    height = max(len(sheet.lines) * _CODE.line_pt + 10 * MM, _QR_SIDE + 2 * _QR_QUIET + _SMALL.line_pt)
    box = Box(flow.left, flow.y, flow.width, height)
    paper.frame(box, 1.5)
    qr_x = box.right - _QR_SIDE - _QR_QUIET
    paper.qr(qr_x, box.y + _QR_QUIET, _QR_SIDE, sheet.characters.encode("ascii"))
    paper.write_centred(qr_x + _QR_SIDE / 2, box.y + _QR_QUIET + _QR_SIDE + 4, _("与左边相同"), _SMALL)
    y = box.y + (height - len(sheet.lines) * _CODE.line_pt) / 2
    for number, line in enumerate(sheet.lines, start=1):
        paper.write(box.x + 4 * MM, y, str(number), Style(12, leading_pt=_CODE.line_pt, grey=0.35))
        x = box.x + 12 * MM
        for char in line:
            paper.write_centred(x + _CELL / 2, y, char, _CODE)
            x += _CELL
        paper.frame(Box(x - _CELL, y + 4, _CELL, _CODE.line_pt - 8))
        y += _CODE.line_pt
    flow.y = box.bottom
    flow.gap(1)
    flow.paragraph(_("每行方框里是校验位，也要输入；输错一个字符，程序会指出是哪一行。"), _SMALL)


def _keeping(flow: Flow) -> None:
    """Where it is kept: filled in by hand, so that the next administrator finds it."""
    for left, right in (
        (_("存放处"), _("保管人签字")),
        (_("第二份存放处"), _("保管人签字")),
        (_("启用事由"), _("日期")),
    ):
        flow.row(
            Cell(left, 36, _STRONG, "centre"),
            Cell("", 68, _TEXT),
            Cell(right, 30, _STRONG, "centre"),
            Cell("", 36, _TEXT),
            min_height=13 * MM,
        )
    flow.gap(2)
    flow.paragraph(_("本单由程序生成，站点之外没有副本，谁也补不出第二张。"), FOOT)
