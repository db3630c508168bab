"""The record that is pointed at (一条记录): its evidence, the decision, and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions.desk import Desk
from app.actions.history import Told, history_of
from app.actions.services import Evidence, service_evidence, waiting_with
from app.domain.moments import say_exactly, say_moment
from app.domain.problems import Refusal
from app.domain.services import State
from app.facts import Id
from app.sentences import sentence
from app.words import _
from ui.evidence import EvidenceView
from ui.parts.buttons import Button
from ui.parts.empty import Empty
from ui.parts.form import RefusalLine
from ui.parts.link import Link
from ui.parts.timeline import Event, Timeline
from ui.screen import Services

READ_AFTER_MS = 60
"""Held arrows run over many rows; only the one they stop at is read."""


@dataclass(frozen=True)
class WholeRecord:
    """Everything the pane shows. ``together`` are the waiting ones that were written down in one go with it."""

    evidence: Evidence
    history: tuple[Told, ...]
    together: tuple[Id, ...]


def whole_record(desk: Desk, service: Id) -> WholeRecord:
    """One reading for the pane."""
    evidence = service_evidence(desk, service)
    return WholeRecord(
        evidence=evidence,
        history=tuple(history_of(desk, f"service:{service}")),
        together=waiting_with(desk, service) if evidence.state is State.WAITING else (),
    )


class RecordPane(QWidget):
    """The buttons ask the screen; ``opened`` carries (screen, id) of a door."""

    approve_asked = Signal()
    approve_all_asked = Signal()
    decline_asked = Signal()
    reverse_asked = Signal()
    opened = Signal(object)

    def __init__(self, app: Services) -> None:
        super().__init__()
        self.app = app
        self.whole: WholeRecord | None = None
        self._service: Id | None = None
        self._may_act = app.clerk.role != "auditor"
        self._timer = QTimer(self, singleShot=True, interval=READ_AFTER_MS)
        self._timer.timeout.connect(self._read)
        self._build()
        self._body.hide()
        self._empty.hide()  # until the queue is read

    def _build(self) -> None:
        self._empty = Empty(_("指着哪一条，这里就是它的来龙去脉。"))
        self._view = EvidenceView(self.app.jobs)
        self._view.order_opened.connect(lambda order: self.opened.emit(("board", order)))
        self._person = Link(_("看这位志愿者"), key="V")
        self._person.clicked.connect(lambda _checked: self._open_person())
        self._refusal = RefusalLine()
        self._history = Timeline()
        self.approve = Button(_("通过"), kind="primary", key="A")
        self.decline = Button(_("不通过"), key="X")
        self.approve_all = Button("", key="Shift+A")
        self.reverse = Button(_("撤销记录"), kind="danger", key="R")
        for button, asked in (
            (self.approve, self.approve_asked),
            (self.decline, self.decline_asked),
            (self.approve_all, self.approve_all_asked),
            (self.reverse, self.reverse_asked),
        ):
            button.clicked.connect(lambda _checked, asked=asked: asked.emit())
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.approve)
        buttons.addWidget(self.decline)
        buttons.addWidget(self.reverse)
        buttons.addStretch()
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        body.addLayout(buttons)
        body.addWidget(self.approve_all)
        body.addWidget(self._refusal)
        body.addSpacing(4)
        body.addWidget(self._view)
        body.addWidget(self._person)
        body.addSpacing(8)
        body.addWidget(self._history)
        body.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self._empty)
        column.addWidget(self._body)

    # --- which record

    def point(self, service: Id | None) -> None:
        """Show another record; what is shown stays until it has come."""
        if service != self._service:
            self._refusal.clear()
        self._service = service
        if service is None:
            self.whole = None
            self._empty.show()
            self._body.hide()
        else:
            self._timer.start()

    def renew(self) -> None:
        if self._service is not None:
            self._timer.start()

    def refuse(self, refusal: Refusal) -> None:
        self._refusal.say(sentence(refusal))

    def _read(self) -> None:
        if self._service is not None:
            self.app.jobs.read(self, whole_record, self._service, done=self._show, key="record")

    def _show(self, whole: WholeRecord) -> None:
        if whole.evidence.service != self._service:
            return
        self.whole = whole
        self._empty.hide()
        self._body.show()
        self._view.show_evidence(whole.evidence)
        self._history.set_events([self._event(told) for told in reversed(whole.history)])
        self._settle(whole)

    def _settle(self, whole: WholeRecord) -> None:
        """What can be decided now."""
        is_waiting = self._may_act and whole.evidence.state is State.WAITING
        self.approve.setVisible(is_waiting)
        self.decline.setVisible(is_waiting)
        self.reverse.setVisible(self._may_act and whole.evidence.state is State.APPROVED)
        self.approve_all.setVisible(is_waiting and len(whole.together) > 1)
        self.approve_all.setText(_("同批 {count} 条通过").format(count=len(whole.together)))
        self.approve_all.updateGeometry()

    def _open_person(self) -> None:
        if self.whole is not None:
            self.opened.emit(("volunteers", self.whole.evidence.person))

    def _event(self, told: Told) -> Event:
        return Event(say_moment(told.at, self.app.now()), told.text, told.by, say_exactly(told.at))
