"""How a table is painted (样子): a cell, the ring around the current row, and the header with the order."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.parts import paint
from ui.parts.rows import State
from ui.parts.table.rows import Index
from ui.parts.table.widths import NARROWEST
from ui.theme import ColourRole, theme


class CellDelegate(QStyledItemDelegate):
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


class Header(QHeaderView):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.order, self.is_descending = -1, False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(NARROWEST)
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
