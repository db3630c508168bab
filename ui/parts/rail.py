"""The rail (导航): one place per screen, icon over two characters; at 1600 and wider, beside the whole word.

The number is work that waits, never decoration. The current place has a bar, a ground and bold letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.words import _
from ui.parts import paint
from ui.parts.roving import Roving
from ui.theme import WIDE_RAIL_FROM, mixed, theme


@dataclass(frozen=True)
class Place:
    key: str
    title: str
    icon: str
    shortcut: str = ""


class _RailButton(QPushButton):
    def __init__(self, place: Place) -> None:
        super().__init__(place.title)
        self.place, self.key = place, place.shortcut
        self.key_hint = place.shortcut.removeprefix("Ctrl+")
        self.waiting, self.is_wide = 0, False
        self._hovered = False
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setToolTip(f"{place.title}  {place.shortcut}".strip())

    def set_waiting(self, waiting: int) -> None:
        self.waiting = waiting
        title = self.place.title
        told = _("{title}，{count} 件在等").format(title=title, count=waiting) if waiting else title
        self.setAccessibleName(told)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.metrics.rail, theme.metrics.row if self.is_wide else theme.metrics.rail_item)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.metrics.rail, theme.metrics.row - 4)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        area = QRectF(self.rect()).adjusted(4, 2, -4, -2)
        if self.isChecked():
            paint.fill(painter, area, theme.colour("surface"))
            bar = QRectF(area.left(), area.top() + 10, 4, area.height() - 20)
            paint.fill(painter, bar, theme.colour("accent"), 2)
        elif self._hovered:
            paint.fill(painter, area, mixed(theme.colour("rail"), theme.colour("ink"), 0.06))
        if self.is_wide:
            self._paint_wide(painter, area)
        else:
            self._paint_narrow(painter, area)
        if self.hasFocus():
            paint.focus_ring(painter, area)

    def _paint_narrow(self, painter: QPainter, area: QRectF) -> None:
        colour = theme.colour("ink" if self.isChecked() else "secondary")
        words = theme.line_box("secondary")
        size = min(
            theme.metrics.rail_icon, round(area.height()) - words
        )  # smaller in a low window, never beneath words
        gap = 2 if area.height() >= size + words + 8 else 0
        top = area.top() + (area.height() - size - words - gap) / 2
        icon = QRectF(area.left(), top, area.width(), size)
        paint.icon(painter, self.place.icon, icon, size, colour)
        label = QRectF(area.left(), icon.bottom() + gap, area.width(), words)
        paint.line(
            painter, label, self.place.title, "secondary", colour, bold=self.isChecked(), align="centre"
        )
        if self.waiting:
            self._paint_number(painter, icon, area)

    def _paint_wide(self, painter: QPainter, area: QRectF) -> None:
        colour = theme.colour("ink" if self.isChecked() else "secondary")
        size = theme.metrics.rail_icon - 2
        icon = QRectF(area.left() + 14, area.top(), size, area.height())
        paint.icon(painter, self.place.icon, icon, size, colour)
        label = area.adjusted(icon.right() + 12 - area.left(), 0, -12, 0)
        if self.waiting:
            taken = paint.line(
                painter, label, str(self.waiting), "secondary", "ink", bold=True, align="right"
            )
            label.setRight(label.right() - taken - 8)
        paint.line(painter, label, self.place.title, "body", colour, bold=self.isChecked())

    def _paint_number(self, painter: QPainter, icon: QRectF, area: QRectF) -> None:
        """At the upper right of the icon; in a low window as high as it, clear of the word below."""
        text = str(self.waiting) if self.waiting < 1000 else "999+"
        height = theme.line_box("secondary") - 2
        width = max(height, paint.text_width(text, "secondary", bold=True) + 8)
        beside = icon.center().x() + min(icon.height(), theme.metrics.rail_icon) / 2 - 2
        top = min(area.top() + 2, icon.center().y() - height / 2)
        pill = QRectF(min(beside, area.right() - width), top, width, height)
        ground = theme.colour("surface" if self.isChecked() else "rail")
        paint.fill(painter, pill, ground, height / 2)
        paint.line(painter, pill, text, "secondary", "ink", bold=True, align="centre")


class Rail(QWidget):
    """``chosen`` carries the key of a place."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._buttons: list[_RailButton] = []
        self._roving = Roving(self, columns=1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 6)
        self._column.setSpacing(0)
        self._column.addStretch()
        theme.changed.connect(self._dress)

    def set_places(self, places: Sequence[Place]) -> None:
        for button in self._buttons:
            self._column.removeWidget(button)
            button.hide()  # it goes only when the program comes to rest
            button.deleteLater()
        self._buttons = [_RailButton(place) for place in places]
        for at, button in enumerate(self._buttons):
            self._column.insertWidget(at, button)
            button.clicked.connect(self._on_clicked)
        self._roving.take(self._buttons)
        self.setAccessibleName(_("页面"))
        self._dress()

    def set_current(self, key: str) -> None:
        for button in self._buttons:
            button.setChecked(button.place.key == key)
            if button.isChecked():
                self._roving.stop_at(button)

    def set_waiting(self, key: str, waiting: int) -> None:
        for button in self._buttons:
            if button.place.key == key:
                button.set_waiting(waiting)

    def waiting(self) -> dict[str, int]:
        return {button.place.key: button.waiting for button in self._buttons}

    def fit(self, window_width: int) -> None:
        """Words beside the icons where there is room."""
        is_wide = window_width >= WIDE_RAIL_FROM
        self.setFixedWidth(theme.metrics.rail_wide if is_wide else self._narrow())
        for button in self._buttons:
            button.is_wide = is_wide
            button.updateGeometry()
            button.update()

    def _narrow(self) -> int:
        """As wide as the longest title below its icon."""
        titles = [paint.text_width(at.place.title, "secondary", bold=True) for at in self._buttons]
        return max(theme.metrics.rail, round(max(titles, default=0)) + 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("rail"))
        thin = paint.hairline(self)
        painter.fillRect(QRectF(self.width() - thin, 0, thin, self.height()), theme.colour("hairline"))

    def _on_clicked(self, _checked: bool) -> None:
        clicked = self.sender()
        if isinstance(clicked, _RailButton):
            clicked.setChecked(True)
            self.chosen.emit(clicked.place.key)

    def _dress(self) -> None:
        for button in self._buttons:
            button.setFont(theme.font("secondary"))
        self.fit(self.window().width())
        self.update()
