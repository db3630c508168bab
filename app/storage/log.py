"""The log (日志): every fact that happened, in gapless chains, and the order in which objects are folded.

A *device* is one installed database; its chain is gapless, each fact carries the hash of the one before. Facts of an
object are folded in this order: confirmed ones by the county's position, then our own pending ones by number. A fact
that lands at the end folds alone; anything else makes that object's rows and ledger lines be folded again.

A fact of an unknown kind or version is kept and forwarded byte for byte; its object is read-only until the program
that knows it is installed.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

import msgspec
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Delete,
    Index,
    Integer,
    LargeBinary,
    Row,
    Text,
    UniqueConstraint,
    Update,
    and_,
    bindparam,
    delete,
    insert,
    or_,
    select,
    text,
    tuple_,
    update,
)

from app.domain.calendar import shanghai_day, years_after
from app.domain.problems import Refusal, Trouble
from app.facts import (
    SALT_BYTES,
    Claim,
    Envelope,
    Fact,
    Id,
    Private,
    decode_body,
    decode_envelope,
    encode,
    encode_fact,
    hash_of,
    instant,
    kinds,
    milliseconds,
    open_part,
    seal_part,
)
from app.storage import types
from app.storage.fold import Folder, Recorded, forgetters
from app.storage.ids import new_id

T = TypeVar("T")
P = TypeVar("P", bound=Private)
_Place = tuple[Id, int, int]
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
    local=True,
)


class ObjectFromNewerVersion(Refusal):
    """The object has a fact that only a newer program understands; it can be read here, not changed."""

    object: str


class ChainBroken(Trouble):
    """A received fact does not continue its chain, is another than the one here, or its private part is not its own."""

    device: Id
    seq: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact that is about to be recorded, with the private parts that will stand beside it."""

    body: Fact
    parts: Mapping[Id, Private] = field(default_factory=dict)
    claims: Sequence[Claim] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """A fact as it comes from the county: bytes, private parts one is entitled to, position and verdict.

    Without a position it comes from the mirror and waits to be confirmed, like a fact recorded here.
    """

    raw: bytes
    parts: Mapping[Id, bytes]
    position: int | None
    verdict: str | None = FOLDED


@dataclass(frozen=True, slots=True)
class Chain:
    """The device this database is, and which life of it (a restored database begins a new incarnation)."""

    device: Id
    incarnation: int


class Mirrored(msgspec.Struct, frozen=True, array_like=True):
    """A fact as it goes into the mirror: with its private parts, for without them nobody would have a name."""

    raw: bytes
    parts: dict[Id, bytes]


class Log:
    """The log of one database inside one transaction. Call ``finish`` before the transaction ends.

    ``appended`` are the facts recorded here, encoded for the mirror; ``recorded`` the same as the folds see them.
    """

    def __init__(self, connection: Connection, chain: Chain) -> None:
        self._connection = connection
        self._chain = chain
        self._folder = Folder(connection)
        self._head: tuple[int, bytes] | None = None
        self.appended: list[bytes] = []
        self.recorded: list[Recorded[Any]] = []
        self.changed: set[str] = set()

    def append(self, drafts: Iterable[Draft], *, at: datetime, by: Id) -> list[Recorded[Any]]:
        """Record facts at the end of our own chain and fold them. ``ObjectFromNewerVersion`` may refuse."""
        drafts = self._without_erased(drafts)
        self._refuse_objects_from_newer_program({draft.body.object for draft in drafts})
        rows, privates, recorded = [], [], []
        for draft in drafts:
            row, sealed = self._seal(draft, at, by)
            rows.append(row)
            privates += [
                {"fact": row["fact"], "person": person, "sealed": part, "locked_until": None}
                for person, part in sealed.items()
            ]
            recorded.append(
                Recorded(
                    id=row["fact"],
                    body=draft.body,
                    at=instant(milliseconds(at)),
                    by=by,
                    device=self._chain.device,
                    position=None,
                    parts=dict(draft.parts),
                )
            )
        if rows:
            self._connection.execute(insert(log), rows)
        if privates:
            self._connection.execute(insert(log_private), privates)
        for one in recorded:
            self._folder.fold(one)
            self.changed.add(one.body.noun())
        self.recorded += recorded
        self._erase({one.body.object.partition(":")[2] for one in recorded if one.body.erases})
        return recorded

    def receive(self, received: Sequence[Received]) -> None:
        """Take in facts with positions and verdicts: other devices', and our own coming back confirmed.

        What was received before changes nothing. Raises ``ChainBroken``.
        """
        for chunk in _chunks(received):
            self._receive_chunk(chunk)

    def replay(self, mirrored: Iterable[bytes]) -> int:
        """Take back what the mirror has and this database has lost; says how many facts that were.

        They belong to an earlier incarnation of this device. One whose number was given out again meanwhile is
        recorded anew, as what it says is not lost either.
        """
        lost = [msgspec.msgpack.decode(one, type=Mirrored) for one in mirrored]
        envelopes = [decode_envelope(one.raw) for one in lost]
        here = self._hashes_at([_place(envelope) for envelope in envelopes])
        missing = [
            (one, envelope)
            for one, envelope in zip(lost, envelopes, strict=True)
            if here.get(_place(envelope)) != hash_of(one.raw)
        ]
        self.receive(
            [Received(one.raw, one.parts, None, None) for one, env in missing if _place(env) not in here]
        )
        for one, envelope in missing:
            body = decode_body(envelope)
            if _place(envelope) in here and body is not None:
                parts = _open_parts(body, one.parts)
                known = {person: part for person, part in parts.items() if part is not None}
                self.append([Draft(body, known, envelope.claims)], at=instant(envelope.at), by=envelope.by)
        return len(missing)

    def refold(self, objects: Collection[str]) -> None:
        """Fold these objects anew from all their facts."""
        self._folder.finish()
        for names in _chunks(sorted(objects)):
            facts = select(log.c.object, log.c.fact).where(log.c.object.in_(names))
            forgotten: dict[str, list[Id]] = {name: [] for name in names}
            for name, fact in self._connection.execute(facts):
                forgotten[name].append(fact)
            order = effective_order(self._connection, names)
            self._fold_anew(forgotten, [fact for facts in order.values() for fact in facts])

    def finish(self) -> None:
        """Send what the folds still hold back and renew the search entries."""
        self._folder.finish()

    def _seal(self, draft: Draft, at: datetime, by: Id) -> tuple[dict[str, Any], dict[Id, bytes]]:
        kind = draft.body.private
        assert all(kind and isinstance(part, kind) for part in draft.parts.values()), draft.body.kind
        seq, before = self._head or chain_head(self._connection, self._chain)
        sealed = {person: seal_part(part, os.urandom(SALT_BYTES)) for person, part in draft.parts.items()}
        envelope = Envelope(
            id=new_id(),
            device=self._chain.device,
            incarnation=self._chain.incarnation,
            seq=seq + 1,
            before=before,
            at=milliseconds(at),
            by=by,
            kind=draft.body.kind,
            version=draft.body.version,
            object=draft.body.object,
            claims=tuple(draft.claims),
            parts={person: hash_of(part) for person, part in sealed.items()},
            body=msgspec.Raw(encode_fact(draft.body)),
        )
        raw = encode(envelope)
        decode_envelope(raw)  # as with the body: what could not be read again is our bug, and is not recorded
        self._head = (seq + 1, hash_of(raw))
        self.appended.append(encode(Mirrored(raw, sealed)))
        return _row(envelope, raw, known=True), sealed

    def _without_erased(self, drafts: Iterable[Draft]) -> list[Draft]:
        """What is said later of somebody who was erased is not kept either, whoever says it and wherever."""
        drafts = list(drafts)
        gone = erased_among(self._connection, {person for draft in drafts for person in draft.parts})
        return [
            replace(draft, parts={who: part for who, part in draft.parts.items() if who not in gone})
            if gone & draft.parts.keys()
            else draft
            for draft in drafts
        ]

    def _erase(self, persons: Collection[Id]) -> None:
        """Take the private parts about these people out, lock those the law keeps, and fold what they stood in anew."""
        if not persons:
            return
        self._folder.finish()
        for forget in forgetters():
            forget(self._connection, persons)
        beside = (
            select(log.c.object, log.c.raw, log_private.c.fact, log_private.c.person)
            .join(log_private, log_private.c.fact == log.c.fact)
            .where(log_private.c.person.in_(persons), log_private.c.locked_until.is_(None))
        )
        rows = self._connection.execute(beside).all()
        for row in rows:
            self._connection.execute(_gone_or_locked(row.fact, row.person, decode_envelope(row.raw)))
        self.refold({row.object for row in rows})

    def _refuse_objects_from_newer_program(self, objects: set[str]) -> None:
        for names in _chunks(sorted(objects)):
            newer = select(log.c.object).where(log.c.object.in_(names), _FROM_NEWER_PROGRAM).limit(1)
            found = self._connection.execute(newer).scalar()
            if found is not None:
                raise ObjectFromNewerVersion(object=found)

    def _receive_chunk(self, received: Sequence[Received]) -> None:
        arrived = {
            envelope.id: (one, envelope) for one in received for envelope in [decode_envelope(one.raw)]
        }
        objects = sorted({envelope.object for _, envelope in arrived.values()})
        self._folder.finish()
        before = effective_order(self._connection, objects)
        here = self._connection.execute(
            select(log.c.fact, log.c.device, log.c.seq, log.c.hash).where(log.c.fact.in_(arrived))
        ).all()
        for row in here:
            if row.hash != hash_of(arrived[row.fact][0].raw):
                raise ChainBroken(device=row.device, seq=row.seq)
        known = {row.fact for row in here}
        self._store([pair for fact, pair in arrived.items() if fact not in known])
        self._confirm([(fact, arrived[fact][0]) for fact in known])
        after = effective_order(self._connection, objects)
        self._fold_changed(objects, before, after)
        self._erase(
            {env.object.partition(":")[2] for _one, env in arrived.values() if env.kind in _erasing()}
        )

    def _confirm(self, confirmed: Iterable[tuple[Id, Received]]) -> None:
        """Note position and verdict of facts that are here."""
        noted = [
            {"_fact": fact, "_position": one.position, "_verdict": one.verdict}
            for fact, one in confirmed
            if one.position is not None
        ]
        if noted:
            self._connection.execute(
                update(log)
                .where(log.c.fact == bindparam("_fact"))
                .values(position=bindparam("_position"), verdict=bindparam("_verdict")),
                noted,
            )

    def _store(self, foreign: Sequence[tuple[Received, Envelope]]) -> None:
        """Keep facts that are not here yet, after checking that each continues its chain."""
        self._check_continue(foreign)
        rows, privates = [], []
        gone = erased_among(self._connection, {person for one, _env in foreign for person in one.parts})
        for one, envelope in foreign:
            row = _row(envelope, one.raw, known=is_known(envelope))
            rows.append(row | {"position": one.position, "verdict": one.verdict})
            for person, sealed in one.parts.items():
                if envelope.parts.get(person) != hash_of(sealed):
                    raise ChainBroken(device=envelope.device, seq=envelope.seq)
                until = kept_until(envelope) if person in gone else None
                if person in gone and until is None:
                    continue
                privates.append(
                    {"fact": envelope.id, "person": person, "sealed": sealed, "locked_until": until}
                )
        if rows:
            self._connection.execute(insert(log), rows)
        if privates:
            self._connection.execute(insert(log_private), privates)

    def _check_continue(self, foreign: Sequence[tuple[Received, Envelope]]) -> None:
        """Where the fact before is here (scopes leave gaps), its hash must be the one this fact names; and nobody
        else may have its number.
        """
        places = {_place(envelope) for _, envelope in foreign}
        hashes = self._hashes_at(places | {(device, life, seq - 1) for device, life, seq in places})
        for one, envelope in foreign:
            device, life, seq = place = _place(envelope)
            before = hashes.get((device, life, seq - 1))
            if place in hashes or (before is not None and before != envelope.before):
                raise ChainBroken(device=device, seq=seq)
            hashes[place] = hash_of(one.raw)

    def _hashes_at(self, places: Collection[_Place]) -> dict[_Place, bytes]:
        """The hashes of the facts that stand at these places of their chains."""
        columns = (log.c.device, log.c.incarnation, log.c.seq)
        found: dict[_Place, bytes] = {}
        for chunk in _chunks(sorted(places)):
            asked = select(*columns, log.c.hash).where(tuple_(*columns).in_(chunk))
            found |= {(d, life, seq): hashed for d, life, seq, hashed in self._connection.execute(asked)}
        return found

    def _fold_changed(
        self, objects: Iterable[str], before: Mapping[str, list[Id]], after: Mapping[str, list[Id]]
    ) -> None:
        """Make the rows of these objects those of folding ``after``, knowing they are those of ``before``."""
        forgotten: dict[str, Collection[Id]] = {}
        to_fold: list[Id] = []
        for name in objects:
            was, shall = before.get(name, []), after.get(name, [])
            if shall[: len(was)] == was:
                to_fold += shall[len(was) :]
            else:
                forgotten[name] = was
                to_fold += shall
        self._fold_anew(forgotten, to_fold)

    def _fold_anew(self, forgotten: Mapping[str, Collection[Id]], to_fold: Sequence[Id]) -> None:
        """Remove the rows of some objects and the lines of their facts, then fold facts in this order."""
        self._folder.forget(forgotten)
        self.changed.update(name.partition(":")[0] for name in forgotten)
        for recorded in recorded_facts(self._connection, to_fold):
            self._folder.fold(recorded)
            self.changed.add(recorded.body.noun())


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


def effective_order(connection: Connection, objects: Collection[str]) -> dict[str, list[Id]]:
    """For each object the facts that are folded, in folding order: confirmed by position, then pending."""
    order: dict[str, list[Id]] = {}
    for names in _chunks(sorted(objects)):
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
    for asked in _chunks(facts):
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


def histories(connection: Connection, objects: Collection[str]) -> dict[str, list[Recorded[Any]]]:
    """Everything that happened to these objects, oldest first."""
    order = effective_order(connection, objects)
    told = {
        one.id: one
        for one in recorded_facts(connection, [fact for facts in order.values() for fact in facts])
    }
    return {name: [told[fact] for fact in facts] for name, facts in order.items()}


def from_newer_program(connection: Connection, object_name: str) -> list[Envelope]:
    """What happened to one object that only a newer program understands, oldest first."""
    rows = connection.execute(
        select(log.c.raw).where(log.c.object == object_name, _FROM_NEWER_PROGRAM).order_by(log.c.n)
    )
    return [decode_envelope(raw) for raw in rows.scalars()]


def learn_new_kinds(connection: Connection, chain: Chain) -> None:
    """After an upgrade: fold the facts that this program has come to understand."""
    waiting = connection.execute(select(log.c.fact, log.c.object, log.c.raw).where(_FROM_NEWER_PROGRAM)).all()
    learned = [row for row in waiting if is_known(decode_envelope(row.raw))]
    if not learned:
        return
    connection.execute(
        update(log).where(log.c.fact == bindparam("_fact")).values(known=True),
        [{"_fact": row.fact} for row in learned],
    )
    again = Log(connection, chain)
    again.refold({row.object for row in learned})
    again.finish()


def erased_among(connection: Connection, persons: Collection[Id]) -> set[Id]:
    """Which of these people were erased."""
    found: set[Id] = set()
    for chunk in _chunks(sorted(f"person:{person}" for person in persons)):
        asked = select(log.c.object).where(log.c.object.in_(chunk), log.c.kind.in_(_erasing()))
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


def let_locked_go(connection: Connection, today: date) -> None:
    """Delete what was locked until a day that is over."""
    connection.execute(delete(log_private).where(log_private.c.locked_until < today))


def kept_until(envelope: Envelope) -> date | None:
    """Until when the law keeps the private parts of a fact; None: it does not."""
    kind = kinds().get(envelope.kind)
    if kind is None or kind.private is None or not kind.private.kept_years:
        return None
    return years_after(shanghai_day(instant(envelope.at)), kind.private.kept_years)


def _gone_or_locked(fact: Id, person: Id, envelope: Envelope) -> Delete | Update:
    this = (log_private.c.fact == fact, log_private.c.person == person)
    until = kept_until(envelope)
    return (
        delete(log_private).where(*this)
        if until is None
        else update(log_private).where(*this).values(locked_until=until)
    )


@cache
def _erasing() -> frozenset[str]:
    return frozenset(name for name, kind in kinds().items() if kind.erases)


# Literally as in the index: SQLite takes a partial index only for its own words.
_FROM_NEWER_PROGRAM = text("log.known = 0")
_FOLDED_COLUMNS = select(log.c.fact, log.c.raw, log.c.position)


def _counts() -> ColumnElement[bool]:
    return and_(log.c.known, or_(log.c.verdict.is_(None), log.c.verdict == FOLDED))


def _row(envelope: Envelope, raw: bytes, *, known: bool) -> dict[str, Any]:
    return {
        "fact": envelope.id,
        "device": envelope.device,
        "incarnation": envelope.incarnation,
        "seq": envelope.seq,
        "object": envelope.object,
        "kind": envelope.kind,
        "known": known,
        "raw": raw,
        "hash": hash_of(raw),
    }


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
        parts=dict.fromkeys(envelope.parts) | _open_parts(body, sealed),
    )


def _open_parts(body: Fact, sealed: Mapping[Id, bytes]) -> dict[Id, Private | None]:
    """The private parts of a fact. One that cannot be read is as if erased: it must not stop the fold."""
    parts: dict[Id, Private | None] = {}
    for person, part in sealed.items():
        try:
            parts[person] = open_part(body.private, part) if body.private else None
        except msgspec.MsgspecError:
            parts[person] = None
    return parts


def _place(envelope: Envelope) -> _Place:
    return (envelope.device, envelope.incarnation, envelope.seq)


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """SQLite takes a limited number of values in one statement."""
    for start in range(0, len(items), CHUNK):
        yield items[start : start + CHUNK]
