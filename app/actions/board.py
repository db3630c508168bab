"""How orders are read (派单看板与订单详情): the board with its columns, one order whole, and likely duplicates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from app.actions.desk import DESK, Look, reading
from app.actions.orders import OrderUnknown
from app.domain import masking, phones
from app.domain.categories import menu
from app.domain.identity import age_on
from app.domain.numbers import short_order_number
from app.domain.orders import Channel, RatedHow, State, steps
from app.domain.stations import StationLevel
from app.domain.villages import VillageNames
from app.facts import Id
from app.storage import board as storage
from app.storage import orders as orders_storage
from app.storage import people_list, stations
from app.storage.people_list import PeopleFilter, PeopleOrder

SAME_WITHIN = timedelta(days=14)
ENDED_WITHIN = timedelta(days=30)
CARDS_KEPT = 8_192


class Column(StrEnum):
    """The columns and strips of the board, in their order."""

    SCREENING = "screening"
    WAITING = "waiting"
    OFFERED = "offered"
    SERVING = "serving"
    RATING = "rating"
    HANDED_UP = "handed_up"
    ENDED = "ended"


COLUMN_OF: dict[State, Column] = {
    State.SUBMITTED: Column.SCREENING,
    State.WAITING: Column.WAITING,
    State.DISPATCHED: Column.OFFERED,
    State.ACCEPTED: Column.SERVING,
    State.IN_SERVICE: Column.SERVING,
    State.DONE: Column.RATING,
    State.RATED: Column.RATING,
    State.ESCALATED: Column.HANDED_UP,
    State.REFERRED: Column.HANDED_UP,
    State.REJECTED: Column.ENDED,
    State.CANCELLED: Column.ENDED,
    State.CLOSED: Column.ENDED,
}

LEADS_TO: dict[Column, tuple[str, ...]] = {
    Column.SCREENING: (),
    Column.WAITING: ("screen", "withdraw", "give_back", "answer"),
    Column.OFFERED: ("dispatch",),
    Column.SERVING: ("accept", "grab"),
    Column.RATING: ("finish", "answer"),
    Column.HANDED_UP: ("refer", "escalate"),
    Column.ENDED: ("close", "reject", "cancel"),
}
"""Which steps bring an order into a column, the likeliest first."""

VOLUNTEERS_TO_CHOOSE_FROM = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFilter:
    """What the board shows; everything when nothing is set. ``ended`` also reads what ended in 30 days."""

    categories: frozenset[str] = frozenset()
    team: Id | None = None
    region: str = ""
    urgent_only: bool = False
    overdue_only: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One order on the board; the name is masked."""

    id: Id
    short: str
    state: State
    category: str
    urgent: bool
    what: str
    who: str
    place: str
    team: str
    due_at: datetime | None
    wanted_at: datetime | None
    submitted_at: datetime
    refusals: int
    asked_again: int
    call_back_open: bool
    money_open: bool
    stars: int | None
    steps: tuple[str, ...]

    def step_to(self, column: Column) -> str | None:
        """The step that brings the card into ``column``; None when no single step does."""
        return next((step for step in LEADS_TO[column] if step in self.steps), None)

    def overdue(self, now: datetime) -> bool:
        return self.due_at is not None and self.due_at < now


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The cards of every column, overdue first, then by what is due next; and how many ended lately."""

    columns: dict[Column, tuple[Card, ...]]
    ended_count: int
    read_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody an order names: the name in full for those who work with people, the phone masked."""

    id: Id
    name: str
    age: int | None
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    """One order whole, with the steps that may follow; ``team_id`` and ``volunteer`` while it is with them;
    ``level_above`` is where it would be handed up to.
    """

    id: Id
    number: str
    short: str
    state: State
    channel: Channel
    category: str
    urgent: bool
    policy_covered: bool
    cautions: tuple[str, ...]
    what: str
    place: str
    mind: str
    region: str
    village: str
    level_above: str
    requester: Party
    beneficiary: Party
    proxy: Party | None
    consented: bool
    submitted_at: datetime
    wanted_from: datetime | None
    wanted_at: datetime | None
    due_at: datetime | None
    asked_again: int
    refusals: int
    team_id: Id | None
    team: str
    volunteer: Party | None
    contact_by: datetime | None
    contacted_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    office: str
    taken_by: str
    advance_cents: int | None
    spent_cents: int | None
    repaid_cents: int | None
    settled_at: datetime | None
    stars: int | None
    rated_how: RatedHow | None
    rating_words: str
    call_back_open: bool
    call_back_by: datetime | None
    fix_by: datetime | None
    ended_at: datetime | None
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SameAs:
    """For whom and what a new request is, to look for the same one among the open orders."""

    person: Id
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelySame:
    """An open order that may be the same thing."""

    id: Id
    short: str
    category: str
    what: str
    submitted_at: datetime
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardChoices:
    """What the open orders can be narrowed by: category codes, region codes, and teams with their names."""

    categories: tuple[str, ...]
    regions: tuple[tuple[str, str], ...]
    teams: tuple[tuple[Id, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CouldGo:
    """A volunteer who could go; ``phone_tail`` tells people of one name apart."""

    id: Id
    name: str
    phone_tail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCounts:
    """Work that waits, for the rail: to screen or dispatch, and past its time."""

    to_do: int
    overdue: int


_LEVEL_ABOVE = {
    StationLevel.STATION: "town",
    StationLevel.OFFICE: "county",
    StationLevel.CENTRE: "county",
}


@reading()
def board(look: Look, query: BoardFilter) -> Board:
    """The whole board in two statements."""
    rows = storage.open_orders(
        look.connection,
        categories=query.categories,
        team=query.team,
        region=query.region,
        urgent_only=query.urgent_only,
        overdue_at=look.now if query.overdue_only else None,
    )
    ended_since = look.now - ENDED_WITHIN
    ended = storage.ended_orders(look.connection, ended_since) if query.ended else []
    columns: dict[Column, list[Card]] = {column: [] for column in Column}
    for row in [*rows, *ended]:
        card = _card(tuple(row))
        if not look.sight.works:
            card = replace(card, what=look.sight.words(card.what), place=look.sight.place(card.place))
        columns[COLUMN_OF[card.state]].append(card)
    count = len(ended) if query.ended else storage.count_ended(look.connection, ended_since)
    return Board(
        columns={column: tuple(cards) for column, cards in columns.items()},
        ended_count=count,
        read_at=look.now,
    )


@reading()
def order_view(look: Look, order_id: Id) -> OrderView:
    """One order with everything its pane shows."""
    row = orders_storage.order_row(look.connection, order_id)
    if row is None:
        raise OrderUnknown
    people = orders_storage.parties(
        look.connection, [row.requester, row.beneficiary, row.proxy, row.volunteer]
    )

    def party(person: Id | None) -> Party | None:
        return None if person is None else _party(person, people.get(person), look)

    requester, beneficiary = party(row.requester), party(row.beneficiary)
    assert requester is not None
    assert beneficiary is not None
    return OrderView(
        id=row.id,
        number=row.number,
        short=short_order_number(row.number),
        state=State(row.state),
        channel=Channel(row.channel),
        category=row.category,
        urgent=row.urgent,
        policy_covered=row.policy_covered,
        cautions=tuple(row.cautions),
        what=look.sight.words(row.what),
        place=look.sight.place(row.place),
        mind=look.sight.words(row.mind),
        region=row.region,
        village=look.policy(VillageNames).known(row.region) or "",
        level_above=_LEVEL_ABOVE[stations.this_station(look.connection).level],
        requester=requester,
        beneficiary=beneficiary,
        proxy=party(row.proxy),
        consented=row.consented,
        submitted_at=row.submitted_at,
        wanted_from=row.wanted_from,
        wanted_at=row.wanted_at,
        due_at=row.due_at,
        asked_again=row.asked_again,
        refusals=row.refusals,
        team_id=row.team,
        team=row.team_name or "",
        volunteer=party(row.volunteer),
        contact_by=row.contact_by,
        contacted_at=row.contacted_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        office=row.office or "",
        taken_by=look.sight.words(row.taken_by or ""),
        advance_cents=row.advance_cents,
        spent_cents=row.spent_cents,
        repaid_cents=row.repaid_cents,
        settled_at=row.settled_at,
        stars=row.stars,
        rated_how=RatedHow(row.rated_how) if row.rated_how else None,
        rating_words=look.sight.words(row.rating_words or ""),
        call_back_open=row.call_back_open,
        call_back_by=row.call_back_by,
        fix_by=row.fix_by,
        ended_at=row.ended_at,
        steps=steps(orders_storage.as_order(row)),
    )


@reading()
def likely_same(look: Look, query: SameAs) -> tuple[LikelySame, ...]:
    """Open orders of the last fortnight for the same person and category, the newest first."""
    since = look.now - SAME_WITHIN
    rows = storage.open_orders_of(look.connection, query.person, query.category, since)
    return tuple(
        LikelySame(
            id=row.id,
            short=short_order_number(row.number),
            category=row.category,
            what=look.sight.words(row.what),
            submitted_at=row.submitted_at,
            state=State(row.state),
        )
        for row in rows
    )


@reading()
def board_choices(look: Look, query: None) -> BoardChoices:
    """What the board can be narrowed by, each in its own order: codes, and ids with names; two statements."""
    rows = storage.open_kinds(look.connection)
    villages = look.policy(VillageNames)
    named = {row.team: row.team_name or "" for row in rows if row.team is not None}
    return BoardChoices(
        categories=tuple(sorted({row.category for row in rows}, key=_category_place)),
        regions=tuple((code, villages.said(code)) for code in sorted({row.region for row in rows})),
        teams=tuple(sorted(named.items(), key=lambda team: team[1])),
    )


@reading(DESK)
def who_could_go(look: Look, team: Id) -> tuple[CouldGo, ...]:
    """The volunteers of a team in Chinese order, by their names: the clerk rings them up."""
    rows = people_list.page(
        look.connection, PeopleFilter(team=team), PeopleOrder(), offset=0, limit=VOLUNTEERS_TO_CHOOSE_FROM
    )
    return tuple(CouldGo(id=row.id, name=row.name, phone_tail=phones.tail(row.phone)) for row in rows)


@reading()
def waiting_counts(look: Look, query: None) -> WaitingCounts:
    """How many orders wait for the desk, and how many are past their time."""
    to_do, overdue = storage.count_waiting(look.connection, look.now)
    return WaitingCounts(to_do=to_do, overdue=overdue)


@lru_cache(maxsize=CARDS_KEPT)
def _card(values: tuple[Any, ...]) -> Card:
    """Made once for what a row says: at every change thousands of rows are read of which few say something new."""
    row = storage.card(values)
    return Card(
        id=row.id,
        short=short_order_number(row.number),
        state=State(row.state),
        category=row.category,
        urgent=row.urgent,
        what=row.what,
        who=masking.listed(row.who),
        place=row.place,
        team=row.team_name or "",
        due_at=row.due_at,
        wanted_at=row.wanted_at,
        submitted_at=row.submitted_at,
        refusals=row.refusals,
        asked_again=row.asked_again,
        call_back_open=row.call_back_open,
        money_open=row.advance_cents is not None and row.settled_at is None,
        stars=row.stars,
        steps=steps(orders_storage.as_order(row)),
    )


def _category_place(code: str) -> int:
    every = [category.code for category in menu().every]
    return every.index(code) if code in every else len(every)


def _party(person: Id, row: Row[Any] | None, look: Look) -> Party:
    if row is None:
        return Party(id=person, name="", age=None, phone="")
    age = None if row.born_on is None else age_on(row.born_on, look.today)
    return Party(
        id=person,
        name=look.sight.name(row.name),
        age=age,
        phone=masking.phone(row.phone) if row.phone else "",
    )
