"""Tables, folds and queries of counting the stock (盘点)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, Row, Select, Text, func, select

from app.domain.stock import MoveKind
from app.facts import Id
from app.facts.stock import CountedBatch, CountExplained, StockCounted, StockNote
from app.storage import types
from app.storage.fold import Recorded, folds
from app.storage.rows import Rows
from app.storage.staff import staff
from app.storage.stock import move

counts = types.table(
    "counts",
    Column("stock_id", types.Id, primary_key=True),
    Column("id", types.Id, primary_key=True),
    Column("counted_on", types.Day, nullable=False),
    Column("counted_at", types.Instant, nullable=False),
    Column("counted_by", types.Id, nullable=False),
    Column("differs", types.Flag, nullable=False),
    Column("explained_at", types.Instant),
    Column("reason", Text, nullable=False),
    Index(None, "stock_id", "counted_at"),
    noun="stock",
)

counted_batches = types.table(
    "counted_batches",
    Column("stock_id", types.Id, primary_key=True),
    Column("count_id", types.Id, primary_key=True),
    Column("batch", types.Id, primary_key=True),
    Column("gift", types.Id, nullable=False),
    Column("book", Integer, nullable=False),
    Column("counted", Integer, nullable=False),
    noun="stock",
)

count_causes = types.table(
    "count_causes",
    Column("stock_id", types.Id, primary_key=True),
    Column("count_id", types.Id, primary_key=True),
    Column("gift", types.Id, primary_key=True),
    Column("cause", Text, nullable=False),
    noun="stock",
)


@folds(StockCounted)
def fold_counted(rows: Rows, it: Recorded[StockCounted]) -> None:
    body = it.body
    differing = [one for one in body.batches if one.book != one.counted]
    rows.add(
        counts,
        stock_id=body.stock,
        id=body.count,
        counted_on=body.counted_on,
        counted_at=it.at,
        counted_by=it.by,
        differs=bool(differing),
        reason="",
    )
    for one in body.batches:
        rows.add(
            counted_batches,
            stock_id=body.stock,
            count_id=body.count,
            batch=one.batch,
            gift=one.gift,
            book=one.book,
            counted=one.counted,
        )
    for line, one in enumerate(differing):
        change = one.counted - one.book
        move(rows, it, line, one.gift, one.batch, MoveKind.COUNTED, change, source=body.count)


@folds(CountExplained)
def fold_explained(rows: Rows, it: Recorded[CountExplained]) -> None:
    body = it.body
    note = it.part(body.count, StockNote)
    rows.change(counts, body.stock, body.count, explained_at=it.at, reason=note.text if note else "")
    for one in body.gifts:
        rows.add(count_causes, stock_id=body.stock, count_id=body.count, gift=one.gift, cause=one.cause)


def listed(connection: Connection, stock: Id, *, offset: int, limit: int) -> Sequence[Row[Any]]:
    """Counts, the newest first."""
    query = _with_names(stock).order_by(counts.c.counted_at.desc(), counts.c.id.desc())
    return connection.execute(query.offset(offset).limit(limit)).all()


def one(connection: Connection, stock: Id, count: Id) -> Row[Any] | None:
    return connection.execute(_with_names(stock).where(counts.c.id == count)).first()


def lines(connection: Connection, stock: Id, ids: Sequence[Id]) -> dict[Id, list[CountedBatch]]:
    """What was counted in these counts."""
    rows = connection.execute(
        select(counted_batches).where(
            counted_batches.c.stock_id == stock, counted_batches.c.count_id.in_(ids)
        )
    )
    found: dict[Id, list[CountedBatch]] = {}
    for row in rows:
        counted = CountedBatch(gift=row.gift, batch=row.batch, book=row.book, counted=row.counted)
        found.setdefault(row.count_id, []).append(counted)
    return found


def causes(connection: Connection, stock: Id, ids: Sequence[Id]) -> dict[tuple[Id, Id], str]:
    """Why counts differed, by count and gift."""
    rows = connection.execute(
        select(count_causes).where(count_causes.c.stock_id == stock, count_causes.c.count_id.in_(ids))
    )
    return {(row.count_id, row.gift): row.cause for row in rows}


def unexplained(connection: Connection, stock: Id) -> Row[Any, Any] | None:
    """The oldest count whose differences have no reasons yet."""
    query = (
        select(counts.c.id, counts.c.counted_on)
        .where(counts.c.stock_id == stock, counts.c.differs, counts.c.explained_at.is_(None))
        .order_by(counts.c.counted_at, counts.c.id)
    )
    return connection.execute(query).first()


def last_counted_on(connection: Connection, stock: Id) -> date | None:
    day: date | None = connection.execute(
        select(func.max(counts.c.counted_on, type_=types.Day())).where(counts.c.stock_id == stock)
    ).scalar()
    return day


def _with_names(stock: Id) -> Select[Any]:
    return (
        select(counts, staff.c.name.label("counter_name"))
        .outerjoin(staff, staff.c.id == counts.c.counted_by)
        .where(counts.c.stock_id == stock)
    )
