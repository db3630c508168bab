"""The order that is pointed at (订单窗格): what it says, its steps with their keys, a step's questions, its history.

Half-filled questions stay with their order: whoever comes back to it finds them again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.actions.board import OrderView
from app.actions.history import Told
from app.actions.people import Reveal, Sensitive, reveal
from app.actions.services import Evidence
from app.domain import moments, numbers
from app.domain.problems import Problem
from app.facts import Id
from app.sentences import services as service_words
from app.sentences.categories import category_name
from app.words import _
from ui.parts.buttons import Button
from ui.parts.empty import Empty
from ui.parts.flow import Flow, flowing
from ui.parts.text import Paragraph, Text
from ui.parts.timeline import Event, Timeline
from ui.screen import Services
from ui.screens.board.asking import FORMS, Asking
from ui.screens.board.facts import Facts, NumberButton
from ui.screens.board.forms import StepForm
from ui.screens.board.steps import Steps, steps_of
from ui.screens.board.whole import WholeOrder, whole_order
from ui.screens.board.wording import shape_of

READ_AFTER_MS = 60
"""Held arrows run over many cards; only the one they stop at is read."""


class OrderPane(QWidget):
    """``wanted`` carries (order view, step, request or None); ``left`` gives the focus back to the board."""

    wanted = Signal(object)
    left = Signal()
    pressed = Signal(object)  # a key the pane does not use: the board's

    def __init__(self, app: Services) -> None:
        super().__init__()
        self.app = app
        self.whole: WholeOrder | None = None
        self._id: Id | None = None
        self._is_fresh = False
        self._form: Asking | None = None
        self._kept: dict[tuple[Id, str], Asking] = {}
        self._when_shown: Callable[[], None] | None = None
        self._may_act = app.clerk.role != "auditor"
        self._timer = QTimer(self, singleShot=True, interval=READ_AFTER_MS)
        self._timer.timeout.connect(self._read)
        app.jobs.rested.connect(self._forget_waiting)
        self._build()

    # --- which order

    def order(self) -> OrderView | None:
        return self.whole.order if self.whole is not None else None

    def is_fresh(self) -> bool:
        """Whether what stands here is how things are; not between a change and its reading."""
        return self._is_fresh

    def show_order(self, order_id: Id | None, then: Callable[[], None] | None = None) -> None:
        """Point at an order; ``then`` is called once it stands here. A board that is laid again points at it once more:
        what waits for it goes on waiting.
        """
        if order_id != self._id:
            self._id, self._is_fresh, self._when_shown = order_id, False, None
            self._put_form_away()
            self._to_top()
        if then is not None:
            self._when_shown = then
        if order_id is None:
            self._show_nothing()
        elif then is not None:
            self._read()
        else:
            self._timer.start()

    def when_fresh(self, run: Callable[[OrderView], None]) -> None:
        """Call ``run`` with the order shown, as it stands: now, or as soon as it has been read again."""

        def run_now() -> None:
            if self.whole is not None:
                run(self.whole.order)

        if self._is_fresh:
            run_now()
        elif self._id is not None:
            self.show_order(self._id, then=run_now)

    def renew(self) -> None:
        """What is shown may have changed."""
        self._is_fresh = False
        if self._id is not None:
            self._timer.start()

    def turn(self) -> None:
        """Another minute."""
        if self.whole is not None:
            self._say_state(self.whole.order)
            self.facts.show_order(self.whole.order, self.app.now())

    # --- a step's questions

    def ask(self, step: str) -> None:
        """Open what ``step`` asks; half-filled from before, if it was left so."""
        assert self.whole is not None
        order = self.whole.order
        if self._form is not None and (self._form.step, self._form.order.id) == (step, order.id):
            self._form.start()
            return
        self._put_form_away()
        form = self._kept.get((order.id, step)) or self._made(order, step)
        self._form = form
        self._place.addWidget(form)
        form.show()
        self.steps.hide()
        form.start()
        QTimer.singleShot(0, form, self._bring_into_view)

    def form(self) -> Asking | None:
        return self._form

    def has_answers(self) -> bool:
        """Whether a step's questions are half answered, for whatever order."""
        return any(form.is_touched for form in self._kept.values())

    def answered(self, order: Id, step: str) -> None:
        """The step was done: its questions are not kept. Other questions that are open stay."""
        form = self._kept.pop((order, step), None)
        if form is None:
            return
        if isinstance(form, StepForm):
            form.draft.forget()
        if form is self._form:
            self._place.removeWidget(form)
            self._form = None
            self.steps.setVisible(bool(self.steps.buttons))
        form.deleteLater()

    def not_answered(self, order: Id, step: str) -> None:
        """The step could not be done: its questions are asked again, also where somebody left them meanwhile."""
        form = self._kept.get((order, step))
        if form is not None:
            form.save.setEnabled(True)

    def _made(self, order: OrderView, step: str) -> Asking:
        form = FORMS[step](self.app, order, step)
        form.setParent(self)
        form.saved.connect(lambda request: self.wanted.emit((order, step, request)))
        form.left.connect(self._on_left)
        self._kept[(order.id, step)] = form
        return form

    def _put_form_away(self) -> None:
        """What was typed stays with its order; questions nobody touched are asked afresh the next time."""
        form, self._form = self._form, None
        if form is not None:
            self._place.removeWidget(form)
            form.hide()
            if not form.is_touched:
                del self._kept[form.order.id, form.step]
                form.deleteLater()
        self.steps.setVisible(bool(self.steps.buttons))

    def _bring_into_view(self) -> None:
        """The whole form if it fits, else its beginning; also where the history below it was being read."""
        self._scroll_to_form(is_opening=True)

    def _scroll_to_form(self, *, is_opening: bool = False) -> None:
        around = self._around()
        if around is None or self._form is None:
            return
        top = self._form.mapTo(self, QPoint(0, 0)).y() - 8
        bar, seen = around.verticalScrollBar(), around.viewport().height()
        first, last = sorted((top, top + self._form.height() + 16 - seen))
        bar.setValue(top if is_opening and last > top else min(max(bar.value(), first), last))
        focused = QApplication.focusWidget()
        if focused is not None and self._form.isAncestorOf(focused):
            around.ensureWidgetVisible(focused, 0, 8)

    def _to_top(self) -> None:
        """Another order begins with its number, however far down the last one was read."""
        around = self._around()
        if around is not None:
            around.verticalScrollBar().setValue(0)

    def _around(self) -> QScrollArea | None:
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        return around

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A form that grows (proposals arrive, a refusal is said) stays in view."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._scroll_to_form)

    def _on_left(self) -> None:
        self._put_form_away()
        self.left.emit()

    # --- building

    def _build(self) -> None:
        self.number = NumberButton()
        self.number.clicked.connect(lambda _checked: self._copy())
        self.state = Text("", "secondary", "secondary", wrap=True)
        self.what = Text("", "section", bold=True, wrap=True)
        self.facts = Facts(may_look=self._may_act)
        self.facts.asked.connect(self._on_asked)
        self.steps = Steps()
        self.steps.pressed.connect(lambda step: self.wanted.emit((self.order(), step, None)))
        self.slip = Button(_("服务单"), kind="quiet", icon="print", key="Ctrl+P")
        self.file = Button(_("存 PDF"), kind="quiet", icon="save", key="Ctrl+S")
        self.served = QVBoxLayout()
        self.served.setSpacing(2)
        self.history = Timeline()
        self.nothing = Empty("")
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(20, 12, 20, 16)
        body.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.number)
        head.addStretch()
        body.addLayout(head)
        body.addWidget(self.state)
        body.addWidget(self.what)
        body.addWidget(self.facts)
        self._place = QVBoxLayout()
        body.addLayout(self._place)
        body.addWidget(self.steps)
        papers = QWidget()
        flow = Flow(flowing(papers), gap=4)
        flow.addWidget(self.slip)
        flow.addWidget(self.file)
        body.addWidget(papers)
        body.addLayout(self.served)
        body.addSpacing(4)
        body.addWidget(self.history)
        body.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._body)
        column.addWidget(self.nothing, 1)
        self._body.hide()
        self.nothing.hide()  # until the board knows of no card

    # --- what is shown

    def _read(self) -> None:
        if self._id is not None and (self.isVisible() or self._when_shown is not None):
            self.app.jobs.read(
                self,
                whole_order,
                self._id,
                done=self._show,
                refused=lambda problem: self._not_shown(self.app.jobs.refused, problem),
                trouble=lambda problem: self._not_shown(self.app.jobs.troubled, problem),
            )

    def _not_shown(self, told: Any, problem: Problem) -> None:
        """It cannot be read: said in the banner, and nobody waits for it any longer."""
        told.emit(problem)
        self._show_nothing()
        then, self._when_shown = self._when_shown, None
        if then is not None:
            then()

    def _forget_waiting(self) -> None:
        """Its reading was stopped: what waited for it is not done minutes later."""
        self._when_shown = None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()  # while it was hidden it read nothing

    def _show(self, whole: WholeOrder) -> None:
        if whole.order.id != self._id:
            return
        self.whole, self._is_fresh = whole, True
        order, now = whole.order, self.app.now()
        self.nothing.hide()
        self._body.show()
        self.number.setText(order.short)
        self._say_state(order)
        self.what.setText(order.what)
        self.facts.show_order(order, now)
        self.steps.set_steps(steps_of(order) if self._may_act else ())
        self.steps.setVisible(self._form is None and bool(self.steps.buttons))
        has_slip = bool(order.team) or bool(order.office)
        self.slip.setText(_("转办单") if order.office and not order.team else _("服务单"))
        for button in (self.slip, self.file):
            button.setVisible(has_slip and self._may_act)
            button.updateGeometry()
        self._show_served(whole.services)
        self.history.set_events([_event(told, self) for told in reversed(whole.history)])
        then, self._when_shown = self._when_shown, None
        if then is not None:
            then()

    def say_of_cards(self, *, are_there: bool) -> None:
        """What stands here while no card is chosen; nothing where there is none to choose."""
        self.nothing.set_sentence(_("选一张卡片，这里就是它的来龙去脉。") if are_there else "")

    def _show_nothing(self) -> None:
        self.whole = None
        self._body.hide()
        self.nothing.show()

    def _say_state(self, order: OrderView) -> None:
        parts = [shape_of(order.state).word, category_name(order.category)]
        if order.urgent:
            parts.append(_("急"))
        if order.policy_covered:
            parts.append(_("走政策"))
        if order.asked_again:
            parts.append(_("又问 {count} 次").format(count=order.asked_again))
        self.state.setText(" · ".join(parts))

    def _show_served(self, services: tuple[Evidence, ...]) -> None:
        while self.served.count():
            item = self.served.takeAt(0)
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for one in services:
            text = _("{who} {time} · {state}").format(
                who=one.who,
                time=service_words.hours(one.minutes),
                state=service_words.state(one.state),
            )
            self.served.addWidget(Paragraph(text, "secondary", "secondary"))

    def _copy(self) -> None:
        if self.whole is not None:
            QGuiApplication.clipboard().setText(numbers.shown_order_number(self.whole.order.number))
            self.app.banner.news(_("编号已复制"))

    def _on_asked(self, asked: tuple[Id, str]) -> None:
        person, reason = asked
        request = Reveal(person=person, field=Sensitive.PHONE, reason=reason)
        self.app.jobs.run(self, reveal, request, done=lambda number: self.facts.show_phone(person, number))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._form is None:
            self.left.emit()
            super().keyPressEvent(event)  # an overlaid pane closes
            return
        event.ignore()
        self.pressed.emit(event)
        if not event.isAccepted():
            super().keyPressEvent(event)


def _event(told: Told, pane: OrderPane) -> Event:
    now = pane.app.now()
    local = moments.say_moment(told.at, now)
    return Event(local, told.text, told.by, moments.say_exactly(told.at))
