"""One column of the board (一列): its head with counts and its cards, or a strip with its name standing upright."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.actions.board import Card as OrderCard
from app.actions.board import Column
from app.words import _
from ui.parts import keys, paint
from ui.screens.board.cards import OrderList
from ui.screens.board.wording import NOTHING_HERE, column_name
from ui.theme import mixed, theme

HEAD_HEIGHT = 36
BAR_WIDTH = 8
# As narrow as the gap it hangs in, and quiet: a column beside it begins with its own red bars.
_SLIM_BAR = (
    "QScrollBar:vertical { width: 8px; }"
    "QScrollBar::handle:vertical { margin: 2px; border-radius: 2px; background: palette(midlight); }"
    "QScrollBar::handle:vertical:hover { background: palette(mid); }"
)


class _Head(QAbstractButton):
    """待派 5 ▲1. One that can be closed to a strip is pressed for it and shows a small arrow. ``count`` is None until
    it has been told.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setAccessibleName(name)
        self.count: int | None = None
        self.overdue, self.can_close = 0, False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def tell(self, count: int, overdue: int) -> None:
        self.count, self.overdue = count, overdue
        late = _("，{count} 单超时").format(count=overdue) if overdue else ""
        self.setAccessibleName(_("{name} {count} 单").format(name=self._name, count=count) + late)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, HEAD_HEIGHT if not theme.large else 52)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        area = QRectF(2, 0, self.width() - 4, self.height())
        left = area.left() + paint.line(painter, area, self._name, "body", bold=True) + 8
        rest = QRectF(left, 0, area.right() - left, self.height())
        if self.count is not None:
            left += paint.line(painter, rest, str(self.count), "body", "secondary") + 8
        if self.overdue:
            size = theme.metrics.icon - 4
            paint.icon(painter, "trouble", QRectF(left, 0, size, self.height()), size, "trouble")
            words = QRectF(left + size + 3, 0, 60, self.height())
            paint.line(painter, words, str(self.overdue), "body", "trouble", bold=True)
        if self.can_close:
            size = theme.metrics.icon - 4
            spot = QRectF(self.width() - size - 4, 0, size, self.height())
            paint.icon(painter, "right", spot, size, "secondary")


class Strip(QAbstractButton):
    """A column folded to its name and, once it is told, its count. Enter or a click opens it. ``walked`` as in
    ``OrderList``.
    """

    walked = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setAccessibleName(name)
        self._count: int | None = None
        self._overdue = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def tell(self, count: int, overdue: int) -> None:
        self._count, self._overdue = count, overdue
        said = _("{name} {count} 单，按 Enter 打开").format(name=self._name, count=count)
        self.setAccessibleName(said)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if keys.is_enter(event):
            self.click()
        elif event.key() in steps and keys.modifiers(event) == Qt.KeyboardModifier.NoModifier:
            self.walked.emit(steps[Qt.Key(event.key())])
        else:
            event.ignore()

    def enterEvent(self, event: object) -> None:
        self.update()

    def leaveEvent(self, event: object) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        area = QRectF(self.rect())
        ground = theme.colour("rail")
        paint.fill(painter, area, mixed(ground, theme.colour("ink"), 0.05) if self.underMouse() else ground)
        if theme.large:
            paint.frame(painter, area, theme.metrics.border, theme.colour("border"))
        line = theme.line_box("body")
        top = 8.0
        top += self._paint_name(painter, top, line) + 6
        if self._count is not None:
            ink = theme.colour("ink" if self._count else "placeholder")
            box = QRectF(0, top, self.width(), line)
            paint.line(painter, box, str(self._count), "body", ink, bold=bool(self._count), align="centre")
        if self._overdue:
            size = theme.metrics.icon - 4
            paint.icon(painter, "trouble", QRectF(0, top + line, self.width(), line), size, "trouble")
            box = QRectF(0, top + 2 * line, self.width(), line)
            paint.line(painter, box, str(self._overdue), "body", "trouble", bold=True, align="centre")
        if self.hasFocus():
            paint.focus_ring(painter, area)

    def _paint_name(self, painter: QPainter, top: float, line: float) -> float:
        """From top to bottom: Chinese character by character, letters as a word that is turned; how high it is."""
        if not self._name.isascii():
            for at, letter in enumerate(self._name):
                box = QRectF(0, top + at * line, self.width(), line)
                paint.line(painter, box, letter, "body", "secondary", align="centre")
            return len(self._name) * line
        height = paint.text_width(self._name, "body") + 2
        painter.save()
        painter.translate(self.width(), top)
        painter.rotate(90)
        paint.line(painter, QRectF(0, 0, height, self.width()), self._name, "body", "secondary")
        painter.restore()
        return height


class BoardColumn(QWidget):
    """A head over cards; ``fold`` makes it a strip. ``opened_strip`` and ``closed`` say what is wanted of it."""

    opened_strip = Signal()
    closed = Signal()

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column
        name = column_name(column)
        self.head = _Head(name)
        self.list = OrderList(name=name, nothing=_(NOTHING_HERE[column]))
        self.strip = Strip(name)
        for part in (self.head, self.list, self.strip):
            part.setParent(self)
        self.is_folded = False
        self.count = 0
        self._orders: Sequence[OrderCard] | None = None
        self.list.verticalScrollBar().setStyleSheet(_SLIM_BAR)
        self.list.verticalScrollBar().rangeChanged.connect(self._on_range)
        self.strip.clicked.connect(lambda _checked: self.opened_strip.emit())
        self.head.clicked.connect(lambda _checked: self.closed.emit() if self.head.can_close else None)
        self.fold(False)

    def lay_orders(self, orders: Sequence[OrderCard], count: int, now: datetime) -> None:
        if orders == self._orders and count == self.count:
            return  # what the time changes is said anew every minute
        self._orders, self.count = orders, count
        self.list.orders.worded.now = now
        self.list.lay(orders, is_nothing=count == 0)
        self._tell(now)

    def turn(self, now: datetime) -> None:
        """Another minute."""
        self.list.orders.turn(now)
        self._tell(now)

    def fold(self, is_folded: bool) -> None:
        self.is_folded = is_folded
        self.strip.setVisible(is_folded)
        self.head.setVisible(not is_folded)
        self.list.setVisible(not is_folded)

    def resizeEvent(self, event: object) -> None:
        """The scroll bar hangs in the gap beside the column, so that cards are equally wide in all of them."""
        width, height = self.width() - BAR_WIDTH, self.head.sizeHint().height()
        self.strip.setGeometry(0, 0, width, self.height())
        self.head.setGeometry(0, 0, width, height)
        has_bar = self.list.verticalScrollBar().maximum() > 0
        self.list.setGeometry(
            0, height, width + (BAR_WIDTH if has_bar else 0), max(0, self.height() - height)
        )

    def _on_range(self, _least: int, _most: int) -> None:
        self.resizeEvent(None)

    def take_focus(self) -> None:
        target = self.strip if self.is_folded else self.list
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, now: datetime) -> None:
        overdue = sum(order.overdue(now) for order in self._orders or ())
        self.head.tell(self.count, overdue)
        self.strip.tell(self.count, overdue)
