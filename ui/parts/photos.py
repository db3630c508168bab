"""Photos (照片): made small enough to be kept, shown as thumbnails, and looked at in the whole window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QImageReader,
    QImageWriter,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.actions.services import MOST_PHOTOS
from app.domain.services import PHOTO_BYTES
from app.words import _
from ui.parts import paint
from ui.parts.banner import Banner
from ui.parts.buttons import Button
from ui.parts.flow import Flow, flowing
from ui.parts.overlay import Overlay
from ui.parts.text import Text
from ui.theme import theme

LONGEST_SIDE_PX = 1600
_QUALITIES = (85, 70, 55, 40, 25)


class Thumbnail(QPushButton):
    """One photo; a press shows it large."""

    def __init__(self, image: QImage, name: str) -> None:
        super().__init__()
        self._image = image
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked: PhotoView(self, image, name).open())
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        side = theme.metrics.row * 2
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        paint.begin(painter)
        area = QRectF(self.rect())
        side = min(self._image.width(), self._image.height())
        middle = QRectF((self._image.width() - side) / 2, (self._image.height() - side) / 2, side, side)
        painter.drawImage(area, self._image, middle)
        paint.frame(painter, area, paint.hairline(self), theme.colour("border"), 0)
        if self.hasFocus():
            paint.focus_ring(painter, area, 0)


class PhotoView(Overlay):
    """A photo as large as the window allows; Esc closes it."""

    def __init__(self, host: QWidget, image: QImage, name: str) -> None:
        super().__init__(host, width=960)
        self.setAccessibleName(name)
        head = QHBoxLayout()
        head.addWidget(Text(name, "section", bold=True))
        head.addStretch()
        close = Button(kind="quiet", icon="close", name=_("关上"), key="Esc")
        close.clicked.connect(lambda _checked: self.close_overlay())
        head.addWidget(close)
        self.panel.column.addLayout(head)
        self.panel.column.addWidget(_Picture(image, host.window().height() - 140), 1)


class _Picture(QWidget):
    def __init__(self, image: QImage, highest: int) -> None:
        super().__init__()
        self._image = image
        shown = image.size().scaled(QSize(900, highest), Qt.AspectRatioMode.KeepAspectRatio)
        self.setFixedHeight(shown.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shown = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (self.width() - shown.width()) / 2
        painter.drawImage(QRectF(left, 0, shown.width(), shown.height()), self._image)


class Photos(QWidget):
    """Photos that are there, as thumbnails."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow(flowing(self))
        self.setAccessibleName(_("照片"))

    def set_photos(self, photos: Sequence[bytes]) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            widget.hide()
            widget.deleteLater()
        for place, content in enumerate(photos, start=1):
            image = QImage.fromData(content)
            if not image.isNull():
                self._flow.addWidget(Thumbnail(image, _("照片 {place}").format(place=place)))
        self.setVisible(self._flow.count() > 0)
        self.updateGeometry()

    def count(self) -> int:
        return self._flow.count()


class PhotoField(QWidget):
    """Photos to be kept: chosen, or dropped here. ``value()`` are JPEG files within the limit."""

    edited = Signal()

    def __init__(self, banner: Banner, *, name: str) -> None:
        super().__init__()
        self._banner = banner
        self._photos: list[bytes] = []
        self.setAccessibleName(name)
        self.setAcceptDrops(True)
        self._shown = Photos()
        self._add = Button(_("加照片"), icon="plus", name=_("加照片"))
        self._add.clicked.connect(lambda _checked: self._choose())
        self._clear = Button(_("都不要"), kind="quiet")
        self._clear.clicked.connect(lambda _checked: self.set_value(()))
        self._note = Text(_("也可以把照片拖到这里"), "secondary", "secondary", wrap=True)
        line = QHBoxLayout()
        line.setSpacing(12)
        for widget in (self._add, self._note, self._clear):
            line.addWidget(widget, int(widget is self._note))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self._shown)
        self.setFocusProxy(self._add)
        self._show()

    def value(self) -> tuple[bytes, ...]:
        return tuple(self._photos)

    def set_value(self, photos: Sequence[bytes]) -> None:
        self._photos = list(photos)
        self._show()
        self.edited.emit()

    def is_empty(self) -> bool:
        """A form never waits for photos."""
        return False

    def set_refused(self, is_refused: bool) -> None:
        """No border of its own to colour; the sentence below is enough."""

    def add_files(self, paths: Sequence[str]) -> None:
        """Take these in; what cannot be opened, or is too many, is said."""
        room = MOST_PHOTOS - len(self._photos)
        made = [(path, small_jpeg(path)) for path in paths[:room]]
        if len(paths) > room:
            self._banner.trouble(_("一次最多放 {most} 张照片。").format(most=MOST_PHOTOS))
        if any(content is None for _path, content in made):
            self._banner.trouble(_("有一张照片打不开，换一张试试。"))
        self.set_value([*self._photos, *(content for _path, content in made if content is not None)])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add_files([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])

    def _choose(self) -> None:
        dialog = QFileDialog(self.window(), _("选照片"), "", _("照片 (*.jpg *.jpeg *.png)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.add_files)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show(self) -> None:
        self._shown.set_photos(self._photos)
        self._clear.setVisible(bool(self._photos))
        self._note.setVisible(not self._photos)
        self._add.setEnabled(len(self._photos) < MOST_PHOTOS)


def small_jpeg(path: str) -> bytes | None:
    """The picture as a JPEG within the limit, upright as it was taken; None when it cannot be read."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > LONGEST_SIDE_PX:
        longest = QSize(LONGEST_SIDE_PX, LONGEST_SIDE_PX)
        reader.setScaledSize(size.scaled(longest, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return None
    return next((made for quality in _QUALITIES if len(made := _jpeg(image, quality)) <= PHOTO_BYTES), None)


def _jpeg(image: QImage, quality: int) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(quality)
    writer.write(image.convertToFormat(QImage.Format.Format_RGB32))
    return bytes(content.data())
