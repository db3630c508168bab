"""Counting what is asked of the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, event


def statements_of(engine: Engine, work: Callable[[], object]) -> list[str]:
    """The statements that ``work`` sends, in their order."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return sent


def tables_read_whole(engine: Engine | type[Engine], work: Callable[[], object]) -> set[str]:
    """The tables of which ``work`` looks at every row, as SQLite plans it; an index of a part of the rows is no
    whole. ``Engine`` itself stands for an engine that ``work`` opens.
    """
    whole: set[str] = set()

    def note(connection: Connection, _cursor: object, statement: str, parameters: Any, *more: Any) -> None:
        is_many = more[-1]
        driver: Any = connection.connection.driver_connection
        asked = driver.execute(f"EXPLAIN QUERY PLAN {statement}", parameters[0] if is_many else parameters)
        for step in [str(row[3]) for row in asked]:
            if step.startswith("SCAN") and not _is_of_a_part(driver, step):
                whole.add(step.split()[1])

    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return whole


def _is_of_a_part(driver: Any, step: str) -> bool:
    _before, _, index = step.partition(" INDEX ")
    made = driver.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (index,)).fetchone()
    return made is not None and " WHERE " in (made[0] or "")
