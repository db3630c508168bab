"""Reading the log (日志): its tables, the order in which facts are folded, and what happened to an object.

Facts of an object are folded in this order: confirmed ones by the county's position, then our own pending ones by
number. A private part that was erased is not there; one that the law keeps is locked, and only opened by who may.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar

import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Exists,
    FromClause,
    Index,
    Integer,
    LargeBinary,
    Row,
    Text,
    UniqueConstraint,
    and_,
    exists,
    func,
    or_,
    select,
    text,
    tuple_,
)

from app.domain.calendar import shanghai_day, years_after
from app.facts import Envelope, Fact, Id, Private, decode_body, decode_envelope, instant, kinds, open_part
from app.storage import types
from app.storage.fold import Recorded

T = TypeVar("T")
P = TypeVar("P", bound=Private)

Place = tuple[Id, int, int]
"""Where a fact stands: device, incarnation, number."""

FOLDED = "folded"
NO_HASH = b""
CHUNK = 500

log = types.table(
    "log",
    Column("n", Integer, primary_key=True),
    Column("fact", types.Id, nullable=False, unique=True),
    Column("device", types.Id, nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("object", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("known", types.Flag, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("position", types.Big),
    Column("verdict", Text),
    UniqueConstraint("device", "incarnation", "seq"),
    Index("ix_log_folding_order", "object", text("(position IS NULL)"), "position"),
    Index("ix_log_from_newer_program", "object", sqlite_where=text("known = 0")),
    local=True,
)

log_private = types.table(
    "log_private",
    Column("fact", types.Id, primary_key=True),
    Column("person", types.Id, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    # Of somebody who was erased, but the law keeps this: not shown, and gone after this day.
    Column("locked_until", types.Day),
    Index(None, "person"),
    Index("ix_log_private_locked", "locked_until", sqlite_where=text("locked_until IS NOT NULL")),
    local=True,
)


@dataclass(frozen=True, slots=True)
class Chain:
    """The device this database is, and which life of it (a restored database begins a new incarnation)."""

    device: Id
    incarnation: int


def chain_head(connection: Connection, chain: Chain) -> tuple[int, bytes]:
    """Number and hash of the newest fact of a chain; (0, no bytes) before the first."""
    newest = (
        select(log.c.seq, log.c.hash)
        .where(log.c.device == chain.device, log.c.incarnation == chain.incarnation)
        .order_by(log.c.seq.desc())
        .limit(1)
    )
    row = connection.execute(newest).first()
    return (row.seq, row.hash) if row else (0, NO_HASH)


def count_facts(connection: Connection) -> int:
    """How many facts there are. Nothing ever leaves the log, so the number of the newest says it."""
    return connection.execute(select(func.max(log.c.n))).scalar() or 0


def place_of(envelope: Envelope) -> Place:
    return (envelope.device, envelope.incarnation, envelope.seq)


def place_before(envelope: Envelope) -> Place:
    return (envelope.device, envelope.incarnation, envelope.seq - 1)


def hashes_at(connection: Connection, places: Collection[Place]) -> dict[Place, bytes]:
    """The hashes of the facts that stand at these places of their chains."""
    columns = (log.c.device, log.c.incarnation, log.c.seq)
    found: dict[Place, bytes] = {}
    for chunk in chunks(sorted(places)):
        asked = select(*columns, log.c.hash).where(tuple_(*columns).in_(chunk))
        found |= {(d, life, seq): hashed for d, life, seq, hashed in connection.execute(asked)}
    return found


def effective_order(connection: Connection, objects: Collection[str]) -> dict[str, list[Id]]:
    """For each object the facts that are folded, in folding order: confirmed by position, then pending."""
    order: dict[str, list[Id]] = {}
    for names in chunks(sorted(objects)):
        rows = connection.execute(
            select(log.c.object, log.c.fact)
            .where(log.c.object.in_(names), _counts())
            .order_by(log.c.object, log.c.position.is_(None), log.c.position, log.c.n)
        )
        for name, fact in rows:
            order.setdefault(name, []).append(fact)
    return order


def recorded_facts(connection: Connection, facts: Sequence[Id]) -> Iterator[Recorded[Any]]:
    """These facts as the fold sees them, in the order asked for."""
    for asked in chunks(facts):
        rows = {row.fact: row for row in connection.execute(_FOLDED_COLUMNS.where(log.c.fact.in_(asked)))}
        parts = _parts(connection, asked)
        for fact in asked:
            yield _recorded(rows[fact], parts.get(fact, {}))


def all_recorded_facts(connection: Connection) -> Iterator[Recorded[Any]]:
    """The whole log, object by object, in folding order."""
    ordered = (
        _FOLDED_COLUMNS.where(_counts())
        .order_by(log.c.object, log.c.position.is_(None), log.c.position, log.c.n)
        .execution_options(yield_per=CHUNK)
    )
    for rows in connection.execute(ordered).partitions():
        parts = _parts(connection, [row.fact for row in rows])
        for row in rows:
            yield _recorded(row, parts.get(row.fact, {}))


def history(connection: Connection, object_name: str) -> list[Recorded[Any]]:
    """Everything that happened to one object, oldest first, for its history."""
    facts = effective_order(connection, [object_name]).get(object_name, [])
    return list(recorded_facts(connection, facts))


def happened_since(connection: Connection, facts: Collection[Id]) -> dict[str, list[Recorded[Any]]]:
    """What happened to the objects of these facts, one of each, from it on: however long a history is before."""
    order: dict[str, list[Id]] = {}
    for some in chunks(sorted(facts)):
        rows = connection.execute(
            select(log.c.object, log.c.fact)
            .join(_first, _first.c.object == log.c.object)
            .where(_first.c.fact.in_(some), _counts(), _not_before(_first))
            .order_by(log.c.object, log.c.position.is_(None), log.c.position, log.c.n)
        )
        for name, fact in rows:
            order.setdefault(name, []).append(fact)
    told = {
        one.id: one
        for one in recorded_facts(connection, [fact for facts in order.values() for fact in facts])
    }
    return {name: [told[fact] for fact in facts] for name, facts in order.items()}


def from_newer_program(connection: Connection, object_name: str) -> list[Envelope]:
    """What happened to one object that only a newer program understands, oldest first."""
    rows = connection.execute(
        select(log.c.raw).where(log.c.object == object_name, FROM_NEWER_PROGRAM).order_by(log.c.n)
    )
    return [decode_envelope(raw) for raw in rows.scalars()]


def is_read_only(object_name: ColumnElement[str]) -> Exists:
    """That the object has a fact of a newer program, so that nothing is recorded of it here; for queries of many."""
    return exists().where(log.c.object == object_name, FROM_NEWER_PROGRAM)


def erased_among(connection: Connection, persons: Collection[Id]) -> set[Id]:
    """Which of these people were erased."""
    found: set[Id] = set()
    for chunk in chunks(sorted(f"person:{person}" for person in persons)):
        asked = select(log.c.object).where(log.c.object.in_(chunk), log.c.kind.in_(erasing()))
        found.update(name.partition(":")[2] for name in connection.execute(asked).scalars())
    return found


def locked_part(connection: Connection, fact: Id, person: Id, kind: type[P]) -> P | None:
    """A private part that is locked, for whoever may open it."""
    asked = select(log_private.c.sealed).where(
        log_private.c.fact == fact, log_private.c.person == person, log_private.c.locked_until.is_not(None)
    )
    sealed = connection.execute(asked).scalar()
    part = None if sealed is None else open_part(kind, sealed)
    return part if isinstance(part, kind) else None


def kept_until(envelope: Envelope) -> date | None:
    """Until when the law keeps the private parts of a fact; None: it does not."""
    kind = kinds().get(envelope.kind)
    if kind is None or kind.private is None or not kind.private.kept_years:
        return None
    return years_after(shanghai_day(instant(envelope.at)), kind.private.kept_years)


@cache
def erasing() -> frozenset[str]:
    return frozenset(name for name, kind in kinds().items() if kind.erases)


# Literally as in the index: SQLite takes a partial index only for its own words.
FROM_NEWER_PROGRAM = text("log.known = 0")
_FOLDED_COLUMNS = select(log.c.fact, log.c.raw, log.c.position)


_first = log.alias("first")


def _not_before(first: FromClause) -> ColumnElement[bool]:
    """Confirmed ones stand by position, before all that are pending."""
    pending = and_(log.c.position.is_(None), or_(first.c.position.is_not(None), log.c.n >= first.c.n))
    return or_(pending, log.c.position >= first.c.position)


def _counts() -> ColumnElement[bool]:
    return and_(log.c.known, or_(log.c.verdict.is_(None), log.c.verdict == FOLDED))


def is_known(envelope: Envelope) -> bool:
    """A known kind whose body this program cannot read is treated like an unknown one: kept, never a poison."""
    try:
        body = decode_body(envelope)
    except msgspec.MsgspecError:
        return False
    return body is not None and body.object == envelope.object


def _parts(connection: Connection, facts: Sequence[Id]) -> dict[Id, dict[Id, bytes]]:
    parts: dict[Id, dict[Id, bytes]] = {}
    shown = select(log_private).where(log_private.c.fact.in_(facts), log_private.c.locked_until.is_(None))
    for row in connection.execute(shown):
        parts.setdefault(row.fact, {})[row.person] = row.sealed
    return parts


def _recorded(row: Row[*tuple[Any, ...]], sealed: Mapping[Id, bytes]) -> Recorded[Any]:
    envelope = decode_envelope(row.raw)
    body = decode_body(envelope)
    assert body is not None, "only facts of known kinds are folded"
    return Recorded(
        id=envelope.id,
        body=body,
        at=instant(envelope.at),
        by=envelope.by,
        device=envelope.device,
        position=row.position,
        parts=dict.fromkeys(envelope.parts) | open_parts(body, sealed),
    )


def open_parts(body: Fact, sealed: Mapping[Id, bytes]) -> dict[Id, Private | None]:
    """The private parts of a fact. One that cannot be read is as if erased: it must not stop the fold."""
    parts: dict[Id, Private | None] = {}
    for person, part in sealed.items():
        try:
            parts[person] = open_part(body.private, part) if body.private else None
        except msgspec.MsgspecError:
            parts[person] = None
    return parts


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """SQLite takes a limited number of values in one statement."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
