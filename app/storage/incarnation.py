"""The lives of a database (化身): finding out that it was set back, and going on without losing or doubling anything.

The mirror beside the backups names the newest fact after every commit. A database that does not know that fact was
restored from an old copy (还原卡, a disk image): it gets its facts back from the mirror and begins a new
*incarnation* with a register of its own, so that no number is given out twice. How the mirror lies on the disk is
the business of ``mirror_file``.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, func, select, tuple_

from app.domain import numbers
from app.domain.calendar import shanghai_day
from app.domain.problems import Trouble
from app.domain.stations import Doubt, begin_incarnation
from app.facts import Envelope, Id, decode_envelope, encode, instant
from app.facts.stations import IncarnationBegun
from app.storage import device as device_storage
from app.storage.chains import known_lost, missing_facts
from app.storage.device import Device, counters
from app.storage.history import Chain, chain_head, history, log, log_private
from app.storage.log import Draft, Log, Mirrored
from app.storage.mirror_file import Mirror as MirrorFile
from app.storage.replay import replay

CATCH_UP_FACTS = 10_000
PUT_BACK = 1
"""Stands in the database's header (``user_version``, which every schema has) from when a backup was put in its place
until it has begun anew.
"""
PUT_BACK_ALONE = 2
"""The same where no mirror lay there: one that came with the backup knows nothing of what followed."""


class Head(msgspec.Struct, frozen=True, array_like=True):
    """Number and hash of the newest fact of our chain."""

    seq: int
    hash: bytes


class Mirror:
    """The mirror as the desk uses it: told of every commit, and never in its way.

    What could not be written is kept for the next time, as a mirror with a hole would not notice; ``trouble`` is
    for the status line. ``taken_back`` is how many facts it gave back when the station was opened, None where it was
    not asked to.
    """

    def __init__(self, file: MirrorFile, taken_back: int | None = None) -> None:
        self._file = file
        self.taken_back = taken_back
        self._waiting: list[bytes] = []
        self.trouble: Trouble | None = None

    def append(self, head: tuple[int, bytes], facts: Sequence[bytes]) -> None:
        self._waiting += facts
        try:
            self._file.append(encode(Head(*head)), self._waiting)
        except Trouble as trouble:
            self.trouble = trouble
            return
        self._waiting, self.trouble = [], None

    def forget(self, person: Id) -> None:
        """Take what was written about somebody out of the mirror; the facts themselves stay."""
        self._waiting = [_without(fact, person) for fact in self._waiting]
        self._file.rewrite(lambda fact: _without(fact, person))

    def close(self) -> None:
        self._file.close()


def mirrored_head(file: MirrorFile) -> Head | None:
    """The newest fact of our chain that the mirror knows."""
    head = file.head()
    return None if head is None else msgspec.msgpack.decode(head, type=Head)


def knows(connection: Connection, device: Device, head: Head) -> bool:
    """Whether the log has the newest fact of the mirror; if not, the database was set back behind it."""
    return _life_of(connection, device, head) is not None


def was_put_back(connection: Connection) -> bool:
    """Whether this is a backup that was put in the place of a database and has not begun anew yet."""
    return _mark(connection) in (PUT_BACK, PUT_BACK_ALONE)


def begin(
    connection: Connection, device: Device, mirrored: Sequence[bytes], *, at: datetime, by: Id
) -> tuple[Device, int]:
    """Take back what the mirror has and go on as a new incarnation, with numbers from a register of its own. Says how
    many facts came back.

    Where some may still be lost, the fact that says so names the days: a quarter of theirs may have been used.
    """
    envelopes = [decode_envelope(msgspec.msgpack.decode(one, type=Mirrored).raw) for one in mirrored]
    incarnation = max([device.incarnation, *(envelope.incarnation for envelope in envelopes)]) + 1
    newest_at = max([device.newest_at, *(instant(envelope.at) for envelope in envelopes)])
    ends_early, driver = _ends_early(connection, device, envelopes), connection.connection.driver_connection
    lost_before, missing_before = known_lost(driver), missing_facts(driver)
    connection.exec_driver_sql("PRAGMA user_version = 0")
    connection.execute(delete(counters))
    log_now = Log(connection, Chain(device.id, incarnation))
    replayed = replay(connection, log_now, mirrored)
    register = drawn_register({device.register, *_registers(connection, device)})
    device_storage.begin_incarnation(connection, incarnation, register)
    missing = missing_facts(driver)
    lost = max(0, missing - missing_before)
    lost_from = device.newest_at if lost else newest_at if ends_early else None
    body = begin_incarnation(
        device.station,
        incarnation=incarnation,
        register=register,
        replayed=replayed,
        lost=min(missing, lost_before + lost),  # what came back now is lost no more
        doubt=_doubt(lost_from, max(at, newest_at)),
    )
    log_now.append([Draft(body)], at=at, by=by)
    log_now.finish()
    device_storage.saw(connection, newest_at)
    return replace(device, incarnation=incarnation, register=register, newest_at=newest_at), replayed


def _mark(connection: Connection) -> int:
    mark: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    return mark


def _ends_early(connection: Connection, device: Device, mirrored: Sequence[Envelope]) -> bool:
    """Whether something may have happened after the newest fact that the mirror knows. One that lay beside the
    database from the first was told of every commit, unless it stopped before the backup was made.
    """
    if _mark(connection) != PUT_BACK:
        return was_put_back(connection)
    newest = max(((one.incarnation, one.seq) for one in mirrored if one.device == device.id), default=(0, 0))
    return newest < (device.incarnation, chain_head(connection, device.chain)[0])


def _doubt(lost_from: datetime | None, until: datetime) -> Doubt | None:
    if lost_from is None:
        return None
    return Doubt(first_day=shanghai_day(lost_from), last_day=shanghai_day(until))


def drawn_register(used: Collection[str]) -> str:
    """A register by lot, none that was used and none of a first PC's: two copies of one old backup must not share
    theirs.
    """
    every = (numbers.register(index) for index in range(numbers.FIRST_DRAWN, numbers.REGISTERS))
    return secrets.choice([one for one in every if one not in used])


def _registers(connection: Connection, device: Device) -> list[str]:
    """Under which registers this station has given out numbers in earlier lives."""
    told = history(connection, f"station:{device.station}")
    return [one.body.register for one in told if isinstance(one.body, IncarnationBegun)]


def missed(
    connection: Connection, device: Device, head: Head | None
) -> tuple[tuple[int, bytes], list[bytes]] | None:
    """What the mirror has missed: our facts after its newest one, or the newest ones if it is empty, and the head."""
    life, seq = log.c.incarnation, log.c.seq
    newest_first = select(life, seq, log.c.fact, log.c.raw).where(log.c.device == device.id)
    known_life = None if head is None else _life_of(connection, device, head)
    if head is not None and known_life is not None:
        newest_first = newest_first.where(tuple_(life, seq) > (known_life, head.seq))
    # In the order of our chains, which have an index: the log of a county is not sorted for a few facts.
    newest_first = newest_first.order_by(life.desc(), seq.desc()).limit(CATCH_UP_FACTS)
    rows = connection.execute(newest_first).all()
    if not rows:
        return None
    parts: dict[Id, dict[Id, bytes]] = {}
    oldest = (rows[-1].incarnation, rows[-1].seq)
    beside = select(log_private).join(log, log.c.fact == log_private.c.fact)
    for row in connection.execute(beside.where(log.c.device == device.id, tuple_(life, seq) >= oldest)):
        parts.setdefault(row.fact, {})[row.person] = row.sealed
    facts = [encode(Mirrored(row.raw, parts.get(row.fact, {}))) for row in reversed(rows)]
    return chain_head(connection, device.chain), facts


def facts_by_chain(connection: Connection) -> dict[Chain, int]:
    """How many facts there are of every life of every device."""
    place = (log.c.device, log.c.incarnation)
    rows = connection.execute(select(*place, func.count()).group_by(*place))
    return {Chain(device, life): facts for device, life, facts in rows}


def _life_of(connection: Connection, device: Device, head: Head) -> int | None:
    """In which of our lives the newest fact of the mirror was recorded, where the log has it."""
    lives = range(1, device.incarnation + 1)
    place = (log.c.device == device.id, log.c.incarnation.in_(lives), log.c.seq == head.seq)
    return connection.execute(select(log.c.incarnation).where(*place, log.c.hash == head.hash)).scalar()


def _without(fact: bytes, person: Id) -> bytes:
    mirrored = msgspec.msgpack.decode(fact, type=Mirrored)
    if person not in mirrored.parts:
        return fact
    return encode(
        Mirrored(mirrored.raw, {who: part for who, part in mirrored.parts.items() if who != person})
    )
