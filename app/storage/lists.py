"""Long lists (列表) that are read by windows, in the order of a moment: at which place something stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Column, Connection, Select, and_, func, or_, select

from app.facts import Id


def place(
    connection: Connection,
    through: Callable[[Select[Any]], Select[Any]],
    row_id: Id,
    at: Column[Any],
    then: Column[Any],
    *,
    newest_first: bool = True,
) -> int | None:
    """How many rows stand before this one in the list by ``at`` and ``then``; None when the filter keeps it out.

    ``through`` narrows a query to what the list shows; two statements.
    """
    own = connection.execute(through(select(at, then)).where(at.table.c.id == row_id)).first()
    if own is None:
        return None
    first, second = (at > own[0], then > own[1]) if newest_first else (at < own[0], then < own[1])
    before = through(select(func.count()).select_from(at.table)).where(or_(first, and_(at == own[0], second)))
    return int(connection.execute(before).scalar_one())
