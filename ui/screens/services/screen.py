"""The services screen (核时长): the list with the record beside it, or the form of 补录; what each key does."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.actions.services import (
    ApprovedServices,
    ApproveServices,
    Evidence,
    ServiceReason,
    approve_services,
    decline_service,
    reverse_service,
    service_evidence,
)
from app.domain.problems import Refusal, Trouble
from app.domain.services import State
from app.facts import Id
from app.sentences import sentence
from app.sentences.points import points
from app.sentences.services import hours
from app.words import N_, _
from ui.parts.question import Answer, Answered, Deed, Question, ask_and_do
from ui.screen import Screen, Services
from ui.screens.services.pane import RecordPane
from ui.screens.services.queue import Queue
from ui.screens.services.recording import Recording

_RECORDING = "recording"
_DECLINED_BECAUSE = (N_("时间对不上"), N_("没有照片或签字"), N_("重复记了"), N_("不是志愿服务"))
_REVERSED_BECAUSE = (N_("重复记了"), N_("时间记错了"), N_("记错了人"), N_("查实没有去"))


class ServicesScreen(Screen):
    def __init__(self, app: Services) -> None:
        super().__init__(app)
        self._may_act = app.clerk.role != "auditor"
        self._sent: set[Id] = set()
        self.queue = Queue(app)
        self.recording = Recording(app) if self._may_act else None
        self.pane = self.beside(RecordPane(app))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.queue)
        if self.recording is not None:
            self._stack.addWidget(self.recording)
            self.recording.left.connect(self.show_queue)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._connect()
        self._bind()

    def _connect(self) -> None:
        self.queue.pointed.connect(self._on_pointed)
        self.queue.opened.connect(lambda: self.app.show_pane())
        self.queue.record_asked.connect(self.record)
        self.pane.approve_asked.connect(self.approve)
        self.pane.approve_all_asked.connect(self.approve_together)
        self.pane.decline_asked.connect(self.decline)
        self.pane.reverse_asked.connect(self.reverse)
        self.pane.opened.connect(lambda door: self.app.go(*door))
        self.app.minute_passed.connect(self.pane.renew)

    def _bind(self) -> None:
        self.tell_key("↑ ↓", _("走到别的记录"))
        self.tell_key("Enter", _("打开右边的窗格"))
        if self._may_act:
            self.key("A", _("通过"), self.approve)
            self.key("Shift+A", _("同一次记的都通过"), self.approve_together)
            self.key("X", _("不通过，要写原因"), self.decline)
            self.key("R", _("撤销已通过的，要写原因"), self.reverse)
            self.key("F3", _("补录一次服务"), self.record)
            self.key("F8", _("补录时再加一位"), self._add_person)
            self.tell_key("Ctrl+Enter", _("补录时记下"))
        self.key("O", _("看它的订单"), self._open_order)
        self.key("V", _("看志愿者"), self._open_volunteer)
        self.key("F6", _("换一类记录"), self._next_state)
        self.key("Ctrl+F", _("找志愿者或订单"), self._focus_search)

    # --- the screen

    def enter(self) -> None:
        self._take_focus()

    def refresh(self, changed: frozenset[str]) -> None:
        if changed & {"service", "person", "order", "team"}:
            self.queue.refresh()
            self.pane.renew()

    def pane_widget(self) -> QWidget | None:
        return self.pane if self._is_listing() else None

    def go_to(self, object_id: str) -> None:
        """A record, whatever became of it."""

        def done(evidence: Evidence) -> None:
            self.show_queue()
            self.queue.point(evidence.service, evidence.state)
            self.pane.point(evidence.service)
            self.app.show_pane()

        self.app.jobs.read(self, service_evidence, object_id, done=done, key="go to")

    def narrowing(self) -> dict[str, Any]:
        return {"states": self.queue.states, "search": self.queue.search}

    def place(self) -> str:
        return _RECORDING if not self._is_listing() else ""

    def come_back(self, place: str) -> None:
        """Into the form; the table remembers its row."""
        if place == _RECORDING:
            self.record()

    def is_amid(self) -> bool:
        return False  # its draft keeps everything

    def put_down(self) -> None:
        if self.recording is not None:
            self.recording.save_draft()

    def may_leave(self) -> bool:
        """What is half typed is safe in its draft."""
        self.put_down()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.queue.search.hasFocus():
            self.queue.search.set_value("")
            self.queue.show_again()
            self.queue.start()
            return
        super().keyPressEvent(event)

    # --- the list and the form

    def show_queue(self) -> None:
        """Back from the form; what is typed there stays."""
        self._turn_to(self.queue)

    def record(self) -> None:
        """F3."""
        if self.recording is not None:
            self._turn_to(self.recording)

    def _turn_to(self, page: QWidget) -> None:
        self.put_down()
        if self._stack.currentWidget() is not page:
            self._stack.setCurrentWidget(page)
            self.app.pane_changed()
        self._take_focus()

    def _is_listing(self) -> bool:
        return self._stack.currentWidget() is self.queue

    def _take_focus(self) -> None:
        if self._is_listing():
            self.queue.start()
        elif self.recording is not None:
            self.recording.start()

    def _add_person(self) -> None:
        if self.recording is not None and not self._is_listing():
            self.recording.add_person()

    def _next_state(self) -> None:
        if self._is_listing():
            self.queue.states.next()

    def _focus_search(self) -> None:
        self.show_queue()
        self.queue.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.queue.search.selectAll()

    def _on_pointed(self, row: Evidence | None) -> None:
        self.pane.point(row.service if row is not None else None)

    def _open_order(self) -> None:
        one = self._current()
        if one is not None and one.order is not None:
            self.app.go("board", one.order)

    def _open_volunteer(self) -> None:
        one = self._current()
        if one is not None:
            self.app.go("volunteers", one.person)

    def _current(self) -> Evidence | None:
        return self.queue.table.row() if self._is_listing() else None

    # --- deciding

    def approve(self) -> None:
        """A: this one counts; the next one comes."""
        one = self._current()
        if one is not None and one.state is State.WAITING:
            self._approve((one.service,))

    def approve_together(self) -> None:
        """Shift+A: everything that was written down in one go with this one."""
        whole, one = self.pane.whole, self._current()
        if whole is not None and one is not None and whole.evidence.service == one.service and whole.together:
            self._approve(whole.together)

    def decline(self) -> None:
        one = self._current()
        if one is None or one.state is not State.WAITING or not self._may_act:
            return
        answer = Answer(_("不通过"), "decline", _("这一条不计时长，志愿者问起时照这个原因答。"), "primary")
        question = Question(
            _("不通过{who}的 {hours}？").format(who=one.who, hours=hours(one.minutes)),
            (answer,),
            reasons=tuple(_(reason) for reason in _DECLINED_BECAUSE),
        )
        ask_and_do(self, self.app.jobs, question, partial(self._decline, one.service))

    def reverse(self) -> None:
        one = self._current()
        if one is None or one.state is not State.APPROVED or not self._may_act:
            return
        does = _("扣回 {hours}，积分 {points}；用到它的证明会提醒作废。").format(
            hours=hours(one.counted_minutes), points=points(one.points_cents)
        )
        question = Question(
            _("撤销{who}的这条记录？").format(who=one.who),
            (Answer(_("撤销记录"), "reverse", does, "danger"),),
            reasons=tuple(_(reason) for reason in _REVERSED_BECAUSE),
            stay=_("留着"),
        )
        ask_and_do(self, self.app.jobs, question, partial(self._reverse, one.service))

    def _approve(self, services: tuple[Id, ...]) -> None:
        if not self._may_act or self._sent.intersection(services):
            return
        self._sent.update(services)  # approved, though the list may still show them

        def done(approved: ApprovedServices) -> None:
            told = _("通过了，计 {hours}，积 {points}").format(
                hours=hours(approved.minutes), points=points(approved.points_cents)
            )
            self.app.banner.news(told)

        def refused(refusal: Refusal) -> None:
            self._sent.difference_update(services)
            self._refuse(refusal)

        def trouble(trouble: Trouble) -> None:
            self._sent.difference_update(services)
            self.app.banner.trouble(partial(sentence, trouble))

        request = ApproveServices(services=services)
        self.app.jobs.run(self, approve_services, request, done=done, refused=refused, trouble=trouble)

    def _decline(self, service: Id, answered: Answered) -> Deed:
        request = ServiceReason(service=service, reason=answered.reason)
        said = _("没有通过，不计时长")
        return Deed(decline_service, request, lambda _nothing: self.app.banner.news(said))

    def _reverse(self, service: Id, answered: Answered) -> Deed:
        request = ServiceReason(service=service, reason=answered.reason)
        said = _("撤销了，时长和积分已扣回")
        return Deed(reverse_service, request, lambda _nothing: self.app.banner.news(said))

    def _refuse(self, refusal: Refusal) -> None:
        self.pane.refuse(refusal)
        self.app.show_pane()
