"""Tables, folds and queries of teams (队伍) and their members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Index, Row, Text, func, select, text

from app.domain import pinyin, tokens
from app.domain.teams import Level, Member, Team
from app.facts import Id, instant
from app.facts.teams import (
    LeaderChanged,
    MemberJoined,
    MemberLeft,
    TeamClosed,
    TeamEdited,
    TeamFounded,
    TeamReopened,
)
from app.storage import search, types
from app.storage.fold import Recorded, folds, indexes, row_after
from app.storage.rows import Rows

teams = types.table(
    "teams",
    Column("id", types.Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("sort_key", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("parent", types.Id),
    Column("region", Text, nullable=False),
    Column("regions", types.Json, nullable=False),
    Column("categories", types.Json, nullable=False),
    Column("qualifications", types.Json, nullable=False),
    Column("phone", Text, nullable=False),
    Column("leader", types.Id),
    Column("founded_at", types.Instant, nullable=False),
    Column("closed_at", types.Instant),
    Column("closed_reason", Text),
    Index(None, "parent"),
    noun="team",
)

team_members = types.table(
    "team_members",
    Column("team_id", types.Id, primary_key=True),
    Column("person", types.Id, primary_key=True),
    Column("joined_at", types.Instant, nullable=False),
    Column("left_at", types.Instant),
    Index(None, "person"),
    Index("ix_team_members_now", "team_id", "person", sqlite_where=text("left_at IS NULL")),
    noun="team",
)


@folds(TeamFounded)
def fold_founded(rows: Rows, it: Recorded[TeamFounded]) -> None:
    rows.add(teams, id=it.body.team, **_data(it.body), founded_at=it.at)


@folds(TeamEdited)
def fold_edited(rows: Rows, it: Recorded[TeamEdited]) -> None:
    rows.change(teams, it.body.team, **_data(it.body))


@folds(MemberJoined)
def fold_joined(rows: Rows, it: Recorded[MemberJoined]) -> None:
    since = it.body.joined_at
    joined_at = it.at if since is None else instant(since)
    rows.add(team_members, team_id=it.body.team, person=it.body.person, joined_at=joined_at)


@folds(MemberLeft)
def fold_left(rows: Rows, it: Recorded[MemberLeft]) -> None:
    rows.change(team_members, it.body.team, it.body.person, left_at=it.at)


@folds(LeaderChanged)
def fold_leader(rows: Rows, it: Recorded[LeaderChanged]) -> None:
    rows.change(teams, it.body.team, leader=it.body.person)


@folds(TeamClosed)
def fold_closed(rows: Rows, it: Recorded[TeamClosed]) -> None:
    rows.change(teams, it.body.team, closed_at=it.at, closed_reason=it.body.reason)


@folds(TeamReopened)
def fold_reopened(rows: Rows, it: Recorded[TeamReopened]) -> None:
    rows.change(teams, it.body.team, closed_at=None, closed_reason=None)


@indexes("team")
def index(connection: Connection, ids: Iterable[Id]) -> None:
    """Renew the search entries of teams: their names; closed ones come last."""
    search.renew(connection, "team", ids, _entries)


def before(facts: Iterable[Recorded[Any]], team_id: Id) -> dict[str, Any]:
    """The row that a team had after these facts of it."""
    return row_after(facts, teams, team_id)


def joined_before(facts: Iterable[Recorded[Any]], team_id: Id, person: Id) -> datetime:
    """Since when somebody was in the team, after these facts of it."""
    joined_at: datetime = row_after(facts, team_members, team_id, person)["joined_at"]
    return joined_at


def team(connection: Connection, team_id: Id) -> Team | None:
    """A team as the rules see it; one statement."""
    row = connection.execute(select(teams).where(teams.c.id == team_id)).first()
    return None if row is None else as_team(row)


def team_row(connection: Connection, team_id: Id) -> Row[Any] | None:
    """One team with everything in its row, and the name of the team above as ``parent_name``."""
    above = teams.alias("above")
    return connection.execute(
        select(teams, above.c.name.label("parent_name"))
        .outerjoin(above, above.c.id == teams.c.parent)
        .where(teams.c.id == team_id)
    ).first()


def rows_of(connection: Connection, ids: Sequence[Id]) -> list[Row[Any]]:
    """The rows of these teams, in the order asked for."""
    found = {row.id: row for row in connection.execute(select(teams).where(teams.c.id.in_(ids)))}
    return [found[one] for one in ids if one in found]


def is_open(connection: Connection, team_id: Id) -> bool:
    """Whether the team exists and takes orders."""
    open_one = select(teams.c.id).where(teams.c.id == team_id, teams.c.closed_at.is_(None))
    return connection.execute(open_one).first() is not None


def every_team(connection: Connection) -> Sequence[Row[Any]]:
    """All teams, closed ones too, in Chinese order. There are at most a few thousand in a county."""
    return connection.execute(select(teams).order_by(teams.c.sort_key, teams.c.id)).all()


def names_of(connection: Connection, ids: Iterable[Id]) -> dict[Id, str]:
    """The names of these teams."""
    rows = connection.execute(select(teams.c.id, teams.c.name).where(teams.c.id.in_(sorted(set(ids)))))
    return {row.id: row.name for row in rows}


def member(connection: Connection, team_id: Id, person: Id) -> Member:
    """Whether the person is in the team, and leads it."""
    row = connection.execute(
        select(teams.c.leader, team_members.c.person.label("member"))
        .outerjoin(
            team_members,
            (team_members.c.team_id == teams.c.id)
            & (team_members.c.person == person)
            & team_members.c.left_at.is_(None),
        )
        .where(teams.c.id == team_id)
    ).first()
    belongs = row is not None and row.member is not None
    return Member(
        team=team_id, person=person, belongs=belongs, leads=row is not None and row.leader == person
    )


def member_counts(connection: Connection) -> dict[Id, int]:
    """How many members each team has now."""
    rows = connection.execute(
        select(team_members.c.team_id, func.count())
        .where(team_members.c.left_at.is_(None))
        .group_by(team_members.c.team_id)
    )
    return {row[0]: row[1] for row in rows}


def members_among(connection: Connection, team_id: Id, persons: Sequence[Id]) -> set[Id]:
    """Which of these people are in the team now."""
    rows = connection.execute(
        select(team_members.c.person).where(
            team_members.c.team_id == team_id,
            team_members.c.person.in_(persons),
            team_members.c.left_at.is_(None),
        )
    )
    return set(rows.scalars())


def teams_of(connection: Connection, person: Id) -> Sequence[Row[Any, Any, Any, Any, Any]]:
    """The teams a person is in now: ``id``, ``name``, ``leader``, ``joined_at``, ``closed_at``."""
    return connection.execute(
        select(teams.c.id, teams.c.name, teams.c.leader, teams.c.closed_at, team_members.c.joined_at)
        .join(teams, teams.c.id == team_members.c.team_id)
        .where(team_members.c.person == person, team_members.c.left_at.is_(None))
        .order_by(team_members.c.joined_at)
    ).all()


def team_names_of(connection: Connection, persons: Sequence[Id]) -> dict[Id, tuple[str, ...]]:
    """The names of the teams each of these people is in now."""
    rows = connection.execute(
        select(team_members.c.person, teams.c.name)
        .join(teams, teams.c.id == team_members.c.team_id)
        .where(team_members.c.person.in_(persons), team_members.c.left_at.is_(None))
        .order_by(team_members.c.joined_at)
    )
    found: dict[Id, tuple[str, ...]] = {}
    for person, name in rows:
        found[person] = (*found.get(person, ()), name)
    return found


def as_team(row: Row[Any]) -> Team:
    return Team(
        id=row.id,
        name=row.name,
        level=Level(row.level),
        parent=row.parent,
        region=row.region,
        regions=tuple(row.regions),
        categories=tuple(row.categories),
        qualifications=tuple(row.qualifications),
        phone=row.phone,
        leader=row.leader,
        closed=row.closed_at is not None,
    )


def _data(body: TeamFounded | TeamEdited) -> dict[str, Any]:
    return {
        "name": body.name,
        "sort_key": pinyin.sort_key(body.name),
        "level": body.level,
        "parent": body.parent,
        "region": body.region,
        "regions": list(body.regions),
        "categories": list(body.categories),
        "qualifications": list(body.qualifications),
        "phone": body.phone,
    }


def _entries(connection: Connection, ids: Sequence[Id]) -> Iterator[search.Entry]:
    for row in connection.execute(select(teams).where(teams.c.id.in_(ids))):
        rank = search.LATER if row.closed_at is not None else search.FIRST
        yield search.Entry(row.id, row.name, tokens.of_title(row.name), rank=rank)
