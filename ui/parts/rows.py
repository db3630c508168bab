"""Rows (列表行): one line per thing, 44 high, with the matched letters in bold; the list that shows them.

Only the rows in view are painted. Letters never search in the list (that would wake the input method), Space is left
to the window, Return and keypad Enter open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.words import _
from ui.parts import keys, paint, sight
from ui.theme import ColourRole, theme

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_INDENT = 20


@dataclass(frozen=True)
class State:
    """A state as a shape, a colour and perhaps a word."""

    shape: paint.StateShape
    colour: ColourRole
    word: str = ""


def marks(places: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """The matched letters at these places, as a row and what is found want them: (start, end) pairs."""
    return tuple((place, place + 1) for place in sorted(places))


@dataclass(frozen=True)
class Row:
    """``marks`` are the matched letters of the title; ``details`` stand behind it, ``right`` at the end; ``indent``
    says how many steps below a root it stands in a tree.
    """

    title: str
    details: tuple[str, ...] = ()
    right: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    value: Any = None
    state: State | None = None
    icon: str = ""
    is_heading: bool = False
    indent: int = 0

    def spoken(self) -> str:
        """The whole row for a screen reader."""
        word = self.state.word if self.state else ""
        return _("，").join(part for part in (self.title, *self.details, self.right, word) if part)


class RowModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Row] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.rows[index.row()].is_heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RowDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(ROW)
        is_low = row.is_heading and not _is_notice(index)
        return QSize(100, theme.line_box("secondary") + 12 if is_low else theme.metrics.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        shown: Any = option
        area = QRectF(shown.rect)
        painter.save()
        paint.begin(painter)
        if _is_notice(index):
            paint.words(painter, area.adjusted(12, 0, -12, 0), row.title, "secondary", "secondary")
        elif row.is_heading:
            paint.line(painter, area.adjusted(12, 4, -12, 0), row.title, "secondary", "secondary", bold=True)
        else:
            is_last = index.row() == index.model().rowCount() - 1
            paint_row_ground(painter, area, shown, is_last=is_last)
            paint_row(painter, area.adjusted(12, 0, -12, 0), row)
        painter.restore()


def _is_notice(index: Index) -> bool:
    """A heading above nothing says why there is nothing."""
    row: Row = index.data(ROW)
    return row.is_heading and index.model().rowCount() == 1


def paint_row_ground(painter: QPainter, area: QRectF, option: Any, *, is_last: bool = False) -> None:
    """Tint of the selected row, with a bar at its left edge; a ring where the list has the focus."""
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(area, theme.colour("selection"))
        painter.fillRect(QRectF(area.left(), area.top(), 4, area.height()), theme.colour("focus"))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(area, theme.colour("rail"))
    if not is_last:
        paint.line_below(painter, area, theme.colour("hairline"))
    if option.state & QStyle.StateFlag.State_Selected and option.state & QStyle.StateFlag.State_HasFocus:
        paint.focus_ring(painter, area, 0)


def paint_row(painter: QPainter, area: QRectF, row: Row) -> None:
    left, right = area.left() + row.indent * _INDENT, area.right()
    if row.icon:
        icon = QRectF(left, area.top(), theme.metrics.icon, area.height())
        paint.icon(painter, row.icon, icon, theme.metrics.icon, "secondary")
        left += theme.metrics.icon + 8
    right -= _paint_end(painter, area, row)
    if row.right:
        width = min(paint.text_width(row.right, "secondary"), (right - left) / 2)
        end = QRectF(right - width - 1, area.top(), width + 1, area.height())
        paint.line(painter, end, row.right, "secondary", "secondary", align="right")
        right -= width + 16
    is_bold = not row.marks and bool(row.details)
    words = QRectF(left, area.top(), right - left, area.height())
    left += paint.line(painter, words, row.title, "body", "ink", bold=is_bold, marks=row.marks) + 12
    if row.details and right - left > 24:
        rest = QRectF(left, area.top(), right - left, area.height())
        paint.line(painter, rest, " · ".join(row.details), "secondary", "secondary")


def _paint_end(painter: QPainter, area: QRectF, row: Row) -> float:
    """The state at the right end; answers the width it took."""
    if row.state is None:
        return 0
    size = theme.metrics.icon - 4
    width = paint.text_width(row.state.word, "secondary") if row.state.word else 0
    left = area.right() - width - size - (6 if width else 0)
    paint.state(painter, row.state.shape, QPointF(left + size / 2, area.center().y()), size, row.state.colour)
    if width:
        words = QRectF(area.right() - width - 1, area.top(), width + 1, area.height())
        paint.line(painter, words, row.state.word, "secondary", row.state.colour, align="right")
    return area.right() - left + 16


class RowList(QListView):
    """``opened`` carries the value of the row: Enter or a double click; ``pointed`` that of the current one."""

    opened = Signal(object)
    pointed = Signal(object)

    def __init__(self, *, name: str = "") -> None:
        super().__init__()
        self.rows = RowModel()
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keys.without_input_method(self)
        self.selectionModel().currentChanged.connect(self._on_current)
        self._was_seen = False
        theme.changing.connect(self._note_sight)
        theme.changed.connect(self._dress)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show ``rows``; the current one stays current if its value is still there."""
        kept = self.value()
        top = self.verticalScrollBar().value()
        self.rows.set_rows(rows)
        self.set_value(kept)
        self.verticalScrollBar().setValue(top)

    def value(self) -> Any:
        index = self.currentIndex()
        return self.rows.rows[index.row()].value if index.isValid() else None

    def set_value(self, value: Any) -> None:
        if value is None:
            return
        for place, row in enumerate(self.rows.rows):
            if row.value == value and not row.is_heading:
                self.setCurrentIndex(self.rows.index(place))
                return

    def point_first(self) -> None:
        self._point(0)

    def _point(self, end: int) -> None:
        """Go to the first (0) or the last (-1) row that is no heading."""
        places = [place for place, row in enumerate(self.rows.rows) if not row.is_heading]
        if places:
            self.setCurrentIndex(self.rows.index(places[end]))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Somewhere the focus must be seen: Qt would make the first row current without showing it."""
        if not self.currentIndex().isValid():
            self.point_first()
        super().focusInEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters belong to the screen's keys."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_enter(event) and self.currentIndex().isValid():
            self.opened.emit(self.value())
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._point(0 if event.key() == Qt.Key.Key_Home else -1)
        elif event.key() == Qt.Key.Key_Space or keys.is_save(event) or keys.is_enter(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            self.opened.emit(self.value())

    def _on_current(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.pointed.emit(self.value())

    def resizeEvent(self, event: QResizeEvent) -> None:
        was_seen = sight.is_seen(self, event.oldSize())
        super().resizeEvent(event)
        sight.keep(self, was_seen)

    def _note_sight(self) -> None:
        self._was_seen = sight.is_seen(self)

    def _dress(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
        sight.keep(self, self._was_seen)
