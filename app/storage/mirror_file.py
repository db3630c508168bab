"""The mirror (镜像): the newest facts a second time, in a file beside the backups.

It is appended to at every commit, so that a database that was quietly set back (a restored disk image,
还原卡) is found out at the next start and gets its facts back. What head and facts mean is the log's
business: here they are bytes, encrypted with a key made from the database's. Two files are kept and take
turns, so that the mirror holds at least the newest ``FACTS_PER_FILE`` facts and at most twice as many.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.storage.disk import settle, translated

FACTS_PER_FILE = 20_000

_MAGIC = b"yizhan mirror 1\n"
_LENGTH_BYTES = 4
_NONCE_BYTES = 12
_TAG_BYTES = 16


class _Record(msgspec.Struct, frozen=True, array_like=True):
    """What one commit brought, and the head of the chain after it."""

    head: bytes
    facts: list[bytes]


@dataclass(frozen=True, slots=True)
class Mirrored:
    """What the mirror knows: the newest head (None when it knows nothing) and facts, the oldest first."""

    head: bytes | None
    facts: tuple[bytes, ...]


class Mirror:
    """The mirror of one database. Open it once; ``append`` after every commit."""

    def __init__(self, folder: Path, key: bytes, *, facts_per_file: int = FACTS_PER_FILE) -> None:
        self._path = folder / "mirror"
        self._older = folder / "mirror.1"
        self._facts_per_file = facts_per_file
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"yizhan mirror").derive(key)
        self._cipher = AESGCM(derived)
        self._file: BinaryIO | None = None
        self._facts_in_file = 0

    def append(self, head: bytes, facts: Sequence[bytes]) -> None:
        """Add the facts of a commit and the head after them; they are on the disk when this returns."""
        with translated(self._path):
            if self._facts_in_file >= self._facts_per_file:
                self._begin_anew()
            file = self._file or self._opened()
            before = file.tell()
            try:
                file.write(self._sealed(_Record(head=head, facts=list(facts))))
                os.fsync(file.fileno())
            except OSError:
                self._close_at(before)
                raise
            self._facts_in_file += len(facts)

    def read(self) -> Mirrored:
        """Everything the mirror holds. A record that a power cut tore, or that was damaged, is not among it."""
        with translated(self._path):
            records = [*self._records(self._older)[0], *self._records(self._path)[0]]
        facts = tuple(fact for record in records for fact in record.facts)
        return Mirrored(head=records[-1].head if records else None, facts=facts)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _opened(self) -> BinaryIO:
        """The file, ready for the next record: what a power cut left after the last whole one is cut off."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        records, end = self._records(self._path)
        # Unbuffered: a record that could not be written whole must not be written later.
        file = self._path.open("rb+" if self._path.exists() else "wb", buffering=0)
        file.truncate(end)
        file.seek(end)
        if end == 0:
            file.write(_MAGIC)
            settle(self._path.parent)
        self._file = file
        self._facts_in_file = sum(len(record.facts) for record in records)
        return file

    def _begin_anew(self) -> None:
        self.close()
        self._path.replace(self._older)
        self._facts_in_file = 0

    def _close_at(self, end: int) -> None:
        """After a failed write: the next ``append`` looks at the file again and goes on after the last whole
        record.
        """
        assert self._file is not None
        try:
            self._file.truncate(end)
        finally:
            self.close()

    def _sealed(self, record: _Record) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, msgspec.msgpack.encode(record), None)
        return (len(nonce) + len(sealed)).to_bytes(_LENGTH_BYTES, "big") + nonce + sealed

    def _records(self, path: Path) -> tuple[list[_Record], int]:
        """The readable records of a file, and where the last of them ends."""
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return [], 0
        if not content.startswith(_MAGIC):
            return [], 0
        records: list[_Record] = []
        at = end = len(_MAGIC)
        while at + _LENGTH_BYTES <= len(content):
            start = at + _LENGTH_BYTES
            at = start + int.from_bytes(content[at:start], "big")
            record = self._record(content[start:at])
            if record is not None:
                records.append(record)
                end = at
        return records, end

    def _record(self, sealed: bytes) -> _Record | None:
        if len(sealed) < _NONCE_BYTES + _TAG_BYTES:
            return None
        try:
            plain = self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
        except InvalidTag:
            return None
        return msgspec.msgpack.decode(plain, type=_Record)
