"""The orders of the sample town (订单): lives that ended well or badly over the years, and those open today."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from app.demo import texts
from app.demo.activities import Activity
from app.demo.case import Case
from app.demo.fates import OPEN, PATHS, Fate
from app.demo.places import SWALLOWS
from app.demo.services import Days
from app.demo.town import Life, Squad, Town
from app.domain import categories
from app.domain import orders as rules
from app.domain.calendar import instant_at, shanghai_day
from app.domain.orders import Caution, Channel, State, Wish
from app.domain.people import FULL_AGE, Person
from app.facts import Id
from app.facts.orders import TakenBy

_CHANNELS = {
    Channel.WALK_IN: 30,
    Channel.CALL: 34,
    Channel.SWALLOW: 16,
    Channel.CAPTAIN: 8,
    Channel.CAMPAIGN: 5,
    Channel.SNAPSHOT: 4,
    Channel.APP: 3,
}
_CAUTIONS = {
    "独居": Caution.ALONE,
    "行动不便": Caution.HARD_TO_WALK,
    "有狗": Caution.DOG,
    "传染": Caution.CONTAGIOUS,
}
_STARS = {5: 70, 4: 18, 3: 6, 2: 4, 1: 2}
_MONEY_SHARE = 0.6
_OLD_SHARE = 0.85
_FIRST_ORDERS_SHARE = 0.04
_NOT_AGAIN_SOON = 60
_ATTEMPTS = 12
_LAST_DAYS_ARE_OPEN = 6


class Requests:
    """The orders that will be asked for: ``ended`` over the years, ``still_open`` as they stand today."""

    def __init__(self, town: Town, days: Days, *, ended: int, still_open: int) -> None:
        self._town = town
        self._days = days
        self._ended = ended
        self._still_open = still_open
        self._table = categories.shipped()
        self._lately: deque[str] = deque(maxlen=_NOT_AGAIN_SOON)

    def plan(self) -> None:
        town = self._town
        span = max(1, town.days - _LAST_DAYS_ARE_OPEN)
        for turn in range(self._ended):
            grown = ((turn + town.rng.random()) / self._ended) ** 0.6
            share = _FIRST_ORDERS_SHARE + (1 - _FIRST_ORDERS_SHARE) * grown
            day = town.first + timedelta(days=int(span * share))
            moment = instant_at(day, town.rng.randrange(8, 17), town.rng.randrange(60))
            town.agenda.begin(moment, partial(self._life, self._ended_fate()))
        for moment, fate in self._open_fates():
            town.agenda.begin(moment, partial(self._life, fate))

    def _ended_fate(self) -> Fate:
        rng = self._town.rng
        path = rng.choices(list(PATHS), list(PATHS.values()))[0]
        return Fate(
            path=path,
            refusals=rng.choices((0, 1, 2), (85, 12, 3))[0],
            grabbed=rng.random() < 0.15,
            returned=rng.random() < 0.03,
            urgent=rng.random() < 0.06,
            money=rng.random() < _MONEY_SHARE,
            stars=rng.choices((*_STARS, None), (*_STARS.values(), 28))[0],
            asked_again=rng.random() < 0.02,
            solved=rng.random() < 0.85,
        )

    def _open_fates(self) -> list[tuple[datetime, Fate]]:
        """When the open orders were asked for, by how they stand today."""
        town, usual = self._town, sum(one.count for one in OPEN)
        found = []
        for one in OPEN:
            for _each in range(max(1, round(one.count * self._still_open / usual))):
                days_ago = town.rng.randint(*one.days_ago)
                found.append((self._asked_at(days_ago), replace(one.fate, whole_days_ago=days_ago)))
        return found

    def _asked_at(self, days_ago: int) -> datetime:
        """This morning, or at any time of an earlier day; what is not fresh has had time to go on."""
        town = self._town
        if days_ago == 0:
            return town.until - timedelta(minutes=town.rng.randrange(15, 70))
        day = shanghai_day(town.until) - timedelta(days=days_ago)
        return instant_at(day, town.rng.randrange(8, 12), town.rng.randrange(60))

    def _life(self, fate: Fate, now: datetime) -> Life:
        """One order from the request to where it stands."""
        case = self._submit(fate, now)
        if fate.stop is State.SUBMITTED:
            return
        now = yield self._soon(fate, now, 4, 90)
        if fate.path == "rejected":
            case.reject(now)
            return
        if case.order.state is State.SUBMITTED:
            case.do(now, rules.screen(case.order, limits=case.limits, now=now))
        if fate.path in ("referred", "escalated"):
            yield from self._handed_up(case, fate, now)
            return
        now = yield self._soon(fate, now, 2, 60)
        if fate.path == "cancelled":
            yield from self._cancelled(case, now)
            return
        yield from self._by_volunteers(case, fate, now)

    def _by_volunteers(self, case: Case, fate: Fate, now: datetime) -> Life:
        rng = self._town.rng
        for _refusal in range(fate.refusals):
            case.dispatch(self._squad(case), now)
            now = yield self._soon(fate, now, 30, 240)
            reason, note = rng.choice(texts.REFUSALS)
            body = rules.refuse(case.order, reason=reason, limits=case.limits, now=now)
            case.do(now, body, note=note)
            now = yield self._soon(fate, now, 5, 40)
        if fate.returned:
            case.dispatch(self._squad(case), now)
            now = yield self._soon(fate, now, 30, 120)
            case.accept(now)
            now = yield self._soon(fate, now, 60, 200)
            reason, note = rng.choice(texts.RETURNS)
            case.do(now, rules.give_back(case.order, reason=reason, limits=case.limits, now=now), note=note)
            now = yield self._soon(fate, now, 5, 40)
        if fate.stop is State.WAITING:
            return
        squad = self._squad(case)
        if fate.grabbed:
            case.grab(squad, now)
        else:
            case.dispatch(squad, now)
            if fate.stop is State.DISPATCHED:
                return
            now = yield self._soon(fate, now, 10, 200)
            case.accept(now)
        if rng.random() < 0.8:
            now = yield self._soon(fate, now, 5, 60)
            case.do(now, rules.contact(case.order))
        if fate.asked_again:
            now = yield self._soon(fate, now, 20, 90)
            case.ask_again(now)
        if fate.stop is State.ACCEPTED:
            return
        now = yield self._service_begins(case, fate, now)
        case.do(now, rules.start(case.order, started_at=now, now=now))
        if fate.stop is State.IN_SERVICE:
            return
        now = yield now + timedelta(minutes=rng.randrange(30, 150, 5))
        self._finished(case, squad, now)
        yield from self._afterwards(case, fate, now)

    def _finished(self, case: Case, squad: Squad, now: datetime) -> None:
        note = self._town.rng.choice(texts.FINISHED)
        body = rules.finish(case.order, finished_at=now, limits=case.limits, now=now)
        case.do(now, body, note=note)
        started_at = case.order.started_at
        assert started_at is not None
        category = self._table.find(case.category)
        assert category is not None
        # Whose wish it was, and where they live, is nobody's business on a certificate.
        activity = Activity(category.name, category.name, case.category, case.village)
        helpers = [case.helper] if case.helper else []
        helpers += [one for one in squad.pick(self._town.rng, 2) if one is not case.helper]
        count = 1 if self._town.rng.random() < 0.4 else 2
        self._days.served(
            helpers[:count], squad, activity, case.village, started_at, now, now, order=case.order.id
        )

    def _afterwards(self, case: Case, fate: Fate, now: datetime) -> Life:
        """The money is settled, the resident is asked, what went wrong is put right."""
        rng = self._town.rng
        if case.order.shopping and fate.stop is None:
            now = yield self._soon(fate, now, 5, 60)
            case.settle(now)
        if fate.stop is State.DONE:
            return
        if fate.stars is None:
            now = yield self._town.days_later(now, 7, 11)
            case.do(now, rules.close(case.order))
            return
        now = yield self._soon(fate, now, 30, 2_000)
        case.rate(fate.stars, now)
        if fate.stop is State.RATED or not case.order.call_back_open:
            return
        now = yield self._town.days_later(now, 1, 3)
        if rng.random() < 0.4:
            case.call_back(now, settled=False)
            now = yield self._town.days_later(now, 1, 4)
        if rng.random() < 0.5:
            case.call_back(now, settled=True)
            return
        case.rate(4, now)
        if case.order.state is State.RATED and case.order.call_back_open:
            case.call_back(now, settled=True)

    def _handed_up(self, case: Case, fate: Fate, now: datetime) -> Life:
        town, rng = self._town, self._town.rng
        now = yield self._soon(fate, now, 2, 30)
        if fate.path == "referred":
            office = texts.OFFICES.get(case.category.partition(".")[0], texts.OTHER_OFFICE)
            case.do(now, rules.refer(case.order, office=office, limits=case.limits, now=now))
        else:
            handed_up = rules.escalate(
                case.order, level="county", office=texts.CENTRE, limits=case.limits, now=now
            )
            case.do(now, handed_up, note=rng.choice(texts.ESCALATIONS))
        if fate.taken:
            now = yield self._soon(fate, now, 40, 300)
            who = TakenBy(name=rng.choice(texts.OFFICIALS), phone=f"0537-555{rng.randrange(10**4):04}")
            case.do(now, rules.take(case.order), part=who)
        if fate.stop is not None:
            return
        now = yield town.days_later(now, 1, 6)
        body = rules.answer(case.order, solved=fate.solved, limits=case.limits, now=now)
        case.do(now, body, note=rng.choice(texts.ANSWERS[fate.solved]))
        if fate.solved:
            yield from self._afterwards(case, fate, now)
            return
        now = yield self._soon(fate, now, 10, 60)
        yield from self._by_volunteers(case, replace(fate, grabbed=False), now)

    def _cancelled(self, case: Case, now: datetime) -> Life:
        """Some are cancelled while a team has them already."""
        rng = self._town.rng
        if rng.random() < 0.6:
            case.dispatch(self._squad(case), now)
            now = yield self._town.minutes_later(now, 20, 120)
            if rng.random() < 0.3:
                case.do(now, rules.withdraw(case.order, limits=case.limits, now=now))
        reason, note = rng.choice(texts.CANCELS)
        case.do(now, rules.cancel(case.order, reason=reason), note=note)
        if case.order.shopping:
            case.settle(now)

    def _soon(self, fate: Fate, now: datetime, least: int, most: int) -> datetime:
        """Some minutes later; quickly where the order has to stand where it stands before today's time is up."""
        if fate.stop is not None:
            least, most = min(least, 3), min(most, 6 if fate.whole_days_ago == 0 else 45)
        return self._town.minutes_later(now, least, most)

    def _service_begins(self, case: Case, fate: Fate, now: datetime) -> datetime:
        """When the volunteers come: as wanted, or the next day; this morning, where they are there now."""
        town, rng = self._town, self._town.rng
        if fate.stop is State.IN_SERVICE:
            return max(now, town.until - timedelta(minutes=rng.randrange(10, 60)))
        wanted_at = case.order.wanted_at
        if wanted_at is not None and wanted_at > now:
            return town.open_at(wanted_at - timedelta(hours=2))
        if case.order.urgent:
            return town.minutes_later(now, 10, 60)
        return instant_at(
            shanghai_day(now) + timedelta(days=1), rng.randrange(9, 15), rng.choice((0, 15, 30))
        )

    def _squad(self, case: Case) -> Squad:
        """A team that takes this and was not asked yet: from the same village, or one for the whole town."""
        fit = [
            squad
            for squad in self._town.squads.values()
            if squad.members
            and squad.team.id not in case.asked
            and squad.plan.village in (None, case.village)
            and any(categories.covers(wide, case.category) for wide in squad.plan.categories)
        ]
        own = [squad for squad in fit if squad.plan.village and SWALLOWS not in squad.plan.name]
        return self._town.rng.choice(fit + own) if fit else self._corps()

    def _corps(self) -> Squad:
        return next(iter(self._town.squads.values()))

    def _submit(self, fate: Fate, now: datetime) -> Case:
        """Somebody asks for something; a twin is asked for a second time by another way."""
        town = self._town
        category, what, mind = self._what(fate, now)
        person = self._beneficiary(category, what)
        case = Case(town, person, category, what)
        said = mind.split("，")
        typed = "，".join(word for word in said if word not in _CAUTIONS)
        case.submit(self._wish(case, fate, said, now), typed, now)
        if fate.twin:
            later = min(town.until, now + timedelta(minutes=town.rng.randrange(2, 8)))
            town.agenda.at(later, partial(self._twin, case, mind))
        return case

    def _twin(self, first: Case, mind: str, now: datetime) -> None:
        what = self._town.rng.choice(texts.SECOND_TIME).format(what=first.what)
        case = Case(self._town, first.person, first.category, what, first.place)
        wish = Wish(
            channel=Channel.APP,
            category=first.category,
            region=first.region,
            requester=self._requester(case, Channel.APP),
            beneficiary=first.person.id,
        )
        case.submit(wish, mind, now)

    def _what(self, fate: Fate, now: datetime) -> tuple[str, str, str]:
        rng = self._town.rng
        if fate.path == "rejected":
            category, what, _reason, _told = rng.choice(texts.OUT_OF_SCOPE)
            return category, what, ""
        for _attempt in range(_ATTEMPTS):
            category = fate.category or rng.choice(_ASKED_FOR[fate.path])
            every = [one for one in texts.REQUESTS[category] if self._fits_anybody(one[0])]
            in_season = [one for one in every if texts.fits_month(one[0], now.month)]
            what, mind = rng.choice(in_season or every)
            if in_season and what not in self._lately:
                break
        self._lately.append(what)
        return category, what.format(goods=rng.choice(texts.GOODS)), mind

    def _fits_anybody(self, what: str) -> bool:
        least = texts.least_age(what)
        return not least or bool(self._aged(least))

    def _aged(self, least: int) -> list[Person]:
        town = self._town
        return [one for one in (*town.old, *town.residents) if town.age(one) >= least]

    def _beneficiary(self, category: str, what: str) -> Person:
        """Whose age fits what is asked for."""
        town, least = self._town, texts.least_age(what)
        if least:
            return town.rng.choice(self._aged(least))
        if category in texts.FOR_CHILDREN and town.residents:
            return town.rng.choice(town.residents)
        if town.old and town.rng.random() < _OLD_SHARE:
            return town.rng.choice(town.old)
        grown = [one for one in town.residents if town.age(one) >= FULL_AGE]
        return town.rng.choice(grown or [one.person for one in town.helpers])

    def _wish(self, case: Case, fate: Fate, said: Sequence[str], now: datetime) -> Wish:
        town, rng = self._town, self._town.rng
        channel = rng.choices(list(_CHANNELS), list(_CHANNELS.values()))[0]
        carriers = [one for one in town.helpers[:400] if one.village == case.village and one.gone_on is None]
        if channel in rules.BY_PROXY and not carriers:
            channel = Channel.CALL
        proxy = rng.choice(carriers).person.id if channel in rules.BY_PROXY else None
        category = self._table.find(case.category)
        assert category is not None
        money = fate.money and category.money
        return Wish(
            channel=channel,
            category=case.category,
            region=case.region,
            requester=self._requester(case, channel),
            beneficiary=case.person.id,
            proxy=proxy,
            consented=proxy is not None,
            urgent=fate.urgent,
            wanted_at=None if fate.urgent else self._wanted_at(fate, now),
            cautions=tuple(code for word, code in _CAUTIONS.items() if word in said),
            policy_covered=category.policy,
            advance_cents=rng.randrange(20, 200) * 100 if money else None,
        )

    def _requester(self, case: Case, channel: Channel) -> Id:
        """A neighbour or one of the family calls, now and then; for a child always somebody grown up."""
        town = self._town
        is_grown = town.age(case.person) >= FULL_AGE
        if is_grown and (channel in rules.BY_PROXY or town.rng.random() < 0.8):
            return case.person.id
        if not is_grown and case.person.details.guardian:
            return case.person.details.guardian
        near = [
            one
            for one in town.residents[:300]
            if one.details.region == case.region and town.age(one) >= FULL_AGE
        ]
        return town.rng.choice(near or [case.person]).id

    def _wanted_at(self, fate: Fate, now: datetime) -> datetime | None:
        rng = self._town.rng
        if rng.random() < 0.7 or fate.stop in (State.DONE, State.RATED):
            return None
        after = rng.randint(1, 4) + (fate.whole_days_ago if fate.stop else 0)
        return instant_at(shanghai_day(now) + timedelta(days=after), rng.randrange(9, 17))


def _asked_for() -> dict[str, list[str]]:
    """What may be asked for on each path, as often as there are ways to ask for it."""
    table = categories.shipped()
    every = [code for code, requests in texts.REQUESTS.items() for _each in requests]
    covered = {one.code for one in table.every if one.policy}
    by_hand = [code for code in every if code not in covered]
    by_policy = [code for code in every if code in covered]
    return {
        "served": by_hand,
        "cancelled": by_hand,
        "referred": by_policy,
        "escalated": ["health.clinic", "culture.opera", "culture.film", "law.advice", "health.mind"],
    }


_ASKED_FOR = _asked_for()
