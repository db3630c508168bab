"""The paper itself (纸样): pages as pictures, fitted to the width; Ctrl+plus and Ctrl+minus change it.

What draws the pages of a PDF, and again when they are shown larger, is ``paper.py``.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from app.words import _
from ui.parts import paint
from ui.theme import theme

_GAP = 16
_WIDEST = 900
_STEPS = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0)


class _Pages(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.images: list[QImage] = []
        self.zoom = 1.0
        self.page_width = 80
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def lay(self, width: int) -> None:
        """Fit the pages to ``width`` at zoom 1."""
        self.page_width = max(80, round(min(width - 2 * _GAP, _WIDEST) * self.zoom))
        height = _GAP + sum(_height(image, self.page_width) + _GAP for image in self.images)
        self.setFixedSize(QSize(max(width, self.page_width + 2 * _GAP), max(height, 2 * _GAP)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        page_width = self.page_width
        top, left = float(_GAP), (self.width() - page_width) / 2
        for image in self.images:
            page = QRectF(left, top, page_width, _height(image, page_width))
            if page.intersects(QRectF(event.rect())):
                painter.fillRect(page, Qt.GlobalColor.white)
                painter.drawImage(page, image)
                paint.frame(painter, page, paint.hairline(self), theme.colour("border"), 0)
            top = page.bottom() + _GAP


def _height(image: QImage, width: int) -> int:
    return round(width * image.height() / max(1, image.width()))


class Preview(QScrollArea):
    """``set_pages`` keeps the place when the paper changes under the reader's eyes.

    ``fitted``: the pages are as wide as ``page_px`` says now.
    """

    fitted = Signal()

    def __init__(self, *, name: str = "") -> None:
        super().__init__()
        self._pages = _Pages()
        self.setWidget(self._pages)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name or _("纸样"))
        theme.changed.connect(self._pages.update)

    def set_pages(self, pages: Sequence[bytes]) -> None:
        """``pages`` are PNG files."""
        self.set_images([QImage.fromData(page) for page in pages])

    def set_images(self, images: Sequence[QImage]) -> None:
        place = self.verticalScrollBar().value()
        self._pages.images = list(images)
        self._pages.lay(self.viewport().width())
        self.verticalScrollBar().setValue(place)

    def images(self) -> Sequence[QImage]:
        return self._pages.images

    def page_px(self) -> int:
        """How many pixels of the screen a page is wide: drawn so, its letters are sharp."""
        return round(self._pages.page_width * self.devicePixelRatioF())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
            if event.key() in steps:
                self._zoom(steps[Qt.Key(event.key())])
                return
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom(1 if event.angleDelta().y() > 0 else -1)
            return
        super().wheelEvent(event)

    def resizeEvent(self, event: object) -> None:
        self._lay()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            paint.focus_ring(painter, QRectF(self.viewport().rect()), 0)

    def _zoom(self, step: int) -> None:
        at = _STEPS.index(self._pages.zoom) + step
        self._pages.zoom = _STEPS[min(max(at, 0), len(_STEPS) - 1)]
        self._lay()

    def _lay(self) -> None:
        before = self.page_px()
        self._pages.lay(self.viewport().width())
        if self.page_px() != before:
            self.fitted.emit()
