"""The small questions (小问题) of the form that are more than one control: 来源, 给谁, 在哪, 什么时候, 当心, 更多."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain import money
from app.domain.calendar import shanghai_day
from app.domain.moments import Wanted, say_moment, wanted
from app.domain.orders import Caution, Channel
from app.facts import instant, milliseconds
from app.sentences import orders as words
from app.words import _
from ui.parts.buttons import Button
from ui.parts.chips import Chips, ManyChips
from ui.parts.fields import CodeField, TextField
from ui.parts.flow import Flow, flowing
from ui.parts.tick import Tick
from ui.parts.when import EchoField
from ui.screens.intake.draft import Line
from ui.screens.intake.person import PersonLine

_USUAL = (Channel.WALK_IN, Channel.CALL, Channel.SWALLOW, Channel.CAPTAIN)
_RARE = (Channel.CAMPAIGN, Channel.SNAPSHOT, Channel.APP)
_MORE = "more"


class ChannelField(QWidget):
    """来源: four usual ways, the rarer ones behind 更多. Outside the Tab order; F6 goes round all of them."""

    edited = Signal()
    key = "F6"

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        usual = [(str(channel), words.channel(channel)) for channel in _USUAL]
        self._usual = Chips([*usual, (_MORE, _("更多"))], name=_("来源"))
        self._rare = Chips([(str(channel), words.channel(channel)) for channel in _RARE], name=_("更多来源"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for chips in (self._usual, self._rare):
            chips.leave_tab_order()
            column.addWidget(chips)
        self._usual.edited.connect(self._on_usual)
        self._rare.edited.connect(self.edited)
        self.set_value(Channel.WALK_IN)

    def value(self) -> Channel:
        return Channel(self._rare.value() or self._usual.value() or Channel.WALK_IN)

    def set_value(self, channel: Channel) -> None:
        is_rare = channel in _RARE
        self._usual.set_value(_MORE if is_rare else str(channel))
        self._rare.set_value(str(channel) if is_rare else None)
        self._rare.setVisible(is_rare)

    def next(self) -> None:
        every = (*_USUAL, *_RARE)
        self.set_value(every[(every.index(self.value()) + 1) % len(every)])
        self.edited.emit()

    def is_empty(self) -> bool:
        return False

    def set_refused(self, is_refused: bool) -> None:
        """One is always chosen."""

    def _on_usual(self) -> None:
        chosen = self._usual.value()
        self.set_value(_RARE[0] if chosen == _MORE else Channel(chosen or Channel.WALK_IN))
        self.edited.emit()


class BeneficiaryField(QWidget):
    """给谁: a line for somebody else; closed it is the requester."""

    edited = Signal()
    closed = Signal()

    def __init__(self, line: PersonLine) -> None:
        super().__init__()
        self.line = line
        self.is_open = False
        back = Button(kind="quiet", icon="close", name=_("还是给本人"), key="Ctrl+B")
        back.clicked.connect(lambda _checked: self.closed.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(line, 1)
        row.addWidget(back)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(line)
        line.edited.connect(self.edited)

    def value(self) -> Line | None:
        """None for the requester."""
        return self.line.line() if self.is_open else None

    def set_value(self, line: Line | None) -> None:
        self.is_open = line is not None
        self.line.set_line(line or Line())

    def is_empty(self) -> bool:
        return self.line.is_empty()

    def set_refused(self, is_refused: bool) -> None:
        self.line.set_refused(is_refused)


class PlaceField(TextField):
    """在哪: while somebody's home is being looked up it is not empty, so that a quick typist steps over it."""

    is_awaited = False

    def is_empty(self) -> bool:
        return super().is_empty() and not self.is_awaited


class WhenField(EchoField[Wanted]):
    """什么时候: what "+2" means is fixed when it is typed, and stays so however much later it is saved."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._typed_at: datetime | None = None
        placeholder = _("空着就是尽快；+2 两小时后，m9 明天9点")
        super().__init__(self._understood, self._said, placeholder, name=_("什么时候"))
        self.textEdited.connect(self._on_typed)

    def typed_at(self) -> int | None:
        return milliseconds(self._typed_at) if self._typed_at is not None and not self.is_empty() else None

    def set_typed(self, text: str, typed_at: int | None) -> None:
        self._typed_at = None if typed_at is None else instant(typed_at)
        self.set_value(text)

    def _understood(self, text: str) -> Wanted:
        return wanted(text, self._typed_at or self._now(), "wanted_at")

    def _said(self, meaning: Wanted) -> str:
        now, typed_at = self._now(), self._typed_at
        if meaning.ends is None or typed_at is None or shanghai_day(typed_at) == shanghai_day(now):
            return meaning.echo
        return say_moment(meaning.ends, now)  # typed on an earlier day, when 明天 was another day

    def _on_typed(self, _text: str) -> None:
        self._typed_at = self._now()
        self._read_again()


class MindField(QWidget):
    """当心: a line, the usual cautions, and 急; in one line where there is room."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = TextField(_("去的人要当心什么"), name=_("当心"))
        self.cautions = ManyChips([(str(one), words.caution(one)) for one in Caution], name=_("当心"))
        self.urgent = Tick(_("急"), key="F8")
        self.urgent.setToolTip(_("急  F8"))
        side = QHBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.cautions, 1)
        side.addWidget(self.urgent, 0, Qt.AlignmentFlag.AlignTop)
        self._around = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._around.setContentsMargins(0, 0, 0, 0)
        self._around.setSpacing(8)
        self._around.addWidget(self.words)
        self._around.addLayout(side)
        self.setFocusProxy(self.words)
        for field in (self.words, self.cautions, self.urgent):
            field.edited.connect(self.edited)

    def is_empty(self) -> bool:
        return self.words.is_empty()

    def set_refused(self, is_refused: bool) -> None:
        self.words.set_refused(is_refused)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = self.width() >= self.cautions.sizeHint().width() + self.urgent.sizeHint().width() + 216
        wanted_direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if self._around.direction() != wanted_direction:
            self._around.setDirection(wanted_direction)
            self._around.setStretch(0, int(fits))  # it takes the width that is left, never spare height


class MoreField(QWidget):
    """更多: whether policy covers it, whether somebody pays first, and how much is handed out now, if it is known."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.policy = Tick(_("走政策，转给部门"))
        self.shopping = Tick(_("代购垫付"))
        self.amount = CodeField(_("先拿多少元，不知道就空着"), name=_("先拿多少元"), at_most=14)
        flow = Flow(flowing(self), gap=16)
        for widget in (self.policy, self.shopping, self.amount):
            flow.addWidget(widget)
        self.setFocusProxy(self.policy)
        self.policy.edited.connect(self.edited)
        self.shopping.edited.connect(self._on_shopping)
        self.amount.edited.connect(self.edited)
        self.set_shopping(False, "")

    def set_shopping(self, is_shopping: bool, amount: str) -> None:
        self.shopping.set_value(is_shopping)
        self.amount.set_value(amount)
        self.amount.setVisible(is_shopping)

    def cents(self) -> int | None:
        """None without shopping money; raises a Refusal when the amount is none."""
        if not self.shopping.value():
            return None
        return 0 if self.amount.is_empty() else money.cents(self.amount.value(), "advance_cents")

    def is_empty(self) -> bool:
        return False

    def set_refused(self, is_refused: bool) -> None:
        self.amount.set_refused(is_refused)
        self.setFocusProxy(self.amount if is_refused else self.policy)

    def _on_shopping(self) -> None:
        self.amount.setVisible(self.shopping.value())
        self.edited.emit()
