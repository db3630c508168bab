"""The rules of teams (队伍): 总队 > 支队/大队 > 服务队/小队, and professional 服务社 that stand below any of them.

Levels only fall on the way down the tree, so it has no cycles. A member is a volunteer, a leader is a member, and a
closed team takes nothing any more. Which team could take an order is in ``proposals``.

Source: domain rules §1 (published county structures); that names are unique within a region is our [default].
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.domain import phones, regions
from app.domain.orders import ReasonMissing
from app.domain.people import Person, expect_volunteer
from app.domain.problems import Refusal
from app.facts import Fact, Id, milliseconds
from app.facts.teams import (
    LeaderChanged,
    MemberJoined,
    MemberLeft,
    TeamClosed,
    TeamEdited,
    TeamFounded,
    TeamReopened,
)
from app.words import N_


class Level(StrEnum):
    """Where a team stands, from the top."""

    CORPS = "corps"
    BRIGADE = "brigade"
    SQUAD = "squad"
    SOCIETY = "society"


LEVEL_NAMES = {
    Level.CORPS: N_("总队"),
    Level.BRIGADE: N_("支队/大队"),
    Level.SQUAD: N_("服务队/小队"),
    Level.SOCIETY: N_("服务社"),
}
_DEPTH = {level: depth for depth, level in enumerate(Level)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Charter:
    """What a team is, as it was typed."""

    name: str
    level: Level
    region: str
    parent: Id | None = None
    regions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Team(Charter):
    """A team as it stands."""

    id: Id
    leader: Id | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """How somebody stands to a team."""

    team: Id
    person: Id
    belongs: bool
    leads: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The open teams around one: whom it would stand below (and whom those stand below), whom it stands above, and
    the names in its region.
    """

    parent: Team | None = None
    ancestors: Collection[Id] = ()
    children: Collection[Team] = ()
    names_taken: Collection[str] = ()


class TeamUnknown(Refusal):
    """There is no team with this id here."""


class TeamNameMissing(Refusal):
    """A team needs a name."""


class TeamNameTaken(Refusal):
    """Another open team of the region has this name."""

    name: str


class TeamClosedAlready(Refusal):
    """The team is closed and takes nothing any more."""

    name: str


class ParentClosed(Refusal):
    """The team above is closed."""

    name: str


class TeamBelowItself(Refusal):
    """A team cannot stand below itself or one of its own."""

    name: str


class LevelNotBelowParent(Refusal):
    """The team above must be of a higher level."""

    level: Level
    parent_level: Level


class LevelNotAboveChild(Refusal):
    """A team below is of the same or a higher level."""

    level: Level
    child: str


class TeamHasTeamsBelow(Refusal):
    """Open teams stand below; they are closed or moved first."""

    count: int


class TeamHasOpenOrders(Refusal):
    """Orders are still with the team; they are finished or given back first."""

    count: int


class NotAMember(Refusal):
    """The person is not in the team."""

    name: str


def found(team: Id, charter: Charter, around: Surroundings) -> TeamFounded:
    """A team begins."""
    _check_place(team, charter, around)
    return TeamFounded(team=team, **_fields(charter, around))


def edit(team: Team, charter: Charter, around: Surroundings) -> TeamEdited | None:
    """Put a team's data right; None when nothing changes."""
    expect_open(team)
    _check_place(team.id, charter, around)
    for child in around.children:
        if _DEPTH[charter.level] >= _DEPTH[child.level]:
            raise LevelNotAboveChild(level=charter.level, child=child.name, field="level")
    fields = _fields(charter, around)
    if all(getattr(team, name) == value for name, value in fields.items()):
        return None
    return TeamEdited(team=team.id, **fields)


def join(team: Team, people: Collection[Person], members: Collection[Id]) -> list[MemberJoined]:
    """Volunteers join; who is one of the ``members`` already stays one."""
    expect_open(team)
    for person in people:
        expect_volunteer(person, "persons")
    return [MemberJoined(team=team.id, person=one.id) for one in people if one.id not in members]


def leave(member: Member, name: str) -> list[Fact]:
    """A member leaves; a leader lays down the lead with it."""
    if not member.belongs:
        raise NotAMember(name=name, field="person")
    laid_down: list[Fact] = [LeaderChanged(team=member.team, person=None)] if member.leads else []
    return [*laid_down, MemberLeft(team=member.team, person=member.person)]


def change_leader(team: Team, member: Member | None, name: str) -> LeaderChanged | None:
    """Another member leads, or nobody (``member`` None); None when it stays as it is."""
    expect_open(team)
    if member is not None and not member.belongs:
        raise NotAMember(name=name, field="person")
    leader = None if member is None else member.person
    return None if team.leader == leader else LeaderChanged(team=team.id, person=leader)


def close(team: Team, reason: str, *, children_count: int, open_orders_count: int) -> TeamClosed:
    """A team ends. Nothing may hang on it any more."""
    expect_open(team)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    if children_count:
        raise TeamHasTeamsBelow(count=children_count)
    if open_orders_count:
        raise TeamHasOpenOrders(count=open_orders_count)
    return TeamClosed(team=team.id, reason=reason.strip())


def put_back(team: Id, before: Mapping[str, Any]) -> TeamEdited:
    """An edit is undone: ``before`` is how everything stood."""
    kept = {name: before[name] for name in TeamEdited.__struct_fields__ if name in before}
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()
    }
    return TeamEdited(team=team, **fields)


def join_again(team: Id, person: Id, joined_at: datetime) -> MemberJoined:
    """A leave is undone: the member is in the team as if they had stayed."""
    return MemberJoined(team=team, person=person, joined_at=milliseconds(joined_at))


def reopen(team: Id) -> TeamReopened:
    """A closing is undone."""
    return TeamReopened(team=team)


def expect_open(team: Team, field: str | None = None) -> None:
    """Refuse a closed team."""
    if team.closed:
        raise TeamClosedAlready(name=team.name, field=field)


def _check_place(team: Id, charter: Charter, around: Surroundings) -> None:
    parent = around.parent
    if parent is None:
        return
    if parent.closed:
        raise ParentClosed(name=parent.name, field="parent")
    if team == parent.id or team in around.ancestors:
        raise TeamBelowItself(name=parent.name, field="parent")
    if _DEPTH[charter.level] <= _DEPTH[parent.level]:
        raise LevelNotBelowParent(level=charter.level, parent_level=parent.level, field="parent")


def _fields(charter: Charter, around: Surroundings) -> dict[str, Any]:
    return {
        "name": _name(charter.name, around.names_taken),
        "level": charter.level,
        "parent": charter.parent,
        "region": regions.normalise(charter.region),
        "regions": tuple(dict.fromkeys(regions.normalise(one, "regions") for one in charter.regions)),
        "categories": tuple(dict.fromkeys(charter.categories)),
        "qualifications": tuple(dict.fromkeys(charter.qualifications)),
        "phone": phones.normalise(charter.phone) if charter.phone.strip() else "",
    }


def _name(typed: str, taken: Collection[str]) -> str:
    name = " ".join(typed.split())
    if not name:
        raise TeamNameMissing(field="name")
    if name in taken:
        raise TeamNameTaken(name=name, field="name")
    return name
