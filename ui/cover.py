"""A page that covers the window (整页): one column in its middle that scrolls, and a footer that stays.

First start, sign-in and start-up troubles are made of it. ``screen.py`` is for what stands inside the frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.words import _
from ui.parts import keys, paint
from ui.parts.buttons import QUIET_SIDE, Button
from ui.parts.form import RefusalLine
from ui.parts.scrolling import Scrolling, keep_in_view
from ui.parts.text import Paragraph, Text
from ui.theme import ColourRole, paint_icon, theme

WIDTH = 640
_LARGE_WIDTH = 860
_LOW, _LOW_LARGE = 600, 720
_BEFORE = {"check": 4 / 24, "trouble": 2 / 24}
"""How much of these pictures is empty at their left; a mark begins where the words below it do."""


class Cover(QWidget):
    """Content goes into ``column``. ``escaped`` comes with Esc, for pages that can be left; Ctrl+0 is large mode.

    The keys the footer's buttons show do the same from the footer as from the form above it. ``spaced`` carries the
    height of the page, for what can be lower in a low one.
    """

    escaped = Signal()
    spaced = Signal(int)

    def __init__(
        self,
        *,
        left: Sequence[QWidget] = (),
        right: Sequence[QWidget] = (),
        above: QWidget | None = None,
        in_the_middle: bool = False,
    ) -> None:
        """``left`` and ``right`` stand in the footer, ``above`` over the column and does not scroll."""
        super().__init__()
        self._inner = QWidget()
        self.column = QVBoxLayout(self._inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self._footer = _Footer(left, right) if left or right else None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._low_above = 8 if above is None else 0
        if above is not None:
            outer.addWidget(above)
        self._area = self._scrolling(in_the_middle)
        outer.addWidget(self._area, 1)
        if self._footer is not None:
            outer.addWidget(self._footer)
        self._dress()
        theme.changed.connect(self._dress)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Where somebody types is in sight, whatever brought them there."""
        if now is not None and self._area.isAncestorOf(now):
            keep_in_view(now)

    def _on_scrolling(self) -> None:
        """What is said stays in sight, too, when there is more to see or less room for it."""
        for line in self.findChildren(RefusalLine):
            if line.isVisible():
                keep_in_view(line)
        if self._footer is not None:
            bar = self._area.verticalScrollBar()
            self._footer.stand_beside(bar.sizeHint().width() if bar.maximum() else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_save(event) and self._press("Ctrl+Enter"):
            return
        if event.key() == Qt.Key.Key_Escape:
            if not self._press("Esc"):
                self.escaped.emit()
        elif event.key() == Qt.Key.Key_0 and keys.modifiers(event) == Qt.KeyboardModifier.ControlModifier:
            theme.use_large(not theme.large)
        else:
            super().keyPressEvent(event)

    def _press(self, key: str) -> bool:
        button = next((at for at in self.findChildren(Button) if at.key == key and at.isVisible()), None)
        if button is None:
            return False
        button.click()
        return True

    def _scrolling(self, in_the_middle: bool) -> Scrolling:
        """A little above the middle looks like the middle."""
        holder = QWidget()
        self._down = down = QVBoxLayout(holder)
        self._above = 24 if in_the_middle else 40
        down.addStretch(2 if in_the_middle else 0)
        across = QHBoxLayout()  # an alignment instead would forget that words wrap
        across.addStretch()
        across.addWidget(self._inner)
        across.addStretch()
        down.addLayout(across)
        down.addStretch(3)
        area = Scrolling(holder)
        area.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._on_scrolling())
        return area

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._space()

    def _space(self) -> None:
        """In a low window things stand closer, so that a page still is seen whole."""
        is_low = self.height() < (_LOW_LARGE if theme.large else _LOW)
        self.column.setSpacing(8 if is_low else 16)
        self._down.setContentsMargins(24, self._low_above if is_low else self._above, 24, 8 if is_low else 24)
        self.spaced.emit(self.height())

    def _dress(self) -> None:
        self._space()
        width = _LARGE_WIDTH if theme.large else WIDTH
        self._inner.setFixedWidth(width)
        if self._footer is not None:
            self._footer.inner.setFixedWidth(width + 2 * QUIET_SIDE)


class _Footer(QWidget):
    def __init__(self, left: Sequence[QWidget], right: Sequence[QWidget]) -> None:
        super().__init__()
        self.inner = QWidget()
        row = QHBoxLayout(self.inner)
        # A button without a frame stands out by its side, so that its words begin where the column does.
        row.setContentsMargins(_inset(left[:1]), 0, _inset(right[-1:]), 0)
        row.setSpacing(12)
        for widget in left:
            row.addWidget(widget)
        row.addStretch()
        for widget in right:
            row.addWidget(widget)
        self._around = QHBoxLayout(self)
        self._around.addWidget(self.inner, 0, Qt.AlignmentFlag.AlignHCenter)
        self.stand_beside(0)

    def stand_beside(self, bar: int) -> None:
        """Stay below the column, which makes room for a scroll bar so wide."""
        self._around.setContentsMargins(24, 12, 24 + bar, 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, self.width(), paint.hairline(self)), theme.colour("hairline"))


def _inset(outermost: Sequence[QWidget]) -> int:
    is_quiet = any(isinstance(widget, Button) and widget.kind == "quiet" for widget in outermost)
    return 0 if is_quiet else QUIET_SIDE


class Emblem(QWidget):
    """The program's sign and name, above what a page says."""

    def __init__(self, title: str = "", sentence: str = "") -> None:
        super().__init__()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(title or _("驿站"), "title", bold=True))
        self.sentence = Paragraph(sentence, "body", "secondary")
        words.addWidget(self.sentence)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 8)
        row.setSpacing(16)
        row.addWidget(_Sign(), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)


class _Sign(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(56, 56) if not theme.large else QSize(72, 72)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        paint_icon(painter, "yizhan", QRectF(self.rect()), theme.colour("ink"))


class Mark(QWidget):
    """How it went, at the head of a page that tells of it."""

    def __init__(self, icon: Literal["check", "trouble"], colour: ColourRole) -> None:
        super().__init__()
        self._icon: str = icon
        self._colour: ColourRole = colour
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(theme.metrics.row, theme.metrics.row)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        size = self.width() - 4
        before = 2 + _BEFORE[self._icon] * size
        paint.icon(painter, self._icon, QRectF(self.rect()).translated(-before, 0), size, self._colour)
