"""Gathering the writes of folds: the same rows come out whether something was sent in between or not."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, create_engine, func, select
from sqlalchemy.exc import IntegrityError

from app.storage.rows import FLUSH_AT_ROWS, Rows

METADATA = MetaData()
members = Table(
    "members",
    METADATA,
    Column("team_id", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("role", Text),
    Column("times", Integer),
)
visits = Table(
    "visits",
    METADATA,
    Column("fact", Text, primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("person", Text),
    Column("minutes", Integer),
    info={"ledger": True},
)
minutes = Table(
    "minutes",
    METADATA,
    Column("person", Text, primary_key=True),
    Column("lines", Integer),
    Column("minutes", Integer),
)
busiest = Table("busiest", METADATA, Column("person", Text, primary_key=True))
visits.info.update(sums=[minutes], followers=[(busiest, "person")])


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite+pysqlite://", module=sqlcipher)
    with engine.begin() as connection:
        METADATA.create_all(connection)
        yield connection
    engine.dispose()


def told(connection: Connection) -> list[tuple[object, ...]]:
    return sorted(map(tuple, connection.execute(select(members))), key=repr)


Step = Callable[[Rows], None]
STEPS: dict[str, Step] = {
    "add": lambda rows: rows.add(members, team_id="t", person="a", role="new"),
    "add counted": lambda rows: rows.add(members, team_id="t", person="a", times=5),
    "change": lambda rows: rows.change(members, "t", "a", role="leader"),
    "change to none": lambda rows: rows.change(members, "t", "a", times=None),
    "increase": lambda rows: rows.increase(members, "t", "a", times=2),
    "remove by key": lambda rows: rows.remove(members, team_id="t", person="a"),
    "remove team": lambda rows: rows.remove(members, team_id="t"),
    "other": lambda rows: rows.add(members, team_id="u", person="a", times=1),
}


@pytest.mark.parametrize("names", list(itertools.permutations(STEPS, 3)), ids="-".join)
def test_sending_in_between_makes_no_difference(names: tuple[str, ...], connection: Connection) -> None:
    together, one_by_one = Rows(connection), Rows(connection)
    for name in names:
        STEPS[name](together)
    together.flush()
    expected = told(connection)
    connection.execute(members.delete())
    for name in names:
        STEPS[name](one_by_one)
        one_by_one.flush()
    assert told(connection) == expected


def test_a_row_added_again_forgets_what_it_was(connection: Connection) -> None:
    rows = Rows(connection)
    rows.add(members, team_id="t", person="a", role="leader", times=3)
    rows.flush()
    rows.change(members, "t", "a", role="gone")
    rows.add(members, team_id="t", person="a")
    rows.flush()
    assert told(connection) == [("t", "a", None, None)]


def test_what_is_not_there_counts_as_nothing(connection: Connection) -> None:
    rows = Rows(connection)
    rows.add(members, team_id="t", person="a")
    rows.increase(members, "t", "a", times=2)
    rows.increase(members, "t", "b", times=2)
    rows.flush()
    rows.change(members, "t", "a", times=None)
    rows.increase(members, "t", "a", times=4)
    rows.flush()
    assert told(connection) == [("t", "a", None, 4)]


def test_a_change_names_the_whole_key(connection: Connection) -> None:
    with pytest.raises(AssertionError, match="keyed by"):
        Rows(connection).change(members, "t", role="leader")


def test_many_rows_are_sent_without_being_asked(connection: Connection) -> None:
    rows = Rows(connection)
    for number in range(FLUSH_AT_ROWS):
        rows.add(members, team_id="t", person=str(number))
        rows.flush_when_large()
    assert len(told(connection)) == FLUSH_AT_ROWS


def two_visits(rows: Rows) -> None:
    rows.line(visits, "g", 0, person="a", minutes=20)
    rows.line(visits, "g", 1, person="a", minutes=20)


VISITS: dict[str, Step] = {
    "visit": lambda rows: rows.line(visits, "f", 0, person="a", minutes=30),
    "twice in one": two_visits,
    "elsewhere": lambda rows: rows.line(visits, "h", 0, person="b", minutes=7),
    "taken back": lambda rows: rows.line(visits, "i", 0, person="a", minutes=-30),
    "forgotten": lambda rows: rows.remove(visits, fact="f"),
    "forgotten too": lambda rows: rows.remove(visits, fact="h"),
}


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("names", list(itertools.permutations(VISITS, 3)), ids="-".join)
def test_sums_are_those_of_the_lines_that_are_there(
    names: tuple[str, ...], at_once: bool, connection: Connection
) -> None:
    rows = Rows(connection)
    for name in names:
        VISITS[name](rows)
        if not at_once:
            rows.flush()
    rows.flush()
    there = connection.execute(
        select(visits.c.person, func.count(), func.sum(visits.c.minutes)).group_by(visits.c.person)
    )
    kept = connection.execute(select(minutes).order_by(minutes.c.person))
    assert list(map(tuple, kept)) == sorted(map(tuple, there))


def test_it_is_told_for_whom_a_line_came_or_went(connection: Connection) -> None:
    rows = Rows(connection)
    VISITS["visit"](rows)
    VISITS["elsewhere"](rows)
    rows.flush()
    assert rows.outdated == {busiest: {"a", "b"}}
    rows.outdated.clear()
    VISITS["forgotten"](rows)
    rows.flush()
    assert rows.outdated == {busiest: {"a"}}


def test_a_line_is_written_once(connection: Connection) -> None:
    rows = Rows(connection)
    for _time in range(2):
        VISITS["visit"](rows)
        with contextlib.suppress(IntegrityError):
            rows.flush()
    assert connection.execute(select(minutes)).one() == ("a", 1, 30)
