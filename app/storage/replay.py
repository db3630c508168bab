"""Taking back from the mirror (镜像) what a database has lost that was set back.

The facts belong to earlier lives of this device. A copy that went on without its mirror has given out numbers again:
what stands beside its chain cannot continue it, and is recorded anew, once, so that what it says is not lost either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import msgspec
from sqlalchemy import Connection, select

from app.facts import Envelope, Id, decode_body, decode_envelope, hash_of, instant
from app.storage.history import chunks, hashes_at, log, open_parts, place_before, place_of
from app.storage.log import Draft, Log, Mirrored, Received

_Told = tuple[Mirrored, Envelope]
_Said = tuple[str, str, bytes, int, Id]
"""What a fact says, wherever it stands: of which object, its kind and body, when, and by whom."""


def replay(connection: Connection, into: Log, mirrored: Sequence[bytes]) -> int:
    """Have all that the mirror has in the log, and say how many facts that brought."""
    told: dict[Id, _Told] = {}
    for one in mirrored:
        fact = msgspec.msgpack.decode(one, type=Mirrored)
        envelope = decode_envelope(fact.raw)
        told.setdefault(envelope.id, (fact, envelope))
    continuing, aside = _parted(connection, told.values())
    into.receive([Received(fact.raw, fact.parts, None, None) for fact, _envelope in continuing])
    here = _said_of(connection, {envelope.object for _fact, envelope in aside})
    anew = [(fact, envelope) for fact, envelope in aside if _said(envelope) not in here]
    for fact, envelope in anew:
        _record_anew(into, fact, envelope)
    return len(continuing) + len(anew)


def _parted(connection: Connection, told: Collection[_Told]) -> tuple[list[_Told], list[_Told]]:
    """What is not here: what continues the chains, and what stands beside them. Where two in the mirror have one
    number, the chain went on from the later one.
    """
    here = hashes_at(connection, {place for _, it in told for place in (place_of(it), place_before(it))})
    chain = {place_of(envelope): hash_of(fact.raw) for fact, envelope in told} | here
    continuing: list[_Told] = []
    aside: dict[bytes, _Told] = {}
    for fact, envelope in told:
        place, hashed, before = place_of(envelope), hash_of(fact.raw), envelope.before
        if here.get(place) == hashed:
            continue
        follows = before not in aside and chain.get(place_before(envelope), before) == before
        if follows and chain[place] == hashed:
            continuing.append((fact, envelope))
        else:
            aside[hashed] = (fact, envelope)
    return continuing, list(aside.values())


def _said_of(connection: Connection, objects: Iterable[str]) -> set[_Said]:
    """What the facts of these objects say that are here."""
    said: set[_Said] = set()
    for names in chunks(sorted(objects)):
        raws = connection.execute(select(log.c.raw).where(log.c.object.in_(names))).scalars()
        said.update(_said(decode_envelope(raw)) for raw in raws)
    return said


def _said(envelope: Envelope) -> _Said:
    return (envelope.object, envelope.kind, bytes(envelope.body), envelope.at, envelope.by)


def _record_anew(into: Log, fact: Mirrored, envelope: Envelope) -> None:
    body = decode_body(envelope)
    if body is not None:
        parts = {who: part for who, part in open_parts(body, fact.parts).items() if part is not None}
        into.append([Draft(body, parts, envelope.claims)], at=instant(envelope.at), by=envelope.by)
