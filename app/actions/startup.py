"""From the start of the program to an opened station (启动): first start, sign-in, recovery, closing.

What lies in the data folder is looked at first; nothing is created before ``found_station``. These functions take
a folder instead of a desk, for there is no desk yet. Changing the person at an opened desk is in ``session``, bringing
back a backup in ``restoring``.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Engine

from app.actions.desk import Desk, SignedIn
from app.domain import staff as staff_rules
from app.domain import stations as station_rules
from app.domain.calendar import shanghai_day
from app.domain.passphrases import check_passphrase
from app.domain.problems import Refusal, Trouble
from app.domain.recovery import RecoveryCode as RecoveryCode
from app.domain.recovery import read_recovery_code
from app.domain.regions import grouped
from app.domain.regions import normalise as normalise_region
from app.domain.staff import Member, Role
from app.domain.stations import Doubt, StationLevel
from app.domain.stock import open_stock
from app.facts import Fact, Id, Private
from app.facts.stations import StationFounded
from app.storage import audit, erasure, incarnation
from app.storage import device as device_storage
from app.storage import staff as staff_storage
from app.storage import stations as station_storage
from app.storage.backup import backups, make_backup, naming_newest, newest_manifest
from app.storage.device import Device
from app.storage.disk import (
    CloudFolder,
    DiskFull,
    Places,
    check_folder,
    check_space,
    cloud_drive,
    free_bytes,
    nearest,
    settle,
    write_whole,
)
from app.storage.disk import DamagedDatabase as DamagedDatabase
from app.storage.disk import DatabaseFromNewerVersion as DatabaseFromNewerVersion
from app.storage.disk import WrongKey as WrongKey
from app.storage.engine import create_database, open_engine, reading, writing
from app.storage.ids import new_id
from app.storage.incarnation import Mirror
from app.storage.keys import Keys, KeysFromBackup, Tile, is_whole, new_database_key
from app.storage.keys import KeysDamaged as KeysDamaged
from app.storage.keys import KeysMissing as KeysMissing
from app.storage.keys import new_recovery_code as new_recovery_code
from app.storage.lock import DatabaseLock
from app.storage.log import Draft, Log, learn_new_kinds, let_locked_go
from app.storage.migrations import upgrade_if_needed
from app.storage.mirror_file import Mirror as MirrorFile
from app.storage.staff import NoLongerStaff
from app.storage.types import clean_text
from app.storage.vault import Vault

FIRST_REGISTER = "A1"
OLDEST_DAY = date(2020, 1, 1)
LONGEST_TYPED_CHARACTERS = 200
LEAST_BYTES_TO_FOUND = 10_000_000

Clock = Callable[[], datetime]


class FolderNotEmpty(Trouble):
    """There is no station in the folder, but other files are: nothing is put among them."""

    place: str


class DatabaseMissing(Trouble):
    """The ways in are there, but the database is not; ``backup`` is the day of the newest backup, if any."""

    place: str
    backup: date | None = None


class ClockImpossible(Trouble):
    """The PC's date lies before there was this program: its battery is probably empty. ``today`` is that date."""

    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStart:
    """Nothing is there yet: a station can be founded."""

    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A station is there. ``tiles`` are its staff; ``notices`` are said once and hinder nothing."""

    folder: Path
    tiles: tuple[Tile, ...]
    notices: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundStation:
    """What the three pages of the first start ask. ``code`` is made with the request, so that its sheet can be
    printed before anything exists.
    """

    name: str
    region: str
    level: StationLevel
    admin_name: str
    passphrase: str = field(repr=False)
    code: RecoveryCode = field(default_factory=new_recovery_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Founded:
    """A station, opened for its first administrator, and the sheet that opens it without a passphrase."""

    desk: Desk
    code: RecoveryCode
    sheet: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recover:
    """The code from the sheet, and the new passphrase of one of the staff."""

    code: str = field(repr=False)
    staff: Id
    passphrase: str = field(repr=False)


def what_is_there(folder: Path, now: datetime) -> FirstStart | Door:
    """Look at the data folder without changing it. Raises the trouble that working there would bring."""
    _check_place(folder)
    places = Places(folder)
    if not places.database.exists():
        _expect_no_station(places)
        _expect_possible_date(now)
        return FirstStart(folder=folder)
    DatabaseLock(places.lock).release()
    keys, found = _open_keys(places)
    notices = [notice for notice in (found, check_space(folder)) if notice is not None]
    return Door(folder=folder, tiles=keys.tiles(now), notices=tuple(notices))


def check_founding(request: FoundStation) -> None:
    """Refuse what cannot be founded; the pages ask this step by step, and nothing is created."""
    _first_facts(request, station=new_id(), administrator=new_id())


def print_recovery_sheet(request: FoundStation, today: date) -> bytes:
    """The recovery sheet of a station that is about to be founded, as PDF."""
    return sheet_of(request.code, request.name, normalise_region(request.region), today)


def found_station(folder: Path, request: FoundStation, clock: Clock) -> Founded:
    """Create the station whole or not at all, and open it for its first administrator."""
    administrator, station = new_id(), new_id()
    facts = _first_facts(request, station=station, administrator=administrator)
    _expect_no_station(Places(folder))
    _expect_possible_date(clock())
    _check_place(folder)
    _expect_room(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    key = new_database_key()
    with put_in_place(folder) as draft:
        keys, _code = Keys.create(draft.keys, key, now=clock(), code=request.code)
        keys.put(administrator, request.admin_name, Role.ADMINISTRATOR, request.passphrase, key)
        _create_database(draft, key, station, administrator, facts, clock())
    places = Places(folder)
    with locked(places) as lock:
        desk = _open(Vault(places, Keys.open(places.keys), lock, key), administrator, clock)
    return Founded(desk=desk, code=request.code, sheet=print_recovery_sheet(request, desk.today()))


def sign_in(folder: Path, staff: Id, passphrase: str, clock: Clock) -> Desk:
    """Open the station for a member of staff. Refuses a wrong passphrase; five of them lock for a while."""
    places = Places(folder)
    with locked(places) as lock:
        keys = Keys.open(places.keys)
        return _open(Vault(places, keys, lock, keys.unlock(staff, passphrase, clock())), staff, clock)


def staff_by_recovery(folder: Path, code: str) -> tuple[Member, ...]:
    """Who can get a new passphrase through the recovery sheet: everybody who may sign in."""
    places = Places(folder)
    with locked(places) as lock:
        key = Keys.open(places.keys).unlock_by_recovery(read_recovery_code(code))
        engine = open_engine(places.database, key)
        try:
            with reading(engine) as connection:
                return tuple(staff_storage.roster(connection))
        finally:
            engine.dispose()
            lock.release()


def sign_in_by_recovery(folder: Path, request: Recover, clock: Clock) -> Desk:
    """Open the station with the code of the recovery sheet; the new passphrase holds from now on."""
    places = Places(folder)
    with locked(places) as lock:
        keys = Keys.open(places.keys)
        key = keys.unlock_by_recovery(read_recovery_code(request.code))
        return _open(Vault(places, keys, lock, key), request.staff, clock, new_passphrase=request.passphrase)


def close(desk: Desk) -> None:
    """Leave the station: nobody is signed in, the files are free."""
    desk.signed_in = None
    if desk.mirror is not None:
        desk.mirror.close()
    desk.engine.dispose()
    desk.vault.lock.release()


def keep_recovery_sheet(path: Path, sheet: bytes) -> None:
    """Write the sheet where the person wants it; nobody is at a desk yet, so no audit is kept of it."""
    write_whole(path, sheet)


def sheet_of(code: RecoveryCode, station: str, region: str, today: date) -> bytes:
    """A recovery sheet as PDF."""
    # Papers are heavy to import, and a start hardly ever needs this one.
    from app.printing.recovery_sheet import RecoverySheet, pdf

    return pdf(RecoverySheet(station=station, region=grouped(region), lines=code.lines(), day=today))


def _first_facts(
    request: FoundStation, *, station: Id, administrator: Id
) -> list[tuple[Fact, dict[Id, Private]]]:
    """What stands at the beginning of the log, or the refusal of the field that is wrong."""
    name = clean_text(request.name, longest_characters=LONGEST_TYPED_CHARACTERS, field="name")
    founded = station_rules.found(
        station, name=name, region=request.region, level=request.level, register=FIRST_REGISTER
    )
    try:
        admitted, part = staff_rules.admit(
            administrator, name=request.admin_name, role=Role.ADMINISTRATOR, roster=()
        )
    except Refusal as refusal:
        refusal.field = "admin_name"
        raise
    check_passphrase(request.passphrase, request.admin_name)
    return [(founded, {}), (admitted, {administrator: part})]


def _check_place(folder: Path) -> None:
    """The trouble that a database in ``folder`` would bring, also where the folder is not there yet."""
    drive = cloud_drive(folder)
    if drive is not None:
        raise CloudFolder(place=str(folder), drive=drive)
    check_folder(nearest(folder))


def _expect_room(folder: Path) -> None:
    """A station that can be made but not opened would stand in the way of the next try."""
    there = nearest(folder)
    if free_bytes(there) < LEAST_BYTES_TO_FOUND:
        raise DiskFull(place=str(there))


def _expect_no_station(places: Places) -> None:
    if not places.folder.is_dir() or not any(places.folder.iterdir()):
        return
    if places.database.exists():
        raise FolderNotEmpty(place=str(places.folder))
    if places.keys.exists() or places.backups.exists():
        raise DatabaseMissing(place=str(places.database), backup=_newest_backup(places))
    raise FolderNotEmpty(place=str(places.folder))


def _open_keys(places: Places) -> tuple[Keys, Trouble | None]:
    """The ways in, and what to say of them: lost with their spare, they are taken from the newest backup."""
    try:
        keys = Keys.open(places.keys)
    except (KeysMissing, KeysDamaged):
        newest = newest_manifest(places.backups)
        if newest is None or not is_whole(newest[1].keys):
            raise
        write_whole(places.keys, newest[1].keys)
        return Keys.open(places.keys), KeysFromBackup(day=newest[0].day)
    return keys, keys.notice


def _expect_possible_date(now: datetime) -> None:
    """A station that begins in 1999 would date its first papers so; later the newest date seen guards against it."""
    today = shanghai_day(now)
    if today < OLDEST_DAY:
        raise ClockImpossible(today=today)


@contextlib.contextmanager
def put_in_place(folder: Path) -> Iterator[Places]:
    """A folder beside ``folder`` that takes its place when everything in it is made; nothing stays otherwise."""
    for left_by_a_crash in folder.parent.glob(f".{folder.name}-new-*"):
        shutil.rmtree(left_by_a_crash)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-new-", dir=folder.parent))
    try:
        yield Places(draft)
        if folder.is_dir():
            folder.rmdir()
        draft.rename(folder)
        settle(folder.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _create_database(
    places: Places,
    key: bytes,
    station: Id,
    administrator: Id,
    facts: list[tuple[Fact, dict[Id, Private]]],
    now: datetime,
) -> None:
    engine = create_database(places.database, key)
    try:
        upgrade_if_needed(engine, backup=lambda version: None)
        with writing(engine) as connection:
            begin_device(connection, station, administrator, facts, now)
    finally:
        engine.dispose()


def begin_device(
    connection: Connection,
    station: Id,
    administrator: Id,
    facts: list[tuple[Fact, dict[Id, Private]]],
    now: datetime,
) -> Device:
    """Write down who this database is, and the first facts of its chain; its counter holds the gifts from now on."""
    founded = facts[0][0]
    assert isinstance(founded, StationFounded)
    device = Device(
        id=new_id(),
        incarnation=1,
        register=FIRST_REGISTER,
        private_key=Ed25519PrivateKey.generate().private_bytes_raw(),
        station=station,
        newest_at=now,
    )
    device_storage.become(connection, device)
    log = Log(connection, device.chain)
    opened = open_stock(station, holder=device.id, unit=founded.name)
    drafts = [Draft(body, parts) for body, parts in facts]
    log.append([*drafts, Draft(opened)], at=now, by=administrator)
    log.finish()
    return device


@contextlib.contextmanager
def locked(places: Places) -> Iterator[DatabaseLock]:
    """The lock of the station; given back unless the block ends with an opened desk."""
    if not places.folder.is_dir():
        raise KeysMissing(place=str(places.keys))
    lock = DatabaseLock(places.lock)
    try:
        yield lock
    except BaseException:
        lock.release()
        raise


def _open(vault: Vault, staff: Id, clock: Clock, *, new_passphrase: str | None = None) -> Desk:
    """Open the database, bring it to this version and to its mirror, and let ``staff`` sit down."""
    now = clock()
    with naming_newest(vault.places):
        engine = open_engine(vault.places.database, vault.key)
        try:
            _upgrade(engine, vault, now)
            device, mirror = _look_into_mirror(engine, vault, now, staff)
            _let_go(engine, device, vault.places, mirror, now)
            member = _let_in(engine, vault, staff, now, new_passphrase)
        except BaseException:
            engine.dispose()
            raise
    return Desk(
        engine=engine,
        device=device,
        clock=clock,
        vault=vault,
        mirror=mirror,
        signed_in=SignedIn(staff=staff, name=member.name, role=member.role),
    )


def begin_anew(vault: Vault, now: datetime, staff: Id) -> tuple[str, int, Doubt | None]:
    """Let a restored database begin a new incarnation, with what the mirror still has. Says under which register, how
    many facts came back, and of which days some may be lost.
    """
    engine = open_engine(vault.places.database, vault.key)
    try:
        _upgrade(engine, vault, now)
        device, mirror = _look_into_mirror(engine, vault, now, staff)
        mirror.close()
        with reading(engine) as connection:
            doubt = station_storage.this_station(connection).doubt
    finally:
        engine.dispose()
    return device.register, mirror.taken_back or 0, doubt


def _upgrade(engine: Engine, vault: Vault, now: datetime) -> None:
    """Bring an older database to this version, after a backup, and fold what the older program could not.

    The backup is of the newest day at least: with a clock that fell behind it would be the first to be let go.
    """
    day = max(shanghai_day(now), _newest_backup(vault.places) or shanghai_day(now))
    upgrade_if_needed(
        engine, lambda version: make_backup(engine, vault.key, vault.places, day, now, before=version)
    )
    with writing(engine) as connection:
        learn_new_kinds(connection, _this_device(connection).chain)


def _look_into_mirror(engine: Engine, vault: Vault, now: datetime, staff: Id) -> tuple[Device, Mirror]:
    """A database that was put back, or is behind its mirror, gets its facts back and begins a new incarnation; a
    mirror behind its database catches up.
    """
    file = MirrorFile(vault.places.backups, vault.key)
    head, taken_back = incarnation.mirrored_head(file), None
    with writing(engine) as connection:
        device = _this_device(connection)
        behind = head is not None and not incarnation.knows(connection, device, head)
        if behind or incarnation.was_put_back(connection):
            device, taken_back = incarnation.begin(connection, device, file.read(), at=now, by=staff)
    with reading(engine) as connection:
        missed = incarnation.missed(connection, device, head)
    mirror = Mirror(file, taken_back)
    if missed is not None:
        mirror.append(*missed)
        mirror.close()
    return device, mirror


def _let_go(engine: Engine, device: Device, places: Places, mirror: Mirror, now: datetime) -> None:
    """What was deleted on request stays deleted, and what is kept for a time only goes after it.

    The time is that of the newest fact: the PC's own clock may be years ahead.
    """
    if erasure.remembered(places):
        from app.actions.erasure import erase_again  # hardly ever: the station opens sooner without it

        erase_again(engine, device, places, mirror, at=now)
    with writing(engine) as connection:
        let_locked_go(connection, shanghai_day(device.newest_at))
        audit.let_old_go(connection, device.newest_at)


def _let_in(engine: Engine, vault: Vault, staff: Id, now: datetime, new_passphrase: str | None) -> Member:
    """Who signs in, if the table of staff says so; it is noted in the audit."""
    with reading(engine) as connection:
        roster = {member.id: member for member in staff_storage.roster(connection)}
    _fit_keys(vault.keys, roster, now)
    member = roster.get(staff)
    if member is None:
        raise NoLongerStaff(field="staff")
    if new_passphrase is not None:
        check_passphrase(new_passphrase, member.name)
    with writing(engine) as connection:
        note_wrong_tries(connection, vault.keys)
        what = audit.SIGNED_IN if new_passphrase is None else audit.RECOVERED
        audit.write(connection, at=now, by=staff, what=what, object_name=f"staff:{staff}", reason="")
    vault.keys.forget_wrong_tries()
    if new_passphrase is not None:
        vault.keys.put(staff, member.name, member.role, new_passphrase, vault.key)
    return member


def note_wrong_tries(connection: Connection, keys: Keys) -> None:
    """Passphrases that were typed wrong while nobody was in, for the audit. ``keys`` forgets them after the commit."""
    for staff, at in keys.wrong_tries():
        audit.write(
            connection, at=at, by=staff, what=audit.WRONG_PASSPHRASE, object_name=f"staff:{staff}", reason=""
        )


def _this_device(connection: Connection) -> Device:
    device = device_storage.this_device(connection)
    assert device is not None, "a station has a device from its first moment"
    return device


def _fit_keys(keys: Keys, roster: dict[Id, Member], now: datetime) -> None:
    """The table of staff is right: a crash between the two must leave nobody a way in, or under an old name."""
    for tile in keys.tiles(now):
        member = roster.get(tile.staff)
        if member is None:
            keys.remove(tile.staff)
        elif (tile.name, tile.role) != (member.name, member.role):
            keys.label(tile.staff, member.name, member.role)


def _newest_backup(places: Places) -> date | None:
    return next((backup.day for backup in backups(places.backups)), None)
