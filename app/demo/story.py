"""Letting the years of a sample station happen (经过): everything is planned, then lived through in order."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec
from sqlalchemy import Connection

from app.actions.desk import Desk
from app.demo import book, places
from app.demo.certificates import Counter
from app.demo.gifts import GiftCounter
from app.demo.orders import Requests
from app.demo.people import Arrivals
from app.demo.services import Days
from app.demo.stars import Reviews
from app.demo.town import Agenda, Crew, Rules, Town
from app.domain.calendar import instant_at, shanghai_day
from app.domain.hours import HoursPolicy
from app.domain.orders import OrderLimits
from app.domain.people import VolunteerAges
from app.domain.points import PointsPolicy
from app.domain.services import RecordingPolicy
from app.domain.villages import VillageNames
from app.facts.policies import PolicySet
from app.storage import stations
from app.storage.engine import reading
from app.storage.policies import policy
from app.words import _

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much happens. ``volunteers`` are some of the ``people``; ``records`` is about how many services."""

    people: int
    volunteers: int
    days: int
    records: int
    ended_orders: int
    open_orders: int
    certificates: int
    redemptions: int


def tell(
    desk: Desk,
    crew: Crew,
    scale: Scale,
    rng: random.Random,
    until: datetime,
    progress: Progress | None = None,
) -> Town:
    """Let ``scale.days`` days happen at a founded station, up to ``until``, and write them into its log."""
    with reading(desk.engine) as connection:
        station = stations.this_station(connection)
        rules = _rules_on(connection, shanghai_day(until))
    with book.opened(desk) as pages:
        town = Town(
            rng=rng,
            book=pages,
            agenda=Agenda(),
            station=station,
            crew=crew,
            rules=rules,
            villages=places.villages(station.region),
            first=shanghai_day(until) - timedelta(days=scale.days),
            until=until,
        )
        _name_villages(town)
        days = Days(town, scale.records)
        Arrivals(town, people=scale.people, volunteers=scale.volunteers).plan()
        days.plan()
        Requests(town, days, ended=scale.ended_orders, still_open=scale.open_orders).plan()
        Counter(town, scale.certificates).plan()
        GiftCounter(town, scale.redemptions).plan()
        Reviews(town).plan()
        town.agenda.run(until, _Teller(town, progress) if progress else _silently)
    return town


def _name_villages(town: Town) -> None:
    """The first thing its administrator did."""
    names = VillageNames(names=dict(town.villages))
    value = msgspec.json.encode(names, order="deterministic").decode()
    town.book.write(
        instant_at(town.first, 8),
        town.crew.administrator.staff,
        PolicySet(policy=VillageNames.name, value=value, valid_from=town.first),
    )


def _rules_on(connection: Connection, day: date) -> Rules:
    return Rules(
        limits=policy(connection, OrderLimits, day),
        recording=policy(connection, RecordingPolicy, day),
        hours=policy(connection, HoursPolicy, day),
        points=policy(connection, PointsPolicy, day),
        ages=policy(connection, VolunteerAges, day),
    )


class _Teller:
    """Says once a day how far the years have come."""

    def __init__(self, town: Town, progress: Progress) -> None:
        self._town = town
        self._progress = progress
        self._said = -1

    def __call__(self, moment: datetime) -> None:
        day = shanghai_day(moment)
        done = (day - self._town.first).days
        if done > self._said:
            self._said = done
            text = _("{year}年{month}月的志愿服务").format(year=day.year, month=day.month)
            self._progress(text, done, self._town.days)


def _silently(moment: datetime) -> None:
    pass
