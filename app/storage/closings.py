"""Tables, fold and queries of the day close (日结).

Closings are ledgers, of the counter and of each gift: what is still open is what there ever was less what was closed.
Both are kept as sums, so a day is told as quickly after years.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, Row, Select, func, select

from app.domain.closings import Figures
from app.domain.stock import MoveKind
from app.facts import Id
from app.facts.stock import ClosedGift, DayClosed
from app.storage import stock as stock_storage
from app.storage import types
from app.storage.fold import Recorded, folds
from app.storage.history import log
from app.storage.redemptions import counter_entries, counter_sums
from app.storage.rows import Rows
from app.storage.staff import staff

_SUMS = ("redemptions", "reversals", "redeemed_cents", "restored_cents")
_MOVES = ("received", "redeemed", "returned", "written_off", "difference")

closings = types.table(
    "closings",
    Column("fact", types.Id, primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("stock", types.Id, nullable=False),
    Column("id", types.Id, nullable=False),
    Column("closed_on", types.Day, nullable=False),
    Column("closed_at", types.Instant, nullable=False),
    Column("closed_by", types.Id, nullable=False),
    *(Column(name, Integer, nullable=False) for name in _SUMS),
    Index(None, "stock", "closed_at"),
    ledger=True,
)

closing_sums = types.table(
    "closing_sums",
    Column("stock", types.Id, primary_key=True),
    Column("lines", Integer, nullable=False),
    *(Column(name, Integer, nullable=False) for name in _SUMS),
    sums=closings,
)

closed_gifts = types.table(
    "closed_gifts",
    Column("fact", types.Id, primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("stock", types.Id, nullable=False),
    Column("closing", types.Id, nullable=False),
    Column("gift", types.Id, nullable=False),
    Column("stock_before", Integer, nullable=False),
    *(Column(name, Integer, nullable=False) for name in _MOVES),
    Column("stock_after", Integer, nullable=False),
    Index(None, "closing"),
    ledger=True,
)

closed_gift_sums = types.table(
    "closed_gift_sums",
    Column("stock", types.Id, primary_key=True),
    Column("gift", types.Id, primary_key=True),
    Column("lines", Integer, nullable=False),
    *(Column(name, Integer, nullable=False) for name in _MOVES),
    sums=closed_gifts,
)


@folds(DayClosed)
def fold_closed(rows: Rows, it: Recorded[DayClosed]) -> None:
    body = it.body
    rows.line(
        closings,
        it.id,
        0,
        stock=body.stock,
        id=body.closing,
        closed_on=body.closed_on,
        closed_at=it.at,
        closed_by=it.by,
        **{name: getattr(body, name) for name in _SUMS},
    )
    for line, one in enumerate(body.gifts):
        rows.line(
            closed_gifts,
            it.id,
            line,
            stock=body.stock,
            closing=body.closing,
            gift=one.gift,
            stock_before=one.before,
            stock_after=one.after,
            **{name: getattr(one, name) for name in _MOVES},
        )


def figures_since(connection: Connection, stock: Id) -> Figures:
    """What happened since the last closing: everything there ever was, less what was closed; four statements.

    Sums and not moments tell what is new, so a clock that was set back loses nothing.
    """
    closed = connection.execute(select(closing_sums).where(closing_sums.c.stock == stock)).first()
    ever = _ever(connection, stock)
    return Figures(
        **{name: ever[name] - (getattr(closed, name) if closed else 0) for name in _SUMS},
        gifts=_gifts_since(connection, stock),
    )


def listed(connection: Connection, stock: Id, *, offset: int, limit: int) -> Sequence[Row[Any]]:
    """Closings, the last one first, as the log has them; each with the moment of the one before."""
    query = _with_names(stock).order_by(log.c.n.desc())
    return connection.execute(query.offset(offset).limit(limit)).all()


def one(connection: Connection, stock: Id, closing: Id) -> Row[Any] | None:
    # The window of the one before reaches over all closings, so the row is chosen outside of it.
    named = _with_names(stock).subquery()
    return connection.execute(select(named).where(named.c.id == closing)).first()


def gifts_of(connection: Connection, stock: Id, ids: Sequence[Id]) -> dict[Id, list[ClosedGift]]:
    """How every gift went, by closing."""
    rows = connection.execute(
        select(closed_gifts).where(closed_gifts.c.stock == stock, closed_gifts.c.closing.in_(ids))
    )
    found: dict[Id, list[ClosedGift]] = {}
    for row in rows:
        closed = ClosedGift(
            gift=row.gift,
            before=row.stock_before,
            after=row.stock_after,
            **{name: getattr(row, name) for name in _MOVES},
        )
        found.setdefault(row.closing, []).append(closed)
    return found


def happened(connection: Connection, stock: Id, closing: Id | None) -> list[tuple[Id, MoveKind]]:
    """Which redemptions were made and taken back between a closing and the one before it, or since the last one, in
    the order of the log: that is what a closing's figures count, whatever the clock said. Two statements.
    """
    place = log.c.n
    of_stock = select(place).join(closings, closings.c.fact == log.c.fact).where(closings.c.stock == stock)
    until = of_stock.where(closings.c.id == closing).scalar_subquery() if closing else None
    earlier = of_stock if until is None else of_stock.where(place < until)
    after = connection.execute(select(func.max(earlier.subquery().c.n))).scalar()
    query = (
        select(counter_entries.c.redemption, counter_entries.c.kind)
        .join(log, log.c.fact == counter_entries.c.fact)
        .where(counter_entries.c.stock == stock)
        .order_by(place)
    )
    if after is not None:
        query = query.where(place > after)
    if until is not None:
        query = query.where(place < until)
    return [(row.redemption, MoveKind(row.kind)) for row in connection.execute(query)]


def _gifts_since(connection: Connection, stock: Id) -> list[ClosedGift]:
    sums = connection.execute(select(closed_gift_sums).where(closed_gift_sums.c.stock == stock))
    closed = {row.gift: {name: getattr(row, name) for name in _MOVES} for row in sums}
    made = []
    for gift, moved in stock_storage.totals(connection, stock).items():
        ever = {
            "received": moved.get(MoveKind.RECEIVED, 0),
            "redeemed": -moved.get(MoveKind.REDEEMED, 0),
            "returned": moved.get(MoveKind.RETURNED, 0),
            "written_off": -moved.get(MoveKind.WRITTEN_OFF, 0),
            "difference": moved.get(MoveKind.COUNTED, 0),
        }
        new = {name: ever[name] - closed.get(gift, {}).get(name, 0) for name in _MOVES}
        after = sum(moved.values())
        change = new["received"] - new["redeemed"] + new["returned"] - new["written_off"] + new["difference"]
        made.append(ClosedGift(gift=gift, before=after - change, after=after, **new))
    return made


def _ever(connection: Connection, stock: Id) -> dict[str, int]:
    sums = connection.execute(select(counter_sums).where(counter_sums.c.stock == stock))
    by_kind = {row.kind: (row.lines, row.points_cents) for row in sums}
    redeemed, restored = (by_kind.get(kind, (0, 0)) for kind in (MoveKind.REDEEMED, MoveKind.RETURNED))
    return dict(zip(_SUMS, (redeemed[0], restored[0], redeemed[1], restored[1]), strict=True))


def _with_names(stock: Id) -> Select[Any]:
    before = func.lag(closings.c.closed_at, type_=types.Instant()).over(order_by=log.c.n)
    return (
        select(closings, before.label("since"), staff.c.name.label("closer_name"))
        .join(log, log.c.fact == closings.c.fact)
        .outerjoin(staff, staff.c.id == closings.c.closed_by)
        .where(closings.c.stock == stock)
    )
