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


def plan_of(engine: Engine | type[Engine], work: Callable[[], object]) -> list[str]:
    """The steps in which SQLite means to do what ``work`` asks. ``Engine`` itself stands for an engine that ``work``
    opens.
    """
    steps: list[str] = []

    def note(connection: Connection, _cursor: object, statement: str, parameters: Any, *more: Any) -> None:
        is_many = more[-1]
        driver: Any = connection.connection.driver_connection
        asked = driver.execute(f"EXPLAIN QUERY PLAN {statement}", parameters[0] if is_many else parameters)
        steps.extend(_of_a_part(driver, str(row[3])) for row in asked)

    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return steps


def tables_read_whole(engine: Engine | type[Engine], work: Callable[[], object]) -> set[str]:
    """The tables of which ``work`` looks at every row; an index of a part of the rows is no whole."""
    return {
        step.split()[1]
        for step in plan_of(engine, work)
        if step.startswith("SCAN ") and not step.startswith("SCAN PART OF ")
    }


def _of_a_part(driver: Any, step: str) -> str:
    """The step, told apart from one that walks through a whole table."""
    _before, _, index = step.partition(" INDEX ")
    made = driver.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (index,)).fetchone()
    is_part = made is not None and " WHERE " in (made[0] or "")
    return step.replace("SCAN ", "SCAN PART OF ", 1) if is_part else step
