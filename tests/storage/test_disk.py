from __future__ import annotations

import errno
import os
import sqlite3
import sys
from pathlib import Path

import pytest

from app.domain.problems import Refusal, Trouble
from app.storage import disk
from app.storage.disk import (
    CARRIED,
    CloudFolder,
    DamagedDatabase,
    DatabaseBusy,
    DiskFailing,
    DiskFull,
    MemoryShort,
    PlaceMissing,
    ReadOnlyPlace,
    check_folder,
    check_space,
    file_system_of,
    translated,
    trouble_of,
    write_whole,
)
from tests.support.faults import no_room_left, unwritable_folder

PLACE = Path("/somewhere/station.db")


class NotToday(Refusal):
    """Any refusal."""


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("said by SQLite")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (sqlite_error(sqlite3.SQLITE_FULL), DiskFull),
        (sqlite_error(sqlite3.SQLITE_IOERR_FSYNC), DiskFailing),
        (sqlite_error(sqlite3.SQLITE_CORRUPT), DamagedDatabase),
        (sqlite_error(sqlite3.SQLITE_NOTADB), DamagedDatabase),
        (sqlite_error(sqlite3.SQLITE_READONLY), ReadOnlyPlace),
        (sqlite_error(sqlite3.SQLITE_CANTOPEN), PlaceMissing),
        (sqlite_error(sqlite3.SQLITE_BUSY), DatabaseBusy),
        (sqlite_error(sqlite3.SQLITE_NOMEM), MemoryShort),
        (OSError(errno.ENOSPC, "no space"), DiskFull),
        (OSError(errno.EDQUOT, "quota"), DiskFull),
        (OSError(errno.EIO, "input/output"), DiskFailing),
        (OSError(errno.EROFS, "read-only"), ReadOnlyPlace),
        (PermissionError(errno.EACCES, "denied"), ReadOnlyPlace),
        (FileNotFoundError(errno.ENOENT, "gone"), PlaceMissing),
    ],
)
def test_the_world_s_trouble_is_named_once(error: Exception, trouble: type[Trouble]) -> None:
    with pytest.raises(trouble) as raised, translated(PLACE):
        raise error
    assert raised.value.__cause__ is error
    assert getattr(raised.value, "place", str(PLACE)) == str(PLACE)


@pytest.mark.parametrize(
    "error",
    [
        sqlite_error(sqlite3.SQLITE_ERROR),
        sqlite_error(sqlite3.SQLITE_CONSTRAINT_UNIQUE),
        sqlite_error(sqlite3.SQLITE_MISUSE),
        OSError(errno.EBADF, "bad file descriptor"),
        KeyError("ours"),
        NotToday(),
        DiskFull(place="elsewhere"),
    ],
)
def test_bugs_and_problems_pass_as_they_are(error: Exception) -> None:
    with pytest.raises(type(error)) as raised, translated(PLACE):
        raise error
    assert raised.value is error


@pytest.mark.parametrize(
    ("folder", "drive"),
    [
        ("OneDrive/驿站", "OneDrive"),
        ("OneDrive - 某某街道/驿站", "OneDrive"),
        ("我的坚果云/驿站", "坚果云"),
        ("Nutstore/1/驿站", "坚果云"),
        ("百度网盘同步空间", "百度网盘"),
        ("BaiduSyncdisk/驿站", "百度网盘"),
        ("Dropbox", "Dropbox"),
    ],
)
def test_a_cloud_folder_is_refused_by_its_name(tmp_path: Path, folder: str, drive: str) -> None:
    place = tmp_path / folder
    place.mkdir(parents=True)
    with pytest.raises(CloudFolder) as trouble:
        check_folder(place)
    assert trouble.value.drive == drive


def test_a_link_into_a_cloud_folder_is_found_out(tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "驿站").symlink_to(tmp_path / "OneDrive")
    with pytest.raises(CloudFolder):
        check_folder(tmp_path / "驿站")


def test_an_ordinary_folder_is_fine_and_stays_empty(tmp_path: Path) -> None:
    check_folder(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_a_trouble() -> None:
    with unwritable_folder({}) as folder, pytest.raises(ReadOnlyPlace):
        check_folder(folder)


def test_a_missing_folder_is_a_trouble(tmp_path: Path) -> None:
    with pytest.raises(PlaceMissing):
        check_folder(tmp_path / "gone")


def test_network_shares_are_known_by_the_table_of_mounts() -> None:
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\n"
        "//nas/office /mnt/office cifs rw 0 0\n"
        "nas:/home /mnt/my\\040share nfs4 rw 0 0\n"
        "/dev/sdb1 /mnt/office/local ext4 rw 0 0\n"
    )
    assert file_system_of(Path("/media/wang"), mounts) == "ext4"
    assert file_system_of(Path("/mnt/office/驿站"), mounts) == "cifs"
    assert file_system_of(Path("/mnt/office/local/驿站"), mounts) == "ext4"
    assert file_system_of(Path("/mnt/officers"), mounts) == "ext4"
    assert file_system_of(Path("/mnt/my share/驿站"), mounts) == "nfs4"


def test_disks_that_are_called_in_chinese_are_read_as_well() -> None:
    mounts = "disk / ext4 rw 0 0\n/dev/sdb1 /media/张三/新加\\040卷 vfat rw 0 0\n"
    assert file_system_of(Path("/media/张三"), mounts) == "ext4"
    assert file_system_of(Path("/media/张三/新加 卷/驿站"), mounts) == "vfat"


def test_this_folder_is_not_on_the_network(tmp_path: Path) -> None:
    assert not disk.on_network(tmp_path)


def test_little_room_is_said_before_it_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    free = os.statvfs(tmp_path).f_bavail * os.statvfs(tmp_path).f_frsize
    monkeypatch.setattr(disk, "ENOUGH_FREE_BYTES", free * 2)
    warning = check_space(tmp_path)
    assert warning is not None
    assert warning.free_megabytes == pytest.approx(free / 1e6, rel=0.2)
    monkeypatch.setattr(disk, "ENOUGH_FREE_BYTES", 1)
    assert check_space(tmp_path) is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs a file system that never has room")
def test_an_error_of_a_disk_without_room_is_that_it_is_full() -> None:
    """SQLite says so when it cannot make the file of its write-ahead log's index."""
    assert isinstance(trouble_of(sqlite_error(sqlite3.SQLITE_IOERR), Path("/proc/station.db")), DiskFull)


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    write_whole(path, b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_nobody_else_may_read_it_unless_it_is_carried(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    (tmp_path / ".keys.json.new").write_bytes(b"left by a crash, readable by all")
    write_whole(path, b"old")
    assert path.stat().st_mode & 0o777 == 0o600
    write_whole(path, b"new", mode=CARRIED)
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    write_whole(path, b"old")
    with no_room_left(), pytest.raises(DiskFull):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
