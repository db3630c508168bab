"""The search index by itself: bands, ranks, and entries that come, move and go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, func, select

from app.facts import Id
from app.storage import fold, search, types
from app.storage.engine import create_database, writing
from app.storage.ids import new_id
from app.storage.search import Entry, Match


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    fold.load()
    engine: Engine = create_database(tmp_path / "search.db", bytes(32))
    with writing(engine) as opened:
        types.create_all(opened)
        yield opened
    engine.dispose()


def put(connection: Connection, noun: str, *entries: Entry, ids: Iterable[Id] = ()) -> None:
    def of(_connection: Connection, wanted: Sequence[Id]) -> list[Entry]:
        return [entry for entry in entries if entry.object in wanted]

    search.renew(connection, noun, [*ids, *(entry.object for entry in entries)], of)


def entry(title: str, **more: Any) -> Entry:
    return Entry(new_id(), title, {title}, **more)


def titles(connection: Connection, noun: str, typed: str, limit: int = 9, newest: bool = False) -> list[Id]:
    return [match.object for match in search.matches(connection, noun, typed, limit, newest_first=newest)]


def indexed(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(search.search_rows)).scalar_one()


def test_nouns_do_not_mix(connection: Connection) -> None:
    person, team = entry("王家"), entry("王家")
    put(connection, "person", person)
    put(connection, "team", team)
    assert titles(connection, "person", "王") == [person.object]
    assert titles(connection, "team", "王") == [team.object]
    assert titles(connection, "order", "王") == []


def test_an_entry_moves_with_its_rank_and_goes_with_its_object(connection: Connection) -> None:
    first, second = entry("王一"), entry("王二")
    put(connection, "person", first, second)
    later = Entry(first.object, "王一", {"王一"}, rank=search.LATER)
    put(connection, "person", later)
    assert titles(connection, "person", "王") == [second.object, first.object]
    put(connection, "person", ids=[second.object])
    assert titles(connection, "person", "王") == [first.object]
    assert indexed(connection) == 1


def test_an_entry_is_found_by_its_new_words_only(connection: Connection) -> None:
    one = entry("王一")
    put(connection, "person", one)
    put(connection, "person", Entry(one.object, "李一", {"李一"}))
    assert titles(connection, "person", "王") == []
    assert titles(connection, "person", "李") == [one.object]
    assert indexed(connection) == 1


def test_later_days_come_first_and_never_go_back(connection: Connection) -> None:
    one, two = entry("王一", latest=date(2026, 4, 1)), entry("王二", latest=date(2026, 4, 2))
    put(connection, "person", one, two, entry("王三"))
    assert titles(connection, "person", "王")[:2] == [two.object, one.object]
    search.happened(connection, {one.object: date(2026, 4, 7), two.object: date(2025, 1, 1)})
    assert search.matches(connection, "person", "王", 2) == [
        Match(one.object, date(2026, 4, 7)),
        Match(two.object, date(2026, 4, 2)),
    ]
    search.happened(connection, {})


def test_only_the_first_are_considered_best_rank_first(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = [entry("王", rank=search.LATER) for _each in range(3)]
    first = [entry("王一") for _each in range(2)]
    put(connection, "person", *later, *first)
    monkeypatch.setattr(search, "MOST_CONSIDERED", 2)
    assert titles(connection, "person", "王") == [one.object for one in first]
    assert titles(connection, "person", "王", newest=True) == [one.object for one in reversed(later)][:2]


def test_many_entries_are_renewed_in_portions(connection: Connection) -> None:
    many = [entry("王") for _each in range(search.CHUNK)] + [entry("李")]
    put(connection, "person", *many)
    put(connection, "person", *many)
    assert indexed(connection) == search.CHUNK + 1
    assert titles(connection, "person", "李") == [many[-1].object]
