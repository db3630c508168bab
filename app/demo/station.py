"""The sample station as a folder (演示站): built whole or not at all, in a folder of its own, opened like any other.

A mark beside the database says that this is one, and with which passphrase everybody in it signs in. A folder
without the mark is never touched.
"""

from __future__ import annotations

import contextlib
import hashlib
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import msgspec

from app.actions.desk import Desk, SignedIn
from app.actions.staff import AdmitStaff, admit_staff
from app.actions.startup import (
    Door,
    FolderNotEmpty,
    FoundStation,
    close,
    found_station,
    sign_in,
    what_is_there,
)
from app.demo import places
from app.demo.story import Progress, Scale, tell
from app.demo.town import Crew
from app.domain.calendar import instant_at, shanghai_day
from app.domain.staff import Role
from app.domain.stations import StationLevel
from app.storage import migrations
from app.storage.disk import Places
from app.storage.ids import new_id
from app.storage.keys import Tile
from app.storage.lock import DatabaseLock

PASSPHRASE = "yunxi-demo"
ADMINISTRATOR = "沈静"
CLERKS = ("陈芳", "王海涛")
AUDITOR = "郑文"
WHOLE = Scale(
    people=4_750,
    volunteers=3_080,
    days=1_127,
    records=14_500,
    ended_orders=345,
    open_orders=66,
    certificates=160,
    redemptions=520,
)
"""A town of 38,000 after three years."""

_MARK = "demo.json"
_MORNING = (9, 40)
_EVENING_BEFORE = (17, 10)


class _Mark(msgspec.Struct, frozen=True):
    """What stands in the mark."""

    passphrase: str
    seed: int
    tables: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoStation:
    """A sample station that can be signed in to. Everybody on ``tiles`` has the same passphrase."""

    folder: Path
    tiles: tuple[Tile, ...]
    passphrase: str
    seed: int


def find(folder: Path, now: datetime) -> DemoStation | None:
    """The sample station in ``folder``; None when there is none, or one with the tables of another program, which is
    built anew, as nothing in it is real. Raises what opening it would bring.
    """
    mark = _mark_in(folder)
    there = what_is_there(folder, now) if mark is not None and mark.tables == _tables_of_today() else None
    if mark is None or not isinstance(there, Door):
        return None
    return DemoStation(folder=folder, tiles=there.tiles, passphrase=mark.passphrase, seed=mark.seed)


def build(
    folder: Path,
    seed: int,
    clock: Callable[[], datetime],
    progress: Progress | None = None,
    scale: Scale = WHOLE,
) -> DemoStation:
    """Build a sample station; one that was in ``folder`` before gives way when the new one is whole.

    It ends this morning, or yesterday evening while it is earlier. The same seed gives the same people. Anything
    else in the folder is ``FolderNotEmpty``; a sample station that is open elsewhere is ``AlreadyOpen``.
    """
    _expect_nothing_else(folder)
    until = _until(clock())
    with _in_place_of(folder) as draft:
        founded_at = instant_at(shanghai_day(until) - timedelta(days=scale.days), 8, 40)
        desk = _found(draft, lambda: founded_at)
        try:
            tell(desk, _hire(desk), scale, random.Random(seed), until, progress)
            assert desk.signed_in is not None
            administrator = desk.signed_in.staff
        finally:
            close(desk)
        # Signing in once lets the mirror catch up, so that the first person does not wait for it.
        close(sign_in(draft, administrator, PASSPHRASE, clock))
        mark = _Mark(passphrase=PASSPHRASE, seed=seed, tables=_tables_of_today())
        (draft / _MARK).write_bytes(msgspec.json.encode(mark))
    built = find(folder, clock())
    assert built is not None
    return built


def has_outdated(folder: Path) -> bool:
    """Whether the sample station in ``folder`` has the tables of another program."""
    mark = _mark_in(folder)
    return mark is not None and mark.tables != _tables_of_today()


@cache
def _tables_of_today() -> str:
    """A short name for how this program's tables look."""
    first = Path(migrations.__file__).parent / "versions"
    return hashlib.sha256(b"".join(one.read_bytes() for one in sorted(first.glob("*.py")))).hexdigest()[:16]


def _until(now: datetime) -> datetime:
    this_morning = instant_at(shanghai_day(now), *_MORNING)
    return (
        this_morning
        if now >= this_morning
        else instant_at(shanghai_day(now) - timedelta(days=1), *_EVENING_BEFORE)
    )


def _found(folder: Path, clock: Callable[[], datetime]) -> Desk:
    request = FoundStation(
        name=places.NAME,
        region=places.REGION,
        level=StationLevel.OFFICE,
        admin_name=ADMINISTRATOR,
        passphrase=PASSPHRASE,
    )
    return found_station(folder, request, clock).desk


def _hire(desk: Desk) -> Crew:
    """Let the others in, and say who sits at the desk by turns."""
    assert desk.signed_in is not None
    clerks = tuple(_admit(desk, name, Role.CLERK) for name in CLERKS)
    _admit(desk, AUDITOR, Role.AUDITOR)
    return Crew(clerks=clerks, administrator=desk.signed_in)


def _admit(desk: Desk, name: str, role: Role) -> SignedIn:
    request = AdmitStaff(staff=new_id(), name=name, role=role, passphrase=PASSPHRASE)
    member = admit_staff(desk, request).value
    return SignedIn(staff=member.id, name=member.name, role=member.role)


def _mark_in(folder: Path) -> _Mark | None:
    try:
        return msgspec.json.decode((folder / _MARK).read_bytes(), type=_Mark)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None


def _expect_nothing_else(folder: Path) -> None:
    if not folder.exists() or not any(folder.iterdir()):
        return
    if _mark_in(folder) is None:
        raise FolderNotEmpty(place=str(folder))
    DatabaseLock(Places(folder).lock).release()


@contextlib.contextmanager
def _in_place_of(folder: Path) -> Iterator[Path]:
    """A folder beside ``folder`` that takes its place when the block ends well; nothing of it stays otherwise."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left_by_a_crash in folder.parent.glob(f".{folder.name}-demo-*"):
        shutil.rmtree(left_by_a_crash)
    workshop = Path(tempfile.mkdtemp(prefix=f".{folder.name}-demo-", dir=folder.parent))
    try:
        yield workshop / "new"
        if folder.exists():
            folder.rename(workshop / "old")
        (workshop / "new").rename(folder)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
