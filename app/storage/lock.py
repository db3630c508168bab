"""One program per database (一个数据库只开一个程序): a lock of the operating system, which ends with the
process.

There is no stale lock to clean up after a crash. Who holds it is written beside it, only to be said.
"""

from __future__ import annotations

import os
import platform
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from app.domain.problems import Trouble
from app.storage.disk import translated


class AlreadyOpen(Trouble):
    """Another program has this database open; which one is known unless it has only just started."""

    pid: int | None = None
    host: str | None = None


class _Holder(msgspec.Struct, frozen=True):
    pid: int
    host: str


class DatabaseLock:
    """The lock of one database, held from construction until ``release`` or the end of the process."""

    def __init__(self, path: Path) -> None:
        # A file that merely exists would outlive a killed process, so no falling back to one.
        self._lock = FileLock(path, timeout=0, thread_local=False, fallback_to_soft=False)
        self._note = path.with_name(f"{path.name}.holder")
        with translated(path):
            try:
                self._lock.acquire()
            except Timeout:
                holder = _holder(self._note)
                raise AlreadyOpen(
                    pid=holder.pid if holder else None, host=holder.host if holder else None
                ) from None
            try:
                self._note.write_bytes(msgspec.json.encode(_Holder(pid=os.getpid(), host=platform.node())))
            except BaseException:
                self.release()
                raise

    def release(self) -> None:
        try:
            self._note.unlink(missing_ok=True)
        finally:
            self._lock.release()


def _holder(note: Path) -> _Holder | None:
    try:
        return msgspec.json.decode(note.read_bytes(), type=_Holder)
    except (OSError, msgspec.MsgspecError):
        return None
