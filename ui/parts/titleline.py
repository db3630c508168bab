"""The title line (标题行): where one is, the search box, who is signed in, and the lock."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.words import _
from ui.parts import paint
from ui.parts.buttons import Button
from ui.parts.fields import TextField
from ui.parts.text import Text
from ui.theme import theme

UNDO_IN_WORDS_FROM = 1100
UNDO_WIDTH = 280


class ClerkButton(Button):
    """The clerk's name; a press opens the menu."""

    def __init__(self, menu: QMenu) -> None:
        super().__init__("", kind="quiet", icon="down", icon_last=True)
        self._menu = menu
        self.clicked.connect(lambda _checked: self._open())

    def _open(self) -> None:
        right = self.mapToGlobal(self.rect().bottomRight())
        self._menu.popup(QPoint(right.x() - self._menu.sizeHint().width(), right.y() + 2))


class UndoButton(Button):
    """What Ctrl+Z would undo, in words; only the arrow where there is no room. Its place stays when it is empty."""

    def __init__(self) -> None:
        super().__init__(kind="quiet", icon="undo", key="Ctrl+Z")
        self._offered, self._has_room = "", False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        kept = self.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.setSizePolicy(kept)
        self.hide()

    def offer(self, text: str) -> None:
        """Show ``text``; nothing is offered without one."""
        self._offered = text
        self.setAccessibleName(text)
        self.setToolTip(f"{text}  {self.key}")
        self.setVisible(bool(text))
        self._write()

    def has_room(self, room: bool) -> None:
        """Whether there is room for words."""
        self._has_room = room
        self._write()

    def _write(self) -> None:
        self.setText(self._offered if self._has_room else "")


class TitleLine(QWidget):
    def __init__(self, find_box: TextField, menu: QMenu) -> None:
        super().__init__()
        self._titles: Sequence[str] = ()
        self.title = Text("", "title", bold=True)
        self.clerk = ClerkButton(menu)
        self.undo = UndoButton()
        self.lock = Button(kind="quiet", icon="lock", key="Ctrl+L")
        for button in (self.clerk, self.undo, self.lock):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus where the work is
        self._find_box = find_box
        self._row = QHBoxLayout(self)
        self._row.setSpacing(8)
        self._row.addWidget(self.title)
        self._row.addStretch(1)
        self._row.addWidget(find_box, 6)
        self._row.addStretch(1)
        self._row.addWidget(self.undo)
        self._row.addWidget(self.clerk)
        self._row.addWidget(self.lock)
        self._dress()
        theme.changed.connect(self._dress)

    def set_titles(self, titles: Sequence[str]) -> None:
        """All that will stand here: the search box stays where it is from screen to screen."""
        self._titles = titles
        for button, name in ((self.clerk, _("我的菜单")), (self.lock, _("锁上"))):
            button.setAccessibleName(name)
            button.setToolTip(f"{name}  {button.key}".strip())
        self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.line_below(QPainter(self), QRectF(self.rect()), theme.colour("hairline"))

    def _dress(self) -> None:
        m = theme.metrics
        self.setFixedHeight(m.title_line)
        self._row.setContentsMargins(16 + m.gap, 0, 8, 0)
        inner = m.title_line - 10
        for widget in (self._find_box, self.undo, self.clerk, self.lock):
            widget.setFixedHeight(inner)
        has_room = self.width() >= UNDO_IN_WORDS_FROM and not theme.large
        self.undo.has_room(has_room)
        self.undo.setFixedWidth(UNDO_WIDTH if has_room else inner)
        self.lock.setFixedWidth(inner)
        self._find_box.setMaximumWidth(460 if not theme.large else 560)
        widths = [paint.text_width(title, "title", bold=True) for title in self._titles]
        if widths:
            self.title.setFixedWidth(round(max(widths)))
