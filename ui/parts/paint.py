"""How our own parts are painted (绘制): hairlines on device pixels, round frames, one-line texts in their line box.

Sizes and colours come from the theme at every call, so that nothing has to be kept up to date.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPaintDevice, QPainter, QPen

from ui.theme import ColourRole, FontRole, paint_icon, theme
from ui.theme.fonts import make, see

Align = Literal["left", "centre", "right"]
Marks = Sequence[tuple[int, int]]
StateShape = Literal["hollow", "half", "tick", "triangle", "dash"]

_ONE_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_FLAGS = {
    "left": Qt.AlignmentFlag.AlignLeft | _ONE_LINE,
    "centre": Qt.AlignmentFlag.AlignHCenter | _ONE_LINE,
    "right": Qt.AlignmentFlag.AlignRight | _ONE_LINE,
}
_MEASURED_TEXTS_KEPT = 4_096


def hairline(device: QPaintDevice) -> float:
    """The thinnest line that is sharp on ``device``: a whole number of device pixels, in logical ones."""
    ratio = device.devicePixelRatioF()
    return max(1, round(ratio)) / ratio


def snapped(device: QPaintDevice, value: float) -> float:
    """``value`` moved to the nearest device pixel."""
    ratio = device.devicePixelRatioF()
    return round(value * ratio) / ratio


def begin(painter: QPainter) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)


def fill(painter: QPainter, area: QRectF, colour: QColor, radius: float | None = None) -> None:
    """A filled shape with our round corners."""
    radius = theme.metrics.radius if radius is None else radius
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(area, radius, radius)


def frame(
    painter: QPainter,
    area: QRectF,
    width: float,
    colour: QColor,
    radius: float | None = None,
    dashed: bool = False,
) -> None:
    """A line of ``width`` just inside ``area``."""
    radius = theme.metrics.radius if radius is None else radius
    inner = area.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, width, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
    painter.drawRoundedRect(inner, max(0.0, radius - width / 2), max(0.0, radius - width / 2))


def line_below(painter: QPainter, area: QRectF, colour: QColor) -> None:
    """A hairline along the lower edge of ``area``."""
    device = painter.device()
    thin = hairline(device)
    bottom = snapped(device, area.bottom())
    painter.fillRect(QRectF(area.left(), bottom - thin, area.width(), thin), colour)


def focus_ring(painter: QPainter, area: QRectF, radius: float | None = None) -> None:
    frame(painter, area, theme.metrics.focus, theme.colour("focus"), radius)


def text_width(text: str, role: FontRole, bold: bool = False) -> float:
    return _fitted(text, theme.metrics.type_px[role][0], bold, math.inf)[1]


@lru_cache(maxsize=_MEASURED_TEXTS_KEPT)
def _fitted(text: str, pixels: int, bold: bool, room: float) -> tuple[str, float]:
    """What is shown of ``text`` in so much room, and how wide that is: a scroll asks the same again and again."""
    see(text)
    metrics = QFontMetricsF(make(pixels, bold))
    width = metrics.horizontalAdvance(text)
    if width <= room:
        return text, width
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, room))
    return shown, min(room, metrics.horizontalAdvance(shown))


def line(
    painter: QPainter,
    area: QRectF,
    text: str,
    role: FontRole = "body",
    colour: ColourRole | QColor = "ink",
    *,
    bold: bool = False,
    align: Align = "left",
    marks: Marks = (),
) -> float:
    """Draw one line of ``text`` in the middle of ``area``, elided when it is too long; answer the width it took.

    ``marks`` are (start, end) pairs of letters that stand out in bold.
    """
    see(text)
    font = theme.font(role, bold)
    painter.setPen(colour if isinstance(colour, QColor) else theme.colour(colour))
    if marks and not bold:
        return _marked_line(painter, area, text, font, theme.font(role, True), marks)
    shown, width = _fitted(text, theme.metrics.type_px[role][0], bold, area.width())
    painter.setFont(font)
    painter.drawText(area, _FLAGS[align], shown)
    return width


def words(painter: QPainter, area: QRectF, text: str, role: FontRole, colour: ColourRole) -> None:
    """Draw ``text`` on as many lines as it needs, in the middle of ``area``."""
    see(text)
    painter.setFont(theme.font(role))
    painter.setPen(theme.colour(colour))
    painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, text)


def _marked_line(painter: QPainter, area: QRectF, text: str, font: QFont, bold: QFont, marks: Marks) -> float:
    left = area.left()
    for piece, is_marked in pieces(text, marks):
        used = bold if is_marked else font
        metrics = QFontMetricsF(used)
        room = area.right() - left
        shown = metrics.elidedText(piece, Qt.TextElideMode.ElideRight, max(0.0, room))
        painter.setFont(used)
        painter.drawText(QRectF(left, area.top(), room, area.height()), _FLAGS["left"], shown)
        left += metrics.horizontalAdvance(shown)
        if shown != piece:
            break
    return left - area.left()


def pieces(text: str, marks: Marks) -> list[tuple[str, bool]]:
    """``text`` cut at its marks: [("王", True), ("秀芳", False)]."""
    cut: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(marks):
        cut += [(text[at:start], False), (text[start:end], True)]
        at = end
    cut.append((text[at:], False))
    return [(piece, is_marked) for piece, is_marked in cut if piece]


def icon(
    painter: QPainter, name: str, area: QRectF, size: float, colour: ColourRole | QColor = "ink"
) -> None:
    """The icon in the middle of ``area``."""
    device = painter.device()
    left = snapped(device, area.center().x() - size / 2)
    top = snapped(device, area.center().y() - size / 2)
    shade = colour if isinstance(colour, QColor) else theme.colour(colour)
    paint_icon(painter, name, QRectF(left, top, size, size), shade)


def state(painter: QPainter, shape: StateShape, centre: QPointF, size: float, colour: ColourRole) -> None:
    """The shape every state has besides its colour: hollow ring, half ring, tick, triangle, dash."""
    shade = theme.colour(colour)
    box = QRectF(centre.x() - size / 2, centre.y() - size / 2, size, size)
    if shape in ("tick", "triangle"):
        paint_icon(painter, "check" if shape == "tick" else "trouble", box.adjusted(-1, -1, 1, 1), shade)
        return
    pen = QPen(shade, max(1.75, size / 8))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ring = box.adjusted(1.5, 1.5, -1.5, -1.5)
    if shape == "dash":
        painter.drawLine(QPointF(ring.left(), centre.y()), QPointF(ring.right(), centre.y()))
        return
    painter.drawEllipse(ring)
    if shape == "half":
        painter.setBrush(shade)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPie(ring, -90 * 16, 180 * 16)


def key_cap(painter: QPainter, area: QRectF, key: str, colour: ColourRole = "secondary") -> None:
    """A key as it looks on the keyboard: a small frame with the key's name, filling ``area``."""
    fill(painter, area, theme.colour("surface"), 4)
    frame(painter, area, hairline(painter.device()), theme.colour("border"), 4)
    line(painter, area, key, "secondary", colour, align="centre")


def key_cap_width(key: str) -> float:
    return max(24.0, text_width(key, "secondary") + 12)
