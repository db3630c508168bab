"""Tiles (方块选择): a person per tile, chosen with arrows and Enter, by its first digit, or by a click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from ui.parts import keys, paint
from ui.parts.roving import Roving
from ui.theme import theme

_FIRST_IDEOGRAPH = "\u2e80"


@dataclass(frozen=True)
class Tile:
    """``title`` is a name; one with something in brackets to tell it from another has that on a line of its own."""

    value: str
    title: str
    detail: str = ""

    @property
    def mark(self) -> str:
        """What stands in the circle: what Chinese names end with, and others begin with."""
        name, _rest = self._parts()
        return next((letter for letter in reversed(name) if letter >= _FIRST_IDEOGRAPH), name[:1].upper())

    def lines(self, room: float) -> tuple[str, ...]:
        """The title in one line where it fits into so much room, else in two."""
        if paint.text_width(self.title, "body", bold=True) <= room:
            return (self.title,)
        name, rest = self._parts()
        if not rest:
            name, rest = _cut(self.title, room)
        return tuple(line for line in (name, rest) if line)

    def _parts(self) -> tuple[str, str]:
        place = next((at for at, letter in enumerate(self.title) if at and letter in "（("), len(self.title))
        return self.title[:place], self.title[place:]


def low_height() -> int:
    """Three lines, and next to nothing to spare."""
    return 2 * theme.line_box("body") + theme.line_box("secondary") + theme.metrics.gap // 4


def _cut(title: str, room: float) -> tuple[str, str]:
    """After the last space or dot before the edge, or where the edge is."""
    most = next(
        at for at in range(len(title), 0, -1) if at == 1 or paint.text_width(title[:at], "body", True) <= room
    )
    place = max((at for at in range(1, most + 1) if title[at - 1] in " ·-"), default=most)
    return title[:place].rstrip(), title[place:]


class _TileButton(QPushButton):
    def __init__(self, tile: Tile) -> None:
        super().__init__(tile.title)
        self.tile = tile
        self.is_low = False
        self.setCheckable(True)
        self.setAccessibleName(f"{tile.title} {tile.detail}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._dress()
        theme.changed.connect(self._dress)

    def sizeHint(self) -> QSize:
        height = theme.metrics.step_tile
        return QSize(height * 2 + 16, low_height() if self.is_low else height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_enter(event):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        area = QRectF(self.rect())
        is_chosen = self.isChecked()
        paint.fill(painter, area, theme.colour("selection" if is_chosen else "surface"))
        width = max(paint.hairline(self), theme.metrics.border)
        paint.frame(
            painter,
            area,
            width,
            theme.colour("ink" if is_chosen else "border" if theme.large else "hairline"),
        )
        circle_size = theme.metrics.step_tile / 2
        circle = QRectF(16, (area.height() - circle_size) / 2, circle_size, circle_size)
        paint.fill(painter, circle, theme.colour("rail"), circle_size / 2)
        paint.line(painter, circle, self.tile.mark, "section", "secondary", align="centre")
        if is_chosen:
            self._paint_tick(painter, circle)
        self._paint_words(
            painter, QRectF(circle.right() + 12, 0, area.right() - circle.right() - 24, area.height())
        )
        if self.hasFocus():
            paint.focus_ring(painter, area)

    def _paint_tick(self, painter: QPainter, circle: QRectF) -> None:
        """At the edge of the circle: who is chosen is seen by a shape, too."""
        size = theme.metrics.icon - 4
        badge = QRectF(circle.right() - size * 0.85, circle.bottom() - size * 0.85, size, size)
        paint.fill(painter, badge, theme.colour("ink"), size / 2)
        paint.icon(painter, "check", badge, size - 4, "surface")

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        lines = self.tile.lines(area.width())
        title, detail = theme.line_box("body"), theme.line_box("secondary") if self.tile.detail else 0
        top = (area.height() - len(lines) * title - detail) / 2
        for words in lines:
            paint.line(
                painter, QRectF(area.left(), top, area.width(), title), words, "body", "ink", bold=True
            )
            top += title
        if detail:
            below = QRectF(area.left(), top, area.width(), detail)
            paint.line(painter, below, self.tile.detail, "secondary", "secondary")

    def _dress(self) -> None:
        self.setFont(theme.font("body"))
        self.updateGeometry()
        self.update()


class Tiles(QWidget):
    """``chosen`` carries the value of the tile."""

    chosen = Signal(str)

    def __init__(self, tiles: Sequence[Tile] = (), *, columns: int = 3, name: str = "") -> None:
        super().__init__()
        self._columns = columns
        self._buttons: list[_TileButton] = []
        self._roving = Roving(self, columns)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self.setAccessibleName(name)
        self.set_tiles(tiles)

    def set_tiles(self, tiles: Sequence[Tile]) -> None:
        for button in self._buttons:
            self._grid.removeWidget(button)
            button.deleteLater()
        self._buttons = [_TileButton(tile) for tile in tiles]
        for place, button in enumerate(self._buttons):
            self._grid.addWidget(button, place // self._columns, place % self._columns)
            button.show()  # now, and not when the layout comes to it: only what is shown can have the focus
            button.clicked.connect(self._on_clicked)
        self._roving.take(self._buttons)
        if self._buttons:
            self.setFocusProxy(self._buttons[0])

    def fit(self, room: int) -> None:
        """Tiles are as low as what stands in them where that many of them are too high for so much room."""
        rows = -(-len(self._buttons) // self._columns)
        is_low = rows * (theme.metrics.step_tile + self._grid.spacing()) > room
        for button in self._buttons:
            if button.is_low != is_low:
                button.is_low = is_low
                button.updateGeometry()

    def value(self) -> str | None:
        return next((button.tile.value for button in self._buttons if button.isChecked()), None)

    def set_value(self, value: str | None) -> None:
        for button in self._buttons:
            button.setChecked(button.tile.value == value)
            if button.tile.value == value:
                self._roving.stop_at(button)
                self.setFocusProxy(button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = keys.digit(event)
        if pressed and pressed <= len(self._buttons):
            self._buttons[pressed - 1].click()
            return
        super().keyPressEvent(event)

    def _on_clicked(self, _is_chosen: bool) -> None:
        button = self.sender()
        if isinstance(button, _TileButton):
            self.set_value(button.tile.value)
            self.chosen.emit(button.tile.value)
