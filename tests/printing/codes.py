"""Reading codes off a rendered page as a scanner does: bars along one line, and the modules of a QR symbol."""

from __future__ import annotations

from itertools import groupby

import segno
from reportlab.graphics.barcode import code128

from app.printing.preview import Picture

_START_C, _STOP = 105, 106
_SIZES = "abcd"


def dark(image: Picture, x: int, y: int) -> bool:
    return image.rgba[(y * image.width + x) * 4] < 128


def bar_code_digits(image: Picture, y: int, left: int, right: int) -> str:
    """The digits of the Code 128-C that the line at ``y`` crosses between two columns, its check proved.

    The widths are told by the table that ReportLab carries, not by the one that drew them.
    """
    line = [dark(image, x, y) for x in range(left, right)]
    first = line.index(True)
    last = len(line) - line[::-1].index(True)
    widths = [sum(1 for _pixel in run) for _colour, run in groupby(line[first:last])]
    module = sum(widths) / (11 * ((len(widths) - 1) // 6) + 2)
    letters = "".join(_SIZES[round(width / module) - 1] for width in widths)
    table = {pattern.lower()[:6]: value for value, pattern in code128._patterns.items()}
    start, *pairs, check, stop = (table[letters[at : at + 6]] for at in range(0, len(letters) - 1, 6))
    assert (start, stop) == (_START_C, _STOP)
    assert check == (start + sum(place * value for place, value in enumerate(pairs, start=1))) % 103
    return "".join(f"{value:02}" for value in pairs)


def is_qr_code(image: Picture, x: float, y: float, side: float, payload: bytes) -> bool:
    """Whether the QR symbol of ``payload`` stands there, module for module."""
    symbol = segno.make(payload, error="m", micro=False, boost_error=False).matrix
    module = side / len(symbol)
    return all(
        dark(image, round(x + (column + 0.5) * module), round(y + (row + 0.5) * module)) == bool(value)
        for row, line in enumerate(symbol)
        for column, value in enumerate(line)
    )
