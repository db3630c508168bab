"""How hours (时长) are read: one person's balance, by year, and every line of it down to its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.actions.desk import Look, reading
from app.actions.services import Evidence, Page, evidence
from app.domain.hours import HoursPolicy
from app.facts import Id
from app.storage import hours as storage
from app.storage import services


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursQuery(Page):
    """Whose hours, and which window of the lines."""

    person: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class HourLine:
    """A line of the ledger. ``minutes`` is negative where a record was revoked; ``evidence`` is None when the
    record itself is not here.
    """

    fact: Id
    at: datetime
    served_on: date
    minutes: int
    evidence: Evidence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursStatement:
    """The balance is the sum of all lines; ``lines`` is the window asked for, the newest service first.

    ``shown_step_minutes`` is the step in which the county shows hours.
    """

    person: Id
    minutes: int
    by_year: tuple[tuple[int, int], ...]
    lines: tuple[HourLine, ...]
    line_count: int
    shown_step_minutes: int


@reading()
def hours_of(look: Look, query: HoursQuery) -> HoursStatement:
    """A person's hours; five statements."""
    rows = services.hour_lines(look.connection, query.person, offset=query.offset, limit=query.limit)
    return HoursStatement(
        person=query.person,
        minutes=storage.total_minutes(look.connection, query.person),
        by_year=tuple(storage.by_year(look.connection, query.person)),
        lines=tuple(
            HourLine(
                fact=row.fact,
                at=row.line_at,
                served_on=row.line_served_on,
                minutes=row.line_minutes,
                evidence=None if row.id is None else evidence(look, row),
            )
            for row in rows
        ),
        line_count=storage.count_lines(look.connection, query.person),
        shown_step_minutes=look.policy(HoursPolicy).shown_step_minutes,
    )


@reading()
def total_minutes(look: Look, persons: tuple[Id, ...]) -> dict[Id, int]:
    """The balances of several people at once, for lists; who has none is left out."""
    return storage.totals(look.connection, persons)
