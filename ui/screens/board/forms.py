"""What a step asks, in the pane (办理表单): the shape of such a form, and those that only ask why.

``StepForm.saved`` carries the request as the action takes it; who runs it and what comes after is the screen's.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions import orders as deeds
from app.actions.board import OrderView
from app.domain.problems import Refusal
from app.words import N_, _
from ui.formdraft import FormDraft
from ui.parts import keys
from ui.parts.buttons import Button
from ui.parts.chips import Chips
from ui.parts.fields import TextArea, TextField
from ui.parts.flow import Flow, flowing
from ui.parts.form import Form
from ui.parts.keyrow import KeyRow
from ui.parts.photos import PhotoField
from ui.parts.text import Text
from ui.screen import Services
from ui.screens.board.steps import step_in_full

_REASONS = {
    "reject": (N_("不属于志愿服务"), N_("要找急救或报警"), N_("已由别处办理"), N_("信息不实")),
    "refuse": (N_("人手不够"), N_("时间不合适"), N_("做不了这一项"), N_("路太远")),
    "give_back": (N_("人手不够"), N_("时间不合适"), N_("做不了这一项"), N_("联系不上居民")),
    "cancel": (N_("不需要了"), N_("已经有人帮忙"), N_("记重了"), N_("联系不上")),
}
_TOLD = (N_("当面告知"), N_("电话告知"), N_("托人转告"))


class _Save(Button):
    """In a pane that is too narrow for its words and its key it can do without the key."""

    def minimumSizeHint(self) -> QSize:
        return QSize(self.width_in_brief(), self.sizeHint().height())


class StepForm(QWidget):
    """A title, the questions, and 记下 / 先不. Subclasses add their fields and make the request."""

    saved = Signal(object)
    left = Signal()

    def __init__(self, app: Services, order: OrderView, step: str) -> None:
        super().__init__()
        self.app, self.order, self.step = app, order, step
        self.is_touched = False
        self.form = Form()
        self.draft = FormDraft(self, app, "step")
        self.save = _Save(step_in_full(step), kind="primary", key="Ctrl+Enter")
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
        column.addWidget(Text(step_in_full(step), "section", bold=True))
        self.build()
        self.draft.restored.connect(self.touch)
        self.draft.begin(f"{order.id}/{step}")
        column.addWidget(self.form)
        column.addWidget(buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.save.be_brief(self.save.width_in_full() > self.width())

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
        self.form.add(label, field, name=name)
        self.form.row_of(field).label.hide()
        self.keep(name, field)

    def keep(self, name: str, field: QWidget) -> None:
        """What is answered here is kept until the step is done; photos, and who is picked by a key, while it runs."""
        kit_field: Any = field
        kit_field.edited.connect(self.touch)
        if not isinstance(field, PhotoField | KeyRow):
            self.draft.keep(name, field)

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
        self.draft.save_early()
        self.save.hold()
        self.saved.emit(request)

    def _note(self, placeholder: str = "") -> TextArea:
        note = TextArea(placeholder or _("还要说明的，可以不写"), name=_("说明"))
        self.ask(note, "note")
        return note


class ReasonForm(StepForm):
    """A reason from the usual ones, and words of one's own as a note: the note can be erased, a reason stays."""

    def build(self) -> None:
        usual = [(reason, _(reason)) for reason in _REASONS[self.step]]
        self.reason = Chips(usual, name=_("原因"))
        self.ask(self.reason, "reason", _("为什么"))
        self.note = self._note(_("别的原因，或者要说明的"))

    def reason_given(self) -> str:
        """Words alone are another reason."""
        usual = self.reason.value()
        return _(usual) if usual else (_("别的原因") if self.note.value() else "")

    def request(self) -> deeds.Reasoned:
        return deeds.Reasoned(order=self.order.id, reason=self.reason_given(), note=self.note.value())


class RejectForm(ReasonForm):
    def build(self) -> None:
        super().build()
        self.told_how = Chips([(how, _(how)) for how in _TOLD], name=_("怎么告知的"))
        self.ask(self.told_how, "told", _("怎么告知的"))
        self.told_where = TextField(_("请对方找哪里，例如 12345"), name=_("请对方找哪里"))
        self.ask(self.told_where, "told_where")

    def request(self) -> deeds.RejectOrder:
        how = self.told_how.value()
        told = _("，").join(part for part in (_(how) if how else "", self.told_where.value()) if part)
        return deeds.RejectOrder(
            order=self.order.id, reason=self.reason_given(), note=self.note.value(), told=told
        )
