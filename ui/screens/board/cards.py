"""The cards of one column (一列卡片): thousands of orders, of which only the painted ones are put into words.

A new reading is laid over the old one card by card, so that nothing scrolls and the focus stays where it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import overload

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication

from app.actions.board import Card as OrderCard
from ui.parts import paint
from ui.parts.cards import Card, CardList, CardModel
from ui.screens.board.wording import card_of
from ui.theme import theme

FADE_MS = 900
_FADE_STEP_MS = 45
_MANY_CHANGES = 40


class _Worded(Sequence[Card]):
    """The orders of a column as cards, each put into words when it is first asked for."""

    def __init__(self, orders: list[OrderCard], now: datetime) -> None:
        self.orders, self.now = orders, now
        self._said: dict[str, tuple[OrderCard, Card]] = {}

    def __len__(self) -> int:
        return len(self.orders)

    @overload
    def __getitem__(self, place: int) -> Card: ...

    @overload
    def __getitem__(self, place: slice) -> list[Card]: ...

    def __getitem__(self, place: int | slice) -> Card | list[Card]:
        if isinstance(place, slice):
            return [self._say(order) for order in self.orders[place]]
        return self._say(self.orders[place])

    def __iter__(self) -> Iterator[Card]:
        return map(self._say, self.orders)

    def turn(self, now: datetime) -> None:
        """Another minute: what depends on the time is said anew."""
        self.now = now
        self._said.clear()

    def _say(self, order: OrderCard) -> Card:
        said = self._said.get(order.id)
        if said is None or said[0] is not order:
            said = (order, card_of(order, self.now))
            self._said[order.id] = said
        return said[1]


class OrderModel(CardModel):
    """``lay`` makes the rows those of another reading with as few moves as there are differences."""

    def __init__(self) -> None:
        super().__init__()
        self.worded = _Worded([], datetime.fromtimestamp(0, UTC))
        self.cards = self.worded

    def lay(self, orders: Sequence[OrderCard]) -> None:
        old = self.worded.orders
        if old == list(orders):
            return
        wanted = [order.id for order in orders]
        known = {order.id for order in orders}
        self._drop([place for place, order in enumerate(old) if order.id not in known])
        if self._differences(wanted) > _MANY_CHANGES:
            self._reset(orders)
            return
        laid = self.worded.orders
        for place, order in enumerate(orders):
            if place >= len(laid) or laid[place] is not order:  # most are the very same
                self._settle(place, order)

    def turn(self, now: datetime) -> None:
        self.worded.turn(now)
        if self.worded.orders:
            self.dataChanged.emit(self.index(0), self.index(len(self.worded.orders) - 1))

    def place_of(self, key: str) -> int:
        """The row of an order, or -1."""
        return next((place for place, order in enumerate(self.worded.orders) if order.id == key), -1)

    def _differences(self, wanted: list[str]) -> int:
        present = {order.id for order in self.worded.orders}
        kept = [key for key in wanted if key in present]
        moved = sum(one.id != key for one, key in zip(self.worded.orders, kept, strict=True))
        return len(wanted) - len(kept) + moved

    def _drop(self, places: list[int]) -> None:
        if len(places) > _MANY_CHANGES:
            gone = set(places)
            self._reset([order for place, order in enumerate(self.worded.orders) if place not in gone])
            return
        for place in reversed(places):
            self.beginRemoveRows(QModelIndex(), place, place)
            del self.worded.orders[place]
            self.endRemoveRows()

    def _settle(self, place: int, order: OrderCard) -> None:
        """Have ``order`` at ``place``; everything before it is right already."""
        orders = self.worded.orders
        if place < len(orders) and orders[place].id == order.id:
            if orders[place] != order:
                orders[place] = order
                self.dataChanged.emit(self.index(place), self.index(place))
            return
        at = next((row for row in range(place + 1, len(orders)) if orders[row].id == order.id), -1)
        if at < 0:
            self.beginInsertRows(QModelIndex(), place, place)
            orders.insert(place, order)
            self.endInsertRows()
            return
        self.beginMoveRows(QModelIndex(), at, at, QModelIndex(), place)
        del orders[at]
        orders.insert(place, order)
        self.endMoveRows()

    def _reset(self, orders: Sequence[OrderCard]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [self.worded.orders[index.row()].id for index in before]
        self.worded.orders[:] = orders
        places = {order.id: place for place, order in enumerate(orders)}
        after = [self.index(places[key]) if key in places else QModelIndex() for key in keys]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()


class OrderList(CardList):
    """One column's cards. ``walked`` wants another column (-1 left, 1 right).

    ``taken`` carries the key of a card the mouse pulls away; then ``carried`` and ``dropped`` tell where it is, in
    global pixels, and ``put_back`` that it was let go of by Esc.
    """

    walked = Signal(int)
    taken = Signal(str)
    carried = Signal(QPoint)
    dropped = Signal(QPoint)
    put_back = Signal()

    def __init__(self, *, name: str, nothing: str) -> None:
        orders = OrderModel()
        super().__init__(orders, name=name)
        self.orders = orders
        self.setSpacing(0)
        self._nothing = nothing
        self._is_nothing = False
        self._pressed: QPoint | None = None
        self._is_dragging = False
        self._fading: dict[str, int] = {}
        self._fade = QTimer(self, interval=_FADE_STEP_MS)
        self._fade.timeout.connect(self._fade_on)

    def lay(self, orders: Sequence[OrderCard], *, is_nothing: bool) -> None:
        """Show another reading; the scroll position and the current card stay. ``is_nothing`` says so: what was not
        read yet is not nothing.
        """
        top = self.verticalScrollBar().value()
        if is_nothing != self._is_nothing:
            self._is_nothing = is_nothing
            self.viewport().update()
        self.orders.lay(orders)
        if self.verticalScrollBar().value() != top:
            self.verticalScrollBar().setValue(top)

    def order(self) -> OrderCard | None:
        """The card that is pointed at."""
        index = self.currentIndex()
        return self.orders.worded.orders[index.row()] if index.isValid() else None

    def point(self, key: str) -> bool:
        place = self.orders.place_of(key)
        if place >= 0:
            self.setCurrentIndex(self.at(place))
        return place >= 0

    def point_row(self, row: int) -> None:
        """The card in ``row``, or the last one."""
        count = self.orders.rowCount()
        if count:
            self.setCurrentIndex(self.at(min(max(row, 0), count - 1)))

    def height_of_current(self) -> int:
        """Where the current card stands, from the top of what is seen."""
        return self.visualRect(self.currentIndex()).center().y()

    def point_at(self, y: int) -> None:
        """The card at this height, to walk sideways."""
        index = self.indexAt(QPoint(8, y))
        if index.isValid():
            self.setCurrentIndex(index)
        else:
            self.point_row(self.orders.rowCount() - 1)

    def tint(self, key: str) -> None:
        """Leave a trace on a card that has just moved here; it fades within 900 ms."""
        self._fading[key] = FADE_MS
        self.delegate.tint[key] = 1.0
        self._fade.start()
        self.viewport().update()

    def is_fading(self) -> bool:
        return bool(self._fading)

    def is_dragging(self) -> bool:
        return self._is_dragging

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if self._is_dragging and event.key() == Qt.Key.Key_Escape:
            self._end_drag()
            self.put_back.emit()
        elif event.key() in steps and event.modifiers() in _PLAIN:
            self.walked.emit(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Delete or (event.text().strip() and event.text().isprintable()):
            event.ignore()  # the board's own keys
        else:
            super().keyPressEvent(event)

    # --- dragging

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        on_card = self.indexAt(event.position().toPoint()).isValid()
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = event.position().toPoint() if on_card and is_left else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_dragging:
            self.carried.emit(event.globalPosition().toPoint())
            return
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        far = (event.position().toPoint() - self._pressed).manhattanLength()
        key = self.current()
        if far >= QApplication.startDragDistance() and key is not None:
            self._is_dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.taken.emit(key)
            self.carried.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        if self._is_dragging:
            self._end_drag()
            self.dropped.emit(event.globalPosition().toPoint())
            return
        super().mouseReleaseEvent(event)

    def _end_drag(self) -> None:
        self._is_dragging, self._pressed = False, None
        self.unsetCursor()

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_nothing:
            return
        painter = QPainter(self.viewport())
        area = self.viewport().rect().adjusted(0, 8, 0, 0)
        area.setHeight(theme.line_box("secondary"))
        paint.line(painter, area.toRectF(), self._nothing, "secondary", "placeholder")

    def _fade_on(self) -> None:
        for key in list(self._fading):
            self._fading[key] -= _FADE_STEP_MS
            self.delegate.tint[key] = max(0.0, self._fading[key] / FADE_MS)
            if self._fading[key] <= 0:
                del self._fading[key], self.delegate.tint[key]
            place = self.orders.place_of(key)
            if place >= 0:
                self.update(self.at(place))
        if not self._fading:
            self._fade.stop()


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
