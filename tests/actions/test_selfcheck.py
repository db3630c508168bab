"""The self-check as people start it: log, tables, the last backup; mending tables from the log."""

from __future__ import annotations

import pytest

from app.actions.audit import AuditQuery, audit_trail
from app.actions.backups import back_up_now
from app.actions.desk import Desk, NotAllowed, do
from app.actions.selfcheck import check_everything, repair_tables
from app.domain.progress import Step, Stopped
from app.domain.staff import Role
from app.sentences.selfcheck import checked_words
from app.storage.backup import backups
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
    assert "打不开" in checked_words(found)[1]


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


def test_a_damaged_log_is_not_mended_away(desk: Desk, one: str) -> None:
    spoil(desk, "UPDATE log SET raw = CAST(raw || x'00' AS BLOB) WHERE n = 2")
    found = check_everything(desk)
    assert not found.log_and_tables.can_be_repaired
    assert "恢复" in checked_words(found)[2]


def test_only_the_administrator_mends(station: Station) -> None:
    for role in (Role.CLERK, Role.AUDITOR):
        with pytest.raises(NotAllowed):
            repair_tables(station.sit(role))
