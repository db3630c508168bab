"""Tables, folds and query of custody (保管权): who holds wallets and stocks, and since which term."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Column, Connection, Integer, Table, Text, select, union_all

from app.domain.custody import Custody
from app.facts import Id
from app.facts.stock import StockOpened
from app.facts.wallets import WalletOpened
from app.storage import types
from app.storage.fold import Recorded, folds
from app.storage.rows import Rows


def _held(name: str, noun: str) -> Table:
    return types.table(
        name,
        Column("id", types.Id, primary_key=True),
        Column("holder", types.Id, nullable=False),
        Column("term", Integer, nullable=False),
        Column("unit", Text, nullable=False),
        Column("opened_at", types.Instant, nullable=False),
        noun=noun,
    )


wallets = _held("wallets", "wallet")
stocks = _held("stocks", "stock")


@folds(WalletOpened)
def fold_wallet_opened(rows: Rows, it: Recorded[WalletOpened]) -> None:
    _open(rows, wallets, it, it.body.wallet)


@folds(StockOpened)
def fold_stock_opened(rows: Rows, it: Recorded[StockOpened]) -> None:
    _open(rows, stocks, it, it.body.stock)


def _open(rows: Rows, held: Table, it: Recorded[WalletOpened] | Recorded[StockOpened], object_id: Id) -> None:
    body = it.body
    rows.add(held, id=object_id, holder=body.holder, term=body.term, unit=body.unit, opened_at=it.at)


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
