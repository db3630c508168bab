"""What guessing a passphrase costs: at the window a quarter of an hour for five; with the files in hand, argon2id."""

from __future__ import annotations

import json
import re
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from app.actions.audit import AuditQuery, audit_trail
from app.actions.startup import FoundStation, close, found_station, sign_in
from app.domain.staff import Role
from app.domain.stations import StationLevel
from app.storage.keys import (
    FULL_COST,
    LOCKED_MINUTES,
    TRIES,
    Keys,
    SignInLocked,
    WrongPassphrase,
    spare_of,
)
from tests.support.databases import CHEAP
from tests.support.desk import PASSPHRASE, REGION, SettableClock, Station

WRONG = "Chunfeng-2025"


def guess(station: Station, clock: SettableClock) -> None:
    """Once, by a program that was started for it."""
    places = station.desk.vault.places
    with pytest.raises((WrongPassphrase, SignInLocked)):
        sign_in(places.folder, station.staff[Role.CLERK], WRONG, clock)


@pytest.fixture
def locked(station: Station) -> Station:
    """A closed station at whose window five passphrases were guessed."""
    close(station.desk)
    for _try in range(TRIES):
        guess(station, station.clock)
    return station


def test_starting_the_program_anew_gives_no_more_tries(locked: Station) -> None:
    with pytest.raises(SignInLocked) as refused:
        sign_in(locked.desk.vault.places.folder, locked.staff[Role.CLERK], PASSPHRASE, locked.clock)
    assert refused.value.minutes == LOCKED_MINUTES


@pytest.mark.parametrize("lost", ["keys.json", "keys.json.old"])
def test_deleting_either_file_of_keys_gives_no_more_tries(locked: Station, lost: str) -> None:
    places = locked.desk.vault.places
    (places.folder / lost).unlink()
    with pytest.raises(SignInLocked):
        sign_in(places.folder, locked.staff[Role.CLERK], PASSPHRASE, locked.clock)
    assert Keys.open(places.keys, cost=CHEAP).notice is None
    assert spare_of(places.keys).exists()


def test_setting_the_clock_back_gives_no_more_tries(locked: Station) -> None:
    locked.clock.now -= timedelta(days=400)
    with pytest.raises(SignInLocked):
        sign_in(locked.desk.vault.places.folder, locked.staff[Role.CLERK], PASSPHRASE, locked.clock)


def test_whoever_guessed_is_found_in_the_audit(locked: Station) -> None:
    folder = locked.desk.vault.places.folder
    desk = sign_in(folder, locked.staff[Role.AUDITOR], PASSPHRASE, locked.clock)
    told = [entry.what for entry in audit_trail(desk, AuditQuery()).entries]
    close(desk)
    assert told.count("wrong_passphrase") == TRIES


@pytest.fixture
def founded(tmp_path: Path) -> Path:
    """The folder of a station that was founded as people do it, with keys as dear as theirs."""
    asked = FoundStation(
        name="桃源村新时代文明实践站",
        region=REGION,
        level=StationLevel.STATION,
        admin_name="沈静",
        passphrase=PASSPHRASE,
    )
    close(found_station(tmp_path / "station", asked, SettableClock()).desk)
    return tmp_path / "station"


def test_every_way_into_a_station_is_as_dear_as_promised(founded: Path) -> None:
    """The passphrase of its administrator and the recovery sheet: neither is a cheaper way in."""
    written = (founded / "keys.json").read_text(encoding="utf-8")
    costs = [json.loads(cost) for cost in re.findall(r'"cost":\s*(\{[^}]*\})', written)]
    assert costs == [{"memory_kib": 65536, "passes": 3, "lanes": 1}] * 2
    assert (FULL_COST.memory_kib, FULL_COST.passes) == (65536, 3)


def test_another_user_of_the_pc_cannot_even_look_into_the_folder(founded: Path) -> None:
    assert stat.S_IMODE(founded.stat().st_mode) == 0o700
