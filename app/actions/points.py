"""How points (积分) are read: one person's balance and every line of it down to its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.actions.desk import Look, reading
from app.actions.services import Evidence, Page, evidence
from app.facts import Id
from app.storage import points as storage
from app.storage import services


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsQuery(Page):
    """Whose points, and which window of the lines."""

    person: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class PointLine:
    """A line of the ledger, in hundredths. ``points_cents`` is negative where something was taken back."""

    fact: Id
    at: datetime
    served_on: date
    points_cents: int
    evidence: Evidence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsStatement:
    """The balance in hundredths is the sum of all lines; ``lines`` is the window asked for, newest first."""

    person: Id
    points_cents: int
    lines: tuple[PointLine, ...]
    line_count: int


@reading()
def points_of(look: Look, query: PointsQuery) -> PointsStatement:
    """A person's points; three statements."""
    rows = services.ledger_lines(
        look.connection, storage.point_entries, query.person, offset=query.offset, limit=query.limit
    )
    return PointsStatement(
        person=query.person,
        points_cents=storage.total_cents(look.connection, query.person),
        lines=tuple(
            PointLine(
                fact=row.fact,
                at=row.line_at,
                served_on=row.line_served_on,
                points_cents=row.amount,
                evidence=None if row.id is None else evidence(row),
            )
            for row in rows
        ),
        line_count=services.count_lines(look.connection, storage.point_entries, query.person),
    )
