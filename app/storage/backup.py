"""Backups (备份): whole copies of the encrypted database beside it, each tried before it counts.

A backup is as encrypted as the database and opens with the same keys; ``keys.json`` is copied beside it. Kept
are the last seven days that have one, one of each of the four weeks before, and the last three made before an
upgrade. When backups are made, and where people see them, is not decided here.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from app.storage.disk import DamagedDatabase, Places, flush, settle, translated, write_whole
from app.storage.engine import driver_connection

DAILY = 7
WEEKLY = 4
BEFORE_UPGRADES = 3

_NAME = re.compile(r"station-(\d{4}-\d{2}-\d{2})(?:-before-([0-9a-z]+))?\.db")


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup on the disk: of which day, and before which upgrade, if that was why it was made."""

    path: Path
    day: date
    before_upgrade: str | None = None

    @property
    def keys(self) -> Path:
        return self.path.with_suffix(".keys.json")


def make_backup(
    engine: Engine, key: bytes, places: Places, day: date, *, before_upgrade: str | None = None
) -> Backup:
    """Copy the database as it stands, try the copy, and only then give it its name and let old ones go."""
    reason = f"-before-{before_upgrade}" if before_upgrade else ""
    backup = Backup(places.backups / f"station-{day.isoformat()}{reason}.db", day, before_upgrade)
    draft = backup.path.with_name(f".{backup.path.name}.new")
    with translated(places.backups):
        places.backups.mkdir(parents=True, exist_ok=True)
        for left_by_a_killed_program in places.backups.glob(".station-*.new"):
            left_by_a_killed_program.unlink()
        try:
            _copy(engine, draft)
            check_copy(draft, key)
            flush(draft)
            write_whole(backup.keys, places.keys.read_bytes())
            draft.replace(backup.path)
            settle(places.backups)
        finally:
            draft.unlink(missing_ok=True)
    for old in _to_let_go(backups(places)):
        old.path.unlink()
        old.keys.unlink(missing_ok=True)
    return backup


def has_backup_of(places: Places, day: date) -> bool:
    return any(backup.day == day and backup.before_upgrade is None for backup in backups(places))


def backups(places: Places) -> tuple[Backup, ...]:
    """What is there, the newest first."""
    found = []
    for path in places.backups.glob("station-*.db"):
        match = _NAME.fullmatch(path.name)
        if match:
            found.append(Backup(path, date.fromisoformat(match[1]), match[2]))
    return tuple(sorted(found, key=lambda backup: (backup.day, backup.path.stat().st_mtime_ns), reverse=True))


@contextlib.contextmanager
def naming_newest(places: Places) -> Iterator[None]:
    """Tell the trouble of a damaged database which backup is there to restore."""
    try:
        yield
    except DamagedDatabase as damaged:
        newest = next(iter(backups(places)), None)
        raise DamagedDatabase(place=damaged.place, backup=newest.day if newest else None) from damaged


def check_copy(path: Path, key: bytes) -> None:
    """Read every page of a database file that nobody has open; ``DamagedDatabase`` if anything is wrong."""
    with translated(path), contextlib.closing(driver_connection(path, key, mode="rw")) as connection:
        if connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise DamagedDatabase(place=str(path))


def restore(places: Places, backup: Backup, key: bytes) -> Path:
    """Put a backup in the place of the database, which nobody may have open. Returns where the old one lies
    now.

    Facts recorded after the backup come back from the mirror at the next start.
    """
    check_copy(backup.path, key)
    with translated(places.database):
        draft = places.database.with_name(".restored.new")
        shutil.copyfile(backup.path, draft)
        flush(draft)
        aside = _unused(places.folder)
        aside.mkdir()
        for suffix in ("", "-wal", "-shm"):
            old = places.database.with_name(places.database.name + suffix)
            if old.exists():
                old.replace(aside / old.name)
        draft.replace(places.database)
        settle(places.folder)
    return aside


def _copy(engine: Engine, draft: Path) -> None:
    # VACUUM cannot run inside a transaction, so not through a connection that begins one by itself.
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(draft),))
    finally:
        connection.close()


def _to_let_go(there: Sequence[Backup]) -> Iterator[Backup]:
    """The newest come first in ``there``. A week is kept as its newest backup."""
    upgrades = [backup for backup in there if backup.before_upgrade]
    daily = [backup for backup in there if not backup.before_upgrade]
    weeks: dict[tuple[int, int], Backup] = {}
    for backup in daily[DAILY:]:
        year, week, _weekday = backup.day.isocalendar()
        weeks.setdefault((year, week), backup)
    kept = {*upgrades[:BEFORE_UPGRADES], *daily[:DAILY], *list(weeks.values())[:WEEKLY]}
    return (backup for backup in there if backup not in kept)


def _unused(folder: Path) -> Path:
    number = 1
    while (candidate := folder / f"set-aside-{number}").exists():
        number += 1
    return candidate
