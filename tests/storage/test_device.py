"""Who this database is, and its counters."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from app.actions.desk import Desk
from app.storage import device as storage
from app.storage.engine import reading, writing
from tests.support.databases import fresh_database
from tests.support.desk import OPENING


def test_a_station_has_a_device_from_its_first_moment(desk: Desk) -> None:
    with reading(desk.engine) as connection:
        assert storage.this_device(connection) == desk.device
    assert (desk.device.incarnation, desk.device.register) == (1, "A1")


def test_an_empty_database_is_nobody(tmp_path: Path) -> None:
    engine = fresh_database(tmp_path)
    with reading(engine) as connection:
        assert storage.this_device(connection) is None
    engine.dispose()


def test_there_is_one_device(desk: Desk) -> None:
    with pytest.raises(IntegrityError), writing(desk.engine) as connection:
        storage.become(connection, desk.device)


def test_the_private_key_is_in_no_repr(desk: Desk) -> None:
    assert desk.device.private_key.hex() not in repr(desk.device)
    assert repr(desk.device.private_key) not in repr(desk.device)
    assert desk.vault.key.hex() not in repr(desk.vault)
    assert repr(desk.vault.key) not in repr(desk.vault)


def test_the_newest_moment_only_rises(desk: Desk) -> None:
    with writing(desk.engine) as connection:
        storage.saw(connection, OPENING + timedelta(days=2))
        storage.saw(connection, OPENING + timedelta(days=1))
        device = storage.this_device(connection)
    assert device is not None and device.newest_at == OPENING + timedelta(days=2)


def test_counters_count_each_for_itself_and_without_gaps(desk: Desk) -> None:
    class Changed(Exception):
        pass

    with writing(desk.engine) as connection:
        assert [storage.next_number(connection, "a") for _ in range(3)] == [1, 2, 3]
        assert storage.next_number(connection, "b") == 1
    with pytest.raises(Changed), writing(desk.engine) as connection:
        storage.next_number(connection, "a")
        raise Changed
    with writing(desk.engine) as connection:
        assert storage.next_number(connection, "a") == 4
