from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from app.domain.problems import Refusal
from app.storage import engine as engine_module
from app.storage.disk import (
    CloudFolder,
    CommitUncertain,
    DamagedDatabase,
    DatabaseBusy,
    DiskFailing,
    DiskFull,
    PlaceMissing,
    ReadOnlyPlace,
    WrongKey,
)
from app.storage.engine import create_database, open_engine, reading, writing
from tests.support.databases import KEY
from tests.support.faults import no_room_left, unwritable_folder

PAGE_BYTES = 4096


class NotToday(Refusal):
    """Any refusal."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "station.db"


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    engine = create_database(path, KEY)
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT")
        connection.exec_driver_sql(
            "CREATE TABLE visit (person INTEGER NOT NULL REFERENCES person DEFERRABLE INITIALLY DEFERRED) STRICT"
        )
    yield engine
    engine.dispose()


@pytest.fixture
def closed(engine: Engine, path: Path) -> Path:
    """A closed database of some dozen pages."""
    with writing(engine) as connection:
        for number in range(200):
            connection.exec_driver_sql("INSERT INTO person VALUES (?, ?)", (number, "王秀英" * 100))
    engine.dispose()
    return path


def add(engine: Engine, name: str) -> None:
    with writing(engine) as connection:
        connection.exec_driver_sql("INSERT INTO person (name) VALUES (?)", (name,))


def names(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.exec_driver_sql("SELECT name FROM person ORDER BY id").scalars())


def damage(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


# -------------------------------------------------------------------------------------------------- what it
# is like


def test_every_connection_is_durable_guarded_and_keeps_nothing_plain(engine: Engine) -> None:
    with reading(engine) as first, reading(engine) as second:
        for connection in (first, second):
            for pragma, value in {
                "journal_mode": "wal",
                "synchronous": 2,
                "foreign_keys": 1,
                "temp_store": 2,
                "busy_timeout": 10_000,
                "cipher_memory_security": "0",
            }.items():
                assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_the_file_and_its_log_are_encrypted(engine: Engine, path: Path) -> None:
    add(engine, "王秀英")
    for file in path.parent.iterdir():
        content = file.read_bytes()
        assert "王秀英".encode() not in content
        assert b"SQLite format 3" not in content
        assert b"person" not in content


def test_the_key_appears_nowhere(
    engine: Engine, closed: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    wrong = b"w" * 32
    with caplog.at_level(logging.DEBUG):
        with pytest.raises(WrongKey) as raised:
            open_engine(closed, wrong)
        add(engine, "王秀英")
    said = [str(engine.url), repr(engine), caplog.text, *capfd.readouterr()]
    error: BaseException | None = raised.value
    while error is not None:
        said.append(repr(error) + str(error))
        error = error.__cause__ or error.__context__
    for text in said:
        for key in (KEY, wrong):
            assert key.hex() not in text
            assert repr(key)[2:-1] not in text


def test_what_is_written_stays_out_of_exceptions(engine: Engine) -> None:
    with pytest.raises(OperationalError) as raised, writing(engine) as connection:
        connection.exec_driver_sql("INSERT INTO nowhere VALUES (?)", ("王秀英",))
    assert "王秀英" not in str(raised.value)


# ----------------------------------------------------------------------------------------------------
# transactions


def test_a_refusal_takes_everything_back(engine: Engine) -> None:
    def act() -> None:
        with writing(engine) as connection:
            connection.exec_driver_sql("INSERT INTO person (name) VALUES ('王秀英')")
            connection.exec_driver_sql("CREATE TABLE half_way (id INTEGER)")
            raise NotToday

    with pytest.raises(NotToday):
        act()
    assert names(engine) == []
    with reading(engine) as connection:
        tables = (
            connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table'").scalars().all()
        )
    assert tables == ["person", "visit"]


def test_a_reader_sees_one_state_throughout(engine: Engine) -> None:
    add(engine, "王秀英")
    with reading(engine) as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM person").scalar()
        add(engine, "李建国")
        assert connection.exec_driver_sql("SELECT count(*) FROM person").scalar() == before
    assert names(engine) == ["王秀英", "李建国"]


def test_writers_wait_their_turn(engine: Engine) -> None:
    began = threading.Event()

    def other() -> None:
        began.wait()
        add(engine, "second")

    thread = threading.Thread(target=other)
    thread.start()
    with writing(engine) as connection:
        began.set()
        connection.exec_driver_sql("INSERT INTO person (name) VALUES ('first')")
        thread.join(timeout=0.05)
        assert thread.is_alive()
    thread.join()
    assert names(engine) == ["first", "second"]


def test_waiting_too_long_is_a_trouble(engine: Engine, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "BUSY_TIMEOUT_S", 0.01)
    impatient = open_engine(path, KEY)
    with writing(engine), pytest.raises(DatabaseBusy):
        add(impatient, "王秀英")
    add(impatient, "王秀英")
    impatient.dispose()


def test_a_broken_promise_at_the_commit_is_our_bug(engine: Engine) -> None:
    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.exec_driver_sql("INSERT INTO visit VALUES (7)")
    add(engine, "王秀英")
    assert names(engine) == ["王秀英"]


# ------------------------------------------------------------------------------------------------- the
# world's fault


def test_another_key_does_not_open_it(closed: Path) -> None:
    with pytest.raises(WrongKey):
        open_engine(closed, bytes(32))


def test_a_damaged_first_page_is_not_mistaken_for_a_wrong_key(closed: Path) -> None:
    damage(closed, at=100)
    with pytest.raises(DamagedDatabase):
        open_engine(closed, KEY)


def test_a_flipped_bit_is_found_when_it_is_read(closed: Path) -> None:
    damage(closed, at=20 * PAGE_BYTES + 7)
    engine = open_engine(closed, KEY)
    with pytest.raises(DamagedDatabase):
        names(engine)
    engine.dispose()


@pytest.mark.parametrize("rest", [0, 10, PAGE_BYTES - 1])
def test_a_file_that_was_cut_off_at_the_beginning_is_damaged_or_strange(closed: Path, rest: int) -> None:
    closed.write_bytes(closed.read_bytes()[:rest])
    with pytest.raises((DamagedDatabase, WrongKey)):
        open_engine(closed, KEY)


def test_a_file_that_was_cut_off_in_the_middle_is_damaged(closed: Path) -> None:
    closed.write_bytes(closed.read_bytes()[: 10 * PAGE_BYTES])
    with pytest.raises(DamagedDatabase):
        open_engine(closed, KEY)


def test_a_missing_database_is_never_made_anew(path: Path) -> None:
    with pytest.raises(PlaceMissing):
        open_engine(path, KEY)
    assert not path.exists()


def test_a_database_is_never_made_over_another(closed: Path) -> None:
    with pytest.raises(FileExistsError):
        create_database(closed, KEY)
    engine = open_engine(closed, KEY)
    assert len(names(engine)) == 200
    engine.dispose()


def test_a_database_in_a_cloud_folder_is_not_opened(closed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "坚果云"
    folder.mkdir()
    shutil.copy(closed, folder)
    with pytest.raises(CloudFolder):
        open_engine(folder / closed.name, KEY)


def test_a_database_in_a_read_only_folder_is_not_opened(closed: Path) -> None:
    content = {closed.name: closed.read_bytes()}
    with unwritable_folder(content) as folder, pytest.raises(ReadOnlyPlace):
        open_engine(folder / closed.name, KEY)


def test_no_room_at_the_commit_leaves_its_outcome_open_and_harms_nothing(engine: Engine, path: Path) -> None:
    add(engine, "王秀英")
    with (
        no_room_left(path.with_name("station.db-wal").stat().st_size),
        pytest.raises(CommitUncertain) as raised,
    ):
        add(engine, "李建国")
    assert isinstance(raised.value.because, DiskFull | DiskFailing)
    assert names(engine) == ["王秀英"]
    add(engine, "李建国")
    engine.dispose()
    again = open_engine(path, KEY)
    assert names(again) == ["王秀英", "李建国"]
    again.dispose()


def test_nothing_is_saved_into_a_file_that_was_deleted_meanwhile(engine: Engine, path: Path) -> None:
    add(engine, "王秀英")
    aside = path.with_name("aside.db")
    path.replace(aside)
    with pytest.raises(PlaceMissing):
        add(engine, "李建国")
    aside.replace(path)
    assert names(engine) == ["王秀英"]


def test_no_room_half_way_is_a_full_disk(engine: Engine) -> None:
    def act() -> None:
        with writing(engine) as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            connection.exec_driver_sql("INSERT INTO person (name) VALUES (?)", ("长" * 100_000,))

    add(engine, "王秀英")
    with pytest.raises(DiskFull):
        act()
    assert names(engine) == ["王秀英"]
