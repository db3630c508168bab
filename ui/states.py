"""How states of service records and certificates look (状态样子): a shape and a colour, with the word beside it."""

from __future__ import annotations

from app.actions.certificates import CertificateEntry
from app.domain.certificates import Standing
from app.domain.services import State
from app.sentences import services as words
from app.words import N_, _
from ui.parts.rows import State as Shape

_SERVICES = {
    State.WAITING: Shape("hollow", "waiting"),
    State.APPROVED: Shape("tick", "done"),
    State.DECLINED: Shape("dash", "closed"),
    State.REVERSED: Shape("triangle", "trouble"),
}

_CERTIFICATES = {
    Standing.VALID: Shape("tick", "done", N_("有效")),
    Standing.TO_VOID: Shape("triangle", "trouble", N_("该作废")),
    Standing.VOID: Shape("dash", "closed", N_("已作废")),
}


def service_state(state: State) -> Shape:
    """What became of a service record."""
    shape = _SERVICES[state]
    return Shape(shape.shape, shape.colour, words.state(state))


def certificate_state(entry: CertificateEntry) -> Shape:
    """What a certificate is worth; a void one that has a successor says so."""
    shape = _CERTIFICATES[entry.standing]
    is_replaced = entry.standing is Standing.VOID and entry.replaced_by
    return Shape(shape.shape, shape.colour, _("已换开") if is_replaced else _(shape.word))
