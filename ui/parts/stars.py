"""Stars (评分): 1-5 by key, arrows or mouse; unrated stays unrated until somebody chooses, and 0 takes it back."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.words import _
from ui.parts import keys, paint
from ui.theme import theme


class Stars(QWidget):
    """``value()`` is 1 to 5, or None while unrated."""

    edited = Signal()

    def __init__(self, *, name: str = "", has_words: bool = True) -> None:
        """Without words only the stars are shown, for narrow places."""
        super().__init__()
        self._stars: int | None = None
        self._has_words = has_words
        self._name = name or _("评分")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._tell()
        self._dress()
        theme.changed.connect(self._dress)

    def value(self) -> int | None:
        return self._stars

    def set_value(self, stars: int | None) -> None:
        assert stars is None or 1 <= stars <= 5
        self._stars = stars
        self._tell()
        self.update()

    def is_empty(self) -> bool:
        return self._stars is None

    def set_refused(self, is_refused: bool) -> None:
        """Stars have no border to colour; the sentence below them is enough."""

    def sizeHint(self) -> QSize:
        words = round(paint.text_width(_("还没评"), "body")) + 28 if self._has_words else 0
        return QSize(5 * theme.metrics.row + words, theme.metrics.row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = keys.digit(event)
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if pressed is not None and pressed <= 5:
            self._rate(pressed or None)
        elif event.key() in steps:
            self._rate(min(5, max(1, (self._stars or 0) + steps[Qt.Key(event.key())])))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().x() // theme.metrics.row)
        if place < 5:
            self._rate(place + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        row = theme.metrics.row
        for place in range(5):
            is_on = place < (self._stars or 0)
            area = QRectF(place * row, 0, row, self.height())
            size = row - 16
            paint.icon(
                painter, "star-full" if is_on else "star", area, size, "under_way" if is_on else "border"
            )
        if self._has_words:
            self._paint_words(painter)
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(0, 0, 5 * row, self.height()))

    def _paint_words(self, painter: QPainter) -> None:
        row = theme.metrics.row
        words = QRectF(5 * row + 12, 0, self.width() - 5 * row - 12, self.height())
        paint.line(painter, words, self._words(), "body", "ink" if self._stars else "secondary")

    def _words(self) -> str:
        return _("{stars} 星").format(stars=self._stars) if self._stars else _("还没评")

    def _rate(self, stars: int | None) -> None:
        self.set_value(stars)
        self.edited.emit()

    def _tell(self) -> None:
        self.setAccessibleName(f"{self._name} {self._words()}")

    def _dress(self) -> None:
        self.setFixedHeight(theme.metrics.row)
        self.setMinimumWidth(self.sizeHint().width())
        self.update()
