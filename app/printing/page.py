"""A sheet of paper (版面) in the look of GB/T 9704: margins, text, hairlines, page numbers, seal space, marks.

Lengths are points, counted from the top left corner of the sheet; the y of a text is the top of its line. Drawing
is kept back until ``Paper.pdf``, so a page may be finished after it is known how many follow. What stands on which
paper is said in that paper's own file; running text and tables are in ``flow``.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from app.printing import fonts
from app.printing.fonts import Style
from app.printing.lines import Line, break_lines
from app.printing.qr import BAR_CODE_QUIET_MODULES, bar_code, qr_code
from app.words import _

MM = 72 / 25.4
HAIRLINE_PT = 0.5
SEAL_PT = 50 * MM

TITLE = Style(22, bold=True, leading_pt=34)
BODY = Style(16, leading_pt=28)
FOOT = Style(10.5, leading_pt=14)
_MARK = Style(10.5, bold=True, leading_pt=15)
_EDGE = Style(7.5, leading_pt=10, grey=0.35)
_VOID_RGBA = (0.75, 0.15, 0.12, 0.4)
_BASELINE_EM = 0.88  # a Chinese face's ascent: the baseline below the top of the character
# Stretching a line further than this shows holes, so it is left ragged.
_STRETCH_EM = 0.25

Draw = Callable[[Any], None]


class Box(NamedTuple):
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True)
class Sheet:
    """A size of paper and where its text stands."""

    width: float
    height: float
    text: Box

    @classmethod
    def of_mm(
        cls, width: float, height: float, top: float, right: float, bottom: float, left: float
    ) -> Sheet:
        text = Box(left * MM, top * MM, (width - left - right) * MM, (height - top - bottom) * MM)
        return cls(width * MM, height * MM, text)


# GB/T 9704: top 37 mm, binding edge 28 mm, text block 156 x 225 mm.
OFFICIAL = Sheet.of_mm(210, 297, top=37, right=26, bottom=35, left=28)
A4 = Sheet.of_mm(210, 297, top=20, right=18, bottom=20, left=22)
A4_LANDSCAPE = Sheet.of_mm(297, 210, top=20, right=18, bottom=18, left=18)
A5 = Sheet.of_mm(148, 210, top=10, right=10, bottom=12, left=12)


class Paper:
    """The pages of one paper; things are drawn on the current page, which is the newest unless turned back."""

    def __init__(self, sheet: Sheet, title: str, issuer: str, day: date) -> None:
        self.sheet = sheet
        self.issuer = issuer
        self._title, self._day = title, day
        self._pages: list[list[Draw]] = [[]]
        self._page = self._pages[0]

    @property
    def pages(self) -> int:
        return len(self._pages)

    def new_page(self) -> None:
        self._page = []
        self._pages.append(self._page)

    def turn_to(self, page: int) -> None:
        """Go on drawing on ``page``, counted from 0."""
        self._page = self._pages[page]

    def write(self, x: float, y: float, text: str, style: Style, spread_pt: float = 0.0) -> None:
        """One line of text, its left end at ``x``; ``spread_pt`` is added after every character."""
        if text:
            self._page.append(lambda canvas: self._write(canvas, x, y, text, style, spread_pt))

    def write_right(self, x: float, y: float, text: str, style: Style) -> None:
        self.write(x - fonts.width_pt(text, style), y, text, style)

    def write_centred(self, x: float, y: float, text: str, style: Style) -> None:
        self.write(x - fonts.width_pt(text, style) / 2, y, text, style)

    def write_turned(self, x: float, y: float, text: str, style: Style) -> None:
        """One line of text that reads downwards, its middle at ``x`` and ``y``."""

        def draw(canvas: Any) -> None:
            canvas.saveState()
            canvas.setFillGray(style.grey)
            canvas.translate(x, self._up(y))
            canvas.rotate(-90)
            _set_text(canvas, -fonts.width_pt(text, style) / 2, -style.size_pt * 0.38, text, style)
            canvas.restoreState()

        self._page.append(draw)

    def write_line(self, x: float, y: float, width: float, line: Line, style: Style, align: str) -> None:
        """A broken line in a column: ``left``, ``right``, ``centre`` or ``full`` (stretched to both edges)."""
        slack = width - line.width_pt - line.indent_pt
        x += line.indent_pt
        if align == "right":
            x += slack
        if align == "centre":
            x += slack / 2
        spread = slack / max(len(line.text) - 1, 1)
        is_loose = line.ends or _reads_in_words(line.text) or spread > _STRETCH_EM * style.size_pt
        stretched = align == "full" and spread > 0 and not is_loose
        self.write(x, y, line.text, style, spread if stretched else 0.0)

    def paragraph(
        self, x: float, y: float, width: float, text: str, style: Style, align: str = "left"
    ) -> float:
        """Text in a column on this page; gives the y below it."""
        for line in broken(text, width, style):
            self.write_line(x, y, width, line, style, align)
            y += style.line_pt
        return y

    def rules(
        self, lines: Sequence[tuple[float, float, float, float]], width_pt: float = HAIRLINE_PT
    ) -> None:
        """Straight lines from (x, y) to (x, y)."""
        flipped = [(x1, self._up(y1), x2, self._up(y2)) for x1, y1, x2, y2 in lines]

        def draw(canvas: Any) -> None:
            canvas.setLineWidth(width_pt)
            canvas.lines(flipped)

        self._page.append(draw)

    def cut_line(self, y: float) -> None:
        """A dashed line across the sheet, to be cut or torn along."""
        across = (self.sheet.text.x, self._up(y), self.sheet.text.right, self._up(y))

        def draw(canvas: Any) -> None:
            canvas.saveState()
            canvas.setLineWidth(HAIRLINE_PT)
            canvas.setDash(4, 3)
            canvas.line(*across)
            canvas.restoreState()

        self._page.append(draw)

    def frame(self, box: Box, width_pt: float = HAIRLINE_PT) -> None:
        x, y = box.x, self._up(box.bottom)

        def draw(canvas: Any) -> None:
            canvas.setLineWidth(width_pt)
            canvas.rect(x, y, box.width, box.height, stroke=1, fill=0)

        self._page.append(draw)

    def qr(self, x: float, y: float, side: float, payload: bytes) -> None:
        """A QR symbol of the given side; the caller keeps its four modules of white around it."""
        code = qr_code(payload)
        self._bars(x, y, side / code.modules, side / code.modules, code.bars)

    def bar_code(self, box: Box, digits: str) -> None:
        """Code 128-C that fills ``box``, its quiet zones at both sides included."""
        code = bar_code(digits)
        module = box.width / (code.modules + 2 * BAR_CODE_QUIET_MODULES)
        self._bars(box.x + BAR_CODE_QUIET_MODULES * module, box.y, module, box.height, code.bars)

    def across(self, text: str, size_pt: float, grey: float) -> None:
        """Large light words slanting *under* what stands on the page."""
        rgba = (grey, grey, grey, 1.0)
        self._page.insert(0, lambda canvas: self._slanted(canvas, text, Style(size_pt, bold=True), rgba))

    def over(self, text: str, size_pt: float) -> None:
        """Large see-through words slanting over what stands on the page; all below stays legible."""
        self._page.append(lambda canvas: self._slanted(canvas, text, Style(size_pt, bold=True), _VOID_RGBA))

    def pdf(self) -> bytes:
        out = io.BytesIO()
        with fonts.LOCK:
            canvas = self._canvas(out)
            for page in self._pages:
                for draw in page:
                    draw(canvas)
                canvas.showPage()
            canvas.save()
        return out.getvalue()

    def _canvas(self, out: io.BytesIO) -> Any:
        fonts.warm_up()
        canvas = Canvas(
            out,
            pagesize=(self.sheet.width, self.sheet.height),
            invariant=1,
            pageCompression=1,
            # Without it ReportLab names Helvetica in every file and does not embed it.
            initialFontName="NotoSerifSC-Regular",
        )
        canvas.setTitle(self._title)
        canvas.setAuthor(self.issuer)
        canvas.setSubject(self._title)
        canvas.setCreator("Yizhan")
        # The day on the paper, not the moment of printing: the same paper gives the same bytes.
        canvas.setDateFormatter(lambda *_now: f"D:{self._day:%Y%m%d}000000+08'00'")
        return canvas

    def _up(self, y: float) -> float:
        return self.sheet.height - y

    def _write(self, canvas: Any, x: float, y: float, text: str, style: Style, spread_pt: float) -> None:
        baseline = y + (style.line_pt - style.size_pt) / 2 + _BASELINE_EM * style.size_pt
        canvas.setFillGray(style.grey)
        canvas.setStrokeGray(style.grey)
        _set_text(canvas, x, self._up(baseline), text, style, spread_pt)
        canvas.setFillGray(0)
        canvas.setStrokeGray(0)

    def _slanted(self, canvas: Any, text: str, style: Style, rgba: tuple[float, float, float, float]) -> None:
        canvas.saveState()
        canvas.setFillColor(Color(*rgba))
        canvas.translate(self.sheet.width / 2, self.sheet.height / 2)
        canvas.rotate(30)
        x = -fonts.width_pt(text, style) / 2
        _set_text(canvas, x, -style.size_pt * 0.38, text, style)
        canvas.restoreState()

    def _bars(self, x: float, y: float, module: float, height: float, bars: Sequence[Any]) -> None:
        top = self._up(y)

        def draw(canvas: Any) -> None:
            path = canvas.beginPath()
            for bar in bars:
                path.rect(x + bar.x * module, top - bar.y * module - height, bar.width * module, height)
            canvas.drawPath(path, stroke=0, fill=1)

        self._page.append(draw)


def broken(text: str, width: float, style: Style, first_indent_pt: float = 0.0) -> list[Line]:
    """``text`` in lines of ``style`` for a column of ``width``."""
    return break_lines(
        fonts.clean(text),
        width,
        lambda char: style.size_pt * fonts.glyph(char, style.family, style.bold).width_em,
        first_indent_pt,
    )


def day_words(day: date) -> str:
    """The day as papers write it, without zeros before the figures: 2026年3月5日."""
    return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)


def number_pages(paper: Paper) -> None:
    """ "Page x of y" at the foot of every page; a paper of one page says so too, so that none can be added."""
    for page in range(paper.pages):
        paper.turn_to(page)
        text = _("第 {page} 页 共 {pages} 页").format(page=page + 1, pages=paper.pages)
        y = (paper.sheet.height + paper.sheet.text.bottom) / 2 - FOOT.line_pt
        paper.write_centred(paper.sheet.text.x + paper.sheet.text.width / 2, y, text, FOOT)


def mark_fold_seal(paper: Paper) -> None:
    """Where the seal over the edges of several sheets goes (骑缝章); one sheet needs none."""
    if paper.pages == 1:
        return
    x = paper.sheet.width - 6 * MM
    middle = paper.sheet.height / 2
    for page in range(paper.pages):
        paper.turn_to(page)
        half = _write_down(paper, x, middle, _("骑缝章"), _EDGE) / 2 + 4
        paper.rules([(x, middle - 25 * MM, x, middle - half), (x, middle + 25 * MM, x, middle + half)], 0.3)


def _write_down(paper: Paper, x: float, middle: float, text: str, style: Style) -> float:
    """Text from above down: characters one below the other, letters lying on their side. Gives its height."""
    if text.isascii():
        paper.write_turned(x, middle, text, style)
        return fonts.width_pt(text, style)
    height = len(text) * style.line_pt
    for place, char in enumerate(text):
        paper.write_centred(x, middle - height / 2 + place * style.line_pt, char, style)
    return height


def mark(paper: Paper, page: int, text: str) -> None:
    """A framed word in the head of a page, at the right: 补打 and the like."""
    paper.turn_to(page)
    width = fonts.width_pt(text, _MARK) + 4 * MM
    box = Box(paper.sheet.text.right - width, paper.sheet.text.y - 19 * MM, width, _MARK.line_pt + 2 * MM)
    paper.frame(box, 1.0)
    paper.write(box.x + 2 * MM, box.y + 1 * MM, text, _MARK)


def sign(paper: Paper, y: float, issuer: str, day: date) -> Box:
    """Issuer and date in the right half from ``y`` down, and the 50 x 50 mm around them kept free for a seal.

    GB/T 9704-2012, 7.3.5.1: the date stands four characters in from the right, the issuer centred over it, the
    seal over both with its lower edge on the date. The seal is never printed. Gives the seal's place.
    """
    text = paper.sheet.text
    half = text.width / 2
    day_line = day_words(day)
    issuer_lines = broken(issuer, half, BODY)
    widest = max(fonts.width_pt(day_line, BODY), *(line.width_pt for line in issuer_lines))
    # A long issuer moves the axis in, so that it never leaves the text block.
    axis = text.right - max(4 * BODY.size_pt + fonts.width_pt(day_line, BODY) / 2, widest / 2)
    seal = Box(axis - SEAL_PT / 2, y, SEAL_PT, SEAL_PT)
    date_y = seal.bottom - BODY.line_pt - 3 * MM
    for place, line in enumerate(reversed(issuer_lines), start=1):
        paper.write_centred(axis, date_y - place * BODY.line_pt, line.text, BODY)
    paper.write_centred(axis, date_y, day_line, BODY)
    return seal


def _reads_in_words(text: str) -> bool:
    """Whether most of it is letters: words that are pulled apart are hard to read, Chinese characters are not."""
    return 2 * sum(char.isascii() for char in text) > len(text)


def _set_text(canvas: Any, x: float, y: float, text: str, style: Style, spread_pt: float = 0.0) -> None:
    line = canvas.beginText(x, y)
    if spread_pt:
        line.setCharSpace(spread_pt)
    for run in fonts.runs(text, style):
        line.setFont(run.face, style.size_pt)
        if run.faux_bold:
            canvas.setLineWidth(style.size_pt / 45)
            line.setTextRenderMode(2)
        line.textOut(run.text)
        if run.faux_bold:
            line.setTextRenderMode(0)
    if spread_pt:
        line.setCharSpace(0)
    canvas.drawText(line)
