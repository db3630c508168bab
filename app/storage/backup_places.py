"""Where backups are carried besides the local folder (备份放在哪里), when they last got there, the last drill, and
since when none can be made because the log was found damaged.

A local table with one row: it is about this PC, does not travel and is not folded. A mark in the chosen folder says
that it was chosen, so that an empty mount point, or another stick under the same name, is not taken for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import msgspec
from sqlalchemy import CheckConstraint, Column, Connection, Integer, Text, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from app.facts import Id
from app.storage import types
from app.storage.disk import CARRIED, Places, translated, write_whole

_MARK = "yizhan-backups.json"

backup_places = types.table(
    "backup_places",
    Column("one", Integer, CheckConstraint("one = 1"), primary_key=True),
    Column("folder", Text),
    Column("chosen_at", types.Instant),
    Column("carried_at", types.Instant),
    Column("drilled_at", types.Instant),
    Column("log_damaged_at", types.Instant),
    local=True,
)


class CarryState(StrEnum):
    """How it is with the chosen folder."""

    NONE = "none"  # none was chosen
    THERE = "there"
    MISSING = "missing"  # the stick is not plugged in, the folder was renamed
    OTHER = "other"  # something is there, but it is not what was chosen


@dataclass(frozen=True, slots=True)
class BackupPlaces:
    """``carried_at``: when a backup was last carried to ``folder``. ``log_damaged_at``: when the log was found damaged,
    unless it was found whole since.
    """

    folder: Path | None = None
    chosen_at: datetime | None = None
    carried_at: datetime | None = None
    drilled_at: datetime | None = None
    log_damaged_at: datetime | None = None


class _Mark(msgspec.Struct, frozen=True):
    """Which station may carry its backups here."""

    stations: tuple[Id, ...]


def backup_places_of(connection: Connection) -> BackupPlaces:
    """One statement."""
    row = connection.execute(select(backup_places)).first()
    if row is None:
        return BackupPlaces()
    folder = None if row.folder is None else Path(row.folder)
    return BackupPlaces(folder, row.chosen_at, row.carried_at, row.drilled_at, row.log_damaged_at)


def choose(connection: Connection, folder: Path | None, at: datetime) -> None:
    """Carry backups to ``folder`` from now on; nowhere if it is None."""
    named = None if folder is None else str(folder)
    chosen = {"folder": named, "chosen_at": at, "carried_at": None}
    row = upsert(backup_places).values(one=1, **chosen)
    connection.execute(row.on_conflict_do_update(index_elements=["one"], set_=chosen))


def note_carried(connection: Connection, at: datetime) -> None:
    connection.execute(update(backup_places).values(carried_at=at))


def note_drill(connection: Connection, at: datetime) -> None:
    row = upsert(backup_places).values(one=1, drilled_at=at)
    connection.execute(row.on_conflict_do_update(index_elements=["one"], set_={"drilled_at": at}))


def note_log(connection: Connection, damaged_at: datetime | None) -> None:
    """That the log was found damaged, or whole (None); written only where it was found otherwise before."""
    if (damaged_at is None) == (backup_places_of(connection).log_damaged_at is None):
        return
    row = upsert(backup_places).values(one=1, log_damaged_at=damaged_at)
    connection.execute(row.on_conflict_do_update(index_elements=["one"], set_={"log_damaged_at": damaged_at}))


def mark(folder: Path, station: Id) -> None:
    """Say in ``folder`` that it was chosen for this station; several may share a stick."""
    known = _marked(folder)
    if station not in known:
        write_whole(folder / _MARK, msgspec.json.encode(_Mark(stations=(*known, station))), mode=CARRIED)


def state_of(folder: Path | None, station: Id) -> CarryState:
    if folder is None:
        return CarryState.NONE
    with translated(folder):
        if not folder.is_dir():
            return CarryState.MISSING
    return CarryState.THERE if station in _marked(folder) else CarryState.OTHER


def is_among(folder: Path, places: Places) -> bool:
    """Whether ``folder`` lies in the station's own folder, where it would be lost together with it."""
    return folder.resolve().is_relative_to(places.folder.resolve())


def _marked(folder: Path) -> tuple[Id, ...]:
    with translated(folder):
        try:
            return msgspec.json.decode((folder / _MARK).read_bytes(), type=_Mark).stations
        except (FileNotFoundError, msgspec.MsgspecError):
            return ()
