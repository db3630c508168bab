"""What is done with teams (队伍): found, edit, join, leave, lead, close; and how they are read.

Which team could take an order (派单建议) is a reading here too; what each reason is worth is in
``app.domain.proposals``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from app.actions.desk import Look, Work, action, reading
from app.actions.orders import OrderUnknown
from app.actions.people import ServiceKindUnknown, known_person
from app.actions.search import shows
from app.domain import masking, regions, tokens
from app.domain import teams as rules
from app.domain.categories import category_exists, menu
from app.domain.numbers import short_order_number
from app.domain.orders import State
from app.domain.proposals import BEST_COUNT, Candidate, OrderNeeds, Proposal, ProposalWeights, propose
from app.domain.teams import Charter, Level, Surroundings, Team, TeamUnknown
from app.facts import Id
from app.facts.orders import OrderRefused, OrderReturned
from app.storage import drafts, orders_by, people_list, stations
from app.storage import orders as orders_storage
from app.storage import people as people_storage
from app.storage import teams as storage
from app.storage.history import history
from app.storage.people_list import PeopleFilter
from app.storage.search import Match
from app.storage.types import clean_text

LONGEST_NAME_CHARACTERS = 60
LONGEST_REASON_CHARACTERS = 200
LONGEST_QUALIFICATION_CHARACTERS = 40
RATINGS_COUNT_FOR = timedelta(days=365)
RATED_ORDERS_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTeam:
    """A new team. ``team`` is an id the caller made, so that a repeated save is one team. A region that is not said
    is the station's.
    """

    team: Id
    charter: Charter


@dataclass(frozen=True, slots=True, kw_only=True)
class EditTeam(FoundTeam):
    """The whole team as it should stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinTeam:
    """Volunteers who join; who is in the team already stays."""

    team: Id
    persons: tuple[Id, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveTeam:
    team: Id
    person: Id


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLeader:
    """Who leads from now on; None while nobody does."""

    team: Id
    person: Id | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseTeam:
    team: Id
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamTreeQuery:
    """``closed`` also shows teams that are closed."""

    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamNode:
    """A team in the tree, ``depth`` steps below a root; the leader is masked."""

    id: Id
    name: str
    level: Level
    depth: int
    region: str
    leader: str
    members: int
    teams_below: int
    open_orders: int
    closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCard:
    """One team; names are masked. Its members are a list of people narrowed to the team."""

    id: Id
    name: str
    level: Level
    parent: Id | None
    parent_name: str
    region: str
    regions: tuple[str, ...]
    categories: tuple[str, ...]
    qualifications: tuple[str, ...]
    phone: str
    leader: Id | None
    leader_name: str
    members_count: int
    open_orders: int
    ratings: int
    average_stars_tenths: int | None
    founded_at: datetime
    closed_at: datetime | None
    closed_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderOfTeam:
    """An order the team has in hand or was rated for; ``who`` gets it, masked."""

    id: Id
    short: str
    category: str
    what: str
    who: str
    state: State
    due_at: datetime | None
    stars: int | None
    rated_at: datetime | None
    rating_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamOrders:
    """What the team has in hand, what is due next first; and how it was rated, the newest first."""

    in_hand: tuple[OrderOfTeam, ...]
    rated: tuple[OrderOfTeam, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamHit:
    """A team that was found, with the places of its name that were hit."""

    id: Id
    name: str
    matched: frozenset[int]
    level: Level
    region: str
    closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """Who could take an order: the three most fitting, and all the others, each with its reasons."""

    best: tuple[Proposal, ...]
    rest: tuple[Proposal, ...]


@action()
def found_team(work: Work, request: FoundTeam) -> Id:
    """A team begins. Saving the same id twice gives the same team."""
    if storage.team(work.connection, request.team) is None:
        charter = _cleaned(work, request.charter)
        work.record(rules.found(request.team, charter, _around(work, request.team, charter)))
        drafts.forget(work.connection, request.team)
    return request.team


@action()
def edit_team(work: Work, request: EditTeam) -> None:
    """Put a team's data right."""
    team = _team(work, request.team)
    charter = _cleaned(work, request.charter)
    body = rules.edit(team, charter, _around(work, team.id, charter))
    if body is not None:
        work.record(body)


@action()
def join_team(work: Work, request: JoinTeam) -> int:
    """Volunteers join a team; returns how many are new in it."""
    team = _team(work, request.team)
    people = [known_person(work, person, "persons") for person in dict.fromkeys(request.persons)]
    members = storage.members_among(work.connection, team.id, request.persons)
    joined = rules.join(team, people, members)
    work.record(*joined)
    return len(joined)


@action()
def leave_team(work: Work, request: LeaveTeam) -> None:
    """A member leaves; a leader lays down the lead with it."""
    team = _team(work, request.team)
    person = known_person(work, request.person, "person")
    member = storage.member(work.connection, team.id, person.id)
    work.record(*rules.leave(member, person.details.name))


@action()
def change_leader(work: Work, request: ChangeLeader) -> None:
    """Another member leads (会长轮值), or nobody."""
    team = _team(work, request.team)
    member, name = None, ""
    if request.person is not None:
        name = known_person(work, request.person, "person").details.name
        member = storage.member(work.connection, team.id, request.person)
    body = rules.change_leader(team, member, name)
    if body is not None:
        work.record(body)


@action()
def close_team(work: Work, request: CloseTeam) -> None:
    """A team takes no more orders."""
    team = _team(work, request.team)
    below = [row for row in storage.every_team(work.connection) if row.parent == team.id]
    body = rules.close(
        team,
        clean_text(request.reason, longest_characters=LONGEST_REASON_CHARACTERS, field="reason"),
        children_count=sum(row.closed_at is None for row in below),
        open_orders_count=orders_by.in_hand_of(work.connection, team.id),
    )
    work.record(body)


@reading()
def team_tree(look: Look, query: TeamTreeQuery) -> tuple[TeamNode, ...]:
    """All teams from the roots down, in Chinese order at each step; four statements."""
    rows = [row for row in storage.every_team(look.connection) if query.closed or row.closed_at is None]
    counts = storage.member_counts(look.connection)
    in_hand = orders_by.in_hand(look.connection)
    leaders = people_storage.names_of(look.connection, {row.leader for row in rows if row.leader})
    below = _below(rows)
    return tuple(
        TeamNode(
            id=row.id,
            name=row.name,
            level=Level(row.level),
            depth=depth,
            region=row.region,
            leader=masking.listed(leaders.get(row.leader)),
            members=counts.get(row.id, 0),
            teams_below=len(below.get(row.id, ())),
            open_orders=in_hand.get(row.id, 0),
            closed=row.closed_at is not None,
        )
        for depth, row in _from_the_roots(rows, below)
    )


@reading()
def team_card(look: Look, query: Id) -> TeamCard:
    """One team; five statements."""
    row = storage.team_row(look.connection, query)
    if row is None:
        raise TeamUnknown
    result = orders_by.results(look.connection, look.now - RATINGS_COUNT_FOR).get(query)
    leader = people_storage.names_of(look.connection, [row.leader] if row.leader else [])
    return TeamCard(
        id=row.id,
        name=row.name,
        level=Level(row.level),
        parent=row.parent,
        parent_name=row.parent_name or "",
        region=row.region,
        regions=tuple(row.regions),
        categories=tuple(row.categories),
        qualifications=tuple(row.qualifications),
        phone=row.phone,
        leader=row.leader,
        leader_name=masking.listed(leader.get(row.leader)),
        members_count=people_list.count(look.connection, PeopleFilter(team=query)),
        open_orders=orders_by.in_hand_of(look.connection, query),
        ratings=result.ratings if result else 0,
        average_stars_tenths=result.average_tenths if result else None,
        founded_at=row.founded_at,
        closed_at=row.closed_at,
        closed_reason=row.closed_reason or "",
    )


@reading()
def team_orders(look: Look, query: Id) -> TeamOrders:
    """The orders of a team and its newest ratings; two statements."""
    return TeamOrders(
        in_hand=tuple(_order_of_team(look, row) for row in orders_by.rows_in_hand_of(look.connection, query)),
        rated=tuple(
            _order_of_team(look, row)
            for row in orders_by.rated_of(look.connection, query, RATED_ORDERS_SHOWN)
        ),
    )


@reading()
def proposals(look: Look, query: Id) -> Proposals:
    """Who could take an order, each with its reasons; a known number of statements."""
    order = orders_storage.order_row(look.connection, query)
    if order is None:
        raise OrderUnknown
    ranked = propose(_needs(look, order), _candidates(look), look.policy(ProposalWeights))
    return Proposals(best=ranked[:BEST_COUNT], rest=ranked[BEST_COUNT:])


@shows("team", place=3)
def team_hits(look: Look, typed: str, found: Sequence[Match]) -> tuple[TeamHit, ...]:
    """Teams as they stand in a list of what was found; one statement."""
    rows = storage.rows_of(look.connection, [match.object for match in found])
    return tuple(
        TeamHit(
            id=row.id,
            name=row.name,
            matched=tokens.matched(row.name, typed),
            level=Level(row.level),
            region=row.region,
            closed=row.closed_at is not None,
        )
        for row in rows
    )


def _order_of_team(look: Look, row: Row[Any]) -> OrderOfTeam:
    return OrderOfTeam(
        id=row.id,
        short=short_order_number(row.number),
        category=row.category,
        what=look.sight.words(row.what),
        who=masking.listed(row.who),
        state=State(row.state),
        due_at=row.due_at,
        stars=row.stars,
        rated_at=row.rated_at,
        rating_words=look.sight.words(row.rating_words or ""),
    )


def _team(work: Work, team_id: Id) -> Team:
    team = storage.team(work.connection, team_id)
    if team is None:
        raise TeamUnknown(field="team")
    return team


def _cleaned(work: Work, typed: Charter) -> Charter:
    for code in typed.categories:
        if not category_exists(code):
            raise ServiceKindUnknown(code=code, field="categories")
    qualifications = (
        clean_text(one, longest_characters=LONGEST_QUALIFICATION_CHARACTERS, field="qualifications")
        for one in typed.qualifications
    )
    return Charter(
        name=clean_text(typed.name, longest_characters=LONGEST_NAME_CHARACTERS, field="name"),
        level=typed.level,
        parent=typed.parent,
        region=typed.region.strip() or stations.this_station(work.connection).region,
        regions=typed.regions,
        categories=typed.categories,
        qualifications=tuple(filter(None, qualifications)),
        phone=typed.phone,
    )


def _around(work: Work, team: Id, charter: Charter) -> Surroundings:
    """The teams around the place that ``team`` wants to have."""
    every = {row.id: storage.as_team(row) for row in storage.every_team(work.connection)}
    if charter.parent is not None and charter.parent not in every:
        raise TeamUnknown(field="parent")
    region = regions.normalise(charter.region)
    others = [one for one in every.values() if one.id != team and not one.closed]
    return Surroundings(
        parent=every[charter.parent] if charter.parent else None,
        ancestors=_ancestors(every, charter.parent),
        children=[one for one in others if one.parent == team],
        names_taken={one.name for one in others if one.region == region},
    )


def _ancestors(every: Mapping[Id, Team], start: Id | None) -> set[Id]:
    """The teams above ``start``. Two PCs may have made a circle at the same time; it is walked once."""
    found: set[Id] = set()
    above = every[start].parent if start is not None else None
    while above is not None and above in every and above not in found:
        found.add(above)
        above = every[above].parent
    return found


def _below(rows: Iterable[Row[Any]]) -> dict[Id, list[Row[Any]]]:
    below: dict[Id, list[Row[Any]]] = {}
    for row in rows:
        if row.parent is not None:
            below.setdefault(row.parent, []).append(row)
    return below


def _from_the_roots(
    rows: Sequence[Row[Any]], below: Mapping[Id, Sequence[Row[Any]]]
) -> list[tuple[int, Row[Any]]]:
    """The rows in the order of the tree, with their depth. Whoever hangs in a circle comes at the end as a root."""
    shown = {row.id for row in rows}
    roots = [row for row in rows if row.parent not in shown]
    ordered: list[tuple[int, Row[Any]]] = []
    placed: set[Id] = set()
    for start in [*roots, *rows]:
        waiting = [(0, start)]
        while waiting:
            depth, row = waiting.pop()
            if row.id not in placed:
                placed.add(row.id)
                ordered.append((depth, row))
                waiting += [(depth + 1, one) for one in reversed(below.get(row.id, ()))]
    return ordered


def _needs(look: Look, order: Row[Any]) -> OrderNeeds:
    category = menu().find(order.category)
    happened = history(look.connection, f"order:{order.id}")
    return OrderNeeds(
        category=order.category,
        region=order.region,
        skill=category.skill if category else None,
        refused_by={it.body.team for it in happened if isinstance(it.body, OrderRefused | OrderReturned)},
    )


def _candidates(look: Look) -> list[Candidate]:
    in_hand = orders_by.in_hand(look.connection)
    results = orders_by.results(look.connection, look.now - RATINGS_COUNT_FOR)
    candidates = []
    for row in storage.every_team(look.connection):
        if row.closed_at is not None:
            continue
        result = results.get(row.id)
        candidates.append(
            Candidate(
                team=row.id,
                name=row.name,
                regions=tuple(row.regions) or (row.region,),
                categories=tuple(row.categories),
                qualifications=tuple(row.qualifications),
                open_orders=in_hand.get(row.id, 0),
                ratings=result.ratings if result else 0,
                average_tenths=result.average_tenths if result else None,
                last_stars=result.last_stars if result else None,
            )
        )
    return candidates
