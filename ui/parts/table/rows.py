"""The rows of a table (行): its columns, the page that is asked for and answered, and the window of rows in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.words import _
from ui.parts import paint
from ui.parts.rows import State

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Cell:
    """What stands in one cell."""

    text: str
    state: State | None = None
    is_quiet: bool = False


@dataclass(frozen=True)
class Column(Generic[R]):
    """``key`` is the name of the order in ``PageQuery.order``; numbers stand right, with their unit. What ``grows`` has
    words that are cut in ``width``: what is left in a wide window is theirs, until somebody chooses a width. What
    ``stays`` leaves a narrow window, or large mode, after those that do not.
    """

    key: str
    title: str
    width: int
    cell: Callable[[R], Cell | str]
    is_number: bool = False
    can_order: bool = True
    grows: bool = False
    stays: bool = False

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


class RowWindow(QAbstractTableModel, Generic[R]):
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
