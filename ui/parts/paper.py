"""A paper that is drawn while what it says changes (活纸样): the pages of the PDF that a reading answers.

What stood there stays until the new paper is drawn; only the newest that was asked for is. The first page comes at
once, the others follow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.problems import Refusal
from app.printing.preview import Picture, picture
from app.sentences import sentence
from ui.jobs import Jobs
from ui.parts.empty import Empty
from ui.parts.preview import Preview

_QUIET_MS = 40
"""Held keys and quick typing ask for one paper, not for many."""
_FIT_AGAIN_MS = 120


@dataclass(frozen=True)
class _Asked:
    reading: Callable[[Any, Any], bytes]
    query: Any
    width_px: int


@dataclass(frozen=True)
class _Pages:
    pdf: bytes
    width_px: int
    first: int
    count: int


@dataclass(frozen=True)
class _Begun:
    pdf: bytes
    page: Picture


def _begin(desk: object, asked: _Asked) -> _Begun:
    pdf = asked.reading(desk, asked.query)
    return _Begun(pdf, picture(pdf, 0, asked.width_px))


def _draw(_desk: object, pages: _Pages) -> tuple[Picture, ...]:
    return tuple(picture(pages.pdf, page, pages.width_px) for page in range(pages.first, pages.count))


class Paper(QWidget):
    """``show_paper(reading, query)`` or ``show_words(sentence)``. ``drawn`` comes when the whole paper stands there."""

    drawn = Signal()

    def __init__(self, jobs: Jobs, words: str, *, name: str = "") -> None:
        super().__init__()
        self._jobs = jobs
        self._asked: _Asked | None = None
        self._pdf = b""
        self._words = Empty(words)
        self.preview = Preview(name=name)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        # The empty preview stays below the words, so that it knows how wide the first page will be.
        for widget in (self.preview, self._words):
            grid.addWidget(widget, 0, 0)
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._quiet.timeout.connect(self._ask)
        self._fit = QTimer(self, singleShot=True, interval=_FIT_AGAIN_MS)
        self._fit.timeout.connect(self._draw_again)
        self.preview.fitted.connect(self._fit.start)
        self._show_words(True)

    def show_paper(self, reading: Callable[[Any, Any], bytes], query: Any) -> None:
        """``reading(desk, query)`` answers the PDF; a refusal is said in place of the paper."""
        self._asked = _Asked(reading, query, 0)
        self._quiet.start()

    def show_words(self, words: str) -> None:
        """No paper, and why."""
        self._asked = None
        self._quiet.stop()
        self._pdf = b""
        self.preview.set_images(())
        self._words.set_sentence(words)
        self._show_words(True)

    def pdf(self) -> bytes:
        """The paper that stands here; empty while there is none."""
        return self._pdf

    def _ask(self) -> None:
        asked = self._asked
        if asked is None:
            return
        query = _Asked(asked.reading, asked.query, self.preview.page_px())

        def done(begun: _Begun) -> None:
            if self._asked is asked:
                self._take(begun, query.width_px)

        def refused(problem: Refusal) -> None:
            if self._asked is asked:
                self.show_words(sentence(problem))

        self._jobs.read(self, _begin, query, done=done, refused=refused, key="paper")

    def _take(self, begun: _Begun, width_px: int) -> None:
        self._pdf = begun.pdf
        rest = self.preview.images()[1 : begun.page.pages]
        self.preview.set_images([_image(begun.page), *rest])
        self._show_words(False)
        if begun.page.pages == 1:
            self.drawn.emit()
        else:
            self._read(_Pages(begun.pdf, width_px, 1, begun.page.pages), [_image(begun.page)])

    def _read(self, pages: _Pages, before: Sequence[QImage]) -> None:
        def done(drawn: tuple[Picture, ...]) -> None:
            if pages.pdf is self._pdf:
                self.preview.set_images([*before, *map(_image, drawn)])
                self.drawn.emit()

        self._jobs.read(self, _draw, pages, done=done, key="pages")

    def _draw_again(self) -> None:
        """The pages are shown in another size."""
        if self._pdf:
            count = len(self.preview.images())
            self._read(_Pages(self._pdf, self.preview.page_px(), 0, count), ())

    def _show_words(self, is_shown: bool) -> None:
        self._words.setVisible(is_shown)
        policy = Qt.FocusPolicy.NoFocus if is_shown else Qt.FocusPolicy.StrongFocus
        self.preview.setFocusPolicy(policy)


def _image(page: Picture) -> QImage:
    return QImage(page.rgba, page.width, page.height, page.width * 4, QImage.Format.Format_RGBA8888).copy()
