"""The fast table (大表): hundreds of thousands of rows, a window of which is in memory around what is seen.

A reading answers pages (``PageQuery -> TablePage``); scrolling asks for the next window a little ahead of the eye.
Widths, order and row are remembered per clerk. In large mode, and where there is no room for more, the first columns
remain: what stands in the others is in the pane.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.words import _
from ui.jobs import Jobs
from ui.parts import keys, paint
from ui.parts.rows import State
from ui.remember import Remembered
from ui.theme import ColourRole, theme
from ui.theme.metrics import NORMAL

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

WINDOW_ROWS = 600
_AHEAD = 150
_LARGE_COLUMNS = 3
_NARROWEST = 56
_LEAST_SHARE = 0.9
"""Of its width a column can lose so much; before it loses more, the last columns leave."""


@dataclass(frozen=True)
class Cell:
    """What stands in one cell."""

    text: str
    state: State | None = None
    is_quiet: bool = False


@dataclass(frozen=True)
class Column(Generic[R]):
    """``key`` is the name of the order in ``PageQuery.order``; numbers stand right, with their unit. What ``grows`` has
    words that are cut in ``width``: what is left in a wide window is theirs, until somebody chooses a width.
    """

    key: str
    title: str
    width: int
    cell: Callable[[R], Cell | str]
    is_number: bool = False
    can_order: bool = True
    grows: bool = False

    def least_width(self) -> int:
        """As wide as it was thought of, and never narrower than its title in the language of the moment."""
        return max(self.width, round(paint.text_width(self.title, "secondary", bold=True)) + 32)


@dataclass(frozen=True)
class PageQuery:
    """Rows ``first`` to ``first + count`` in this order; ``find`` names an object whose place is wanted, too."""

    first: int
    count: int
    order: str
    is_descending: bool
    find: str = ""


@dataclass(frozen=True)
class TablePage(Generic[R]):
    """``total`` rows there are; ``rows`` of them from ``first``; ``found`` is the place of ``PageQuery.find``.

    When something is found outside the asked rows, the reading may answer the rows around it instead.
    """

    total: int
    first: int
    rows: Sequence[R]
    found: int | None = None


class _Model(QAbstractTableModel, Generic[R]):
    def __init__(self, columns: Sequence[Column[R]]) -> None:
        super().__init__()
        self.columns = columns
        self.total, self.first = 0, 0
        self.rows: Sequence[R] = ()

    def put(self, page: TablePage[R]) -> None:
        """Take another window; only a changed number of rows is a change of shape."""
        if page.total != self.total:
            self.beginResetModel()
            self.total, self.first, self.rows = page.total, page.first, page.rows
            self.endResetModel()
            return
        self.first, self.rows = page.first, page.rows
        if page.total:
            last = self.index(self.total - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def row(self, place: int) -> R | None:
        inside = place - self.first
        return self.rows[inside] if 0 <= inside < len(self.rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else self.total

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def cell(self, index: Index) -> Cell | None:
        row = self.row(index.row())
        if row is None:
            return None
        made = self.columns[index.column()].cell(row)
        return made if isinstance(made, Cell) else Cell(made)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        cell = self.cell(index)
        words = cell.text if cell is not None else ""
        if role == Qt.ItemDataRole.AccessibleTextRole and not words:
            return _("没有{column}").format(column=self.columns[index.column()].title)
        return words

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.columns[section].title
        return None


class _CellDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown: Any = option
        area = QRectF(shown.rect)
        table: Any = self.parent()
        column = table.columns[index.column()]
        painter.save()
        is_first = index.column() == table.first_column()
        self._paint_ground(painter, area, shown, is_first)
        if table.hasFocus() and index.row() == table.currentIndex().row():
            self._paint_focus(painter, area, is_first, index.column() == table.last_column())
        cell = table.model().cell(index)
        if cell is not None:
            words = area.adjusted(12 if is_first else 8, 0, -8, 0)
            if cell.state is not None:
                words = self._paint_state(painter, words, cell.state)
            colour: ColourRole = (
                cell.state.colour if cell.state is not None else "secondary" if cell.is_quiet else "ink"
            )
            align: paint.Align = "right" if column.is_number else "left"
            paint.line(painter, words, cell.text, "body", colour, align=align)
        painter.restore()

    def _paint_ground(self, painter: QPainter, area: QRectF, option: Any, is_first: bool) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.colour("selection"))
            if is_first:
                painter.fillRect(QRectF(area.left(), area.top(), 4, area.height()), theme.colour("focus"))
        paint.line_below(painter, area, theme.colour("hairline"))

    def _paint_focus(self, painter: QPainter, area: QRectF, is_first: bool, is_last: bool) -> None:
        """This cell's part of the ring around the current row."""
        width, colour = theme.metrics.focus, theme.colour("focus")
        painter.fillRect(QRectF(area.left(), area.top(), area.width(), width), colour)
        painter.fillRect(QRectF(area.left(), area.bottom() - width, area.width(), width), colour)
        if is_first:
            painter.fillRect(QRectF(area.left(), area.top(), width, area.height()), colour)
        if is_last:
            painter.fillRect(QRectF(area.right() - width, area.top(), width, area.height()), colour)

    def _paint_state(self, painter: QPainter, area: QRectF, state: State) -> QRectF:
        size = theme.metrics.icon - 4
        centre = QRectF(area.left(), area.top(), size, area.height()).center()
        paint.begin(painter)
        paint.state(painter, state.shape, centre, size, state.colour)
        return area.adjusted(size + 6, 0, 0, 0)


class _Header(QHeaderView):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.order, self.is_descending = -1, False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(_NARROWEST)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.metrics.row - 8)

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        table: Any = self.parent()
        column = table.columns[logical_index]
        area = QRectF(rect)
        painter.save()
        painter.fillRect(area, theme.colour("paper"))
        words = area.adjusted(12 if logical_index == table.first_column() else 8, 0, -8, 0)
        is_order = logical_index == self.order
        size = theme.metrics.icon - 6
        colour: ColourRole = "ink" if is_order else "secondary"
        if is_order:
            arrow = min(paint.text_width(column.title, "secondary", True) + 4, words.width() - size)
            left = words.right() - size if column.is_number else words.left() + arrow
            spot = QRectF(left, words.top(), size, words.height())
            paint.icon(painter, "down" if self.is_descending else "up", spot, size, "ink")
            words = words.adjusted(0, 0, -size - 2, 0)
        align: paint.Align = "right" if column.is_number else "left"
        paint.line(painter, words, column.title, "secondary", colour, bold=is_order, align=align)
        paint.line_below(painter, area, theme.colour("border"))
        painter.restore()


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
        self._reading: Callable[[Any, PageQuery], TablePage[R]] | None = None
        self._order: str = remembered.get(f"{name}.order", order or columns[0].key)
        self._is_descending: bool = remembered.get(f"{name}.descending", is_descending)
        self._current: str = remembered.get(f"{name}.row", "")
        self._is_laying = False
        self._is_other_list = True
        self._rows = _Model(columns)
        self.setModel(self._rows)
        self.setItemDelegate(_CellDelegate(self))
        self._header = _Header(self)
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
        if page.found is not None and page.found != self.currentIndex().row():
            self._make_current(page.found)
        elif page.found is None and page.total and (is_other_list or not self.currentIndex().isValid()):
            # Where a row has left, the next one is current: work goes on in the same place.
            self._make_current(min(place, page.total - 1) if place >= 0 else page.first)
        else:
            self._on_current(self.currentIndex(), self.currentIndex())

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
        kept = self._remembered.get(f"{self._name}.widths", {})
        self._is_laying = True
        for place, column in enumerate(self.columns):
            self.setColumnWidth(place, int(kept.get(column.key, column.least_width())))
        self._is_laying = False

    def _on_resized(self, _place: int, _before: int, _now: int) -> None:
        if self._is_laying or theme.large:
            return
        widths = {column.key: self.columnWidth(place) for place, column in enumerate(self.columns[:-1])}
        self._remembered.put(f"{self._name}.widths", widths)
        self._stretch_last()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch_last()
        self._ahead.start()

    def _stretch_last(self) -> None:
        """What grows takes what is left, else the last column does; too little, or the few columns of large mode, is
        shared by all.
        """
        room = self.viewport().width()
        wanted = self._grown(self._widths_in(room), room)
        if room > 0 and (theme.large or sum(wanted) > room):
            wanted = [max(_NARROWEST, width * room // sum(wanted)) for width in wanted]
        last = len(wanted) - 1
        self._is_laying = True  # a column that comes back is not one whose width somebody chose
        for place in range(len(self.columns)):
            self.setColumnHidden(place, place > last)
        for place, width in enumerate(wanted[:-1]):
            self.setColumnWidth(place, width)
        self.setColumnWidth(last, max(_NARROWEST, room - sum(wanted[:-1])))
        self._is_laying = False

    def _grown(self, wanted: list[int], room: int) -> list[int]:
        """A part of what is left for the columns that grow, never more than their own width again."""
        growing = [place for place in range(len(wanted)) if self.columns[place].grows]
        if theme.large or not growing or self._remembered.get(f"{self._name}.widths", {}):
            return wanted
        more = max(0, room - sum(wanted)) // len(growing)
        return [width + (min(more, width) if place in growing else 0) for place, width in enumerate(wanted)]

    def _widths_in(self, room: int) -> list[int]:
        """The widths of as many columns as have a place in ``room``, before it is shared out."""
        kept = self._remembered.get(f"{self._name}.widths", {})
        scale = 1.35 if theme.large else theme.metrics.type_px["body"][0] / NORMAL.type_px["body"][0]
        chosen = scale if theme.large else 1.0  # a width that was chosen is one for these letters
        wanted = [
            int(kept[column.key] * chosen if column.key in kept else column.least_width() * scale)
            for column in self.columns
        ]
        if theme.large:
            del wanted[_LARGE_COLUMNS:]
        while room > 0 and len(wanted) > 1 and sum(wanted) * _LEAST_SHARE > room:
            wanted.pop()
        return wanted

    def _dress(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.metrics.row)
        self._header.setFont(theme.font("secondary"))
        self._stretch_last()
        self.viewport().update()


def _is_the_screens(event: QKeyEvent) -> bool:
    """Letters, Space, left and right belong to the screen, Ctrl+Enter to its form."""
    if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right) or keys.is_save(event):
        return True
    return bool(event.text()) and event.text().isprintable()
