"""Tables, fold and queries of the day close (日结)."""

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
from app.storage.redemptions import redemptions
from app.storage.rows import Rows
from app.storage.staff import staff

_SUMS = ("redemptions", "reversals", "redeemed_cents", "restored_cents")
_MOVES = ("received", "redeemed", "returned", "written_off", "difference")

closings = types.table(
    "closings",
    Column("stock_id", types.Id, primary_key=True),
    Column("id", types.Id, primary_key=True),
    Column("closed_on", types.Day, nullable=False),
    Column("closed_at", types.Instant, nullable=False),
    Column("closed_by", types.Id, nullable=False),
    *(Column(name, Integer, nullable=False) for name in _SUMS),
    Index(None, "stock_id", "closed_at"),
    noun="stock",
)

closed_gifts = types.table(
    "closed_gifts",
    Column("stock_id", types.Id, primary_key=True),
    Column("closing", types.Id, primary_key=True),
    Column("gift", types.Id, primary_key=True),
    Column("stock_before", Integer, nullable=False),
    *(Column(name, Integer, nullable=False) for name in _MOVES),
    Column("stock_after", Integer, nullable=False),
    noun="stock",
)


@folds(DayClosed)
def fold_closed(rows: Rows, it: Recorded[DayClosed]) -> None:
    body = it.body
    rows.add(
        closings,
        stock_id=body.stock,
        id=body.closing,
        closed_on=body.closed_on,
        closed_at=it.at,
        closed_by=it.by,
        **{name: getattr(body, name) for name in _SUMS},
    )
    for one in body.gifts:
        rows.add(
            closed_gifts,
            stock_id=body.stock,
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
    closed = connection.execute(
        select(*(_sum(closings.c[name]).label(name) for name in _SUMS)).where(closings.c.stock_id == stock)
    ).one()
    ever = connection.execute(_ever(stock)).one()
    return Figures(
        **{name: getattr(ever, name) - getattr(closed, name) for name in _SUMS},
        gifts=_gifts_since(connection, stock),
    )


def listed(connection: Connection, stock: Id, *, offset: int, limit: int) -> Sequence[Row[Any]]:
    """Closings, the newest first; each with the moment of the one before."""
    query = _with_names(stock).order_by(closings.c.closed_at.desc(), closings.c.id.desc())
    return connection.execute(query.offset(offset).limit(limit)).all()


def one(connection: Connection, stock: Id, closing: Id) -> Row[Any] | None:
    # The window of the one before reaches over all closings, so the row is chosen outside of it.
    named = _with_names(stock).subquery()
    return connection.execute(select(named).where(named.c.id == closing)).first()


def gifts_of(connection: Connection, stock: Id, ids: Sequence[Id]) -> dict[Id, list[ClosedGift]]:
    """How every gift went, by closing."""
    rows = connection.execute(
        select(closed_gifts).where(closed_gifts.c.stock_id == stock, closed_gifts.c.closing.in_(ids))
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


def _gifts_since(connection: Connection, stock: Id) -> list[ClosedGift]:
    sums = connection.execute(
        select(closed_gifts.c.gift, *(_sum(closed_gifts.c[name]).label(name) for name in _MOVES))
        .where(closed_gifts.c.stock_id == stock)
        .group_by(closed_gifts.c.gift)
    )
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


def _ever(stock: Id) -> Select[Any]:
    reversed_ = redemptions.c.reversed_at.is_not(None)
    return select(
        func.count().label("redemptions"),
        func.count(redemptions.c.reversed_at).label("reversals"),
        _sum(redemptions.c.points_cents).label("redeemed_cents"),
        func.coalesce(func.sum(redemptions.c.points_cents).filter(reversed_), 0).label("restored_cents"),
    ).where(redemptions.c.stock == stock)


def _sum(column: Any) -> Any:
    return func.coalesce(func.sum(column), 0)


def _with_names(stock: Id) -> Select[Any]:
    before = func.lag(closings.c.closed_at, type_=types.Instant()).over(
        order_by=(closings.c.closed_at, closings.c.id)
    )
    return (
        select(closings, before.label("since"), staff.c.name.label("closer_name"))
        .outerjoin(staff, staff.c.id == closings.c.closed_by)
        .where(closings.c.stock_id == stock)
    )
