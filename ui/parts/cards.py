"""Cards in a column (卡片): 84 high, three lines, a state as a ring with its time, an overdue one with a bar.

The board subclasses ``CardList`` for its own keys and for dragging; what a card says is made there, too. What is cut
in a narrow one is read whole where the mouse rests on it; that is no more than a screen reader says.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from app.words import _
from ui.parts import keys, paint, sight
from ui.parts.rows import State
from ui.theme import mixed, theme

Index = QModelIndex | QPersistentModelIndex
CARD = Qt.ItemDataRole.UserRole
GAP = 8


@dataclass(frozen=True)
class Card:
    """``key`` is the object; ``head`` (bold) and ``time`` on line 1, ``what`` on 2, ``who`` on 3.

    ``badge`` is an outlined word (急). ``brief`` is said instead of ``time`` in a column where line 1 of some card is
    too short for both, as the sign beside it says whether it is late. ``spoken`` is the whole card as one sentence.
    """

    key: str
    head: str
    what: str
    who: str
    time: str
    state: State
    badge: str = ""
    is_overdue: bool = False
    brief: str = ""
    spoken: str = ""


class CardModel(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.cards: Sequence[Card] = ()

    def set_cards(self, cards: Sequence[Card]) -> None:
        self.beginResetModel()
        self.cards = cards
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        card = self.cards[index.row()]
        if role == CARD:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return card.spoken or _("，").join((card.head, card.what, card.who, card.time))
        return None


_LEFT, _RIGHT = 10, 8
_LEAST_HEAD = 0.4
"""So much of the first line is the head's, whatever the time takes."""
_ASKED_CARDS = 40
"""So many say for their column whether there is room for the long words; nobody compares more."""


class CardDelegate(QStyledItemDelegate):
    """Paints one card. ``tint`` (0 to 1 by key) is the fading trace of a card that was just moved; ``is_brief`` has
    every card say its time in few words.
    """

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.tint: dict[str, float] = {}
        self.is_brief = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, theme.metrics.card + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: Card = index.data(CARD)
        shown: Any = option
        painter.save()
        paint.begin(painter)
        area = QRectF(shown.rect).adjusted(0, 0, 0, -GAP)
        self._paint_ground(painter, area, card, shown.state)
        self._paint_lines(painter, area.adjusted(_LEFT, 0, -_RIGHT, 0), card)
        painter.restore()

    def _paint_ground(self, painter: QPainter, area: QRectF, card: Card, state: Any) -> None:
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        ground = theme.colour("selection" if is_current else "surface")
        tint = self.tint.get(card.key, 0.0)
        if tint:
            ground = mixed(ground, theme.colour("selection"), tint)
        paint.fill(painter, area, ground)
        width = max(paint.hairline(painter.device()), theme.metrics.border if theme.is_strong else 0)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        paint.frame(painter, area, width, theme.colour("border" if hovered or theme.large else "hairline"))
        if card.is_overdue:
            paint.fill(painter, QRectF(area.left(), area.top(), 4, area.height()), theme.colour("trouble"), 2)
        if is_current and state & QStyle.StateFlag.State_HasFocus:
            paint.focus_ring(painter, area)

    def _paint_lines(self, painter: QPainter, area: QRectF, card: Card) -> None:
        small, body = theme.line_box("secondary"), theme.line_box("body")
        top = area.top() + (area.height() - 2 * small - body - 4) / 2
        first = QRectF(area.left(), top, area.width(), small)
        badge = _badge_width(card)
        taken = _head_width(card)
        time = card.time
        if self.is_brief or not _has_room(card, first.width()):
            time = card.brief or time
        second = QRectF(area.left(), top + small + 2, area.width(), body)
        third = QRectF(area.left(), second.bottom() + 2, area.width(), small)
        # Where the time would leave no room for a long word, it stands below, behind who it is.
        room = first.width() - _time_width(time, card)
        is_below = room - 6 < min(taken, _LEAST_HEAD * first.width())
        before = 0.0 if is_below else max(0.0, min(taken + 6, room))
        right = self._paint_time(painter, third if is_below else first.adjusted(before, 0, 0, 0), time, card)
        head_ends = first.right() if is_below else right
        head = QRectF(first.left(), top, head_ends - first.left() - (badge + 4 if badge else 0), small)
        left = first.left() + paint.line(painter, head, card.head, "secondary", bold=True)
        if badge:
            _paint_badge(painter, QRectF(left + 4, first.top() + 0.5, badge, small - 1), card.badge)
        paint.line(painter, second, card.what)
        if is_below:
            third.setRight(right)
        if third.width() > 2 * small:  # less says nothing
            paint.line(painter, third, card.who, "secondary", "secondary")

    def _paint_time(self, painter: QPainter, room: QRectF, time: str, card: Card) -> float:
        """Ring and time at the right of the first line, whole even where the head must give way; where they begin."""
        colour = "trouble" if card.is_overdue else card.state.colour
        size = theme.metrics.icon - 7
        wanted = paint.text_width(time, "secondary", card.is_overdue) + 1
        width = max(0.0, min(wanted, room.width() - size - 4))
        words = QRectF(room.right() - width, room.top(), width, room.height())
        shade = theme.colour(colour)
        paint.line(painter, words, time, "secondary", shade, bold=card.is_overdue, align="right")
        centre = QPointF(words.left() - 4 - size / 2, room.center().y())
        paint.state(painter, "triangle" if card.is_overdue else card.state.shape, centre, size, colour)
        return centre.x() - size / 2 - 4


def _badge_width(card: Card) -> float:
    return paint.text_width(card.badge, "secondary", bold=True) + 6 if card.badge else 0.0


def _head_width(card: Card) -> float:
    """What head and badge need."""
    badge = _badge_width(card)
    return paint.text_width(card.head, "secondary", bold=True) + (badge + 4 if badge else 0)


def _has_room(card: Card, width: float) -> bool:
    """Whether head and time stand beside each other in so much."""
    return _head_width(card) + 6 + _time_width(card.time, card) <= width


def _is_cut(card: Card, width: float) -> bool:
    """Whether lines so wide say less than all."""
    lines = max(paint.text_width(card.what, "body"), paint.text_width(card.who, "secondary"))
    return lines > width or not _has_room(card, width)


def _time_width(time: str, card: Card) -> float:
    """What the ring and the time need."""
    return paint.text_width(time, "secondary", card.is_overdue) + theme.metrics.icon - 7 + 10


def _paint_badge(painter: QPainter, box: QRectF, badge: str) -> None:
    paint.frame(painter, box, max(1.0, paint.hairline(painter.device())), theme.colour("trouble"), 4)
    paint.line(painter, box, badge, "secondary", "trouble", bold=True, align="centre")


class CardList(QListView):
    """One column. ``opened`` carries the key of a card (Enter or double click), ``pointed`` that of the current one."""

    opened = Signal(str)
    pointed = Signal(str)

    def __init__(self, cards: CardModel | None = None, *, name: str = "") -> None:
        super().__init__()
        self._is_measured = False
        self.cards = cards or CardModel()
        # Between list and cards, as it counts the rows itself: a list that lays itself out asks for the count twice a
        # row, and each time the interpreter may be the worker's.
        self._rows = QSortFilterProxyModel(self)
        self._rows.setSourceModel(self.cards)
        self.setModel(self._rows)
        self.delegate = CardDelegate(self)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keys.without_input_method(self)
        self.selectionModel().currentChanged.connect(self._on_current)
        self._was_seen = False
        theme.changing.connect(self._note_sight)
        theme.changed.connect(self._dress)
        rows = self._rows
        for changed in (
            rows.dataChanged,
            rows.rowsInserted,
            rows.rowsRemoved,
            rows.layoutChanged,
            rows.modelReset,
        ):
            changed.connect(self._measure_anew)

    def at(self, place: int) -> QModelIndex:
        """The card in this row, as the list knows it."""
        return self._rows.index(place, 0)

    def set_cards(self, cards: Sequence[Card]) -> None:
        """Show ``cards``; the current one stays current if it is still there, and nothing scrolls."""
        kept, top = self.current(), self.verticalScrollBar().value()
        self.cards.set_cards(cards)
        if kept is not None:
            self.point(kept)
        self.verticalScrollBar().setValue(top)

    def current(self) -> str | None:
        index = self.currentIndex()
        return self.cards.cards[index.row()].key if index.isValid() else None

    def point(self, key: str) -> bool:
        for place, card in enumerate(self.cards.cards):
            if card.key == key:
                self.setCurrentIndex(self.at(place))
                return True
        return False

    def keyboardSearch(self, search: str) -> None:
        """Letters belong to the board's keys."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.current()
        if keys.is_enter(event) and current is not None:
            self.opened.emit(current)
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right) or event.text().isalnum():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        current = self.current()
        if self.indexAt(event.position().toPoint()).isValid() and current is not None:
            self.opened.emit(current)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_measured:
            self._measure()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure_anew()
        was_seen = sight.is_seen(self, event.oldSize())
        super().resizeEvent(event)
        sight.keep(self, was_seen)

    def _measure(self) -> None:
        """Times of one column are said in one way."""
        self._is_measured = True
        width = self.viewport().width() - _LEFT - _RIGHT
        asked = self.cards.cards[:_ASKED_CARDS]
        is_brief = any(card.brief and not _has_room(card, width) for card in asked)
        if is_brief != self.delegate.is_brief:
            self.delegate.is_brief = is_brief
            self.viewport().update()  # what is painted now may be one card

    def _measure_anew(self, *_what: object) -> None:
        self._is_measured = False

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(event.pos()), self)
            return True
        return super().viewportEvent(event)

    def words_at(self, spot: QPoint) -> str:
        """All that the card there says, if some of it is cut; lines that are long are broken."""
        index = self.indexAt(spot)
        if not index.isValid():
            return ""
        card = self.cards.cards[index.row()]
        is_brief = self.delegate.is_brief and bool(card.brief)
        if not is_brief and not _is_cut(card, self.visualRect(index).width() - _LEFT - _RIGHT):
            return ""
        lines = (" · ".join(filter(None, (card.head, card.badge))), card.what, card.who, card.time)
        return "<br>".join(html.escape(line) for line in lines if line)

    def _on_current(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.pointed.emit(self.cards.cards[now.row()].key)

    def _note_sight(self) -> None:
        self._was_seen = sight.is_seen(self)

    def _dress(self) -> None:
        self._measure_anew()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
        sight.keep(self, self._was_seen)
