"""The mirror (镜像): the newest facts a second time, in a file beside the backups.

It is appended to at every commit, so that a database that was quietly set back (a restored disk image,
还原卡) is found out at the next start and gets its facts back. Head and facts are bytes here, encrypted with a
key made from the database's. Two files take turns, so that the mirror holds at least the newest ``BYTES_PER_FILE`` of
facts and at most twice as many. Comparing and replaying is not done here.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from io import FileIO
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.storage.disk import CARRIED, settle, translated, write_whole

# Some ten thousand facts: months of a busy station, read in a fifth of a second.
BYTES_PER_FILE = 8_000_000

_MAGIC = b"yizhan mirror 1\n"
_LENGTH_BYTES = 4
_NONCE_BYTES = 12
_TAG_BYTES = 16


class _Record(msgspec.Struct, frozen=True, array_like=True):
    """What one commit brought, and the head of the chain after it."""

    head: bytes
    facts: list[bytes]


class Mirror:
    """The mirror of one database. Open it once; ``append`` after every commit."""

    def __init__(self, folder: Path, key: bytes, *, bytes_per_file: int = BYTES_PER_FILE) -> None:
        self._path = folder / "mirror"
        self._older = folder / "mirror.1"
        self._bytes_per_file = bytes_per_file
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"yizhan mirror").derive(key)
        self._cipher = AESGCM(derived)
        self._file: FileIO | None = None

    def append(self, head: bytes, facts: Sequence[bytes]) -> None:
        """Add the facts of a commit and the head after them; they are on the disk when this returns."""
        with translated(self._path):
            file = self._file or self._opened()
            before = file.tell()
            try:
                _write(file, self._sealed(_Record(head=head, facts=list(facts))))
                os.fsync(file.fileno())
            except OSError:
                self._close_at(before)
                raise
            if file.tell() >= self._bytes_per_file:
                self.close()
                self._path.replace(self._older)

    def head(self) -> bytes | None:
        """The newest head, None when the mirror knows nothing: all that a start looks at when nothing is
        wrong.
        """
        with translated(self._path):
            newest = self._newest(_content(self._path)) or self._newest(_content(self._older))
        return newest[0].head if newest else None

    def read(self) -> tuple[bytes, ...]:
        """All facts the mirror holds, the oldest first, without records that were torn or damaged."""
        with translated(self._path):
            contents = [_content(self._older), _content(self._path)]
        frames = [content[start:end] for content in contents for start, end in _frames(content)]
        records = (self._record(frame) for frame in frames)
        return tuple(fact for record in records if record is not None for fact in record.facts)

    def rewrite(self, change: Callable[[bytes], bytes]) -> None:
        """Put ``change(fact)`` in the place of every fact; the heads stay. Each file is at any moment old or new."""
        self.close()
        with translated(self._path):
            for path in (self._older, self._path):
                content = _content(path)
                records = [self._record(content[start:end]) for start, end in _frames(content)]
                if content:
                    changed = [self._sealed(_changed(it, change)) for it in records if it is not None]
                    write_whole(path, _MAGIC + b"".join(changed))

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _opened(self) -> FileIO:
        """The file, ready for the next record: what a power cut left after the last whole one is cut off."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        content = _content(self._path)
        newest = self._newest(content)
        # Unbuffered: a record that could not be written whole must not be written later.
        file = FileIO(self._path, "r+" if self._path.exists() else "w")
        file.truncate(newest[1] if newest else len(_MAGIC) if content.startswith(_MAGIC) else 0)
        if file.seek(0, os.SEEK_END) == 0:
            _write(file, _MAGIC)
            settle(self._path.parent)
        self._file = file
        return file

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

    def _newest(self, content: bytes) -> tuple[_Record, int] | None:
        """The newest readable record of a file, and where it ends."""
        for start, end in reversed(_frames(content)):
            record = self._record(content[start:end])
            if record is not None:
                return record, end
        return None

    def _record(self, sealed: bytes) -> _Record | None:
        if len(sealed) < _NONCE_BYTES + _TAG_BYTES:
            return None
        try:
            plain = self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None)
        except InvalidTag:
            return None
        return msgspec.msgpack.decode(plain, type=_Record)


def follow(folder: Path, target: Path, name: str) -> None:
    """Have the mirror of ``folder`` once more in ``target``, under ``name``: only what is new is written, unless the
    files took turns or were rewritten meanwhile.
    """
    for source, copy in zip(_files(folder, "mirror"), _files(target, name), strict=True):
        with translated(target):
            _catch_up(source, copy)


def adopt(folder: Path, name: str, target: Path) -> None:
    """Take over a mirror that ``follow`` wrote, where ``target`` has none of its own."""
    if is_there(target):
        return
    with translated(target):
        target.mkdir(parents=True, exist_ok=True)
        for source, own in zip(_files(folder, name), _files(target, "mirror"), strict=True):
            if source.exists():
                write_whole(own, source.read_bytes())


def is_there(folder: Path) -> bool:
    """Whether ``folder`` has a mirror of its own."""
    return any(path.exists() for path in _files(folder, "mirror"))


def _files(folder: Path, name: str) -> tuple[Path, Path]:
    return folder / f"{name}.1", folder / name


def _catch_up(source: Path, copy: Path) -> None:
    content, there = _content(source), _content(copy)
    if not content:
        copy.unlink(missing_ok=True)
    elif there != content[: len(there)] or not there:
        write_whole(copy, content, mode=CARRIED)
    elif len(there) < len(content):
        with copy.open("ab") as file:
            file.write(content[len(there) :])
            file.flush()
            os.fsync(file.fileno())


def _changed(record: _Record, change: Callable[[bytes], bytes]) -> _Record:
    return _Record(head=record.head, facts=[change(fact) for fact in record.facts])


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _frames(content: bytes) -> list[tuple[int, int]]:
    """Where the sealed records of a file begin and end, judged by their lengths alone."""
    frames: list[tuple[int, int]] = []
    if not content.startswith(_MAGIC):
        return frames
    at = len(_MAGIC)
    while (start := at + _LENGTH_BYTES) <= len(content):
        at = start + int.from_bytes(content[at:start], "big")
        if at > len(content):
            break
        frames.append((start, at))
    return frames


def _write(file: FileIO, content: bytes) -> None:
    """A nearly full disk takes a part without an error; only the rest then fails."""
    left = memoryview(content)
    while left:
        left = left[file.write(left) :]
