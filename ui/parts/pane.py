"""The pane (右侧窗格): history and actions of what is pointed at, beside or over the work."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.words import _
from ui.language import speech
from ui.parts import paint
from ui.theme import theme


class Pane(QWidget):
    """Holds one widget at a time, which stays its screen's; scrolls when it is too high."""

    def __init__(self) -> None:
        super().__init__()
        self._call_itself()
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(self._area)
        speech.changed.connect(self._call_itself)

    def hold(self, widget: QWidget | None) -> None:
        if widget is self._area.widget():
            return
        before = self._area.takeWidget()
        if before is not None:
            before.setParent(None)
        if widget is not None:
            self._area.setWidget(widget)
            widget.setAutoFillBackground(False)  # the pane's own surface shows through
            widget.show()

    def held(self) -> QWidget | None:
        widget: QWidget | None = self._area.widget()
        return widget

    def _call_itself(self) -> None:
        self.setAccessibleName(_("窗格"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        thin = paint.hairline(self)
        painter.fillRect(QRectF(0, 0, thin, self.height()), theme.colour("hairline"))


class WorkArea(QWidget):
    """The work and the pane: side by side, or the pane over the right part of the work."""

    def __init__(self, work: QWidget) -> None:
        super().__init__()
        self._work = work
        work.setParent(self)
        self.pane = Pane()
        self.pane.setParent(self)
        self._is_beside = True
        self._is_shown = True
        theme.changed.connect(self.lay)

    def set_beside(self, is_beside: bool) -> None:
        """An overlaid pane starts closed, unless somebody is working in it: it must not cover work nobody asked to
        cover, nor take a half-filled form from under the hands.
        """
        if is_beside == self._is_beside:
            return
        self._is_beside = is_beside
        self._is_shown = is_beside or self._is_worked_in()
        self.lay()

    def show_pane(self, is_shown: bool) -> None:
        self._is_shown = is_shown
        self.lay()

    def pane_is_shown(self) -> bool:
        return self._is_shown and self.pane.held() is not None

    def _is_worked_in(self) -> bool:
        focused: QWidget | None = self.window().focusWidget()
        return self.pane.isVisible() and focused is not None and self.pane.isAncestorOf(focused)

    def lay(self) -> None:
        is_shown = self.pane_is_shown()
        width = min(theme.metrics.pane, self.width() - 80)
        taken = width if is_shown and self._is_beside else 0
        self._work.setGeometry(0, 0, self.width() - taken, self.height())
        self.pane.setVisible(is_shown)
        self.pane.setGeometry(self.width() - width, 0, width, self.height())
        self.pane.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.lay()
