"""People, teams and orders for tests, made through the actions as a clerk would make them."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.actions.desk import Desk
from app.actions.orders import SubmitOrder, submit_order
from app.actions.people import Brings, RegisterPerson, RegisterVolunteer, register_person, register_volunteer
from app.actions.teams import FoundTeam, JoinTeam, found_team, join_team
from app.domain.orders import Channel
from app.domain.people import Profile
from app.domain.teams import Charter, Level
from app.facts import Id
from app.storage.ids import new_id


def resident(desk: Desk, name: str, **profile: Any) -> Id:
    """Somebody in the register."""
    person = new_id()
    register_person(desk, RegisterPerson(person=person, profile=Profile(name=name, **profile)))
    return person


def volunteer(desk: Desk, name: str, *, brings: Brings | None = None, **profile: Any) -> Id:
    """A grown-up volunteer with a phone."""
    person = new_id()
    known: dict[str, Any] = {"born_on": date(1980, 5, 1), "phone": "13800001234"}
    register_volunteer(
        desk,
        RegisterVolunteer(
            person=person, profile=Profile(name=name, **known | profile), brings=brings or Brings()
        ),
    )
    return person


def team(desk: Desk, name: str, *members: Id, level: Level = Level.SQUAD, **charter: Any) -> Id:
    """An open team with these members; it takes haircuts unless it is said otherwise."""
    known: dict[str, Any] = {"region": "", "categories": ("haircut",)}
    made = new_id()
    found_team(desk, FoundTeam(team=made, charter=Charter(name=name, level=level, **known | charter)))
    if members:
        join_team(desk, JoinTeam(team=made, persons=members))
    return made


def order(desk: Desk, beneficiary: Id, what: str = "上门理发", **more: Any) -> Id:
    """An order that was just taken."""
    made = new_id()
    known: dict[str, Any] = {
        "channel": Channel.CALL,
        "category": "haircut.home",
        "requester": beneficiary,
        "place": "村东",
    }
    submit_order(desk, SubmitOrder(order=made, beneficiary=beneficiary, what=what, **known | more))
    return made
