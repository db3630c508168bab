"""The cards of volunteers (志愿者证): one as a page of its own, or many on A4 to be cut.

A card shows the name in full, so only those who work with people make it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.actions.desk import DESK, Desk, Look, reading
from app.actions.people import known_person
from app.domain.people import Person, expect_volunteer
from app.domain.problems import Refusal
from app.facts import Id
from app.storage import people as storage
from app.storage import stations, teams

if TYPE_CHECKING:
    from app.printing.volunteer_card import VolunteerCard

MOST_CARDS = 500


class TooManyCards(Refusal):
    """More at once than anybody cuts: the list was not narrowed."""

    count: int
    most: int


class NoCards(Refusal):
    """Nobody among them is a volunteer now."""


@dataclass(frozen=True, slots=True)
class _Cards:
    cards: tuple[VolunteerCard, ...]
    day: date


def volunteer_card(desk: Desk, person: Id) -> bytes:
    """The card of one volunteer on a page of its size, as PDF."""
    from app.printing.volunteer_card import pdf

    made = _one(desk, person)
    return pdf(made.cards[0], made.day)


def card_sheets(desk: Desk, persons: Sequence[Id]) -> bytes:
    """The cards of those among ``persons`` who are volunteers now, ten to an A4 sheet, as PDF."""
    from app.printing.volunteer_card import sheets

    made = _many(desk, persons)
    return sheets(made.cards, made.day)


@reading(DESK)
def _one(look: Look, person: Id) -> _Cards:
    known = known_person(look, person)
    expect_volunteer(known, field="person")
    return _cards(look, [known])


@reading(DESK)
def _many(look: Look, persons: Sequence[Id]) -> _Cards:
    if len(persons) > MOST_CARDS:
        raise TooManyCards(count=len(persons), most=MOST_CARDS)
    known = [storage.as_person(row) for row in storage.rows_of(look.connection, persons)]
    volunteers = [one for one in known if one.is_volunteer]
    if not volunteers:
        raise NoCards
    return _cards(look, volunteers)


def _cards(look: Look, volunteers: Sequence[Person]) -> _Cards:
    from app.printing.volunteer_card import VolunteerCard

    station = stations.this_station(look.connection).name
    of_teams = teams.team_names_of(look.connection, [one.id for one in volunteers])
    cards = tuple(
        VolunteerCard(
            name=one.details.name,
            number=one.number or "",
            team=next(iter(of_teams.get(one.id, ())), ""),
            station=station,
        )
        for one in volunteers
    )
    return _Cards(cards, look.today)
