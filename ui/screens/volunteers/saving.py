"""From what is typed to what is recorded (保存): requests of the form, one after the other.

Only what was touched is sent, so that what somebody else changed meanwhile stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.actions.people import (
    Brings,
    EditPerson,
    EditVolunteer,
    RegisterPerson,
    RegisterVolunteer,
    edit_person,
    edit_volunteer,
    register_person,
    register_volunteer,
)
from app.actions.people_cards import PersonCard
from app.domain.numbers import grouped
from app.domain.people import Profile, day_typed
from app.domain.problems import Refusal
from app.facts import Id
from app.words import _
from ui.jobs import Jobs
from ui.screens.volunteers.form import PersonForm

_BETWEEN = re.compile(r"[、，,；;\s]+")

Said = Callable[[Id, str], None]


def profile(form: PersonForm) -> Profile:
    """The profile as it is typed; refuses a birth date that is none."""
    return Profile(
        name=form.name.value(),
        id_type=form.identity.kind() if form.identity.value() else None,
        id_number=form.identity.value(),
        sex=form.sex.value(),
        born_on=day_typed(form.born_on.value(), "born_on"),
        phone=form.phone.value(),
        other_phone=form.other_phone.value(),
        region=form.region.value() or "",
        address=form.address.value(),
        groups=form.groups.value(),
        remark=form.remark.value(),
        guardian=form.guardian.value(),
    )


def brings(form: PersonForm) -> Brings:
    """What the volunteer brings, as it is typed."""
    return Brings(
        skills=several(form.skills.value()),
        qualifications=several(form.qualifications.value()),
        categories=form.categories.value(),
        availability=form.availability.value(),
    )


def touched(form: PersonForm, card: PersonCard) -> frozenset[str]:
    """Which fields of the profile say something else than what is known."""
    typed = profile(form)
    names = {
        name
        for name, known in (
            ("name", card.name),
            ("sex", card.sex),
            ("region", card.region),
            ("groups", card.groups),
            ("remark", card.remark),
            ("guardian", card.guardian),
        )
        if _differs(getattr(typed, name), known)
    }
    hidden = {
        "phone": form.phone,
        "other_phone": form.other_phone,
        "id_number": form.identity.number,
        "address": form.address,
        "born_on": form.born_on,
    }
    names |= {name for name, field in hidden.items() if field.touched()}
    if "id_number" in names:
        names |= {"id_type"} | ({"sex"} if typed.sex is not None else set())
    return frozenset(names)


class Saving(QObject):
    """``saved`` carries the person's id and what to say; refusals go to the form."""

    saved = Signal(str, str)

    def __init__(self, jobs: Jobs, form: PersonForm, refused: Callable[[Refusal], None]) -> None:
        super().__init__(form)
        self._jobs, self._form, self._refused = jobs, form, refused
        self._is_running = False

    def save(self, person: Id, card: PersonCard | None) -> None:
        """Record what is typed of ``person``, who is new when there is no ``card``."""
        if self._is_running:
            return
        self._form.clear_refusals()
        try:
            steps = self._new(person) if card is None else self._known(card)
        except Refusal as refusal:
            self._refused(refusal)
            return
        self._is_running = True
        self._take(person, steps, "")

    def _new(self, person: Id) -> list[_Step]:
        form = self._form
        typed = profile(form)
        if not form.is_volunteer():
            return [(register_person, RegisterPerson(person=person, profile=typed), _registered)]
        request = RegisterVolunteer(
            person=person,
            profile=typed,
            brings=brings(form),
            registered_on=day_typed(form.registered_on.value(), "registered_on"),
            referrer=form.referrer.value(),
        )
        return [(register_volunteer, request, _numbered)]

    def _known(self, card: PersonCard) -> list[_Step]:
        form = self._form
        steps: list[_Step] = []
        fields = touched(form, card)
        if fields:
            request = EditPerson(person=card.id, profile=profile(form), touched=fields)
            steps.append((edit_person, request, _edited))
        if not form.is_volunteer():
            return steps
        if card.volunteer is not None:
            steps.append((edit_volunteer, EditVolunteer(person=card.id, brings=brings(form)), _edited))
        else:
            since = day_typed(form.registered_on.value(), "registered_on")
            register = RegisterVolunteer(
                person=card.id, brings=brings(form), registered_on=since, referrer=form.referrer.value()
            )
            steps.append((register_volunteer, register, _numbered))
        return steps

    def _take(self, person: Id, steps: list[_Step], said: str) -> None:
        if not steps:
            self._is_running = False
            self.saved.emit(person, said or _("没有要改的。"))
            return
        (action, request, says), *others = steps
        self._jobs.run(
            self,
            action,
            request,
            done=lambda value: self._take(person, others, says(value)),
            refused=self._on_refused,
            trouble=self._on_trouble,
        )

    def _on_refused(self, refusal: Refusal) -> None:
        self._is_running = False
        self._refused(refusal)

    def _on_trouble(self, trouble: Any) -> None:
        self._is_running = False
        self._jobs.troubled.emit(trouble)


_Step = tuple[Callable[[Any, Any], Any], Any, Callable[[Any], str]]


def _registered(value: Any) -> str:
    return _("已登记：{name}").format(name=value.name)


def _numbered(value: Any) -> str:
    return _("已登记，志愿者编号 {number}").format(number=grouped(value.number))


def _edited(_value: Any) -> str:
    return _("改好了。")


def several(typed: str) -> tuple[str, ...]:
    return tuple(filter(None, _BETWEEN.split(typed)))


def _differs(typed: object, known: object) -> bool:
    """An empty text and nothing are the same; groups have no order."""
    if isinstance(typed, tuple) and isinstance(known, tuple):
        return set(typed) != set(known)
    return (typed or None) != (known or None)
