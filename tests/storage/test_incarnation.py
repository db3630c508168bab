"""A database that was set back is found out, gets its facts back and goes on under a new register."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from app.actions.desk import Desk, do
from app.domain.numbers import FIRST_DRAWN, REGISTERS, register, register_index
from app.facts.stations import IncarnationBegun
from app.storage import device as device_storage
from app.storage import incarnation, selfcheck
from app.storage.device import Device, next_number
from app.storage.disk import DiskFull, Places
from app.storage.engine import open_engine, reading, writing
from app.storage.history import chain_head, history
from app.storage.ids import new_id
from app.storage.incarnation import Mirror
from app.storage.mirror_file import Mirror as MirrorFile
from app.storage.orders import orders
from tests.support.databases import KEY
from tests.support.facts import submitted
from tests.support.faults import no_room_left


@pytest.fixture
def places(desk: Desk) -> Places:
    return desk.vault.places


@pytest.fixture
def record(desk: Desk) -> Callable[..., str]:
    """Record an order at the desk, with somebody's words beside it."""

    def one(what: str = "买米") -> str:
        order = new_id()
        draft = submitted(order, what=what)
        do(desk, lambda work: work.record(draft.body, parts=draft.parts))
        return order

    return one


class Copy:
    """The database of an earlier moment, which somebody puts back."""

    def __init__(self, places: Places, aside: Path) -> None:
        self._places, self._aside = places, aside
        for file in places.folder.glob("station.db*"):
            shutil.copy(file, aside / file.name)

    def put_back(self) -> None:
        for file in self._places.folder.glob("station.db*"):
            file.unlink()
        for file in self._aside.glob("station.db*"):
            shutil.copy(file, self._places.folder / file.name)


@pytest.fixture
def put_back(desk: Desk, tmp_path: Path, places: Places) -> Callable[[], None]:
    """Set the database back to how it was when this fixture was asked for."""
    aside = tmp_path / "aside"
    aside.mkdir()
    desk.engine.dispose()
    copy = Copy(places, aside)

    def back() -> None:
        desk.engine.dispose()
        copy.put_back()
        desk.engine = open_engine(places.database, KEY)

    return back


def told_of(desk: Desk, order: str) -> str | None:
    with reading(desk.engine) as connection:
        what: str | None = connection.execute(select(orders.c.what).where(orders.c.id == order)).scalar()
        return what


def look(desk: Desk) -> Device:
    """What the sign-in does with the mirror."""
    if desk.mirror is not None:
        desk.mirror.close()
    file = MirrorFile(desk.vault.places.backups, KEY)
    head = incarnation.mirrored_head(file)
    with writing(desk.engine) as connection:
        device = device_storage.this_device(connection)
        assert device is not None
        if head is not None and not incarnation.knows(connection, device, head):
            device, _taken_back = incarnation.begin(
                connection, device, file.read(), at=desk.now(), by=new_id()
            )
    desk.mirror = Mirror(file)
    with reading(desk.engine) as connection:
        missed = incarnation.missed(connection, device, head)
    if missed is not None:
        desk.mirror.append(*missed)
    desk.device = device
    return device


def no_difference(connection: Connection) -> bool:
    return selfcheck.check(connection).first is None


def test_a_database_that_is_as_new_as_its_mirror_goes_on(desk: Desk, record: Callable[..., str]) -> None:
    record()
    assert look(desk).incarnation == 1
    record()
    assert look(desk).incarnation == 1


def test_facts_come_back_with_names_under_a_new_register(
    desk: Desk, record: Callable[..., str], put_back: Callable[[], None]
) -> None:
    orders_then = [record("买米"), record("送饭")]
    put_back()
    assert [told_of(desk, order) for order in orders_then] == [None, None]
    device = look(desk)
    assert device.incarnation == 2
    assert register_index(device.register) >= FIRST_DRAWN
    assert [told_of(desk, order) for order in orders_then] == ["买米", "送饭"]
    with reading(desk.engine) as connection:
        told = history(connection, f"station:{device.station}")
        assert isinstance(told[-1].body, IncarnationBegun)
        assert told[-1].body.replayed == 2
        assert device_storage.this_device(connection) == device
        assert no_difference(connection)


def test_it_goes_on_recording_and_is_not_set_back_again(
    desk: Desk, record: Callable[..., str], put_back: Callable[[], None]
) -> None:
    record()
    put_back()
    look(desk)
    order = record("修灯")
    assert look(desk).incarnation == 2
    assert told_of(desk, order) == "修灯"


def test_set_back_twice_to_the_same_copy(
    desk: Desk, record: Callable[..., str], put_back: Callable[[], None]
) -> None:
    every = [record("一")]
    put_back()
    look(desk)
    every.append(record("二"))
    put_back()
    device = look(desk)
    assert device.incarnation == 3
    assert register_index(device.register) >= FIRST_DRAWN
    every.append(record("三"))
    assert [told_of(desk, order) for order in every] == ["一", "二", "三"]
    with reading(desk.engine) as connection:
        assert no_difference(connection)


def test_no_register_is_drawn_twice() -> None:
    every = {register(index) for index in range(FIRST_DRAWN, REGISTERS)}
    for left in ("C7", "Z9"):
        assert incarnation.drawn_register(every - {left}) == left


def test_one_that_only_the_mirror_remembers_was_used_too(
    desk: Desk, record: Callable[..., str], put_back: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy knows nothing of the life between."""
    offered: list[list[str]] = []

    def first(registers: list[str]) -> str:
        offered.append(registers)
        return registers[0]

    monkeypatch.setattr("secrets.choice", first)
    record()
    drawn = []
    for _life in range(3):
        put_back()
        drawn.append(look(desk).register)
        record()
    assert len(set(drawn)) == 3
    assert not set(drawn[:2]) & set(offered[-1])


def test_counters_begin_anew_with_the_register(
    desk: Desk, record: Callable[..., str], put_back: Callable[[], None]
) -> None:
    do(desk, lambda work: [work.next_number("certificate") for _ in range(5)])
    record()
    put_back()
    look(desk)
    with writing(desk.engine) as connection:
        assert next_number(connection, "certificate") == 1


def test_a_number_that_was_given_out_again_loses_neither_fact(
    desk: Desk, record: Callable[..., str], put_back: Callable[[], None]
) -> None:
    """The copy went on without its mirror (its disk was not plugged in), so two facts have one number, and what was
    lost after them continues another chain.
    """
    lost = [record(what) for what in ("先前的", "再前的", "最前的")]
    put_back()
    mirror, desk.mirror = desk.mirror, None
    kept = record("后来的")
    desk.mirror = mirror
    device = look(desk)
    assert device.incarnation == 2
    assert [told_of(desk, order) for order in (*lost, kept)] == ["先前的", "再前的", "最前的", "后来的"]
    with reading(desk.engine) as connection:
        told = history(connection, f"station:{desk.device.station}")[-1].body
        assert (told.replayed, told.lost, told.doubt_from) == (3, 0, None)
        assert no_difference(connection)


@pytest.mark.parametrize("copied", ["before the number was given out again", "after all was put right"])
def test_what_was_recorded_anew_is_not_recorded_once_more(
    desk: Desk, record: Callable[..., str], put_back: Callable[[], None], tmp_path: Path, copied: str
) -> None:
    """The mirror still has it twice when the database is set back another time."""
    every = [record("先前的"), record("再前的")]
    put_back()
    mirror, desk.mirror = desk.mirror, None
    every.append(record("后来的"))
    desk.mirror = mirror
    look(desk)
    if copied.startswith("after"):
        desk.engine.dispose()
        again = tmp_path / "again"
        again.mkdir()
        copy = Copy(desk.vault.places, again)
    every.append(record("最后的"))
    desk.engine.dispose()
    if copied.startswith("after"):
        copy.put_back()
    else:
        put_back()
    desk.engine = open_engine(desk.vault.places.database, KEY)
    assert look(desk).incarnation == 3
    with reading(desk.engine) as connection:
        for order, what in zip(every, ("先前的", "再前的", "后来的", "最后的"), strict=True):
            assert (told_of(desk, order), len(history(connection, f"order:{order}"))) == (what, 1)
        told = history(connection, f"station:{desk.device.station}")
        assert told[-1].body.replayed == (1 if copied.startswith("after") else 5)
        assert no_difference(connection)


def test_what_was_lost_and_is_found_in_another_mirror_excuses_no_damage(
    desk: Desk, record: Callable[..., str], put_back: Callable[[], None], places: Places
) -> None:
    for what in ("先前的", "后来的"):
        record(what)
    assert desk.mirror is not None
    desk.mirror.close()
    mirrored = MirrorFile(places.backups, KEY).read()
    put_back()
    lost = []
    for found in (mirrored[-1:], mirrored):
        with writing(desk.engine) as connection:
            device = device_storage.this_device(connection)
            assert device is not None
            incarnation.begin(connection, device, found, at=desk.now(), by=new_id())
            lost.append(history(connection, f"station:{device.station}")[-1].body.lost)
            assert no_difference(connection)
    assert lost == [1, 0]
    with writing(desk.engine) as connection:
        connection.exec_driver_sql("DELETE FROM log WHERE n = 2")
        assert not no_difference(connection)


def test_a_mirror_that_missed_something_catches_up(
    desk: Desk, record: Callable[..., str], put_back: Callable[[], None], places: Places
) -> None:
    look(desk)  # what it misses begins with an order
    mirror, desk.mirror = desk.mirror, None
    orders_then = [record("买米"), record("送饭")]
    desk.mirror = mirror
    look(desk)
    put_back()
    look(desk)
    assert [told_of(desk, order) for order in orders_then] == ["买米", "送饭"]


def test_a_new_mirror_begins_with_what_there_is(
    desk: Desk, record: Callable[..., str], places: Places
) -> None:
    record()
    shutil.rmtree(places.backups)
    look(desk)
    file = MirrorFile(places.backups, KEY)
    with reading(desk.engine) as connection:
        head = chain_head(connection, desk.device.chain)
    assert incarnation.mirrored_head(file) == incarnation.Head(*head)
    assert len(file.read()) == head[0]


def test_a_mirror_that_cannot_be_written_hinders_nobody_and_gets_all_later(tmp_path: Path) -> None:
    mirror = Mirror(MirrorFile(tmp_path, KEY))
    mirror.append((1, b"1"), [b"one"])
    with no_room_left((tmp_path / "mirror").stat().st_size):
        mirror.append((2, b"2"), [b"two"])
        assert isinstance(mirror.trouble, DiskFull)
    mirror.append((3, b"3"), [b"three"])
    assert mirror.trouble is None
    mirror.close()
    assert MirrorFile(tmp_path, KEY).read() == (b"one", b"two", b"three")
