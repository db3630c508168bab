"""The one window (主窗口): the frame of the signed-in clerk, or a page that covers it (first start, sign-in, lock).

Covering keeps everything below as it was: the same screen, row and half-typed word come back with ``uncover``.
"""

from __future__ import annotations

from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.words import _
from ui.frame import Frame
from ui.language import speech
from ui.parts.keyhints import KeyHints
from ui.parts.overlay import Overlay
from ui.theme import theme


@dataclass
class _Below:
    """Where a clerk was when the frame was covered."""

    focus: QWidget | None
    overlays: list[Overlay]


class Window(QWidget):
    """``closing`` comes before the window goes, for whoever must finish work."""

    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._call_itself()
        self.setMinimumSize(QSize(880, 480))
        self._frame: Frame | None = None
        self._cover: QWidget | None = None
        self._below: dict[Frame, _Below] = {}
        self._stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._hints = KeyHints(self)
        self._is_watched = False
        theme.changed.connect(self.update)
        speech.changed.connect(self._call_itself)

    def frame(self) -> Frame | None:
        return self._frame

    def set_frame(self, frame: Frame) -> None:
        """Put a clerk's frame in front; those of other clerks stay as they are behind it."""
        if self._cover is None:
            self._leave()
        self._frame = frame
        is_new = self._stack.indexOf(frame) < 0
        if is_new:
            self._stack.addWidget(frame)
        if self._cover is None:
            self._come_back()
        if is_new:
            frame.start()

    def drop_frame(self, frame: Frame) -> None:
        """Forget a frame and what lay over it: its clerk may no longer sign in, or does so in another role."""
        for overlay in self._below.pop(frame, _Below(None, [])).overlays:
            if shiboken6.isValid(overlay):
                overlay.deleteLater()
        self._drop(frame)
        if self._frame is frame:
            self._frame = None

    def cover(self, page: QWidget) -> None:
        """Show ``page`` instead of the frame; the window owns it from now on."""
        if self._cover is None:
            self._leave()
        before, self._cover = self._cover, page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self._drop(before)

    def uncover(self) -> None:
        """Take the page away and go on where the clerk was."""
        page, self._cover = self._cover, None
        self._come_back()
        self._drop(page)

    def is_covered(self) -> bool:
        return self._cover is not None

    def shown_cover(self) -> QWidget | None:
        """The page that covers the frame."""
        return self._cover

    def _leave(self) -> None:
        """Remember where the clerk of the frame in front is, and hide what lies over it."""
        if self._frame is None:
            return
        overlays = [overlay for overlay in self.findChildren(Overlay) if overlay.isVisible()]
        self._below[self._frame] = _Below(self.focusWidget(), overlays)
        for overlay in overlays:
            overlay.hide()

    def _come_back(self) -> None:
        """Go on where the clerk of the frame in front was."""
        if self._frame is None:
            return
        self._stack.setCurrentWidget(self._frame)
        below = self._below.pop(self._frame, _Below(None, []))
        for overlay in below.overlays:
            if shiboken6.isValid(overlay):
                overlay.show()
                overlay.raise_()
        if below.focus is not None and shiboken6.isValid(below.focus):
            below.focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _call_itself(self) -> None:
        """The name before the title: Qt puts it behind a title that is another."""
        QGuiApplication.setApplicationDisplayName(_("驿站"))
        self.setWindowTitle(_("驿站"))

    def _drop(self, page: QWidget | None) -> None:
        if page is not None:
            self._stack.removeWidget(page)
            page.deleteLater()

    # --- key caps while Ctrl is held: the window system's own events, before any widget

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle: QObject | None = self.windowHandle()
        if handle is not None and not self._is_watched:
            handle.installEventFilter(self)
            self._is_watched = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Control and not event.isAutoRepeat():
                self._hints.hold()
            elif event.key() != Qt.Key.Key_Control:
                self._hints.release()
        elif event.type() in (QEvent.Type.KeyRelease, QEvent.Type.MouseButtonPress, QEvent.Type.FocusOut):
            self._hints.release()
        return False

    def show_key_caps(self) -> None:
        """What holding Ctrl shows."""
        self._hints.show_now()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour("paper"))
