"""Handing an order over (上交、转办、签收、回复): to which office, who took the slip, what was answered."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.actions import orders as deeds
from app.words import N_, _
from ui.parts.chips import Chips
from ui.parts.fields import TextField
from ui.parts.grouped import PhoneField
from ui.screens.board.forms import StepForm

_LEVELS = (("town", N_("镇街")), ("county", N_("县区中心")))


class EscalateForm(StepForm):
    def build(self) -> None:
        levels = [(level, _(name)) for level, name in _LEVELS]
        self.level = Chips(levels, name=_("交到哪一级"), chosen=self.order.level_above)
        self.ask(self.level, "level", _("交到哪一级"))
        self.office = TextField(_("例如 城前镇便民服务中心"), name=_("交给哪个单位"), at_most=60)
        self.ask(self.office, "office", _("交给哪个单位"))
        self.note = self._note(_("为什么站里办不了"))

    def start(self) -> None:
        self.office.setFocus(Qt.FocusReason.OtherFocusReason)

    def request(self) -> deeds.EscalateOrder:
        return deeds.EscalateOrder(
            order=self.order.id,
            level=self.level.value() or "",
            office=self.office.value(),
            note=self.note.value(),
        )


class ReferForm(StepForm):
    def build(self) -> None:
        self.office = TextField(_("例如 镇民政办、村镇建设办"), name=_("转给哪个部门"), at_most=60)
        self.ask(self.office, "office", _("转给哪个部门"))
        self.note = self._note()

    def request(self) -> deeds.ReferOrder:
        return deeds.ReferOrder(order=self.order.id, office=self.office.value(), note=self.note.value())


class TakeForm(StepForm):
    """Who took the slip."""

    def build(self) -> None:
        self.name = TextField(name=_("签收人"), at_most=50)
        self.ask(self.name, "name", _("签收人"))
        self.phone = PhoneField(_("可以不填"), name=_("电话"))
        self.ask(self.phone, "phone", _("电话"))

    def request(self) -> deeds.TakeOrder:
        return deeds.TakeOrder(order=self.order.id, name=self.name.value(), phone=self.phone.value())


class AnswerForm(StepForm):
    def build(self) -> None:
        options = [(True, _("已经解决")), (False, _("退回本站"))]
        self.solved = Chips(options, name=_("怎么答复的"), chosen=True)
        self.ask(self.solved, "solved", _("{office} 怎么答复的").format(office=self.order.office))
        self.note = self._note(_("答复的内容"))

    def request(self) -> deeds.AnswerOrder:
        return deeds.AnswerOrder(
            order=self.order.id, solved=bool(self.solved.value()), note=self.note.value()
        )
