"""Breaking Chinese text into lines (断行) by GB/T 15834-2011, 5.1: what may not begin a line and what may not end one.

A line never begins with closing punctuation and never ends with an opening one; dashes and dots stay whole; Latin
words, numbers, dates and codes stay together unless they are wider than the column. Pure text and widths: no face
and no drawing is known here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

NOT_FIRST = frozenset("、。，．：；！？…·•‧～–％‰℃°%)]},.:;!?）〕】》〉」』”’］｝〗〙〞ー々/")
NOT_LAST = frozenset("（〔【《〈「『“‘［｛〖〘〝([{￥¥$＄№#＃/")
_WHOLE = frozenset("—…―⸺")
_IN_WORDS = frozenset("-_@&+*=~'#/.,:;!?%$()[]<>\\|")
_GLUE = "\u00a0"
# Shorter lines than this show a gap when a character is taken from them for the sake of the last line.
_FULL_ENOUGH = 10


@dataclass(frozen=True)
class Line:
    """One line. ``ends`` is true for the last of a paragraph, which is never stretched; ``indent_pt`` stands before."""

    text: str
    width_pt: float
    ends: bool
    indent_pt: float = 0.0


class _Cut(IntEnum):
    """How good it is to break here; the numbers are an order."""

    NEVER = 0
    FORCED = 1  # inside a word or a number that is wider than the column
    FREE = 2


def break_lines(
    text: str, column_pt: float, width_of: Callable[[str], float], first_indent_pt: float = 0.0
) -> list[Line]:
    """The lines of ``text`` in a column; a line feed starts a paragraph. Empty text is one empty line.

    ``width_of`` gives the width of one character in points. A rule is broken only where the column cannot hold
    what the rule keeps together.
    """
    return [
        line
        for paragraph in text.split("\n")
        for line in _Paragraph(paragraph, column_pt, width_of, first_indent_pt).lines()
    ]


class _Paragraph:
    def __init__(
        self, text: str, column_pt: float, width_of: Callable[[str], float], first_indent_pt: float
    ) -> None:
        self.units = _units(text)
        self.widths = [sum(map(width_of, unit)) for unit in self.units]
        self.column_pt = column_pt
        self.first_indent_pt = first_indent_pt

    def lines(self) -> list[Line]:
        starts = self._starts()
        ends = [*starts[1:], len(self.units)]
        return [self._line(start, end) for start, end in zip(starts, ends, strict=True)]

    def _starts(self) -> list[int]:
        starts = [0]
        while (end := self._break(starts[-1])) < len(self.units):
            starts.append(end)
        if len(starts) > 1:
            starts[-1] = self._not_alone(starts[-2], starts[-1])
        return starts

    def _break(self, start: int) -> int:
        """Where the line that begins at ``start`` ends."""
        fits = max(self._fit(start), start + 1)
        if fits >= len(self.units):
            return len(self.units)
        best = max(range(fits, start, -1), key=self._cut)  # of equals the first: the fullest line
        return best if self._cut(best) > _Cut.NEVER else fits

    def _fit(self, start: int) -> int:
        """The first unit that no longer fits; spaces at the end of a line take no room."""
        room_pt = self.column_pt - (self.first_indent_pt if start == 0 else 0.0)
        for index in range(start, len(self.units)):
            room_pt -= self.widths[index]
            # A hundredth of a point forgives the rounding of sums.
            if room_pt < -0.01 and self.units[index] != " ":
                return index
        return len(self.units)

    def _cut(self, index: int) -> _Cut:
        return _cut(self.units[index - 1], self.units[index])

    def _not_alone(self, before: int, start: int) -> int:
        """A single character shall not be the last line (孤字不成行): give it a neighbour from a full line."""
        alone = [unit for unit in self.units[start:] if unit not in NOT_FIRST and unit != " "]
        if len(alone) != 1 or start - before < _FULL_ENOUGH:
            return start
        for index in (start - 1, start - 2):
            if self._cut(index) is _Cut.FREE:
                return index
        return start

    def _line(self, start: int, end: int) -> Line:
        ends = end == len(self.units)
        while end > start and self.units[end - 1] == " ":
            end -= 1
        indent_pt = self.first_indent_pt if start == 0 else 0.0
        return Line("".join(self.units[start:end]), sum(self.widths[start:end]), ends, indent_pt)


def _units(text: str) -> list[str]:
    """Characters with the marks that sit on them."""
    units: list[str] = []
    for char in text:
        if units and unicodedata.combining(char):
            units[-1] += char
        else:
            units.append(char)
    return units


def _cut(before: str, after: str) -> _Cut:
    if after == " " or after in NOT_FIRST or before in NOT_LAST or _GLUE in (before, after):
        return _Cut.NEVER
    if before == after and before in _WHOLE:
        return _Cut.NEVER
    if _is_word(before) and _is_word(after):
        return _Cut.FORCED
    return _Cut.FREE


def _is_word(unit: str) -> bool:
    first = unit[0]
    # Below U+2000 stand the alphabets; Chinese and its punctuation begin above.
    return first in _IN_WORDS or (first.isalnum() and first < "\u2000")
