"""Codes that machines read (二维码、条形码), as black shapes without any drawing: QR and Code 128-C.

Our own bar codes hold digits only: letters from a scanner would start an input method.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import segno


class Bar(NamedTuple):
    """A black rectangle in units of one module, counted from the top left corner."""

    x: int
    y: int
    width: int


@dataclass(frozen=True)
class QrCode:
    """A QR symbol: its modules on a side without the quiet zone, and its black bars, each one module high."""

    modules: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class BarCode:
    """A linear code: its width in modules without the quiet zones, and its bars."""

    modules: int
    bars: tuple[Bar, ...]


BAR_CODE_QUIET_MODULES = 10


def qr_code(payload: bytes) -> QrCode:
    """The QR symbol of ``payload``; level M (15 % may be lost) survives a fold, a smear or a seal's edge."""
    rows = segno.make(payload, error="m", micro=False, boost_error=False).matrix
    return QrCode(len(rows), tuple(bar for y, row in enumerate(rows) for bar in _bars(row, y)))


def bar_code(digits: str) -> BarCode:
    """Code 128-C (ISO/IEC 15417) of an even number of digits."""
    assert digits.isascii(), digits
    assert digits.isdigit(), digits
    assert len(digits) % 2 == 0, digits
    values = [_START_C, *(int(digits[i : i + 2]) for i in range(0, len(digits), 2))]
    check = sum(value * max(place, 1) for place, value in enumerate(values)) % 103
    widths = "".join(_WIDTHS[value] for value in (*values, check, _STOP))
    bars: list[Bar] = []
    x = 0
    for place, width in enumerate(map(int, widths)):
        if place % 2 == 0:
            bars.append(Bar(x, 0, width))
        x += width
    return BarCode(x, tuple(bars))


def _bars(row: bytearray | tuple[int, ...], y: int) -> list[Bar]:
    """The black stretches of one row, so that neighbouring modules show no hairline between them."""
    bars: list[Bar] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if bars and bars[-1].x + bars[-1].width == x:
            bars[-1] = bars[-1]._replace(width=bars[-1].width + 1)
        else:
            bars.append(Bar(x, y, 1))
    return bars


_START_C, _STOP = 105, 106

# Widths of bar, space, bar, space, bar, space for the values 0 to 105, and the stop sign with its last bar.
_WIDTHS = (  # noqa: SIM905 - one string to a line of the standard's table reads better than 107 literals
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 "
    "113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 "
    "212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 "
    "113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 "
    "314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 "
    "241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 "
    "214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 "
    "211232 2331112"
).split()
