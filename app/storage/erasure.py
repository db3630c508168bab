"""Making sure that what was erased is gone (删除个人信息): out of the file's unused pages, its write-ahead log and the
search index; and that a database from before the erasure erases again.

Who was erased is kept in a file of its own beside the database and in the backup folder, by ids that say nothing by
themselves: a backup from before knows nothing of it, and its mirror may be gone. What a fact of erasure does to the
log is in ``log``; the mirror is rewritten by ``incarnation``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, select

from app.facts import Id
from app.storage.disk import CARRIED, DatabaseBusy, Places, translated, write_whole
from app.storage.engine import BUSY_TIMEOUT_S, path_of
from app.storage.history import erased_among
from app.storage.people import people

SWEEP_PATIENCE_MS = 1_000
_NAME = "erased.json"


class Erasure(msgspec.Struct, frozen=True):
    """Somebody was erased; ``reason`` is the code in the fact. ``swept``: nothing is left in unused pages."""

    person: Id
    at: datetime
    by: Id
    reason: str
    swept: bool = False


def remembered(places: Places) -> tuple[Erasure, ...]:
    """Every erasure that this PC or its backup folder knows of, the first first."""
    found: dict[Id, Erasure] = {}
    for path in _files(places):
        for one in _read(path):
            found.setdefault(one.person, one)
    return tuple(sorted(found.values(), key=lambda one: (one.at, one.person)))


def remember(places: Places, erasure: Erasure) -> None:
    """Note an erasure, or that it was swept, beside the database and in the backup folder."""
    _write(places, [one for one in remembered(places) if one.person != erasure.person] + [erasure])


def forgotten(connection: Connection, erasures: Iterable[Erasure]) -> list[Erasure]:
    """Those whose people this database knows and has not erased: it is from before."""
    known = {one.person: one for one in erasures}
    here = set(connection.execute(select(people.c.id).where(people.c.id.in_(known))).scalars())
    return [known[person] for person in sorted(here - erased_among(connection, here))]


def sweep(engine: Engine) -> None:
    """Write the database anew without anything that was deleted; nobody else may be using it.

    The search index merges its parts first, which drops the words of deleted entries. What the write-ahead log
    holds goes into the file before and after, and the log is emptied.
    """
    with translated(path_of(engine)), engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute(f"PRAGMA busy_timeout = {SWEEP_PATIENCE_MS}")
        try:
            driver.execute("INSERT INTO search (search) VALUES ('optimize')")
            _empty_log(driver)
            driver.execute("VACUUM")
            _empty_log(driver)
        finally:
            driver.execute(f"PRAGMA busy_timeout = {round(BUSY_TIMEOUT_S * 1000)}")


def _empty_log(driver: Any) -> None:
    (busy, _pages, _moved) = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise DatabaseBusy


def swept(places: Places) -> None:
    """Note that nothing of whoever was erased is left in the file."""
    _write(places, [msgspec.structs.replace(one, swept=True) for one in remembered(places)])


def carry(places: Places, target: Path) -> None:
    """Have the same note where backups are carried, for the day one of them is restored elsewhere."""
    known = remembered(places)
    if known and _read(target) != list(known):
        with translated(target):
            write_whole(target, msgspec.json.encode(known), mode=CARRIED)


def adopt(source: Path, places: Places) -> None:
    """Take over what ``carry`` wrote: it may know of more than this PC does."""
    known = {one.person: one for one in (*remembered(places), *_read(source))}
    if known:
        _write(places, sorted(known.values(), key=lambda one: (one.at, one.person)))


def _files(places: Places) -> tuple[Path, Path]:
    return places.folder / _NAME, places.backups / _NAME


def _read(path: Path) -> list[Erasure]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[Erasure])
    except (OSError, msgspec.MsgspecError):
        return []  # the other file, the mirror and the log know it, too


def _write(places: Places, erasures: list[Erasure]) -> None:
    content = msgspec.json.encode(erasures)
    for path in _files(places):
        with translated(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)
