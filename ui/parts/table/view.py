"""The table itself (大表): scrolling asks for the next window of rows a little ahead of the eye.

A reading answers pages (``PageQuery -> TablePage``). Widths, order and row are remembered per clerk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from ui.jobs import Jobs
from ui.parts import keys, sight
from ui.parts.table.looks import CellDelegate, Header
from ui.parts.table.rows import Column, PageQuery, R, RowWindow, TablePage
from ui.parts.table.widths import Widths
from ui.remember import Remembered
from ui.theme import theme

WINDOW_ROWS = 600
_AHEAD = 150


class Table(QTableView, Generic[R]):
    """``opened`` carries a row (Enter, double click), ``pointed`` the current one, ``counted`` the number of rows.

    ``reading(desk, PageQuery, ...)`` is given by ``show_rows``, so that a filter is simply another reading.
    """

    opened = Signal(object)
    pointed = Signal(object)
    counted = Signal(int)

    def __init__(
        self,
        jobs: Jobs,
        columns: Sequence[Column[R]],
        key: Callable[[R], str],
        remembered: Remembered,
        *,
        name: str,
        order: str = "",
        is_descending: bool = False,
        accessible: str = "",
    ) -> None:
        """``key`` tells the id of a row's object; ``name`` is the table's name among what is remembered."""
        super().__init__()
        self.columns, self._jobs, self._key = columns, jobs, key
        self._remembered, self._name = remembered, name
        self._widths = Widths(columns, remembered, name)
        self._reading: Callable[[Any, PageQuery], TablePage[R]] | None = None
        self._order: str = remembered.get(f"{name}.order", order or columns[0].key)
        self._is_descending: bool = remembered.get(f"{name}.descending", is_descending)
        self._current: str = remembered.get(f"{name}.row", "")
        self._is_laying = False
        self._is_other_list = True
        self._rows = RowWindow(columns)
        self.setModel(self._rows)
        self.setItemDelegate(CellDelegate(self))
        self._header = Header(self)
        self.setHorizontalHeader(self._header)
        self._set_up(accessible)
        self._restore_widths()
        self._ahead = QTimer(self, singleShot=True, interval=0)
        self._ahead.timeout.connect(self._look_ahead)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._ahead.start())
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self._header.sectionResized.connect(self._on_resized)
        self._header.sectionClicked.connect(self._on_header_clicked)
        self._mark_order()
        self._dress()
        theme.changed.connect(self._dress)

    def show_rows(self, reading: Callable[[Any, PageQuery], TablePage[R]]) -> None:
        """Show what ``reading`` answers; the current object stays current, in sight, if it is among it, else the
        first is. ``counted`` comes whether or not the number has changed.
        """
        self._reading = reading
        self._is_other_list = True
        self._ask(max(0, self.rowAt(0)), find=self._current, then=self._go_to_found)

    def refresh(self) -> None:
        """Read again what is seen; nothing jumps."""
        self._ask(max(0, self.rowAt(0)), find=self._current)

    def point(self, object_id: str) -> None:
        """Make this object the current row, wherever it is."""
        self._current = object_id
        self._ask(max(0, self.rowAt(0)), find=object_id, then=self._go_to_found)

    def row(self) -> R | None:
        """The current row, if there is one in memory."""
        index = self.currentIndex()
        return self._rows.row(index.row()) if index.isValid() else None

    def total(self) -> int:
        return self._rows.total

    def ordered(self) -> tuple[str, bool]:
        """The key of the column the rows are ordered by, and whether from the last to the first."""
        return self._order, self._is_descending

    def first_column(self) -> int:
        return next(place for place in range(len(self.columns)) if not self.isColumnHidden(place))

    def last_column(self) -> int:
        return next(place for place in reversed(range(len(self.columns))) if not self.isColumnHidden(place))

    def order_by(self, key: str, is_descending: bool) -> None:
        self._order, self._is_descending = key, is_descending
        self._remembered.put(f"{self._name}.order", key)
        self._remembered.put(f"{self._name}.descending", is_descending)
        self._mark_order()
        self._ask(max(0, self.rowAt(0)), find=self._current, then=self._go_to_found)

    # --- rows

    def _ask(self, top: int, *, find: str = "", then: Callable[[TablePage[R]], None] | None = None) -> None:
        if self._reading is None:
            return
        first = max(0, top - WINDOW_ROWS // 3)
        query = PageQuery(first, WINDOW_ROWS, self._order, self._is_descending, find)

        def take(page: TablePage[R]) -> None:
            self._take(page)
            if then is not None:
                then(page)

        self._jobs.read(self, self._reading, query, done=take, key="rows")

    def _take(self, page: TablePage[R]) -> None:
        shape_changed = page.total != self._rows.total
        top = self.verticalScrollBar().value()
        is_other_list, self._is_other_list = self._is_other_list, False
        place = -1 if is_other_list else self.currentIndex().row()
        self._rows.put(page)
        if shape_changed:
            self.verticalScrollBar().setValue(top)
        if shape_changed or is_other_list:
            self.counted.emit(page.total)
        if page.found is not None and not self._stands_at(page.found):
            self._make_current(page.found)
        elif (
            page.found is None
            and page.total
            and (is_other_list or not self._stands_at(self.currentIndex().row()))
        ):
            # Where a row has left, the next one is current: work goes on in the same place.
            self._make_current(min(place, page.total - 1) if place >= 0 else page.first)
        else:
            self._on_current(self.currentIndex(), self.currentIndex())

    def _stands_at(self, place: int) -> bool:
        """The focus makes the first row current by itself, but does not mark it."""
        is_marked = self.selectionModel().isRowSelected(place, QModelIndex())
        return self.currentIndex().row() == place and is_marked

    def _make_current(self, place: int) -> None:
        index = self._rows.index(place, self.first_column())
        top = self.verticalScrollBar().value()
        self.setCurrentIndex(index)
        self.verticalScrollBar().setValue(top)

    def _go_to_found(self, page: TablePage[R]) -> None:
        if page.found is None:
            return
        index = self._rows.index(page.found, self.first_column())
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _look_ahead(self) -> None:
        """Ask for the next window when the eye comes near the end of this one."""
        top = self.rowAt(0)
        if top < 0:
            return
        bottom = top + self.viewport().height() // max(1, self.verticalHeader().defaultSectionSize())
        held_to = self._rows.first + len(self._rows.rows)
        misses_above = self._rows.first > 0 and top < self._rows.first + _AHEAD
        misses_below = held_to < self._rows.total and bottom > held_to - _AHEAD
        if misses_above or misses_below:
            self._ask(top)

    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        row = self._rows.row(now.row()) if now.isValid() else None
        if row is None:
            return
        self._current = self._key(row)
        self._remembered.put(f"{self._name}.row", self._current)
        self.pointed.emit(row)

    # --- keys and mouse

    def keyboardSearch(self, search: str) -> None:
        """Letters belong to the screen's keys."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = keys.modifiers(event) == Qt.KeyboardModifier.ControlModifier
        orders = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if keys.is_enter(event) and self.row() is not None:
            self.opened.emit(self.row())
        elif control and event.key() in orders:
            self._order_by_neighbour(orders[Qt.Key(event.key())])
        elif control and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.order_by(self._order, event.key() == Qt.Key.Key_Down)
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._rows.total:
            self._jump(0 if event.key() == Qt.Key.Key_Home else self._rows.total - 1)
        elif _is_the_screens(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid() and self.row() is not None:
            self.opened.emit(self.row())

    def _jump(self, place: int) -> None:
        self.setCurrentIndex(self._rows.index(place, self.first_column()))
        self.scrollTo(self.currentIndex())

    def _order_by_neighbour(self, step: int) -> None:
        able = [column.key for column in self.columns if column.can_order]
        if not able:
            return
        at = able.index(self._order) if self._order in able else 0
        self.order_by(able[(at + step) % len(able)], False)

    def _on_header_clicked(self, place: int) -> None:
        column = self.columns[place]
        if column.can_order:
            self.order_by(column.key, column.key == self._order and not self._is_descending)

    # --- looks

    def _set_up(self, accessible: str) -> None:
        self.setAccessibleName(accessible)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(
            1
        )  # raised later it would resize 200,000 rows one by one: 12 s
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keys.without_input_method(self)

    def _mark_order(self) -> None:
        keys_of = [column.key for column in self.columns]
        self._header.order = keys_of.index(self._order) if self._order in keys_of else -1
        self._header.is_descending = self._is_descending
        self._header.viewport().update()

    def _restore_widths(self) -> None:
        self._is_laying = True
        for place, width in enumerate(self._widths.usual()):
            self.setColumnWidth(place, width)
        self._is_laying = False

    def _on_resized(self, _place: int, _before: int, _now: int) -> None:
        if self._is_laying or theme.large:
            return
        shown = [place for place in range(len(self.columns)) if not self.isColumnHidden(place)]
        self._widths.keep({self.columns[place].key: self.columnWidth(place) for place in shown[:-1]})
        self._lay_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        was_seen = sight.is_seen(self, event.oldSize())
        super().resizeEvent(event)
        self._lay_columns()
        self._ahead.start()
        sight.keep(self, was_seen)

    def _lay_columns(self) -> None:
        widths = self._widths.fitted(self.viewport().width())
        self._is_laying = True  # a column that comes back is not one whose width somebody chose
        for place in range(len(self.columns)):
            self.setColumnHidden(place, place not in widths)
        for place, width in widths.items():
            self.setColumnWidth(place, width)
        self._is_laying = False

    def _dress(self) -> None:
        was_seen = sight.is_seen(self)
        self.verticalHeader().setDefaultSectionSize(theme.metrics.row)
        self._header.setFont(theme.font("secondary"))
        self._lay_columns()
        self.viewport().update()
        sight.keep(self, was_seen)


def _is_the_screens(event: QKeyEvent) -> bool:
    """Letters, Space, left and right belong to the screen, Ctrl+Enter to its form."""
    if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right) or keys.is_save(event):
        return True
    return bool(event.text()) and event.text().isprintable()
