"""What people (人员) are found by: name and its readings, phones, ID number, volunteer number.

Volunteers come before residents, and whose last order is more recent before the others. A person's name is also what
their orders are found by, so those are renewed with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, select

from app.domain import tokens
from app.facts import Id
from app.storage import search, search_orders
from app.storage.fold import indexes
from app.storage.people import people


@indexes("person")
def index(connection: Connection, ids: Iterable[Id]) -> None:
    """Renew the search entries of people, and of the orders that are found by their names."""
    for chunk in search.chunks(ids):
        search.renew(connection, "person", chunk, _entries)
        search_orders.index(connection, search_orders.orders_of(connection, chunk))


def _entries(connection: Connection, ids: Sequence[Id]) -> Iterator[search.Entry]:
    latest = search_orders.latest_days(connection, ids)
    for row in connection.execute(select(people).where(people.c.id.in_(ids))):
        found_by = tokens.of_name(row.name)
        for number in (row.phone, row.other_phone, row.id_number, row.number or ""):
            found_by |= tokens.of_number(number)
        active = row.number is not None and row.left_at is None
        yield search.Entry(
            row.id, row.name, found_by, search.FIRST if active else search.LATER, latest.get(row.id)
        )
