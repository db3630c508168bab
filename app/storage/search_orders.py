"""What orders (订单) are found by: their number and its short end, the resident's name, what is asked for.

The pinyin of a wish is not indexed: it would be most of the index, and nobody types a sentence in initials.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from app.domain import names, tokens
from app.domain.calendar import shanghai_day
from app.domain.numbers import short_order_number
from app.facts import Id
from app.storage import search
from app.storage.fold import indexes
from app.storage.orders import orders
from app.storage.people import people

LONGEST_WISH_CHARACTERS = 24
_BETWEEN_WORDS = re.compile(r"[\W_]+")


@indexes("order")
def index(connection: Connection, ids: Iterable[Id]) -> None:
    """Renew the search entries of orders, and when the people they name last asked for something."""
    for chunk in search.chunks(ids):
        search.renew(connection, "order", chunk, _entries)
        search.happened(connection, _days_of_people(connection, chunk))


def rows_of(connection: Connection, ids: Sequence[Id]) -> list[Row[Any]]:
    """The rows of these orders in the order asked for, with the beneficiary's name as ``who``."""
    rows = connection.execute(
        select(orders, people.c.name.label("who"))
        .outerjoin(people, people.c.id == orders.c.beneficiary)
        .where(orders.c.id.in_(ids))
    )
    found = {row.id: row for row in rows}
    return [found[one] for one in ids if one in found]


def orders_of(connection: Connection, persons: Sequence[Id]) -> list[Id]:
    """The orders that these people asked for or get."""
    named = or_(orders.c.beneficiary.in_(persons), orders.c.requester.in_(persons))
    return list(connection.execute(select(orders.c.id).where(named)).scalars())


def latest_days(connection: Connection, persons: Sequence[Id]) -> dict[Id, date]:
    """The day of the newest order that each of these people asked for or gets."""
    latest: dict[Id, date] = {}
    for who in (orders.c.beneficiary, orders.c.requester):
        newest = select(who, func.max(orders.c.submitted_at)).where(who.in_(persons)).group_by(who)
        for person, at in connection.execute(newest):
            latest[person] = max(shanghai_day(at), latest.get(person, date.min))
    return latest


def _days_of_people(connection: Connection, ids: Sequence[Id]) -> dict[Id, date]:
    named = select(orders.c.beneficiary, orders.c.requester).where(orders.c.id.in_(ids))
    persons = {person for row in connection.execute(named) for person in row}
    return latest_days(connection, sorted(persons))


def _entries(connection: Connection, ids: Sequence[Id]) -> Iterator[search.Entry]:
    rows = connection.execute(select(orders).where(orders.c.id.in_(ids))).all()
    persons = {person for row in rows for person in (row.beneficiary, row.requester)}
    named = connection.execute(select(people.c.id, people.c.name).where(people.c.id.in_(persons)))
    called = {row.id: row.name for row in named}
    for row in rows:
        short = short_order_number(row.number)
        found_by = tokens.of_number(row.number) | tokens.of_number(short) | _of_wish(row.what)
        for person in {row.beneficiary, row.requester} & called.keys():
            found_by |= tokens.of_name(called[person])
        yield search.Entry(row.id, short, found_by, latest=shanghai_day(row.submitted_at))


def _of_wish(what: str) -> set[str]:
    """Every run of characters of its beginning."""
    words = map(names.compare_key, _BETWEEN_WORDS.split(what[:LONGEST_WISH_CHARACTERS]))
    return {word[start:] for word in words for start in range(len(word))}
