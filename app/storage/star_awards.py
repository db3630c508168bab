"""Who is proposed and awarded in reviews of stars (星级评定), with what counts up to the cut-off date by now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from app.domain.star_rounds import Candidate, Proposed
from app.facts import Id
from app.facts.star_rounds import StarCertificateText
from app.storage.history import recorded_facts
from app.storage.hours import hour_entries, hour_sums
from app.storage.people import people
from app.storage.star_rounds import star_proposals, star_rounds


def candidates(connection: Connection, cut_off: date, least_minutes: int) -> list[Candidate]:
    """Volunteers who had so many minutes by the end of ``cut_off``, by name; one statement."""
    counted = _counted_all(cut_off, least_minutes)
    awarded = (
        select(star_proposals.c.person, func.max(star_proposals.c.level).label("level"))
        .where(star_proposals.c.awarded_on.is_not(None), star_proposals.c.revoked_on.is_(None))
        .group_by(star_proposals.c.person)
        .subquery()
    )
    rows = connection.execute(
        select(
            people.c.id,
            people.c.registered_on,
            counted.c.minutes,
            func.coalesce(awarded.c.level, 0).label("awarded"),
        )
        .join(counted, counted.c.person == people.c.id)
        .outerjoin(awarded, awarded.c.person == people.c.id)
        .where(people.c.registered_on <= cut_off, people.c.left_at.is_(None))
        .order_by(people.c.sort_key, people.c.id)
    )
    return [
        Candidate(person=row.id, minutes=row.minutes, registered_on=row.registered_on, awarded=row.awarded)
        for row in rows
    ]


def proposal(connection: Connection, round_id: Id, person: Id) -> Proposed | None:
    rows = _proposals(connection, round_id, star_proposals.c.person == person)
    return as_proposed(rows[0]) if rows else None


def proposals(connection: Connection, round_id: Id) -> Sequence[Row[Any]]:
    """Everybody of a review by level, the highest first, then by name: with ``counted``, what counts up to the cut-off
    date by now, and the names.
    """
    return _proposals(connection, round_id)


def as_proposed(row: Row[Any]) -> Proposed:
    return Proposed(
        person=row.person,
        level=row.level,
        minutes=row.minutes,
        counted=row.counted,
        dropped=row.dropped,
        awarded=row.awarded_on is not None,
        revoked=row.revoked_on is not None,
    )


def awards_of(connection: Connection, person: Id) -> Sequence[Row[Any]]:
    """The awards of a person that stand, the highest first, with what counts for each by now."""
    return connection.execute(
        _with_rounds()
        .where(
            star_proposals.c.person == person,
            star_proposals.c.awarded_on.is_not(None),
            star_proposals.c.revoked_on.is_(None),
        )
        .order_by(star_proposals.c.level.desc())
    ).all()


def award_rows(connection: Connection, round_id: Id, persons: Collection[Id]) -> Sequence[Row[Any]]:
    """The awards of a review, of these people or of all, by level and name."""
    query = _with_rounds().where(
        star_proposals.c.star_round_id == round_id, star_proposals.c.awarded_on.is_not(None)
    )
    if persons:
        query = query.where(star_proposals.c.person.in_(persons))
    return connection.execute(query.order_by(star_proposals.c.level.desc(), people.c.sort_key)).all()


def certificate_texts(connection: Connection, rows: Sequence[Row[Any]]) -> dict[Id, StarCertificateText]:
    """What the certificates of these awards say, by person; those this database is not entitled to are missing."""
    found = {}
    for recorded in recorded_facts(connection, [row.award for row in rows]):
        part: StarCertificateText | None = recorded.part(recorded.body.person, StarCertificateText)
        if part is not None:
            found[recorded.body.person] = part
    return found


def _proposals(connection: Connection, round_id: Id, *more: Any) -> Sequence[Row[Any]]:
    return connection.execute(
        _with_rounds()
        .where(star_proposals.c.star_round_id == round_id, *more)
        .order_by(star_proposals.c.level.desc(), people.c.sort_key, star_proposals.c.person)
    ).all()


def _with_rounds() -> Select[Any]:
    counted = (
        select(func.coalesce(func.sum(hour_entries.c.minutes), 0))
        .where(
            hour_entries.c.person == star_proposals.c.person,
            hour_entries.c.served_on <= star_rounds.c.cut_off,
        )
        .scalar_subquery()
    )
    return (
        select(
            star_proposals,
            *(star_rounds.c.cut_off, star_rounds.c.hours, star_rounds.c.stage),
            people.c.name,
            people.c.number.label("volunteer_number"),
            counted.label("counted"),
        )
        .join(star_rounds, star_rounds.c.id == star_proposals.c.star_round_id)
        .outerjoin(people, people.c.id == star_proposals.c.person)
    )


def _counted_all(cut_off: date, least_minutes: int) -> Any:
    """A reversal is of the day of service, too, so whoever has too little in all had no more by the cut-off date."""
    total = func.sum(hour_entries.c.minutes)
    enough = select(hour_sums.c.person).where(hour_sums.c.minutes >= least_minutes)
    return (
        select(hour_entries.c.person, total.label("minutes"))
        .where(hour_entries.c.person.in_(enough), hour_entries.c.served_on <= cut_off)
        .group_by(hour_entries.c.person)
        .having(total >= least_minutes)
        .subquery("counted")
    )
