"""Something that lies over the whole window (浮层): a dimmed ground, a panel, and the focus kept inside until it goes.

It is a child of the window, so that input methods, screenshots and screen readers see one window.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.parts import paint
from ui.theme import theme


class Panel(QWidget):
    """A surface with a border, where the content of an overlay stands."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        area = QRectF(self.rect())
        paint.fill(painter, area, theme.colour("surface"))
        paint.frame(painter, area, max(paint.hairline(self), theme.metrics.border), theme.colour("border"))


class Overlay(QWidget):
    """Lies over ``host``'s window until ``close_overlay``; then the focus is where it was before."""

    closed = Signal()

    def __init__(self, host: QWidget, *, width: int = 560) -> None:
        window = host.window()
        super().__init__(window)
        self._before: QWidget | None = window.focusWidget()
        self.panel = Panel()
        self.panel.setMaximumWidth(width)
        self.panel.setMinimumWidth(min(width, 480))
        middle = QVBoxLayout()
        middle.addStretch(2)
        middle.addWidget(self.panel)
        middle.addStretch(3)
        across = QHBoxLayout(self)
        across.setContentsMargins(16, 16, 16, 16)
        across.addStretch()
        across.addLayout(middle, 1)
        across.addStretch()
        across.setStretch(0, 1)
        across.setStretch(2, 1)
        across.setStretch(1, 0)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        theme.changed.connect(self.update)

    def open(self) -> None:
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()
        focused: QWidget | None = self.window().focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self._walk(True)

    def close_overlay(self) -> None:
        self.hide()
        self.window().removeEventFilter(self)
        before = self._before
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_overlay()
        event.accept()  # nothing below the overlay hears keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def focusNextPrevChild(self, next: bool) -> bool:
        return self._walk(next)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground = theme.colour("rail")
        ground.setAlpha(200)
        painter.fillRect(self.rect(), ground)

    def _walk(self, forward: bool) -> bool:
        """Tab goes round inside the panel."""
        stops = self._stops()
        if not stops:
            self.setFocus()
            return True
        focused = self.window().focusWidget()
        at = stops.index(focused) if focused in stops else (-1 if forward else 0)
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(
            Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        )
        return True

    def _stops(self) -> list[QWidget]:
        found: list[QWidget] = []
        widget = self.panel.nextInFocusChain()
        while widget is not None and widget is not self.panel:
            takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
            if takes_tab and self.panel.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled():
                found.append(widget)
            widget = widget.nextInFocusChain()
        return found


def overlay_open(window: QWidget) -> bool:
    """Whether something lies over this window; then the window's own keys rest."""
    return any(overlay.isVisible() for overlay in window.findChildren(Overlay))
