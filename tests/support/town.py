"""A little town for tests: people, a team and orders, made through the actions a clerk would do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.actions.desk import Desk
from app.actions.orders import (
    AcceptOrder,
    FinishOrder,
    StartOrder,
    Step,
    SubmitOrder,
    Submitted,
    ToTeam,
    accept_order,
    dispatch_order,
    finish_order,
    screen_order,
    start_order,
    submit_order,
)
from app.actions.people import RegisterPerson, RegisterVolunteer, register_person, register_volunteer
from app.actions.teams import FoundTeam, JoinTeam, found_team, join_team
from app.domain.orders import Channel
from app.domain.people import Profile
from app.domain.teams import Charter, Level
from app.facts import Id
from app.storage.ids import new_id


@dataclass(frozen=True, slots=True)
class Town:
    """Who is there: a resident with a phone, a volunteer, and the volunteer's team."""

    resident: Id
    volunteer: Id
    team: Id


def settle_town(desk: Desk) -> Town:
    """Register the people of a little town; the clerk sits at ``desk``."""
    resident, volunteer, team = new_id(), new_id(), new_id()
    profile = Profile(name="曾小贤", phone="13812340001", address="桃源村 2 组 5 号")
    register_person(desk, RegisterPerson(person=resident, profile=profile))
    helper = Profile(name="赵晓燕", phone="13812340002", born_on=date(1985, 6, 1))
    register_volunteer(desk, RegisterVolunteer(person=volunteer, profile=helper))
    charter = Charter(name="爱心理发队", level=Level.SQUAD, region="", categories=("haircut",))
    found_team(desk, FoundTeam(team=team, charter=charter))
    join_team(desk, JoinTeam(team=team, persons=(volunteer,)))
    return Town(resident, volunteer, team)


def request(town: Town, **fields: Any) -> SubmitOrder:
    """A request of the resident, with ``fields`` as given."""
    asked: dict[str, Any] = {
        "order": new_id(),
        "channel": Channel.CALL,
        "category": "haircut",
        "requester": town.resident,
        "beneficiary": town.resident,
        "what": "想理个发，腿脚不便",
        "place": "桃源村 2 组 5 号",
    }
    return SubmitOrder(**(asked | fields))


def submitted(desk: Desk, town: Town, **fields: object) -> Submitted:
    return submit_order(desk, request(town, **fields)).value


def waiting(desk: Desk, town: Town, **fields: object) -> Id:
    """An order that may be dispatched."""
    order = submitted(desk, town, **fields).order
    screen_order(desk, Step(order=order))
    return order


def dispatched(desk: Desk, town: Town, **fields: object) -> Id:
    order = waiting(desk, town, **fields)
    dispatch_order(desk, ToTeam(order=order, team=town.team))
    return order


def accepted(desk: Desk, town: Town, **fields: object) -> Id:
    order = dispatched(desk, town, **fields)
    accept_order(desk, AcceptOrder(order=order, volunteer=town.volunteer))
    return order


def served(desk: Desk, town: Town, started_at: datetime | None = None, **fields: object) -> Id:
    """An order whose service was given and which waits for its rating."""
    order = accepted(desk, town, **fields)
    start_order(desk, StartOrder(order=order, started_at=started_at))
    finish_order(desk, FinishOrder(order=order))
    return order
