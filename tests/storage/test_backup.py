from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.actions.desk import Desk, do
from app.domain.progress import Step, Stopped, silently
from app.sentences import sentence
from app.storage import backup_file
from app.storage.backup import (
    Backup,
    backups,
    carry,
    check_backup,
    is_carried,
    kept_by_rule,
    let_go,
    make_backup,
    naming_newest,
    newest_manifest,
)
from app.storage.backup_file import BackupFromNewerVersion, DamagedBackup, manifest_of
from app.storage.backup_places import state_of
from app.storage.disk import (
    DamagedDatabase,
    DamagedLog,
    DiskFailing,
    DiskFull,
    PlaceMissing,
    Places,
    ReadOnlyPlace,
    WrongKey,
)
from app.storage.engine import reading, writing
from app.storage.history import chain_head
from app.storage.ids import new_id
from tests.support.databases import KEY
from tests.support.desk import OPENING
from tests.support.facts import submitted
from tests.support.faults import no_room_left, unwritable_folder

TODAY = date(2026, 4, 8)  # a Wednesday


@pytest.fixture
def places(desk: Desk) -> Places:
    return desk.vault.places


@pytest.fixture
def make(desk: Desk) -> Callable[..., Backup]:
    def one(day: date = TODAY, **more: Any) -> Backup:
        return make_backup(desk.engine, KEY, desk.vault.places, day, OPENING, **more)

    return one


def record(desk: Desk, what: str = "买米") -> str:
    order = new_id()
    draft = submitted(order, what=what)
    do(desk, lambda work: work.record(draft.body, parts=draft.parts))
    return order


def fill(desk: Desk) -> None:
    """Something large that is no fact."""
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("CREATE TABLE large (words TEXT NOT NULL) STRICT")
        connection.exec_driver_sql("INSERT INTO large VALUES (?)", ("长" * 200_000,))


def wanted(backup: Backup, order: str) -> object:
    with backup_file.reading_backup(backup.path, KEY) as connection:
        row = connection.execute("SELECT what FROM orders WHERE id = ?", (order,)).fetchone()
        return row and row[0]


def days(folder: Path) -> list[str]:
    return [f"{backup.day:%m-%d}" for backup in backups(folder)]


def hidden(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def at(day: date, before: str | None = None) -> Backup:
    return Backup(Path(f"{day}{before}"), day, "abcdef", before)


class TestMaking:
    def test_a_backup_is_one_file_with_the_database_as_it_stands_and_its_keys(
        self, desk: Desk, places: Places, make: Callable[..., Backup]
    ) -> None:
        first = record(desk)
        backup = make()
        later = record(desk)
        assert (wanted(backup, first), wanted(backup, later)) == ("买米", None)
        manifest = manifest_of(backup.path)
        assert manifest.keys == places.keys.read_bytes()
        assert manifest.station == "桃源村新时代文明实践站"
        assert (manifest.day, manifest.made_at, manifest.before) == (TODAY, OPENING, None)
        assert backup.path.name == f"yizhan-2026-04-08-{desk.device.id[-6:]}.backup"
        assert [path.name for path in places.backups.glob("yizhan*")] == [backup.path.name]
        assert hidden(places.backups) == []

    def test_the_manifest_names_the_end_of_the_chain(self, desk: Desk, make: Callable[..., Backup]) -> None:
        record(desk)
        with reading(desk.engine) as connection:
            head = chain_head(connection, desk.device.chain)
        manifest = manifest_of(make().path)
        assert (manifest.seq, manifest.head) == head
        assert manifest.facts == head[0]

    def test_a_backup_is_as_encrypted_as_the_database(self, desk: Desk, make: Callable[..., Backup]) -> None:
        record(desk, "谁也不该看到的话")
        content = make().path.read_bytes()
        assert "谁也不该看到的话".encode() not in content
        assert not content.startswith(b"SQLite format 3")

    def test_the_second_backup_of_a_day_replaces_the_first(
        self, desk: Desk, places: Places, make: Callable[..., Backup]
    ) -> None:
        make()
        order = record(desk)
        assert wanted(make(), order) == "买米"
        assert days(places.backups) == ["04-08"]

    def test_work_goes_on_while_a_backup_is_made(self, desk: Desk, make: Callable[..., Backup]) -> None:
        with reading(desk.engine) as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM log").scalar()
            make()
        record(desk)

    def test_nothing_is_left_beside_it_when_it_is_stopped(self, desk: Desk, places: Places) -> None:
        def stop(step: Step, _done: int, _total: int) -> None:
            raise Stopped

        fill(desk)
        with pytest.raises(Stopped):
            make_backup(desk.engine, KEY, places, TODAY, OPENING, tell=stop)
        assert list(places.backups.iterdir()) == []
        make_backup(desk.engine, KEY, places, TODAY, OPENING, tell=silently)

    def test_what_a_killed_program_left_of_a_backup_is_swept_away(
        self, places: Places, make: Callable[..., Backup]
    ) -> None:
        places.backups.mkdir(exist_ok=True)
        (places.backups / ".yizhan-2026-01-01-abcdef.backup.new").write_bytes(b"half a backup")
        (places.backups / ".yizhan-2026-01-01-abcdef.backup.new-journal").write_bytes(b"and how to undo it")
        make()
        assert hidden(places.backups) == []

    def test_a_copy_of_a_damaged_database_does_not_become_a_backup(
        self, desk: Desk, places: Places, make: Callable[..., Backup]
    ) -> None:
        good = make()
        before = good.path.read_bytes()
        fill(desk)
        desk.engine.dispose()
        content = bytearray(places.database.read_bytes())
        content[-3 * 4096 : -4096] = bytes(2 * 4096)
        places.database.write_bytes(content)
        with pytest.raises(DamagedDatabase):
            make()
        assert good.path.read_bytes() == before
        assert hidden(places.backups) == []

    @pytest.mark.parametrize(
        "damage",
        [
            "UPDATE log SET raw = CAST(raw || x'00' AS BLOB) WHERE n = 2",
            "DELETE FROM log WHERE n = 2",
        ],
    )
    def test_a_copy_with_a_damaged_log_replaces_and_thins_out_none(
        self, desk: Desk, places: Places, make: Callable[..., Backup], damage: str
    ) -> None:
        for days_ago in range(12):
            make(TODAY - timedelta(days=days_ago))
        good = {one.path: one.path.read_bytes() for one in backups(places.backups)}
        with writing(desk.engine) as connection:
            connection.exec_driver_sql(damage)
        for day in (TODAY, TODAY + timedelta(days=1)):
            with pytest.raises(DamagedLog) as raised:
                make(day)
            assert raised.value.backup == TODAY
        assert {one.path: one.path.read_bytes() for one in backups(places.backups)} == good
        assert hidden(places.backups) == []
        assert "2026年4月8日" in sentence(raised.value)

    def test_a_damaged_log_is_said_also_where_there_is_no_good_backup(
        self, desk: Desk, places: Places, make: Callable[..., Backup]
    ) -> None:
        with writing(desk.engine) as connection:
            connection.exec_driver_sql("UPDATE log SET hash = x'00' WHERE n = 2")
        with pytest.raises(DamagedLog) as raised:
            make()
        assert raised.value.backup is None
        assert "维护人员" in sentence(raised.value)

    def test_before_something_it_is_kept_as_it_is_and_not_called_good(
        self, desk: Desk, make: Callable[..., Backup]
    ) -> None:
        with writing(desk.engine) as connection:
            connection.exec_driver_sql("UPDATE log SET hash = x'00' WHERE n = 2")
        with pytest.raises(DamagedBackup):
            check_backup(make(before="0002"), KEY)

    def test_no_room_for_a_backup_keeps_the_ones_there_are(
        self, desk: Desk, places: Places, make: Callable[..., Backup]
    ) -> None:
        good = make()
        before = good.path.read_bytes()
        fill(desk)
        with no_room_left(len(before)), pytest.raises((DiskFull, DiskFailing)):
            make()
        assert good.path.read_bytes() == before
        assert hidden(places.backups) == []


class TestOpening:
    def test_a_good_one_opens_and_leaves_nothing_beside_it(
        self, places: Places, make: Callable[..., Backup]
    ) -> None:
        backup = make()
        there = sorted(places.backups.iterdir())
        assert check_backup(backup, KEY) == manifest_of(backup.path)
        assert sorted(places.backups.iterdir()) == there

    @pytest.mark.parametrize("place", [0, 5_000, 100_000, -1_000, -400, -10])
    def test_one_changed_byte_anywhere_is_found(self, make: Callable[..., Backup], place: int) -> None:
        backup = make()
        content = bytearray(backup.path.read_bytes())
        content[place] ^= 1
        backup.path.write_bytes(content)
        with pytest.raises(DamagedBackup):
            check_backup(backup, KEY)

    @pytest.mark.parametrize("length", [0, 10, 5_000, 300_000])
    def test_one_that_is_cut_off_is_found(self, make: Callable[..., Backup], length: int) -> None:
        backup = make()
        backup.path.write_bytes(backup.path.read_bytes()[:length])
        with pytest.raises(DamagedBackup):
            manifest_of(backup.path)

    def test_a_manifest_that_promises_more_than_the_database_has_is_found(
        self, make: Callable[..., Backup]
    ) -> None:
        backup = make()
        manifest = manifest_of(backup.path)
        with backup.path.open("r+b") as file:
            file.truncate(manifest.database_bytes)
        backup_file.seal(backup.path, msgspec.structs.replace(manifest, seq=manifest.seq + 1))
        with pytest.raises(DamagedBackup):
            check_backup(backup, KEY)

    def test_one_of_a_newer_program_says_so(self, make: Callable[..., Backup]) -> None:
        backup = make()
        content = backup.path.read_bytes()
        assert content.endswith(b"yizhan backup 01\n")
        backup.path.write_bytes(content[:-3] + b"02\n")
        with pytest.raises(BackupFromNewerVersion):
            manifest_of(backup.path)

    def test_another_key_opens_nothing(self, make: Callable[..., Backup]) -> None:
        with pytest.raises(WrongKey):
            check_backup(make(), bytes(32))

    def test_the_newest_that_can_be_read_is_found(self, places: Places, make: Callable[..., Backup]) -> None:
        assert newest_manifest(places.backups) is None
        good, bad = make(TODAY - timedelta(days=1)), make(TODAY)
        bad.path.write_bytes(b"")
        newest = newest_manifest(places.backups)
        assert newest is not None
        assert newest[0] == good


class TestTheRule:
    def test_seven_days_four_weeks_and_twelve_months_are_kept(self) -> None:
        there: list[Backup] = []
        for ago in range(800, -1, -1):
            there.insert(0, at(TODAY - timedelta(days=ago)))
            kept = kept_by_rule(there)
            there = [one for one in there if one in kept]
        assert [f"{one.day:%y-%m-%d}" for one in there] == [
            *("26-04-08", "26-04-07", "26-04-06", "26-04-05", "26-04-04", "26-04-03", "26-04-02"),
            *("26-04-01", "26-03-29", "26-03-22", "26-03-15"),
            *("26-03-08", "26-02-22", "26-01-25", "25-12-28", "25-11-30", "25-10-26"),
            *("25-09-28", "25-08-31", "25-07-27", "25-06-29", "25-05-25", "25-04-27"),
        ]

    def test_what_was_made_before_upgrades_is_kept_apart(self) -> None:
        upgrades = [at(TODAY, f"000{number}") for number in range(5, 0, -1)]
        daily = [at(TODAY - timedelta(days=ago)) for ago in range(3)]
        assert kept_by_rule([*upgrades, *daily]) == {*upgrades[:3], *daily}

    def test_the_one_just_made_is_never_let_go(self, places: Places, make: Callable[..., Backup]) -> None:
        for ago in range(30):
            make(TODAY - timedelta(days=ago))
        old = make(date(2020, 1, 1))  # a clock that fell behind
        assert old.path.exists()
        make(TODAY)
        let_go(places.backups, backups(places.backups)[0])
        assert days(places.backups)[:8] == [
            *("04-08", "04-07", "04-06", "04-05", "04-04", "04-03", "04-02"),
            "04-01",
        ]
        assert len(days(places.backups)) < 16

    def test_those_of_another_station_on_the_same_stick_stay(
        self, tmp_path: Path, make: Callable[..., Backup]
    ) -> None:
        stick = tmp_path / "stick"
        stick.mkdir()
        other = stick / "yizhan-2019-01-01-ffffff.backup"
        other.write_bytes(b"of another station")
        for ago in range(12, -1, -1):
            carry(make(TODAY - timedelta(days=ago)), stick)
        assert other.exists()
        assert len(days(stick)) < 13


class TestCarrying:
    def test_the_same_bytes_arrive(self, tmp_path: Path, make: Callable[..., Backup]) -> None:
        stick = tmp_path / "stick"
        stick.mkdir()
        backup = make()
        told: list[Step] = []
        carried = carry(backup, stick, lambda step, _done, _total: told.append(step))
        assert carried.path.read_bytes() == backup.path.read_bytes()
        assert {Step.CARRY, Step.VERIFY} <= set(told)
        assert [path.name for path in stick.iterdir()] == [backup.path.name]

    def test_a_stick_that_is_full_keeps_what_it_has(
        self, tmp_path: Path, make: Callable[..., Backup]
    ) -> None:
        stick = tmp_path / "stick"
        stick.mkdir()
        first = carry(make(TODAY - timedelta(days=1)), stick)
        second = make()
        with no_room_left(50_000), pytest.raises((DiskFull, DiskFailing)):
            carry(second, stick)
        assert list(stick.iterdir()) == [first.path]

    def test_pulled_out_in_the_middle_nothing_counts(
        self, tmp_path: Path, make: Callable[..., Backup]
    ) -> None:
        stick = tmp_path / "stick"
        stick.mkdir()
        backup = make()

        def pull(step: Step, _done: int, _total: int) -> None:
            raise Stopped

        with pytest.raises(Stopped):
            carry(backup, stick, pull)
        assert list(stick.iterdir()) == []

    def test_the_trouble_of_one_pulled_out_names_the_stick(
        self, tmp_path: Path, make: Callable[..., Backup]
    ) -> None:
        stick = tmp_path / "stick"
        stick.mkdir()
        backup = make()

        def pull(step: Step, _done: int, _total: int) -> None:
            if stick.exists():
                shutil.rmtree(stick)

        with pytest.raises(PlaceMissing) as trouble:
            carry(backup, stick, pull)
        assert trouble.value.place == str(stick)


def test_a_folder_that_cannot_be_looked_at_is_a_trouble(tmp_path: Path) -> None:
    """As on a stick that is failing: nothing says whether the backup lies there."""
    stick = tmp_path / "locked" / "stick"
    stick.mkdir(parents=True)
    stick.parent.chmod(0)
    try:
        with unwritable_folder({}):
            with pytest.raises(ReadOnlyPlace):
                state_of(stick, new_id())
            assert not is_carried(Backup(stick / "yizhan-2026-04-07-abcdef.backup", TODAY, "abcdef"), stick)
    finally:
        stick.parent.chmod(0o700)


def test_the_trouble_of_a_damaged_database_names_the_newest_backup(
    places: Places, make: Callable[..., Backup]
) -> None:
    make(TODAY - timedelta(days=1))
    make(TODAY)
    with pytest.raises(DamagedDatabase) as trouble, naming_newest(places):
        raise DamagedDatabase(place="station.db")
    assert trouble.value.backup == TODAY


def test_without_a_backup_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(DamagedDatabase) as trouble, naming_newest(Places(tmp_path)):
        raise DamagedDatabase(place="station.db")
    assert trouble.value.backup is None


def test_backups_of_one_day_stand_by_their_age(places: Places, make: Callable[..., Backup]) -> None:
    for number in range(1, 6):
        os.utime(make(before=f"000{number}").path, ns=(number, number))
    assert [backup.before for backup in backups(places.backups)] == ["0005", "0004", "0003"]
