"""Undoing what was done with service records (服务记录): one written down by mistake does not count, an approval is
revoked, what was declined waits again.
"""

from __future__ import annotations

from app.actions.desk import Work
from app.actions.services import ServiceReason, decline_service, reverse_service
from app.actions.undo import Undoing, undoes
from app.domain import services as rules
from app.domain.services import State
from app.facts.services import ServiceApproved, ServiceDeclined, ServiceRecorded
from app.storage import services as storage
from app.words import _


@undoes(ServiceRecorded)
def undo_record(work: Work, that: Undoing[ServiceRecorded]) -> None:
    """One whose approval was undone before is revoked, and stays so."""
    service = storage.service(work.connection, that.it.body.service)
    if service is None or service.state is not State.WAITING:
        return
    decline_service.inside(work, ServiceReason(service=that.it.body.service, reason=_("记错了，撤销")))


@undoes(ServiceApproved)
def undo_approval(work: Work, that: Undoing[ServiceApproved]) -> None:
    reverse_service.inside(work, ServiceReason(service=that.it.body.service, reason=_("核错了，撤销")))


@undoes(ServiceDeclined)
def undo_decline(work: Work, that: Undoing[ServiceDeclined]) -> None:
    work.record(rules.reopen(that.it.body.service, that.it.body.person))
