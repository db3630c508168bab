"""Something that lies over the whole window (浮层): a dimmed ground, a panel, and the focus kept inside until it goes.

It is a child of the window, so that input methods, screenshots and screen readers see one window.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.parts import paint
from ui.theme import theme


class _Foot(QWidget):
    """What stands below the content of a panel and never scrolls; a line divides them where the content does."""

    def __init__(self, panel: Panel) -> None:
        super().__init__(panel)
        self._panel = panel
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(24, 6, 24, 16)
        panel.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self.update())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._panel.verticalScrollBar().maximum() > 0:
            width = paint.hairline(self)
            QPainter(self).fillRect(QRectF(0, 0, self.width(), width), theme.colour("hairline"))


class Panel(QScrollArea):
    """A surface with a border, where the content of an overlay stands; it scrolls when the window is too low."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._overlay = parent
        self._foot: _Foot | None = None
        self._content = QWidget()
        self.column = QVBoxLayout(self._content)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(12)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._content)
        self._content.setAutoFillBackground(False)
        self._content.installEventFilter(parent)
        self.setViewportMargins(1, 1, 1, 1)

    def foot(self) -> QHBoxLayout:
        """A row below the content, always in sight."""
        if self._foot is None:
            self._foot = _Foot(self)
            self._foot.installEventFilter(self._overlay)
            self.column.setContentsMargins(24, 20, 24, 6)
        return self._foot.row

    def height_at(self, width: int) -> int:
        """How high the content would like to be, with what stands below it."""
        inner = width - 2
        wanted = self.column.heightForWidth(inner) if self.column.hasHeightForWidth() else -1
        return max(wanted, self.column.minimumSize().height()) + self._foot_height(inner) + 2

    def _foot_height(self, width: int) -> int:
        if self._foot is None:
            return 0
        row = self._foot.row
        return row.heightForWidth(width) if row.hasHeightForWidth() else self._foot.sizeHint().height()

    def lay_foot(self) -> None:
        height = self._foot_height(self.width() - 2)
        self.setViewportMargins(1, 1, 1, 1 + height)
        if self._foot is not None:
            self._foot.setGeometry(1, self.height() - 1 - height, self.width() - 2, height)

    def let_scroll(self, does: bool) -> None:
        """Only where there is need: beside a scroll bar what just fits in a line would not, and so keep the bar."""
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if does else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("surface"))


class Overlay(QWidget):
    """Lies over ``host``'s window until ``close_overlay``; then the focus is where it was before."""

    closed = Signal()

    def __init__(self, host: QWidget, *, width: int = 560) -> None:
        window = host.window()
        super().__init__(window)
        self._before: QWidget | None = window.focusWidget()
        self._width = width
        self.panel = Panel(self)
        window.installEventFilter(self)
        self.installEventFilter(self)
        theme.changed.connect(self.update)

    def open(self) -> None:
        self.setGeometry(self.window().rect())
        self._lay()
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
        if watched is self.window():
            if event.type() == QEvent.Type.Resize:
                self.setGeometry(self.window().rect())
        elif watched is self:
            return self._takes_key(event)
        elif event.type() == QEvent.Type.LayoutRequest:
            self._lay()
        return False

    def _takes_key(self, event: QEvent) -> bool:
        """Keys pressed inside are the overlay's, also those the screen below has a shortcut for."""
        if event.type() != QEvent.Type.ShortcutOverride:
            return False
        event.accept()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay()

    def widened(self) -> int:
        """How wide the panel would like to be: larger type needs more."""
        return round(self._width * (1.25 if theme.large else 1))

    def _lay(self) -> None:
        """The panel a little above the middle, as high as its content, never higher than the window."""
        width = min(self.widened(), self.width() - 32)
        wanted, room = self.panel.height_at(width), self.height() - 24
        height = min(wanted, room)
        self.panel.let_scroll(wanted > room)
        top = max(12, round((self.height() - height) * 0.4))
        self.panel.setGeometry((self.width() - width) // 2, top, width, height)
        self.panel.lay_foot()

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
        paint.begin(painter)
        around = QRectF(self.panel.geometry()).adjusted(-2, -2, 2, 2)
        paint.fill(painter, around, theme.colour("surface"))
        paint.frame(painter, around, max(paint.hairline(self), theme.metrics.border), theme.colour("border"))

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
    return top_overlay(window) is not None


def top_overlay(window: QWidget) -> Overlay | None:
    """What lies over everything else in this window."""
    shown = [overlay for overlay in window.findChildren(Overlay) if overlay.isVisible()]
    return shown[-1] if shown else None
