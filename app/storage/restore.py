"""Restoring (恢复): putting a backup in the place of a database, on this PC or on a new one.

What lay there is set aside and never deleted. Nothing of it is touched before the backup has been copied whole and
opened. Beginning a new life with what the mirror still has is the business of ``incarnation``.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.domain.problems import Trouble
from app.domain.progress import Tell, silently
from app.storage import backup_file, erasure, mirror_file
from app.storage.backup_file import DamagedBackup, Manifest
from app.storage.disk import (
    DatabaseFromNewerVersion,
    Places,
    flush,
    free_bytes,
    nearest,
    settle,
    translated,
    write_whole,
)
from app.storage.engine import driver_connection
from app.storage.incarnation import PUT_BACK, PUT_BACK_ALONE
from app.storage.keys import spare_of
from app.storage.migrations import NEWEST

_SPARE_BYTES = 20_000_000
_DRAFT = ".restored.new"


class NoRoomToRestore(Trouble):
    """The backup does not fit beside what is there, which is kept."""

    place: str
    needed_megabytes: int
    free_megabytes: int


def expect_restorable(path: Path, manifest: Manifest, folder: Path) -> None:
    """Refuse what this program cannot open, and what there is no room for in (or above) ``folder``."""
    if manifest.version > NEWEST:
        raise DatabaseFromNewerVersion(version=manifest.version)
    there = nearest(folder)
    needed, free = manifest.database_bytes + _SPARE_BYTES, free_bytes(there)
    if free < needed:
        raise NoRoomToRestore(
            place=str(there), needed_megabytes=-(-needed // 1_000_000), free_megabytes=free // 1_000_000
        )


def restore(
    places: Places, path: Path, manifest: Manifest, key: bytes, keys: bytes | None, tell: Tell = silently
) -> Path | None:
    """Put the database of a backup in the place of ``places``', which nobody may have open; with ``keys`` its ways in,
    too. Returns where the old ones lie now, if there were any.
    """
    places.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = places.folder / _DRAFT
    _clear(draft)
    try:
        _take_out_whole(path, manifest, key, draft, tell)
        _mark(draft, key, PUT_BACK if mirror_file.is_there(places.backups) else PUT_BACK_ALONE)
        with translated(places.folder):
            aside = _set_aside(places, with_keys=keys is not None)
            if keys is not None:
                write_whole(places.keys, keys)
            draft.replace(places.database)
            settle(places.folder)
    finally:
        _clear(draft)
    mirror_file.adopt(path.parent, mirror_name(manifest), places.backups)
    erasure.adopt(path.parent / erased_name(manifest), places)
    return aside


@contextlib.contextmanager
def tried_out(
    places: Places, path: Path, manifest: Manifest, key: bytes, tell: Tell = silently
) -> Iterator[Places]:
    """A station of its own, for a moment, with the database of a backup and a copy of the mirror: for drills."""
    with translated(places.folder), tempfile.TemporaryDirectory(prefix=".drill-", dir=places.folder) as name:
        trial = Places(Path(name))
        _take_out_whole(path, manifest, key, trial.database, tell)
        trial.backups.mkdir()
        for mirror in places.backups.glob("mirror*"):
            shutil.copyfile(mirror, trial.backups / mirror.name)
        yield trial


def sweep(places: Places) -> None:
    """Remove what a drill left that was ended by force."""
    for left in places.folder.glob(".drill-*"):
        shutil.rmtree(left, ignore_errors=True)


def mirror_name(manifest: Manifest) -> str:
    """How the mirror is called where backups are carried, which may be those of several stations."""
    return f"yizhan-{manifest.device[-6:]}.mirror"


def erased_name(manifest: Manifest) -> str:
    """Likewise for the note of who was erased."""
    return f"yizhan-{manifest.device[-6:]}.erased.json"


def _take_out_whole(path: Path, manifest: Manifest, key: bytes, target: Path, tell: Tell) -> None:
    """A copy that was opened, since the bytes may have been changed between the disk and the memory."""
    backup_file.take_out(path, manifest, target, tell)
    try:
        backup_file.check_opens(target, key, manifest)
    except DamagedBackup as damaged:
        raise DamagedBackup(place=str(path)) from damaged


def _mark(draft: Path, key: bytes, mark: int) -> None:
    """Whatever happens next, it will not go on as the database it was."""
    with translated(draft), contextlib.closing(driver_connection(draft, key, mode="rw")) as connection:
        connection.execute(f"PRAGMA user_version = {mark}")
    flush(draft)


def _clear(draft: Path) -> None:
    """Also what SQLite left beside it when it was killed: it would be read into the next one."""
    for path in _with_companions(draft):
        path.unlink(missing_ok=True)


def _with_companions(database: Path) -> list[Path]:
    return [database.with_name(database.name + suffix) for suffix in ("", "-wal", "-shm")]


def _set_aside(places: Places, *, with_keys: bool) -> Path | None:
    old = _with_companions(places.database)
    if with_keys:
        old += [places.keys, spare_of(places.keys)]
    there = [path for path in old if path.exists()]
    if not there:
        return None
    number = 1
    while (aside := places.folder / f"set-aside-{number}").exists():
        number += 1
    aside.mkdir()
    for path in there:
        path.replace(aside / path.name)
    return aside
