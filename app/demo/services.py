"""Three years of service in the sample town (服务记录): what happens each day, who records it, who lets it count.

More in March, at harvest and at weekends, most on 5 March; a few records are late, declined or revoked.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial

from app.actions.purses import settle_debts
from app.demo import activities, texts
from app.demo.activities import Activity
from app.demo.places import SWALLOWS
from app.demo.town import Helper, Squad, Town
from app.domain import services as rules
from app.domain.calendar import instant_at, shanghai_day, shipped
from app.domain.services import Occasion, RecordedStretch, Service, State, Stretch
from app.facts import Id
from app.facts.services import ServiceNote, ServiceRecorded, ServiceWords
from app.storage import points
from app.storage.ids import new_id

_BY_MONTH = dict(zip(range(1, 13), (0.9, 0.7, 1.5, 1.1, 1.0, 1.2, 0.9, 0.8, 1.1, 1.2, 1.0, 1.0), strict=True))
_THEME_DAY = (3, 5)
_THEME_DAY_TIMES = 12
_WEEKEND_TIMES = 1.25
_BEGAN_WITH, _GROWN_BY = 0.7, 0.6
_DUTY_SHARE = 0.3
_LATE_SHARE, _DECLINED_SHARE, _REVERSED_SHARE = 0.012, 0.012, 0.006
_EXACT_SHARE = 0.25


@dataclass(eq=False, slots=True)
class _Waiting:
    """A record that waits for approval."""

    fact: ServiceRecorded
    helper: Helper
    by: Id
    at: datetime


@dataclass(eq=False, slots=True)
class Days:
    """What volunteers do day by day. ``records`` is about how many records there will be in all."""

    town: Town
    records: int
    _waiting: list[_Waiting] = field(default_factory=list)
    _given: dict[tuple[Id, date], tuple[int, int]] = field(default_factory=dict)
    _owing: set[Id] = field(default_factory=set)

    def plan(self) -> None:
        for after in range(self.town.days + 1):
            day = self.town.first + timedelta(days=after)
            self.town.agenda.at(instant_at(day, 17, 40), self._evening)
            if shipped().is_working_day(day):
                self.town.agenda.at(instant_at(day, 16, 20 + after % 30), self._approve)

    def served(
        self,
        helpers: list[Helper],
        squad: Squad,
        activity: Activity,
        place: str,
        started_at: datetime,
        ended_at: datetime,
        now: datetime,
        order: Id | None = None,
    ) -> None:
        """Record what some volunteers did together; who served elsewhere at that time is left out."""
        free = [one for one in helpers if one.gone_on is None and not one.stretches_on(started_at, ended_at)]
        stretches = [self._stretch(one, started_at, ended_at) for one in free]
        for one, stretch in zip(free, stretches, strict=True):
            one.stretches.append(
                RecordedStretch(
                    service=stretch.service,
                    person=stretch.person,
                    started_at=stretch.started_at,
                    ended_at=stretch.ended_at,
                    activity=activity.name,
                    order_number=None,
                )
            )
        if not stretches:
            return
        station = self.town.station
        occasion = Occasion(
            station=station.id,
            unit=station.name,
            order=order,
            team=squad.team.id,
            activity=activity.name,
            category=activity.category,
        )
        words = ServiceWords(content=activity.content, place=place)
        record = partial(self._record, occasion, list(zip(free, stretches, strict=True)), words)
        if order is None and self.town.rng.random() < _LATE_SHARE:
            self.town.agenda.at(self.town.days_later(now, 16, 24), record)
        else:
            record(now)

    def _stretch(self, helper: Helper, started_at: datetime, ended_at: datetime) -> Stretch:
        """Some come a little later or leave a little earlier: minutes are exact."""
        rng = self.town.rng
        if rng.random() < _EXACT_SHARE:
            started_at += timedelta(minutes=rng.randrange(12))
            ended_at -= timedelta(minutes=rng.randrange(12))
        return Stretch(service=new_id(), person=helper.person.id, started_at=started_at, ended_at=ended_at)

    def _record(
        self, occasion: Occasion, served: list[tuple[Helper, Stretch]], words: ServiceWords, now: datetime
    ) -> None:
        there = [(helper, stretch) for helper, stretch in served if helper.gone_on is None]
        if not there:
            return
        first = min(stretch.started_at for _helper, stretch in there) - timedelta(days=1)
        bodies = rules.record(
            occasion,
            [stretch for _helper, stretch in there],
            volunteers={helper.person.id: helper.as_server() for helper, _stretch in there},
            recorded=[one for helper, _stretch in there for one in helper.stretches_on(first, now)],
            policy=self.town.rules.recording,
            now=now,
        )
        by = self.town.crew.at_desk(now).staff
        for body, (helper, _stretch) in zip(bodies, there, strict=True):
            self.town.book.write(now, by, body, parts={body.person: words})
            self._waiting.append(_Waiting(body, helper, by, now))

    def _evening(self, now: datetime) -> None:
        """What happened today is written down at the end of the day."""
        town = self.town
        left = self._records_on(shanghai_day(now))
        left -= self._duty(round(left * _DUTY_SHARE), now)
        if _is_theme_day(shanghai_day(now)):
            for squad in [one for one in town.squads.values() if one.members]:
                left -= self._happen(activities.THEME_DAY, squad, now) if left > 0 else 0
        misses = 0
        while left > 0 and misses < 20:
            activity = town.rng.choices(activities.ACTIVITIES, _WEIGHTS)[0]
            doing = self._squad_for(activity, shanghai_day(now))
            happened = self._happen(activity, doing, now) if doing is not None else 0
            left -= happened
            misses += not happened

    def _records_on(self, day: date) -> int:
        town = self.town
        times = _BY_MONTH[day.month] * (_BEGAN_WITH + _GROWN_BY * (day - town.first).days / max(1, town.days))
        if day.weekday() > 4:
            times *= _WEEKEND_TIMES
        if _is_theme_day(day):
            times *= _THEME_DAY_TIMES
        return int(self.records / max(1, town.days) * times + town.rng.random())

    def _duty(self, count: int, now: datetime) -> int:
        """The swallows on duty in some villages; how many there were."""
        town = self.town
        squads = [one for one in town.squads.values() if SWALLOWS in one.plan.name and one.members]
        for squad in town.rng.sample(squads, min(count, len(squads))):
            on_duty = squad.members[shanghai_day(now).toordinal() % len(squad.members)]
            self._at_a_time(activities.DUTY, squad, [on_duty], now)
        return min(count, len(squads))

    def _squad_for(self, activity: Activity, day: date) -> Squad | None:
        """Who would do it; None when it does not happen on such a day, or nobody is there yet."""
        if day.month not in activity.months or day.weekday() not in activity.weekdays:
            return None
        town = self.town
        if activity.team is not None:
            return town.squads.get(activity.team)
        village = town.rng.choice(town.villages)[1]
        return town.squads.get(f"{village}志愿服务队")

    def _happen(self, activity: Activity, squad: Squad, now: datetime) -> int:
        helpers = squad.pick(self.town.rng, self.town.rng.randint(*activity.people))
        if helpers:
            self._at_a_time(activity, squad, helpers, now)
        return len(helpers)

    def _at_a_time(self, activity: Activity, squad: Squad, helpers: list[Helper], now: datetime) -> None:
        rng = self.town.rng
        minutes = rng.randrange(activity.minutes[0], activity.minutes[1] + 1, 10)
        latest = instant_at(shanghai_day(now), 17, 20) - timedelta(minutes=minutes)
        begun = instant_at(shanghai_day(now), rng.randint(*activity.hours), rng.choice((0, 0, 30, 10)))
        started_at = min(begun, latest)
        village = squad.plan.village or rng.choice(self.town.villages)[1]
        place = activity.place.format(village=village)
        self.served(helpers, squad, activity, place, started_at, started_at + timedelta(minutes=minutes), now)

    def _approve(self, now: datetime) -> None:
        """Somebody else lets records count, a day or two after they were made."""
        ready = [one for one in self._waiting if one.at < now - timedelta(hours=44)]
        self._waiting = self._waiting[len(ready) :]
        town = self.town
        by_approver: dict[Id, list[_Waiting]] = {}
        for one in ready:
            approver = town.crew.approver(one.by, one.helper.person.id)
            by_approver.setdefault(approver.staff, []).append(one)
        for turn, (approver_id, decided) in enumerate(by_approver.items()):
            moment = now + timedelta(minutes=turn)
            town.agenda.at(moment, partial(self._decide_all, decided, approver_id))

    def _decide_all(self, waiting: list[_Waiting], by: Id, now: datetime) -> None:
        for one in waiting:
            self._decide(one, by, now)

    def _decide(self, one: _Waiting, by: Id, now: datetime) -> None:
        town, body = self.town, one.fact
        service = Service(
            id=body.service,
            person=body.person,
            state=State.WAITING,
            category=body.category,
            minutes=body.minutes,
            served_on=body.served_on,
        )
        if town.rng.random() < _DECLINED_SHARE:
            reason = town.rng.choice(texts.DECLINED)
            declined = rules.decline(service, reason=reason)
            town.book.write(now, by, declined, parts={body.person: ServiceNote(text=reason)})
            return
        day = (body.person, body.served_on)
        minutes, cents = self._given.get(day, (0, 0))
        approved = rules.approve(
            service,
            approver=town.crew.persons.get(by),
            counted_that_day_minutes=minutes,
            given_that_day_cents=cents,
            hours=town.rules.hours,
            points=town.rules.points,
        )
        self._given[day] = minutes + approved.minutes, cents + approved.points_cents
        town.book.write(now, by, approved)
        one.helper.approved.append(body.service)
        if body.person in self._owing:
            self._settle(body.person, None, now)
        if town.rng.random() < _REVERSED_SHARE:
            counted = replace(
                service,
                state=State.APPROVED,
                counted_minutes=approved.minutes,
                points_cents=approved.points_cents,
            )
            town.agenda.at(town.days_later(now, 2, 40), partial(self._reverse, counted, one.helper))

    def _reverse(self, service: Service, helper: Helper, now: datetime) -> None:
        town = self.town
        reason = town.rng.choice(texts.REVERSED)
        body = rules.reverse(service, reason=reason)
        town.book.write(
            now, town.crew.administrator.staff, body, parts={body.person: ServiceNote(text=reason)}
        )
        self._settle(body.person, service.id, now)
        helper.approved.remove(service.id)
        minutes, cents = self._given[body.person, body.served_on]
        self._given[body.person, body.served_on] = minutes - body.minutes, cents - body.points_cents

    def _settle(self, person: Id, revoked: Id | None, now: datetime) -> None:
        """Points of revoked hours are taken back, as far as there are any; the rest when there are."""
        work = self.town.book.work(now, self.town.crew.administrator)
        settle_debts(work, [person], revoked)
        self.town.book.settle()
        owes = person in points.debts(work.connection, [person])
        (self._owing.add if owes else self._owing.discard)(person)


def _is_theme_day(day: date) -> bool:
    return (day.month, day.day) == _THEME_DAY


_WEIGHTS = [activity.weight for activity in activities.ACTIVITIES]
