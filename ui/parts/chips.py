"""Chips (标签选择): a row of short words, one of them or any of them chosen.

One Tab stop: arrows walk (and choose, where only one can be chosen), Space toggles where several can. A chosen chip
has a tick and a strong border besides its tint.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from ui.parts import keys, paint
from ui.parts.flow import Flow, flowing
from ui.parts.roving import Roving
from ui.theme import theme

T = TypeVar("T")


class Chip(QPushButton):
    """One word that can be chosen."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._dress()
        theme.changed.connect(self._dress)

    def sizeHint(self) -> QSize:
        # Measured in bold and with room for the tick, so that choosing moves nothing.
        width = paint.text_width(self.text(), "body", bold=True) + 2 * 14 + theme.metrics.icon
        return QSize(round(width), theme.metrics.row)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_enter(event):
            event.ignore()  # the form steps on
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
        tick = theme.metrics.icon
        shift = tick / 2 if is_chosen else 0
        if is_chosen:
            paint.icon(painter, "check", QRectF(8, 0, tick, area.height()), tick - 2, "ink")
        words = area.adjusted(shift, 0, shift, 0)
        paint.line(painter, words, self.text(), "body", "ink", bold=is_chosen, align="centre")
        if self.hasFocus():
            paint.focus_ring(painter, area)

    def _dress(self) -> None:
        self.setFont(theme.font("body"))
        self.updateGeometry()
        self.update()


class _ChipRow(QWidget, Generic[T]):
    edited = Signal()

    def __init__(self, options: Sequence[tuple[T, str]], name: str, *, exclusive: bool) -> None:
        super().__init__()
        self._exclusive = exclusive
        self.setAccessibleName(name)
        self._values = [value for value, _text in options]
        self._chips = [Chip(text) for _value, text in options]
        self._roving = Roving(self, moved=self._choose if exclusive else None)
        flow = Flow(flowing(self))
        for chip in self._chips:
            flow.addWidget(chip)
            chip.clicked.connect(self._on_clicked)
        self._roving.take(self._chips)
        if self._chips:
            self.setFocusProxy(self._chips[0])

    def set_refused(self, is_refused: bool) -> None:
        """Chips have no border of their own to colour; the sentence below them is enough."""

    def leave_tab_order(self) -> None:
        """Reach these chips by a key of the screen or the mouse only."""
        for chip in self._chips:
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _chosen(self) -> list[T]:
        return [value for value, chip in zip(self._values, self._chips, strict=True) if chip.isChecked()]

    def _choose(self, button: QAbstractButton) -> None:
        if button.isChecked():
            return
        button.setChecked(True)
        self._clear_others(button)
        self.edited.emit()

    def _clear_others(self, kept: QAbstractButton) -> None:
        for chip in self._chips:
            if chip is not kept:
                chip.setChecked(False)
        self.setFocusProxy(kept)

    def _on_clicked(self, _is_chosen: bool) -> None:
        button = self.sender()
        if self._exclusive and isinstance(button, Chip):
            button.setChecked(True)
            self._clear_others(button)
        self.edited.emit()


class Chips(_ChipRow[T]):
    """Exactly one, or none yet. ``next()`` goes round, for a key that cycles."""

    def __init__(self, options: Sequence[tuple[T, str]], *, name: str = "", chosen: T | None = None) -> None:
        super().__init__(options, name, exclusive=True)
        if chosen is not None:
            self.set_value(chosen)

    def value(self) -> T | None:
        return next(iter(self._chosen()), None)

    def set_value(self, value: T | None) -> None:
        for own, chip in zip(self._values, self._chips, strict=True):
            chip.setChecked(own == value)
            if own == value:
                self._roving.stop_at(chip)
                self.setFocusProxy(chip)

    def is_empty(self) -> bool:
        return not self._chosen()

    def next(self) -> None:
        at = next((place for place, chip in enumerate(self._chips) if chip.isChecked()), -1)
        self._choose(self._chips[(at + 1) % len(self._chips)])


class ManyChips(_ChipRow[T]):
    """Any number of them. A form never waits for them: none is an answer."""

    def __init__(self, options: Sequence[tuple[T, str]], *, name: str = "") -> None:
        super().__init__(options, name, exclusive=False)

    def value(self) -> tuple[T, ...]:
        return tuple(self._chosen())

    def set_value(self, values: Sequence[T]) -> None:
        for own, chip in zip(self._values, self._chips, strict=True):
            chip.setChecked(own in values)

    def is_empty(self) -> bool:
        return False
