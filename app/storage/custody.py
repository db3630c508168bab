"""Who holds wallets and stocks (保管权), as the tables say."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select, union_all

from app.domain.custody import Custody
from app.storage.stock import stocks
from app.storage.wallets import wallets


def custodies(connection: Connection, objects: Iterable[str]) -> dict[str, Custody]:
    """The custody of those of these objects (``wallet:…``, ``stock:…``) that are known here; one statement."""
    ids: dict[str, list[str]] = {"wallet": [], "stock": []}
    for name in objects:
        noun, _, object_id = name.partition(":")
        ids[noun].append(object_id)
    found = union_all(
        *(
            select(table.c.id, table.c.holder, table.c.term, table.c.unit).where(table.c.id.in_(ids[noun]))
            for noun, table in (("wallet", wallets), ("stock", stocks))
        )
    )
    nouns = {object_id: noun for noun, noun_ids in ids.items() for object_id in noun_ids}
    return {
        f"{nouns[row.id]}:{row.id}": Custody(holder=row.holder, term=row.term, unit=row.unit)
        for row in connection.execute(found)
    }
