"""Undoing what was done with teams (队伍): old data, members and leaders stand again."""

from __future__ import annotations

from app.actions.desk import Work
from app.actions.teams import CloseTeam, close_team
from app.actions.undo import Undoing, undoes
from app.domain import teams as rules
from app.facts.teams import (
    LeaderChanged,
    MemberJoined,
    MemberLeft,
    TeamClosed,
    TeamEdited,
    TeamFounded,
)
from app.storage import teams as storage
from app.words import _


@undoes(TeamFounded)
def undo_founding(work: Work, that: Undoing[TeamFounded]) -> None:
    """A team that others hang on by now stays."""
    close_team.inside(work, CloseTeam(team=that.it.body.team, reason=_("建错了")))


@undoes(TeamEdited)
def undo_edit(work: Work, that: Undoing[TeamEdited]) -> None:
    work.record(rules.put_back(that.it.body.team, storage.before(that.before, that.it.body.team)))


@undoes(MemberJoined)
def undo_joining(work: Work, that: Undoing[MemberJoined]) -> None:
    body = that.it.body
    work.record(*rules.leave(storage.member(work.connection, body.team, body.person), ""))


@undoes(MemberLeft)
def undo_leaving(work: Work, that: Undoing[MemberLeft]) -> None:
    body = that.it.body
    joined_at = storage.joined_before(that.before, body.team, body.person)
    work.record(rules.join_again(body.team, body.person, joined_at))


@undoes(LeaderChanged)
def undo_leader(work: Work, that: Undoing[LeaderChanged]) -> None:
    before = storage.before(that.before, that.it.body.team)
    work.record(LeaderChanged(team=that.it.body.team, person=before["leader"]))


@undoes(TeamClosed)
def undo_closing(work: Work, that: Undoing[TeamClosed]) -> None:
    work.record(rules.reopen(that.it.body.team))
