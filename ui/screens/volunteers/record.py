"""One line of hours or points in the pane (来历): the service record behind it, and revoking it with a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions.services import Evidence, ServiceReason, reverse_service
from app.domain.services import State
from app.words import N_, _
from ui.evidence import EvidenceView
from ui.jobs import Jobs
from ui.parts.buttons import Button
from ui.parts.question import Answer, Answered, Deed, Question, ask_and_do

_REASONS = (N_("时间记错了"), N_("记在别人名下了"), N_("没有这次服务"))


class RecordPane(QWidget):
    """``revoked``: the record counts no more; ``order_opened`` carries the id of an order."""

    revoked = Signal()
    order_opened = Signal(object)
    left = Signal()

    def __init__(self, jobs: Jobs, *, may_edit: bool) -> None:
        super().__init__()
        self._jobs, self._may_edit = jobs, may_edit
        self.view = EvidenceView(jobs)
        self.view.order_opened.connect(self.order_opened)
        self.revoke = Button(_("撤销这条记录"), kind="danger", key="Delete")
        self.revoke.clicked.connect(lambda _checked: self.ask_why())
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.view)
        column.addWidget(self.revoke)
        column.addStretch()

    def show_evidence(self, evidence: Evidence) -> None:
        self.view.show_evidence(evidence)
        self.revoke.setVisible(self._may_edit and evidence.state is State.APPROVED)

    def first_stop(self) -> QWidget:
        """Where Enter goes from the line."""
        return self.view.first_stop() or self.revoke

    def ask_why(self) -> None:
        """Ask for the reason, saying what is taken back."""
        evidence = self.view.evidence
        if evidence is None or not self.revoke.isVisibleTo(self):
            return
        question = Question(
            _("撤销这条服务记录？"),
            (
                Answer(
                    _("撤销记录"),
                    "revoke",
                    _("扣回这一次的时长和积分。记录和原因都留着，以后还查得到。"),
                    "danger",
                ),
            ),
            evidence.content,
            reasons=tuple(_(reason) for reason in _REASONS),
            stay=_("不撤销"),
        )
        service = evidence.service

        def deed(answer: Answered) -> Deed:
            request = ServiceReason(service=service, reason=answer.reason)
            return Deed(reverse_service, request, lambda _nothing: self.revoked.emit())

        ask_and_do(self, self._jobs, question, deed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
