"""Rosters (名册): the people a list shows, or the members of a team, as a paper.

Names and phones come in masked, for anybody at the desk prints. Who works with people gets the whole of them for a
reason, which stands in the audit and on the paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row

from app.actions.desk import Desk, Done, Look, Work, action, reading
from app.actions.people_list import PeoplePage, PeopleQuery, PersonRow, Who, people_page
from app.domain import phones
from app.domain.moments import full_date
from app.domain.numbers import grouped
from app.domain.numerals import hours_text
from app.domain.orders import ReasonMissing
from app.domain.problems import Refusal
from app.domain.teams import TeamUnknown
from app.domain.villages import VillageNames
from app.facts import Id
from app.sentences.people import sex, standing
from app.sentences.star_rounds import stars
from app.storage import audit, stations, teams
from app.storage.types import clean_text
from app.words import N_, _

# Printing is loaded with the first paper: it takes longer than everything else a start needs from here.
if TYPE_CHECKING:
    from app.printing.flow import Column
    from app.printing.rosters import Roster

MOST_ROWS = 5_000
LONGEST_REASON_CHARACTERS = 60

_TITLES = {
    Who.VOLUNTEERS: N_("志愿者名册"),
    Who.RESIDENTS: N_("居民名册"),
    Who.EVERYBODY: N_("志愿者和居民名册"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPaper:
    """Everybody ``query`` shows, whatever its window; ``about`` says in words who that is. ``team`` makes it the roster
    of a team, with its name above and its leader marked.
    """

    query: PeopleQuery
    about: str
    team: Id | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeRoster:
    """A roster with whole names and phones, and what for."""

    paper: RosterPaper
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeRoster:
    """``object`` is what it is a paper of, for the audit: whose roster, and of how many."""

    title: str
    object: str
    day: date
    pdf: bytes


class RosterTooLong(Refusal):
    """More people than are printed at once; a paper with the first of them would pass for the whole."""

    count: int
    most: int


@dataclass(frozen=True, slots=True)
class _Listed:
    roster: Roster
    object: str


def roster_paper(desk: Desk, paper: RosterPaper) -> MadeRoster:
    """The roster with masked names and phones; refused when it is not narrowed enough."""
    return _made(_masked(desk, paper))


def whole_roster_paper(desk: Desk, request: WholeRoster) -> Done[MadeRoster]:
    """The roster with whole names and phones; why stands in the audit before anybody sees it."""
    done = _whole(desk, request)
    return Done(_made(done.value), done.changed)


@reading()
def _masked(look: Look, paper: RosterPaper) -> _Listed:
    return _listed(look, paper, purpose="")


@action()
def _whole(work: Work, request: WholeRoster) -> _Listed:
    reason = clean_text(request.reason, longest_characters=LONGEST_REASON_CHARACTERS, field="reason")
    if not reason:
        raise ReasonMissing(field="reason")
    listed = _listed(work, request.paper, purpose=reason)
    audit.write(
        work.connection,
        at=work.now,
        by=work.by.staff,
        what=audit.PRINTED_WHOLE,
        object_name=listed.object,
        reason=reason,
    )
    return listed


def _made(listed: _Listed) -> MadeRoster:
    from app.printing.rosters import pdf

    roster = listed.roster
    return MadeRoster(title=roster.title, object=listed.object, day=roster.day, pdf=pdf(roster))


def _listed(look: Look, paper: RosterPaper, *, purpose: str) -> _Listed:
    from app.printing.rosters import Roster

    every = replace(paper.query, offset=0, limit=MOST_ROWS, find=None)
    page = people_page(look, every, whole=bool(purpose))
    if page.total > MOST_ROWS:
        raise RosterTooLong(count=page.total, most=MOST_ROWS)
    team = _team(look, paper.team)
    columns = tuple(_columns(look, paper, page, team.leader if team is not None else None))
    title = _(_TITLES[paper.query.who])
    noun = f"roster:{paper.query.who}"
    if team is not None:
        title = _("{team}名册").format(team=team.name)
        noun = f"team_roster:{team.id}"
    roster = Roster(
        title=title,
        station=stations.this_station(look.connection).name,
        about=paper.about,
        columns=tuple(column for column, _text in columns),
        rows=tuple(tuple(text(row) for _column, text in columns) for row in page.rows),
        day=look.today,
        purpose=purpose,
    )
    return _Listed(roster, f"{noun}/{len(page.rows)}")


def _team(look: Look, team_id: Id | None) -> Row[Any] | None:
    if team_id is None:
        return None
    row = teams.team_row(look.connection, team_id)
    if row is None:
        raise TeamUnknown(field="team")
    return row


def _columns(
    look: Look, paper: RosterPaper, page: PeoplePage, leader: Id | None
) -> Iterator[tuple[Column, Callable[[PersonRow], str]]]:
    """What an office asks of everybody listed; of residents without what they have not, of a team without its name."""
    from app.printing.flow import Column

    who, villages = paper.query.who, look.policy(VillageNames)
    yield Column(_("姓名"), 30 if paper.team else 22), lambda row: _name(row, leader)
    yield Column(_("性别"), 16, "centre"), lambda row: sex(row.sex) if row.sex is not None else ""
    yield Column(_("年龄"), 12, "centre"), lambda row: str(row.age) if row.age is not None else ""
    if who is not Who.RESIDENTS:
        yield Column(_("志愿者编号"), 40, "centre"), lambda row: grouped(row.number) if row.number else ""
    yield Column(_("电话"), 30, "centre"), lambda row: _phone(row.phone)
    if who is not Who.VOLUNTEERS:
        yield Column(_("身份"), 30, "centre"), lambda row: standing(row.number, row.left_at)
        yield Column(_("村社区"), 44), lambda row: _village(villages, row.region)
        yield Column(_("建档日期"), 30, "centre"), lambda row: full_date(row.since)
        return
    if paper.team is None:
        yield Column(_("队伍"), 58), lambda row: _("、").join(row.teams)
    yield Column(_("服务时长"), 28, "right"), lambda row: hours_text(row.minutes, page.shown_step_minutes)
    yield Column(_("星级"), 14, "centre"), lambda row: stars(row.stars) if row.stars else ""
    yield Column(_("登记日期"), 30, "centre"), lambda row: full_date(row.since)


def _name(row: PersonRow, leader: Id | None) -> str:
    return _("{name}（队长）").format(name=row.name) if row.id == leader else row.name


def _phone(phone: str) -> str:
    """A masked one as it is: 138****1234."""
    return phone if "*" in phone or not phone else phones.grouped(phone)


def _village(villages: VillageNames, code: str) -> str:
    return villages.said(code) if code else ""
