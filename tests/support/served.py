"""Volunteers, orders and their service for tests, made through the actions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from app.actions.desk import Desk
from app.actions.orders import (
    AcceptOrder,
    Step,
    SubmitOrder,
    ToTeam,
    accept_order,
    dispatch_order,
    screen_order,
    submit_order,
)
from app.actions.people import RegisterPerson, RegisterVolunteer, register_person, register_volunteer
from app.actions.services import (
    ApproveServices,
    RecordServices,
    Served,
    approve_services,
    record_services,
)
from app.actions.teams import FoundTeam, found_team
from app.domain.calendar import instant_at
from app.domain.orders import Channel
from app.domain.people import Profile
from app.domain.teams import Charter, Level
from app.facts import Id
from app.storage.ids import new_id
from tests.support.desk import REGION

YESTERDAY = date(2026, 4, 6)
"""The day before the tests' opening day: Qingming, a day off."""
REGISTERED_ON = date(2020, 3, 5)
CATEGORY = "errands"
JPEG = b"\xff\xd8\xff\xe0 a small picture \xff\xd9"


def resident(desk: Desk, name: str = "赵大爷", phone: str = "13800001234") -> Id:
    """Somebody who asks for things."""
    person = new_id()
    register_person(desk, RegisterPerson(person=person, profile=Profile(name=name, phone=phone)))
    return person


def volunteer(desk: Desk, name: str = "王小明", *, referrer: Id | None = None, **profile: Any) -> Id:
    """A volunteer since 2020."""
    person = new_id()
    known: dict[str, Any] = {"phone": "13900005678", "born_on": date(1970, 5, 1)} | profile
    register_volunteer(
        desk,
        RegisterVolunteer(
            person=person,
            profile=Profile(name=name, **known),
            registered_on=REGISTERED_ON,
            referrer=referrer,
        ),
    )
    return person


def team(desk: Desk, name: str = "爱心理发队") -> Id:
    """A team that takes errands."""
    made = new_id()
    found_team(
        desk,
        FoundTeam(
            team=made, charter=Charter(name=name, level=Level.SQUAD, region=REGION, categories=(CATEGORY,))
        ),
    )
    return made


def order(desk: Desk, **wish: Any) -> Id:
    """A screened order that waits in the pool."""
    made, person = new_id(), wish.pop("person", None) or resident(desk)
    known: dict[str, Any] = {
        "channel": Channel.CALL,
        "category": CATEGORY,
        "requester": person,
        "beneficiary": person,
        "what": "买十斤米",
        "place": "桃源村 3 号",
    }
    submit_order(desk, SubmitOrder(order=made, **(known | wish)))
    screen_order(desk, Step(order=made))
    return made


def accepted_order(desk: Desk, **wish: Any) -> Id:
    """An order that a team of its own has said yes to."""
    made = order(desk, **wish)
    dispatch_order(desk, ToTeam(order=made, team=team(desk, f"爱心代办{made[-6:]}队")))
    accept_order(desk, AcceptOrder(order=made))
    return made


def at(hour: int, minute: int = 0, *, day: date = YESTERDAY) -> datetime:
    """A time of the clock in Shanghai; yesterday unless said otherwise."""
    return instant_at(day, hour, minute)


def served(person: Id, begin: datetime, minutes: int) -> Served:
    return Served(
        service=new_id(), person=person, started_at=begin, ended_at=begin + timedelta(minutes=minutes)
    )


def what(*stretches: Served, **words: Any) -> RecordServices:
    """A request to record these stretches."""
    known: dict[str, Any] = {
        "activity": "代购",
        "category": CATEGORY,
        "content": "买米送到家",
        "place": "桃源村",
    }
    return RecordServices(stretches=stretches, **(known | words))


def recorded(desk: Desk, person: Id, begin: datetime | None = None, minutes: int = 90) -> Id:
    """One record that waits for approval."""
    stretch = served(person, begin or at(9), minutes)
    record_services(desk, what(stretch))
    return stretch.service


def approved(desk: Desk, person: Id, begin: datetime | None = None, minutes: int = 90) -> Id:
    """One record that counts."""
    service = recorded(desk, person, begin, minutes)
    approve_services(desk, ApproveServices(services=(service,)))
    return service
