"""The columns side by side (看板): what gives way when there is little room, and walking from card to card.

What gives way, in this order: the strips 转办 and 已结 are pushed out at the right; empty columns become strips; then
columns stop at their narrowest and the board scrolls sideways. In large mode two columns are open: 待派 and one other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.actions.board import Board, Column
from ui.screens.board.cards import OrderList
from ui.screens.board.column import BAR_WIDTH, BoardColumn
from ui.screens.board.drag import DragLayer
from ui.theme import theme

MARGIN = 12
GAP = 8
NARROWEST = 152
STRIPS = (Column.HANDED_UP, Column.ENDED)


@dataclass(frozen=True)
class Room:
    """Which columns are open in a width, how wide each of them is, and how wide the whole."""

    open: tuple[Column, ...]
    width: float
    total: int


def share(width: int, strip: int, opened: Collection[Column], empty: Collection[Column]) -> Room:
    """How columns share ``width`` pixels; ``opened`` are wanted open, ``empty`` ones may be folded."""
    wanted = tuple(column for column in Column if column in opened)
    folded = len(Column) - len(wanted)
    every = _each(width, wanted, folded * (strip + GAP))
    if every >= NARROWEST:
        return Room(wanted, every, width)
    beside = [column for column in Column if column not in wanted and column not in STRIPS]
    pushed_out = (folded - len(beside)) * (strip + GAP)
    without_strips = _each(width, wanted, len(beside) * (strip + GAP))
    if without_strips >= NARROWEST:
        return Room(wanted, without_strips, width + pushed_out)
    full = tuple(column for column in wanted if column not in empty) or wanted[:1]
    more = len(beside) + len(wanted) - len(full)
    without_empty = max(_each(width, full, more * (strip + GAP)), float(NARROWEST))
    taken = 2 * MARGIN + len(full) * (without_empty + GAP) - GAP + more * (strip + GAP)
    return Room(full, without_empty, round(max(taken, width)) + pushed_out)


def _each(width: int, columns: Collection[Column], taken: int) -> float:
    return (width - 2 * MARGIN - (len(columns) - 1) * GAP - taken) / max(1, len(columns))


class Columns(QScrollArea):
    """``pointed`` carries the current card's id ("" for none), ``opened`` one that Enter was pressed on.

    ``moved`` carries (id, step) of a card dropped on a column; ``wanted`` the columns whose cards must be read.
    """

    pointed = Signal(str)
    opened = Signal(str)
    moved = Signal(object)
    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._inner = QWidget()
        self.columns = {column: BoardColumn(column) for column in Column}
        self._unfolded: set[Column] = set()
        self._chosen = Column.OFFERED
        self._active: Column | None = None
        self._is_laying = False
        self._is_large = theme.large
        for one in self.columns.values():
            one.setParent(self._inner)
            self._connect(one)
        self.setWidget(self._inner)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._drag = DragLayer(self._inner)
        theme.changed.connect(self.lay)

    # --- what is shown

    def show_board(self, board: Board, now: datetime) -> None:
        self._is_laying = True
        for column, one in self.columns.items():
            cards = board.columns[column]
            one.lay_orders(cards, board.ended_count if column is Column.ENDED else len(cards), now)
        self._is_laying = False
        self.lay()
        self.pointed.emit(self.current() or "")

    def turn(self, now: datetime) -> None:
        for one in self.columns.values():
            one.turn(now)

    def shows_ended(self) -> bool:
        return not self.columns[Column.ENDED].is_folded or Column.ENDED in self._unfolded

    # --- where one is

    def active(self) -> OrderList | None:
        return self.columns[self._active].list if self._active is not None else None

    def current(self) -> str | None:
        listed = self.active()
        return listed.current() if listed is not None else None

    def place(self) -> tuple[Column, int] | None:
        """Column and row of the current card."""
        listed = self.active()
        if self._active is None or listed is None or not listed.currentIndex().isValid():
            return None
        return self._active, listed.currentIndex().row()

    def column_of(self, key: str) -> Column | None:
        return next((c for c, one in self.columns.items() if one.list.orders.place_of(key) >= 0), None)

    def point(self, key: str) -> bool:
        """Make the card current, wherever it is; its column opens if it is folded."""
        column = self.column_of(key)
        if column is None:
            return False
        self.open_column(column)
        self.columns[column].list.point(key)
        self._activate(column)
        return True

    def point_first(self) -> bool:
        """The first card of the column where work waits; the pool before what is to be screened."""
        for column in (Column.WAITING, *Column):
            if column is not Column.ENDED and self.columns[column].list.orders.rowCount():
                self.open_column(column)
                self.columns[column].list.point_row(0)
                self._activate(column)
                return True
        return False

    def point_near(self, column: Column, row: int) -> bool:
        """The card in this row, the last one above it, or else the first card of the board."""
        listed = self.columns[column].list
        if not listed.orders.rowCount():
            return self.point_first()
        listed.point_row(row)
        self._activate(column)
        return True

    def take_focus(self) -> None:
        if self._active is not None:
            self.columns[self._active].take_focus()

    def tint(self, key: str) -> None:
        column = self.column_of(key)
        if column is not None:
            self.columns[column].list.tint(key)

    def open_column(self, column: Column) -> None:
        """Have this column open: beside the others, or, in large mode, as the second one."""
        if theme.large and column is not Column.WAITING:
            self._chosen = column
        elif column in STRIPS:
            self._unfolded.add(column)
        self.lay()
        if column is Column.ENDED:
            self.wanted.emit()

    def close_column(self, column: Column) -> None:
        self._unfolded.discard(column)
        self.lay()
        if self._active is column:
            self.point_first()
            self.take_focus()

    # --- room

    def lay(self) -> None:
        if self._is_large is not theme.large:
            self._take_mode()
        strip = theme.metrics.strip
        room = self._room()
        height = self.viewport().height()
        self._inner.resize(max(room.total, self.viewport().width()), height)
        left = float(MARGIN)
        for column, one in self.columns.items():
            is_open = column in room.open
            right = left + (room.width if is_open else strip)
            one.setGeometry(QRect(round(left), 0, round(right) - round(left) + BAR_WIDTH, height - 4))
            one.fold(not is_open)
            one.head.can_close = is_open and column in STRIPS and not theme.large
            left = right + GAP
        self._drag.setGeometry(self._inner.rect())
        self._show_active()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay()

    def _take_mode(self) -> None:
        """The column one works in is open in the other mode, too."""
        self._is_large = theme.large
        if self._active in STRIPS:
            self._unfolded.add(self._active)
        if self._active not in (None, Column.WAITING):
            self._chosen = self._active

    def _room(self) -> Room:
        width = self.viewport().width()
        if theme.large:
            opened = (Column.WAITING, self._chosen)
            folded = (len(Column) - 2) * (theme.metrics.strip + GAP)
            wide = max(_each(width, opened, folded), float(NARROWEST))
            return Room(opened, wide, round(2 * MARGIN + 2 * wide + GAP + folded))
        usual = [column for column in Column if column not in STRIPS]
        empty = {c for c, one in self.columns.items() if not one.count and c is not self._active}
        return share(width, theme.metrics.strip, {*usual, *self._unfolded}, empty)

    def _show_active(self) -> None:
        """Scroll sideways as far as the active column needs."""
        if self._active is not None and self._inner.width() > self.viewport().width():
            self.ensureWidgetVisible(self.columns[self._active], MARGIN, 0)

    # --- walking

    def _connect(self, one: BoardColumn) -> None:
        one.list.pointed.connect(lambda _key: self._on_pointed(one.column))
        one.list.opened.connect(self.opened)
        one.list.walked.connect(lambda step: self._walk(one.column, step))
        one.strip.walked.connect(lambda step: self._walk(one.column, step))
        one.opened_strip.connect(lambda: self._on_strip(one.column))
        one.closed.connect(lambda: self.close_column(one.column))
        one.list.taken.connect(lambda key: self._on_taken(one, key))
        one.list.carried.connect(lambda at: self._drag.carry(self._inner.mapFromGlobal(at)))
        one.list.dropped.connect(self._on_dropped)
        one.list.put_back.connect(lambda: self._drag.stop())

    def _on_pointed(self, column: Column) -> None:
        if not self._is_laying:
            self._activate(column)

    def _activate(self, column: Column) -> None:
        """One card is current on the whole board, never one in each column."""
        self._active = column
        for other, one in self.columns.items():
            if other is not column and one.list.currentIndex().isValid():
                one.list.blockSignals(True)
                one.list.selectionModel().clear()
                one.list.blockSignals(False)
        self._show_active()
        self.pointed.emit(self.current() or "")

    def _walk(self, column: Column, step: int) -> None:
        height = self.columns[column].list.height_of_current() if not self.columns[column].is_folded else 0
        order = list(Column)
        places = range(order.index(column) + step, len(order) if step > 0 else -1, step)
        for place in places:
            target = self.columns[order[place]]
            if target.count == 0 or (target.is_folded and theme.large and not target.count):
                continue
            self._enter(target, height)
            return

    def _enter(self, target: BoardColumn, height: int) -> None:
        if target.is_folded and theme.large:
            self.open_column(target.column)
        if target.is_folded:
            self.ensureWidgetVisible(target, MARGIN, 0)
            target.take_focus()
            return
        target.list.point_at(height)
        self._activate(target.column)
        target.take_focus()

    def _on_strip(self, column: Column) -> None:
        self.open_column(column)
        if self.columns[column].list.orders.rowCount():
            self.columns[column].list.point_row(0)
            self._activate(column)
        else:
            self._active = column
        self.columns[column].take_focus()

    # --- dragging

    def _on_taken(self, source: BoardColumn, key: str) -> None:
        index = source.list.at(source.list.orders.place_of(key))
        card = source.list.orders.worded[index.row()]
        order = source.list.orders.worded.orders[index.row()]
        corner = source.list.viewport().mapTo(self._inner, source.list.visualRect(index).topLeft())
        targets: Mapping[Column, QRect] = {
            c: one.geometry().adjusted(0, 0, -BAR_WIDTH, 0) for c, one in self.columns.items()
        }
        self._drag.start(order, card, QRect(corner, source.list.visualRect(index).size()), targets)

    def _on_dropped(self, at: QPoint) -> None:
        move = self._drag.drop(self._inner.mapFromGlobal(at))
        if move is not None:
            self.moved.emit(move)
