"""Backups of an opened station: when they are made, and the stick that is or is not there."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from app.actions.audit import AuditQuery, audit_trail
from app.actions.backups import (
    BackupFolderAmong,
    CarryState,
    back_up_at_close,
    back_up_now,
    back_up_when_quiet,
    backup_card,
    backup_status,
    choose_backup_folder,
    leave_backup_folder,
)
from app.actions.desk import Desk, NotAllowed, NotSignedIn, do
from app.actions.staff import ChangePassphrase, change_passphrase
from app.domain.staff import Role
from app.sentences.backups import backed_up_words, carry_state_words
from app.storage.backup import backups
from app.storage.disk import CloudFolder, DiskFailing, DiskFull, PlaceMissing
from app.storage.ids import new_id
from app.storage.mirror_file import Mirror as MirrorFile
from tests.support.databases import KEY
from tests.support.desk import PASSPHRASE, Station
from tests.support.facts import submitted
from tests.support.faults import no_room_left

TODAY = date(2026, 4, 7)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def carrying(station: Station, stick: Path) -> Desk:
    """A desk whose administrator chose a stick; the clerk sits there again."""
    choose_backup_folder(station.sit(Role.ADMINISTRATOR), stick)
    return station.sit(Role.CLERK)


def record(desk: Desk) -> None:
    draft = submitted(new_id())
    do(desk, lambda work: work.record(draft.body, parts=draft.parts))


def deeds(station: Station) -> list[str]:
    return [it.what for it in audit_trail(station.sit(Role.AUDITOR), AuditQuery()).entries]


class TestWhen:
    def test_once_a_day_when_it_is_quiet(self, desk: Desk, station: Station) -> None:
        assert back_up_when_quiet(desk).made == TODAY
        record(desk)
        assert back_up_when_quiet(desk).made is None
        station.clock.forward(days=1)
        assert back_up_when_quiet(desk).made == date(2026, 4, 8)

    def test_at_the_end_if_there_is_something_new(self, desk: Desk) -> None:
        assert back_up_at_close(desk).made == TODAY
        assert back_up_at_close(desk).made is None
        record(desk)
        assert back_up_at_close(desk).made == TODAY
        assert backup_card(desk, None).facts_since == 0

    def test_again_when_another_sheet_or_passphrase_opens_the_database(self, desk: Desk) -> None:
        for change in (
            lambda: desk.vault.keys.renew_recovery(KEY),
            lambda: change_passphrase(desk, ChangePassphrase(old=PASSPHRASE, new="blue-lamp-2026")),
        ):
            back_up_when_quiet(desk)
            change()
            assert back_up_when_quiet(desk).made == TODAY
            assert back_up_when_quiet(desk).made is None

    def test_the_end_needs_nobody_signed_in(self, desk: Desk) -> None:
        desk.signed_in = None
        assert back_up_at_close(desk).made == TODAY

    def test_by_hand_always_and_audited(self, desk: Desk, station: Station) -> None:
        assert back_up_now(desk).made == TODAY
        assert back_up_now(desk).made == TODAY
        assert deeds(station)[:2] == ["backed_up", "backed_up"]

    def test_by_hand_only_who_works_here(self, desk: Desk, station: Station) -> None:
        with pytest.raises(NotAllowed):
            back_up_now(station.sit(Role.AUDITOR))
        desk.signed_in = None
        with pytest.raises(NotSignedIn):
            back_up_now(desk)
        assert backups(desk.vault.places.backups) == ()

    def test_a_clock_that_jumped_dates_no_backup(self, desk: Desk, station: Station) -> None:
        station.clock.forward(days=365 * 34)
        assert back_up_when_quiet(desk).made == TODAY

    def test_no_room_is_said_and_the_work_goes_on(self, desk: Desk) -> None:
        record(desk)
        with no_room_left(20_000), pytest.raises((DiskFull, DiskFailing)):
            back_up_now(desk)
        assert backups(desk.vault.places.backups) == ()
        record(desk)
        assert back_up_now(desk).made == TODAY


class TestTheStick:
    def test_it_gets_the_backup_and_the_mirror(self, carrying: Desk, stick: Path) -> None:
        done = back_up_now(carrying)
        assert (done.state, done.is_carried, done.trouble) == (CarryState.THERE, True, None)
        assert "两处" in backed_up_words(done)
        (carried,) = backups(stick)
        (local,) = backups(carrying.vault.places.backups)
        assert carried.path.read_bytes() == local.path.read_bytes()
        mirror = stick / f"yizhan-{carrying.device.id[-6:]}.mirror"
        record(carrying)
        assert not back_up_when_quiet(carrying).is_carried
        assert mirror.read_bytes() == (carrying.vault.places.backups / "mirror").read_bytes()

    def test_pulled_out_is_said_calmly_and_made_good_later(self, carrying: Desk, stick: Path) -> None:
        away = stick.with_name("away")
        stick.rename(away)
        done = back_up_now(carrying)
        assert (done.made, done.state, done.is_carried) == (TODAY, CarryState.MISSING, False)
        assert "没接上" in backed_up_words(done)
        assert backup_card(carrying, None).state is CarryState.MISSING
        away.rename(stick)
        assert back_up_when_quiet(carrying).is_carried
        assert backup_card(carrying, None).rows[0].is_carried

    def test_what_it_missed_on_the_same_day_is_made_good_too(self, carrying: Desk, stick: Path) -> None:
        back_up_now(carrying)
        away = stick.with_name("away")
        stick.rename(away)
        record(carrying)
        back_up_now(carrying)
        away.rename(stick)
        assert not backup_card(carrying, None).rows[0].is_carried, "an older one of the same name lies there"
        assert back_up_when_quiet(carrying).is_carried
        assert backup_card(carrying, None).rows[0].is_carried
        assert not back_up_when_quiet(carrying).is_carried

    def test_one_that_was_damaged_or_removed_there_is_carried_again(
        self, carrying: Desk, stick: Path
    ) -> None:
        back_up_now(carrying)
        (there,) = backups(stick)
        for harm in (lambda: there.path.unlink(), lambda: there.path.write_bytes(b"torn")):
            harm()
            assert not backup_card(carrying, None).rows[0].is_carried
            assert back_up_when_quiet(carrying).is_carried
            assert backup_card(carrying, None).rows[0].is_carried

    def test_another_stick_under_the_same_name_is_not_taken_for_it(self, carrying: Desk, stick: Path) -> None:
        shutil.rmtree(stick)
        stick.mkdir()
        done = back_up_now(carrying)
        assert done.state is CarryState.OTHER
        assert list(stick.iterdir()) == []
        assert "不是选定的" in backed_up_words(done)
        assert "不是选定的" in carry_state_words(done.state)

    def test_a_full_stick_hinders_no_backup(
        self, carrying: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        usage = shutil.disk_usage

        def full_stick(place: Path) -> object:
            return usage(place)._replace(free=0) if place == stick else usage(place)

        with monkeypatch.context() as patch:
            patch.setattr(shutil, "disk_usage", full_stick)
            done = back_up_now(carrying)
        assert (done.made, done.is_carried, type(done.trouble)) == (TODAY, False, DiskFull)
        assert "没能拷到另一处" in backed_up_words(done)
        assert backups(stick) == ()
        assert back_up_when_quiet(carrying).is_carried

    def test_the_auditor_and_the_clerk_choose_none(self, station: Station, stick: Path) -> None:
        for role in (Role.CLERK, Role.AUDITOR):
            with pytest.raises(NotAllowed):
                choose_backup_folder(station.sit(role), stick)
            with pytest.raises(NotAllowed):
                leave_backup_folder(station.sit(role))

    def test_places_that_help_nobody_are_refused(self, station: Station, tmp_path: Path) -> None:
        desk = station.sit(Role.ADMINISTRATOR)
        with pytest.raises(BackupFolderAmong):
            choose_backup_folder(desk, desk.vault.places.folder)
        with pytest.raises(CloudFolder):
            choose_backup_folder(desk, tmp_path / "OneDrive")
        with pytest.raises(PlaceMissing):
            choose_backup_folder(desk, tmp_path / "not there")
        assert backup_card(desk, None).state is CarryState.NONE

    def test_choosing_is_audited_and_can_be_undone(
        self, station: Station, carrying: Desk, stick: Path
    ) -> None:
        assert backup_card(carrying, None).chosen == stick
        leave_backup_folder(station.sit(Role.ADMINISTRATOR))
        assert backup_card(carrying, None).chosen is None
        assert deeds(station)[:2] == ["chose_backup_folder", "chose_backup_folder"]


class TestTheStatusLine:
    def test_none_yet(self, desk: Desk) -> None:
        status = backup_status(desk, None)
        assert (status.made_at, status.is_late) == (None, True)

    def test_when_the_last_one_was_made(self, desk: Desk, station: Station) -> None:
        back_up_when_quiet(desk)
        made_at = desk.now()
        status = backup_status(desk, None)
        assert (status.made_at, status.is_late) == (made_at, False)
        station.clock.forward(days=2)
        assert backup_status(desk, None).is_late

    def test_a_stick_that_misses_them_for_days(self, carrying: Desk, station: Station, stick: Path) -> None:
        back_up_now(carrying)
        shutil.rmtree(stick)
        assert not backup_status(carrying, None).is_carrying_late
        station.clock.forward(days=3)
        back_up_when_quiet(carrying)
        status = backup_status(carrying, None)
        assert (status.is_late, status.is_carrying_late) == (False, True)

    def test_a_mirror_that_cannot_be_written(self, desk: Desk) -> None:
        record(desk)
        mirror = desk.vault.places.backups / "mirror"
        assert desk.mirror is not None
        with no_room_left(mirror.stat().st_size):
            desk.mirror.append((99, b"head"), [b"fact" * 100])
        assert isinstance(backup_status(desk, None).mirror_trouble, DiskFull)


def test_somebody_erased_is_gone_from_the_mirror_and_from_the_stick(carrying: Desk, stick: Path) -> None:
    whose = new_id()
    draft = submitted(new_id(), beneficiary=whose, what="谁也不该再看到的话")
    do(carrying, lambda work: work.record(draft.body, parts=draft.parts))
    back_up_now(carrying)
    assert carrying.mirror is not None
    before = MirrorFile(carrying.vault.places.backups, KEY)
    words = "谁也不该再看到的话".encode()
    assert any(words in fact for fact in before.read())
    carrying.mirror.forget(whose)
    again = MirrorFile(carrying.vault.places.backups, KEY)
    assert len(again.read()) == len(before.read())
    assert again.head() == before.head()
    assert not any(words in fact for fact in again.read())
    record(carrying)
    back_up_when_quiet(carrying)
    mirror = stick / f"yizhan-{carrying.device.id[-6:]}.mirror"
    assert mirror.read_bytes() == (carrying.vault.places.backups / "mirror").read_bytes()
