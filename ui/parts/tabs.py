"""Tabs (标签): one per page of a screen or per draft; the current one is underlined, a key calls ``next``."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.words import _
from ui.parts import paint
from ui.parts.buttons import Button
from ui.parts.roving import Roving
from ui.theme import theme


class _Tab(QPushButton):
    def __init__(self, tab: str, text: str) -> None:
        super().__init__(text)
        self.tab = tab
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = paint.text_width(self.text(), "body", bold=True) + 28
        return QSize(min(220, round(width)), theme.metrics.row)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, theme.metrics.row)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        area = QRectF(self.rect())
        is_current = self.isChecked()
        colour = theme.colour("ink" if is_current else "secondary")
        words = area.adjusted(12, 0, -12, 0)
        paint.line(painter, words, self.text(), "body", colour, bold=is_current, align="centre")
        if is_current:
            painter.fillRect(QRectF(12, area.bottom() - 3, area.width() - 24, 3), theme.colour("ink"))
        if self.hasFocus():
            paint.focus_ring(painter, area)


class Tabs(QWidget):
    """``chosen`` carries the key of a tab."""

    chosen = Signal(str)

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._tabs: list[_Tab] = []
        self._roving = Roving(self, moved=lambda button: button.click())
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addStretch()
        theme.changed.connect(self.updateGeometry)

    def set_tabs(self, tabs: Sequence[tuple[str, str]], current: str) -> None:
        """``tabs`` are (key, text) in order."""
        has_focus = any(tab.hasFocus() for tab in self._tabs)
        for tab in self._tabs:
            self._row.removeWidget(tab)
            tab.hide()
            tab.deleteLater()
        self._tabs = [_Tab(key, text) for key, text in tabs]
        for place, tab in enumerate(self._tabs):
            self._row.insertWidget(place, tab)
            tab.clicked.connect(self._on_clicked)
        self._roving.take(self._tabs)
        self.set_current(current)
        now = next((tab for tab in self._tabs if tab.isChecked()), None)
        if has_focus and now is not None:
            now.setFocus(Qt.FocusReason.OtherFocusReason)

    def current(self) -> str | None:
        return next((tab.tab for tab in self._tabs if tab.isChecked()), None)

    def set_current(self, key: str) -> None:
        """Mark this one; ``chosen`` is not told."""
        for tab in self._tabs:
            tab.setChecked(tab.tab == key)
        self._roving.stop_at(next((tab for tab in self._tabs if tab.isChecked()), None))

    def next(self) -> None:
        keys = [tab.tab for tab in self._tabs]
        current = self.current()
        if len(keys) > 1 and current is not None:
            self._tabs[(keys.index(current) + 1) % len(keys)].click()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.line_below(painter, QRectF(self.rect()), theme.colour("hairline"))

    def _on_clicked(self, _checked: bool) -> None:
        clicked = self.sender()
        if not isinstance(clicked, _Tab):
            return
        self.set_current(clicked.tab)
        self.chosen.emit(clicked.tab)


class DraftTabs(Tabs):
    """One tab for each draft; ``new_asked`` comes from the plus at the end."""

    new_asked = Signal()

    def __init__(self, *, new: str = "") -> None:
        super().__init__(name=_("草稿"))
        plus = Button(kind="quiet", icon="plus", name=new or _("再记一单"))
        plus.clicked.connect(lambda _checked: self.new_asked.emit())
        self._row.insertWidget(0, plus)
