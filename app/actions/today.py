"""What the day at the desk looks like (今日): what waits to be done, who is served today, what came since yesterday,
and the month by days.

One reading. A noun that has something for the desk to do hands in a ``Chore`` of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row

from app.actions.backups import backup_status
from app.actions.desk import Look, reading
from app.actions.stock import stock_warnings
from app.domain import masking
from app.domain.calendar import instant_at, shanghai_day
from app.domain.certificates import Standing
from app.domain.numbers import short_order_number
from app.domain.orders import State
from app.domain.star_rounds import Stage
from app.domain.today import Waits, urgency
from app.domain.wallets import ExpiryPolicy
from app.facts import Id
from app.storage import certificates, expiry, hours, orders_today, policies, services, star_rounds, stations
from app.storage.certificates import RegisterFilter
from app.storage.expiry import Expired

APPOINTMENTS_SHOWN = 6
RATINGS_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstOrder:
    """Of several orders the one that is due first; the name is masked."""

    short: str
    category: str
    what: str
    who: str
    place: str
    team: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """So many things wait for the same deed, so many of them are ``overdue``; ``object`` is the id of the first.
    ``due_at`` is when that is due, or ``since`` how long it has waited. An order is told by ``first``, other things by
    their ``name``.
    """

    waits: Waits
    count: int
    object: Id | None = None
    overdue: int = 0
    due_at: datetime | None = None
    since: datetime | None = None
    first: FirstOrder | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """Somebody who is served today; ``team`` is empty while none is chosen, the name is masked."""

    order: Id
    wanted_from: datetime | None
    wanted_at: datetime
    who: str
    category: str
    team: str
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What somebody said about a service."""

    order: Id
    stars: int
    words: str
    category: str
    team: str


@dataclass(frozen=True, slots=True)
class DayCount:
    """Orders taken and services finished on a day, and the minutes that were served on it."""

    day: date
    taken: int
    finished: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiringPoints:
    """What has expired since yesterday, and what will up to the day ``until``, the first of the next month."""

    expired: Expired
    coming: Expired
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """``yesterday`` and ``today`` are the last two days; ``month`` has every day of this month up to today.

    ``is_new`` while the station never took an order and nothing else waits; ``new_policies`` are the names of those
    that hold from today.
    ``points`` is None where points never expire.
    """

    day: date
    is_new: bool
    chores: tuple[Chore, ...]
    new_policies: tuple[str, ...]
    appointments: tuple[Appointment, ...]
    appointment_count: int
    yesterday: DayCount
    today: DayCount
    ratings: tuple[Rating, ...]
    points: ExpiringPoints | None
    month: tuple[DayCount, ...]
    read_at: datetime


@reading()
def today(look: Look, query: None) -> Today:
    """Everything the first screen shows; at most twenty-four statements, however much there is."""
    connection, day = look.connection, look.today
    morning, tonight = instant_at(day), instant_at(day, 24)
    yesterday = day - timedelta(days=1)
    first = min(day.replace(day=1), yesterday)
    counts = _counts(look, first)
    chores = _chores(look, tonight)
    booked = orders_today.appointments(connection, morning, tonight, APPOINTMENTS_SHOWN)
    rated = orders_today.rated_since(connection, instant_at(yesterday), RATINGS_SHOWN)
    return Today(
        day=day,
        is_new=not orders_today.is_any(connection) and not chores,
        chores=chores,
        new_policies=tuple(policies.beginning(connection, day)),
        appointments=tuple(map(_appointment, booked)),
        appointment_count=booked[0].how_many if booked else 0,
        yesterday=counts[yesterday],
        today=counts[day],
        ratings=tuple(_rating(look, row) for row in rated),
        points=_points(look, yesterday),
        month=tuple(count for one, count in counts.items() if one >= day.replace(day=1)),
        read_at=look.now,
    )


def _chores(look: Look, tonight: datetime) -> tuple[Chore, ...]:
    chores = [_of_orders(look, row) for row in orders_today.waiting(look.connection, look.now, tonight)]
    chores += [*_approvals(look), *_to_void(look), *_stars(look), *_stock(look), *_backups(look)]
    return tuple(sorted(chores, key=_urgency))


def _urgency(chore: Chore) -> tuple[bool, float, int]:
    return urgency(chore.waits, chore.due_at if chore.overdue else None)


def _of_orders(look: Look, row: Row[Any]) -> Chore:
    first = FirstOrder(
        short=short_order_number(row.number),
        category=row.category,
        what=look.sight.words(row.what),
        who=masking.listed(row.who),
        place=look.sight.place(row.place),
        team=row.team_name or "",
    )
    return Chore(
        waits=Waits(row.waits),
        count=row.how_many,
        object=row.id,
        overdue=row.overdue,
        due_at=row.due_at,
        first=first,
    )


def _approvals(look: Look) -> list[Chore]:
    row = services.waiting_first(look.connection)
    if not row.how_many:
        return []
    return [Chore(waits=Waits.APPROVAL, count=row.how_many, object=row.id, since=row.recorded_at)]


def _to_void(look: Look) -> list[Chore]:
    which = RegisterFilter(standing=Standing.TO_VOID)
    first = certificates.register(look.connection, which, offset=0, limit=1)
    if not first:
        return []
    count = certificates.count(look.connection, which)
    return [Chore(waits=Waits.VOIDING, count=count, object=first[0].id)]


def _stars(look: Look) -> list[Chore]:
    """The review of stars that is not over, if somebody must do something with it."""
    row = star_rounds.open_round(look.connection)
    if row is None:
        return []
    if row.open_objections:
        return [Chore(waits=Waits.STAR_ANSWER, count=row.open_objections, object=row.id)]
    if row.stage == Stage.REVIEW:
        return [Chore(waits=Waits.STAR_REVIEW, count=row.proposed, object=row.id)]
    is_over = look.today > row.last_day
    return [Chore(waits=Waits.STAR_AWARD, count=row.proposed, object=row.id)] if is_over else []


def _stock(look: Look) -> Iterator[Chore]:
    """What the counter should look after; five statements."""
    told = stock_warnings.inside(look, None)
    if told.expiring:
        first = told.expiring[0]
        assert first.expires_on is not None, "what expires has a day"
        yield Chore(
            waits=Waits.EXPIRING,
            count=len(told.expiring),
            object=first.gift,
            overdue=sum(one.expires_on is not None and one.expires_on < look.today for one in told.expiring),
            due_at=instant_at(first.expires_on, 24),
            name=first.name,
        )
    if told.low:
        yield Chore(
            waits=Waits.LOW_STOCK, count=len(told.low), object=told.low[0].gift, name=told.low[0].name
        )
    if told.to_explain is not None:
        yield Chore(waits=Waits.COUNT_REASONS, count=1)
    elif told.count_due:
        counted = told.last_counted_on
        yield Chore(waits=Waits.COUNT, count=1, since=instant_at(counted) if counted else None)


def _backups(look: Look) -> Iterator[Chore]:
    """A station's first backup is late when there is none after a day. With a damaged log none can be made."""
    told = backup_status.inside(look, None)
    is_new = told.made_at is None and shanghai_day(stations.founded_at(look.connection)) == look.today
    if told.is_log_damaged:
        yield Chore(waits=Waits.LOG, count=1)
    elif told.is_late and not is_new:
        yield Chore(waits=Waits.BACKUP, count=1, since=told.made_at)
    elif told.is_carrying_late:
        yield Chore(waits=Waits.CARRYING, count=1, since=told.carried_at)


def _points(look: Look, since: date) -> ExpiringPoints | None:
    policy = look.policy(ExpiryPolicy)
    until = (look.today.replace(day=1) + timedelta(days=32)).replace(day=1)
    gone, going = policy.expired_until(look.today), policy.expired_until(until)
    if gone is None or going is None:
        return None
    return ExpiringPoints(
        expired=expiry.expired_since(look.connection, since),
        coming=expiry.expiring(look.connection, going),
        until=until,
    )


def _appointment(row: Row[Any]) -> Appointment:
    return Appointment(
        order=row.id,
        wanted_from=row.wanted_from,
        wanted_at=row.wanted_at,
        who=masking.listed(row.who),
        category=row.category,
        team=row.team_name or "",
        state=State(row.state),
    )


def _rating(look: Look, row: Any) -> Rating:
    return Rating(
        order=row.id,
        stars=row.stars,
        words=look.sight.words(row.rating_words),
        category=row.category,
        team=row.team_name or "",
    )


def _counts(look: Look, first: date) -> Mapping[date, DayCount]:
    """Every day from ``first`` up to today; three statements."""
    taken = orders_today.taken_by_day(look.connection, first)
    finished = orders_today.finished_by_day(look.connection, first)
    minutes = hours.by_day(look.connection, first, look.today)
    days = [first + timedelta(days=after) for after in range((look.today - first).days + 1)]
    return {day: DayCount(day, taken.get(day, 0), finished.get(day, 0), minutes.get(day, 0)) for day in days}
