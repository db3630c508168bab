"""A box to tick (勾选): a square that is empty or holds a tick, with its sentence beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from ui.parts import keys, paint
from ui.theme import theme


class Tick(QCheckBox):
    """``value()`` is whether it is ticked; a form never counts it as empty."""

    edited = Signal()

    def __init__(self, text: str, *, key: str = "") -> None:
        super().__init__(text)
        self.key = key
        self._is_refused = False
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)
        self._dress()
        theme.changed.connect(self._dress)

    def value(self) -> bool:
        return self.isChecked()

    def set_value(self, is_ticked: bool) -> None:
        self.setChecked(is_ticked)

    def is_empty(self) -> bool:
        return False

    def set_refused(self, is_refused: bool) -> None:
        self._is_refused = is_refused
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(paint.text_width(self.text(), "body")) + self._box() + 26, theme.metrics.row)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_enter(event):
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        size = self._box()
        box = QRectF(6, (self.height() - size) / 2, size, size)
        paint.fill(painter, box, theme.colour("surface"), 4)
        colour = theme.colour("trouble" if self._is_refused else "border" if self.isEnabled() else "hairline")
        paint.frame(painter, box, max(paint.hairline(self), theme.metrics.border), colour, 4)
        if self.isChecked():
            paint.icon(painter, "check", box, size - 2, "ink")
        words = QRectF(box.right() + 10, 0, self.width() - box.right() - 10, self.height())
        paint.line(painter, words, self.text(), "body", "ink" if self.isEnabled() else "placeholder")
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.rect()))

    def _box(self) -> int:
        return theme.metrics.icon

    def _on_clicked(self, _is_ticked: bool) -> None:
        self.edited.emit()

    def _dress(self) -> None:
        self.setFont(theme.font("body"))
        self.setFixedHeight(theme.metrics.row)
        self.updateGeometry()
