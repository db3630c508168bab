from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from app.storage.backup import backups, has_backup_of, make_backup, naming_newest, restore
from app.storage.disk import DamagedDatabase, DiskFailing, DiskFull, PlaceMissing, Places
from app.storage.engine import create_database, open_engine, reading, writing
from tests.support.databases import KEY
from tests.support.faults import no_room_left

TODAY = date(2026, 4, 8)  # a Wednesday


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path)


@pytest.fixture
def engine(places: Places) -> Iterator[Engine]:
    engine = create_database(places.database, KEY)
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE person (name TEXT NOT NULL) STRICT")
    places.keys.write_bytes(b"keys")
    add(engine, "王秀英")
    yield engine
    engine.dispose()


def add(engine: Engine, name: str) -> None:
    with writing(engine) as connection:
        connection.exec_driver_sql("INSERT INTO person VALUES (?)", (name,))


def names(path: Path) -> list[str]:
    engine = open_engine(path, KEY)
    with reading(engine) as connection:
        found = list(connection.exec_driver_sql("SELECT name FROM person").scalars())
    engine.dispose()
    return found


def days(places: Places) -> list[str]:
    return [f"{backup.day:%m-%d}" for backup in backups(places)]


def test_a_backup_is_the_database_as_it_stands_with_its_keys(engine: Engine, places: Places) -> None:
    backup = make_backup(engine, KEY, places, TODAY)
    add(engine, "李建国")
    assert names(backup.path) == ["王秀英"]
    assert backup.keys.read_bytes() == b"keys"
    assert backup.path.name == "station-2026-04-08.db"
    assert sorted(path.name for path in places.backups.iterdir()) == [backup.path.name, backup.keys.name]


def test_a_backup_is_as_encrypted_as_the_database(engine: Engine, places: Places) -> None:
    content = make_backup(engine, KEY, places, TODAY).path.read_bytes()
    assert "王秀英".encode() not in content
    assert not content.startswith(b"SQLite format 3")


def test_the_second_backup_of_a_day_replaces_the_first(engine: Engine, places: Places) -> None:
    make_backup(engine, KEY, places, TODAY)
    add(engine, "李建国")
    backup = make_backup(engine, KEY, places, TODAY)
    assert names(backup.path) == ["王秀英", "李建国"]
    assert days(places) == ["04-08"]
    assert has_backup_of(places, TODAY)
    assert not has_backup_of(places, TODAY - timedelta(days=1))


def test_work_goes_on_while_a_backup_is_made(engine: Engine, places: Places) -> None:
    with reading(engine) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM person").scalar() == 1
        make_backup(engine, KEY, places, TODAY)
    add(engine, "李建国")


def test_seven_days_and_four_weeks_are_kept(engine: Engine, places: Places) -> None:
    for ago in range(60, -1, -1):
        make_backup(engine, KEY, places, TODAY - timedelta(days=ago))
    assert days(places) == [
        *("04-08", "04-07", "04-06", "04-05", "04-04", "04-03", "04-02"),
        *("04-01", "03-29", "03-22", "03-15"),
    ]
    assert len(list(places.backups.glob("*.keys.json"))) == 11


def test_backups_before_upgrades_are_kept_apart(engine: Engine, places: Places) -> None:
    for number in range(1, 6):
        make_backup(engine, KEY, places, TODAY, before_upgrade=f"000{number}")
        os.utime(backups(places)[0].path, ns=(number, number))
    assert not has_backup_of(places, TODAY)
    assert [backup.before_upgrade for backup in backups(places)] == ["0005", "0004", "0003"]


def test_what_a_killed_program_left_of_a_backup_is_swept_away(engine: Engine, places: Places) -> None:
    places.backups.mkdir()
    (places.backups / ".station-2026-01-01.db.new").write_bytes(b"half a backup")
    backup = make_backup(engine, KEY, places, TODAY)
    assert sorted(path.name for path in places.backups.iterdir()) == [backup.path.name, backup.keys.name]


def test_a_copy_of_a_damaged_database_does_not_become_a_backup(engine: Engine, places: Places) -> None:
    good = make_backup(engine, KEY, places, TODAY)
    before = good.path.read_bytes()
    add(engine, "长" * 100_000)
    engine.dispose()
    content = bytearray(places.database.read_bytes())
    content[20 * 4096] ^= 1
    places.database.write_bytes(content)
    with pytest.raises(DamagedDatabase):
        make_backup(engine, KEY, places, TODAY)
    assert good.path.read_bytes() == before
    assert [path.name for path in places.backups.iterdir() if path.name.startswith(".")] == []


def test_no_room_for_a_backup_keeps_the_ones_there_are(engine: Engine, places: Places) -> None:
    good = make_backup(engine, KEY, places, TODAY)
    before = good.path.read_bytes()
    add(engine, "长" * 100_000)
    with no_room_left(len(before)), pytest.raises((DiskFull, DiskFailing)):
        make_backup(engine, KEY, places, TODAY)
    assert good.path.read_bytes() == before
    assert [path.name for path in places.backups.iterdir() if path.name.startswith(".")] == []


def test_restoring_puts_the_backup_in_place_and_the_old_one_aside(engine: Engine, places: Places) -> None:
    backup = make_backup(engine, KEY, places, TODAY)
    add(engine, "李建国")
    engine.dispose()
    aside = restore(places, backup, KEY)
    assert names(places.database) == ["王秀英"]
    assert names(aside / places.database.name) == ["王秀英", "李建国"]
    assert restore(places, backup, KEY) != aside


def test_a_damaged_backup_is_not_restored(engine: Engine, places: Places) -> None:
    backup = make_backup(engine, KEY, places, TODAY)
    engine.dispose()
    content = bytearray(backup.path.read_bytes())
    content[-2_000] ^= 1
    backup.path.write_bytes(content)
    with pytest.raises(DamagedDatabase):
        restore(places, backup, KEY)
    assert names(places.database) == ["王秀英"]


def test_a_backup_that_is_gone_is_not_restored(engine: Engine, places: Places) -> None:
    backup = make_backup(engine, KEY, places, TODAY)
    engine.dispose()
    backup.path.unlink()
    with pytest.raises(PlaceMissing):
        restore(places, backup, KEY)
    assert names(places.database) == ["王秀英"]


def test_the_trouble_of_a_damaged_database_names_the_newest_backup(engine: Engine, places: Places) -> None:
    make_backup(engine, KEY, places, TODAY - timedelta(days=1))
    make_backup(engine, KEY, places, TODAY)
    with pytest.raises(DamagedDatabase) as trouble, naming_newest(places):
        raise DamagedDatabase(place="station.db")
    assert trouble.value.backup == TODAY


def test_without_a_backup_none_is_named(places: Places) -> None:
    with pytest.raises(DamagedDatabase) as trouble, naming_newest(places):
        raise DamagedDatabase(place="station.db")
    assert trouble.value.backup is None
