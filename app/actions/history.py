"""The history of one object as sentences (来龙去脉): an order's way, a person's file, a policy's changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.actions.desk import Look, reading
from app.domain import regions
from app.domain.categories import menu
from app.domain.numbers import short_order_number
from app.facts import Id, instant
from app.sentences import Names, story
from app.sentences.log import from_newer_program_words
from app.storage import history as storage
from app.storage import naming
from app.storage.fold import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing that happened: when (aware UTC), recorded by whom, and what, in words."""

    at: datetime
    by: str
    text: str


@reading()
def history_of(look: Look, object_name: str) -> list[Told]:
    """Everything that happened to ``<noun>:<id>``, oldest first; at most eight statements for 500 facts."""
    recorded = storage.history(look.connection, object_name)
    newer = storage.from_newer_program(look.connection, object_name)
    asked = _Asked()
    for one in recorded:
        asked.staff(one.by)
        story(one, asked)
    for envelope in newer:
        asked.staff(envelope.by)
    names = _Found(look, asked)
    known = [Told(at=one.at, by=names.staff(one.by), text=_told(look, one, names)) for one in recorded]
    return known + [
        Told(at=instant(it.at), by=names.staff(it.by), text=from_newer_program_words()) for it in newer
    ]


def stories(look: Look, facts: Sequence[Recorded[Any]]) -> list[tuple[str, str]]:
    """For each fact who recorded it, and what happened, in words; one statement for each noun that is named."""
    asked = _Asked()
    for one in facts:
        asked.staff(one.by)
        story(one, asked)
    names = _Found(look, asked)
    return [(names.staff(one.by), _told(look, one, names)) for one in facts]


def _told(look: Look, it: Recorded[Any], names: Names) -> str:
    """Who only looks reads what happened, but not what anybody said."""
    return story(it if look.sight.works else replace(it, parts={}), names)


class _Asked(Names):
    """Writes down which names the sentences ask for, so that they can be fetched together."""

    def __init__(self) -> None:
        self.ids: dict[str, set[Id]] = {}

    def person(self, person: Id) -> str:
        return self._ask("person", person)

    def staff(self, staff: Id) -> str:
        return self._ask("staff", staff)

    def team(self, team: Id) -> str:
        return self._ask("team", team)

    def order(self, order: Id) -> str:
        return self._ask("order", order)

    def gift(self, gift: Id) -> str:
        return self._ask("gift", gift)

    def gift_unit(self, gift: Id) -> str:
        return self._ask("gift_unit", gift)

    def category(self, code: str) -> str:
        return ""

    def region(self, code: str) -> str:
        return ""

    def _ask(self, noun: str, object_id: Id) -> str:
        self.ids.setdefault(noun, set()).add(object_id)
        return ""


class _Found(Names):
    """The names that were asked for. What is not here (another station's) is a dash."""

    def __init__(self, look: Look, asked: _Asked) -> None:
        self._names = {noun: naming.names(look.connection, noun, ids) for noun, ids in asked.ids.items()}
        self._sight = look.sight

    def person(self, person: Id) -> str:
        return self._sight.name(self._names["person"].get(person)) or UNKNOWN

    def staff(self, staff: Id) -> str:
        return self._name("staff", staff)

    def team(self, team: Id) -> str:
        return self._name("team", team)

    def order(self, order: Id) -> str:
        number = self._names["order"].get(order)
        return short_order_number(number) if number else UNKNOWN

    def gift(self, gift: Id) -> str:
        return self._name("gift", gift)

    def gift_unit(self, gift: Id) -> str:
        return self._name("gift_unit", gift)

    def category(self, code: str) -> str:
        category = menu().find(code)
        return category.title if category else code

    def region(self, code: str) -> str:
        return regions.echo(code)

    def _name(self, noun: str, object_id: Id) -> str:
        return self._names[noun].get(object_id) or UNKNOWN


UNKNOWN = "—"
