"""A founded station for tests: real, encrypted, with three people who can sit at its desk and a clock to be set.

A copy of one that is made once for each test process, so that each test has its own in a few milliseconds.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from app.actions.desk import Desk, SignedIn
from app.actions.startup import begin_device
from app.actions.startup import close as close_desk
from app.domain.calendar import SHANGHAI
from app.domain.staff import Role
from app.domain.stations import StationLevel, found
from app.facts import Id
from app.facts.staff import StaffAdmitted, StaffName
from app.storage.device import this_device
from app.storage.disk import Places
from app.storage.engine import open_engine, reading, writing
from app.storage.ids import new_id
from app.storage.incarnation import Mirror
from app.storage.keys import Keys
from app.storage.lock import DatabaseLock
from app.storage.mirror_file import Mirror as MirrorFile
from app.storage.staff import roster
from app.storage.vault import Vault
from tests.support.databases import CHEAP, KEY, template

STATION_NAME = "桃源村新时代文明实践站"
REGION = "370883102204"
PASSPHRASE = "Chunfeng-2026"
STAFF = {Role.ADMINISTRATOR: "沈静", Role.CLERK: "陈芳", Role.AUDITOR: "郭伟"}
OPENING = datetime(2026, 4, 7, 9, 0, tzinfo=SHANGHAI)
"""A Tuesday morning, a working day."""


class SettableClock:
    """The PC's clock; it stands until it is set."""

    def __init__(self, now: datetime = OPENING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        """Let time pass: ``forward(hours=3)``, ``forward(days=1)``."""
        self.now += timedelta(**time)


@dataclass
class Station:
    """An opened station and its people. There is one desk; ``sit`` says who sits there."""

    desk: Desk
    clock: SettableClock
    staff: dict[Role, Id]

    def sit(self, role: Role) -> Desk:
        """Let the administrator 沈静, the clerk 陈芳 or the auditor 郭伟 sit down at the desk."""
        self.desk.signed_in = SignedIn(staff=self.staff[role], name=STAFF[role], role=role)
        return self.desk

    def close(self) -> None:
        close_desk(self.desk)


def open_station(folder: Path) -> Station:
    """A new station in ``folder``, which is not there yet; the clerk sits at its desk. The test closes it."""
    shutil.copytree(_template(), folder)
    places, clock = Places(folder), SettableClock()
    engine = open_engine(places.database, KEY)
    with reading(engine) as connection:
        device = this_device(connection)
        staff = {member.role: member.id for member in roster(connection)}
    assert device is not None
    vault = Vault(places, Keys.open(places.keys, cost=CHEAP), DatabaseLock(places.lock), KEY)
    desk = Desk(engine=engine, device=device, clock=clock, vault=vault, mirror=_mirror(places))
    station = Station(desk=desk, clock=clock, staff=staff)
    station.sit(Role.CLERK)
    return station


def _mirror(places: Places) -> Mirror:
    return Mirror(MirrorFile(places.backups, KEY))


@cache
def _template() -> Path:
    """The folder to copy: a closed station."""
    folder = Path(tempfile.mkdtemp(prefix="yizhan-station-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    places = Places(folder)
    staff = {role: new_id() for role in STAFF}
    keys, _code = Keys.create(places.keys, KEY, now=OPENING, cost=CHEAP)
    for role, name in STAFF.items():
        keys.put(staff[role], name, role, PASSPHRASE, KEY)
    shutil.copyfile(template(), places.database)
    engine = open_engine(places.database, KEY)
    with writing(engine) as connection:
        begin_device(
            connection, station := new_id(), staff[Role.ADMINISTRATOR], _facts(station, staff), OPENING
        )
    engine.dispose()
    return folder


def _facts(station: Id, staff: dict[Role, Id]) -> list[Any]:
    founded = found(station, name=STATION_NAME, region=REGION, level=StationLevel.STATION, register="A1")
    admitted = [
        (StaffAdmitted(staff=staff[role], role=role), {staff[role]: StaffName(name=name)})
        for role, name in STAFF.items()
    ]
    return [(founded, {}), *admitted]
