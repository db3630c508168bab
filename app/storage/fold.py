"""Folding facts into tables (折叠): the one way in which rows come to be.

``@folds(OrderDispatched)`` registers the function that writes one kind of fact down. A fold holds no rule, no policy
and no clock, and it reads nothing: the rows of an object are a function of *its* facts in their order. Ledger lines
are keyed (fact, line), and a balance is their sum, whatever order they came in. Sums that are asked for again and again
are kept beside the ledger (``types.table(sums=…)``); what is no plain sum is found anew from the lines of whoever had
one more or less (``@follows``).

Nouns keep tables, folds and queries together in ``app/storage/<noun>.py`` and are found by themselves.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, Connection, Select, Table, delete, insert

import app.storage
from app.facts import Fact, Id, Private
from app.storage.rows import Imagined, Rows
from app.storage.types import metadata

F = TypeVar("F", bound=Fact)
P = TypeVar("P", bound=Private)

Follower = tuple[Column[Any], Callable[[Collection[Any]], Select[Any]]]
"""Whose rows they are, and the query for them, all columns in order."""

VALUES_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Recorded(Generic[F]):
    """A fact as it stands in the log: what happened, when (aware UTC), by whom, on which device."""

    id: Id
    body: F
    at: datetime
    by: Id
    device: Id
    position: int | None
    parts: dict[Id, Private | None]

    def part(self, person: Id, kind: type[P]) -> P | None:
        """The private part about ``person``; None when there is none here or it was erased."""
        part = self.parts.get(person)
        return part if isinstance(part, kind) else None


_folds: dict[type[Fact], Callable[[Rows, Any], None]] = {}
_forgetters: list[Callable[[Connection, Collection[Id]], None]] = []
_indexers: dict[str, Callable[[Connection, Iterable[Id]], None]] = {}
_follows: dict[Table, Follower] = {}


def folds(
    kind: type[F],
) -> Callable[[Callable[[Rows, Recorded[F]], None]], Callable[[Rows, Recorded[F]], None]]:
    """Register the function that writes facts of ``kind`` down."""

    def register(fold: Callable[[Rows, Recorded[F]], None]) -> Callable[[Rows, Recorded[F]], None]:
        assert kind not in _folds, f"two folds for {kind.kind}"
        _folds[kind] = fold
        return fold

    return register


def indexes(noun: str) -> Callable[[Callable[[Connection, Iterable[Id]], None]], Callable[..., None]]:
    """Register the function that renews the search entries of objects of ``noun`` from their rows."""

    def register(index: Callable[[Connection, Iterable[Id]], None]) -> Callable[..., None]:
        assert noun not in _indexers, f"two search indexers for {noun}"
        _indexers[noun] = index
        return index

    return register


def follows(
    column: Column[Any],
) -> Callable[[Callable[[Collection[Any]], Select[Any]]], Callable[[Collection[Any]], Select[Any]]]:
    """Register the query for the rows, all columns in order, of a table that follows a ledger, for some of the values
    of ``column`` in it.
    """

    def register(
        rows_for: Callable[[Collection[Any]], Select[Any]],
    ) -> Callable[[Collection[Any]], Select[Any]]:
        assert column.table not in _follows, f"two ways to follow for {column.table.name}"
        _follows[column.table] = (column, rows_for)
        return rows_for

    return register


def forgets(
    forget: Callable[[Connection, Collection[Id]], None],
) -> Callable[[Connection, Collection[Id]], None]:
    """Register a function that forgets what this PC keeps about people beside the facts, before they are erased."""
    _forgetters.append(forget)
    return forget


class Folder:
    """Folds facts through one connection, many at a time. ``settle`` sends the rest; ``finish`` does, too, and renews
    what follows ledgers, and search: once for everything.
    """

    def __init__(self, connection: Connection, *, search: bool = True) -> None:
        load()
        self._connection = connection
        self._rows = Rows(connection)
        self._search = search
        self._touched: dict[str, set[Id]] = {}

    def fold(self, recorded: Recorded[Any]) -> None:
        body = recorded.body
        _folds[type(body)](self._rows, recorded)
        if self._search:
            noun, _, object_id = body.object.partition(":")
            self._touched.setdefault(noun, set()).add(object_id)
        self._rows.flush_when_large()

    def forget(self, objects: Mapping[str, Collection[Id]]) -> None:
        """Remove the rows of these objects, and the ledger lines of these facts of theirs, before folding again."""
        for name in objects:
            noun, _, object_id = name.partition(":")
            self._touched.setdefault(noun, set()).add(object_id)
            for table in owned_by(noun):
                self._rows.remove(table, **{owner_column(table): object_id})
        for ledger in ledgers():
            for facts in objects.values():
                for fact in facts:
                    self._rows.remove(ledger, fact=fact)
        self._rows.flush()

    def settle(self) -> None:
        self._rows.flush()

    def finish(self) -> None:
        self.settle()
        self._follow()
        if not self._search:
            return
        for noun, ids in self._touched.items():
            if noun in _indexers:
                _indexers[noun](self._connection, ids)
        self._touched.clear()

    def _follow(self) -> None:
        for table, outdated in self._rows.outdated.items():
            column, rows_for = _follows[table]
            values = sorted(outdated)
            for start in range(0, len(values), VALUES_AT_ONCE):
                some = values[start : start + VALUES_AT_ONCE]
                self._connection.execute(delete(table).where(column.in_(some)))
                self._connection.execute(insert(table).from_select(table.c.keys(), rows_for(some)))
        self._rows.outdated.clear()


def row_after(facts: Iterable[Recorded[Any]], table: Table, *key: Any) -> dict[str, Any]:
    """The row that stood under this key after these facts of an object, for whoever puts it back there."""
    load()
    rows = Imagined()
    for one in facts:
        _folds[type(one.body)](rows, one)
    row = rows.row(table, *key)
    assert row is not None, "what is put back was there before"
    return row


@cache
def load() -> None:
    """Import every noun's tables and folds."""
    for module in pkgutil.iter_modules(app.storage.__path__, "app.storage."):
        if not module.ispkg:
            importlib.import_module(module.name)


@cache
def owned_by(noun: str) -> tuple[Table, ...]:
    """The tables whose rows belong to objects of ``noun``."""
    load()
    return tuple(table for table in metadata.sorted_tables if table.info.get("noun") == noun)


@cache
def ledgers() -> tuple[Table, ...]:
    load()
    return tuple(table for table in metadata.sorted_tables if table.info.get("ledger"))


@cache
def folded_tables() -> tuple[Table, ...]:
    """Every table that is folded from facts, for the self-check."""
    load()
    return tuple(table for table in metadata.sorted_tables if not table.info["local"])


def owner_column(table: Table) -> str:
    """The column with the owning object's id: ``<noun>_id``, or ``id`` in the noun's main table."""
    name = f"{table.info['noun']}_id"
    return name if name in table.c else "id"


def forgetters() -> tuple[Callable[[Connection, Collection[Id]], None], ...]:
    load()
    return tuple(_forgetters)


def foldable() -> frozenset[type[Fact]]:
    """The kinds that have a fold, for the test that none is missing."""
    load()
    return frozenset(_folds)


def indexed() -> frozenset[str]:
    """The nouns that have search entries, for the test that each can be found."""
    load()
    return frozenset(_indexers)
