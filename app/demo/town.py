"""The town as it stands at a moment (此刻的镇): who is there, which teams, who is at the desk, and what comes next.

Nothing is read back from the tables: what the rules need is kept here, as they answer with facts for the book. What
happens to one thing over weeks is a *life*, a generator that yields the moment at which it goes on.
"""

from __future__ import annotations

import heapq
import itertools
import random
from collections import deque
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from app.actions.desk import Action, SignedIn
from app.demo.book import Book
from app.demo.places import Plan
from app.domain import services
from app.domain.calendar import instant_at, shanghai
from app.domain.hours import HoursPolicy
from app.domain.identity import age_on
from app.domain.orders import OrderLimits
from app.domain.people import Person, VolunteerAges
from app.domain.points import PointsPolicy
from app.domain.services import RecordedStretch, RecordingPolicy
from app.domain.stations import Station
from app.domain.teams import Team
from app.facts import Id

OPENS = (8, 30)
CLOSES = (17, 30)
_REMEMBERED_STRETCHES = 30

R = TypeVar("R")
Life = Generator[datetime, datetime, None]


class Agenda:
    """What will happen, in the order of time; of two things at one moment the one noted first."""

    def __init__(self) -> None:
        self._coming: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._turn = itertools.count()

    def at(self, moment: datetime, do: Callable[[datetime], None]) -> None:
        heapq.heappush(self._coming, (moment, next(self._turn), do))

    def begin(self, moment: datetime, life: Callable[[datetime], Life]) -> None:
        """Let a life start at ``moment``."""
        self.at(moment, lambda now: self._go_on(life(now), None, now))

    def run(self, until: datetime, passed: Callable[[datetime], None]) -> None:
        """Let everything happen that comes up to ``until``; ``passed`` is told how far time has come."""
        while self._coming and self._coming[0][0] <= until:
            moment, _turn, do = heapq.heappop(self._coming)
            do(moment)
            passed(moment)

    def _go_on(self, life: Life, sent: datetime | None, now: datetime) -> None:
        try:
            moment = next(life) if sent is None else life.send(sent)
        except StopIteration:
            return
        self.at(max(moment, now), lambda later: self._go_on(life, later, later))


@dataclass(frozen=True, slots=True)
class Crew:
    """The staff who work at the desk by turns, and who checks what they wrote. ``persons``: who is in the register."""

    clerks: tuple[SignedIn, ...]
    administrator: SignedIn
    persons: dict[Id, Id] = field(default_factory=dict)

    def at_desk(self, now: datetime) -> SignedIn:
        return self.clerks[shanghai(now).toordinal() % len(self.clerks)]

    def approver(self, recorder: Id, volunteer: Id) -> SignedIn:
        """Somebody else than who wrote a record down and than whom it is about."""
        for one in (*self.clerks, self.administrator):
            if one.staff != recorder and self.persons.get(one.staff) != volunteer:
                return one
        return self.administrator


@dataclass(eq=False, slots=True)
class Helper:
    """A volunteer. ``keenness`` is how likely they come along, ``wishes`` the teams they would join."""

    person: Person
    village: str
    keenness: float
    wishes: frozenset[str]
    stretches: deque[RecordedStretch] = field(default_factory=lambda: deque(maxlen=_REMEMBERED_STRETCHES))
    approved: list[Id] = field(default_factory=list)
    gone_on: date | None = None

    def stretches_on(self, first: datetime, last: datetime) -> list[RecordedStretch]:
        return [one for one in self.stretches if one.ended_at > first and one.started_at < last]

    def as_server(self) -> services.Volunteer:
        return services.Volunteer(
            id=self.person.id,
            name=self.person.details.name,
            registered_on=self.person.registered_on,
            left_on=self.gone_on,
        )


@dataclass(eq=False, slots=True)
class Squad:
    """A team with its members."""

    team: Team
    plan: Plan
    members: list[Helper] = field(default_factory=list)
    _weights: list[float] = field(default_factory=list)

    def take_in(self, helper: Helper) -> None:
        self.members.append(helper)
        self._weights = []

    def let_go(self, helper: Helper) -> None:
        self.members.remove(helper)
        self._weights = []

    def pick(self, rng: random.Random, count: int) -> list[Helper]:
        """Up to ``count`` members, the keen ones more often."""
        if not self.members:
            return []
        if not self._weights:
            self._weights = list(itertools.accumulate(one.keenness for one in self.members))
        drawn = rng.choices(self.members, cum_weights=self._weights, k=2 * count)
        return list(dict.fromkeys(drawn))[:count]


@dataclass(frozen=True, slots=True)
class Rules:
    """The policies that hold; nothing that was decided under them is ever decided again."""

    limits: OrderLimits
    recording: RecordingPolicy
    hours: HoursPolicy
    points: PointsPolicy
    ages: VolunteerAges


@dataclass(eq=False, slots=True, kw_only=True)
class Town:
    """Everything that is true at the moment. ``first`` is the station's first day, ``until`` where time stops."""

    rng: random.Random
    book: Book
    agenda: Agenda
    station: Station
    crew: Crew
    rules: Rules
    villages: Sequence[tuple[str, str]]
    first: date
    until: datetime
    residents: list[Person] = field(default_factory=list)
    old: list[Person] = field(default_factory=list)
    helpers: list[Helper] = field(default_factory=list)
    squads: dict[str, Squad] = field(default_factory=dict)

    @property
    def last(self) -> date:
        return shanghai(self.until).date()

    @property
    def days(self) -> int:
        return (self.last - self.first).days

    def do(self, action: Action[R, Any], request: R, now: datetime, by: SignedIn | None = None) -> None:
        """Do what people do at the desk, a clerk unless it is said, in the transaction of the day."""
        action.inside(self.book.work(now, by or self.crew.at_desk(now)), request)
        self.book.settle()

    def minutes_later(self, now: datetime, least: int, most: int) -> datetime:
        """Some time after ``now``, within opening hours."""
        return self.open_at(now + timedelta(minutes=self.rng.randint(least, most)))

    def days_later(self, now: datetime, least: int, most: int) -> datetime:
        return self.minutes_later(now, least * 24 * 60, most * 24 * 60)

    def open_at(self, moment: datetime) -> datetime:
        """``moment`` itself, or soon after the next opening."""
        wall = shanghai(moment)
        at = (wall.hour, wall.minute)
        if OPENS <= at < CLOSES:
            return moment
        day = wall.date() if at < OPENS else wall.date() + timedelta(days=1)
        return instant_at(day, OPENS[0], OPENS[1] + self.rng.randrange(40))

    def age(self, person: Person) -> int:
        born_on = person.details.born_on
        return 0 if born_on is None else age_on(born_on, self.last)
