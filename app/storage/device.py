"""This installed database (设备): its id, register, incarnation and key, and the counters it numbers things with.

Local tables: nothing here is folded or travels. A restored database begins a new incarnation with a new register, so
a counter can never give out a number twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Integer,
    LargeBinary,
    Text,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from app.facts import Id
from app.storage import types
from app.storage.history import Chain

device = types.table(
    "device",
    Column("one", Integer, CheckConstraint("one = 1"), primary_key=True),
    Column("id", types.Id, nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("register", Text, nullable=False),
    Column("private_key", LargeBinary, nullable=False),
    Column("station", types.Id, nullable=False),
    Column("newest_at", types.Instant, nullable=False),
    local=True,
)

counters = types.table(
    "counters",
    Column("name", Text, primary_key=True),
    Column("value", Integer, nullable=False),
    local=True,
)


@dataclass(frozen=True, slots=True)
class Device:
    """Who this database is. ``private_key`` is the raw Ed25519 key; ``newest_at`` the newest moment seen."""

    id: Id
    incarnation: int
    register: str
    private_key: bytes
    station: Id
    newest_at: datetime

    @property
    def chain(self) -> Chain:
        return Chain(self.id, self.incarnation)

    def __repr__(self) -> str:
        return f"Device({self.id}, {self.incarnation}, {self.register})"


def this_device(connection: Connection) -> Device | None:
    """The device this database is; None before the station was founded."""
    row = connection.execute(select(device)).first()
    if row is None:
        return None
    return Device(row.id, row.incarnation, row.register, row.private_key, row.station, row.newest_at)


def become(connection: Connection, new: Device) -> None:
    """Write down who this database is, when it is founded."""
    connection.execute(
        insert(device).values(
            one=1,
            id=new.id,
            incarnation=new.incarnation,
            register=new.register,
            private_key=new.private_key,
            station=new.station,
            newest_at=new.newest_at,
        )
    )


def begin_incarnation(connection: Connection, incarnation: int, register: str) -> None:
    """A restored database goes on under a new register, so that no number and no fact is doubled."""
    connection.execute(update(device).values(incarnation=incarnation, register=register))


def saw(connection: Connection, moment: datetime) -> None:
    """Remember ``moment`` if it is the newest seen; "today" never falls behind it."""
    connection.execute(update(device).where(device.c.newest_at < moment).values(newest_at=moment))


def next_number(connection: Connection, name: str) -> int:
    """The next value of the counter ``name``, from 1, without gaps as long as the transaction is kept."""
    return next_numbers(connection, name, 1)[0]


def next_numbers(connection: Connection, name: str, count: int) -> range:
    """So many of them in a row; one statement."""
    drawn = (
        upsert(counters)
        .values(name=name, value=count)
        .on_conflict_do_update(index_elements=["name"], set_={"value": counters.c.value + count})
        .returning(counters.c.value)
    )
    last = int(connection.execute(drawn).scalar_one())
    return range(last - count + 1, last + 1)
