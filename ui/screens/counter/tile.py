"""One gift on the shelf (一格): its key, its picture, what it costs, how many are there, and what is missing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.actions.gifts import Tile
from app.sentences.points import points
from app.words import _
from ui.parts import keys, paint
from ui.theme import ColourRole, theme

_SIDE = 12
_LEAST_PICTURE = 40

Pictures = Callable[[str], QImage | None]
"""A picture by its name, as soon as it is here."""


class GiftTile(QPushButton):
    """One gift. ``taken`` pieces of it are in the basket, ``left_cents`` are the points that remain."""

    tile: Tile

    def __init__(self, place: int, pictures: Pictures) -> None:
        super().__init__()
        self._place, self._pictures = place, pictures
        self._taken = 0
        self._left: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        keys.without_input_method(self)

    def show_tile(self, tile: Tile) -> None:
        self.tile = tile
        self.setText(tile.name)

    def settle(self, taken: int, left_cents: int | None) -> None:
        """What is in the basket already, and what can still be spent; None while nobody is there."""
        self._taken, self._left = taken, left_cents
        words = (str(self._place), self.tile.name, self.tile.spec, self._price(), self._note()[0])
        self.setAccessibleName(_("，").join(word for word in (*words, self._badge()) if word))
        self.update()

    def missing_cents(self) -> int:
        """What another piece lacks."""
        return 0 if self._left is None else max(0, self.tile.points_cents - self._left)

    def is_gone(self) -> bool:
        """Whether no further piece is there."""
        return self.tile.stock <= self._taken

    def sizeHint(self) -> QSize:
        m = theme.metrics
        height = m.row + theme.line_box("body") * 2 + theme.line_box("secondary") + 2 * _SIDE
        return QSize(3 * m.row, height)

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * theme.metrics.row, theme.line_box("body") * 2 + theme.line_box("secondary") * 2 + 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect())
        is_taken = self._taken > 0
        paint.fill(painter, area, theme.colour("selection" if is_taken else "surface"))
        width = max(paint.hairline(self), theme.metrics.border)
        paint.frame(
            painter, area, width, theme.colour("ink" if is_taken else "border" if theme.large else "hairline")
        )
        self._paint_inside(painter, area.adjusted(_SIDE, 8, -_SIDE, -8))
        if self.hasFocus():
            paint.focus_ring(painter, area)

    def _paint_inside(self, painter: QPainter, area: QRectF) -> None:
        """From the lower edge up: price and stock, what it is like, its name; its key above, or beside the name where
        there is no room above it.
        """
        body, small = theme.line_box("body"), theme.line_box("secondary")
        cap = QRectF(area.left(), area.top(), paint.key_cap_width(str(self._place)), small + 4)
        above = area.height() - 2 * body - small - 4
        is_low = above < cap.height()
        bottom = area.center().y() + body + small / 2 if is_low else area.bottom()
        foot = QRectF(area.left(), bottom - body, area.width(), body)
        spec = QRectF(area.left(), foot.top() - small, area.width(), small)
        name = QRectF(area.left(), spec.top() - body, area.width(), body)
        badge = QRectF(cap.right(), cap.top(), area.right() - cap.right(), cap.height())
        if is_low:
            cap.moveTop(name.center().y() - cap.height() / 2)
            name.adjust(
                cap.width() + 5, 0, _SIDE / 2, 0
            )  # a name of three characters is whole in large letters
            badge = QRectF(spec)
            spec.setRight(spec.right() - self._badge_width())
        elif above >= _LEAST_PICTURE:
            self._paint_picture(painter, QRectF(area.left(), area.top(), area.width(), above))
        paint.key_cap(painter, cap, str(self._place), "ink")
        paint.line(painter, badge, self._badge(), "body", bold=True, align="right")
        paint.line(painter, name, self.tile.name, "body", self._ink(), bold=True)
        self._paint_price(painter, foot, spec)

    def _paint_price(self, painter: QPainter, foot: QRectF, spec: QRectF) -> None:
        """What is missing matters more than what the gift is like, where there is no room for both."""
        price = paint.line(painter, foot, self._price(), "body", self._ink(), bold=True)
        note, colour = self._note()
        width = paint.text_width(note, "secondary")
        if width > foot.width() - price - 8:
            if width <= spec.width() or not self._taken:  # beside how many are taken it is whole or not there
                paint.line(painter, spec, note, "secondary", colour)
            return
        paint.line(painter, spec, self.tile.spec, "secondary", "secondary")
        paint.line(painter, foot.adjusted(price + 8, 0, 0, 0), note, "secondary", colour, align="right")

    def _paint_picture(self, painter: QPainter, area: QRectF) -> None:
        image = self._pictures(self.tile.picture) if self.tile.picture else None
        painter.save()
        painter.setOpacity(1.0 if self._can_be_taken() else 0.45)
        if image is not None and not image.isNull():
            size = image.size().scaled(area.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            spot = QRectF(0, 0, size.width(), size.height())
            spot.moveCenter(area.center())
            painter.drawImage(spot, image)
        else:
            side = min(area.height(), area.width(), 56 + area.height() / 6)
            circle = QRectF(0, 0, side, side)
            circle.moveCenter(area.center())
            paint.fill(painter, circle, theme.colour("rail"), side / 2)
            paint.icon(painter, "gift", circle, side / 2, "secondary")
        painter.restore()

    def _badge_width(self) -> float:
        return paint.text_width(self._badge(), "body", bold=True) + 8 if self._taken else 0

    def _ink(self) -> ColourRole:
        return "ink" if self._can_be_taken() else "secondary"

    def _can_be_taken(self) -> bool:
        return self._taken > 0 or (not self.is_gone() and not self.missing_cents())

    def _price(self) -> str:
        return points(self.tile.points_cents)

    def _badge(self) -> str:
        return f"× {self._taken}" if self._taken else ""

    def _note(self) -> tuple[str, ColourRole]:
        if not self.tile.stock:
            return _("没货了"), "trouble"
        if self.missing_cents() and not self._taken:
            return _("还差 {points}").format(points=points(self.missing_cents())), "under_way"
        return _("余 {stock} {unit}").format(
            stock=self.tile.stock - self._taken, unit=self.tile.unit
        ), "secondary"
