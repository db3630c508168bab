"""What is done with somebody's points besides redeeming (转赠积分、奖励随手拍): two doors, and the forms behind.

They stand wherever somebody is shown who has points, and only where the rules of the day allow it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.desk import Desk, new_id
from app.actions.grants import GrantForLead, Lead, LeadsOf, grant_for_lead, leads_of
from app.actions.wallets import CounterPerson, DonatePoints, counter_person, donate_points, may_donate
from app.domain.gifts import cents_typed
from app.domain.moments import say_moment
from app.domain.problems import Refusal
from app.domain.wallets import ReceiverMissing
from app.facts import Id
from app.sentences.points import figure, points
from app.words import _
from ui.keptform import KeptForm
from ui.parts.choice import Choice
from ui.parts.formoverlay import FormOverlay
from ui.parts.link import Link
from ui.parts.people import PersonField
from ui.parts.text import Paragraph
from ui.parts.when import EchoField
from ui.screen import Services

DONATE_KEY, REWARD_KEY = "F7", "F5"


@dataclass(frozen=True)
class _Open:
    """What the rules of today leave to be done with somebody's points."""

    person: Id
    may_donate: bool
    leads: LeadsOf


class PointDoors(QWidget):
    """``show_person`` looks what can be done with somebody's points; ``donate`` and ``reward`` do it."""

    def __init__(self, app: Services) -> None:
        super().__init__()
        self._app = app
        self._person: Id | None = None
        self._open: _Open | None = None
        self.donating = Link(_("转赠积分"), key=DONATE_KEY)
        self.rewarding = Link("", key=REWARD_KEY)
        self.donating.clicked.connect(lambda _checked: self.donate())
        self.rewarding.clicked.connect(lambda _checked: self.reward())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.donating)
        column.addWidget(self.rewarding)
        self.show_person(None)

    def show_person(self, person: Id | None) -> None:
        """None: there is nobody whose points could be given."""
        if person is None or person != self._person:
            self._close()
        self._person = person
        if person is not None:
            self._app.jobs.read(self, _open_to, person, done=self._show, key="doors")

    def donate(self) -> None:
        if self._open is not None and self._open.may_donate:
            self._app.jobs.read(self, counter_person, self._open.person, done=self._ask_whom)

    def reward(self) -> None:
        if self._open is not None and self._open.leads.leads:
            LeadForm(self, self._app, self._open.leads).open()

    def _show(self, it: _Open) -> None:
        if it.person != self._person:
            return
        self._open = it
        count = len(it.leads.leads)
        self.rewarding.setText(_("奖励随手拍（{count}）").format(count=count))
        self.rewarding.updateGeometry()
        self.donating.setVisible(it.may_donate)
        self.rewarding.setVisible(count > 0)
        self.setVisible(it.may_donate or count > 0)

    def _close(self) -> None:
        self._open = None
        self.hide()

    def _ask_whom(self, giver: CounterPerson) -> None:
        DonateForm(self, self._app, giver).open()


class DonateForm(KeptForm):
    """To whom, and how much; what will be left is said while it is typed."""

    def __init__(self, host: QWidget, app: Services, giver: CounterPerson) -> None:
        super().__init__(
            host,
            app,
            _("转赠{name}的积分").format(name=giver.name),
            _("转赠"),
            kind="donation",
            about=giver.person,
            sentence=_("现有 {points}。转出就到对方账上，要还得请对方转回来。").format(
                points=points(giver.balance_cents)
            ),
        )
        self._giver = giver
        self.to = self.keep(_("转给谁"), PersonField(app.jobs, name=_("转给谁")), name="to")
        self.points: EchoField[int] = self.keep(
            _("多少分"),
            EchoField(cents_typed, self._left, _("例如 12"), name=_("多少分")),
            name="points_cents",
        )

    def submit(self) -> None:
        to = self.to.value()
        if to is None:
            self.form.refuse(ReceiverMissing(field="to"))
            return
        try:
            cents = self.points.meaning()
        except Refusal as refusal:
            self.form.refuse(refusal)
            return
        request = DonatePoints(donation=self.draft, person=self._giver.person, to=to, points_cents=cents)
        self.run(donate_points, request, lambda _nothing: self._on_done(cents))

    def _on_done(self, cents: int) -> None:
        self.done()
        said = _("{name}转赠 {points}给{to}").format(
            name=self._giver.name, points=points(cents), to=self.to.text()
        )
        self.app.banner.news(said)

    def _left(self, cents: int) -> str:
        left = self._giver.balance_cents - cents
        if left < 0:
            return _("还差 {points}").format(points=points(-left))
        return _("{before} → {after}").format(before=figure(self._giver.balance_cents), after=points(left))


class LeadForm(FormOverlay):
    """Which lead was audited; the oldest stands there, whole below its line, and nothing is typed."""

    def __init__(self, host: QWidget, app: Services, found: LeadsOf) -> None:
        super().__init__(
            host,
            app.jobs,
            _("奖励随手拍"),
            _("审核通过，发积分"),
            _("一条奖 {points}，发了就到账；发错了可以马上撤销。").format(points=points(found.points_cents)),
        )
        self._app, self._grant = app, new_id()
        options = [(lead.order, _lead_words(lead, app.now)) for lead in found.leads]
        self.lead = self.form.add(_("哪一条"), Choice(options, name=_("哪一条")), name="order")
        self._whole = {lead.order: lead.what for lead in found.leads}
        self.words = self.form.row_of(self.lead).add_below(Paragraph("", "secondary", "secondary"))
        self.lead.edited.connect(self._say)
        self._say()

    def _say(self) -> None:
        """What was reported in full: a line of the list may be too short for it."""
        self.words.set_sentence(self._whole[self.lead.value() or ""])

    def submit(self) -> None:
        request = GrantForLead(grant=self._grant, order=self.lead.value() or "")
        self.run(grant_for_lead, request, self._on_done)

    def _on_done(self, cents: int) -> None:
        self.close_overlay()
        self._app.banner.news(_("随手拍审核通过，奖了 {points}").format(points=points(cents)))


def _open_to(desk: Desk, person: Id) -> _Open:
    return _Open(person, may_donate(desk, None), leads_of(desk, person))


def _lead_words(lead: Lead, now: Callable[[], datetime]) -> str:
    return _("{number}　{when}　{what}").format(
        number=lead.short, when=say_moment(lead.reported_at, now()), what=lead.what
    )
