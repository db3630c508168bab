"""The world's faults, made for real: a disk without room, a user without rights."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

NOBODY = 65534


@contextlib.contextmanager
def no_room_left(room_bytes: int = 0) -> Iterator[None]:
    """Meanwhile no file of this process grows beyond ``room_bytes``: the system refuses the write itself."""
    signalled = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, signalled)


@contextlib.contextmanager
def unwritable_folder(content: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder with these files that this process can read but not write; meanwhile it is an ordinary user,
    since the administrator of a machine may write anywhere.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, written in content.items():
            (folder / file).write_bytes(written)
            (folder / file).chmod(0o444)
        folder.chmod(0o555)
        user = os.geteuid()
        if user == 0:
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            if user == 0:
                os.seteuid(user)
            folder.chmod(0o755)
