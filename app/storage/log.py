"""The log (日志): every fact that happened, in gapless chains, and the order in which objects are folded.

A *device* is one installed database; its chain is gapless, each fact carries the hash of the one before. Facts of an
object are folded in this order: confirmed ones by the county's position, then our own pending ones by number. A fact
that lands at the end folds alone; anything else makes that object's rows and ledger lines be folded again.

A fact of an unknown kind or version is kept and forwarded byte for byte; its object is read-only until the program
that knows it is installed.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import (
    Connection,
    Delete,
    Update,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from app.domain.problems import Refusal, Trouble
from app.facts import (
    SALT_BYTES,
    Claim,
    Envelope,
    Fact,
    Id,
    Private,
    decode_envelope,
    encode,
    encode_fact,
    hash_of,
    instant,
    milliseconds,
    seal_part,
)
from app.storage.fold import Folder, Recorded, forgetters
from app.storage.history import (
    FOLDED,
    FROM_NEWER_PROGRAM,
    Chain,
    chain_head,
    chunks,
    effective_order,
    erased_among,
    erasing,
    hashes_at,
    is_known,
    kept_until,
    log,
    log_private,
    place_before,
    place_of,
    recorded_facts,
)
from app.storage.ids import new_id


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
        for chunk in chunks(received):
            self._receive_chunk(chunk)

    def refold(self, objects: Collection[str]) -> None:
        """Fold these objects anew from all their facts."""
        self._folder.finish()
        for names in chunks(sorted(objects)):
            facts = select(log.c.object, log.c.fact).where(log.c.object.in_(names))
            forgotten: dict[str, list[Id]] = {name: [] for name in names}
            for name, fact in self._connection.execute(facts):
                forgotten[name].append(fact)
            order = effective_order(self._connection, names)
            self._fold_anew(forgotten, [fact for facts in order.values() for fact in facts])

    def settle(self) -> None:
        """Send what the folds still hold back."""
        self._folder.settle()

    def finish(self) -> None:
        """Do that, and renew what follows ledgers, and the search entries."""
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
        for names in chunks(sorted(objects)):
            newer = select(log.c.object).where(log.c.object.in_(names), FROM_NEWER_PROGRAM).limit(1)
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
        self._erase({env.object.partition(":")[2] for _one, env in arrived.values() if env.kind in erasing()})

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
        places = {place_of(envelope) for _, envelope in foreign}
        hashes = hashes_at(self._connection, places | {place_before(envelope) for _, envelope in foreign})
        for one, envelope in foreign:
            place = place_of(envelope)
            if place in hashes or hashes.get(place_before(envelope), envelope.before) != envelope.before:
                raise ChainBroken(device=envelope.device, seq=envelope.seq)
            hashes[place] = hash_of(one.raw)

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


def learn_new_kinds(connection: Connection, chain: Chain) -> None:
    """After an upgrade: fold the facts that this program has come to understand."""
    waiting = connection.execute(select(log.c.fact, log.c.object, log.c.raw).where(FROM_NEWER_PROGRAM)).all()
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


def let_locked_go(connection: Connection, today: date) -> None:
    """Delete what was locked until a day that is over."""
    connection.execute(delete(log_private).where(log_private.c.locked_until < today))


def _gone_or_locked(fact: Id, person: Id, envelope: Envelope) -> Delete | Update:
    this = (log_private.c.fact == fact, log_private.c.person == person)
    until = kept_until(envelope)
    return (
        delete(log_private).where(*this)
        if until is None
        else update(log_private).where(*this).values(locked_until=until)
    )


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
