"""Tables, folds and queries of redemptions (兑换登记). Their rows belong to wallets."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    Row,
    Select,
    Text,
    func,
    or_,
    select,
)

from app.domain.redemptions import Redemption
from app.domain.stock import MoveKind
from app.domain.wallets import PointKind, Used
from app.facts import Id
from app.facts.wallets import (
    AgentWords,
    GiftRedeemed,
    ReceiptReprinted,
    RedemptionReversed,
    ReturnedGift,
    WalletNote,
)
from app.storage import lists, points, stock, types
from app.storage.fold import Recorded, folds
from app.storage.people import people
from app.storage.rows import Rows
from app.storage.staff import staff
from app.storage.stock import stock_moves

redemptions = types.table(
    "redemptions",
    Column("wallet_id", types.Id, primary_key=True),
    Column("id", types.Id, primary_key=True),
    Column("fact", types.Id, nullable=False),
    Column("number", Text, nullable=False),
    Column("stock", types.Id, nullable=False),
    Column("unit", Text, nullable=False),
    Column("quarter", Text, nullable=False),
    Column("redeemed_on", types.Day, nullable=False),
    Column("redeemed_at", types.Instant, nullable=False),
    Column("redeemed_by", types.Id, nullable=False),
    Column("points_cents", Integer, nullable=False),
    Column("before_cents", Integer, nullable=False),
    Column("checker", types.Id),
    Column("by_agent", types.Flag, nullable=False),
    Column("agent", Text, nullable=False),
    Column("relation", Text, nullable=False),
    Column("reversed_at", types.Instant),
    Column("reversed_by", types.Id),
    Column("reason", Text, nullable=False),
    Column("copies", Integer, nullable=False),
    Column("reprinted_on", types.Day),
    Index(None, "id"),
    Index(None, "number"),
    Index(None, "redeemed_at"),
    Index(None, "quarter", "redeemed_at"),
    Index(None, "redeemed_on", "redeemed_at"),
    noun="wallet",
)

redeemed_gifts = types.table(
    "redeemed_gifts",
    Column("wallet_id", types.Id, primary_key=True),
    Column("redemption", types.Id, primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("gift", types.Id, nullable=False),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("spec", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("points_cents", Integer, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("stock_before", Integer, nullable=False),
    Column("stock_after", Integer, nullable=False),
    noun="wallet",
)

counter_entries = types.table(
    "counter_entries",
    Column("fact", types.Id, primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("stock", types.Id, nullable=False),
    Column("kind", Text, nullable=False),
    Column("redemption", types.Id, nullable=False),
    Column("points_cents", Integer, nullable=False),
    ledger=True,
)
"""What a counter gave out, and what was taken back, in points."""

counter_sums = types.table(
    "counter_sums",
    Column("stock", types.Id, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("lines", Integer, nullable=False),
    Column("points_cents", Integer, nullable=False),
    sums=counter_entries,
)

_LINE = ("gift", "code", "name", "spec", "unit", "points_cents", "quantity", "stock_before", "stock_after")
operator, checker, reverser = staff.alias("operator"), staff.alias("checker"), staff.alias("reverser")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFilter:
    """Which redemptions a list shows. ``persons`` and ``number`` (a part of it) are two ways to be meant; with
    neither, all are.
    """

    quarter: str | None = None
    day: date | None = None
    persons: Sequence[Id] = ()
    number: str = ""


@folds(GiftRedeemed)
def fold_redeemed(rows: Rows, it: Recorded[GiftRedeemed]) -> None:
    body = it.body
    agent = it.part(body.wallet, AgentWords)
    rows.add(
        redemptions,
        wallet_id=body.wallet,
        id=body.redemption,
        fact=it.id,
        number=body.number,
        stock=body.stock,
        unit=body.unit,
        quarter=body.quarter,
        redeemed_on=body.redeemed_on,
        redeemed_at=it.at,
        redeemed_by=it.by,
        points_cents=body.points_cents,
        before_cents=body.balance_before_cents,
        checker=body.checker,
        by_agent=body.by_agent,
        agent=agent.name if agent else "",
        relation=agent.relation if agent else "",
        reason="",
        copies=0,
    )
    points.enter(
        rows,
        it,
        body.wallet,
        PointKind.REDEEMED,
        -body.points_cents,
        on=body.redeemed_on,
        source=body.redemption,
    )
    _enter(rows, it, MoveKind.REDEEMED)
    _fold_gifts(rows, it)


def _enter(rows: Rows, it: Recorded[Any], kind: MoveKind) -> None:
    body = it.body
    rows.line(
        counter_entries,
        it.id,
        0,
        stock=body.stock,
        kind=kind,
        redemption=body.redemption,
        points_cents=body.points_cents,
    )


def _fold_gifts(rows: Rows, it: Recorded[GiftRedeemed]) -> None:
    body, line = it.body, 0
    for place, gift in enumerate(body.gifts):
        rows.add(
            redeemed_gifts,
            wallet_id=body.wallet,
            redemption=body.redemption,
            line=place,
            **{name: getattr(gift, name) for name in _LINE},
        )
        for part in gift.batches:
            stock.move(
                rows,
                it,
                line,
                gift.gift,
                part.batch,
                MoveKind.REDEEMED,
                -part.quantity,
                source=body.redemption,
            )
            line += 1


@folds(RedemptionReversed)
def fold_reversed(rows: Rows, it: Recorded[RedemptionReversed]) -> None:
    body = it.body
    note = it.part(body.wallet, WalletNote)
    rows.change(
        redemptions,
        body.wallet,
        body.redemption,
        reversed_at=it.at,
        reversed_by=it.by,
        reason=note.text if note else "",
    )
    points.enter(
        rows,
        it,
        body.wallet,
        PointKind.RESTORED,
        body.points_cents,
        on=body.reversed_on,
        source=body.redemption,
    )
    _enter(rows, it, MoveKind.RETURNED)
    for line, back in enumerate(body.returned):
        stock.move(
            rows, it, line, back.gift, back.batch, MoveKind.RETURNED, back.quantity, source=body.redemption
        )


@folds(ReceiptReprinted)
def fold_reprinted(rows: Rows, it: Recorded[ReceiptReprinted]) -> None:
    body = it.body
    rows.change(redemptions, body.wallet, body.redemption, copies=body.copy, reprinted_on=body.printed_on)


def redemption(connection: Connection, redemption_id: Id) -> Redemption | None:
    """One redemption as the rules see it; two statements."""
    row = connection.execute(select(redemptions).where(redemptions.c.id == redemption_id)).first()
    if row is None:
        return None
    taken = connection.execute(
        select(stock_moves).where(stock_moves.c.fact == row.fact).order_by(stock_moves.c.line)
    )
    return Redemption(
        id=row.id,
        person=row.wallet_id,
        number=row.number,
        stock=row.stock,
        quarter=row.quarter,
        points_cents=row.points_cents,
        returned=tuple(
            ReturnedGift(gift=line.gift, batch=line.batch, quantity=-line.quantity) for line in taken
        ),
        is_reversed=row.reversed_at is not None,
        copies=row.copies,
    )


def last_used(connection: Connection, person: Id) -> Used | None:
    """The redemption with the latest quarter that stands."""
    row = connection.execute(
        select(redemptions.c.quarter, redemptions.c.redeemed_on, redemptions.c.unit)
        .where(redemptions.c.wallet_id == person, redemptions.c.reversed_at.is_(None))
        .order_by(redemptions.c.quarter.desc())
        .limit(1)
    ).first()
    return None if row is None else Used(quarter=row.quarter, redeemed_on=row.redeemed_on, unit=row.unit)


def listed(connection: Connection, which: RegisterFilter, *, offset: int, limit: int) -> Sequence[Row[Any]]:
    """Redemptions with the names around them, the newest first."""
    order = (redemptions.c.redeemed_at.desc(), redemptions.c.id.desc())
    # The window is found among bare ids; names are looked up for its rows alone.
    window = _through(select(redemptions.c.id), which).order_by(*order).offset(offset).limit(limit)
    return connection.execute(_with_names().where(redemptions.c.id.in_(window)).order_by(*order)).all()


def count(connection: Connection, which: RegisterFilter) -> int:
    query = _through(select(func.count()).select_from(redemptions), which)
    return int(connection.execute(query).scalar_one())


def place(connection: Connection, which: RegisterFilter, redemption_id: Id) -> int | None:
    """How many stand before this one in the list; None when the filter keeps it out."""
    return lists.place(
        connection,
        lambda query: _through(query, which),
        redemption_id,
        redemptions.c.redeemed_at,
        redemptions.c.id,
    )


def one(connection: Connection, redemption_id: Id) -> Row[Any] | None:
    return connection.execute(_with_names().where(redemptions.c.id == redemption_id)).first()


def of_person(connection: Connection, person: Id, limit: int) -> Sequence[Row[Any]]:
    """The newest redemptions of somebody."""
    query = _with_names().where(redemptions.c.wallet_id == person)
    return connection.execute(
        query.order_by(redemptions.c.redeemed_at.desc(), redemptions.c.id.desc()).limit(limit)
    ).all()


def with_ids(connection: Connection, ids: Collection[Id]) -> Sequence[Row[Any]]:
    """Those of these redemptions that are known, with the names around them."""
    return connection.execute(_with_names().where(redemptions.c.id.in_(ids))).all()


def with_number(connection: Connection, number: str) -> Id | None:
    return connection.execute(select(redemptions.c.id).where(redemptions.c.number == number)).scalar()


def lines_of(connection: Connection, ids: Collection[Id]) -> dict[Id, list[Row[Any]]]:
    """The gifts of these redemptions; one statement."""
    rows = connection.execute(
        select(redeemed_gifts)
        .join(
            redemptions,
            (redemptions.c.wallet_id == redeemed_gifts.c.wallet_id)
            & (redemptions.c.id == redeemed_gifts.c.redemption),
        )
        .where(redemptions.c.id.in_(ids))
        .order_by(redeemed_gifts.c.redemption, redeemed_gifts.c.line)
    )
    found: dict[Id, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.redemption, []).append(row)
    return found


def numbers_of(connection: Connection, ids: Collection[Id]) -> dict[Id, str]:
    """The numbers of these redemptions."""
    rows = connection.execute(select(redemptions.c.id, redemptions.c.number).where(redemptions.c.id.in_(ids)))
    return {row.id: row.number for row in rows}


def _through(query: Select[Any], which: RegisterFilter) -> Select[Any]:
    if which.quarter is not None:
        query = query.where(redemptions.c.quarter == which.quarter)
    if which.day is not None:
        query = query.where(redemptions.c.redeemed_on == which.day)
    ways: list[ColumnElement[bool]] = []
    if which.persons:
        ways.append(redemptions.c.wallet_id.in_(which.persons))
    if which.number:
        ways.append(redemptions.c.number.contains(which.number, autoescape=True))
    return query.where(or_(*ways)) if ways else query


def _with_names() -> Select[Any]:
    return (
        select(
            redemptions,
            people.c.name.label("person_name"),
            people.c.number.label("volunteer_number"),
            operator.c.name.label("operator_name"),
            checker.c.name.label("checker_name"),
            reverser.c.name.label("reverser_name"),
        )
        .select_from(redemptions)
        .outerjoin(people, people.c.id == redemptions.c.wallet_id)
        .outerjoin(operator, operator.c.id == redemptions.c.redeemed_by)
        .outerjoin(checker, checker.c.id == redemptions.c.checker)
        .outerjoin(reverser, reverser.c.id == redemptions.c.reversed_by)
    )
