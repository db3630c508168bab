"""Undoing what was done with people (人员): profiles get their old values back, a volunteer registered by mistake
leaves again, one who left by mistake is back. Who is known to the station stays known.
"""

from __future__ import annotations

from app.actions.desk import Work
from app.actions.people import known_person
from app.actions.undo import Undoing, undoes
from app.domain import people as rules
from app.facts.people import (
    PersonEdited,
    VolunteerEdited,
    VolunteerLeft,
    VolunteerNote,
    VolunteerRegistered,
    VolunteerReturned,
)
from app.storage import people as storage
from app.words import _


@undoes(PersonEdited)
def undo_edit(work: Work, that: Undoing[PersonEdited]) -> None:
    """An ID number that somebody else was given meanwhile is not taken back."""
    person = known_person(work, that.it.body.person)
    before = storage.before(that.before, person.id)
    holder = storage.person_with_id_number(work.connection, before.details.id_number)
    work.record(*rules.put_back(person, before.details, holder=holder), parts={person.id: before.details})


@undoes(VolunteerEdited)
def undo_volunteer_edit(work: Work, that: Undoing[VolunteerEdited]) -> None:
    person = known_person(work, that.it.body.person)
    before = storage.before(that.before, person.id)
    body = rules.edit_volunteer(person, before.brings)
    if body is not None:
        work.record(body, parts={person.id: before.brings})


@undoes(VolunteerRegistered)
def undo_registration(work: Work, that: Undoing[VolunteerRegistered]) -> None:
    """The number was given out and stays theirs."""
    body, note = rules.leave(known_person(work, that.it.body.person), _("登记错了，撤销"))
    work.record(body, parts={body.person: note})


@undoes(VolunteerLeft)
def undo_leave(work: Work, that: Undoing[VolunteerLeft]) -> None:
    work.record(rules.come_back(known_person(work, that.it.body.person)))


@undoes(VolunteerReturned)
def undo_return(work: Work, that: Undoing[VolunteerReturned]) -> None:
    person = known_person(work, that.it.body.person)
    reason = storage.left_reason(that.before, person.id) or _("回来登记错了，撤销")
    body, _note = rules.leave(person, reason)
    work.record(body, parts={person.id: VolunteerNote(text=reason)})
