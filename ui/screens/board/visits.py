"""From the yes of a team to the stars (接单到评单): who goes, from when, the money, the rating, the call-back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt

from app.actions import orders as deeds
from app.actions.board import CouldGo, who_could_go
from app.domain import moments, money
from app.domain.moments import Happened
from app.domain.orders import RatedHow
from app.sentences import orders as words
from app.words import _
from ui.parts.chips import Chips
from ui.parts.fields import CodeField, TextArea
from ui.parts.keyrow import KeyRow
from ui.parts.people import PersonField
from ui.parts.stars import Stars
from ui.parts.text import Paragraph
from ui.parts.tick import Tick
from ui.parts.when import EchoField
from ui.screen import Services
from ui.screens.board.forms import StepForm


class AcceptForm(StepForm):
    """Who of the team goes; it may stay open."""

    def build(self) -> None:
        self.form.add_line(Paragraph(_("{team} 接下了。谁去？").format(team=self.order.team)))
        self._row: KeyRow[str] | None = None
        self.other = PersonField(self.app.jobs, name=_("谁去"))
        self.ask(self.other, "volunteer")
        self.form.row_of(self.other).hide()
        if self.order.team_id is not None:
            self.app.jobs.read(self, who_could_go, self.order.team_id, done=self._offer)

    def start(self) -> None:
        target = self._row or self.save
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def request(self) -> deeds.AcceptOrder:
        picked = self._row.value() if self._row is not None else None
        return deeds.AcceptOrder(order=self.order.id, volunteer=self.other.value() or picked)

    def _offer(self, members: Sequence[CouldGo]) -> None:
        """The first nine by their keys, everybody else by 0."""
        self._row = KeyRow(
            [(one.id, one.name) for one in members[:9]], name=_("谁去"), more=_("别人…"), columns=2
        )
        if self.order.volunteer is not None:
            self._row.set_value(self.order.volunteer.id, self.order.volunteer.name)
        self._row.opened.connect(self._ask_other)
        self.ask(self._row, "volunteer_row")
        if self.save.hasFocus():  # nobody has gone elsewhere meanwhile
            self.start()

    def _ask_other(self) -> None:
        self.form.row_of(self.other).show()
        self.other.setFocus(Qt.FocusReason.OtherFocusReason)


class StartForm(StepForm):
    def build(self) -> None:
        self.when = time_field(self.app, _("空着就是现在"), "started_at")
        self.ask(self.when, "started_at", _("什么时候开始的"))

    def request(self) -> deeds.StartOrder:
        return deeds.StartOrder(order=self.order.id, started_at=time_given(self.when))


class FinishForm(StepForm):
    def build(self) -> None:
        self.when = time_field(self.app, _("空着就是现在"), "finished_at")
        self.ask(self.when, "finished_at", _("什么时候结束的"))
        self.note = self._note()

    def request(self) -> deeds.FinishOrder:
        return deeds.FinishOrder(
            order=self.order.id, finished_at=time_given(self.when), note=self.note.value()
        )


class SettleForm(StepForm):
    """The money of a shopping order, as it really moved."""

    def build(self) -> None:
        advance = words.money(self.order.advance_cents or 0)
        self.form.add_line(Paragraph(_("预付了 {advance}").format(advance=advance)))
        self.spent = CodeField(_("例如 36.50"), name=_("花了多少"))
        self.ask(self.spent, "spent_cents", _("花了多少（元）"))
        self.repaid = CodeField(_("没有就写 0"), name=_("还了多少"))
        self.ask(self.repaid, "repaid_cents", _("居民还了多少（元）"))
        self.receipt = Tick(_("小票齐全"))
        self.ask(self.receipt, "receipt")
        self.signed = Tick(_("双方签了字"))
        self.ask(self.signed, "signed")

    def request(self) -> deeds.SettleOrder:
        return deeds.SettleOrder(
            order=self.order.id,
            spent_cents=money.cents(self.spent.value(), "spent_cents"),
            repaid_cents=money.cents(self.repaid.value(), "repaid_cents"),
            receipt=self.receipt.value(),
            signed=self.signed.value(),
        )


class RateForm(StepForm):
    def build(self) -> None:
        self.stars = Stars(name=_("几颗星"), has_words=False)
        self.ask(self.stars, "stars", _("居民给几颗星"))
        self.how = Chips([(how, words.rated_how(how)) for how in RatedHow], name=_("怎么评的"))
        self.how.set_value(RatedHow.ON_THE_SPOT)
        self.how.edited.connect(self._show_proxy)
        self.ask(self.how, "how", _("怎么评的"))
        self.proxy = PersonField(self.app.jobs, name=_("谁转达的"))
        self.ask(self.proxy, "proxy")
        self.words = TextArea(_("居民的原话，可以不写"), name=_("居民怎么说"))
        self.ask(self.words, "note", _("居民怎么说"))
        self._show_proxy()
        if self.order.proxy is not None:
            self.proxy.set_chosen(self.order.proxy.id, self.order.proxy.name)

    def request(self) -> deeds.RateOrder:
        how = self.how.value() or RatedHow.ON_THE_SPOT
        return deeds.RateOrder(
            order=self.order.id,
            stars=self.stars.value() or 0,
            how=how,
            words=self.words.value(),
            proxy=self.proxy.value() if how is RatedHow.PROXY else None,
        )

    def _show_proxy(self) -> None:
        self.form.row_of(self.proxy).setVisible(self.how.value() is RatedHow.PROXY)


class CallBackForm(StepForm):
    def build(self) -> None:
        options = [(True, _("满意了")), (False, _("还要再办"))]
        self.settled = Chips(options, name=_("回访结果"), chosen=True)
        self.ask(self.settled, "settled", _("回访下来"))
        self.note = self._note(_("居民怎么说的，怎么补救的"))

    def request(self) -> deeds.CallBackOrder:
        return deeds.CallBackOrder(
            order=self.order.id, settled=bool(self.settled.value()), note=self.note.value()
        )


def time_field(app: Services, placeholder: str, field: str) -> EchoField[Happened]:
    """When something was: 14:05, -30m, 昨天9点; with its echo. ``field`` is what the request calls it."""

    def understand(text: str) -> Happened:
        return moments.happened(text, app.now(), field)

    return EchoField(understand, lambda meant: meant.echo, placeholder)


def time_given(field: EchoField[Happened]) -> Any:
    """None when nothing was typed: then it is the moment of the action, to the second."""
    return None if field.is_empty() else field.meaning().at
