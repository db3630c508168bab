"""Tables, folds and queries of a counter's stock (库存): batches, and the ledger of what came and went.

How many pieces are left of a batch is the sum of its lines, whoever wrote them: redemptions belong to wallets. The sums
are kept, for a shelf has few batches and a gift soon a hundred thousand lines.
Counts are in ``counts``, closings in ``closings``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, Row, Select, Text, func, select, text

from app.domain.stock import Batch, MoveKind
from app.facts import Id
from app.facts.stock import BatchReceived, BatchWords, StockNote, StockWrittenOff
from app.storage import types
from app.storage.fold import Recorded, folds
from app.storage.rows import Rows
from app.storage.staff import staff

_LEFT_SQL = "quantity <> 0"
"""As the index has it, which is used only where a query says the same."""

batches = types.table(
    "batches",
    Column("stock_id", types.Id, primary_key=True),
    Column("id", types.Id, primary_key=True),
    Column("gift", types.Id, nullable=False),
    Column("received", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("remark", Text, nullable=False),
    Column("received_on", types.Day, nullable=False),
    Column("expires_on", types.Day),
    Column("unit_cost_cents", Integer),
    Column("received_at", types.Instant, nullable=False),
    Column("received_by", types.Id, nullable=False),
    noun="stock",
)

write_offs = types.table(
    "write_offs",
    Column("stock_id", types.Id, primary_key=True),
    Column("id", types.Id, primary_key=True),
    Column("batch", types.Id, nullable=False),
    Column("gift", types.Id, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("cause", Text, nullable=False),
    Column("reason", Text, nullable=False),
    noun="stock",
)

stock_moves = types.table(
    "stock_moves",
    Column("fact", types.Id, primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("stock", types.Id, nullable=False),
    Column("gift", types.Id, nullable=False),
    Column("batch", types.Id, nullable=False),
    Column("kind", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("source", types.Id, nullable=False),
    Column("at", types.Instant, nullable=False),
    Column("by", types.Id, nullable=False),
    Index(None, "stock", "gift", "at"),
    ledger=True,
)

batch_sums = types.table(
    "batch_sums",
    Column("stock", types.Id, primary_key=True),
    Column("gift", types.Id, primary_key=True),
    Column("batch", types.Id, primary_key=True),
    Column("lines", Integer, nullable=False),
    Column("quantity", Integer, nullable=False),
    Index(None, "stock", "gift", sqlite_where=text(_LEFT_SQL)),
    sums=stock_moves,
)
"""How many pieces are left of a batch."""

gift_sums = types.table(
    "gift_sums",
    Column("stock", types.Id, primary_key=True),
    Column("gift", types.Id, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("lines", Integer, nullable=False),
    Column("quantity", Integer, nullable=False),
    sums=stock_moves,
)
"""How many pieces of a gift ever came or went for one reason."""


@folds(BatchReceived)
def fold_received(rows: Rows, it: Recorded[BatchReceived]) -> None:
    body = it.body
    words = it.part(body.batch, BatchWords) or BatchWords()
    rows.add(
        batches,
        stock_id=body.stock,
        id=body.batch,
        gift=body.gift,
        received=body.quantity,
        source=body.source,
        origin=words.origin,
        remark=words.remark,
        received_on=body.received_on,
        expires_on=body.expires_on,
        unit_cost_cents=body.unit_cost_cents,
        received_at=it.at,
        received_by=it.by,
    )
    move(rows, it, 0, body.gift, body.batch, MoveKind.RECEIVED, body.quantity, source=body.batch)


@folds(StockWrittenOff)
def fold_written_off(rows: Rows, it: Recorded[StockWrittenOff]) -> None:
    body = it.body
    note = it.part(body.write_off, StockNote)
    rows.add(
        write_offs,
        stock_id=body.stock,
        id=body.write_off,
        batch=body.batch,
        gift=body.gift,
        quantity=body.quantity,
        cause=body.cause,
        reason=note.text if note else "",
    )
    move(rows, it, 0, body.gift, body.batch, MoveKind.WRITTEN_OFF, -body.quantity, source=body.write_off)


def move(
    rows: Rows,
    it: Recorded[Any],
    line: int,
    gift: Id,
    batch: Id,
    kind: MoveKind,
    quantity: int,
    *,
    source: Id,
) -> None:
    """Write down pieces that came or went (negative). ``source`` is the redemption, batch, write-off or count."""
    rows.line(
        stock_moves,
        it.id,
        line,
        stock=it.body.stock,
        gift=gift,
        batch=batch,
        kind=kind,
        quantity=quantity,
        source=source,
        at=it.at,
        by=it.by,
    )


def batches_left(
    connection: Connection, stock: Id, gifts: Collection[Id] | None = None
) -> dict[Id, list[Batch]]:
    """The batches of these gifts (None: of all) of which something is left, the oldest first; one statement."""
    there = _batch_rows(stock).where(text(_LEFT_SQL))
    if gifts is not None:
        there = there.where(batch_sums.c.gift.in_(gifts))
    found: dict[Id, list[Batch]] = {}
    for row in connection.execute(there):
        found.setdefault(row.gift, []).append(_as_batch(row))
    return found


def every_batch(connection: Connection, stock: Id) -> list[Batch]:
    """Also those that have run out, the oldest first; one statement."""
    return [_as_batch(row) for row in connection.execute(_batch_rows(stock))]


def batch(connection: Connection, stock: Id, batch_id: Id) -> Batch | None:
    """One batch with what is left of it."""
    row = connection.execute(_batch_rows(stock).where(batches.c.id == batch_id)).first()
    return None if row is None else _as_batch(row)


def is_written_off(connection: Connection, stock: Id, write_off: Id) -> bool:
    """Whether this write-off was recorded already."""
    found = select(write_offs.c.id).where(write_offs.c.stock_id == stock, write_offs.c.id == write_off)
    return connection.execute(found).first() is not None


def batch_rows(connection: Connection, stock: Id, gift: Id) -> Sequence[Row[Any]]:
    """Everything about the batches of a gift, the oldest first."""
    return connection.execute(_batch_rows(stock).where(batches.c.gift == gift)).all()


def moves_of(connection: Connection, stock: Id, gift: Id, *, offset: int, limit: int) -> Sequence[Row[Any]]:
    """Lines of one gift, the newest first, with who wrote them and the expiry day of the batch."""
    return connection.execute(
        select(stock_moves, batches.c.expires_on, staff.c.name.label("by_name"))
        .outerjoin(
            batches, (batches.c.stock_id == stock_moves.c.stock) & (batches.c.id == stock_moves.c.batch)
        )
        .outerjoin(staff, staff.c.id == stock_moves.c.by)
        .where(stock_moves.c.stock == stock, stock_moves.c.gift == gift)
        .order_by(stock_moves.c.at.desc(), stock_moves.c.fact.desc(), stock_moves.c.line)
        .offset(offset)
        .limit(limit)
    ).all()


def count_moves(connection: Connection, stock: Id, gift: Id) -> tuple[int, int]:
    """How many lines a gift has, and their sum: what is there of it."""
    row = connection.execute(
        select(
            func.coalesce(func.sum(gift_sums.c.lines), 0).label("lines"),
            func.coalesce(func.sum(gift_sums.c.quantity), 0).label("stock"),
        ).where(gift_sums.c.stock == stock, gift_sums.c.gift == gift)
    ).one()
    return row.lines, row.stock


def totals(connection: Connection, stock: Id) -> dict[Id, dict[MoveKind, int]]:
    """Everything that ever moved, by gift and kind."""
    rows = connection.execute(
        select(gift_sums.c.gift, gift_sums.c.kind, gift_sums.c.quantity).where(gift_sums.c.stock == stock)
    )
    found: dict[Id, dict[MoveKind, int]] = {}
    for gift, kind, quantity in rows:
        found.setdefault(gift, {})[MoveKind(kind)] = quantity
    return found


def _as_batch(row: Row[Any]) -> Batch:
    return Batch(id=row.id, gift=row.gift, quantity=row.quantity, expires_on=row.expires_on)


def _batch_rows(stock: Id) -> Select[Any]:
    """Every batch has a line from when it came, so its sum is there."""
    same = (
        (batch_sums.c.stock == batches.c.stock_id)
        & (batch_sums.c.gift == batches.c.gift)
        & (batch_sums.c.batch == batches.c.id)
    )
    return (
        select(batches, batch_sums.c.quantity)
        .join(batch_sums, same)
        .where(batches.c.stock_id == stock)
        .order_by(batches.c.received_on, batches.c.id)
    )
