"""The shelf (货架): nine gifts to a page, 1-9 puts one into the basket; four to a page in large mode.

A gift keeps its place whoever stands at the counter: what is not affordable says how much is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.actions.gifts import Tile
from app.facts import Id
from app.sentences.points import points
from app.words import _
from ui.parts import keys, paint
from ui.parts.buttons import Button
from ui.parts.roving import Roving
from ui.parts.text import Text
from ui.theme import ColourRole, theme

_SIDE = 12
_LEAST_PICTURE = 40
_GAP = 8

Pictures = Callable[[str], QImage | None]


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
        self.setAccessibleName("，".join(word for word in (*words, self._badge()) if word))
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
        paint.frame(painter, area, width, theme.colour("ink" if is_taken or theme.large else "hairline"))
        inner = area.adjusted(_SIDE, 8, -_SIDE, -8)
        words = self._paint_words(painter, inner)
        self._paint_picture(
            painter, QRectF(inner.left(), inner.top(), inner.width(), words - inner.top() - 4)
        )
        self._paint_corners(painter, inner)
        if self.hasFocus():
            paint.focus_ring(painter, area)

    def _paint_words(self, painter: QPainter, area: QRectF) -> float:
        """Name, what it is, price and stock, from the lower edge up; answers where they begin."""
        body, small = theme.line_box("body"), theme.line_box("secondary")
        ink: ColourRole = "ink" if self._can_be_taken() else "secondary"
        foot = QRectF(area.left(), area.bottom() - body, area.width(), body)
        top = foot.top() - small - body
        paint.line(
            painter, QRectF(area.left(), top, area.width(), body), self.tile.name, "body", ink, bold=True
        )
        price = paint.line(painter, foot, self._price(), "body", ink, bold=True)
        note, colour = self._note()
        spec = QRectF(area.left(), top + body, area.width(), small)
        if paint.text_width(note, "secondary") > area.width() - price - 8:
            paint.line(
                painter, spec, note, "secondary", colour
            )  # what is missing matters more than what it is like
        else:
            paint.line(painter, spec, self.tile.spec, "secondary", "secondary")
            paint.line(painter, foot.adjusted(price + 8, 0, 0, 0), note, "secondary", colour, align="right")
        return top

    def _paint_picture(self, painter: QPainter, area: QRectF) -> None:
        if area.height() < _LEAST_PICTURE:
            return
        image = self._pictures(self.tile.picture) if self.tile.picture else None
        painter.save()
        painter.setOpacity(1.0 if self._can_be_taken() else 0.45)
        if image is not None and not image.isNull():
            size = image.size().scaled(area.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = area.center().x() - size.width() / 2, area.center().y() - size.height() / 2
            painter.drawImage(QRectF(left, top, size.width(), size.height()), image)
        else:
            size_px = min(area.height(), area.width(), 56.0)
            circle = QRectF(
                area.center().x() - size_px / 2, area.center().y() - size_px / 2, size_px, size_px
            )
            paint.fill(painter, circle, theme.colour("rail"), size_px / 2)
            paint.icon(painter, "gift", circle, size_px / 2, "secondary")
        painter.restore()

    def _paint_corners(self, painter: QPainter, area: QRectF) -> None:
        height = theme.line_box("secondary") + 4
        cap = QRectF(area.left(), area.top(), paint.key_cap_width(str(self._place)), height)
        paint.key_cap(painter, cap, str(self._place), "ink")
        badge = self._badge()
        if badge:
            paint.line(
                painter,
                QRectF(area.left(), area.top(), area.width(), height),
                badge,
                "body",
                bold=True,
                align="right",
            )

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


class Shelf(QWidget):
    """``picked`` carries the ``Tile`` of which one more is wanted, ``entered`` comes from Enter, ``typed`` carries a
    letter that is the beginning of somebody's name.
    """

    picked = Signal(object)
    entered = Signal()
    typed = Signal(str)

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self._pictures = pictures
        self._tiles: Sequence[Tile] = ()
        self._taken: Mapping[Id, int] = {}
        self._left: int | None = None
        self._page = 0
        self.buttons: list[GiftTile] = []
        self._places: list[GiftTile] = []
        self.setAccessibleName(_("货架"))
        self._roving = Roving(self, 3)
        self._grid = QGridLayout()
        self._grid.setSpacing(_GAP)
        self._words = Text("", "secondary", "secondary")
        self._back = Button(kind="quiet", icon="left", name=_("上一页"), key="PgUp")
        self._on = Button(kind="quiet", icon="right", name=_("下一页"), key="PgDn")
        self._foot = self._build_foot()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addLayout(self._grid, 1)
        column.addWidget(self._foot)
        theme.changed.connect(self._lay)

    def _build_foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch()
        for button, step in ((self._back, -1), (self._on, 1)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked, step=step: self.turn(step))
        for widget in (self._back, self._words, self._on):
            row.addWidget(widget)
        row.addStretch()
        return foot

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these gifts; who is at the counter, and the basket, stay."""
        self._tiles = tiles
        self._lay()

    def settle(self, taken: Mapping[Id, int], left_cents: int | None) -> None:
        """What is in the basket, and the points that remain; None while nobody is there."""
        self._taken, self._left = taken, left_cents
        for button in self.buttons:
            button.settle(taken.get(button.tile.gift, 0), left_cents)

    def of_code(self, code: str) -> Tile | None:
        """The gift with this bar code."""
        return next((tile for tile in self._tiles if tile.code == code), None)

    def tile(self, gift: Id) -> Tile | None:
        return next((tile for tile in self._tiles if tile.gift == gift), None)

    def start(self) -> None:
        if self.buttons:
            button = next((one for one in self.buttons if one.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
            (button or self.buttons[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def turn(self, step: int) -> None:
        """PgDn and PgUp."""
        page = min(max(self._page + step, 0), self._pages() - 1)
        if page == self._page:
            return
        had_focus = self._has_focus()
        self._page = page
        self._lay()
        if had_focus:
            self.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = keys.digit(event)
        if digit and digit <= len(self.buttons):
            self.buttons[digit - 1].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.picked.emit(self.buttons[digit - 1].tile)
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.turn(1 if event.key() == Qt.Key.Key_PageDown else -1)
        elif keys.is_enter(event):
            self.entered.emit()
        elif event.text().isalpha() and keys.modifiers(event) in _PLAIN:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    # --- pages

    def _pages(self) -> int:
        return max(1, -(-len(self._tiles) // _a_page()))

    def _lay(self) -> None:
        """Fill the places of the page; a place stays the same button, so that the focus stays where it is."""
        self._page = min(self._page, self._pages() - 1)
        first = self._page * _a_page()
        shown = self._tiles[first : first + _a_page()]
        had_focus = self._has_focus()
        if self._roving.columns != _side() or len(self._places) < len(shown):
            self._set_up_places()
        self.buttons = self._places[: len(shown)]
        for button, tile in zip(self.buttons, shown, strict=True):
            button.show_tile(tile)
            button.show()
        self._roving.take(self.buttons)
        if had_focus and not self._has_focus():
            self.start()
        for button in self._places[len(shown) :]:
            if had_focus and button.hasFocus():
                self.start()
            button.hide()
        self._foot.setVisible(self._pages() > 1)
        self._words.setText(_("第 {page} 页，共 {pages} 页").format(page=self._page + 1, pages=self._pages()))
        self._back.setEnabled(self._page > 0)
        self._on.setEnabled(self._page < self._pages() - 1)
        self.settle(self._taken, self._left)

    def _set_up_places(self) -> None:
        """So many buttons as a page has; another size of type has other pages."""
        for button in self._places:
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        side = _side()
        self._roving.columns = side
        self._places = [GiftTile(place, self._pictures) for place in range(1, _a_page() + 1)]
        for at, button in enumerate(self._places):
            self._grid.addWidget(button, at // side, at % side)
            button.clicked.connect(self._on_clicked)
        for at in range(3):
            self._grid.setRowStretch(at, int(at < side))
            self._grid.setColumnStretch(at, int(at < side))

    def _has_focus(self) -> bool:
        return any(button.hasFocus() for button in self._places)

    def _on_clicked(self, _checked: bool) -> None:
        button = self.sender()
        if isinstance(button, GiftTile):
            self.picked.emit(button.tile)


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


def _side() -> int:
    return 2 if theme.large else 3


def _a_page() -> int:
    return _side() ** 2
