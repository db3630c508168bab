"""Table, folds and query of wallets (积分账户): what takes points from one besides redemptions."""

from __future__ import annotations

from sqlalchemy import Column, Connection, Index, Integer, select

from app.domain.wallets import PointKind
from app.facts import Id
from app.facts.wallets import PointsDonated, PointsExpired, PointsTakenBack
from app.storage import points, types
from app.storage.fold import Recorded, folds
from app.storage.rows import Rows

donations = types.table(
    "donations",
    Column("wallet_id", types.Id, primary_key=True),
    Column("id", types.Id, primary_key=True),
    Column("to", types.Id, nullable=False),
    Column("points_cents", Integer, nullable=False),
    Index(None, "id"),
    noun="wallet",
)


@folds(PointsTakenBack)
def fold_taken_back(rows: Rows, it: Recorded[PointsTakenBack]) -> None:
    body = it.body
    points.enter(
        rows,
        it,
        body.wallet,
        PointKind.TAKEN_BACK,
        -body.points_cents,
        on=body.taken_on,
        source=body.service,
    )
    points.owe(rows, it, body.wallet, -body.points_cents)


@folds(PointsExpired)
def fold_expired(rows: Rows, it: Recorded[PointsExpired]) -> None:
    body = it.body
    points.enter(rows, it, body.wallet, PointKind.EXPIRED, -body.points_cents, on=body.expired_on)


@folds(PointsDonated)
def fold_donated(rows: Rows, it: Recorded[PointsDonated]) -> None:
    body = it.body
    rows.add(
        donations,
        wallet_id=body.wallet,
        id=body.donation,
        to=body.to,
        points_cents=body.points_cents,
    )
    points.enter(
        rows, it, body.wallet, PointKind.DONATED, -body.points_cents, on=body.donated_on, source=body.to
    )
    points.enter(
        rows,
        it,
        body.to,
        PointKind.RECEIVED,
        body.points_cents,
        on=body.donated_on,
        source=body.wallet,
        line=1,
    )


def is_donated(connection: Connection, donation: Id) -> bool:
    """Whether this gift of points was recorded already."""
    return connection.execute(select(donations.c.id).where(donations.c.id == donation)).first() is not None
