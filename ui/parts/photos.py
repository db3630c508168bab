"""Photos (照片): chosen, shown as thumbnails, and looked at in the whole window; the worker makes them small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.actions.services import MOST_PHOTOS
from app.words import _
from ui.jobs import Jobs
from ui.parts import keys, paint
from ui.parts.banner import Banner
from ui.parts.buttons import Button
from ui.parts.flow import Flow, flowing
from ui.parts.overlay import Overlay
from ui.parts.pictures import Photo, photo_from, photo_of
from ui.parts.text import Text
from ui.theme import theme

_THUMB = 96


class PhotoThumb(QAbstractButton):
    """A photo in small; a press shows it large."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self._photo: Photo | None = None
        self._is_missing = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("照片 {place}，按下看大图").format(place=place))
        self.clicked.connect(self._show_large)

    def show_photo(self, photo: Photo | None) -> None:
        self._photo = photo
        self._is_missing = photo is None or photo.small.isNull()
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
        elif self._photo is not None:
            small = self._photo.small
            painter.drawImage(_fitted(small, area.adjusted(4, 4, -4, -4)), small)
        if self.hasFocus():
            paint.focus_ring(painter, area)

    def _show_large(self) -> None:
        if self._photo is not None and not self._is_missing:
            PhotoOverlay(self, QImage.fromData(self._photo.content)).open()


class PhotoOverlay(Overlay):
    """A photo as large as the window allows; Esc, Enter or a click closes it."""

    def __init__(self, host: QWidget, image: QImage) -> None:
        window = host.window()
        close = Button(kind="quiet", icon="close", name=_("关上照片"), key="Esc")
        close.clicked.connect(lambda _checked: self.close_overlay())
        beside = close.sizeHint().width() + 8
        room = QSize(window.width() - 96 - beside, window.height() - 96)
        size = image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        super().__init__(host, width=size.width() + beside + 50)
        self.setAccessibleName(_("照片"))
        large = LargePhoto(image, size)
        large.clicked.connect(self.close_overlay)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(large)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.panel.column.addLayout(row)

    def widened(self) -> int:
        """The photo fills the window already: large mode makes it no wider."""
        return self._width


class LargePhoto(QWidget):
    clicked = Signal()

    def __init__(self, image: QImage, size: QSize) -> None:
        super().__init__()
        self._image = image
        self.setFixedSize(size)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self._image)


@dataclass(eq=False)
class _Chosen:
    """One photo of the field: of a file, its ``content`` comes from the worker."""

    path: str
    content: bytes | None = None
    is_asked: bool = False
    thumb: PhotoThumb | None = None
    photo: Photo | None = None


class PhotoField(QWidget):
    """Photos to be kept: chosen, or dropped here. ``value()`` are JPEG files within the limit, at ``most`` so many; it
    waits for those that are not made yet.
    """

    edited = Signal()

    def __init__(self, jobs: Jobs, banner: Banner, *, name: str, most: int = MOST_PHOTOS) -> None:
        super().__init__()
        self._jobs, self._banner, self._most = jobs, banner, most
        self._photos: list[_Chosen] = []
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
        line.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self._shown)
        self.setFocusProxy(self._add)
        self._show()

    def value(self) -> tuple[bytes, ...]:
        for chosen in [one for one in self._photos if one.content is None]:
            self._take(chosen, photo_from(None, chosen.path))
        return tuple(one.content for one in self._photos if one.content is not None)

    def set_value(self, photos: Sequence[bytes]) -> None:
        self._hold([_Chosen("", content) for content in photos])

    def is_empty(self) -> bool:
        """A form never waits for photos."""
        return False

    def set_refused(self, is_refused: bool) -> None:
        """No border of its own to colour; the sentence below is enough."""

    def add_files(self, paths: Sequence[str]) -> None:
        """Take these in; what cannot be opened, or is too many, is said."""
        room = self._most - len(self._photos)
        if len(paths) > room:
            self._banner.trouble(lambda: _("一次最多放 {most} 张照片。").format(most=self._most))
        self._hold([*self._photos, *map(_Chosen, paths[:room])])

    def _hold(self, photos: list[_Chosen]) -> None:
        self._photos = photos
        self._show()
        for one in photos:
            if not one.is_asked:
                self._ask(one)
        self.edited.emit()

    def _ask(self, one: _Chosen) -> None:
        one.is_asked = True
        taken = partial(self._take, one)
        if one.content is None:
            self._jobs.read(self, photo_from, one.path, done=taken, key=one)
        else:
            self._jobs.read(self, _photo, one.content, done=taken, key=one)

    def _take(self, chosen: _Chosen, photo: Photo | None) -> None:
        """The worker has made it, unless it was waited for or taken away meanwhile."""
        if chosen not in self._photos or chosen.photo is not None:
            return
        if photo is None:
            self._banner.trouble(lambda: _("有一张照片打不开，换一张试试。"))
            self._hold([one for one in self._photos if one is not chosen])
            return
        chosen.content, chosen.photo = photo.content, photo
        if chosen.thumb is not None:
            chosen.thumb.show_photo(photo)

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
        for place, chosen in enumerate(self._photos, start=1):
            chosen.thumb = PhotoThumb(place)
            if chosen.photo is not None:
                chosen.thumb.show_photo(chosen.photo)
            self._flow.addWidget(chosen.thumb)
        self._shown.setVisible(bool(self._photos))
        self._clear.setVisible(bool(self._photos))
        self._note.setVisible(not self._photos)
        self._add.setEnabled(len(self._photos) < self._most)
        self.updateGeometry()


def _photo(_desk: object, content: bytes) -> Photo:
    return photo_of(content)


def _fitted(image: QImage, area: QRectF) -> QRectF:
    """The place of the whole picture in the middle of ``area``."""
    scale = min(area.width() / image.width(), area.height() / image.height())
    width, height = image.width() * scale, image.height() * scale
    return QRectF(area.center().x() - width / 2, area.center().y() - height / 2, width, height)
