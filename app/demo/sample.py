"""Invented people (虚构的人): households with names, ID numbers that check, phones they share, ages that fit.

``people`` is all that the demo day and the benchmarks need. The same ``rng`` state gives the same people.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.demo import words
from app.domain.identity import CHILD_UNTIL_AGE, IdType, Sex, age_on, resident_check_character
from app.domain.people import FULL_AGE, Group, Profile

OLD_FROM_AGE = 65
_SURNAMES, _SURNAME_WEIGHTS = list(words.SURNAMES), list(words.SURNAMES.values())
_COUNTIES, _COUNTY_WEIGHTS = list(words.BIRTH_COUNTIES), list(words.BIRTH_COUNTIES.values())
_SHARED_NAME_SHARE = 0.45
_COMMON_NAME_SHARE = 0.03


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody who does not exist. ``guardian`` is the place in the list, always an earlier one, of who consents
    for a minor; the profile's own guardian is empty until that person has an id.
    """

    profile: Profile
    born_on: date
    guardian: int | None = None


def people(
    rng: random.Random, count: int, *, today: date, villages: Sequence[tuple[str, str]]
) -> list[Invented]:
    """``count`` people in households; ``villages`` are (region code, name). The notable names are among them."""
    made: list[Invented] = []
    used: set[str] = set()
    while len(made) < count:
        home = _Home(rng, today, villages[len(made) // 3 % len(villages)])
        for one in home.people(len(made)):
            number = one.profile.id_number
            made.append(_without_number(one) if number in used else one)
            used.add(number)
    return _with_notable_names(made[:count])


def id_number(rng: random.Random, born_on: date, sex: Sex) -> str:
    """A resident number whose date, sex and check character fit."""
    county = rng.choices(_COUNTIES, _COUNTY_WEIGHTS)[0]
    serial = rng.randrange(0, 500) * 2 + (1 if sex is Sex.MALE else 0)
    digits = f"{county}{born_on:%Y%m%d}{serial:03}"
    return digits + resident_check_character(digits)


def mobile(rng: random.Random) -> str:
    return f"1{rng.randrange(3, 10)}{rng.randrange(10**9):09}"


def given_name(rng: random.Random, born_on: date, sex: Sex) -> str:
    """A given name of the generation: often one that half the village has."""
    generation = "old" if born_on.year < 1965 else "middle" if born_on.year < 1990 else "young"
    whole, characters = words.GIVEN_NAMES[generation][sex]
    if rng.random() < _SHARED_NAME_SHARE:
        return rng.choice(whole)
    return "".join(rng.sample(characters, 1 if rng.random() < 0.25 else 2))


def surname(rng: random.Random) -> str:
    return rng.choices(_SURNAMES, _SURNAME_WEIGHTS)[0]


class _Home:
    """One household behind one door."""

    def __init__(self, rng: random.Random, today: date, village: tuple[str, str]) -> None:
        self._rng = rng
        self._today = today
        self._region, self._village = village
        self._address = self._door()
        self._phone = mobile(rng)

    def people(self, first: int) -> Iterator[Invented]:
        """Who lives here; ``first`` is the place of the first of them in the list."""
        kind = self._rng.random()
        if kind < 0.14:
            yield from self._old_couple()
        elif kind < 0.46:
            yield from self._family(first)
        else:
            yield self._grown_up(self._rng.randrange(FULL_AGE, OLD_FROM_AGE), self._any_sex())

    def _old_couple(self) -> Iterator[Invented]:
        age = self._rng.randrange(OLD_FROM_AGE, 95)
        alone = self._rng.random() < 0.4
        groups = (Group.ELDERLY, Group.ALONE) if alone else (Group.ELDERLY,)
        yield self._grown_up(age, self._any_sex() if alone else Sex.MALE, groups=groups)
        if not alone:
            yield self._grown_up(
                max(60, age - self._rng.randrange(0, 6)), Sex.FEMALE, groups=(Group.ELDERLY,)
            )

    def _family(self, first: int) -> Iterator[Invented]:
        age = self._rng.randrange(27, 52)
        father = self._grown_up(age, Sex.MALE)
        father = replace(father, profile=replace(father.profile, phone=self._phone))
        yield father
        yield self._grown_up(max(24, age - self._rng.randrange(0, 5)), Sex.FEMALE)
        for _child in range(self._rng.choice((0, 1, 1, 2))):
            yield self._child(father.profile.name, self._rng.randrange(4, min(18, age - 20)), first)
        if self._rng.random() < 0.3:
            yield self._grown_up(age + 26, Sex.FEMALE, groups=(Group.ELDERLY,))

    def _grown_up(self, age: int, sex: Sex, groups: tuple[Group, ...] = ()) -> Invented:
        born_on = self._birthday(age)
        own_phone = age < OLD_FROM_AGE or self._rng.random() < 0.5
        name = surname(self._rng) + given_name(self._rng, born_on, sex)
        if self._rng.random() < _COMMON_NAME_SHARE:
            name = self._rng.choice([name for name, of in words.COMMON_NAMES if of == sex])
        return self._person(
            name, born_on, sex, phone=mobile(self._rng) if own_phone else self._phone, groups=groups
        )

    def _child(self, father: str, age: int, guardian: int) -> Invented:
        born_on, sex = self._birthday(age), self._any_sex()
        surname_length = 2 if len(father) == 4 else 1
        name = father[:surname_length] + given_name(self._rng, born_on, sex)
        left_behind = age < CHILD_UNTIL_AGE and self._rng.random() < 0.15
        groups = (Group.CHILD, Group.LEFT_BEHIND) if left_behind else (Group.CHILD,)
        child = self._person(name, born_on, sex, phone=self._phone, groups=groups)
        return replace(child, guardian=guardian)

    def _person(
        self, name: str, born_on: date, sex: Sex, *, phone: str, groups: tuple[Group, ...]
    ) -> Invented:
        age = age_on(born_on, self._today)
        known = self._rng.random() < 0.93
        profile = Profile(
            name=name,
            id_type=IdType.RESIDENT if known else None,
            id_number=id_number(self._rng, born_on, sex) if known else "",
            sex=sex,
            born_on=born_on,
            phone=phone,
            other_phone=f"0537-5{self._rng.randrange(10**6):06}" if self._rng.random() < 0.04 else "",
            region=self._region,
            address=self._address,
            groups=groups + self._circumstances(age),
            remark=self._rng.choice(words.REMARKS) if age >= OLD_FROM_AGE else "",
        )
        return Invented(profile, born_on)

    def _circumstances(self, age: int) -> tuple[Group, ...]:
        chance = self._rng.random()
        if chance < 0.02:
            return (Group.DISABLED,)
        if chance < 0.03:
            return (Group.POOR,)
        if chance < 0.04 and age > FULL_AGE:
            return (Group.PREFERENTIAL,)
        return ()

    def _birthday(self, age: int) -> date:
        return self._today - timedelta(days=age * 365 + age // 4 + self._rng.randrange(1, 360))

    def _any_sex(self) -> Sex:
        return self._rng.choice((Sex.MALE, Sex.FEMALE))

    def _door(self) -> str:
        if self._village.endswith("社区"):
            street = self._rng.choice(words.STREETS)
            house, unit, floor = (self._rng.randrange(1, most) for most in (30, 5, 7))
            return f"{self._village}{street}{house}号楼{unit}单元{floor}0{self._rng.randrange(1, 3)}"
        return f"{self._village}{self._rng.randrange(1, 9)}组{self._rng.randrange(1, 130)}号"


def _without_number(one: Invented) -> Invented:
    """Two people never have one number; who comes second has not shown a card."""
    return replace(one, profile=replace(one.profile, id_type=None, id_number=""))


def _with_notable_names(made: list[Invented]) -> list[Invented]:
    """Every now and then a grown-up has one of the notable names, as long as the sex fits."""
    every = max(2, len(made) // (3 * len(words.NOTABLE_NAMES)))
    waiting = {sex: [name for name, of in words.NOTABLE_NAMES if of == sex] for sex in Sex}
    for place in range(1, len(made), every):
        one = made[place]
        names = waiting[one.profile.sex or Sex.MALE]
        if names and one.guardian is None:
            made[place] = replace(one, profile=replace(one.profile, name=names.pop(0)))
    return made
