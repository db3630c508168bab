"""Restoring: the same PC and a new one, by passphrase and by the sheet, and everything that must be refused."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from app.actions.audit import AuditQuery, audit_trail
from app.actions.backups import (
    back_up_at_close,
    back_up_now,
    back_up_when_quiet,
    backup_status,
    choose_backup_folder,
)
from app.actions.desk import Desk, do
from app.actions.erasure import ErasePerson, erase_person
from app.actions.restoring import (
    BackupOfAnotherStation,
    RestoreBackup,
    backup_holders,
    backup_members,
    found_backups,
    restore_backup,
    take_keys_from,
)
from app.actions.selfcheck import check_everything, self_check
from app.actions.session import SignIn
from app.actions.staff import ChangePassphrase, DismissStaff, change_passphrase, dismiss_staff
from app.actions.startup import (
    DatabaseMissing,
    Door,
    FirstStart,
    Recover,
    close,
    sign_in,
    sign_in_by_recovery,
    what_is_there,
)
from app.actions.wallets import counter_person
from app.domain.calendar import shanghai_day
from app.domain.erasure import ErasureReason
from app.domain.passphrases import WeakPassphrase
from app.domain.problems import Problem
from app.domain.recovery import RecoveryCode
from app.domain.redemptions import AlreadyRedeemed, QuarterInDoubt
from app.domain.staff import Role
from app.domain.stations import Doubt
from app.facts import Id
from app.sentences import sentence
from app.sentences.backups import doubt_words, restored_words, taken_back_words
from app.storage import restore as storage
from app.storage.backup_file import BackupFromNewerVersion, DamagedBackup, manifest_of
from app.storage.disk import DamagedLog, DatabaseFromNewerVersion, DiskFailing, DiskFull, Places
from app.storage.engine import reading, writing
from app.storage.ids import new_id
from app.storage.keys import (
    Keys,
    KeysMissing,
    NoSuchStaff,
    WrongPassphrase,
    WrongPassphraseOfBackup,
    WrongRecoveryCodeOfBackup,
    new_recovery_code,
)
from app.storage.mirror_file import Mirror as MirrorFile
from app.storage.orders import order
from tests.support import counter
from tests.support.databases import CHEAP, KEY
from tests.support.desk import OPENING, PASSPHRASE, SettableClock, Station, open_station
from tests.support.facts import submitted
from tests.support.faults import no_room_left
from tests.support.people import resident

CLOCK = SettableClock()
NEW = "Qiuyu-2027"

WayIn = Callable[[Id, RecoveryCode], SignIn | Recover]


@pytest.fixture
def code(station: Station) -> RecoveryCode:
    """The recovery sheet of the station."""
    return station.desk.vault.keys.renew_recovery(KEY)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def orders(code: RecoveryCode, station: Station, stick: Path) -> list[Id]:
    """Recorded before the backup, between the backup and the last look of the stick, and after both. Nobody has the
    station open afterwards.
    """
    choose_backup_folder(station.sit(Role.ADMINISTRATOR), stick)
    desk = station.sit(Role.CLERK)
    made = [record(desk, "备份之前")]
    back_up_now(desk)
    made.append(record(desk, "备份以后"))
    back_up_when_quiet(desk)
    made.append(record(desk, "最后一条"))
    close(desk)
    return made


@pytest.fixture
def folder(station: Station) -> Path:
    return station.desk.vault.places.folder


@pytest.fixture
def clerk(station: Station) -> Id:
    return station.staff[Role.CLERK]


@pytest.fixture
def new_pc(tmp_path: Path) -> Path:
    return tmp_path / "new pc" / "station"


def record(desk: Desk, what: str) -> Id:
    one = new_id()
    draft = submitted(one, what=what)
    do(desk, lambda work: work.record(draft.body, parts=draft.parts))
    return one


def newest(folder: Path, elsewhere: Path | None = None) -> Path:
    return found_backups(folder, elsewhere)[0].path


def by_passphrase(path: Path, staff: Id, passphrase: str = PASSPHRASE) -> RestoreBackup:
    return RestoreBackup(path=path, by=SignIn(staff=staff, passphrase=passphrase))


def there(desk: Desk, orders: list[Id]) -> list[bool]:
    with reading(desk.engine) as connection:
        return [order(connection, one) is not None for one in orders]


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "lock" not in path.name
    }


@pytest.fixture
def opened(folder: Path, clerk: Id, orders: list[Id]) -> Iterator[Desk]:
    """The desk after restoring on the same PC."""
    restore_backup(folder, by_passphrase(newest(folder), clerk), CLOCK)
    desk = sign_in(folder, clerk, PASSPHRASE, CLOCK)
    yield desk
    close(desk)


class TestOnTheSamePc:
    def test_everything_comes_back_from_backup_and_mirror(
        self, folder: Path, clerk: Id, orders: list[Id]
    ) -> None:
        restored = restore_backup(folder, by_passphrase(newest(folder), clerk), CLOCK)
        assert restored.taken_back == 2
        assert "2 条" in taken_back_words(restored.taken_back)
        assert "桃源村" in restored_words(restored)
        assert restored.aside is not None
        assert (restored.aside / "station.db").exists()
        desk = sign_in(folder, clerk, PASSPHRASE, CLOCK)
        assert there(desk, orders) == [True, True, True]
        assert not self_check(desk, None).differences
        close(desk)

    def test_it_is_a_new_incarnation_with_a_new_register(self, opened: Desk) -> None:
        assert opened.device.incarnation == 2
        assert opened.device.register != "A1"

    def test_it_is_audited(self, opened: Desk, station: Station) -> None:
        entries = audit_trail(station_desk(opened, station), AuditQuery()).entries
        assert [entry.what for entry in entries][:2] == ["signed_in", "restored"]
        assert entries[1].reason == "2026年4月7日 09:00"

    def test_todays_passphrase_counts_where_the_keys_are_still_there(
        self, folder: Path, clerk: Id, orders: list[Id]
    ) -> None:
        desk = sign_in(folder, clerk, PASSPHRASE, CLOCK)
        change_passphrase(desk, ChangePassphrase(old=PASSPHRASE, new=NEW))
        close(desk)
        with pytest.raises(WrongPassphrase):
            restore_backup(folder, by_passphrase(newest(folder), clerk), CLOCK)
        restore_backup(folder, by_passphrase(newest(folder), clerk, NEW), CLOCK)
        close(sign_in(folder, clerk, NEW, CLOCK))

    def test_a_damaged_database_is_set_aside_as_it_was(
        self, folder: Path, clerk: Id, orders: list[Id]
    ) -> None:
        (folder / "station.db").write_bytes(b"not a database")
        restored = restore_backup(folder, by_passphrase(newest(folder), clerk), CLOCK)
        assert restored.aside is not None
        assert (restored.aside / "station.db").read_bytes() == b"not a database"
        assert restored.taken_back == 2

    def test_even_without_its_mirror_no_number_is_given_twice(
        self, folder: Path, clerk: Id, orders: list[Id]
    ) -> None:
        for mirror in Places(folder).backups.glob("mirror*"):
            mirror.unlink()
        restored = restore_backup(folder, by_passphrase(newest(folder), clerk), CLOCK)
        assert (restored.taken_back, restored.register == "A1") == (0, False)
        assert "没有" in taken_back_words(0)


@pytest.mark.parametrize("damaged", [2, -1])
def test_with_a_damaged_log_the_last_good_backup_brings_every_record_back_whole(
    damaged: int, station: Station
) -> None:
    desk = station.sit(Role.CLERK)
    made = [record(desk, "备份之前")]
    back_up_now(desk)
    made += [record(desk, "备份以后"), record(desk, "最后一条")]
    with writing(desk.engine) as connection:
        row = damaged if damaged > 0 else "(SELECT max(n) FROM log)"
        connection.exec_driver_sql(f"UPDATE log SET raw = CAST(raw || x'00' AS BLOB) WHERE n = {row}")
    with pytest.raises(DamagedLog):
        back_up_at_close(desk)
    station.close()
    folder, clerk = desk.vault.places.folder, station.staff[Role.CLERK]
    restore_backup(folder, by_passphrase(newest(folder), clerk), CLOCK)
    opened = sign_in(folder, clerk, PASSPHRASE, CLOCK)
    try:
        with reading(opened.engine) as connection:
            assert all(order(connection, one) is not None for one in made)
        assert check_everything(opened).log_and_tables.first is None
        assert not backup_status(opened, None).is_log_damaged
        assert back_up_at_close(opened).made is not None
    finally:
        close(opened)


def test_killed_at_every_step_it_can_be_done_again(folder: Path, clerk: Id, orders: list[Id]) -> None:
    """SIGKILL before each renaming in turn: the old station is there, or it says that a backup has to be restored."""
    for step in range(1, 20):
        ended = killed_while_restoring(folder, clerk, before_renaming=step)
        with contextlib.suppress(DatabaseMissing):
            assert isinstance(what_is_there(folder, OPENING), Door)
        restore_backup(folder, by_passphrase(newest(folder), clerk), CLOCK)
        desk = sign_in(folder, clerk, PASSPHRASE, CLOCK)
        assert there(desk, orders) == [True, True, True]
        close(desk)
        if not ended:
            assert step > 2
            return
    raise AssertionError("it was killed every time")


def killed_while_restoring(folder: Path, clerk: Id, *, before_renaming: int) -> bool:
    """Whether a process that restores was killed before it came to its end."""
    child = os.fork()
    if child == 0:
        renamed = 0

        def count(event: str, _arguments: object) -> None:
            nonlocal renamed
            if event == "os.rename":
                renamed += 1
                if renamed == before_renaming:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        restore_backup(folder, by_passphrase(newest(folder), clerk), CLOCK)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def test_killed_before_it_began_anew_it_does_so_when_it_is_opened(
    folder: Path, clerk: Id, orders: list[Id]
) -> None:
    """Also without a mirror to tell that the database was put back."""
    path = newest(folder)
    storage.restore(Places(folder), path, manifest_of(path), KEY, None)
    for mirror in Places(folder).backups.glob("mirror*"):
        mirror.unlink()
    for expected in (2, 2):
        desk = sign_in(folder, clerk, PASSPHRASE, CLOCK)
        assert desk.device.incarnation == expected
        close(desk)


class TestOnANewPc:
    def test_the_stick_is_enough(self, new_pc: Path, stick: Path, clerk: Id, orders: list[Id]) -> None:
        """What came after the last look of the stick was only on the old disk."""
        assert isinstance(what_is_there(new_pc, OPENING), FirstStart)
        restored = restore_backup(new_pc, by_passphrase(newest(new_pc, stick), clerk), CLOCK)
        assert (restored.taken_back, restored.aside) == (1, None)
        assert isinstance(what_is_there(new_pc, OPENING), Door)
        desk = sign_in(new_pc, clerk, PASSPHRASE, CLOCK)
        assert there(desk, orders) == [True, True, False]
        assert desk.device.incarnation == 2
        assert not self_check(desk, None).differences
        record(desk, "新电脑上的第一条")
        close(desk)

    def test_the_sheet_opens_it_and_gives_a_new_passphrase(
        self, new_pc: Path, stick: Path, clerk: Id, orders: list[Id], code: RecoveryCode
    ) -> None:
        path, typed = newest(new_pc, stick), "".join(code.lines())
        assert [member.name for member in backup_members(new_pc, path, typed, OPENING)] == [
            *("沈静", "陈芳", "郭伟"),
        ]
        by = Recover(code=typed, staff=clerk, passphrase=NEW)
        restore_backup(new_pc, RestoreBackup(path=path, by=by), CLOCK)
        close(sign_in_by_recovery(new_pc, by, CLOCK))
        close(sign_in(new_pc, clerk, NEW, CLOCK))

    def test_its_people_are_known_before_it_is_opened(
        self, new_pc: Path, stick: Path, orders: list[Id]
    ) -> None:
        tiles = backup_holders(new_pc, newest(new_pc, stick), OPENING)
        assert [tile.name for tile in tiles] == ["沈静", "陈芳", "郭伟"]
        assert not new_pc.parent.exists()


def test_who_was_erased_stays_erased_on_a_new_pc(new_pc: Path, stick: Path, station: Station) -> None:
    """The backup is from before, and the mirror of that time is lost; the stick knows of the erasure."""
    choose_backup_folder(station.sit(Role.ADMINISTRATOR), stick)
    desk = station.sit(Role.CLERK)
    person = resident(desk, "钱多多", phone="13912345678")
    back_up_now(desk)
    old = newest(new_pc, stick)
    old_content = old.read_bytes()
    station.clock.forward(days=1)
    erase_person(
        station.sit(Role.ADMINISTRATOR),
        ErasePerson(person=person, reason=ErasureReason.ASKED, typed_name="钱多多"),
    )
    back_up_now(desk)
    for later in stick.iterdir():
        if later.suffix == ".backup" or later.name.endswith((".mirror", ".mirror.1")):
            later.unlink()
    old.write_bytes(old_content)
    close(desk)
    clerk = station.staff[Role.CLERK]
    restore_backup(new_pc, by_passphrase(old, clerk), CLOCK)
    again = sign_in(new_pc, clerk, PASSPHRASE, CLOCK)
    with reading(again.engine) as connection:
        names = connection.exec_driver_sql("SELECT name FROM people").scalars().all()
    assert "钱多多" not in names
    assert not self_check(again, None).differences
    close(again)


class TestTheQuarterInDoubt:
    """A redemption that was lost with the old disk must not be made once more by one pair of eyes."""

    @pytest.fixture
    def person(self, station: Station) -> Id:
        return counter.with_points(station.desk, 24)

    @pytest.fixture
    def towel(self, station: Station) -> Id:
        return counter.stocked(station)

    @pytest.fixture
    def lost(self, station: Station, stick: Path, person: Id, towel: Id) -> Id:
        """Somebody redeemed after the stick had been looked at for the last time."""
        choose_backup_folder(station.sit(Role.ADMINISTRATOR), stick)
        desk = station.sit(Role.CLERK)
        back_up_now(desk)
        counter.redeemed(desk, person, towel)
        close(desk)
        return person

    def test_on_a_new_pc_it_takes_two(
        self, new_pc: Path, stick: Path, clerk: Id, lost: Id, towel: Id, station: Station
    ) -> None:
        restored = restore_backup(new_pc, by_passphrase(newest(new_pc, stick), clerk), CLOCK)
        today = shanghai_day(OPENING)
        assert restored.doubt == Doubt(first_day=today, last_day=today)
        assert "4月7日" in doubt_words(restored.doubt)
        desk = sign_in(new_pc, clerk, PASSPHRASE, CLOCK)
        card = counter_person(desk, lost)
        assert (card.obstacle, type(card.doubt)) == (None, QuarterInDoubt)
        with pytest.raises(QuarterInDoubt):
            counter.redeemed(desk, lost, towel)
        counter.redeemed(desk, lost, towel, checker=station.staff[Role.ADMINISTRATOR])
        assert not self_check(desk, None).differences
        close(desk)

    def test_who_works_alone_is_told_the_ways_out(
        self, new_pc: Path, stick: Path, clerk: Id, lost: Id, station: Station
    ) -> None:
        restore_backup(new_pc, by_passphrase(newest(new_pc, stick), clerk), CLOCK)
        desk = sign_in(new_pc, station.staff[Role.ADMINISTRATOR], PASSPHRASE, CLOCK)
        card = counter_person(desk, lost)
        assert card.doubt is not None and "请一位同事复核" in sentence(card.doubt)
        for role in (Role.CLERK, Role.AUDITOR):
            dismiss_staff(desk, DismissStaff(staff=station.staff[role]))
        card = counter_person(desk, lost)
        assert card.doubt is not None and card.doubt.next_day == date(2026, 7, 1)
        said = sentence(card.doubt)
        assert "添一位工作人员来复核" in said and "等到7月1日" in said
        close(desk)

    def test_a_mirror_that_was_there_all_along_leaves_none(
        self, folder: Path, clerk: Id, lost: Id, towel: Id
    ) -> None:
        restored = restore_backup(folder, by_passphrase(newest(folder), clerk), CLOCK)
        assert restored.doubt is None
        desk = sign_in(folder, clerk, PASSPHRASE, CLOCK)
        with pytest.raises(AlreadyRedeemed):
            counter.redeemed(desk, lost, towel)
        close(desk)

    def test_a_mirror_that_was_lost_leaves_one(self, folder: Path, clerk: Id, lost: Id) -> None:
        for mirror in Places(folder).backups.glob("mirror*"):
            mirror.unlink()
        assert restore_backup(folder, by_passphrase(newest(folder), clerk), CLOCK).doubt is not None

    def test_a_mirror_that_stopped_before_the_backup_leaves_one(
        self, station: Station, folder: Path, clerk: Id
    ) -> None:
        desk = station.desk
        desk.mirror = None
        record(desk, "镜像没有听说的")
        back_up_now(desk)
        close(desk)
        assert restore_backup(folder, by_passphrase(newest(folder), clerk), CLOCK).doubt is not None

    def test_a_mirror_with_a_hole_leaves_one_and_a_whole_one_later_does_not_end_it(
        self, station: Station, folder: Path, clerk: Id
    ) -> None:
        """The mirror turned over since the backup was made, so what came first after it is gone."""
        desk = station.desk
        back_up_now(desk)
        record(desk, "第一条")
        backups = Places(folder).backups
        close(desk)
        for path in backups.glob("mirror*"):
            path.unlink()
        mirror = MirrorFile(backups, KEY)
        desk = sign_in(folder, clerk, PASSPHRASE, CLOCK)
        record(desk, "第二条")
        close(desk)
        head, facts = mirror.head(), mirror.read()
        assert head is not None
        for path in backups.glob("mirror*"):
            path.unlink()
        mirror.append(head, facts[-1:])
        mirror.close()
        restored = restore_backup(folder, by_passphrase(newest(folder), clerk), CLOCK)
        assert (restored.taken_back, restored.doubt is None) == (1, False)
        desk = sign_in(folder, clerk, PASSPHRASE, CLOCK)
        assert not self_check(desk, None).differences, "what is known to be lost is no damage"
        assert back_up_now(desk).made is not None
        close(desk)
        again = restore_backup(folder, by_passphrase(newest(folder), clerk), CLOCK)
        assert again.doubt == restored.doubt
        desk = sign_in(folder, clerk, PASSPHRASE, CLOCK)
        with writing(desk.engine) as connection:
            connection.exec_driver_sql("DELETE FROM log WHERE n = 3")
        assert self_check(desk, None).differences == 1
        with pytest.raises(DamagedLog):
            back_up_now(desk)
        with writing(desk.engine) as connection:
            connection.exec_driver_sql("UPDATE log SET raw = x'00' WHERE kind = 'station.incarnation_begun'")
        assert self_check(desk, None).differences > 1
        close(desk)


class TestWhatIsRefused:
    """And nothing is changed by it."""

    @pytest.fixture(autouse=True)
    def unchanged(self, new_pc: Path, folder: Path, orders: list[Id]) -> Iterator[None]:
        before = everything(folder)
        yield
        assert everything(folder) == before
        assert not new_pc.exists()
        assert not new_pc.parent.exists() or list(new_pc.parent.iterdir()) == []

    @pytest.mark.parametrize(
        ("by", "refusal"),
        [
            (lambda staff, code: SignIn(staff=staff, passphrase="wrong"), WrongPassphraseOfBackup),
            (lambda staff, code: SignIn(staff="0" * 32, passphrase=PASSPHRASE), NoSuchStaff),
            (
                lambda staff, code: Recover(
                    code="".join(new_recovery_code().lines()), staff=staff, passphrase=NEW
                ),
                WrongRecoveryCodeOfBackup,
            ),
            (
                lambda staff, code: Recover(code="".join(code.lines()), staff=staff, passphrase="1"),
                WeakPassphrase,
            ),
        ],
    )
    def test_a_wrong_way_in(
        self, new_pc: Path, stick: Path, clerk: Id, code: RecoveryCode, by: WayIn, refusal: type[Problem]
    ) -> None:
        request = RestoreBackup(path=newest(new_pc, stick), by=by(clerk, code))
        with pytest.raises(refusal):
            restore_backup(new_pc, request, CLOCK)

    def test_a_wrong_sheet_shows_nobody(self, new_pc: Path, stick: Path) -> None:
        with pytest.raises(WrongRecoveryCodeOfBackup):
            backup_members(new_pc, newest(new_pc, stick), "".join(new_recovery_code().lines()), OPENING)

    def test_a_damaged_file(self, new_pc: Path, stick: Path, clerk: Id) -> None:
        path = newest(new_pc, stick)
        content = bytearray(path.read_bytes())
        content[50_000] ^= 1
        path.write_bytes(content)
        with pytest.raises(DamagedBackup):
            restore_backup(new_pc, by_passphrase(path, clerk), CLOCK)

    def test_one_of_a_newer_program(
        self, new_pc: Path, stick: Path, clerk: Id, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = newest(new_pc, stick)
        monkeypatch.setattr(storage, "NEWEST", "0000")
        with pytest.raises(DatabaseFromNewerVersion):
            restore_backup(new_pc, by_passphrase(path, clerk), CLOCK)

    def test_one_of_another_layout_is_listed_as_such(self, new_pc: Path, stick: Path) -> None:
        path = newest(new_pc, stick)
        path.write_bytes(path.read_bytes()[:-3] + b"02\n")
        (found,) = found_backups(new_pc, stick)
        assert isinstance(found.trouble, BackupFromNewerVersion)

    def test_no_room(self, new_pc: Path, stick: Path, clerk: Id) -> None:
        path = newest(new_pc, stick)
        with no_room_left(100_000), pytest.raises((DiskFull, DiskFailing)):
            restore_backup(new_pc, by_passphrase(path, clerk), CLOCK)

    def test_too_little_room_is_known_before(
        self, new_pc: Path, stick: Path, clerk: Id, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(storage, "_SPARE_BYTES", 10**18)
        with pytest.raises(storage.NoRoomToRestore) as trouble:
            restore_backup(new_pc, by_passphrase(newest(new_pc, stick), clerk), CLOCK)
        assert trouble.value.needed_megabytes > trouble.value.free_megabytes

    def test_over_another_station(self, stick: Path, clerk: Id, tmp_path: Path) -> None:
        other = open_station(tmp_path / "other")
        keys = Keys.open(other.desk.vault.places.keys, cost=CHEAP)
        for staff in other.staff.values():
            keys.remove(staff)
        keys.put(new_id(), "钱进", Role.ADMINISTRATOR, PASSPHRASE, KEY)
        other.close()
        there_before = everything(tmp_path / "other")
        with pytest.raises(BackupOfAnotherStation):
            restore_backup(tmp_path / "other", by_passphrase(newest(tmp_path, stick), clerk), CLOCK)
        assert everything(tmp_path / "other") == there_before


class TestLostKeys:
    def test_they_are_taken_from_a_backup_on_a_stick(
        self, folder: Path, stick: Path, clerk: Id, orders: list[Id]
    ) -> None:
        shutil.rmtree(Places(folder).backups)
        for name in ("keys.json", "keys.json.old"):
            (folder / name).unlink(missing_ok=True)
        with pytest.raises(KeysMissing):
            what_is_there(folder, OPENING)
        take_keys_from(folder, newest(folder, stick))
        desk = sign_in(folder, clerk, PASSPHRASE, CLOCK)
        assert there(desk, orders) == [True, True, True]
        close(desk)

    def test_a_file_that_is_no_backup_has_none(self, folder: Path, stick: Path, orders: list[Id]) -> None:
        (stick / "photo.jpg").write_bytes(b"\xff\xd8\xff")
        with pytest.raises(DamagedBackup):
            take_keys_from(folder, stick / "photo.jpg")


def station_desk(desk: Desk, station: Station) -> Desk:
    """The same desk with the auditor at it."""
    station.desk = desk
    return station.sit(Role.AUDITOR)
