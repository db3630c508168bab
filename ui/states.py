"""How states of service records and certificates look (状态样子): a shape and a colour, with the word beside it."""

from __future__ import annotations

from app.domain.services import State
from app.sentences import services as words
from ui.parts.rows import State as Shape

_SERVICES = {
    State.WAITING: Shape("hollow", "waiting"),
    State.APPROVED: Shape("tick", "done"),
    State.DECLINED: Shape("dash", "closed"),
    State.REVERSED: Shape("triangle", "trouble"),
}


def service_state(state: State) -> Shape:
    """What became of a service record."""
    shape = _SERVICES[state]
    return Shape(shape.shape, shape.colour, words.state(state))
