from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from app.storage.disk import DiskFull, ReadOnlyPlace
from app.storage.lock import AlreadyOpen, DatabaseLock
from tests.support.faults import no_room_left, unwritable_folder

ROOT = Path(__file__).parent.parent.parent
HOLDER = """
import sys
from pathlib import Path
from app.storage.lock import DatabaseLock
lock = DatabaseLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "station.lock"


def other_program(path: Path) -> subprocess.Popen[str]:
    """Another process that holds the lock until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_program_is_told_who_has_the_database(path: Path) -> None:
    with other_program(path) as process:
        with pytest.raises(AlreadyOpen) as trouble:
            DatabaseLock(path)
        assert (trouble.value.pid, trouble.value.host) == (process.pid, platform.node())
        process.communicate()


def test_a_killed_program_leaves_no_lock(path: Path) -> None:
    with other_program(path) as process:
        process.kill()
        process.communicate()
    DatabaseLock(path).release()


def test_a_lock_that_was_given_back_can_be_taken(path: Path) -> None:
    DatabaseLock(path).release()
    lock = DatabaseLock(path)
    with pytest.raises(AlreadyOpen) as trouble:
        DatabaseLock(path)
    assert trouble.value.pid == os.getpid()
    lock.release()


def test_who_has_it_may_be_unknown_for_a_moment(path: Path) -> None:
    lock = DatabaseLock(path)
    path.with_name("station.lock.holder").write_bytes(b"")
    with pytest.raises(AlreadyOpen) as trouble:
        DatabaseLock(path)
    assert (trouble.value.pid, trouble.value.host) == (None, None)
    lock.release()


def test_a_folder_that_cannot_be_written_is_a_trouble() -> None:
    with unwritable_folder({}) as folder, pytest.raises(ReadOnlyPlace):
        DatabaseLock(folder / "station.lock")


def test_a_full_disk_does_not_keep_the_database_locked(path: Path) -> None:
    with no_room_left(), pytest.raises(DiskFull):
        DatabaseLock(path)
    DatabaseLock(path).release()
