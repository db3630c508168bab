"""The left of the status line: what it says of backups, the stick and the mirror."""

from __future__ import annotations

import shutil
from pathlib import Path

from app.actions.backups import back_up_now, back_up_when_quiet, choose_backup_folder
from app.actions.desk import Desk
from app.actions.selfcheck import check_everything
from app.domain.staff import Role
from app.storage.engine import writing
from tests.support.desk import STATION_NAME, Station
from tests.support.faults import no_room_left
from ui.surroundings import status


def said(desk: Desk) -> list[str]:
    return [f"{'▲' if item.is_trouble else ''}{item.text}" for item in status(desk).items]


def test_the_last_backup_by_its_time(desk: Desk, station: Station) -> None:
    assert status(desk).station == STATION_NAME
    assert said(desk) == ["还没有备份"]
    back_up_when_quiet(desk)
    assert said(desk) == ["上次备份 今天 09:00"]
    station.clock.forward(days=1)
    assert said(desk) == ["上次备份 昨天"]
    station.clock.forward(days=1)
    assert said(desk) == ["▲上次备份 前天"]


def test_a_stick_that_misses_them(station: Station, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    desk = station.sit(Role.ADMINISTRATOR)
    choose_backup_folder(desk, stick)
    station.clock.forward(days=3)
    back_up_when_quiet(desk, tell=lambda _step, _done, _total: None)
    assert said(desk) == ["上次备份 今天 09:00"]
    shutil.rmtree(stick)
    station.clock.forward(days=3)
    back_up_now(desk)
    assert said(desk) == ["上次备份 今天 09:00", "▲U盘上次备份 4月10日"]


def test_a_stick_that_never_had_one(station: Station, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    desk = station.sit(Role.ADMINISTRATOR)
    choose_backup_folder(desk, stick)
    shutil.rmtree(stick)
    station.clock.forward(days=3)
    back_up_now(desk)
    assert said(desk)[1] == "▲U盘还没有备份"


def test_a_mirror_that_cannot_be_written(desk: Desk) -> None:
    assert desk.mirror is not None
    desk.mirror.append((1, b"head"), [b"fact"])
    with no_room_left((desk.vault.places.backups / "mirror").stat().st_size):
        desk.mirror.append((2, b"head"), [b"fact" * 100])
    assert said(desk)[-1] == "▲镜像写不进去"


def test_a_clock_that_fell_behind_is_said_until_it_is_set(desk: Desk, station: Station) -> None:
    station.clock.forward(days=-9000)
    assert "▲电脑的日期是 2001年8月16日，比已有的记录早，请核对" in said(desk)
    station.clock.forward(days=9000)
    assert not any("核对" in one for one in said(desk))


def test_a_clock_that_jumped_ahead_is_said_before_an_action_refuses(desk: Desk, station: Station) -> None:
    station.clock.forward(days=60)
    assert "▲电脑的日期是 2026年6月6日，比已有的记录晚得多，请核对" in said(desk)
    station.clock.forward(days=-60)
    assert not any("核对" in one for one in said(desk))


def test_a_damaged_log_is_said_all_the_time(desk: Desk) -> None:
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("UPDATE log SET hash = x'00' WHERE n = 1")
    check_everything(desk)
    assert "▲有记录损坏，请到设置里自检" in said(desk)
