"""What whoever looks after the PC may be given (诊断资料): versions, sizes, counts, settings, timings, last troubles.

No name, phone, address, number or word of anybody, and no text that somebody typed: settings only as numbers, logs only
as kinds and places in the program. It is shown whole before it is saved.
"""

from __future__ import annotations

import io
import platform
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select, text

from app.actions import beside
from app.actions.desk import Desk, Look, reading
from app.actions.policies import policies_today
from app.storage import audit, incarnation
from app.storage.backup import backups, newest_manifest
from app.storage.backup_places import backup_places_of, state_of
from app.storage.device import this_device
from app.storage.disk import free_bytes, write_whole
from app.storage.engine import writing
from app.storage.history import log
from app.storage.migrations import version_of
from app.storage.types import metadata

_LONGEST_LOG_BYTES = 100_000
_LOGS = ("yizhan.log.2", "yizhan.log.1", "yizhan.log", "crash.log")
_PATH = re.compile(r'[^\s"]*[/\\](?=[^/\\\s"]+)')
_OURS = re.compile(r'[^\s"]*?\b((?:app|ui)/[\w/]+\.py)')
_LONG_NUMBER = re.compile(r"(?<![\d-])\d{7,}")
_NOT_PLAIN = re.compile(r"[^\x20-\x7e]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One file of it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveDiagnostics:
    """What was shown, to be kept at ``path``."""

    pages: tuple[Page, ...]
    path: Path


@reading()
def diagnostics(look: Look, seen: str) -> tuple[Page, ...]:
    """All of it, to be read before it is saved. ``seen`` is what the screens know of themselves: versions."""
    return (
        Page(name="versions.txt", text=_lines(_versions(look, seen))),
        Page(name="sizes.txt", text=_lines(_sizes(look))),
        Page(name="counts.txt", text=_lines(_counts(look.connection))),
        Page(name="settings.txt", text=_lines(_settings(look))),
        Page(name="timings.txt", text=_lines(_timings(look))),
        Page(name="troubles.txt", text="\n".join(_troubles(look.desk.vault.places.folder / "logs"))),
    )


def save_diagnostics(desk: Desk, request: SaveDiagnostics) -> Path:
    """Write what was shown as a zip; noted in the audit."""
    by = beside.who(desk)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for page in request.pages:
            file.writestr(page.name, page.text)
    write_whole(request.path, packed.getvalue())
    beside.note(desk, by, audit.SAVED_DIAGNOSTICS)
    return request.path


def _versions(look: Look, seen: str) -> Iterator[tuple[str, object]]:
    yield "program", seen
    yield "python", platform.python_version()
    yield "system", f"{platform.system()} {platform.release()} {platform.machine()}"
    yield "sqlite", look.connection.exec_driver_sql("SELECT sqlite_version()").scalar()
    yield "sqlcipher", look.connection.exec_driver_sql("PRAGMA cipher_version").scalar()
    yield "database", version_of(look.connection)


def _sizes(look: Look) -> Iterator[tuple[str, object]]:
    places = look.desk.vault.places
    for path in (
        places.database,
        places.database.with_name("station.db-wal"),
        *places.backups.glob("mirror*"),
    ):
        if path.exists():
            yield path.name, path.stat().st_size
    there = backups(places.backups)
    yield "backups", len(there)
    yield "backups bytes", sum(one.path.stat().st_size for one in there)
    newest = newest_manifest(places.backups)
    yield "newest backup", newest[1].made_at.isoformat() if newest is not None else "none"
    chosen = backup_places_of(look.connection)
    yield "other place", state_of(chosen.folder, look.desk.device.station)
    yield "free", free_bytes(places.folder)
    mirror = look.desk.mirror
    yield "mirror", type(mirror.trouble).__name__ if mirror is not None and mirror.trouble else "good"


def _counts(connection: Connection) -> Iterator[tuple[str, object]]:
    by_kind = select(log.c.kind, func.count()).group_by(log.c.kind).order_by(log.c.kind)
    for kind, facts in connection.execute(by_kind):
        yield f"fact {kind}", facts
    for table in metadata.sorted_tables:
        yield f"table {table.name}", connection.execute(select(func.count()).select_from(table)).scalar()
    device = this_device(connection)
    for chain, facts in incarnation.facts_by_chain(connection).items():
        own = "own" if device is not None and chain.device == device.id else "other"
        yield f"chain {own} {chain.incarnation}", facts


def _settings(look: Look) -> Iterator[tuple[str, object]]:
    for card in policies_today(look.desk, None):
        since = card.since.isoformat() if card.since is not None else "default"
        yield card.name, f"{since} {_only_numbers(msgspec.to_builtins(card.value))}"


def _only_numbers(value: Any) -> Any:
    """What somebody typed is told by its kind alone, and what is keyed by it by how many there are."""
    if isinstance(value, dict):
        if not all(re.fullmatch(r"[a-z_]+", str(key)) for key in value):
            return len(value)
        return {key: _only_numbers(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_only_numbers(part) for part in value]
    return value if isinstance(value, bool | int | float) or value is None else "text"


def _timings(look: Look) -> Iterator[tuple[str, object]]:
    connection, desk = look.connection, look.desk

    def scan() -> None:
        connection.execute(select(func.sum(func.length(log.c.raw)))).scalar()

    def commit() -> None:
        with writing(desk.engine) as own:
            own.execute(text("UPDATE device SET one = 1"))

    yield "one row ms", _milliseconds(lambda: connection.exec_driver_sql("SELECT one FROM device").scalar())
    yield "reading the log ms", _milliseconds(scan)
    yield "commit ms", _milliseconds(commit)


def _milliseconds(work: Callable[[], object]) -> float:
    began_s = time.perf_counter()
    work()
    return round((time.perf_counter() - began_s) * 1_000, 1)


def _troubles(folder: Path) -> Iterator[str]:
    """What went wrong, when and where in the program: file names of ours, others' last part, nothing beyond ASCII."""
    for name in _LOGS:
        path = folder / name
        if path.is_file():
            yield f"[{name}]"
            yield from (
                _plain(line)
                for line in path.read_bytes()[-_LONGEST_LOG_BYTES:].decode(errors="replace").splitlines()
            )


def _plain(line: str) -> str:
    short = _OURS.sub(r"\1", line) if _OURS.search(line) else _PATH.sub("", line)
    return _LONG_NUMBER.sub("...", _NOT_PLAIN.sub("", short))


def _lines(told: Iterator[tuple[str, object]]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in told)
