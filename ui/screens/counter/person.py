"""Who stands at the counter (左边的人): found by scan, pinyin or digits; balance, this quarter's right, who fetches.

Whoever cannot redeem now is told why in one sentence, and the line is ready for the next scan.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.actions.redemptions import RedemptionEntry
from app.actions.search_people import PersonHit
from app.actions.wallets import Agent, CounterPerson
from app.domain.calendar import shanghai_day
from app.domain.moments import say_day
from app.domain.numbers import grouped
from app.domain.problems import Refusal
from app.facts import Id
from app.sentences import sentence
from app.sentences.points import figure, points
from app.sentences.services import hours
from app.words import _
from ui.parts import paint
from ui.parts.choice import Choice
from ui.parts.fields import TextField
from ui.parts.form import RefusalLine
from ui.parts.people import PersonField, tail_words
from ui.parts.text import Paragraph, Text
from ui.parts.tick import Tick
from ui.points import PointDoors
from ui.screen import Services
from ui.theme import theme

_LONGEST_NAME, _LONGEST_RELATION = 50, 20
_SHORT_NAME = 12
"""So many characters have room in a line; more are set smaller, so that the points stay in sight."""
_BAR = 16


class _Line(PersonField):
    """The line for a name; a card is read by the whole page, whatever has the focus."""

    def on_scan(self, code: str) -> bool:
        return False


class PersonSide(QWidget):
    """``picked`` carries the id of who was found; ``typing`` comes when somebody else is being typed, ``told`` when
    it is said who fetches.
    """

    picked = Signal(str)
    typing = Signal()
    told = Signal()

    def __init__(self, app: Services) -> None:
        super().__init__()
        self.app = app
        self.shown: CounterPerson | None = None
        self.line = _Line(app.jobs, _("扫卡、拼音、电话"), name=_("哪位志愿者"))
        self._name = Text("", "title", bold=True, wrap=True)
        self._number = Text("", "secondary", "secondary", wrap=True)
        self._balance = Text("", "number", bold=True)
        self._hours = Text("", "body", "secondary", wrap=True)
        self._right = Paragraph("", "body", "done")
        self._obstacle = RefusalLine("body")
        self._last = Paragraph("", "secondary", "secondary")
        self.doors = PointDoors(app)
        self.agent = Tick(_("别人代领"), key="F8")
        self.agent_name = TextField(_("代领人姓名"), at_most=_LONGEST_NAME)
        self.relation = TextField(_("是本人的什么人，例如 儿子"), at_most=_LONGEST_RELATION)
        self._agent_refusal = RefusalLine()
        self.checker: Choice[Id | None] = Choice([(None, _("没有复核人"))], name=_("复核人"))
        self._build()
        self._connect()
        self.forget()

    def _build(self) -> None:
        self._card = QWidget()
        card = QVBoxLayout(self._card)
        card.setContentsMargins(0, 4, 0, 0)
        card.setSpacing(4)
        for widget in (self._name, self._number):
            card.addWidget(widget)
        card.addSpacing(4)
        card.addWidget(self._balance)
        card.addWidget(self._hours)
        card.addSpacing(4)
        card.addWidget(self._right)
        self._more = QWidget()
        more = QVBoxLayout(self._more)
        more.setContentsMargins(0, 8, 0, 0)
        more.setSpacing(8)
        for extra in (self.agent, self.agent_name, self.relation, self._agent_refusal, self.checker):
            more.addWidget(extra)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self._card, self._obstacle, self._last, self._more, self.doors):
            column.addWidget(part)
        column.addStretch()
        self._area = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self.line)
        whole.addWidget(area, 1)

    def _connect(self) -> None:
        self.line.picked.connect(self._on_picked)
        self.line.textEdited.connect(lambda _text: self.typing.emit())
        self.agent.edited.connect(self._on_agent)
        for field in (self.agent_name, self.relation):
            field.edited.connect(self._agent_refusal.clear)
            field.edited.connect(partial(field.set_refused, False))
        self.agent_name.returnPressed.connect(lambda: self.relation.setFocus(Qt.FocusReason.TabFocusReason))
        self.relation.returnPressed.connect(self.told)
        theme.changed.connect(self._fit_balance)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_balance()

    def _fit_balance(self) -> None:
        """As large as its unit in this language lets it be; the bar of the area has its place, too."""
        fits = paint.text_width(self._balance.text(), "number", bold=True) <= self.width() - _BAR
        self._balance.set_role("number" if fits else "title")

    # --- who

    def show_person(self, person: CounterPerson) -> None:
        self.shown = person
        self.line.set_chosen(None, "")  # it is for the next one
        self._name.setText(person.name)
        self._name.set_role("title" if len(person.name) <= _SHORT_NAME else "section")
        self._number.setText(
            " · ".join(filter(None, (grouped(person.volunteer_number), tail_words(person.phone_tail))))
        )
        self._balance.setText(points(person.balance_cents))
        self._fit_balance()
        self._balance.setAccessibleName(_("可用积分 {points}").format(points=points(person.balance_cents)))
        self._hours.setText(_("服务 {hours}").format(hours=hours(person.minutes)))
        self._card.show()
        self._last.set_sentence(self._told(person))
        self._last.setVisible(bool(person.last))
        may = person.obstacle is None
        self._right.setVisible(may and person.doubt is None)
        self._right.set_sentence(_("{quarter}可以兑换").format(quarter=person.quarter.say()))
        self._more.setVisible(may)
        self.doors.show_person(person.person)
        refusal = person.obstacle or person.doubt
        if refusal is not None:
            self._obstacle.say(sentence(refusal))
        else:
            self._obstacle.clear()

    def say(self, refusal: Refusal) -> None:
        """Nobody can be served: why."""
        self.forget()
        self._obstacle.say(sentence(refusal))

    def forget(self) -> None:
        """Nobody is there; the next one may come."""
        self.line.set_chosen(None, "")
        self.forget_card()

    def forget_card(self) -> None:
        """Somebody else is being typed: what stands in the line stays."""
        self.shown = None
        for widget in (self._card, self._last, self._more):
            widget.hide()
        self.doors.show_person(None)
        self._obstacle.clear()
        self._forget_agent()

    def start(self) -> None:
        """Ready for the next scan or name."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def type(self, letters: str) -> None:
        """Somebody begins to type a name elsewhere on the page."""
        self.line.set_chosen(None, "")
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.insert(letters)
        self.line.textEdited.emit(self.line.text())

    def _told(self, person: CounterPerson) -> str:
        today = shanghai_day(self.app.now())
        lines = [_told_line(entry, today) for entry in person.last]
        return "\n".join([_("上次兑换"), *lines]) if lines else ""

    def _on_picked(self, hit: PersonHit) -> None:
        self.picked.emit(hit.id)

    # --- who fetches, who looks on

    def turn_agent(self) -> None:
        """F8."""
        if self._more.isVisible():
            self.agent.set_value(not self.agent.value())
            self._on_agent()

    def agent_typed(self) -> Agent | None:
        if not self.agent.value():
            return None
        return Agent(name=self.agent_name.value(), relation=self.relation.value())

    def show_agent(self, agent: Agent) -> None:
        """Who was to fetch the gifts."""
        self.agent.set_value(True)
        for field, words in ((self.agent_name, agent.name), (self.relation, agent.relation)):
            field.set_value(words)
            field.show()

    def refuse_agent(self, refusal: Refusal) -> None:
        field = self.relation if refusal.field == "agent.relation" else self.agent_name
        self._agent_refusal.say(sentence(refusal))
        field.set_refused(True)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer_checkers(self, staff: Sequence[tuple[Id, str]]) -> None:
        """Others who may look on; without any there is nothing to ask."""
        kept = self.checker.value()
        self.checker.set_options([(None, _("没有复核人")), *staff])
        self.checker.set_value(kept if kept in [one for one, _name in staff] else None)
        self.checker.setVisible(bool(staff))

    def _on_agent(self) -> None:
        is_agent = self.agent.value()
        for field in (self.agent_name, self.relation):
            field.setVisible(is_agent)
        self._agent_refusal.clear()
        if is_agent:
            self.agent_name.setFocus(Qt.FocusReason.OtherFocusReason)
            # They have their place only after the layout.
            QTimer.singleShot(0, self.relation, lambda: self._area.ensureWidgetVisible(self.relation, 0, 8))

    def _forget_agent(self) -> None:
        self.agent.set_value(False)
        for field in (self.agent_name, self.relation):
            field.set_value("")
            field.set_refused(False)
            field.hide()
        self._agent_refusal.clear()


def _told_line(entry: RedemptionEntry, today: date) -> str:
    gifts = _("、").join(
        _("{gift} {count}")
        .format(gift=line.name, count=f"× {line.quantity}" if line.quantity > 1 else "")
        .strip()
        for line in entry.gifts
    )
    told = _("{day} {gifts}，{points} 分").format(
        day=say_day(entry.redeemed_on, today), gifts=gifts, points=figure(entry.points_cents)
    )
    return told if entry.reversed_at is None else _("{redemption}，已撤销").format(redemption=told)
