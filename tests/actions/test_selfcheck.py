"""The self-check as people start it: log, tables, the last backup; mending tables from the log."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest

from app.actions.audit import AuditQuery, audit_trail
from app.actions.backups import back_up_now, back_up_when_quiet, backup_status
from app.actions.desk import Desk, NotAllowed, do
from app.actions.selfcheck import check_everything, repair_tables
from app.domain.progress import Step, Stopped
from app.domain.staff import Role
from app.sentences.selfcheck import checked_words
from app.storage.backup import backups, make_backup
from app.storage.disk import DamagedLog
from app.storage.engine import reading, writing
from app.storage.ids import new_id
from app.storage.orders import order
from tests.support.desk import Station
from tests.support.facts import submitted


@pytest.fixture
def one(desk: Desk) -> str:
    made = new_id()
    draft = submitted(made)
    do(desk, lambda work: work.record(draft.body, parts=draft.parts))
    return made


def spoil(desk: Desk, statement: str) -> None:
    with writing(desk.engine) as connection:
        connection.exec_driver_sql(statement)


def test_all_is_well(desk: Desk, station: Station, one: str) -> None:
    back_up_now(desk)
    steps: set[Step] = set()
    found = check_everything(desk, None, lambda step, _done, _total: steps.add(step))
    assert found.is_good
    assert {Step.LOG, Step.FOLD, Step.COMPARE, Step.VERIFY} <= steps
    assert "全部对得上" in checked_words(found)[0]
    assert "是好的" in checked_words(found)[1]
    assert audit_trail(station.sit(Role.AUDITOR), AuditQuery()).entries[0].what == "checked"


def test_without_a_backup_it_says_so(desk: Desk) -> None:
    found = check_everything(desk)
    assert (found.is_good, found.backup) == (False, None)
    assert "还没有备份" in checked_words(found)[1]


def test_a_backup_that_does_not_open_is_said(desk: Desk) -> None:
    back_up_now(desk)
    (made,) = backups(desk.vault.places.backups)
    content = bytearray(made.path.read_bytes())
    content[9_000] ^= 1
    made.path.write_bytes(content)
    found = check_everything(desk)
    assert not found.is_good
    assert "不能用来恢复" in checked_words(found)[1]


def test_a_backup_of_which_hardly_anything_is_left_is_said_too(desk: Desk, station: Station) -> None:
    back_up_now(desk)
    station.clock.forward(days=1)
    back_up_now(desk)
    backups(desk.vault.places.backups)[0].path.write_bytes(b"torn")
    found = check_everything(desk)
    assert not found.is_good
    assert checked_words(found)[1].startswith("最近的备份（2026年4月8日）有问题：这份备份坏了或不完整")
    assert found.good_backup is not None and found.good_backup.day == 7


def test_it_can_be_stopped(desk: Desk, one: str) -> None:
    def stop(step: Step, _done: int, _total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        check_everything(desk, None, stop)


def test_tables_are_mended_from_the_log(desk: Desk, station: Station, one: str) -> None:
    spoil(desk, "UPDATE orders SET what = '改过'")
    spoil(desk, "DELETE FROM staff WHERE name = '郭伟'")
    found = check_everything(desk)
    assert found.log_and_tables.can_be_repaired
    assert "重新整理" in checked_words(found)[2]
    done = repair_tables(station.sit(Role.ADMINISTRATOR))
    assert done.value.differences == 0
    assert "order" in done.changed
    with reading(desk.engine) as connection:
        row = order(connection, one)
    assert row is not None
    assert [made.before for made in backups(desk.vault.places.backups)] == ["repair"]


DAMAGE = "UPDATE log SET raw = CAST(raw || x'00' AS BLOB) WHERE n = 2"


def test_a_damaged_log_is_not_mended_away(desk: Desk, one: str) -> None:
    spoil(desk, DAMAGE)
    found = check_everything(desk)
    assert not found.log_and_tables.can_be_repaired
    assert "维护人员" in checked_words(found)[2]


def test_with_a_damaged_log_the_last_good_backup_is_named_and_stays(desk: Desk, one: str) -> None:
    back_up_now(desk)
    (good,) = backups(desk.vault.places.backups)
    as_it_was = good.path.read_bytes()
    spoil(desk, DAMAGE)
    found = check_everything(desk)
    assert found.backup is not None
    assert found.backup.trouble is None
    assert "恢复 2026年4月7日 09:00 的备份" in checked_words(found)[2]
    with pytest.raises(DamagedLog):
        back_up_now(desk)
    assert good.path.read_bytes() == as_it_was


def test_a_backup_with_a_damaged_log_is_not_good_though_it_opens(
    desk: Desk, station: Station, one: str
) -> None:
    back_up_now(desk)
    spoil(desk, DAMAGE)
    station.clock.forward(days=1)
    make_backup(desk.engine, desk.vault.key, desk.vault.places, desk.today(), desk.now(), before="0002")
    found = check_everything(desk)
    assert "不能用来恢复" in checked_words(found)[1]
    assert "恢复 2026年4月7日" in checked_words(found)[2]


def test_where_no_backup_is_good_the_newest_is_told(desk: Desk, station: Station, one: str) -> None:
    spoil(desk, DAMAGE)
    for _day in range(2):
        station.clock.forward(days=1)
        make_backup(desk.engine, desk.vault.key, desk.vault.places, desk.today(), desk.now(), before="0002")
    found = check_everything(desk)
    assert found.good_backup is None
    assert found.backup is not None and found.backup.day == desk.today()
    assert "马上联系维护人员" in checked_words(found)[2]


def test_a_damaged_log_is_known_until_it_is_found_whole(desk: Desk, one: str) -> None:
    def is_known() -> bool:
        return backup_status(desk, None).is_log_damaged

    assert not is_known()
    spoil(desk, "UPDATE log SET kind = 'a.b' WHERE n = 2")
    check_everything(desk)
    assert is_known()
    spoil(desk, "UPDATE log SET raw = x'00' WHERE n = 2")
    with pytest.raises(DamagedLog):
        back_up_when_quiet(desk)
    assert is_known()


@pytest.mark.parametrize("look", [check_everything, back_up_now])
def test_what_a_disk_read_wrong_once_is_forgotten_when_it_is_whole_again(
    desk: Desk, one: str, look: Callable[[Desk], object]
) -> None:
    with writing(desk.engine) as connection:
        hashed = connection.exec_driver_sql("SELECT hash FROM log WHERE n = 2").scalar_one()
    for value, damaged in ((b"0", True), (hashed, False)):
        with writing(desk.engine) as connection:
            connection.exec_driver_sql("UPDATE log SET hash = ? WHERE n = 2", (value,))
        with contextlib.suppress(DamagedLog):
            look(desk)
        assert backup_status(desk, None).is_log_damaged is damaged


def test_only_the_administrator_mends(station: Station) -> None:
    for role in (Role.CLERK, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            repair_tables(station.sit(role))
