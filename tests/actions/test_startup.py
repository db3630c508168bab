"""From the start of the program to an opened station, through everything the disk can have in store."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from alembic.util.exc import CommandError
from sqlalchemy import Engine

from app.actions import startup
from app.actions.audit import AuditQuery, audit_trail
from app.actions.backups import back_up_when_quiet
from app.actions.desk import Desk, do
from app.actions.folder import data_folder
from app.actions.papers import SavePaper
from app.actions.session import SignIn, sign_in_again
from app.actions.staff import DismissStaff, dismiss_staff
from app.actions.startup import (
    LEAST_BYTES_TO_FOUND,
    ClockImpossible,
    DatabaseMissing,
    Door,
    FirstStart,
    FolderNotEmpty,
    FoundStation,
    Recover,
    check_founding,
    close,
    found_station,
    print_recovery_sheet,
    sign_in,
    sign_in_by_recovery,
    staff_by_recovery,
    what_is_there,
)
from app.actions.stations import station_card
from app.domain.names import NameMissing
from app.domain.passphrases import WeakPassphrase
from app.domain.problems import Refusal, Trouble
from app.domain.recovery import RecoveryCodeIncomplete
from app.domain.regions import RegionMissing
from app.domain.staff import Role
from app.domain.stations import StationLevel, StationNameMissing
from app.storage.backup import backups
from app.storage.disk import CloudFolder, DamagedDatabase, DatabaseFromNewerVersion, DiskFull, Places
from app.storage.engine import reading, writing
from app.storage.ids import new_id
from app.storage.keys import (
    Keys,
    KeysDamaged,
    KeysFromBackup,
    KeysFromSpare,
    KeysMissing,
    NoSuchStaff,
    WrongPassphrase,
    WrongRecoveryCode,
    new_recovery_code,
)
from app.storage.lock import AlreadyOpen
from app.storage.orders import order
from app.storage.staff import NoLongerStaff
from tests.support.desk import OPENING, PASSPHRASE, STATION_NAME, SettableClock, Station
from tests.support.facts import submitted
from tests.support.faults import no_room_left
from tests.support.statements import tables_read_whole

CLOCK = SettableClock()
NEW = "Qiuyu-2027"


def request(
    name: str = "柳河村站",
    region: str = "370883 102 204",
    admin_name: str = "林悦",
    passphrase: str = PASSPHRASE,
) -> FoundStation:
    return FoundStation(
        name=name, region=region, level=StationLevel.STATION, admin_name=admin_name, passphrase=passphrase
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "station"


@pytest.fixture
def places(station: Station) -> Places:
    """A station that nobody has open."""
    close(station.desk)
    return station.desk.vault.places


@pytest.fixture
def clerk(station: Station) -> str:
    return station.staff[Role.CLERK]


@pytest.fixture
def opened(places: Places, clerk: str) -> Iterator[Desk]:
    desk = sign_in(places.folder, clerk, PASSPHRASE, CLOCK)
    yield desk
    close(desk)


def lose_keys(places: Places) -> None:
    places.keys.unlink()
    places.keys.with_name("keys.json.old").unlink(missing_ok=True)


class TestWhereTheStationLies:
    def test_what_was_asked_for(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("YIZHAN_FOLDER", str(tmp_path / "named"))
        assert data_folder(tmp_path) == tmp_path
        assert data_folder() == tmp_path / "named"

    def test_the_usual_place(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("YIZHAN_FOLDER", raising=False)
        assert data_folder().is_relative_to(home)
        assert data_folder().parts[-2:] == ("yizhan", "station")


class TestFirstStart:
    def test_no_station_begins_before_there_was_this_program(self, folder: Path) -> None:
        clock = SettableClock(OPENING.replace(year=1999))
        with pytest.raises(ClockImpossible) as refused:
            what_is_there(folder, clock())
        assert refused.value.today == date(1999, 4, 7)
        with pytest.raises(ClockImpossible):
            found_station(folder, request(), clock)
        assert not folder.parent.exists()

    def test_none_is_begun_that_could_not_be_opened(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        usage = shutil.disk_usage(folder.parent.parent)
        monkeypatch.setattr(
            shutil, "disk_usage", lambda _place: usage._replace(free=LEAST_BYTES_TO_FOUND - 1)
        )
        with pytest.raises(DiskFull):
            found_station(folder, request(), SettableClock())
        assert not folder.parent.exists()

    def test_looking_creates_nothing(self, folder: Path) -> None:
        assert what_is_there(folder, OPENING) == FirstStart(folder=folder)
        check_founding(request())
        assert print_recovery_sheet(request(), date(2026, 4, 7)).startswith(b"%PDF")
        assert not folder.parent.exists()

    def test_a_station_is_founded_and_opened(self, folder: Path) -> None:
        founded = found_station(folder, request(), CLOCK)
        assert station_card(founded.desk, None).name == "柳河村站"
        assert station_card(founded.desk, None).region == "370883102204"
        assert founded.desk.device.register == "A1"
        assert founded.desk.signed_in is not None
        assert founded.desk.signed_in.role is Role.ADMINISTRATOR
        assert founded.sheet.startswith(b"%PDF")
        close(founded.desk)
        assert [path.name for path in folder.parent.iterdir()] == ["station"]
        door = what_is_there(folder, OPENING)
        assert isinstance(door, Door)
        assert [(tile.name, tile.role) for tile in door.tiles] == [("林悦", "administrator")]
        close(sign_in(folder, door.tiles[0].staff, PASSPHRASE, CLOCK))

    def test_an_empty_folder_will_do(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        close(found_station(folder, request(), CLOCK).desk)

    @pytest.mark.parametrize(
        ("changes", "refusal", "field"),
        [
            ({"name": " "}, StationNameMissing, "name"),
            ({"region": ""}, RegionMissing, "region"),
            ({"admin_name": ""}, NameMissing, "admin_name"),
            ({"passphrase": "123"}, WeakPassphrase, "passphrase"),
            ({"passphrase": "林悦"}, WeakPassphrase, "passphrase"),
        ],
    )
    def test_what_is_refused_creates_nothing(
        self, folder: Path, changes: dict[str, str], refusal: type[Refusal], field: str
    ) -> None:
        with pytest.raises(refusal) as refused:
            found_station(folder, request(**changes), CLOCK)
        assert refused.value.field == field
        assert not folder.parent.exists()

    def test_a_full_disk_leaves_nothing_half_made(self, folder: Path) -> None:
        with no_room_left(30_000), pytest.raises(Trouble):
            found_station(folder, request(), CLOCK)
        assert list(folder.parent.iterdir()) == []

    def test_what_a_crash_left_is_swept_away(self, folder: Path) -> None:
        half = folder.parent / ".station-new-abc"
        half.mkdir(parents=True)
        (half / "keys.json").write_text("{}")
        assert what_is_there(folder, OPENING) == FirstStart(folder=folder)
        close(found_station(folder, request(), CLOCK).desk)
        assert not half.exists()

    def test_nothing_is_put_among_other_files(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        (folder / "账本.xlsx").write_bytes(b"")
        with pytest.raises(FolderNotEmpty):
            what_is_there(folder, OPENING)
        with pytest.raises(FolderNotEmpty):
            found_station(folder, request(), CLOCK)

    def test_a_station_is_never_founded_over_another(self, places: Places) -> None:
        with pytest.raises(FolderNotEmpty):
            found_station(places.folder, request(), CLOCK)

    def test_a_cloud_folder_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(CloudFolder):
            what_is_there(tmp_path / "OneDrive" / "station", OPENING)
        with pytest.raises(CloudFolder):
            found_station(tmp_path / "坚果云" / "station", request(), CLOCK)
        assert not (tmp_path / "坚果云" / "station").exists()


class TestSignIn:
    def test_a_station_is_there_with_its_tiles(self, places: Places) -> None:
        door = what_is_there(places.folder, OPENING)
        assert isinstance(door, Door)
        assert [tile.name for tile in door.tiles] == ["沈静", "陈芳", "郭伟"]
        assert door.notices == ()

    def test_the_right_passphrase_opens(self, opened: Desk) -> None:
        assert station_card(opened, None).name == STATION_NAME
        assert opened.signed_in is not None
        assert (opened.signed_in.name, opened.signed_in.role) == ("陈芳", Role.CLERK)

    def test_what_is_recorded_is_there_at_the_next_start(self, places: Places, clerk: str) -> None:
        one = new_id()
        desk = sign_in(places.folder, clerk, PASSPHRASE, CLOCK)
        draft = submitted(one)
        do(desk, lambda work: work.record(draft.body, parts=draft.parts))
        close(desk)
        desk = sign_in(places.folder, clerk, PASSPHRASE, CLOCK)
        with reading(desk.engine) as connection:
            assert order(connection, one) is not None
        assert desk.device.incarnation == 1
        close(desk)

    def test_what_grows_with_the_years_is_not_read_whole(self, places: Places, clerk: str) -> None:
        close(sign_in(places.folder, clerk, PASSPHRASE, CLOCK))  # the mirror knows everything now
        whole = tables_read_whole(Engine, lambda: close(sign_in(places.folder, clerk, PASSPHRASE, CLOCK)))
        assert not whole & {"log", "log_private", "audit"}

    def test_a_wrong_one_frees_the_lock_again(self, places: Places, clerk: str) -> None:
        with pytest.raises(WrongPassphrase):
            sign_in(places.folder, clerk, "wrong", CLOCK)
        close(sign_in(places.folder, clerk, PASSPHRASE, CLOCK))

    def test_wrong_ones_stand_in_the_audit_once_somebody_is_in(
        self, places: Places, clerk: str, station: Station
    ) -> None:
        clock = SettableClock()
        for _ in range(2):
            with pytest.raises(WrongPassphrase):
                sign_in(places.folder, clerk, "wrong", clock)
        clock.forward(minutes=5)
        desk = sign_in(places.folder, station.staff[Role.ADMINISTRATOR], PASSPHRASE, clock)
        entries = audit_trail(desk, AuditQuery()).entries
        assert [(entry.what, entry.staff_name) for entry in entries][:3] == [
            ("signed_in", "沈静"),
            ("wrong_passphrase", "陈芳"),
            ("wrong_passphrase", "陈芳"),
        ]
        assert entries[1].at == OPENING
        with pytest.raises(WrongPassphrase):
            sign_in_again(desk, SignIn(staff=clerk, passphrase="wrong"))
        sign_in_again(desk, SignIn(staff=station.staff[Role.ADMINISTRATOR], passphrase=PASSPHRASE))
        told = [entry.what for entry in audit_trail(desk, AuditQuery()).entries]
        assert told.count("wrong_passphrase") == 3
        close(desk)

    def test_a_second_program_is_told(self, opened: Desk, clerk: str) -> None:
        folder = opened.vault.places.folder
        with pytest.raises(AlreadyOpen):
            what_is_there(folder, OPENING)
        with pytest.raises(AlreadyOpen):
            sign_in(folder, clerk, PASSPHRASE, CLOCK)

    def test_no_station(self, folder: Path, clerk: str) -> None:
        with pytest.raises(KeysMissing):
            sign_in(folder, clerk, PASSPHRASE, CLOCK)

    def test_a_tile_that_the_table_does_not_know_opens_nothing_and_goes(
        self, places: Places, station: Station
    ) -> None:
        """As after a crash between the two, or the keys of an older copy."""
        stranger = new_id()
        Keys.open(places.keys).put(stranger, "路人", "administrator", NEW, station.desk.vault.key)
        with pytest.raises(NoLongerStaff):
            sign_in(places.folder, stranger, NEW, CLOCK)
        with pytest.raises(NoSuchStaff):
            sign_in(places.folder, stranger, NEW, CLOCK)

    def test_a_tile_with_an_old_name_is_put_right(self, places: Places, clerk: str) -> None:
        Keys.open(places.keys).label(clerk, "旧名", "administrator")
        desk = sign_in(places.folder, clerk, PASSPHRASE, CLOCK)
        assert [(tile.name, tile.role) for tile in desk.vault.keys.tiles(OPENING)][1] == ("陈芳", "clerk")
        close(desk)

    def test_a_database_that_was_set_back_goes_on_as_a_new_incarnation(
        self, places: Places, clerk: str, tmp_path: Path
    ) -> None:
        shutil.copy(places.database, tmp_path / "image")
        one, draft = new_id(), submitted(new_id())
        draft = submitted(one)
        desk = sign_in(places.folder, clerk, PASSPHRASE, CLOCK)
        do(desk, lambda work: work.record(draft.body, parts=draft.parts))
        close(desk)
        shutil.copy(tmp_path / "image", places.database)
        desk = sign_in(places.folder, clerk, PASSPHRASE, CLOCK)
        assert desk.device.incarnation == 2
        assert desk.device.register != "A1"
        with reading(desk.engine) as connection:
            assert order(connection, one) is not None
        close(desk)


class TestWhatTheDiskHasInStore:
    def test_keys_are_gone(self, places: Places) -> None:
        lose_keys(places)
        with pytest.raises(KeysMissing):
            what_is_there(places.folder, OPENING)

    def test_lost_keys_are_found_in_the_newest_backup(self, places: Places, clerk: str) -> None:
        desk = sign_in(places.folder, clerk, PASSPHRASE, CLOCK)
        assert back_up_when_quiet(desk).made == date(2026, 4, 7)
        close(desk)
        lose_keys(places)
        door = what_is_there(places.folder, OPENING)
        assert isinstance(door, Door)
        (notice,) = door.notices
        assert isinstance(notice, KeysFromBackup)
        assert notice.day == date(2026, 4, 7)
        close(sign_in(places.folder, clerk, PASSPHRASE, CLOCK))

    def test_lost_keys_do_not_let_anybody_in_again_who_was_dismissed(
        self, places: Places, station: Station, clerk: str
    ) -> None:
        administrator = station.staff[Role.ADMINISTRATOR]
        desk = sign_in(places.folder, administrator, PASSPHRASE, CLOCK)
        back_up_when_quiet(desk)
        dismiss_staff(desk, DismissStaff(staff=clerk))
        close(desk)
        lose_keys(places)
        what_is_there(places.folder, OPENING)
        with pytest.raises(NoLongerStaff):
            sign_in(places.folder, clerk, PASSPHRASE, CLOCK)
        close(sign_in(places.folder, administrator, PASSPHRASE, CLOCK))

    def test_keys_are_damaged(self, places: Places) -> None:
        spare = places.keys.with_name("keys.json.old")
        places.keys.write_text("{")
        door = what_is_there(places.folder, OPENING)
        assert isinstance(door, Door)
        assert [type(notice) for notice in door.notices] == [KeysFromSpare]
        places.keys.write_text("{")
        spare.write_text("{")
        with pytest.raises(KeysDamaged):
            what_is_there(places.folder, OPENING)

    def test_the_database_is_damaged_and_the_newest_backup_named(self, places: Places, clerk: str) -> None:
        desk = sign_in(places.folder, clerk, PASSPHRASE, CLOCK)
        back_up_when_quiet(desk)
        close(desk)
        content = bytearray(places.database.read_bytes())
        content[5000:6000] = bytes(1000)
        content[100:2000] = bytes(1900)
        places.database.write_bytes(content)
        with pytest.raises(DamagedDatabase) as damaged:
            sign_in(places.folder, clerk, PASSPHRASE, CLOCK)
        assert damaged.value.backup == date(2026, 4, 7)

    def test_an_upgrade_with_a_clock_that_fell_behind_keeps_its_backup(
        self, places: Places, clerk: str
    ) -> None:
        desk = sign_in(places.folder, clerk, PASSPHRASE, CLOCK)
        back_up_when_quiet(desk)
        with writing(desk.engine) as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
        close(desk)
        with pytest.raises(CommandError):  # nothing leads from a version that never was
            sign_in(places.folder, clerk, PASSPHRASE, SettableClock(OPENING.replace(year=1999)))
        assert [(one.day, one.before) for one in backups(places.backups)] == [
            (date(2026, 4, 7), "0000"),
            (date(2026, 4, 7), None),
        ]

    def test_the_database_is_gone(self, places: Places) -> None:
        places.database.unlink()
        with pytest.raises(DatabaseMissing) as missing:
            what_is_there(places.folder, OPENING)
        assert missing.value.backup is None

    def test_a_newer_program_was_here(self, places: Places, clerk: str, station: Station) -> None:
        desk = sign_in(places.folder, clerk, PASSPHRASE, CLOCK)
        with writing(desk.engine) as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        close(desk)
        with pytest.raises(DatabaseFromNewerVersion):
            sign_in(places.folder, clerk, PASSPHRASE, CLOCK)


class TestRecovery:
    def test_the_sheet_opens_and_the_new_passphrase_holds(self, folder: Path) -> None:
        founded = found_station(folder, request(), CLOCK)
        close(founded.desk)
        code = "\n".join(founded.code.lines()).lower()
        (member,) = staff_by_recovery(folder, code)
        assert member.name == "林悦"
        desk = sign_in_by_recovery(folder, Recover(code=code, staff=member.id, passphrase=NEW), CLOCK)
        assert desk.signed_in is not None
        assert [entry.what for entry in audit_trail(desk, AuditQuery()).entries] == ["recovered", "signed_in"]
        sign_in_again(desk, SignIn(staff=member.id, passphrase=NEW))
        close(desk)
        with pytest.raises(WrongPassphrase):
            sign_in(folder, member.id, PASSPHRASE, CLOCK)

    def test_a_wrong_code_or_a_weak_passphrase_opens_nothing(self, folder: Path) -> None:
        founded = found_station(folder, request(), CLOCK)
        close(founded.desk)
        code, other = ("".join(one.lines()) for one in (founded.code, new_recovery_code()))
        (member,) = staff_by_recovery(folder, code)
        with pytest.raises(WrongRecoveryCode):
            staff_by_recovery(folder, other)
        with pytest.raises(RecoveryCodeIncomplete):
            staff_by_recovery(folder, code[:-1])
        with pytest.raises(WeakPassphrase):
            sign_in_by_recovery(folder, Recover(code=code, staff=member.id, passphrase="1"), CLOCK)
        desk = sign_in(folder, member.id, PASSPHRASE, CLOCK)
        assert [entry.what for entry in audit_trail(desk, AuditQuery()).entries] == ["signed_in", "signed_in"]
        close(desk)

    def test_secrets_are_shown_nowhere(self) -> None:
        asked = request()
        assert PASSPHRASE not in repr(asked)
        assert asked.code.characters not in repr(asked)
        paper = SavePaper(object="staff:1", pdf=b"%PDF secret", path=Path("sheet.pdf"))
        assert "secret" not in repr(paper)

    def test_a_founded_station_shows_its_sheet_to_nobody(self, folder: Path) -> None:
        founded = found_station(folder, request(), CLOCK)
        assert "%PDF" not in repr(founded)
        close(founded.desk)


def test_closing_frees_everything(places: Places, clerk: str) -> None:
    for day in range(2):
        close(sign_in(places.folder, clerk, PASSPHRASE, SettableClock(OPENING + timedelta(days=day))))
    assert startup.what_is_there(places.folder, OPENING).folder == places.folder
