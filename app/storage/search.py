"""The search index (检索) of everything that is found by what a clerk types: one full-text table for all nouns.

The tokens are made in ``app.domain.tokens``. A row's number carries its noun and its rank, so that a search walks
only the noun it asks for, best rank first, and can stop after the first hits: ordering all of "王" would take longer
than a keystroke. Nouns renew their entries with ``renew``; what an entry of a noun is made of stands with the noun.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    Text,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    text,
)
from sqlalchemy import update as change

from app.domain import names, tokens
from app.facts import Id
from app.storage import types

FIRST, LATER = 0, 1
"""Ranks within a noun: what is usually meant, and what is meant more rarely."""

MOST_CONSIDERED = 1_000
CHUNK = 500

_RANK_BITS = 4
_COUNTER_BITS = 36
_NOUN_BITS = 20

types.extra_ddl(
    "search",
    sqlite="CREATE VIRTUAL TABLE search USING fts5(tokens, content='', contentless_delete=1, tokenize='ascii',"
    " prefix='1 2 3 4', detail=column)",
)

search_rows = types.table(
    "search_rows",
    Column("n", Integer, primary_key=True),
    Column("object", types.Id, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("latest", types.Day),
    local=True,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one object is found by. ``latest`` is the day something last happened with it; later days come first."""

    object: Id
    title: str
    tokens: Iterable[str]
    rank: int = FIRST
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """An object that was found."""

    object: Id
    latest: date | None


Entries = Callable[[Connection, Sequence[Id]], Iterable[Entry]]


def renew(connection: Connection, noun: str, ids: Iterable[Id], entries: Entries) -> None:
    """Make the entries of these objects what ``entries`` gives for them; objects it leaves out are not found."""
    for chunk in chunks(ids):
        _renew_chunk(connection, noun, chunk, list(entries(connection, chunk)))


def happened(connection: Connection, latest: dict[Id, date]) -> None:
    """Something happened with these objects on these days; their later days count."""
    if not latest:
        return
    connection.execute(
        change(search_rows)
        .where(
            search_rows.c.object == bindparam("_object"),
            or_(
                search_rows.c.latest.is_(None), search_rows.c.latest < bindparam("_latest", type_=types.Day())
            ),
        )
        .values(latest=bindparam("_latest", type_=types.Day())),
        [{"_object": one, "_latest": day} for one, day in latest.items()],
    )


def matches(
    connection: Connection, noun: str, typed: str, limit: int, *, newest_first: bool = False
) -> list[Match]:
    """The best matches of one noun: exactly this title, then by rank, then what happened latest; one statement."""
    expression = tokens.match(typed)
    if expression is None:
        return []
    lowest, highest = _band(noun)
    rows = connection.execute(
        _NEWEST_MATCHES if newest_first else _MATCHES,
        {
            "expression": expression,
            "lowest": lowest,
            "highest": highest,
            "considered": MOST_CONSIDERED,
            "title": names.compare_key(tokens.considered(typed)),
            "limit": limit,
        },
    )
    return [Match(row.object, row.latest) for row in rows]


def chunks(ids: Iterable[Id]) -> Iterator[list[Id]]:
    """The ids in portions that fit into one statement."""
    rest = iter(ids)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _matches(direction: str) -> str:
    return f"""
        SELECT r.object, r.latest
        FROM (
            SELECT rowid AS n FROM search
            WHERE search MATCH :expression AND rowid BETWEEN :lowest AND :highest
            ORDER BY rowid {direction} LIMIT :considered
        ) AS hit JOIN search_rows AS r ON r.n = hit.n
        ORDER BY r.title = :title DESC, r.n >> {_COUNTER_BITS}, r.latest DESC, r.n {direction}
        LIMIT :limit
    """


_MATCHES = text(_matches("ASC")).columns(object=types.Id, latest=types.Day)
_NEWEST_MATCHES = text(_matches("DESC")).columns(object=types.Id, latest=types.Day)


def _renew_chunk(connection: Connection, noun: str, ids: Sequence[Id], entries: Sequence[Entry]) -> None:
    here = {
        row.object: row.n
        for row in connection.execute(
            select(search_rows.c.object, search_rows.c.n).where(search_rows.c.object.in_(ids))
        )
    }
    kept = {
        one.object: here[one.object] for one in entries if _has_rank(here.get(one.object), noun, one.rank)
    }
    gone = [(n,) for one, n in here.items() if one not in kept]
    if gone:
        connection.exec_driver_sql("DELETE FROM search WHERE rowid = ?", gone)
        connection.execute(delete(search_rows).where(search_rows.c.n.in_([n for (n,) in gone])))
    if not entries:
        return
    numbers = kept | _new_numbers(connection, noun, [one for one in entries if one.object not in kept])
    connection.execute(
        insert(search_rows).prefix_with("OR REPLACE"),
        [
            {
                "n": numbers[one.object],
                "object": one.object,
                "title": names.compare_key(one.title),
                "latest": one.latest,
            }
            for one in entries
        ],
    )
    connection.exec_driver_sql(
        "INSERT OR REPLACE INTO search (rowid, tokens) VALUES (?, ?)",
        [(numbers[one.object], tokens.joined(one.tokens)) for one in entries],
    )


def _new_numbers(connection: Connection, noun: str, entries: Sequence[Entry]) -> dict[Id, int]:
    """The next free numbers in the ranks of these entries."""
    numbers: dict[Id, int] = {}
    for rank in {one.rank for one in entries}:
        lowest, highest = _band(noun, rank)
        newest = connection.execute(
            select(func.max(search_rows.c.n)).where(search_rows.c.n.between(lowest, highest))
        ).scalar()
        free = lowest if newest is None else newest + 1
        for n, one in enumerate((one for one in entries if one.rank == rank), start=free):
            numbers[one.object] = n
    return numbers


def _has_rank(n: int | None, noun: str, rank: int) -> bool:
    lowest, highest = _band(noun, rank)
    return n is not None and lowest <= n <= highest


def _band(noun: str, rank: int | None = None) -> tuple[int, int]:
    """The first and last row number of a noun, or of one rank of it."""
    assert rank is None or 0 <= rank < 1 << _RANK_BITS
    bits = _COUNTER_BITS if rank is not None else _COUNTER_BITS + _RANK_BITS
    place = zlib.crc32(noun.encode()) % (1 << _NOUN_BITS)
    if rank is not None:
        place = (place << _RANK_BITS) + rank
    return place << bits, ((place + 1) << bits) - 1
