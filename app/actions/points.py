"""How points (积分) are read: one person's balance and every line of it down to its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from app.actions.desk import Look, reading
from app.actions.redemptions import RedemptionEntry, entries
from app.actions.services import Evidence, Page, evidence
from app.domain import masking
from app.domain.grants import Cause
from app.domain.numbers import short_order_number
from app.domain.wallets import PointKind
from app.facts import Id
from app.storage import naming, people, redemptions, services
from app.storage import points as storage


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsQuery(Page):
    """Whose points, and which window of the lines."""

    person: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class PointLine:
    """A line of the ledger, in hundredths; negative where something was given away or taken back.

    Behind it stands a record of service (``evidence``), a ``redemption``, somebody's name (``other``, masked: to or
    from whom points were given, who was brought), or the number of a lead's order (``order_number``).
    """

    fact: Id
    at: datetime
    counted_on: date
    kind: PointKind
    points_cents: int
    evidence: Evidence | None = None
    redemption: RedemptionEntry | None = None
    cause: Cause | None = None
    other: str = ""
    order_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsStatement:
    """The balance in hundredths is the sum of all lines; ``lines`` is the window asked for, newest first.

    ``owed_cents`` is what revoked hours still cost, to be settled by what is earned next.
    """

    person: Id
    points_cents: int
    owed_cents: int
    lines: tuple[PointLine, ...]
    line_count: int


@reading()
def points_of(look: Look, query: PointsQuery) -> PointsStatement:
    """A person's points, every line down to its evidence; nine statements."""
    rows = storage.lines(look.connection, query.person, offset=query.offset, limit=query.limit)
    behind = _Behind(look, [row.source for row in rows if row.source is not None])
    purse = storage.purse(look.connection, query.person, None)
    return PointsStatement(
        person=query.person,
        points_cents=purse.balance_cents,
        owed_cents=purse.owed_cents,
        lines=tuple(map(behind.line, rows)),
        line_count=storage.count_lines(look.connection, query.person),
    )


class _Behind:
    """What stands behind lines, fetched together."""

    def __init__(self, look: Look, sources: Sequence[Id]) -> None:
        self._look, connection = look, look.connection
        self._services = services.with_ids(connection, sources)
        redeemed = redemptions.with_ids(connection, sources)
        self._redemptions = {one.redemption: one for one in entries(look, redeemed)}
        self._grants = storage.grants_with_ids(connection, sources)
        granted = [grant.source for grant in self._grants.values()]
        self._names = people.names_of(connection, [*sources, *granted])
        self._orders = naming.names(connection, "order", granted)

    def line(self, row: Row[Any]) -> PointLine:
        service, grant = self._services.get(row.source), self._grants.get(row.source)
        behind = row.source if grant is None else grant.source
        number = self._orders.get(behind, "")
        return PointLine(
            fact=row.fact,
            at=row.at,
            counted_on=row.counted_on,
            kind=PointKind(row.kind),
            points_cents=row.points_cents,
            evidence=None if service is None else evidence(self._look, service),
            redemption=self._redemptions.get(row.source),
            cause=None if grant is None else Cause(grant.cause),
            other=masking.listed(self._names.get(behind)),
            order_number=short_order_number(number) if number else "",
        )
