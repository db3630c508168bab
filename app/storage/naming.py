"""How the objects that a history speaks of are called: one statement for each noun, whatever the history's length."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from app.facts import Id
from app.storage import gifts, people, staff, teams
from app.storage.orders import orders


def names(connection: Connection, noun: str, ids: Collection[Id]) -> dict[Id, str]:
    """Names of people, staff, teams and gifts in full, what gifts are counted in, and the numbers of orders."""
    match noun:
        case "person":
            return people.names_of(connection, ids)
        case "staff":
            return staff.names_of(connection, ids)
        case "team":
            return teams.names_of(connection, ids)
        case "order":
            rows = connection.execute(select(orders.c.id, orders.c.number).where(orders.c.id.in_(ids)))
            return {row.id: row.number for row in rows}
        case "gift":
            return {gift: it.entry.name for gift, it in gifts.these(connection, ids).items()}
        case "gift_unit":
            return {gift: it.entry.unit for gift, it in gifts.these(connection, ids).items()}
    raise LookupError(noun)
