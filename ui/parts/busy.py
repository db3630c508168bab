"""Slow work (请稍候): after 300 ms a line of 2 px over the work, and 不等了 to leave it. What was there stays."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.words import _
from ui.language import speech
from ui.parts.buttons import Button
from ui.theme import theme

_STEP_MS = 40
_LINE = 2


class BusyLine(QWidget):
    """Lies along the top of ``host``; ``cancelled`` when the person does not want to wait."""

    cancelled = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._at = 0.0
        self._timer = QTimer(self, interval=_STEP_MS)
        self._timer.timeout.connect(self._step)
        self._button = Button(parent=host)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(lambda _checked: self.cancelled.emit())
        host.installEventFilter(self)
        speech.changed.connect(self._say)
        self._say()
        self.set_busy(False)

    def set_busy(self, is_busy: bool) -> None:
        self.setVisible(is_busy)
        self._button.setVisible(is_busy)
        if not is_busy:
            self._timer.stop()
            return
        self._place()
        self.raise_()
        self._button.raise_()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _say(self) -> None:
        self._button.setText(_("不等了"))
        self._place()

    def _place(self) -> None:
        host = self.parentWidget()
        if host is None:
            return
        self.setGeometry(0, 0, host.width(), _LINE + 1)
        hint = self._button.sizeHint()
        self._button.setGeometry(host.width() - hint.width() - 16, 12, hint.width(), hint.height())

    def _step(self) -> None:
        self._at = (self._at + 0.012) % 1.0
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, self.width(), _LINE), theme.colour("hairline"))
        width = self.width() * 0.25
        left = (self.width() + width) * self._at - width
        painter.fillRect(QRectF(left, 0, width, _LINE), theme.colour("focus"))
