"""Nine keys in one Tab stop (数字键选择): plain 1-9 picks, 0 opens everything there is.

Plain digits, because Alt+digit collides with Windows; they choose only while the row has focus.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from app.words import _
from ui.parts import keys, paint
from ui.parts.roving import Roving
from ui.theme import theme

T = TypeVar("T")
_GAP = 8
_FEWEST_COLUMNS = 2


class _Key(QPushButton):
    def __init__(self, digit: int, text: str) -> None:
        super().__init__(text)
        self.digit = digit
        self.setCheckable(digit > 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{digit} {text}")
        self._dress()
        theme.changed.connect(self._dress)

    def sizeHint(self) -> QSize:
        return QSize(round(paint.text_width(self.text(), "body", bold=True)) + 52, theme.metrics.row)

    def least_width(self) -> int:
        """What its digit and its words need."""
        return round(paint.text_width(self.text(), "body", bold=True)) + theme.metrics.icon + 16

    def minimumSizeHint(self) -> QSize:
        return QSize(72, theme.metrics.row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_enter(event) or keys.digit(event) is not None:
            event.ignore()  # Enter is the form's, digits are the row's
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        area = QRectF(self.rect())
        is_chosen = self.isChecked()
        paint.fill(painter, area, theme.colour("selection" if is_chosen else "surface"))
        width = max(paint.hairline(self), theme.metrics.border)
        paint.frame(painter, area, width, theme.colour("ink" if is_chosen else "border"))
        lead = QRectF(8, 0, theme.metrics.icon - 2, area.height())
        if is_chosen:
            paint.icon(painter, "check", lead, theme.metrics.icon - 2, "ink")
        else:
            paint.line(painter, lead, str(self.digit), "secondary", "secondary", align="centre")
        words = QRectF(lead.right() + 4, 0, area.width() - lead.right() - 8, area.height())
        paint.line(painter, words, self.text(), "body", "ink", bold=is_chosen)
        if self.hasFocus():
            paint.focus_ring(painter, area)

    def _dress(self) -> None:
        self.setFont(theme.font("body"))
        self.updateGeometry()
        self.update()


class KeyRow(QWidget, Generic[T]):
    """Up to nine options. ``picked`` comes with every choice, ``opened`` with 0."""

    edited = Signal()
    picked = Signal(object)
    opened = Signal()

    def __init__(
        self, options: Sequence[tuple[T, str]], *, name: str = "", more: str = "", columns: int = 5
    ) -> None:
        super().__init__()
        assert len(options) <= 9, "nine keys and no more"
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._values = [value for value, _text in options]
        self._keys = [_Key(digit, text) for digit, (_value, text) in enumerate(options, start=1)]
        self._more = more or _("更多…")
        self._keys.append(_Key(0, self._more))
        self._other: T | None = None
        self._most_columns = columns
        self._roving = Roving(self, columns)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        for key in self._keys:
            key.clicked.connect(self._on_clicked)
        self._lay(columns)
        self._roving.take(self._keys)
        self.setFocusProxy(self._keys[0])

    def value(self) -> T | None:
        return next(
            (value for value, key in zip(self._values, self._keys, strict=False) if key.isChecked()),
            self._other,
        )

    def set_value(self, value: T | None, text: str = "") -> None:
        """Show ``value``; one that has no key of its own stands on the 0 key with its ``text``."""
        for own, key in zip(self._values, self._keys, strict=False):
            key.setChecked(own == value)
            if own == value:
                self._stop_at(key)
        self._other = None if value in self._values else value
        more = self._keys[-1]
        more.setCheckable(self._other is not None)
        more.setChecked(self._other is not None)
        more.setText(text if self._other is not None else self._more)

    def is_empty(self) -> bool:
        return self.value() is None

    def set_refused(self, is_refused: bool) -> None:
        """Keys have no common border to colour; the sentence below them is enough."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer in a line where they would lose letters."""
        super().resizeEvent(event)
        widest = max(key.least_width() for key in self._keys) + _GAP
        fitting = (self.width() + _GAP) // widest
        columns = max(_FEWEST_COLUMNS, min(self._most_columns, fitting))
        if columns != self._roving.columns:
            self._lay(columns)

    def _lay(self, columns: int) -> None:
        for column in range(self._roving.columns):
            self._grid.setColumnStretch(column, 0)
        for place, key in enumerate(self._keys):
            self._grid.addWidget(key, place // columns, place % columns)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self._roving.columns = columns
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = keys.digit(event)
        if pressed is None:
            super().keyPressEvent(event)
        elif pressed == 0:
            self.opened.emit()
        elif pressed <= len(self._values):
            self._pick(self._keys[pressed - 1])

    def _stop_at(self, key: _Key) -> None:
        self._roving.stop_at(key)
        self.setFocusProxy(key)

    def _on_clicked(self, _is_chosen: bool) -> None:
        key = self.sender()
        if not isinstance(key, _Key):
            return
        if key.digit == 0:
            key.setChecked(self._other is not None)
            self.opened.emit()
        else:
            self._pick(key)

    def _pick(self, key: _Key) -> None:
        value = self._values[self._keys.index(key)]
        self.set_value(value)
        if self.focusWidget() is not None:
            key.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()
        self.picked.emit(value)
