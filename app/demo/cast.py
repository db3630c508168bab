"""Who comes to the desk on the demo day (角色): residents and volunteers of the sample town, chosen by the seed.

They are told apart by what the day needs of them: somebody old who rings up, somebody whose name no keyboard has.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Row, select

from app.actions.desk import DESK, Look, reading
from app.demo.places import SWALLOWS
from app.domain.identity import age_on
from app.domain.orders import ENDED
from app.domain.people import FULL_AGE, Group
from app.domain.pinyin import syllables_of_name
from app.facts import Id
from app.storage.orders import orders
from app.storage.people import people
from app.storage.teams import team_members, teams

_OLD_FROM_AGE = 65
_LAST_OF_THE_BMP = "\uffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """Somebody with what a clerk is told: the name, the phone as it is dialled, and how the name is typed."""

    id: Id
    name: str
    phone: str
    region: str
    spelled: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """``swallow`` is on duty in the village of ``opera_lover``; the name of ``rare`` has a character beyond the BMP."""

    caller: Player
    quarantined: Player
    opera_lover: Player
    swallow: Player
    lonely: Player
    walker: Player
    rare: Player
    grumbler: Player
    farmer: Player

    def everybody(self) -> tuple[Player, ...]:
        return tuple(getattr(self, field.name) for field in fields(self))


class NobodyFits(LookupError):
    """The sample town has nobody for a part; it is too small."""


@reading(DESK)
def cast(look: Look, seed: int) -> Cast:
    """The same seed chooses the same people of the same town."""
    return _Casting(look, random.Random(f"cast {seed}")).cast()


class _Casting:
    def __init__(self, look: Look, rng: random.Random) -> None:
        self._look, self._rng = look, rng
        rows = look.connection.execute(select(people).order_by(people.c.phone, people.c.name)).all()
        phones = Counter(row.phone for row in rows)
        busy = self._busy()
        self._free = [row for row in rows if row.phone and phones[row.phone] == 1 and row.id not in busy]
        self._swallows = self._of_swallow_teams()

    def cast(self) -> Cast:
        rare = self._take("rare", lambda row: any(letter > _LAST_OF_THE_BMP for letter in row.name))
        lonely = self._take("lonely", lambda row: self._is_old(row) and Group.ALONE in row.groups)
        opera_lover = self._take(
            "opera_lover", lambda row: self._is_old(row) and row.region in self._swallows.values()
        )
        swallow = self._take(
            "swallow", lambda row: self._swallows.get(row.id) == opera_lover.region and row.left_at is None
        )
        caller = self._take("caller", lambda row: self._is_old(row) and row.number is None)
        others = [
            self._take(part, lambda row: row.number is None and self._age(row) >= FULL_AGE)
            for part in ("quarantined", "walker", "grumbler", "farmer")
        ]
        quarantined, walker, grumbler, farmer = others
        return Cast(
            caller=caller,
            quarantined=quarantined,
            opera_lover=opera_lover,
            swallow=swallow,
            lonely=lonely,
            walker=walker,
            rare=rare,
            grumbler=grumbler,
            farmer=farmer,
        )

    def _take(self, part: str, fits: Callable[[Row[Any]], bool]) -> Player:
        fitting = [row for row in self._free if fits(row)]
        if not fitting:
            raise NobodyFits(part)
        row = self._rng.choice(fitting)
        self._free.remove(row)
        return Player(
            id=row.id, name=row.name, phone=row.phone, region=row.region, spelled=_spelled(row.name)
        )

    def _busy(self) -> set[Id]:
        """Whoever has an open order: nobody shall be asked by accident whether it is the same thing again."""
        open_orders = select(orders.c.requester, orders.c.beneficiary).where(orders.c.state.not_in(ENDED))
        return {person for row in self._look.connection.execute(open_orders) for person in row}

    def _of_swallow_teams(self) -> dict[Id, str]:
        """The members of the villages' swallow teams, and the village of each."""
        found = self._look.connection.execute(
            select(team_members.c.person, teams.c.regions)
            .join(teams, teams.c.id == team_members.c.team_id)
            .where(teams.c.name.contains(SWALLOWS), team_members.c.left_at.is_(None))
        )
        return {person: regions[0] for person, regions in found if len(regions) == 1}

    def _is_old(self, row: Row[Any]) -> bool:
        return self._age(row) >= _OLD_FROM_AGE

    def _age(self, row: Row[Any]) -> int:
        return age_on(row.born_on, self._look.today) if row.born_on else 0


def _spelled(name: str) -> str:
    """The whole name in pinyin, as it is typed."""
    readings: Sequence[Sequence[str]] = syllables_of_name(name)
    return "".join(reading[0] for reading in readings if reading)
