"""Habits of the window (个人习惯) of each member of staff: column widths, sort, large mode. Small texts by name.

A local table: it does not travel and is not folded.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Column, Connection, Text, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.facts import Id
from app.storage import types

habits = types.table(
    "habits",
    Column("staff", types.Id, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    local=True,
)


def keep(connection: Connection, staff: Id, values: Mapping[str, str]) -> None:
    """Keep ``values`` under their names, instead of what was kept there."""
    row = upsert(habits)
    kept = row.on_conflict_do_update(index_elements=["staff", "name"], set_={"value": row.excluded.value})
    connection.execute(
        kept, [{"staff": staff, "name": name, "value": value} for name, value in values.items()]
    )


def kept(connection: Connection, staff: Id) -> dict[str, str]:
    """Everything kept for somebody, by name."""
    rows = connection.execute(select(habits.c.name, habits.c.value).where(habits.c.staff == staff))
    return {row.name: row.value for row in rows}
