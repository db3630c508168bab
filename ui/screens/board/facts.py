"""What an order says (订单内容), as lines of label and value; lines with nothing to say are not there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from app.actions.board import OrderView, Party
from app.domain import moments
from app.domain.orders import State
from app.sentences import orders as words
from app.words import _
from ui.parts import keys, paint
from ui.parts.eye import MaskedValue
from ui.parts.text import Paragraph, Text
from ui.theme import theme

_LABEL_WIDTH = 56
_LABEL_WIDTH_LARGE = 84


class NumberButton(QAbstractButton):
    """The order's number as a heading; a press copies it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(_("复制编号"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(_("编号 {number}，按下复制").format(number=text))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = paint.text_width(self.text(), "section", bold=True)
        return QSize(round(width) + theme.metrics.icon + 20, theme.metrics.row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keys.is_enter(event):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.begin(painter)
        area = QRectF(self.rect())
        width = paint.line(
            painter, area.adjusted(0, 0, -theme.metrics.icon, 0), self.text(), "section", bold=True
        )
        size = theme.metrics.icon - 2
        spot = QRectF(width + 8, 0, size, area.height())
        paint.icon(painter, "copy", spot, size, "ink" if self.underMouse() else "secondary")
        if self.hasFocus():
            paint.focus_ring(painter, area.adjusted(-4, 4, 0, -4))


class _Line(QWidget):
    """A short label and words that wrap beside it."""

    def __init__(self, label: str, *, phone: bool, may_look: bool) -> None:
        super().__init__()
        self._label = Text(label, "secondary", "secondary")
        self.words = Paragraph()
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.phone = MaskedValue(name=_("电话"), may_look=may_look) if phone else None
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.words)
        if self.phone is not None:
            right.addWidget(self.phone)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(right, 1)

    def say(self, text: str, phone: str = "", person: str = "") -> None:
        self.setVisible(bool(text))
        self.words.set_sentence(text)
        if self.phone is not None:
            self.phone.setVisible(bool(phone))
            self.phone.set_masked(phone, person)

    def wanted_width(self) -> int:
        """What the label needs."""
        return round(paint.text_width(self._label.text(), "secondary")) + 1

    def give_label(self, width: int) -> None:
        self._label.setFixedWidth(width)


class Facts(QWidget):
    """``asked`` carries (person, reason): somebody wants to see a phone number in full."""

    asked = Signal(object)

    def __init__(self, *, may_look: bool) -> None:
        super().__init__()
        self._order: OrderView | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.lines: dict[str, _Line] = {}
        for key, label, has_phone in (
            ("who", _("谁"), True),
            ("for", _("给谁"), True),
            ("proxy", _("代办"), True),
            ("place", _("在哪"), False),
            ("when", _("何时"), False),
            ("due", _("期限"), False),
            ("mind", _("当心"), False),
            ("goes", _("谁去"), True),
            ("office", _("交给"), False),
            ("money", _("代购款"), False),
            ("rating", _("评价"), False),
            ("call_back", _("回访"), False),
        ):
            line = _Line(label, phone=has_phone, may_look=may_look)
            self.lines[key] = line
            column.addWidget(line)
            if line.phone is not None:
                line.phone.asked.connect(partial(self._on_asked, key))
        self._dress()
        theme.changed.connect(self._dress)

    def _dress(self) -> None:
        """All labels are as wide as the widest."""
        least = _LABEL_WIDTH_LARGE if theme.large else _LABEL_WIDTH
        width = max(least, *(line.wanted_width() for line in self.lines.values()))
        for line in self.lines.values():
            line.give_label(width)

    def show_order(self, order: OrderView, now: datetime) -> None:
        self._order = order
        for key, say in _SAYINGS.items():
            text = say(order, now)
            person = _party(order, key)
            phone = _grouped(person.phone) if person is not None else ""
            self.lines[key].say(text, phone, person.id if person is not None else "")

    def show_phone(self, person: str, number: str) -> None:
        """The number was fetched: show it wherever this person stands."""
        assert self._order is not None
        for key, line in self.lines.items():
            party = _party(self._order, key)
            if party is not None and party.id == person and line.phone is not None:
                line.phone.show_value(_grouped(number))

    def _on_asked(self, key: str, reason: str) -> None:
        party = _party(self._order, key) if self._order is not None else None
        if party is not None:
            self.asked.emit((party.id, reason))


def _party(order: OrderView, key: str) -> Party | None:
    if key == "who":
        return order.requester
    if key == "for":
        return order.beneficiary if order.beneficiary.id != order.requester.id else None
    if key == "proxy":
        return order.proxy
    return order.volunteer if key == "goes" else None


def _grouped(phone: str) -> str:
    """138 **** 1234; others as they are."""
    return f"{phone[:3]} {phone[3:7]} {phone[7:]}" if len(phone) == 11 and phone[0] == "1" else phone


def _named(person: Party | None) -> str:
    if person is None:
        return ""
    age = _("{age} 岁").format(age=person.age) if person.age is not None else ""
    return " · ".join(part for part in (person.name or "—", age) if part)


def _for(order: OrderView, now: datetime) -> str:
    return _named(_party(order, "for"))


def _proxy(order: OrderView, now: datetime) -> str:
    if order.proxy is None:
        return ""
    consented = _("本人已同意") if order.consented else _("本人还没同意")
    return f"{_named(order.proxy)} · {consented}"


def _when(order: OrderView, now: datetime) -> str:
    if order.wanted_at is None:
        return _("尽快")
    until = moments.say_moment(order.wanted_at, now)
    if order.wanted_from is None or order.wanted_from == order.wanted_at:
        return until
    return _("{begin} 到 {end}").format(begin=moments.say_moment(order.wanted_from, now), end=until)


def _due(order: OrderView, now: datetime) -> str:
    if order.due_at is None:
        return ""
    left = moments.say_remaining(order.due_at, now)
    said = _("{left}（{when}）").format(left=left, when=moments.say_beside_span(order.due_at, now))
    if order.state is State.ACCEPTED and order.contact_by is not None and order.contacted_at is None:
        contact = moments.say_moment(order.contact_by, now)
        said += "\n" + _("{time} 前要先联系上").format(time=contact)
    return said


def _mind(order: OrderView, now: datetime) -> str:
    return words.minded(order.cautions, order.mind)


def _goes(order: OrderView, now: datetime) -> str:
    return " · ".join(part for part in (order.team, _named(order.volunteer)) if part)


def _office(order: OrderView, now: datetime) -> str:
    if not order.office:
        return ""
    taken = _("{name} 签收").format(name=order.taken_by) if order.taken_by else ""
    waits = _("还没有人签收") if order.state in (State.ESCALATED, State.REFERRED) and not taken else ""
    return " · ".join(part for part in (order.office, taken, waits) if part)


def _money(order: OrderView, now: datetime) -> str:
    if order.advance_cents is None:
        return ""
    parts = [_("预付 {sum}").format(sum=words.money(order.advance_cents))]
    if order.settled_at is None:
        parts.append(_("还没结清"))
    else:
        parts.append(_("花了 {sum}").format(sum=words.money(order.spent_cents or 0)))
        parts.append(_("还了 {sum}").format(sum=words.money(order.repaid_cents or 0)))
    return " · ".join(parts)


def _rating(order: OrderView, now: datetime) -> str:
    if order.stars is None:
        return ""
    stars = "★" * order.stars + "☆" * (5 - order.stars)
    how = words.rated_how(order.rated_how) if order.rated_how else ""
    return " ".join(part for part in (stars, how, order.rating_words) if part)


def _call_back(order: OrderView, now: datetime) -> str:
    if not order.call_back_open or order.call_back_by is None:
        return ""
    return _("{time} 前要回访").format(time=moments.say_moment(order.call_back_by, now))


_SAYINGS: dict[str, Callable[[OrderView, datetime], str]] = {
    "who": lambda order, now: _named(order.requester),
    "for": _for,
    "proxy": _proxy,
    "place": lambda order, now: order.place,
    "when": _when,
    "due": _due,
    "mind": _mind,
    "goes": _goes,
    "office": _office,
    "money": _money,
    "rating": _rating,
    "call_back": _call_back,
}
