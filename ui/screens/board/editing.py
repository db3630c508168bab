"""Putting a request right (修改): what, where, when, what to mind. Who asks for whom stays as it was taken."""

from __future__ import annotations

from app.actions.board import OrderView
from app.actions.orders import EditOrder
from app.domain import categories, moments
from app.domain.moments import Wanted
from app.domain.orders import Caution
from app.sentences import orders as words
from app.words import _
from ui.parts.chips import ManyChips
from ui.parts.choice import Choice
from ui.parts.fields import TextArea, TextField
from ui.parts.tick import Tick
from ui.parts.when import EchoField
from ui.screens.board.forms import StepForm


class EditForm(StepForm):
    """The wish as it stands, to be changed; an untouched time stays exactly what it was."""

    def build(self) -> None:
        order = self.order
        offered = [one for one in categories.menu().every if not one.hidden or one.code == order.category]
        self.category = Choice([(one.code, one.title) for one in offered], name=_("类别"))
        self.category.set_value(order.category)
        self.ask(self.category, "category", _("类别"))
        self.what = TextArea(name=_("要什么"))
        self.what.set_value(order.what)
        self.ask(self.what, "what", _("要什么"))
        self.place = TextField(name=_("在哪"))
        self.place.set_value(order.place)
        self.place.setCursorPosition(0)
        self.ask(self.place, "place", _("在哪"))
        self.when: EchoField[Wanted] = EchoField(
            lambda text: moments.wanted(text, self.app.now(), "wanted_at"),
            lambda meant: meant.echo,
            _("不改就空着：{when}").format(when=wanted_words(order, self)),
            name=_("什么时候"),
        )
        self.ask(self.when, "wanted_at", _("什么时候"))
        self.cautions = ManyChips([(one.value, words.caution(one)) for one in Caution], name=_("当心"))
        self.cautions.set_value(order.cautions)
        self.ask(self.cautions, "cautions", _("当心"))
        self.mind = TextField(name=_("还要当心什么"))
        self.mind.set_value(order.mind)
        self.ask(self.mind, "mind")
        self.urgent = Tick(_("急"))
        self.urgent.set_value(order.urgent)
        self.ask(self.urgent, "urgent")

    def request(self) -> EditOrder:
        order = self.order
        wanted_from, wanted_at = order.wanted_from, order.wanted_at
        if not self.when.is_empty():
            meant = self.when.meaning()
            wanted_from, wanted_at = meant.begins, meant.ends
        return EditOrder(
            order=order.id,
            channel=order.channel,
            category=self.category.value() or "",
            requester=order.requester.id,
            beneficiary=order.beneficiary.id,
            proxy=order.proxy.id if order.proxy else None,
            consented=order.consented,
            what=self.what.value(),
            place=self.place.value(),
            mind=self.mind.value(),
            region=order.region,
            urgent=self.urgent.value(),
            wanted_from=wanted_from,
            wanted_at=wanted_at,
            cautions=self.cautions.value(),
            policy_covered=order.policy_covered,
            advance_cents=order.advance_cents,
        )


def wanted_words(order: OrderView, form: StepForm) -> str:
    """When it is wanted, as people say it."""
    if order.wanted_at is None:
        return _("尽快")
    return moments.say_moment(order.wanted_at, form.app.now())
