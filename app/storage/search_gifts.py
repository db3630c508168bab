"""What gifts (礼品) are found by: their name and what they are like, and the digits on their label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, select

from app.domain import tokens
from app.facts import Id
from app.storage import search
from app.storage.fold import indexes
from app.storage.gifts import gifts


@indexes("gift")
def index(connection: Connection, ids: Iterable[Id]) -> None:
    """Renew the search entries of gifts; withdrawn ones come last."""
    search.renew(connection, "gift", ids, _entries)


def _entries(connection: Connection, ids: Sequence[Id]) -> Iterator[search.Entry]:
    for row in connection.execute(select(gifts).where(gifts.c.id.in_(ids))):
        words = tokens.of_title(row.name) | tokens.of_title(row.spec) | tokens.of_number(row.code)
        yield search.Entry(row.id, row.name, words, rank=search.LATER if row.withdrawn else search.FIRST)
