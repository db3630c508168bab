"""What stands beside the questions (点单的窗格): a likely duplicate, the number just given, who it is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.actions.people_cards import (
    OrderOf,
    PersonStory,
)
from app.domain.numbers import aloud
from app.domain.orders import ENDED, State
from app.domain.phones import grouped
from app.sentences import orders as words
from app.sentences.categories import category_name
from app.words import _
from ui.parts import keys, paint
from ui.parts.eye import MaskedValue
from ui.parts.people import group_words
from ui.parts.rows import Row, RowList
from ui.parts.rows import State as Shape
from ui.parts.text import Paragraph, Text
from ui.screens.intake.same import SameCard
from ui.theme import theme

LAST_ORDERS = 4
_SIDE = 16

_SHAPES: dict[State, Shape] = {
    State.SUBMITTED: Shape("hollow", "waiting"),
    State.WAITING: Shape("hollow", "waiting"),
    State.DISPATCHED: Shape("hollow", "waiting"),
    State.ACCEPTED: Shape("hollow", "under_way"),
    State.IN_SERVICE: Shape("half", "under_way"),
    State.DONE: Shape("tick", "done"),
    State.RATED: Shape("tick", "done"),
    State.ESCALATED: Shape("half", "waiting"),
    State.REFERRED: Shape("half", "waiting"),
    State.REJECTED: Shape("dash", "closed"),
    State.CANCELLED: Shape("dash", "closed"),
    State.CLOSED: Shape("tick", "closed"),
}


class NumberCard(QAbstractButton):
    """The number at 40 px and how to say it. A click copies it."""

    def __init__(self) -> None:
        super().__init__()
        self._number = self._told = ""
        self._is_copied = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor where it is
        self.clicked.connect(self._copy)
        theme.changed.connect(self.updateGeometry)
        self.hide()

    def say(self, told: str, short: str) -> None:
        """``told`` says in a few words what the number is of."""
        self._number, self._told, self._is_copied = short, told, False
        said = _("念作 {said}").format(said=aloud(short))
        self.setAccessibleName(
            _("{told}，编号 {number}，{said}。按下复制编号").format(told=told, number=short, said=said)
        )
        self.setToolTip(_("点一下复制编号"))
        self.updateGeometry()
        self.show()
        self.update()

    def number(self) -> str:
        """What is shown; empty when nothing is."""
        return self._number

    def forget(self) -> None:
        self._number = ""
        self.hide()

    def sizeHint(self) -> QSize:
        small = theme.line_box("secondary")
        return QSize(240, 12 + small + theme.line_box("number") + theme.line_box("body") + small + 8 + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        area = QRectF(self.rect())
        paint.fill(painter, area, theme.colour("paper"))
        width = max(paint.hairline(self), theme.metrics.border if theme.is_strong else 0)
        paint.frame(painter, area, width, theme.colour("border" if self.underMouse() else "hairline"))
        small = theme.line_box("secondary")
        top, left, wide = 12.0, 14.0, area.width() - 28
        icon = theme.metrics.icon - 4
        paint.icon(painter, "check", QRectF(left, top, icon, small), icon, "done")
        told = QRectF(left + icon + 6, top, wide - icon - 6, small)
        paint.line(painter, told, self._told, "secondary", "secondary")
        top += small
        paint.line(
            painter, QRectF(left, top, wide, theme.line_box("number")), self._number, "number", bold=True
        )
        top += theme.line_box("number")
        said = QRectF(left, top, wide, theme.line_box("body"))
        paint.line(painter, said, _("念作 {said}").format(said=aloud(self._number)))
        top += theme.line_box("body") + 8
        hint = _("编号已复制") if self._is_copied else _("点一下复制编号")
        paint.line(painter, QRectF(left, top, wide, small), hint, "secondary", "secondary")
        if self.hasFocus():
            paint.focus_ring(painter, area)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_enter(event):
            self.click()
            return
        super().keyPressEvent(event)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._number)
        self._is_copied = True
        self.update()


class PersonBlock(QWidget):
    """Who it is about: age, circumstances, the phone behind its eye, what is open and what was before."""

    asked = Signal(str)  # the reason for which the phone shall be shown
    opened = Signal(object)  # the id of an order

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self.person = ""
        self._name = Text("", "section", bold=True, wrap=True)
        self._about = Text("", "body", "secondary", wrap=True)
        self.phone = MaskedValue("", name=_("电话"))
        self.phone.asked.connect(self.asked)
        self._open_head = Text("", "secondary", "secondary", bold=True)
        self._open = self._orders(_("还没办完的"))
        self._last_head = Text(_("以前的"), "secondary", "secondary", bold=True)
        self._last = self._orders(_("以前的"))
        self._none = Paragraph(_("还没有点过单。"), "secondary", "secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        first: tuple[QWidget, ...] = (self._name, self._about, self.phone)
        below: tuple[QWidget, ...] = (self._open_head, self._open, self._last_head, self._last, self._none)
        for widget in first:
            column.addWidget(widget)
        column.addSpacing(8)
        for widget in below:
            column.addWidget(widget)
        theme.changed.connect(self._fit)

    def show_story(self, story: PersonStory) -> None:
        card = story.card
        if self.person != card.id:
            self.phone.set_masked(grouped(card.phone), card.id)
        self.person = card.id
        self._name.setText(card.name)
        age = _("{age}岁").format(age=card.age) if card.age is not None else ""
        about = " · ".join(part for part in (age, group_words(card.groups)) if part)
        self._about.setText(about)
        self._about.setVisible(bool(about))
        self.phone.setVisible(bool(card.phone))
        still_open = [order for order in story.orders if order.state not in ENDED]
        ended = [order for order in story.orders if order.state in ENDED][:LAST_ORDERS]
        self._open_head.setText(_("还没办完的 {count}").format(count=len(still_open)))
        self._open.set_rows([self._row(order) for order in still_open[:LAST_ORDERS]])
        self._last.set_rows([self._row(order) for order in ended])
        for head, listed in ((self._open_head, self._open), (self._last_head, self._last)):
            head.setVisible(bool(listed.rows.rows))
            listed.setVisible(bool(listed.rows.rows))
        self._none.setVisible(not story.orders)
        self._fit()

    def _row(self, order: OrderOf) -> Row:
        shape = _SHAPES[order.state]
        state = Shape(shape.shape, shape.colour, words.state(order.state))
        return Row(category_name(order.category), (order.short,), value=order.id, state=state)

    def _orders(self, name: str) -> RowList:
        listed = RowList(name=name)
        listed.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        listed.opened.connect(self.opened)
        listed.clicked.connect(lambda _index: self.opened.emit(listed.value()))
        return listed

    def _fit(self) -> None:
        for listed in (self._open, self._last):
            listed.setFixedHeight(theme.metrics.row * max(1, len(listed.rows.rows)))


class IntakePane(QWidget):
    """The pane of the screen, from what is most pressing down."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.same = SameCard(now)
        self.number = NumberCard()
        self.person = PersonBlock(now)
        self._hint = Paragraph(_("选好是谁，这里就有他的电话和办过的事。"), "body", "secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, _SIDE, _SIDE, _SIDE)
        column.setSpacing(16)
        for widget in (self.same, self.number, self.person, self._hint):
            column.addWidget(widget)
        column.addStretch(1)
        self.show_person(None)

    def show_person(self, story: PersonStory | None) -> None:
        self.person.setVisible(story is not None)
        self._hint.setVisible(story is None)
        if story is None:
            self.person.person = ""
        else:
            self.person.show_story(story)
