"""What a fold may do to tables: add, change, increase and remove rows, and write ledger lines.

The writes are gathered and sent as few statements of many rows, so that folding a whole county and folding one fact
are the same code. A fold never reads: the rows of an object are a function of its facts alone.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, Delete, Insert, Table, Update, bindparam, delete, insert, update

from app.facts import Id

Key = tuple[Any, ...]
FLUSH_AT_ROWS = 4_000


class Rows:
    """The rows being written through one connection. Nothing is sent before ``flush``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._added: dict[Table, dict[Key, dict[str, Any]]] = {}
        self._changed: dict[tuple[Table, Key], _Change] = {}
        self._waiting_rows = 0

    def add(self, table: Table, **row: Any) -> None:
        """A new row of a table that an object owns. One with the same key gives way: a fold refuses nothing."""
        key = tuple(row[column.name] for column in table.primary_key)
        self._changed.pop((table, key), None)
        self._added.setdefault(table, {})[key] = row
        self._waiting_rows += 1

    def line(self, ledger: Table, fact: Id, line: int, **row: Any) -> None:
        """A line of a ledger: keyed by the fact it comes from, never changed afterwards."""
        self.add(ledger, fact=fact, line=line, **row)

    def change(self, table: Table, *key: Any, **columns: Any) -> None:
        """Set ``columns`` of the row with this primary key; a row that is not there stays away."""
        row = self._added.get(table, {}).get(key)
        if row is not None:
            row.update(columns)
            return
        self._change(table, key).set(columns)

    def increase(self, table: Table, *key: Any, **by: int) -> None:
        """Add to number columns of the row with this primary key."""
        row = self._added.get(table, {}).get(key)
        if row is not None:
            for column, step in by.items():
                row[column] = row.get(column, 0) + step
            return
        self._change(table, key).increase(by)

    def remove(self, table: Table, **match: Any) -> None:
        """Remove the rows whose columns have these values, whether sent already or still gathered."""
        self.flush()
        self._connection.execute(
            _delete(table, tuple(match)), {f"_{name}": value for name, value in match.items()}
        )

    def flush_when_large(self) -> None:
        if self._waiting_rows >= FLUSH_AT_ROWS:
            self.flush()

    def flush(self) -> None:
        """Send everything gathered so far."""
        added, changed = self._added, self._changed
        self._added, self._changed, self._waiting_rows = {}, {}, 0
        for table, rows in added.items():
            for columns, group in _by_columns(rows.values()).items():
                self._connection.execute(_insert(table, columns), group)
        updates: dict[tuple[Table, Key, Key], list[dict[str, Any]]] = {}
        for (table, key), change in changed.items():
            shape = (table, tuple(change.values), tuple(change.steps))
            updates.setdefault(shape, []).append(change.parameters(key))
        for (table, values, steps), parameters in updates.items():
            self._connection.execute(_update(table, values, steps), parameters)

    def _change(self, table: Table, key: Key) -> _Change:
        assert len(key) == len(table.primary_key), (
            f"{table.name} is keyed by {table.primary_key.columns.keys()}"
        )
        self._waiting_rows += 1
        return self._changed.setdefault((table, key), _Change())


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
                self.values[name] += step
            else:
                self.steps[name] = self.steps.get(name, 0) + step

    def parameters(self, key: Key) -> dict[str, Any]:
        parameters = {f"_key{n}": value for n, value in enumerate(key)}
        parameters.update({f"_set_{name}": value for name, value in self.values.items()})
        parameters.update({f"_step_{name}": value for name, value in self.steps.items()})
        return parameters


def _by_columns(rows: Any) -> dict[Key, list[dict[str, Any]]]:
    groups: dict[Key, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(tuple(row), []).append(row)
    return groups


@cache
def _insert(table: Table, columns: Key) -> Insert:
    return insert(table).prefix_with("OR REPLACE").values({name: bindparam(name) for name in columns})


@cache
def _update(table: Table, values: Key, steps: Key) -> Update:
    keys = [column == bindparam(f"_key{n}", type_=column.type) for n, column in enumerate(table.primary_key)]
    columns: dict[Column[Any], Any] = {
        table.c[n]: bindparam(f"_set_{n}", type_=table.c[n].type) for n in values
    }
    columns |= {table.c[n]: table.c[n] + bindparam(f"_step_{n}", type_=table.c[n].type) for n in steps}
    return update(table).where(*keys).values(columns)


@cache
def _delete(table: Table, columns: Key) -> Delete:
    return delete(table).where(*(table.c[n] == bindparam(f"_{n}", type_=table.c[n].type) for n in columns))
