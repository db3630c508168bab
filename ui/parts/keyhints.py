"""Key caps on the buttons (按键提示) while Ctrl is held: every visible thing with a ``key`` shows it.

Where there is little room, ``key_hint`` is shown instead, inside the left corner: "1" for Ctrl+1, as Ctrl is held.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.parts import paint
from ui.theme import theme

HELD_MS = 350


class KeyHints(QWidget):
    """A clear sheet over ``window``. ``hold`` when Ctrl goes down alone, ``release`` when anything else happens."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._timer = QTimer(self, singleShot=True, interval=HELD_MS)
        self._timer.timeout.connect(self.show_now)
        self.hide()

    def hold(self) -> None:
        self._timer.start()

    def release(self) -> None:
        self._timer.stop()
        self.hide()

    def show_now(self) -> None:
        window = self.window()
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        height = theme.line_box("secondary") + 2
        for widget in self.window().findChildren(QWidget):
            key = getattr(widget, "key", "")
            if not isinstance(key, str) or not key or not widget.isVisible():
                continue
            shown = getattr(widget, "key_hint", key)
            corner = widget.mapTo(self.window(), QPoint(0, 0))
            width = paint.key_cap_width(shown)
            inset = 6 if shown != key else widget.width() - width + 6
            left = min(max(corner.x() + inset, 2), self.width() - width - 2)
            top = min(max(corner.y() + (4 if shown != key else -height / 2), 2), self.height() - height - 2)
            paint.key_cap(painter, QRectF(left, top, width, height), shown, "ink")
