"""Whether the chains of facts are whole (核对日志): in an opened database and in a backup, where it lies.

Both are read through a connection of the driver and by their bare names, since a backup may be of an older database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from app.facts import Envelope, Id, decode_body, decode_envelope, hash_of
from app.facts.stations import IncarnationBegun
from app.storage.history import CHUNK

_FACTS = "SELECT fact, device, incarnation, seq, object, kind, raw, hash, known FROM log"

_MISSING = (
    "SELECT coalesce(sum(missing), 0) FROM (SELECT max(seq) - count(*) AS missing FROM log"
    " WHERE device = (SELECT id FROM device) GROUP BY incarnation)"
)
_BEHIND_A_GAP = (
    "SELECT device, incarnation, seq FROM log AS it WHERE device = (SELECT id FROM device) AND seq > 1 AND NOT EXISTS"
    " (SELECT 1 FROM log WHERE device = it.device AND incarnation = it.incarnation AND seq = it.seq - 1)"
    " ORDER BY incarnation DESC, seq DESC LIMIT 1"
)
# The plus keeps SQLite from walking through the whole chain: the station's own facts are few.
_NEWEST_LIFE = (
    "SELECT raw FROM log WHERE +device = (SELECT id FROM device) AND kind = ?"
    " AND object = (SELECT 'station:' || station FROM device) ORDER BY incarnation DESC, seq DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class ChainDifference:
    """The fact with this number of a chain is not what was written, or does not follow the one before."""

    device: Id
    incarnation: int
    seq: int


@dataclass(frozen=True, slots=True)
class PartDifference:
    """A private part is not the one its fact names."""

    fact: Id


LogDifference = ChainDifference | PartDifference
IsKnown = Callable[[Envelope], bool]


def missing_facts(connection: Any) -> int:
    """How many facts of this device are missing before others that are here."""
    missing: int = connection.execute(_MISSING).fetchone()[0]
    return missing


def known_lost(connection: Any) -> int:
    """How many facts of this device were lost with a disk, as its newest life says."""
    row = connection.execute(_NEWEST_LIFE, (IncarnationBegun.kind,)).fetchone()
    try:
        body = decode_body(decode_envelope(row[0])) if row else None
    except msgspec.MsgspecError:
        return 0
    return body.lost if isinstance(body, IncarnationBegun) else 0


def wrong_hash(connection: Any) -> ChainDifference | None:
    """The first fact whose bytes do not have its hash, or one before which another of this device is missing that is
    not known to be lost. It takes half the time of ``log_differences``: every backup can wait for it.
    """
    for device, incarnation, seq, raw, hashed in connection.execute(
        "SELECT device, incarnation, seq, raw, hash FROM log"
    ):
        if hash_of(raw) != hashed:
            return ChainDifference(device, incarnation, seq)
    if missing_facts(connection) <= known_lost(connection):
        return None
    return ChainDifference(*connection.execute(_BEHIND_A_GAP).fetchone())


def log_differences(
    connection: Any, is_known: IsKnown | None = None, tell: Callable[[int], None] = lambda _facts: None
) -> Iterator[LogDifference]:
    """Chain by chain, byte by byte. Ours has no gaps but those that are known, from a disk that was lost; of others
    only what concerns us is here, so theirs may.

    ``is_known`` is this program's opinion of a fact, where the database is this program's. ``tell`` hears after every
    few how many were looked at.
    """
    device = next(iter(connection.execute("SELECT id FROM device").fetchone() or ()), None)
    at, seq, hashed, facts = None, 0, b"", 0
    lost = known_lost(connection)
    cursor = connection.execute(f"{_FACTS} ORDER BY device, incarnation, seq")
    while rows := cursor.fetchmany(CHUNK):
        tell(facts)
        parts = _parts_of(connection, [row[0] for row in rows])
        for row in rows:
            fact, of, incarnation, number = row[:4]
            if at != (of, incarnation):
                at, seq, hashed = (of, incarnation), 0, b""
            envelope = _envelope(row, is_known)
            gap = number - seq - 1
            if of == device:
                lost -= gap
            if envelope is None or (envelope.before != hashed if not gap else of == device and lost < 0):
                yield ChainDifference(of, incarnation, number)
            if envelope is not None:
                yield from _part_differences(envelope, parts.get(fact, {}))
            seq, hashed = number, row[7]
        facts += len(rows)
    tell(facts)


def _envelope(row: Any, is_known: IsKnown | None) -> Envelope | None:
    """The envelope of a row of the log, or None when the row is not what its bytes say."""
    fact, device, incarnation, seq, of, kind, raw, hashed, known = row
    if hashed != hash_of(raw):
        return None
    try:
        envelope = decode_envelope(raw)
    except msgspec.MsgspecError:
        return None
    said = (envelope.id, envelope.device, envelope.incarnation, envelope.seq, envelope.object, envelope.kind)
    if said != (fact, device, incarnation, seq, of, kind):
        return None
    return envelope if is_known is None or bool(known) == is_known(envelope) else None


def _parts_of(connection: Any, facts: list[Id]) -> dict[Id, dict[Id, bytes]]:
    places = ", ".join("?" * len(facts))
    asked = f"SELECT fact, person, sealed FROM log_private WHERE fact IN ({places})"
    parts: dict[Id, dict[Id, bytes]] = {}
    for fact, person, sealed in connection.execute(asked, facts):
        parts.setdefault(fact, {})[person] = sealed
    return parts


def _part_differences(envelope: Envelope, parts: dict[Id, bytes]) -> Iterator[PartDifference]:
    for person, sealed in parts.items():
        if envelope.parts.get(person) != hash_of(sealed):
            yield PartDifference(envelope.id)
