from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, Table, create_engine, insert, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import StatementError
from sqlalchemy.schema import CreateTable

from app.storage import types
from app.storage.engine import create_database, writing
from app.storage.hours import hour_entries
from app.storage.types import TextTooLong, TextUnreadable, clean_text
from tests.support.databases import KEY

everything = Table(
    "everything",
    MetaData(),
    Column("id", types.Id, primary_key=True),
    Column("at", types.Instant),
    Column("day", types.Day),
    Column("flag", types.Flag),
    Column("words", types.Json),
    Column("big", types.Big),
    sqlite_strict=True,
)
ID = "0192f0c1a2b37c4d8e5f60718293a4b5"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    engine = create_database(tmp_path / "a.db", KEY)
    with writing(engine) as connection:
        everything.create(connection)
        yield connection
    engine.dispose()


def stored(connection: Connection, **row: Any) -> tuple[Any, Any]:
    """A value as it comes back, and as it lies in the file."""
    connection.execute(insert(everything), {"id": ID, **row})
    (name,) = row
    raw = connection.exec_driver_sql(f"SELECT {name} FROM everything").scalar()
    return connection.execute(select(everything.c[name])).scalar(), raw


def test_an_instant_comes_back_in_utc_from_whole_milliseconds(connection: Connection) -> None:
    at = datetime(2026, 4, 8, 9, 30, 0, 123_000, tzinfo=timezone(timedelta(hours=8)))
    value, raw = stored(connection, at=at)
    assert value == at
    assert value.tzinfo is UTC
    assert raw == 1_775_611_800_123


def test_an_instant_before_1970_is_kept_too(connection: Connection) -> None:
    at = datetime(1931, 5, 1, 12, tzinfo=UTC)
    assert stored(connection, at=at)[0] == at


def test_a_naive_instant_is_refused(connection: Connection) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        stored(connection, at=datetime(2026, 4, 8))  # noqa: DTZ001


def test_a_day_is_iso_text(connection: Connection) -> None:
    assert stored(connection, day=date(2026, 4, 8)) == (date(2026, 4, 8), "2026-04-08")


def test_an_instant_is_no_day(connection: Connection) -> None:
    with pytest.raises(StatementError, match="an instant where a day belongs"):
        stored(connection, day=datetime(2026, 4, 8, tzinfo=UTC))


@pytest.mark.parametrize(("flag", "number"), [(True, 1), (False, 0)])
def test_a_flag_is_a_number_in_the_file(connection: Connection, flag: bool, number: int) -> None:
    value, raw = stored(connection, flag=flag)
    assert value is flag
    assert raw == number


def test_flags_can_be_asked_for(connection: Connection) -> None:
    connection.execute(insert(everything), {"id": ID, "flag": False})
    assert connection.execute(select(everything.c.id).where(everything.c.flag.is_(False))).scalar() == ID
    assert connection.execute(select(everything.c.id).where(everything.c.flag)).scalar() is None


def test_equal_small_things_are_equal_text(connection: Connection) -> None:
    value, raw = stored(connection, words={"乙": [1, 2], "甲": None})
    assert value == {"甲": None, "乙": [1, 2]}
    assert raw == '{"乙":[1,2],"甲":null}'


def test_nothing_stays_nothing(connection: Connection) -> None:
    connection.execute(insert(everything), {"id": ID})
    assert connection.execute(select(everything)).one() == (ID, None, None, None, None, None)


@pytest.mark.parametrize("wrong", ["", "7", ID.upper(), f"{ID}0", f"{ID[:8]}-{ID[8:]}"])
def test_only_ids_are_ids(connection: Connection, wrong: str) -> None:
    with pytest.raises(StatementError, match="not an id"):
        connection.execute(insert(everything), {"id": wrong})


def test_what_is_mistaken_for_an_id_stays_out_of_exceptions() -> None:
    engine = create_engine("sqlite://", hide_parameters=True)
    with engine.connect() as connection, pytest.raises(StatementError) as bug:
        connection.execute(select(everything).where(everything.c.id == "王秀英"))
    engine.dispose()
    assert "王秀英" not in str(bug.value)


def test_big_numbers_are_64_bits_elsewhere_too() -> None:
    statement = CreateTable(everything)
    assert "big INTEGER" in str(statement.compile(dialect=create_engine("sqlite://").dialect))
    assert "big BIGINT" in str(statement.compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]


def test_a_table_says_who_owns_its_rows() -> None:
    with pytest.raises(AssertionError, match="who owns its rows"):
        types.table("owned_by_nobody", Column("id", types.Id, primary_key=True))


def test_a_table_of_a_noun_names_its_object() -> None:
    with pytest.raises(AssertionError, match="which order owns a row"):
        types.table("order_things", Column("thing", Integer, primary_key=True), noun="order")
    types.metadata.remove(types.metadata.tables["order_things"])


def test_a_ledger_is_keyed_by_fact_and_line() -> None:
    with pytest.raises(AssertionError, match="keyed"):
        types.table("some_ledger", Column("fact", types.Id, primary_key=True), ledger=True)
    types.metadata.remove(types.metadata.tables["some_ledger"])


def test_a_table_of_sums_is_made_of_columns_of_its_ledger() -> None:
    with pytest.raises(AssertionError, match="what of hour_entries is summed"):
        types.table("some_sums", Column("person", types.Id, primary_key=True), sums=hour_entries)
    types.metadata.remove(types.metadata.tables["some_sums"])


@pytest.mark.parametrize("text", ["理发", "  理发 \n", "理\n发\t", "𬱖𠅤", "👵🏻", ""])
def test_text_is_kept_as_written_but_for_the_white_space_around_it(text: str) -> None:
    assert clean_text(text, longest_characters=3, field="what") == text.strip()


@pytest.mark.parametrize("text", ["理\0发", "理\x1b[31m发", "理\x7f发", "理\x85发", "理\ud800发"])
def test_what_is_not_text_is_refused_beside_its_field(text: str) -> None:
    with pytest.raises(TextUnreadable) as refused:
        clean_text(text, longest_characters=10, field="what")
    assert refused.value.field == "what"


def test_too_long_a_text_is_refused_with_what_fits() -> None:
    with pytest.raises(TextTooLong) as refused:
        clean_text("𠅤" * 4, longest_characters=3, field="what")
    assert (refused.value.longest_characters, refused.value.field) == (3, "what")
