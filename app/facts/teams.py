"""What can happen to a team (队伍): 总队, 支队/大队, 服务队/小队 and professional 服务社."""

from __future__ import annotations

from typing import ClassVar

from app.facts import Fact, Id, Moment


class TeamFounded(Fact, frozen=True, kw_only=True):
    """A team exists. ``level`` is corps, brigade, squad or society; ``region`` is its seat, ``regions`` the areas it
    serves, ``categories`` the service items it can take, ``qualifications`` what its members can prove.
    """

    kind: ClassVar[str] = "team.founded"

    team: Id
    name: str
    level: str
    parent: Id | None = None
    region: str
    regions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    phone: str = ""


class TeamEdited(Fact, frozen=True, kw_only=True):
    """The team's data were put right; every field stands as it is now."""

    kind: ClassVar[str] = "team.edited"

    team: Id
    name: str
    level: str
    parent: Id | None = None
    region: str
    regions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    phone: str = ""


class MemberJoined(Fact, frozen=True, kw_only=True):
    """A volunteer joined the team. ``joined_at`` is given where leaving was undone: since then they are in it."""

    kind: ClassVar[str] = "team.member_joined"

    team: Id
    person: Id
    joined_at: Moment | None = None


class MemberLeft(Fact, frozen=True, kw_only=True):
    """A volunteer left the team."""

    kind: ClassVar[str] = "team.member_left"

    team: Id
    person: Id


class LeaderChanged(Fact, frozen=True, kw_only=True):
    """The team has another leader (队长, 会长轮值), or none."""

    kind: ClassVar[str] = "team.leader_changed"

    team: Id
    person: Id | None


class TeamClosed(Fact, frozen=True, kw_only=True):
    """The team takes no more orders."""

    kind: ClassVar[str] = "team.closed"

    team: Id
    reason: str


class TeamReopened(Fact, frozen=True, kw_only=True):
    """Closing the team was undone; it takes orders as before."""

    kind: ClassVar[str] = "team.reopened"

    team: Id
