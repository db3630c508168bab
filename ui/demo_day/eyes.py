"""The clerk's eyes (眼): what stands in the window, found as a person finds it, by the words it shows or is called by.

Nothing here knows a screen from inside; a screen reader sees the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from ui.demo_day.hands import settle, wait_a_moment
from ui.demo_day.promises import NotAsPromised, promise

PATIENCE_S = 15.0

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)


class Eyes:
    """They look at the window ``root`` answers."""

    def __init__(self, root: Callable[[], QWidget]) -> None:
        self._root = root

    def until(self, seen: Callable[[], T | None], promised: str) -> T:
        """Look until ``seen`` answers something true; the day ends when it never does."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            settle()
            found = seen()
            if found:
                return found
            if time.monotonic() > deadline:
                raise NotAsPromised(promised)
            wait_a_moment()

    # --- widgets

    def every(self, kind: type[W]) -> Iterator[W]:
        """The widgets of this kind that are shown."""
        for widget in self._root().findChildren(kind):
            if widget.isVisible() and widget.width() > 0:
                yield widget

    def named(self, name: str, kind: type[W]) -> W:
        """The one that is called ``name``; of several the last one opened."""
        found = self.until(
            lambda: [w for w in self.every(kind) if w.accessibleName() == name], f"窗口里有“{name}”"
        )
        return found[-1]

    def field(self, name: str) -> QWidget:
        """The line or area called ``name``."""
        return self.until(lambda: self._field(name), f"窗口里有“{name}”这一栏")

    def fields(self, name: str) -> list[QWidget]:
        """All lines of this name, from the top down."""
        found = self.until(
            lambda: [w for w in self.every(QLineEdit) if w.accessibleName() == name],
            f"窗口里有“{name}”这一栏",
        )
        return sorted(found, key=lambda field: field.mapTo(field.window(), QPoint(0, 0)).y())

    def text_of(self, field: QWidget) -> str:
        """What stands in a field."""
        if isinstance(field, QLineEdit):
            return field.text()
        return field.toPlainText() if isinstance(field, QPlainTextEdit) else ""

    def button(self, text: str) -> QAbstractButton:
        """The button that says, or is called, ``text``."""
        return self.until(lambda: self._button(text), f"窗口里有“{text}”这个按钮")

    def button_with(self, start: str) -> QAbstractButton:
        """The button that says, or is called, something beginning with ``start``."""

        def found() -> QAbstractButton | None:
            every = self.every(QAbstractButton)
            return next(
                (
                    one
                    for one in every
                    if any(n.startswith(start) for n in (one.text(), one.accessibleName()))
                ),
                None,
            )

        return self.until(found, f"窗口里有“{start}…”这个按钮")

    def has_button(self, text: str) -> bool:
        settle()
        return self._button(text) is not None

    def focused(self) -> QWidget | None:
        return QApplication.focusWidget()

    def focus_is_in(self, name: str) -> bool:
        """Whether the cursor stands in what is called ``name``."""
        widget = self.focused()
        while widget is not None:
            if widget.accessibleName() == name:
                return True
            widget = widget.parentWidget()
        return False

    # --- words

    def words(self) -> list[str]:
        """Every text that can be read now, rows of lists among them."""
        said: list[str] = []
        for widget in self.every(QWidget):
            if isinstance(widget, QLabel):
                said.append(widget.accessibleName() or widget.text())
            elif isinstance(widget, QLineEdit):
                said += [widget.text(), widget.accessibleDescription()]
            elif isinstance(widget, QPlainTextEdit):
                said.append(widget.toPlainText())
            elif isinstance(widget, QAbstractButton):
                said += [widget.text(), widget.accessibleName()]
            elif isinstance(widget, QAbstractItemView):
                said += [_said(index) for index in _rows(widget)]
            elif widget.accessibleName():
                said.append(widget.accessibleName())
        return [text for text in said if text]

    def reads(self, *parts: str) -> bool:
        """Whether all of this can be read somewhere in the window."""
        said = self.words()
        return all(any(part in text for text in said) for part in parts)

    def read(self, *parts: str) -> None:
        """Look until all of this can be read."""
        self.until(lambda: self.reads(*parts), "窗口里写着" + "、".join(f"“{part}”" for part in parts))

    def line(self, part: str) -> str:
        """The whole text in which ``part`` can be read."""
        return self.until(
            lambda: next((text for text in self.words() if part in text), ""), f"窗口里写着“{part}”"
        )

    # --- lists

    def row(self, *parts: str, within: str = "") -> tuple[QAbstractItemView, QModelIndex]:
        """The row of a list that says all of this; ``within`` is what the list is called."""
        told = "、".join(f"“{part}”" for part in parts)
        return self.until(lambda: self._row(parts, within), f"{within or '一张列表'}里有写着{told}的一行")

    def only_row(self, part: str) -> tuple[QAbstractItemView, QModelIndex]:
        """The one row in the whole window that says this."""
        found = self.row(part)
        said = [
            text for view in self.every(QAbstractItemView) for text in map(_said, _rows(view)) if part in text
        ]
        promise(len(said) == 1, f"只有一行写着“{part}”", rows=said)
        return found

    def lists_row(self, *parts: str, within: str = "") -> bool:
        settle()
        return self._row(parts, within) is not None

    def rows(self, within: str) -> list[str]:
        """What the rows of the list called ``within`` say."""
        return [_said(index) for index in _rows(self.named(within, QAbstractItemView))]

    def proposals(self) -> list[str]:
        """The people or things a line proposes below itself; the last row, ＋新登记, is none."""
        listed = [w for w in self.every(QAbstractItemView) if w.focusPolicy() == Qt.FocusPolicy.NoFocus]
        rows = [_said(index) for view in listed for index in _rows(view)]
        return [row for row in rows if not row.startswith("＋")]

    def _row(self, parts: tuple[str, ...], within: str) -> tuple[QAbstractItemView, QModelIndex] | None:
        for view in self.every(QAbstractItemView):
            if within and view.accessibleName() != within:
                continue
            for index in _rows(view):
                said = _said(index)
                if all(part in said for part in parts):
                    return view, index
        return None

    def _field(self, name: str) -> QWidget | None:
        kinds = (QLineEdit, QPlainTextEdit)
        found: list[QWidget] = [w for kind in kinds for w in self.every(kind) if w.accessibleName() == name]
        return found[-1] if found else None

    def _button(self, text: str) -> QAbstractButton | None:
        return next(
            (
                button
                for button in self.every(QAbstractButton)
                if text in (button.text().strip(), button.accessibleName()) and button.isEnabled()
            ),
            None,
        )


def _rows(view: QAbstractItemView) -> Iterator[QModelIndex]:
    model = view.model()
    for place in range(model.rowCount()):
        yield model.index(place, 0)


def _said(index: QModelIndex) -> str:
    """A row as a screen reader says it; of a table with its other columns."""
    model = index.model()
    if isinstance(model, QAbstractListModel):
        return str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "")
    cells = [index.siblingAtColumn(column).data() for column in range(model.columnCount(QModelIndex()))]
    return "，".join(str(cell) for cell in cells if cell)
