"""The drill: a backup is tried out, and what it would bring back is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.actions.backups import back_up_now, backup_card, choose_backup_folder
from app.actions.desk import Desk
from app.actions.drill import NoBackupYet, drill
from app.domain.progress import Step, Stopped
from app.domain.staff import Role
from app.sentences.backups import drilled_words, step_words
from app.storage.backup import backups
from app.storage.engine import writing
from tests.actions.test_backups import deeds, record
from tests.support.desk import Station


def test_it_opens_the_newest_and_takes_back_the_rest(station: Station, desk: Desk) -> None:
    record(desk)
    back_up_now(desk)
    record(desk)
    record(desk)
    steps: list[Step] = []
    found = drill(desk, None, lambda step, _done, _total: steps.append(step))
    assert (found.taken_back, found.missing, found.differences) == (2, 0, 0)
    assert "2 条" in drilled_words(found)
    assert "一条不少" in drilled_words(found)
    assert {Step.OPEN, Step.COPY, Step.LOG, Step.FOLD, Step.COMPARE} <= set(steps)
    assert all(step_words(step, 1, 2) and step_words(step, 0, 0) for step in steps)
    assert desk.device.incarnation == 1
    assert not list(desk.vault.places.folder.glob(".drill*"))
    assert backup_card(desk, None).drilled_at == desk.now()
    assert deeds(station)[0] == "drilled"


def test_without_the_mirror_it_says_what_is_missing(desk: Desk) -> None:
    record(desk)
    back_up_now(desk)
    assert desk.mirror is not None
    desk.mirror.close()
    for mirror in desk.vault.places.backups.glob("mirror*"):
        mirror.unlink()
    mirror_then, desk.mirror = desk.mirror, None
    record(desk)
    desk.mirror = mirror_then
    found = drill(desk)
    assert found.missing == 1
    assert "1 条补不回来" in drilled_words(found)


def test_a_backup_whose_tables_lie_is_found(desk: Desk) -> None:
    record(desk)
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("UPDATE orders SET what = '改过'")
    back_up_now(desk)
    found = drill(desk)
    assert found.differences
    assert "对不上" in drilled_words(found)


def test_a_carried_one_that_is_damaged(station: Station, tmp_path: Path) -> None:
    stick, desk = tmp_path / "stick", station.sit(Role.ADMINISTRATOR)
    stick.mkdir()
    choose_backup_folder(desk, stick)
    back_up_now(desk)
    assert drill(desk).is_carried_good
    (carried,) = backups(stick)
    content = bytearray(carried.path.read_bytes())
    content[10_000] ^= 1
    carried.path.write_bytes(content)
    found = drill(desk)
    assert found.is_carried_good is False
    assert "换一个U盘" in drilled_words(found)


def test_it_can_be_stopped_and_leaves_nothing(desk: Desk) -> None:
    back_up_now(desk)

    def stop(step: Step, _done: int, _total: int) -> None:
        if step is Step.LOG:
            raise Stopped

    with pytest.raises(Stopped):
        drill(desk, None, stop)
    assert not list(desk.vault.places.folder.glob(".drill*"))


def test_without_a_backup_there_is_nothing_to_try(desk: Desk) -> None:
    with pytest.raises(NoBackupYet):
        drill(desk)
