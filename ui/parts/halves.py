"""Work at the left and what comes of it at the right (左右两半); where there is little room, one of them at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.parts import paint
from ui.theme import theme

_BESIDE_FROM = 900
_BESIDE_FROM_LARGE = 1200
_LEFT_SHARE = 0.54
_RIGHT_NEEDS = 560
_RIGHT_NEEDS_LARGE = 800


class Halves(QWidget):
    """``turn`` shows the other half where only one has room; ``fitted`` comes when there is room for both or not.

    ``left_width`` answers the width of a left side that is only a list; without it the left is about a half.
    ``right_needs`` answers how little the right side can do with beside such a list.
    """

    fitted = Signal()

    def __init__(
        self,
        left: QWidget,
        right: QWidget,
        *,
        left_width: Callable[[], int] | None = None,
        right_needs: Callable[[], int] | None = None,
    ) -> None:
        super().__init__()
        self._left_width = left_width
        self._right_needs = right_needs or (lambda: _RIGHT_NEEDS_LARGE if theme.large else _RIGHT_NEEDS)
        self._left, self._right = left, right
        self._is_beside = True
        self._shows_right = False
        for half in (left, right):
            half.setParent(self)
        theme.changed.connect(self._lay)

    def is_beside(self) -> bool:
        return self._is_beside

    def show_right(self, is_shown: bool = True) -> None:
        """Matters only while one half is shown."""
        self._shows_right = is_shown
        self._lay()

    def turn(self) -> None:
        self.show_right(not self._shows_right)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._is_beside:
            edge = QRectF(self._right.x() - 1, 0, paint.hairline(self), self.height())
            QPainter(self).fillRect(edge, theme.colour("hairline"))

    def _lay(self) -> None:
        was_beside = self._is_beside
        middle = self._middle()
        self._is_beside = self.width() >= self._beside_from()
        if was_beside and not self._is_beside:
            self._keep_the_focused()
        left_width = middle if self._is_beside else self.width()
        right_from = middle + 1 if self._is_beside else 0
        self._left.setGeometry(0, 0, left_width, self.height())
        self._right.setGeometry(right_from, 0, self.width() - right_from, self.height())
        self._left.setVisible(self._is_beside or not self._shows_right)
        self._right.setVisible(self._is_beside or self._shows_right)
        self.update()
        if self._is_beside != was_beside:
            self.fitted.emit()

    def _keep_the_focused(self) -> None:
        """The room is gone, perhaps only until all is laid out: the half one works in stays, or the focus would go."""
        focused: QWidget | None = self.window().focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self._shows_right = self._right.isAncestorOf(focused)

    def _middle(self) -> int:
        return self._left_width() if self._left_width is not None else round(self.width() * _LEFT_SHARE)

    def _beside_from(self) -> int:
        if self._left_width is not None:
            return self._left_width() + self._right_needs()
        return _BESIDE_FROM_LARGE if theme.large else _BESIDE_FROM
