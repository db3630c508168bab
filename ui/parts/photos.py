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
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.actions.services import MOST_PHOTOS
from app.domain.services import PHOTO_BYTES
from app.words import _
from ui.parts import keys, paint
from ui.parts.banner import Banner
from ui.parts.buttons import Button
from ui.parts.flow import Flow, flowing
from ui.parts.overlay import Overlay
from ui.parts.text import Text
from ui.theme import theme

LONGEST_SIDE_PX = 1600
_THUMB = 96
_QUALITIES = (85, 70, 55, 40, 25)


class PhotoThumb(QAbstractButton):
    """A photo in small; a press shows it large."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self._image = QImage()
        self._is_missing = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("照片 {place}，按下看大图").format(place=place))
        self.clicked.connect(self._show_large)

    def show_photo(self, content: bytes | None) -> None:
        self._image = QImage.fromData(content) if content is not None else QImage()
        self._is_missing = self._image.isNull()
        self.setToolTip(_("照片不在这台电脑上") if self._is_missing else _("看大图"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_THUMB, _THUMB)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_enter(event):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect())
        paint.fill(painter, area, theme.colour("rail"))
        if self._is_missing:
            paint.icon(painter, "eye-off", area, theme.metrics.icon, "secondary")
        elif not self._image.isNull():
            painter.drawImage(_fitted(self._image, area.adjusted(4, 4, -4, -4)), self._image)
        if self.hasFocus():
            paint.focus_ring(painter, area)

    def _show_large(self) -> None:
        if not self._image.isNull():
            PhotoOverlay(self, self._image).open()


class PhotoOverlay(Overlay):
    """A photo as large as the window allows; Esc, Enter or a click closes it."""

    def __init__(self, host: QWidget, image: QImage) -> None:
        window = host.window()
        room = QSize(window.width() - 96, window.height() - 96)
        size = image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        super().__init__(host, width=size.width() + 50)
        self.setAccessibleName(_("照片"))
        self._large = _Large(image, size)
        self._large.clicked.connect(self.close_overlay)
        row = QHBoxLayout()
        row.addWidget(self._large)
        self.panel.column.addLayout(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_enter(event):
            self.close_overlay()
            return
        super().keyPressEvent(event)


class _Large(QAbstractButton):
    def __init__(self, image: QImage, size: QSize) -> None:
        super().__init__()
        self._image = image
        self.setFixedSize(size)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("关上照片"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self._image)


class PhotoField(QWidget):
    """Photos to be kept: chosen, or dropped here. ``value()`` are JPEG files within the limit, at ``most`` so many."""

    edited = Signal()

    def __init__(self, banner: Banner, *, name: str, most: int = MOST_PHOTOS) -> None:
        super().__init__()
        self._banner, self._most = banner, most
        self._photos: list[bytes] = []
        self.setAccessibleName(name)
        self.setAcceptDrops(True)
        self._shown = QWidget()
        self._flow = Flow(flowing(self._shown))
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
        room = self._most - len(self._photos)
        made = [(path, small_jpeg(path)) for path in paths[:room]]
        if len(paths) > room:
            self._banner.trouble(lambda: _("一次最多放 {most} 张照片。").format(most=self._most))
        if any(content is None for _path, content in made):
            self._banner.trouble(lambda: _("有一张照片打不开，换一张试试。"))
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
        while (item := self._flow.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for place, content in enumerate(self._photos, start=1):
            thumb = PhotoThumb(place)
            thumb.show_photo(content)
            self._flow.addWidget(thumb)
        self._shown.setVisible(bool(self._photos))
        self._clear.setVisible(bool(self._photos))
        self._note.setVisible(not self._photos)
        self._add.setEnabled(len(self._photos) < self._most)
        self.updateGeometry()


def _fitted(image: QImage, area: QRectF) -> QRectF:
    """The place of the whole picture in the middle of ``area``."""
    scale = min(area.width() / image.width(), area.height() / image.height())
    width, height = image.width() * scale, image.height() * scale
    return QRectF(area.center().x() - width / 2, area.center().y() - height / 2, width, height)


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
