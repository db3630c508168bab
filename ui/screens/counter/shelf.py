"""The shelf (货架): nine gifts to a page, 1-9 puts one into the basket; four to a page in large mode.

A gift keeps its place whoever stands at the counter: what is not affordable says how much is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.actions.gifts import Tile, gift_picture
from app.facts import Id
from app.words import _
from ui.jobs import Jobs
from ui.parts import keys
from ui.parts.buttons import Button
from ui.parts.pictures import Photo, photo_in
from ui.parts.roving import Roving
from ui.parts.text import Text
from ui.screens.counter.tile import GiftTile
from ui.theme import theme

_GAP = 8


class Shelf(QWidget):
    """``picked`` carries the ``Tile`` of which one more is wanted, ``entered`` comes from Enter, ``typed`` carries a
    letter that is the beginning of somebody's name.
    """

    picked = Signal(object)
    entered = Signal()
    typed = Signal(str)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._pictures: dict[str, QImage] = {}
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

    # --- pictures

    def _picture(self, name: str) -> QImage | None:
        """The picture with this name, if it is here already; else it is asked for, and painted when it has come."""
        if name not in self._pictures:
            self._pictures[name] = QImage()
            kept = partial(self._keep_picture, name)
            self._jobs.read(self, photo_in, (gift_picture, name), done=kept, key=("picture", name))
        return self._pictures[name]

    def _keep_picture(self, name: str, photo: Photo | None) -> None:
        if photo is not None:
            self._pictures[name] = photo.small
            for button in self.buttons:
                button.update()

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
        self._places = [GiftTile(place, self._picture) for place in range(1, _a_page() + 1)]
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
