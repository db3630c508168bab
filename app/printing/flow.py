"""Running text, form rows and tables (正文与表格) down a paper, breaking pages by themselves.

A table repeats its heads on every page; a row stays whole unless it is taller than a third of the page. What a
new page begins with is the paper's own affair: it hands in a function that draws it and says where to go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from app.printing.fonts import Style, width_pt
from app.printing.lines import Line
from app.printing.page import FOOT, HAIRLINE_PT, MM, Paper, broken
from app.words import _

Align = Literal["left", "right", "centre"]
_SMALLEST = 0.6
_LIST_TITLE = Style(18, bold=True, leading_pt=28)


@dataclass(frozen=True)
class Cell:
    """One cell of a form row. ``parts`` is its share of the row's width."""

    text: str
    parts: float
    style: Style
    align: Align = "left"


@dataclass(frozen=True)
class Column:
    """One column of a table; ``parts`` is its share of the table's width."""

    head: str
    parts: float
    align: Align = "left"


@dataclass(frozen=True)
class _Row:
    """A row whose texts are broken into lines."""

    cells: tuple[Cell, ...]
    lines: tuple[tuple[Line, ...], ...]
    padding: float
    min_height: float

    @property
    def height(self) -> float:
        tallest = max(
            len(lines) * cell.style.line_pt for cell, lines in zip(self.cells, self.lines, strict=True)
        )
        return max(tallest + 2 * self.padding, self.min_height)

    def cut(self, height: float) -> tuple[_Row, _Row]:
        """What fits into ``height``, at least one line, and the rest."""
        fits = [max(int((height - 2 * self.padding) / cell.style.line_pt), 1) for cell in self.cells]
        pairs = list(zip(self.lines, fits, strict=True))
        upper = replace(self, lines=tuple(lines[:count] for lines, count in pairs), min_height=0.0)
        return upper, replace(self, lines=tuple(lines[count:] for lines, count in pairs), min_height=0.0)


def _fitted(cell: Cell, width: float) -> Cell:
    """A label with a word of letters that is wider than its cell is set smaller; Chinese breaks anywhere."""
    if not cell.style.bold or cell.align != "centre":
        return cell
    widest = max((width_pt(word, cell.style) for word in cell.text.split() if word.isascii()), default=0.0)
    if widest <= width:
        return cell
    size = max(width / widest, _SMALLEST) * cell.style.size_pt
    return replace(cell, style=replace(cell.style, size_pt=size, leading_pt=cell.style.line_pt))


class Flow:
    """A cursor that goes down the text block of a paper and on to new pages."""

    def __init__(self, paper: Paper, y: float, begin_page: Callable[[], float]) -> None:
        """``begin_page`` draws the head of a page that was just begun and gives the y to go on from."""
        self.paper = paper
        self.y = y
        self._begin_page = begin_page

    @property
    def left(self) -> float:
        return self.paper.sheet.text.x

    @property
    def width(self) -> float:
        return self.paper.sheet.text.width

    @property
    def room(self) -> float:
        """The height that is left on this page."""
        return self.paper.sheet.text.bottom - self.y

    def gap(self, mm: float) -> None:
        self.y += mm * MM

    def need(self, height: float) -> None:
        """Go to a new page unless ``height`` is left on this one."""
        if height > self.room:
            self.turn()

    def turn(self) -> None:
        self.paper.new_page()
        self.y = self._begin_page()

    def paragraph(self, text: str, style: Style, indent_em: float = 0.0) -> None:
        """Text over the whole width, stretched to both edges."""
        for line in broken(text, self.width, style, indent_em * style.size_pt):
            self.need(style.line_pt)
            self.paper.write_line(self.left, self.y, self.width, line, style, "full")
            self.y += style.line_pt

    def centred(self, text: str, style: Style) -> None:
        for line in broken(text, self.width, style):
            self.need(style.line_pt)
            self.paper.write_line(self.left, self.y, self.width, line, style, "centre")
            self.y += style.line_pt

    def row(self, *cells: Cell, padding: float = 2.0, min_height: float = 0.0) -> None:
        """A ruled row of a form."""
        for piece in self._pieces(self._set(cells, padding, min_height)):
            self._draw(piece)

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        style: Style,
        padding: float = 2.0,
        min_height: float = 0.0,
        keep_pt: float = 0.0,
    ) -> None:
        """A ruled table with its heads on every page. Every row has as many texts as there are columns.

        ``keep_pt`` is the height of what must stand on the same page as the last row, so that no signature is
        ever alone on a page (GB/T 9704-2012, 7.3.5.5).
        """
        bold = replace(style, bold=True)
        heads = self._set([Cell(c.head, c.parts, bold, "centre") for c in columns], padding, min_height)

        def draw_heads() -> None:
            self._draw(heads)

        first = self._set_texts(columns, rows[0], style, padding, min_height) if rows else heads
        self.need(heads.height + min(first.height, self._tall))
        draw_heads()
        for place, texts in enumerate(rows, start=1):
            row = self._set_texts(columns, texts, style, padding, min_height)
            if place == len(rows) > 1 and row.height + keep_pt > self.room:
                self.turn()
                draw_heads()
            for piece in self._pieces(row, draw_heads):
                self._draw(piece)

    def _set_texts(
        self, columns: Sequence[Column], texts: Sequence[str], style: Style, padding: float, min_height: float
    ) -> _Row:
        cells = [Cell(t, c.parts, style, c.align) for c, t in zip(columns, texts, strict=True)]
        return self._set(cells, padding, min_height)

    def _set(self, cells: Sequence[Cell], padding: float, min_height: float) -> _Row:
        widths = self._widths(cells)
        cells = [_fitted(cell, width - 2 * padding) for cell, width in zip(cells, widths, strict=True)]
        lines = tuple(
            tuple(broken(cell.text, width - 2 * padding, cell.style))
            for cell, width in zip(cells, widths, strict=True)
        )
        return _Row(tuple(cells), lines, padding, min_height)

    def _widths(self, cells: Sequence[Cell]) -> list[float]:
        total = sum(cell.parts for cell in cells)
        return [self.width * cell.parts / total for cell in cells]

    @property
    def _tall(self) -> float:
        return self.paper.sheet.text.height / 3

    def _pieces(self, row: _Row, on_new_page: Callable[[], None] | None = None) -> Iterator[_Row]:
        """The row, or its pieces, each with the cursor at a place where it fits."""
        while row.height > self.room:
            if row.height > self._tall and self.room > self._tall / 2:
                upper, row = row.cut(self.room)
                yield upper
            self.turn()
            if on_new_page:
                on_new_page()
        yield row

    def _draw(self, row: _Row) -> None:
        x, bottom = self.left, self.y + row.height
        rules = [(x, y, x + self.width, y) for y in (self.y, bottom)] + [(x, self.y, x, bottom)]
        for cell, lines, width in zip(row.cells, row.lines, self._widths(row.cells), strict=True):
            y = self.y + (row.height - len(lines) * cell.style.line_pt) / 2
            for line in lines:
                self.paper.write_line(
                    x + row.padding, y, width - 2 * row.padding, line, cell.style, cell.align
                )
                y += cell.style.line_pt
            x += width
            rules.append((x, self.y, x, bottom))
        self.paper.rules(rules, HAIRLINE_PT)
        self.y = bottom


def begin(paper: Paper, title: str, about: str) -> Flow:
    """The flow of a list below its title; later pages carry it small, with whose it is and what it is about: a loose
    one is known by itself.
    """
    text = paper.sheet.text

    def begin_page() -> float:
        head = _("{title}（续）　{station}　{about}").format(title=title, station=paper.issuer, about=about)
        below = paper.paragraph(text.x, text.y - 8 * MM, text.width, head, FOOT)
        return max(text.y, below + 2 * MM)

    flow = Flow(paper, text.y, begin_page)
    flow.centred(title, _LIST_TITLE)
    flow.gap(2)
    return flow
