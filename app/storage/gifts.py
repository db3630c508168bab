"""Table, folds and queries of the catalogue of gifts (礼品)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, Row, Text, select

from app.domain.gifts import Entry, Gift
from app.facts import Id
from app.facts.gifts import GiftEdited, GiftListed, GiftOfferedAgain, GiftWithdrawn
from app.storage import types
from app.storage.fold import Recorded, folds, row_after
from app.storage.rows import Rows

gifts = types.table(
    "gifts",
    Column("id", types.Id, primary_key=True),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("spec", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("points_cents", Integer, nullable=False),
    Column("low_stock", Integer, nullable=False),
    Column("picture", Text),
    Column("withdrawn", types.Flag, nullable=False),
    Column("listed_at", types.Instant, nullable=False),
    Index(None, "code"),
    noun="gift",
)

_ENTRY = tuple(Entry.__dataclass_fields__)


@folds(GiftListed)
def fold_listed(rows: Rows, it: Recorded[GiftListed]) -> None:
    entry = {name: getattr(it.body, name) for name in _ENTRY}
    rows.add(gifts, id=it.body.gift, **entry, withdrawn=False, listed_at=it.at)


@folds(GiftEdited)
def fold_edited(rows: Rows, it: Recorded[GiftEdited]) -> None:
    changed = {name: getattr(it.body, name) for name in _ENTRY if name in it.body.fields}
    if changed:
        rows.change(gifts, it.body.gift, **changed)


@folds(GiftWithdrawn)
def fold_withdrawn(rows: Rows, it: Recorded[GiftWithdrawn]) -> None:
    rows.change(gifts, it.body.gift, withdrawn=True)


@folds(GiftOfferedAgain)
def fold_offered_again(rows: Rows, it: Recorded[GiftOfferedAgain]) -> None:
    rows.change(gifts, it.body.gift, withdrawn=False)


def gift(connection: Connection, gift_id: Id) -> Gift | None:
    """One gift as the rules see it."""
    return these(connection, [gift_id]).get(gift_id)


def these(connection: Connection, ids: Collection[Id]) -> dict[Id, Gift]:
    """Those of these gifts that are known; one statement."""
    return {row.id: as_gift(row) for row in connection.execute(select(gifts).where(gifts.c.id.in_(ids)))}


def with_code(connection: Connection, code: str) -> Gift | None:
    """The gift with these digits on its label; one on the shelf before a withdrawn one."""
    found = select(gifts).where(gifts.c.code == code).order_by(gifts.c.withdrawn, gifts.c.id)
    row = connection.execute(found).first()
    return None if row is None else as_gift(row)


def catalogue(connection: Connection) -> list[Gift]:
    """Every gift: those on the shelf first, the cheapest before the others."""
    ordered = select(gifts).order_by(gifts.c.withdrawn, gifts.c.points_cents, gifts.c.name, gifts.c.id)
    return [as_gift(row) for row in connection.execute(ordered)]


def before(facts: Iterable[Recorded[Any]], gift_id: Id) -> Entry:
    """The entry as it stood after these facts."""
    row = row_after(facts, gifts, gift_id)
    entry: dict[str, Any] = {name: row.get(name) for name in _ENTRY}
    return Entry(**entry)


def as_gift(row: Row[Any]) -> Gift:
    return Gift(
        id=row.id, entry=Entry(**{name: getattr(row, name) for name in _ENTRY}), withdrawn=row.withdrawn
    )
