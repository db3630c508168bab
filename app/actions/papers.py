"""The papers of an order (服务单, 转办单) and saving any paper as a file.

Papers show names, phones and addresses in full, so only those who work with people make them, and a saved file leaves
a line in the audit. Certificates are in ``certificates``, rosters with what they list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row

from app.actions.desk import DESK, EVERYBODY, Desk, Look, Work, action, reading
from app.actions.history import Told, history_of
from app.actions.orders import OrderUnknown
from app.domain import categories, phones
from app.domain.moments import say_exactly
from app.domain.numbers import order_bar_code, short_order_number, shown_order_number
from app.domain.orders import ReasonMissing, State
from app.domain.papers import PapersPolicy
from app.domain.problems import Refusal
from app.facts import Id, instant
from app.facts.orders import OrderEscalated, OrderNote, OrderReferred, OrderTaken, TakenBy
from app.sentences.orders import minded
from app.sentences.services import span
from app.storage import audit, staff, stations
from app.storage import orders as storage
from app.storage.disk import write_whole
from app.storage.fold import Recorded
from app.storage.history import history
from app.storage.types import clean_text
from app.words import _

# Printing is loaded with the first paper: it takes longer than everything else a start needs from here.
if TYPE_CHECKING:
    from app.printing.escalation_slip import EscalationSlip
    from app.printing.order_slip import OrderSlip

LINES_ON_ORDER_SLIP = 3
LINES_ON_ESCALATION_SLIP = 8

_WITH_A_TEAM = frozenset({State.DISPATCHED, State.ACCEPTED, State.IN_SERVICE})
_PROMISED = frozenset({State.ACCEPTED, State.IN_SERVICE})


@dataclass(frozen=True, slots=True, kw_only=True)
class SavePaper:
    """``pdf`` to be kept at ``path``; ``object`` is what it is a paper of, such as ``certificate:<id>``."""

    object: str
    pdf: bytes = field(repr=False)
    path: Path


class NotDispatched(Refusal):
    """The slip is for a team, and none has the order now."""

    number: str


LONGEST_REASON_CHARACTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintList:
    """Papers of so many people at once, and what for."""

    count: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintPaper:
    """A paper on its way to ``printer``; ``object`` is what it is a paper of, such as ``certificate:<id>``."""

    object: str
    printer: str


class NotHandedUp(Refusal):
    """The slip goes to an office, and the order was handed to none."""

    number: str


def order_slip(desk: Desk, order_id: Id) -> bytes:
    """The slip that a volunteer carries to the door (服务单), as PDF."""
    from app.printing.order_slip import pdf

    slip = _order_slip(desk, order_id)
    return pdf(replace(slip, history=_lines(desk, order_id, LINES_ON_ORDER_SLIP)))


def escalation_slip(desk: Desk, order_id: Id) -> bytes:
    """The slip with which an order goes up or to a department (转办单), as PDF."""
    from app.printing.escalation_slip import pdf

    slip = _escalation_slip(desk, order_id)
    return pdf(replace(slip, history=_lines(desk, order_id, LINES_ON_ESCALATION_SLIP)))


@action()
def save_paper(work: Work, request: SavePaper) -> Path:
    """Write a paper whole to a file that somebody chose, and note that it left the program."""
    audit.write(
        work.connection,
        at=work.now,
        by=work.by.staff,
        what=audit.SAVED_PAPER,
        object_name=request.object,
        reason=request.path.name,
    )
    write_whole(request.path, request.pdf)
    return request.path


@action(EVERYBODY)
def note_printed(work: Work, request: PrintPaper) -> None:
    """Note that a paper goes to a printer, and so leaves the program; print after this."""
    audit.write(
        work.connection,
        at=work.now,
        by=work.by.staff,
        what=audit.PRINTED_PAPER,
        object_name=request.object,
        reason=request.printer,
    )


@action()
def note_list_printed(work: Work, request: PrintList) -> None:
    """Note that papers with the names of a whole list are printed, and why; print after this."""
    reason = clean_text(request.reason, longest_characters=LONGEST_REASON_CHARACTERS, field="reason")
    if not reason:
        raise ReasonMissing(field="reason")
    audit.write(
        work.connection,
        at=work.now,
        by=work.by.staff,
        what=audit.PRINTED_LIST,
        object_name=f"people:{request.count}",
        reason=reason,
    )


@reading(DESK)
def _order_slip(look: Look, order_id: Id) -> OrderSlip:
    from app.printing.order_slip import OrderSlip, Shopping

    row = _row(look, order_id)
    if row.team is None or row.state not in _WITH_A_TEAM:
        raise NotDispatched(number=short_order_number(row.number))
    people = storage.parties(look.connection, [row.requester, row.beneficiary, row.volunteer])
    others = row.beneficiary != row.requester
    promised = row.wanted_at is None and row.state in _PROMISED
    return OrderSlip(
        number=shown_order_number(row.number),
        short_number=short_order_number(row.number),
        digits=order_bar_code(row.number),
        station=stations.this_station(look.connection).name,
        station_phone=look.policy(PapersPolicy).line(),
        category=_category(row.category),
        what=row.what,
        place=row.place,
        when=_wanted(row.wanted_from, row.wanted_at),
        due=say_exactly(row.due_at) if promised else "",
        mind=minded(row.cautions, row.mind),
        contact=_name(people.get(row.requester)),
        contact_phone=_phone(people.get(row.requester)),
        beneficiary=_name(people.get(row.beneficiary)) if others else "",
        team=row.team_name or "",
        volunteers=_name(people.get(row.volunteer)) if row.volunteer else "",
        history=(),
        day=look.today,
        urgent=row.urgent,
        shopping=None if row.advance_cents is None else Shopping(_yuan(row.advance_cents)),
    )


@reading(DESK)
def _escalation_slip(look: Look, order_id: Id) -> EscalationSlip:
    from app.printing.escalation_slip import EscalationSlip

    row = _row(look, order_id)
    recorded = history(look.connection, f"order:{order_id}")
    handed_up = _last(recorded, OrderEscalated, OrderReferred)
    if handed_up is None:
        raise NotHandedUp(number=short_order_number(row.number))
    people = storage.parties(look.connection, [row.requester])
    note = handed_up.part(handed_up.body.beneficiary, OrderNote)
    taken = _last(recorded, OrderTaken) if row.taken_at is not None else None
    taker = taken.part(taken.body.beneficiary, TakenBy) if taken else None
    return EscalationSlip(
        number=shown_order_number(row.number),
        digits=order_bar_code(row.number),
        station=stations.this_station(look.connection).name,
        station_phone=look.policy(PapersPolicy).line(),
        receiver=handed_up.body.office,
        taken_by=taker.name if taker else "",
        taken_by_phone=taker.phone if taker else "",
        handed_over=say_exactly(handed_up.at),
        until=say_exactly(instant(handed_up.body.due_at)),
        category=_category(row.category),
        what=row.what,
        place=row.place,
        requester=_name(people.get(row.requester)),
        requester_phone=_phone(people.get(row.requester)),
        reason=note.text if note else _usual_reason(handed_up),
        history=(),
        clerk=staff.names_of(look.connection, [handed_up.by]).get(handed_up.by, ""),
        day=look.today,
    )


def _row(look: Look, order_id: Id) -> Row[Any]:
    row = storage.order_row(look.connection, order_id)
    if row is None:
        raise OrderUnknown
    return row


def _last(recorded: Sequence[Recorded[Any]], *kinds: type) -> Recorded[Any] | None:
    return next((one for one in reversed(recorded) if isinstance(one.body, kinds)), None)


def _usual_reason(handed_up: Recorded[Any]) -> str:
    if isinstance(handed_up.body, OrderReferred):
        return _("属于政策保障的事项，请按政策办理。")
    return _("本站解决不了，请上级协调办理。")


def _lines(desk: Desk, order_id: Id, most: int) -> tuple[str, ...]:
    """The newest lines of the order's history, the oldest of them first."""
    return tuple(map(_line, history_of(desk, f"order:{order_id}")[-most:]))


def _line(told: Told) -> str:
    return _("{when} {what}（{who}）").format(when=say_exactly(told.at), what=told.text, who=told.by)


def _category(code: str) -> str:
    category = categories.menu().find(code)
    return category.title if category else code


def _wanted(wanted_from: datetime | None, wanted_at: datetime | None) -> str:
    if wanted_at is None:
        return _("尽快")
    if wanted_from is None or wanted_from == wanted_at:
        return say_exactly(wanted_at)
    return span(wanted_from, wanted_at)


def _name(row: Row[Any] | None) -> str:
    return row.name if row else ""


def _phone(row: Row[Any] | None) -> str:
    return phones.grouped(row.phone) if row and row.phone else ""


def _yuan(cents: int) -> str:
    """``200`` or ``12.50``; nothing for no advance, so that the amount can be written in."""
    if not cents:
        return ""
    return f"{cents // 100}" if cents % 100 == 0 else f"{cents // 100}.{cents % 100:02}"
