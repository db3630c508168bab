"""The disk (磁盘): where a station's files lie, how they are written whole, and what the world does to them.

``translated`` is the one place where an error code of SQLite or of the operating system becomes either the
world's trouble, which a person can do something about, or stays an exception, which is our bug. Opening the
database is not here, but in ``engine``.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.problems import Trouble
from app.facts import Id

ENOUGH_FREE_BYTES = 500_000_000
LEAST_FREE_BYTES = 64 * 1024

OWN = 0o600
"""The rights of a file that nobody but this user of the PC may read."""
CARRIED = 0o644
"""Those of a file on a stick, which another user on another PC shall read; it tells nothing without a key."""


class DiskFull(Trouble):
    """No room is left where ``place`` lies."""

    place: str


class DiskFailing(Trouble):
    """Reading or writing ``place`` failed in the disk itself, or it was pulled out."""

    place: str


class DiskAlmostFull(Trouble):
    """There is room for the moment; said at the start of the program, before it becomes a trouble."""

    place: str
    free_megabytes: int


class ReadOnlyPlace(Trouble):
    """This user of the PC may not write where ``place`` lies."""

    place: str


class PlaceMissing(Trouble):
    """The folder or file is not there: moved, renamed, or its disk is not plugged in."""

    place: str


class CloudFolder(Trouble):
    """The folder is copied elsewhere by a cloud drive while the database is open, which destroys databases."""

    place: str
    drive: str


class NetworkFolder(Trouble):
    """The folder lies on a network share, where an open database cannot be protected."""

    place: str


class DatabaseBusy(Trouble):
    """Somebody else has held the database longer than anybody should."""


class MemoryShort(Trouble):
    """The PC has no memory left for this."""


class DamagedDatabase(Trouble):
    """The file is not what was written into it. ``backup`` is the day of the newest backup, if there is one."""

    place: str
    backup: date | None = None


class DamagedLog(Trouble):
    """A fact is not what was recorded, so no backup is made that could take a good one's place. ``backup`` is the day
    of the newest that is there.
    """

    place: str
    device: Id
    seq: int
    backup: date | None = None


class WrongKey(Trouble):
    """The database was not encrypted with this key: database and keys.json are not a pair."""

    place: str


class DatabaseFromNewerVersion(Trouble):
    """A newer program has written this database; ``version`` is the name of its newest migration."""

    version: str


class CommitUncertain(Trouble):
    """Saving failed at the last moment. This process goes on as if nothing had been saved, but after a crash it
    may turn out that it was: look before doing it again.
    """

    because: Trouble


@dataclass(frozen=True, slots=True)
class Places:
    """Where the files of one station lie."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "station.db"

    @property
    def keys(self) -> Path:
        return self.folder / "keys.json"

    @property
    def lock(self) -> Path:
        return self.folder / "station.lock"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"


# The drives that staff have, by the beginning of a folder's name in small letters.
_CLOUD_DRIVES = {
    "onedrive": "OneDrive",
    "坚果云": "坚果云",
    "我的坚果云": "坚果云",
    "nutstore": "坚果云",
    "百度网盘": "百度网盘",
    "百度云": "百度网盘",
    "baidunetdisk": "百度网盘",
    "baidusyncdisk": "百度网盘",
    "阿里云盘": "阿里云盘",
    "aliyundrive": "阿里云盘",
    "天翼云盘": "天翼云盘",
    "腾讯微云": "腾讯微云",
    "weiyun": "腾讯微云",
    "wps云盘": "WPS 云盘",
    "wpsdrive": "WPS 云盘",
    "360云盘": "360 云盘",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "mobile documents": "iCloud",
    "nextcloud": "Nextcloud",
    "seafile": "Seafile",
}
_NETWORK_FILE_SYSTEMS = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "fuse.sshfs",
        "davfs",
        "fuse.davfs2",
        "afpfs",
        "9p",
        "fuse.gvfsd-fuse",
    }
)
_WINDOWS_DRIVE_REMOTE = 4
# How the kernel writes a space, a tab, a line end and a backslash in a mount point; all else stands as it is.
_OCTAL = re.compile(r"\\([0-7]{3})")

_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_FAILING = frozenset({errno.EIO, errno.ENXIO, errno.ENODEV, getattr(errno, "ESTALE", errno.EIO)})
_MISSING = frozenset({errno.ENOENT, errno.ENOTDIR})


def check_folder(folder: Path) -> None:
    """Raise the trouble that keeping a database in ``folder`` would bring, if any."""
    drive = cloud_drive(folder)
    if drive is not None:
        raise CloudFolder(place=str(folder), drive=drive)
    if on_network(folder):
        raise NetworkFolder(place=str(folder))
    with translated(folder), tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(b"\0")


def check_space(folder: Path) -> DiskAlmostFull | None:
    """A warning to show at the start while there is still room to work."""
    free = free_bytes(folder)
    if free >= ENOUGH_FREE_BYTES:
        return None
    return DiskAlmostFull(place=str(folder), free_megabytes=free // 1_000_000)


def free_bytes(folder: Path) -> int:
    """The room that is left where ``folder`` lies."""
    with translated(folder):
        return shutil.disk_usage(folder).free


def nearest(folder: Path) -> Path:
    """``folder``, or where it is not there yet the nearest one above it that is."""
    return next(place for place in (folder, *folder.parents) if place.is_dir())


def cloud_drive(folder: Path) -> str | None:
    """The name of the cloud drive that keeps ``folder`` in step, judged by the folders it lies in."""
    for part in folder.resolve().parts:
        for beginning, drive in _CLOUD_DRIVES.items():
            if part.casefold().startswith(beginning):
                return drive
    return None


def on_network(folder: Path) -> bool:
    """Whether ``folder`` lies on a network share, as far as the operating system says."""
    resolved = folder.resolve()
    if sys.platform == "win32":
        import ctypes

        drive = resolved.drive
        if drive.startswith("\\\\"):
            return True
        return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == _WINDOWS_DRIVE_REMOTE)
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return file_system_of(resolved, mounts) in _NETWORK_FILE_SYSTEMS


def file_system_of(path: Path, mounts: str) -> str:
    """The type of the file system that ``path`` lies on, by the lines of Linux' table of mounts."""
    longest, found = -1, ""
    for line in mounts.splitlines():
        _device, point, kind, *_ = line.split(" ")
        mounted = Path(_OCTAL.sub(lambda found: chr(int(found[1], 8)), point))
        if path.is_relative_to(mounted) and len(mounted.parts) >= longest:
            longest, found = len(mounted.parts), kind
    return found


def write_whole(path: Path, content: bytes, *, mode: int = OWN) -> None:
    """Replace ``path`` so that at any moment, also in a power cut, it holds the old content or the new."""
    with translated(path):
        draft = path.with_name(f".{path.name}.new")
        draft.unlink(missing_ok=True)  # left by a crash, and perhaps with other rights
        with open(draft, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        settle(path.parent)


def flush(path: Path) -> None:
    """Wait until the content of ``path`` is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """Wait until the names in ``folder`` are on the disk. Windows does this by itself and offers no way to
    ask.
    """
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def translated(place: Path) -> Iterator[None]:
    """Turn what the world did to ``place`` into a trouble; let our own bugs pass as they are."""
    try:
        yield
    except Exception as error:
        trouble = trouble_of(error, place)
        if trouble is None:
            raise
        raise trouble from error


def trouble_of(error: BaseException, place: Path) -> Trouble | None:
    """The world's trouble behind ``error``, or None when it is a bug of ours or a problem already."""
    code = sqlite_code(error)
    if code is not None:
        return _sqlite_trouble(code, str(place))
    if isinstance(error, OSError):
        return _system_trouble(error, str(place))
    return None


def sqlite_code(error: BaseException) -> int | None:
    """SQLite's primary result code of a driver's error or of SQLAlchemy's wrapping of one."""
    code = getattr(getattr(error, "orig", error), "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else None


def _sqlite_trouble(code: int, place: str) -> Trouble | None:
    match code:
        case 13:  # SQLITE_FULL
            return DiskFull(place=place)
        case 10 | 15 | 22:  # SQLITE_IOERR, SQLITE_PROTOCOL, SQLITE_NOLFS
            # So it also calls it when there is no room for the small file that it keeps beside the database.
            return DiskFull(place=place) if _has_no_room(place) else DiskFailing(place=place)
        case 11 | 26:  # SQLITE_CORRUPT, SQLITE_NOTADB
            return DamagedDatabase(place=place)
        case 3 | 8:  # SQLITE_PERM, SQLITE_READONLY
            return ReadOnlyPlace(place=place)
        case 14:  # SQLITE_CANTOPEN
            return PlaceMissing(place=place)
        case 5 | 6:  # SQLITE_BUSY, SQLITE_LOCKED
            return DatabaseBusy()
        case 7:  # SQLITE_NOMEM
            return MemoryShort()
    return None


def _has_no_room(place: str) -> bool:
    try:
        return shutil.disk_usage(Path(place).parent).free < LEAST_FREE_BYTES
    except OSError:
        return False


def _system_trouble(error: OSError, place: str) -> Trouble | None:
    if error.errno in _FULL:
        return DiskFull(place=place)
    if error.errno in _READ_ONLY:
        return ReadOnlyPlace(place=place)
    if error.errno in _FAILING:
        return DiskFailing(place=place)
    if error.errno in _MISSING:
        return PlaceMissing(place=place)
    return None
