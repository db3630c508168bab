"""Counting what is asked of the database."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine, event


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
