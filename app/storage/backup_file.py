"""One backup as one file (备份文件): the encrypted database, and behind it what it takes to open it anywhere.

The file begins as a SQLCipher database of which SQLite reads only its own pages, so that a backup is opened where it
lies, without unpacking. Behind them stand a manifest (which station, when, how far its chain had come, the SHA-256 of
the database) with the ways in of ``keys.json``, its length, and a mark with the version of this layout. Photos are
rows of the database. Without a passphrase of that day or the recovery sheet nothing but the manifest can be read.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from app.domain.problems import Trouble
from app.domain.progress import Step, Tell, silently
from app.facts import Id
from app.storage.chains import log_differences
from app.storage.disk import DamagedDatabase, WrongKey, flush, translated
from app.storage.engine import driver_connection, fits
from app.storage.history import NO_HASH

CHUNK_BYTES = 1 << 20

_MARK = re.compile(rb"yizhan backup ([0-9]{2})\n")
_VERSION = 1
_MARK_BYTES = 17
_LENGTH_BYTES = 8
_LONGEST_MANIFEST_BYTES = 4_000_000


class DamagedBackup(Trouble):
    """The file is not a backup, or not what was written into it."""

    place: str


class BackupFromNewerVersion(Trouble):
    """A newer program has made this backup."""

    place: str


class Manifest(msgspec.Struct, frozen=True):
    """What stands behind the database. ``seq`` and ``head`` are of the newest fact of its own chain."""

    station: str
    region: str
    device: Id
    incarnation: int
    seq: int
    head: bytes
    facts: int
    made_at: datetime
    day: date
    before: str | None
    version: str
    database_bytes: int
    sha256: bytes
    keys: bytes


class _Sealed(msgspec.Struct, frozen=True):
    """The manifest as it was written, and its checksum against a failing disk."""

    sha256: bytes
    manifest: bytes


def seal(path: Path, manifest: Manifest) -> None:
    """Put the manifest behind the database in ``path``, and wait until all of it is on the disk."""
    raw = msgspec.json.encode(manifest)
    sealed = msgspec.json.encode(_Sealed(sha256=hashlib.sha256(raw).digest(), manifest=raw))
    with translated(path), path.open("ab") as file:
        file.write(sealed + len(sealed).to_bytes(_LENGTH_BYTES, "big") + b"yizhan backup %02d\n" % _VERSION)
        file.flush()
        os.fsync(file.fileno())


def manifest_of(path: Path) -> Manifest:
    """What a backup says about itself, without a key. ``DamagedBackup`` and ``BackupFromNewerVersion``."""
    with translated(path), path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        tail = _tail(file, end, _LENGTH_BYTES + _MARK_BYTES)
        mark = _MARK.fullmatch(tail[_LENGTH_BYTES:])
        if mark is None:
            raise DamagedBackup(place=str(path))
        if int(mark[1]) > _VERSION:
            raise BackupFromNewerVersion(place=str(path))
        length = int.from_bytes(tail[:_LENGTH_BYTES], "big")
        if length > _LONGEST_MANIFEST_BYTES:
            raise DamagedBackup(place=str(path))
        sealed = _tail(file, end - len(tail), length)
    manifest = _read(sealed)
    if manifest is None or manifest.database_bytes + length + len(tail) != end:
        raise DamagedBackup(place=str(path))
    return manifest


def check_bytes(path: Path, manifest: Manifest, tell: Tell = silently) -> None:
    """Read the database in a backup from the disk itself; ``DamagedBackup`` unless it is what was written."""
    with translated(path):
        drop_from_memory(path)
        if sha256_of(path, manifest.database_bytes, tell) != manifest.sha256:
            raise DamagedBackup(place=str(path))


def check_opens(path: Path, key: bytes, manifest: Manifest) -> None:
    """Decrypt and read every table, and compare the end of the chain with what the manifest says."""
    with reading_backup(path, key) as connection:
        if connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise DamagedBackup(place=str(path))
        if chain_of(connection, manifest.device, manifest.incarnation) != (manifest.seq, manifest.head):
            raise DamagedBackup(place=str(path))


def check_log(path: Path, key: bytes) -> None:
    """Look at every fact and private part, for ``DamagedBackup`` where one is not what was recorded."""
    with reading_backup(path, key) as connection:
        if next(log_differences(connection), None) is not None:
            raise DamagedBackup(place=str(path))


@contextlib.contextmanager
def reading_backup(path: Path, key: bytes) -> Iterator[Any]:
    """A connection of the driver to the database in a backup, where it lies. Leaves nothing beside it."""
    try:
        with translated(path), contextlib.closing(driver_connection(path, key, mode="ro")) as connection:
            yield connection
    except DamagedDatabase as damaged:
        if not fits(path, key):
            raise WrongKey(place=str(path)) from damaged
        raise DamagedBackup(place=str(path)) from damaged


def take_out(path: Path, manifest: Manifest, target: Path, tell: Tell = silently) -> None:
    """Write the database of a backup to ``target``; it is on the disk, and what was backed up, when this returns."""
    digest = hashlib.sha256()
    with translated(path), path.open("rb") as source:
        left = manifest.database_bytes
        with translated(target), target.open("wb") as out:
            while left and (chunk := source.read(min(CHUNK_BYTES, left))):
                digest.update(chunk)
                out.write(chunk)
                left -= len(chunk)
                tell(Step.COPY, manifest.database_bytes - left, manifest.database_bytes)
        flush(target)
    if digest.digest() != manifest.sha256:
        raise DamagedBackup(place=str(path))


def sha256_of(path: Path, length: int, tell: Tell = silently) -> bytes:
    """The checksum of the first ``length`` bytes."""
    digest, left = hashlib.sha256(), length
    with path.open("rb") as file:
        while left and (chunk := file.read(min(CHUNK_BYTES, left))):
            digest.update(chunk)
            left -= len(chunk)
            tell(Step.VERIFY, length - left, length)
    return digest.digest()


def chain_of(connection: Any, device: Id, incarnation: int) -> tuple[int, bytes]:
    """Number and hash of the newest fact of a chain, through a connection of the driver."""
    newest = "SELECT seq, hash FROM log WHERE device = ? AND incarnation = ? ORDER BY seq DESC LIMIT 1"
    row = connection.execute(newest, (device, incarnation)).fetchone()
    return (row[0], bytes(row[1])) if row else (0, NO_HASH)


def drop_from_memory(path: Path) -> None:
    """Have the next reading come from the disk, where the system can be asked for that."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _tail(file: Any, end: int, length: int) -> bytes:
    file.seek(max(0, end - length))
    read: bytes = file.read(min(length, end))
    return read


def _read(sealed: bytes) -> Manifest | None:
    try:
        found = msgspec.json.decode(sealed, type=_Sealed)
        if hashlib.sha256(found.manifest).digest() != found.sha256:
            return None
        return msgspec.json.decode(found.manifest, type=Manifest)
    except msgspec.MsgspecError:
        return None
