"""What a fold may do to tables: add, change, increase and remove rows, and write ledger lines.

The writes are gathered and sent as few statements of many rows, so that folding a whole county and folding one fact
are the same code. A fold never reads: the rows of an object are a function of its facts alone.

With every line that comes to a ledger or goes, its tables of sums go up and down, so that nobody who asks for a balance
adds up a ledger of years.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Delete,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import sqlite

from app.facts import Id

Key = tuple[Any, ...]
FLUSH_AT_ROWS = 4_000


class Rows:
    """The rows being written through one connection. Nothing is sent before ``flush``.

    Gathered are, in the order in which they are sent: removals, whole rows, changes to rows that were sent before.
    ``outdated`` says of tables that follow a ledger for whom lines came or went; whoever renews them clears it.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.outdated: dict[Table, set[Any]] = {}
        self._removed: dict[tuple[Table, Key], list[dict[str, Any]]] = {}
        self._added: dict[Table, dict[Key, dict[str, Any]]] = {}
        self._changed: dict[Table, dict[Key, _Change]] = {}
        self._waiting_rows = 0

    def add(self, table: Table, **row: Any) -> None:
        """A new row of a table that an object owns. One with the same key gives way: a fold refuses nothing."""
        key = tuple([row[name] for name in _key_names(table)])
        if table in self._changed:
            self._changed[table].pop(key, None)
        self._added.setdefault(table, {})[key] = row
        self._waiting_rows += 1

    def line(self, ledger: Table, fact: Id, line: int, **row: Any) -> None:
        """A line of a ledger: keyed by the fact it comes from, never changed afterwards, and written once."""
        self.add(ledger, fact=fact, line=line, **row)

    def change(self, table: Table, *key: Any, **columns: Any) -> None:
        """Set ``columns`` of the row with this primary key; a row that is not there stays away."""
        row = self._gathered(table, key)
        if row is not None:
            row.update(columns)
            return
        self._change(table, key).set(columns)

    def increase(self, table: Table, *key: Any, **by: int) -> None:
        """Add to number columns of the row with this primary key; what is not there counts as 0."""
        row = self._gathered(table, key)
        if row is not None:
            for column, step in by.items():
                row[column] = (row.get(column) or 0) + step
            return
        self._change(table, key).increase(by)

    def remove(self, table: Table, **match: Any) -> None:
        """Remove the rows whose columns have these values, whether sent already or still gathered."""
        if match.keys() == set(_key_names(table)):
            key = tuple([match[name] for name in _key_names(table)])
            for gathered in (self._added.get(table), self._changed.get(table)):
                if gathered:
                    gathered.pop(key, None)
        elif table in self._added or table in self._changed:
            self.flush()
        self._removed.setdefault((table, tuple(match)), []).append(
            {f"_{name}": value for name, value in match.items()}
        )
        self._waiting_rows += 1

    def flush_when_large(self) -> None:
        if self._waiting_rows >= FLUSH_AT_ROWS:
            self.flush()

    def flush(self) -> None:
        """Send everything gathered so far."""
        removed, added, changed = self._removed, self._added, self._changed
        self._removed, self._added, self._changed, self._waiting_rows = {}, {}, {}, 0
        for (table, columns), matches in removed.items():
            self._take_from_sums(table, columns, matches)
            self._connection.execute(_delete(table, columns), matches)
        for table, rows in added.items():
            if rows:
                empty = dict.fromkeys(table.c.keys())
                self._connection.execute(_insert(table), [empty | row for row in rows.values()])
                self._add_to_sums(table, rows.values())
        for table, _columns in removed:
            for sums in _sums(table):
                self._connection.execute(delete(sums).where(sums.c.lines == 0))
        for table, changes in changed.items():
            self._send_changes(table, changes)

    def _add_to_sums(self, ledger: Table, lines: Collection[dict[str, Any]]) -> None:
        for sums in _sums(ledger):
            keys, added = _key_names(sums), _summed(sums)
            totals: dict[Key, list[int]] = {}
            for line in lines:
                total = totals.setdefault(tuple([line[name] for name in keys]), [0] * (len(added) + 1))
                total[0] += 1
                for place, name in enumerate(added, 1):
                    total[place] += line[name]
            names = (*keys, "lines", *added)
            steps = [dict(zip(names, (*key, *total), strict=True)) for key, total in totals.items()]
            self._connection.execute(_add_up(sums), steps)
        for follower, column in _followers(ledger):
            self.outdated.setdefault(follower, set()).update(line[column] for line in lines)

    def _take_from_sums(self, ledger: Table, columns: Key, matches: list[dict[str, Any]]) -> None:
        for sums in _sums(ledger):
            self._connection.execute(_take_out(sums, ledger, columns), matches)
        for follower, column in _followers(ledger):
            asked = _values(ledger, column, columns)
            outdated = self.outdated.setdefault(follower, set())
            for match in matches:
                outdated.update(self._connection.execute(asked, match).scalars())

    def _send_changes(self, table: Table, changes: dict[Key, _Change]) -> None:
        alike: dict[tuple[Key, Key], list[dict[str, Any]]] = {}
        for key, change in changes.items():
            shape = (tuple(change.values), tuple(change.steps))
            alike.setdefault(shape, []).append(change.parameters(key))
        for (values, steps), parameters in alike.items():
            self._connection.execute(_update(table, values, steps), parameters)

    def _gathered(self, table: Table, key: Key) -> dict[str, Any] | None:
        rows = self._added.get(table)
        return rows.get(key) if rows else None

    def _change(self, table: Table, key: Key) -> _Change:
        assert len(key) == len(_key_names(table)), f"{table.name} is keyed by {_key_names(table)}"
        self._waiting_rows += 1
        return self._changed.setdefault(table, {}).setdefault(key, _Change())


class Imagined(Rows):
    """Rows that are only thought of: what some facts of one object leave behind. Nothing is ever sent."""

    def __init__(self) -> None:
        super().__init__(connection=None)  # type: ignore[arg-type]

    def row(self, table: Table, *key: Any) -> dict[str, Any] | None:
        """The row with this primary key, with every column of its table."""
        row = self._gathered(table, key)
        return None if row is None else dict.fromkeys(table.c.keys()) | row

    def remove(self, table: Table, **match: Any) -> None:
        rows = self._added.get(table, {})
        for key, row in list(rows.items()):
            if all(row[name] == value for name, value in match.items()):
                del rows[key]

    def flush(self) -> None:
        """There is nowhere to send anything."""


class _Change:
    """What will be set and added in one row that is already in the database."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.steps: dict[str, int] = {}

    def set(self, columns: dict[str, Any]) -> None:
        for name, value in columns.items():
            self.steps.pop(name, None)
            self.values[name] = value

    def increase(self, by: dict[str, int]) -> None:
        for name, step in by.items():
            if name in self.values:
                self.values[name] = (self.values[name] or 0) + step
            else:
                self.steps[name] = self.steps.get(name, 0) + step

    def parameters(self, key: Key) -> dict[str, Any]:
        parameters = {f"_key{n}": value for n, value in enumerate(key)}
        parameters.update({f"_set_{name}": value for name, value in self.values.items()})
        parameters.update({f"_step_{name}": value for name, value in self.steps.items()})
        return parameters


@cache
def _key_names(table: Table) -> Key:
    return tuple(table.primary_key.columns.keys())


def _sums(ledger: Table) -> tuple[Table, ...]:
    return tuple(ledger.info.get("sums", ()))


def _followers(ledger: Table) -> tuple[tuple[Table, str], ...]:
    return tuple(ledger.info.get("followers", ()))


@cache
def _summed(sums: Table) -> Key:
    """What a table of sums adds up, besides counting."""
    return tuple(c.name for c in sums.c if not c.primary_key and c.name != "lines")


@cache
def _insert(table: Table) -> Insert:
    sent = insert(table).values({column.name: bindparam(column.name) for column in table.c})
    # A line that was there already would be in the sums already.
    return sent if table.info.get("ledger") else sent.prefix_with("OR REPLACE")


@cache
def _add_up(sums: Table) -> Insert:
    return _upon(sums, sqlite.insert(sums).values({column.name: bindparam(column.name) for column in sums.c}))


@cache
def _take_out(sums: Table, ledger: Table, columns: Key) -> Insert:
    keys, summed = _key_names(sums), _summed(sums)
    going = (
        select(*(ledger.c[n] for n in keys), -func.count(), *(-func.sum(ledger.c[n]) for n in summed))
        .where(*_matching(ledger, columns))
        .group_by(*(ledger.c[n] for n in keys))
    )
    return _upon(sums, sqlite.insert(sums).from_select([*keys, "lines", *summed], going))


def _upon(sums: Table, sent: sqlite.Insert) -> Insert:
    """What is sent is added to the row that is there."""
    steps = {name: sums.c[name] + sent.excluded[name] for name in ("lines", *_summed(sums))}
    return sent.on_conflict_do_update(index_elements=sums.primary_key.columns, set_=steps)


@cache
def _values(ledger: Table, column: str, columns: Key) -> Select[Any]:
    return select(ledger.c[column]).where(*_matching(ledger, columns)).distinct()


@cache
def _update(table: Table, values: Key, steps: Key) -> Update:
    keys = [column == bindparam(f"_key{n}", type_=column.type) for n, column in enumerate(table.primary_key)]
    columns: dict[Column[Any], Any] = {
        table.c[n]: bindparam(f"_set_{n}", type_=table.c[n].type) for n in values
    }
    columns |= {
        table.c[n]: func.coalesce(table.c[n], 0) + bindparam(f"_step_{n}", type_=table.c[n].type)
        for n in steps
    }
    return update(table).where(*keys).values(columns)


@cache
def _delete(table: Table, columns: Key) -> Delete:
    return delete(table).where(*_matching(table, columns))


def _matching(table: Table, columns: Key) -> list[ColumnElement[bool]]:
    return [table.c[n] == bindparam(f"_{n}", type_=table.c[n].type) for n in columns]
