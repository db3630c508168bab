"""How people come to the sample town (居民、志愿者、队伍): who registers when, joins which team, leads or leaves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from app.demo import sample, texts, words
from app.demo.places import SWALLOWS, Plan, team_plans
from app.demo.sample import Invented
from app.demo.town import Helper, Squad, Town
from app.domain import people as rules
from app.domain import staff as staff_rules
from app.domain import teams as team_rules
from app.domain.calendar import instant_at, shanghai_day
from app.domain.identity import Sex, age_on
from app.domain.numbers import volunteer_number
from app.domain.people import FULL_AGE, Person
from app.domain.teams import Charter, Level, Member, Surroundings
from app.domain.wallets import open_wallet
from app.facts.people import VolunteerDetails
from app.storage.ids import new_id

YOUNGEST_VOLUNTEER, OLDEST_VOLUNTEER = 16, 74
SWALLOWS_A_VILLAGE = 10
_HOME_TEAM_SHARE = 0.8
_CORPS_SHARE = 0.005
_LEAVING_SHARE = 0.02
_EDITED_SHARE = 0.01
_FIRST_WAVE_SHARE = 0.5
_FIRST_WAVE = 0.1
_FOUNDED_WITHIN = 6
"""All teams are there after this part of the time."""

_FEWEST_AT_ONCE = 12
_TURNS_A_DAY = 30


class Arrivals:
    """Everybody who will come, and the teams they will find."""

    def __init__(self, town: Town, *, people: int, volunteers: int) -> None:
        self._town = town
        self._invented = sample.people(town.rng, people, today=town.last, villages=town.villages)
        self._days = sorted(self._arrival_day() for _each in self._invented)
        self._volunteers = self._chosen(volunteers)
        self._clerk_place = self._also_volunteers()
        self._plans = list(team_plans())
        self._village_names = dict(town.villages)
        self._swallows: dict[str, int] = defaultdict(int)
        self._known: dict[int, Person] = {}

    def plan(self) -> None:
        """Note in the agenda when everybody comes and every team begins."""
        town = self._town
        for plan in self._plans:
            day = town.first + timedelta(days=min(plan.day, town.days // _FOUNDED_WITHIN))
            town.agenda.at(instant_at(day, 10), partial(self._found, plan))
        of_day: dict[date, list[int]] = defaultdict(list)
        for place, day in enumerate(self._days):
            of_day[day].append(place)
        for day, places in of_day.items():
            at_once = max(_FEWEST_AT_ONCE, len(places) // _TURNS_A_DAY)
            for turn, start in enumerate(range(0, len(places), at_once)):
                moment = instant_at(day, 10, 5 + 11 * turn)
                town.agenda.at(moment, partial(self._register, places[start : start + at_once]))

    def _arrival_day(self) -> date:
        """Half of them in the first wave, the others little by little, most in March."""
        town = self._town
        if town.rng.random() < _FIRST_WAVE_SHARE:
            return town.first + timedelta(days=int(town.days * _FIRST_WAVE * town.rng.random()))
        day = town.first + timedelta(days=int(town.days * town.rng.random()))
        if town.rng.random() < 0.2 and town.first <= day.replace(month=3, day=5) <= town.last:
            return day.replace(month=3, day=1 + town.rng.randrange(20))
        return day

    def _chosen(self, count: int) -> frozenset[int]:
        """Who becomes a volunteer: the grown-ups, and the young with a guardian."""
        fit = [
            place
            for place, (one, day) in enumerate(zip(self._invented, self._days, strict=True))
            if YOUNGEST_VOLUNTEER <= age_on(one.born_on, day) <= OLDEST_VOLUNTEER
            and (one.guardian is not None or age_on(one.born_on, day) >= FULL_AGE)
        ]
        return frozenset(self._town.rng.sample(fit, min(count, len(fit))))

    def _also_volunteers(self) -> int | None:
        """The place of a clerk who is a volunteer too, so that there is somebody who may not approve everything."""
        crew, last = self._town.crew, self._town.last
        if len(crew.clerks) == 1:
            return None
        for place in sorted(self._volunteers):
            one = self._invented[place]
            if one.profile.sex is Sex.FEMALE and 28 <= age_on(one.born_on, last) <= 50:
                self._invented[place] = replace(one, profile=replace(one.profile, name=crew.clerks[0].name))
                return place
        return None

    def _register(self, places: list[int], now: datetime) -> None:
        """Some people come to the desk, or somebody from the desk to their doors."""
        newcomers = [self._welcome(place, now) for place in places]
        for helper in filter(None, newcomers):
            self._town.helpers.append(helper)
            for squad in self._town.squads.values():
                if squad.plan.name in helper.wishes:
                    self._join(squad, [helper], now)

    def _welcome(self, place: int, now: datetime) -> Helper | None:
        town, one = self._town, self._invented[place]
        guardian = None if one.guardian is None else self._known[one.guardian]
        profile = replace(one.profile, guardian=guardian.id if guardian else None)
        day = shanghai_day(now)
        body, details = rules.register(new_id(), profile, holder=None, guardian=guardian, today=day)
        by = town.crew.at_desk(now).staff
        town.book.write(now, by, body, parts={body.person: details})
        person = Person(id=body.person, details=details)
        self._known[place] = person
        if place == self._clerk_place:
            self._link_clerk(person, now)
        if place in self._volunteers:
            return self._enrol(person, one, now)
        (town.old if town.age(person) >= sample.OLD_FROM_AGE else town.residents).append(person)
        if town.rng.random() < _EDITED_SHARE:
            town.agenda.at(town.days_later(now, 20, 300), partial(self._new_phone, person))
        return None

    def _enrol(self, person: Person, one: Invented, now: datetime) -> Helper:
        town, day = self._town, shanghai_day(now)
        wishes = self._wishes(person, one, day)
        register = town.book.register
        number = volunteer_number(
            town.station.region, register, town.book.number(now, f"volunteer:{register}")
        )
        body = rules.register_volunteer(person, number, day, ages=town.rules.ages, today=day)
        brings = self._brings(wishes)
        town.book.write(now, town.crew.at_desk(now).staff, body, parts={person.id: brings})
        wallet = open_wallet(person.id, holder=town.book.device, unit=town.station.name)
        town.book.write(now, town.crew.at_desk(now).staff, wallet)
        volunteer = replace(person, number=number, registered_on=day, brings=brings)
        helper = Helper(
            volunteer,
            self._village_names[person.details.region],
            town.rng.lognormvariate(0, 1.25),
            frozenset(plan.name for plan in wishes),
        )
        if town.rng.random() < _LEAVING_SHARE:
            town.agenda.at(town.days_later(now, 60, 700), partial(self._leave, helper))
        return helper

    def _link_clerk(self, person: Person, now: datetime) -> None:
        crew = self._town.crew
        clerk = crew.clerks[0]
        member = staff_rules.Member(id=clerk.staff, name=clerk.name, role=clerk.role)
        body, part = staff_rules.edit(member, name=clerk.name, person=person.id, roster=())
        self._town.book.write(now, crew.administrator.staff, body, parts={clerk.staff: part})
        crew.persons[clerk.staff] = person.id

    def _wishes(self, person: Person, one: Invented, day: date) -> list[Plan]:
        """The teams somebody would join, whether they exist yet or not."""
        village, age = self._village_names[person.details.region], age_on(one.born_on, day)
        return [plan for plan in self._plans if self._wishes_for(plan, village, age, one)]

    def _wishes_for(self, plan: Plan, village: str, age: int, one: Invented) -> bool:
        rng = self._town.rng
        if plan.level is Level.CORPS:
            return rng.random() < _CORPS_SHARE
        if plan.village is None:
            return _would_fit(plan, age, one) and rng.random() < plan.share
        if plan.village != village:
            return False
        if SWALLOWS not in plan.name:
            return rng.random() < _HOME_TEAM_SHARE
        if self._swallows[village] == SWALLOWS_A_VILLAGE or not 25 <= age <= 66:
            return False
        self._swallows[village] += 1
        return True

    def _brings(self, wishes: list[Plan]) -> VolunteerDetails:
        rng = self._town.rng
        called = [skill for plan in wishes for skill in plan.skills if skill in words.SKILLS]
        proven = [skill for plan in wishes for skill in plan.skills if skill not in words.SKILLS]
        kinds = [category for plan in wishes if plan.village is None for category in plan.categories]
        if rng.random() < 0.05:
            proven.append(rng.choice(words.QUALIFICATIONS))
        return VolunteerDetails(
            skills=tuple(dict.fromkeys([*called, *rng.sample(words.SKILLS, rng.choice((0, 0, 1, 1, 2)))])),
            qualifications=tuple(dict.fromkeys(proven)),
            categories=tuple(dict.fromkeys(kinds))
            or rng.choice((("visit",), ("cleaning",), ("errands", "meals"))),
            availability=rng.choice(words.AVAILABILITY),
        )

    def _found(self, plan: Plan, now: datetime) -> None:
        """A team begins, and those who waited for it join."""
        town = self._town
        parent = town.squads[plan.parent].team if plan.parent else None
        region = next((code for code, name in town.villages if name == plan.village), town.station.region)
        charter = Charter(
            name=plan.name,
            level=plan.level,
            region=region,
            parent=parent.id if parent else None,
            regions=(region,),
            categories=plan.categories,
            qualifications=plan.skills,
            phone=sample.mobile(town.rng),
        )
        body = team_rules.found(new_id(), charter, Surroundings(parent=parent))
        town.book.write(now, town.crew.administrator.staff, body)
        squad = Squad(
            team_rules.Team(id=body.team, **{name: getattr(charter, name) for name in _CHARTER}), plan
        )
        town.squads[plan.name] = squad
        waiting = [one for one in town.helpers if plan.name in one.wishes and one.gone_on is None]
        self._join(squad, waiting, now)
        town.agenda.at(town.days_later(now, 3, 9), partial(self._choose_leader, squad))

    def _join(self, squad: Squad, helpers: list[Helper], now: datetime) -> None:
        town = self._town
        bodies = team_rules.join(squad.team, [one.person for one in helpers], ())
        town.book.write(now, town.crew.at_desk(now).staff, *bodies)
        for one in helpers:
            squad.take_in(one)

    def _choose_leader(self, squad: Squad, now: datetime) -> None:
        """The keenest leads; in some societies somebody else takes a turn a year later (会长轮值)."""
        town = self._town
        fit = [one for one in squad.members if town.age(one.person) >= FULL_AGE]
        if not fit:
            town.agenda.at(town.days_later(now, 8, 20), partial(self._choose_leader, squad))
            return
        leader = max(fit, key=lambda one: (one.person.id != squad.team.leader, one.keenness))
        member = Member(team=squad.team.id, person=leader.person.id, belongs=True, leads=False)
        body = team_rules.change_leader(squad.team, member, leader.person.details.name)
        if body is not None:
            town.book.write(now, town.crew.administrator.staff, body)
            squad.team = replace(squad.team, leader=body.person)
        if squad.plan.level is Level.SOCIETY and town.rng.random() < 0.4:
            town.agenda.at(town.days_later(now, 360, 380), partial(self._choose_leader, squad))

    def _leave(self, helper: Helper, now: datetime) -> None:
        """A volunteer leaves every team, and then the register; few come back."""
        town, person = self._town, helper.person
        by = town.crew.at_desk(now).staff
        for squad in town.squads.values():
            if helper in squad.members:
                squad.let_go(helper)
                leads = squad.team.leader == person.id
                member = Member(team=squad.team.id, person=person.id, belongs=True, leads=leads)
                town.book.write(now, by, *team_rules.leave(member, person.details.name))
                if leads:
                    squad.team = replace(squad.team, leader=None)
                    town.agenda.at(town.days_later(now, 3, 9), partial(self._choose_leader, squad))
        body, note = rules.leave(person, town.rng.choice(texts.LEFT))
        town.book.write(now, by, body, parts={person.id: note})
        helper.person, helper.gone_on = replace(person, left=True), shanghai_day(now)
        if town.rng.random() < 0.15:
            town.agenda.at(town.days_later(now, 60, 200), partial(self._come_back, helper))

    def _come_back(self, helper: Helper, now: datetime) -> None:
        town = self._town
        town.book.write(now, town.crew.at_desk(now).staff, rules.come_back(helper.person))
        helper.person, helper.gone_on = replace(helper.person, left=False), None
        home = next(one for one in town.squads.values() if one.plan.village == helper.village)
        self._join(home, [helper], now)

    def _new_phone(self, person: Person, now: datetime) -> None:
        town = self._town
        profile = replace(rules.as_profile(person.details), phone=sample.mobile(town.rng))
        edited = rules.edit(person, profile, {"phone"}, holder=None, guardian=None, today=shanghai_day(now))
        if edited is not None:
            body, details = edited
            town.book.write(now, town.crew.at_desk(now).staff, body, parts={person.id: details})


_CHARTER = ("name", "level", "region", "parent", "regions", "categories", "qualifications", "phone")


def _would_fit(plan: Plan, age: int, one: Invented) -> bool:
    """Some brigades are for some: the young, women, former soldiers."""
    if plan.name.startswith("青年"):
        return age < 36
    if plan.name.startswith("巾帼"):
        return one.profile.sex is Sex.FEMALE
    if plan.name.startswith("退役军人"):
        return one.profile.sex is Sex.MALE and age >= 22
    return True
