"""How people (人员) stand in a list of what was found, and who is known already while somebody is registered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from app.actions.desk import DESK, Look, reading
from app.actions.people_cards import age_of, sex_of
from app.actions.search import shows
from app.domain import phones, tokens
from app.domain.identity import Sex
from app.domain.people import Group
from app.domain.problems import Refusal
from app.facts import Id
from app.storage import people as storage
from app.storage.search import Match


@dataclass(frozen=True, slots=True, kw_only=True)
class MaybeKnown:
    """What is typed of somebody, to look whether they are known already."""

    name: str
    phone: str = ""
    born_on: date | None = None
    other_than: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonHit:
    """Somebody who was found: the name with the places that were hit, and what tells people of one name apart."""

    id: Id
    name: str
    matched: frozenset[int]
    sex: Sex | None
    age: int | None
    groups: tuple[Group, ...]
    phone_tail: str
    number: str | None
    left: bool
    last_order_on: date | None


@reading(DESK)
def likely_same(look: Look, query: MaybeKnown) -> tuple[PersonHit, ...]:
    """People who may be the one that is being typed; a hint that never stands in the way."""
    try:
        phone = phones.normalise(query.phone)
    except Refusal:
        phone = ""
    rows = storage.likely_same(look.connection, query.name, phone, query.born_on, query.other_than)
    return tuple(_hit(look, row, query.name, None) for row in rows)


@shows("person", place=1)
def person_hits(look: Look, typed: str, found: Sequence[Match]) -> tuple[PersonHit, ...]:
    """People as they stand in a list of what was found; one statement."""
    latest = {match.object: match.latest for match in found}
    rows = storage.rows_of(look.connection, [match.object for match in found])
    return tuple(_hit(look, row, typed, latest[row.id]) for row in rows)


def _hit(look: Look, row: Row[Any], typed: str, latest: date | None) -> PersonHit:
    name = look.sight.name(row.name)
    return PersonHit(
        id=row.id,
        name=name,
        matched=tokens.matched(name, typed) if name == row.name else frozenset(),
        sex=sex_of(row),
        age=age_of(look, row),
        groups=tuple(map(Group, row.groups)) if look.sight.works else (),
        phone_tail=phones.tail(row.phone),
        number=row.number,
        left=row.left_at is not None,
        last_order_on=latest,
    )
