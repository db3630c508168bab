"""The self-check (自检): is every chain whole, and do the tables say exactly what the facts say?

The whole log is folded again into a scratch database in memory, and every folded table is compared row by row. The
log itself is checked byte by byte: hashes, numbers, private parts. Checking changes nothing. Where tables differ from a
whole log they can be folded anew (``refold_everything``), as the log is the truth.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Table, create_engine, delete
from sqlalchemy.pool import StaticPool

from app.domain.progress import Step, Tell, silently
from app.storage import fold, types
from app.storage.chains import LogDifference, log_differences
from app.storage.history import CHUNK, all_recorded_facts, count_facts, is_known

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row of a table is not what its facts say; ``columns`` is empty where it is missing or too many."""

    table: str
    key: tuple[Any, ...]
    columns: tuple[str, ...]


Difference = LogDifference | RowDifference


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """What was looked at, how long it took, how much was wrong, and what first."""

    facts: int
    tables: int
    rows: int
    seconds: float
    differences: int
    first: Difference | None

    @property
    def is_log_whole(self) -> bool:
        return self.first is None or isinstance(self.first, RowDifference)

    @property
    def can_be_repaired(self) -> bool:
        """Whether the log is whole and only tables differ from it."""
        return isinstance(self.first, RowDifference)

    @property
    def facts_per_second(self) -> int:
        return round(self.facts / self.seconds) if self.seconds else 0


def check(connection: Connection, tell: Tell = silently) -> SelfCheck:
    """Look at everything. ``connection`` is one reading transaction. Tables are compared only with a whole log."""
    began_s = time.perf_counter()
    count = _Count(total=count_facts(connection))
    _note(count, _log_differences(connection, count, tell))
    if count.first is None:
        _note(count, _table_differences(connection, count, tell))
    return SelfCheck(
        facts=count.facts,
        tables=len(fold.folded_tables()),
        rows=count.rows,
        seconds=time.perf_counter() - began_s,
        differences=count.differences,
        first=count.first,
    )


def refold_everything(connection: Connection, tell: Tell = silently) -> None:
    """Empty every folded table and fold the whole log again, with its search entries; inside one transaction."""
    fold.load()
    total = count_facts(connection)
    for table in reversed(fold.folded_tables()):
        connection.execute(delete(table))
    folder = fold.Folder(connection)
    for recorded in _told(all_recorded_facts(connection), total, tell):
        folder.fold(recorded)
    folder.finish()


def _told(facts: Iterable[T], total: int, tell: Tell) -> Iterator[T]:
    for done, fact in enumerate(facts):
        if done % CHUNK == 0:
            tell(Step.FOLD, done, total)
        yield fact


@dataclass(slots=True)
class _Count:
    total: int
    facts: int = 0
    rows: int = 0
    differences: int = 0
    first: Difference | None = None


def _note(count: _Count, differences: Iterator[Difference]) -> None:
    for difference in differences:
        count.differences += 1
        count.first = count.first or difference


def _log_differences(connection: Connection, count: _Count, tell: Tell) -> Iterator[Difference]:
    def looked_at(facts: int) -> None:
        count.facts = facts
        tell(Step.LOG, facts, count.total)

    return log_differences(connection.connection.driver_connection, is_known, looked_at)


def _table_differences(connection: Connection, count: _Count, tell: Tell) -> Iterator[Difference]:
    fold.load()
    scratch = create_engine("sqlite+pysqlite://", module=sqlcipher, poolclass=StaticPool)
    try:
        with scratch.begin() as folded:
            _create_tables(folded)
            folder = fold.Folder(folded, search=False)
            for recorded in _told(all_recorded_facts(connection), count.facts, tell):
                folder.fold(recorded)
            folder.finish()
            for done, table in enumerate(fold.folded_tables()):
                tell(Step.COMPARE, done, len(fold.folded_tables()))
                yield from _compare(table, connection, folded, count)
    finally:
        scratch.dispose()


def _create_tables(folded: Connection) -> None:
    """Without the indexes that nobody asks here: they are half of a county's database, and this one is in memory."""
    types.create_all(folded)
    for table in fold.folded_tables():
        if not table.info.get("followers"):
            for index in table.indexes:
                index.drop(folded)


def _compare(table: Table, here: Connection, folded: Connection, count: _Count) -> Iterator[Difference]:
    """Walk through both copies in the order of their keys."""
    names = [*table.primary_key.columns.keys(), *(c.name for c in table.c if not c.primary_key)]
    width = len(table.primary_key)
    ours, theirs = _rows(table, names, here), _rows(table, names, folded)
    our, their = next(ours, None), next(theirs, None)
    while our is not None or their is not None:
        count.rows += 1
        if their is None or (our is not None and our[:width] < their[:width]):
            assert our is not None
            yield RowDifference(table.name, our[:width], ())
            our = next(ours, None)
        elif our is None or their[:width] < our[:width]:
            yield RowDifference(table.name, their[:width], ())
            their = next(theirs, None)
        else:
            if our != their:
                differing = (name for name, one, other in zip(names, our, their, strict=True) if one != other)
                yield RowDifference(table.name, our[:width], tuple(differing))
            our, their = next(ours, None), next(theirs, None)


def _rows(table: Table, names: list[str], connection: Connection) -> Iterator[tuple[Any, ...]]:
    """The rows as the database has them, in the order of their key, without what types make of them."""
    key = ", ".join(f'"{name}"' for name in table.primary_key.columns.keys())  # noqa: SIM118
    columns = ", ".join(f'"{name}"' for name in names)
    rows = connection.exec_driver_sql(
        f'SELECT {columns} FROM "{table.name}" ORDER BY {key}', execution_options={"yield_per": CHUNK}
    )
    return map(tuple, rows)
