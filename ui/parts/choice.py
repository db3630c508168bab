"""A choice from a list (下拉选择): a field of 44 with a square list below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui.parts import keys, paint
from ui.theme import theme

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex


class _Rows(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, theme.metrics.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        paint.begin(painter)
        shown: Any = option
        area = QRectF(shown.rect)
        if shown.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.colour("selection"))
            painter.fillRect(QRectF(area.left(), area.top(), 4, area.height()), theme.colour("focus"))
        paint.line(painter, area.adjusted(12, 0, -12, 0), str(index.data()))
        painter.restore()


class Choice(QComboBox, Generic[T]):
    """``Choice([(value, "文字"), ...])``. Enter belongs to the form; Down, Space or F4 opens the list."""

    edited = Signal()

    def __init__(self, options: Sequence[tuple[T, str]] = (), *, name: str = "", hint: str = "") -> None:
        """``hint`` is shown while nothing is chosen; without it the first option is chosen."""
        super().__init__()
        self._hint = hint
        self._is_refused = False
        self._awaited: T | None = None
        self.setAccessibleName(name)
        self.setView(QListView())
        self.setItemDelegate(_Rows(self))
        self.setMaxVisibleItems(9)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_options(options)
        self.activated.connect(self._on_activated)
        self._dress()
        theme.changed.connect(self._dress)

    def set_options(self, options: Sequence[tuple[T, str]]) -> None:
        self.clear()
        self._awaited = None
        self._values = [
            value for value, _text in options
        ]  # Qt would hand an enumeration back as its bare text
        self.addItems([text for _value, text in options])
        self.setCurrentIndex(-1 if self._hint else 0)
        self.updateGeometry()  # Qt asks a box that was shown no more how wide its options are

    def offer(self, options: Sequence[tuple[T, str]]) -> None:
        """Other options; what is chosen stays, also where it is offered no more: it holds until something else is
        chosen. What was to be chosen before it was offered is chosen now.
        """
        kept, said, awaited = self.value(), self.currentText(), self._awaited
        offered = [value for value, _text in options]
        if awaited is not None and awaited in offered:
            self.set_options(options)
            self.set_value(awaited)
            self.edited.emit()
            return
        gone = [(kept, said)] if kept is not None and kept not in offered else []
        self.set_options([*options, *gone])
        if kept is not None:
            self.set_value(kept)
        self._awaited = awaited

    def value(self) -> T | None:
        return None if self.is_empty() else self._values[self.currentIndex()]

    def set_value(self, value: T | None) -> None:
        """One that is not among the options is waited for until the next ``offer``."""
        place = next((at for at, one in enumerate(self._values) if one == value), -1)
        self._awaited = value if place < 0 else None
        self.setCurrentIndex(place)

    def is_empty(self) -> bool:
        return self.currentIndex() < 0

    def set_refused(self, is_refused: bool) -> None:
        self._is_refused = is_refused
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_enter(event) or keys.is_save(event):
            event.ignore()
        elif event.key() == Qt.Key.Key_Down and self.is_empty():
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: Any) -> None:
        event.ignore()  # scrolling a form must not change an answer

    def sizeHint(self) -> QSize:
        texts = [self._hint, *(self.itemText(i) for i in range(self.count()))]
        width = max(paint.text_width(text, "body") for text in texts)
        return QSize(round(width) + 56, theme.metrics.row)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(160, self.sizeHint().width()), theme.metrics.row)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        area = QRectF(self.rect())
        paint.fill(painter, area, theme.colour("surface" if self.isEnabled() else "paper"))
        if self.hasFocus():
            paint.focus_ring(painter, area)
        else:
            colour = theme.colour(
                "trouble" if self._is_refused else "border" if self.isEnabled() else "hairline"
            )
            paint.frame(painter, area, max(paint.hairline(self), theme.metrics.border), colour)
        text = self._hint if self.is_empty() else self.currentText()
        shade = theme.colour("placeholder" if self.is_empty() or not self.isEnabled() else "ink")
        paint.line(painter, area.adjusted(12, 0, -40, 0), text, "body", shade)
        arrow = QRectF(area.right() - 36, 0, 28, area.height())
        paint.icon(painter, "down", arrow, theme.metrics.icon - 4, "secondary")

    def _on_activated(self, _index: int) -> None:
        self._awaited = None
        self.edited.emit()

    def _dress(self) -> None:
        self.setFont(theme.font("body"))
        self.setFixedHeight(theme.metrics.row)
        self.updateGeometry()
