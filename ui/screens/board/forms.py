"""What a step asks, in the pane (办理表单): reasons, offices, times, money, stars. One small class per step.

``StepForm.saved`` carries the request as the action takes it; who runs it and what comes after is the screen's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions import orders as deeds
from app.actions.board import CouldGo, OrderView, who_could_go
from app.domain import moments, money
from app.domain.moments import Happened
from app.domain.orders import RatedHow
from app.domain.problems import Refusal
from app.sentences import orders as words
from app.words import N_, _
from ui.parts import keys
from ui.parts.buttons import Button
from ui.parts.chips import Chips
from ui.parts.fields import CodeField, TextArea, TextField
from ui.parts.flow import Flow, flowing
from ui.parts.form import Form
from ui.parts.grouped import PhoneField
from ui.parts.keyrow import KeyRow
from ui.parts.people import PersonField
from ui.parts.stars import Stars
from ui.parts.text import Paragraph, Text
from ui.parts.tick import Tick
from ui.parts.when import EchoField
from ui.screen import Services
from ui.screens.board.steps import step_name

_REASONS = {
    "reject": (N_("不属于志愿服务"), N_("要找急救或报警"), N_("已由别处办理"), N_("信息不实")),
    "refuse": (N_("人手不够"), N_("时间不合适"), N_("做不了这一项"), N_("路太远")),
    "give_back": (N_("人手不够"), N_("时间不合适"), N_("做不了这一项"), N_("联系不上居民")),
    "cancel": (N_("不需要了"), N_("已经有人帮忙"), N_("记重了"), N_("联系不上")),
}
_TOLD = (N_("当面告知"), N_("电话告知"), N_("托人转告"))
_LEVELS = (("town", N_("镇街")), ("county", N_("县区中心")))


class StepForm(QWidget):
    """A title, the questions, and 记下 / 先不. Subclasses add their fields and make the request."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, app: Services, order: OrderView, step: str) -> None:
        super().__init__()
        self.app, self.order, self.step = app, order, step
        self.is_touched = False
        self.form = Form()
        self.save = Button(step_name(step), kind="primary", key="Ctrl+Enter")
        self.save.clicked.connect(lambda _checked: self._on_save())
        self.leave = Button(_("先不"), kind="quiet", key="Esc")
        self.leave.clicked.connect(lambda _checked: self.left.emit())
        self.form.primary = self.save
        self.form.saved.connect(self._on_save)
        self.form.left.connect(self.left)
        buttons = QWidget()
        flow = Flow(flowing(buttons))  # with their keys in them they may need two lines
        flow.addWidget(self.save)
        flow.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Text(step_name(step), "section", bold=True))
        self.build()
        column.addWidget(self.form)
        column.addWidget(buttons)

    def build(self) -> None:
        """Add the fields."""

    def request(self) -> Any:
        """What the action takes; may raise the refusal of a field."""
        raise NotImplementedError

    def start(self) -> None:
        """Focus the first question."""
        self.form.start()

    def refuse(self, refusal: Refusal) -> None:
        self.save.setEnabled(True)
        self.form.refuse(refusal)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif keys.is_save(event):  # from the buttons, which stand below the form
            self._on_save()
        elif event.text().strip() and event.text().isprintable():
            event.accept()  # a letter typed at a button of the form is no step
        else:
            super().keyPressEvent(event)

    def ask(self, field: QWidget, name: str, label: str = "") -> None:
        """A field below its label, over the whole width: the pane is narrow."""
        if label:
            self.form.add_line(Text(label, "secondary", "secondary"))
        if not field.accessibleName():
            field.setAccessibleName(label)
        self.form.add("", field, name=name)
        self.form.row_of(field).label.hide()
        kit_field: Any = field
        kit_field.edited.connect(self.touch)

    def touch(self) -> None:
        """Somebody answered something: it is kept until it is done."""
        self.is_touched = True

    def _on_save(self) -> None:
        if not self.save.isEnabled():
            return
        self.form.clear_refusals()
        try:
            request = self.request()
        except Refusal as refusal:
            self.form.refuse(refusal)
            return
        self.save.setEnabled(False)  # until the answer comes: one press, one step
        self.saved.emit(request)

    def _note(self, placeholder: str = "") -> TextArea:
        note = TextArea(placeholder or _("还要说明的，可以不写"), name=_("说明"))
        self.ask(note, "note")
        return note


class ReasonForm(StepForm):
    """A reason from the usual ones, and words of one's own as a note: the note can be erased, a reason stays."""

    def build(self) -> None:
        reasons = [_(reason) for reason in _REASONS[self.step]]
        self.reason = Chips([(reason, reason) for reason in reasons], name=_("原因"))
        self.ask(self.reason, "reason", _("为什么"))
        self.note = self._note(_("别的原因，或者要说明的"))

    def reason_given(self) -> str:
        """Words alone are another reason."""
        return self.reason.value() or (_("别的原因") if self.note.value() else "")

    def request(self) -> deeds.Reasoned:
        return deeds.Reasoned(order=self.order.id, reason=self.reason_given(), note=self.note.value())


class RejectForm(ReasonForm):
    def build(self) -> None:
        super().build()
        self.told_how = Chips([(_(how), _(how)) for how in _TOLD], name=_("怎么告知的"))
        self.ask(self.told_how, "told", _("怎么告知的"))
        self.told_where = TextField(_("请对方找哪里，例如 12345"), name=_("请对方找哪里"))
        self.ask(self.told_where, "told_where")

    def request(self) -> deeds.RejectOrder:
        told = "，".join(part for part in (self.told_how.value() or "", self.told_where.value()) if part)
        return deeds.RejectOrder(
            order=self.order.id, reason=self.reason_given(), note=self.note.value(), told=told
        )


class EscalateForm(StepForm):
    def build(self) -> None:
        self.level = Chips([(level, _(name)) for level, name in _LEVELS], name=_("交到哪一级"), chosen="town")
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
        self.when = time_field(self.app, _("空着就是现在"))
        self.ask(self.when, "started_at", _("什么时候开始的"))

    def request(self) -> deeds.StartOrder:
        return deeds.StartOrder(order=self.order.id, started_at=time_given(self.when))


class FinishForm(StepForm):
    def build(self) -> None:
        self.when = time_field(self.app, _("空着就是现在"))
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


def time_field(app: Services, placeholder: str) -> EchoField[Happened]:
    """When something was: 14:05, -30m, 昨天9点; with its echo."""
    return EchoField(lambda text: moments.happened(text, app.now()), lambda meant: meant.echo, placeholder)


def time_given(field: EchoField[Happened]) -> Any:
    """None when nothing was typed: then it is the moment of the action, to the second."""
    return None if field.is_empty() else field.meaning().at
