"""Tables, folds and queries of reviews of stars (星级评定): the reviews, who was proposed in them, the objections.

What a certificate of a star says stays where it was frozen, in the private part beside the fact that awarded it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    Row,
    ScalarSelect,
    Text,
    func,
    select,
    text,
)

from app.domain.star_rounds import Stage, StarRound
from app.facts import Id
from app.facts.star_rounds import (
    StarAwarded,
    StarAwardRevoked,
    StarNote,
    StarNoticePosted,
    StarObjectionAnswered,
    StarObjectionRaised,
    StarObjectionWords,
    StarProposalDropped,
    StarProposalKept,
    StarRoundClosed,
    StarRoundOpened,
)
from app.storage import types
from app.storage.fold import Recorded, folds
from app.storage.people import people
from app.storage.rows import Rows
from app.storage.staff import staff

_OPEN_SQL = "stage IN ('review', 'notice')"

star_rounds = types.table(
    "star_rounds",
    Column("id", types.Id, primary_key=True),
    Column("stage", Text, nullable=False),
    Column("cut_off", types.Day, nullable=False),
    Column("hours", types.Json, nullable=False),
    Column("notice_working_days", Integer, nullable=False),
    Column("opened_at", types.Instant, nullable=False),
    Column("opened_by", types.Id, nullable=False),
    Column("first_day", types.Day),
    Column("last_day", types.Day),
    Column("closed_on", types.Day),
    Column("closed_by", types.Id),
    Index("ix_star_rounds_open", "id", sqlite_where=text(_OPEN_SQL)),
    noun="star_round",
)

star_proposals = types.table(
    "star_proposals",
    Column("star_round_id", types.Id, primary_key=True),
    Column("person", types.Id, primary_key=True),
    Column("level", Integer, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("dropped", types.Flag, nullable=False),
    Column("reason", Text, nullable=False),
    Column("awarded_on", types.Day),
    Column("award", types.Id),
    Column("number", Text),
    Column("revoked_on", types.Day),
    Index(None, "person"),
    noun="star_round",
)

star_objections = types.table(
    "star_objections",
    Column("star_round_id", types.Id, primary_key=True),
    Column("objection", types.Id, primary_key=True),
    Column("person", types.Id, nullable=False),
    Column("words", Text, nullable=False),
    Column("raised_by", Text, nullable=False),
    Column("raised_at", types.Instant, nullable=False),
    Column("upheld", types.Flag),
    Column("answer", Text, nullable=False),
    Column("answered_at", types.Instant),
    noun="star_round",
)

_IS_PROPOSED = star_proposals.c.dropped.is_(False)
opener, closer = staff.alias("opener"), staff.alias("closer")


@folds(StarRoundOpened)
def fold_opened(rows: Rows, it: Recorded[StarRoundOpened]) -> None:
    body = it.body
    rows.add(
        star_rounds,
        id=body.star_round,
        stage=Stage.REVIEW,
        cut_off=body.cut_off,
        hours=list(body.hours),
        notice_working_days=body.notice_working_days,
        opened_at=it.at,
        opened_by=it.by,
    )
    for one in body.proposals:
        rows.add(
            star_proposals,
            star_round_id=body.star_round,
            person=one.person,
            level=one.level,
            minutes=one.minutes,
            dropped=False,
            reason="",
        )


@folds(StarProposalDropped)
def fold_dropped(rows: Rows, it: Recorded[StarProposalDropped]) -> None:
    _change(rows, it, dropped=True, reason=_note(it))


@folds(StarProposalKept)
def fold_kept(rows: Rows, it: Recorded[StarProposalKept]) -> None:
    _change(rows, it, dropped=False, reason="")


@folds(StarNoticePosted)
def fold_posted(rows: Rows, it: Recorded[StarNoticePosted]) -> None:
    body = it.body
    rows.change(
        star_rounds, body.star_round, stage=Stage.NOTICE, first_day=body.first_day, last_day=body.last_day
    )


@folds(StarObjectionRaised)
def fold_raised(rows: Rows, it: Recorded[StarObjectionRaised]) -> None:
    body = it.body
    words = it.part(body.person, StarObjectionWords)
    rows.add(
        star_objections,
        star_round_id=body.star_round,
        objection=body.objection,
        person=body.person,
        words=words.text if words else "",
        raised_by=words.raised_by if words else "",
        raised_at=it.at,
        answer="",
    )


@folds(StarObjectionAnswered)
def fold_answered(rows: Rows, it: Recorded[StarObjectionAnswered]) -> None:
    body = it.body
    note = _note(it)
    rows.change(
        star_objections,
        body.star_round,
        body.objection,
        upheld=body.upheld,
        answer=note,
        answered_at=it.at,
    )
    if body.upheld:
        _change(rows, it, dropped=True, reason=note)


@folds(StarAwarded)
def fold_awarded(rows: Rows, it: Recorded[StarAwarded]) -> None:
    _change(rows, it, award=it.id, awarded_on=it.body.awarded_on, number=it.body.number)


@folds(StarAwardRevoked)
def fold_revoked(rows: Rows, it: Recorded[StarAwardRevoked]) -> None:
    _change(rows, it, revoked_on=it.body.revoked_on, reason=_note(it))


@folds(StarRoundClosed)
def fold_closed(rows: Rows, it: Recorded[StarRoundClosed]) -> None:
    rows.change(
        star_rounds,
        it.body.star_round,
        stage=Stage.AWARDED if it.body.awarded else Stage.GIVEN_UP,
        closed_on=it.body.closed_on,
        closed_by=it.by,
    )


def star_round(connection: Connection, round_id: Id) -> StarRound | None:
    """A review as the rules see it; one statement."""
    row = connection.execute(
        select(star_rounds, _open_objections(star_rounds.c.id).label("open_objections")).where(
            star_rounds.c.id == round_id
        )
    ).first()
    if row is None:
        return None
    return StarRound(
        id=row.id,
        stage=Stage(row.stage),
        cut_off=row.cut_off,
        hours=tuple(row.hours),
        notice_working_days=row.notice_working_days,
        opened_by=row.opened_by,
        last_day=row.last_day,
        open_objections=row.open_objections,
    )


def open_cut_off(connection: Connection) -> date | None:
    """The cut-off date of a review that is not over."""
    return connection.execute(select(star_rounds.c.cut_off).where(text(_OPEN_SQL)).limit(1)).scalar()


def open_round(connection: Connection) -> Row[Any] | None:
    """The review that is not over, with ``open_objections`` and how many are ``proposed``."""
    return connection.execute(
        select(
            star_rounds,
            _counted_where(_IS_PROPOSED).label("proposed"),
            _open_objections(star_rounds.c.id).label("open_objections"),
        )
        .where(text(_OPEN_SQL))
        .limit(1)
    ).first()


def rounds(connection: Connection) -> Sequence[Row[Any]]:
    """Every review, the newest first, with the names around it and how many are ``proposed`` and ``awarded``."""
    return connection.execute(
        select(
            star_rounds,
            opener.c.name.label("opener_name"),
            closer.c.name.label("closer_name"),
            _counted_where(_IS_PROPOSED).label("proposed"),
            _counted_where(star_proposals.c.awarded_on.is_not(None)).label("awarded"),
            _open_objections(star_rounds.c.id).label("open_objections"),
        )
        .outerjoin(opener, opener.c.id == star_rounds.c.opened_by)
        .outerjoin(closer, closer.c.id == star_rounds.c.closed_by)
        .order_by(star_rounds.c.opened_at.desc())
    ).all()


def objections(connection: Connection, round_id: Id) -> Sequence[Row[Any]]:
    """The objections of a review, the oldest first, with the name of who they are about."""
    return connection.execute(
        select(star_objections, people.c.name)
        .outerjoin(people, people.c.id == star_objections.c.person)
        .where(star_objections.c.star_round_id == round_id)
        .order_by(star_objections.c.raised_at, star_objections.c.objection)
    ).all()


def has_objection(connection: Connection, round_id: Id, objection: Id) -> bool:
    known = select(star_objections.c.objection).where(
        star_objections.c.star_round_id == round_id, star_objections.c.objection == objection
    )
    return connection.execute(known).first() is not None


def open_objection(connection: Connection, round_id: Id, objection: Id) -> Row[Any] | None:
    """An objection that was not answered yet."""
    return connection.execute(
        select(star_objections).where(
            star_objections.c.star_round_id == round_id,
            star_objections.c.objection == objection,
            star_objections.c.answered_at.is_(None),
        )
    ).first()


def _counted_where(condition: ColumnElement[bool]) -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(star_proposals)
        .where(star_proposals.c.star_round_id == star_rounds.c.id, condition)
        .correlate(star_rounds)
        .scalar_subquery()
    )


def _open_objections(round_id: Any) -> ScalarSelect[int]:
    return (
        select(func.count())
        .select_from(star_objections)
        .where(star_objections.c.star_round_id == round_id, star_objections.c.answered_at.is_(None))
        .scalar_subquery()
    )


def _change(rows: Rows, it: Recorded[Any], **columns: Any) -> None:
    rows.change(star_proposals, it.body.star_round, it.body.person, **columns)


def _note(it: Recorded[Any]) -> str:
    note = it.part(it.body.person, StarNote)
    return note.text if note else ""
