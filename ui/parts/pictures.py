"""Pictures, read and made small (图片): work for the worker, for a large one takes a fifth of a second."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter

from app.domain.services import PHOTO_BYTES

LONGEST_SIDE_PX = 1600
_SHOWN_SIDE_PX = 480
"""Enough for a thumbnail and for a gift on the shelf, on any screen."""
_QUALITIES = (85, 70, 55, 40, 25)


@dataclass(frozen=True)
class Photo:
    """A picture as it is kept, and ``small`` to be shown; that is null where it cannot be read."""

    content: bytes
    small: QImage


def photo_of(content: bytes) -> Photo:
    buffer = QBuffer()
    buffer.setData(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return Photo(content, _read(QImageReader(buffer), _SHOWN_SIDE_PX))


def photo_in(desk: object, asked: tuple[Callable[[Any, str], bytes | None], str]) -> Photo | None:
    """The picture that a reading answers to a name, if it does."""
    reading, name = asked
    content = reading(desk, name)
    return photo_of(content) if content is not None else None


def photo_from(_desk: object, path: str) -> Photo | None:
    """The picture in a file, made small enough to be kept; None when it cannot be read."""
    content = small_jpeg(path)
    return photo_of(content) if content is not None else None


def small_jpeg(path: str) -> bytes | None:
    """The picture as a JPEG within the limit, upright as it was taken; None when it cannot be read."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    image = _read(reader, LONGEST_SIDE_PX)
    if image.isNull():
        return None
    return next((made for quality in _QUALITIES if len(made := _jpeg(image, quality)) <= PHOTO_BYTES), None)


def _read(reader: QImageReader, longest_side: int) -> QImage:
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > longest_side:
        longest = QSize(longest_side, longest_side)
        reader.setScaledSize(size.scaled(longest, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _jpeg(image: QImage, quality: int) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(quality)
    writer.write(image.convertToFormat(QImage.Format.Format_RGB32))
    return bytes(content.data())
