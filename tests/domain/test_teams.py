"""The tree of teams, who belongs to one, and who leads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from app.domain import teams as rules
from app.domain.orders import ReasonMissing
from app.domain.people import NotAVolunteer, Person
from app.domain.phones import PhoneWrong
from app.domain.problems import Refusal
from app.domain.regions import RegionMissing
from app.domain.teams import (
    Charter,
    Level,
    LevelNotAboveChild,
    LevelNotBelowParent,
    Member,
    NotAMember,
    ParentClosed,
    Surroundings,
    Team,
    TeamBelowItself,
    TeamClosedAlready,
    TeamHasOpenOrders,
    TeamHasTeamsBelow,
    TeamNameMissing,
    TeamNameTaken,
)
from app.facts import milliseconds
from app.facts.people import PersonDetails
from app.facts.teams import LeaderChanged, MemberLeft, TeamEdited

TOP, MIDDLE, LOW, WANG, LI = (digit * 32 for digit in "12345")
REGION = "370883102204"


def charter(level: Level = Level.SQUAD, **more: Any) -> Charter:
    return Charter(**{"name": "爱心理发队", "level": level, "region": REGION} | more)


def team(team_id: str, level: Level, **more: Any) -> Team:
    return Team(**{"id": team_id, "name": f"{level}队", "level": level, "region": REGION} | more)


def person(person_id: str, *, volunteer: bool = True) -> Person:
    return Person(
        id=person_id, details=PersonDetails(name="王军"), number="1022040010000016" if volunteer else None
    )


def member(*, belongs: bool = True, leads: bool = False) -> Member:
    return Member(team=LOW, person=WANG, belongs=belongs, leads=leads)


def test_a_team_begins_below_a_higher_one() -> None:
    around = Surroundings(parent=team(MIDDLE, Level.BRIGADE, parent=TOP), ancestors={TOP})
    body = rules.found(
        LOW,
        charter(
            name=" 爱心  理发队 ",
            parent=MIDDLE,
            region="370883 102 204",
            regions=("370883102", "370883102000"),
            categories=("haircut", "haircut"),
            qualifications=("理发",),
            phone="138 0000 1234",
        ),
        around,
    )
    assert (body.name, body.level, body.parent, body.region) == ("爱心 理发队", "squad", MIDDLE, REGION)
    assert (body.regions, body.categories, body.phone) == (("370883102000",), ("haircut",), "13800001234")


@pytest.mark.parametrize(
    "level, parent",
    [
        (Level.BRIGADE, Level.CORPS),
        (Level.SQUAD, Level.CORPS),
        (Level.SOCIETY, Level.CORPS),
        (Level.SOCIETY, Level.SQUAD),
    ],
)
def test_levels_fall_on_the_way_down(level: Level, parent: Level) -> None:
    above, below = team(TOP, parent), charter(level, parent=TOP)
    assert rules.found(LOW, below, Surroundings(parent=above)).level == level
    with pytest.raises(LevelNotBelowParent):
        rules.found(LOW, charter(parent, parent=TOP), Surroundings(parent=team(TOP, level)))


@pytest.mark.parametrize(
    "typed, around, refusal, field",
    [
        ({"name": " "}, {}, TeamNameMissing, "name"),
        ({}, {"names_taken": {"爱心理发队"}}, TeamNameTaken, "name"),
        ({"region": ""}, {}, RegionMissing, "region"),
        ({"phone": "12"}, {}, PhoneWrong, "phone"),
        ({"parent": TOP}, {"parent": team(TOP, Level.CORPS, closed=True)}, ParentClosed, "parent"),
        ({"parent": LOW}, {"parent": team(LOW, Level.CORPS)}, TeamBelowItself, "parent"),
        (
            {"parent": MIDDLE},
            {"parent": team(MIDDLE, Level.CORPS), "ancestors": {LOW}},
            TeamBelowItself,
            "parent",
        ),
        ({"parent": TOP}, {"parent": team(TOP, Level.SQUAD)}, LevelNotBelowParent, "parent"),
    ],
)
def test_what_cannot_stand_is_refused_beside_its_field(
    typed: dict[str, Any], around: dict[str, Any], refusal: type[Refusal], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        rules.found(LOW, charter(**typed), Surroundings(**around))
    assert refused.value.field == field


def test_an_edit_says_how_the_team_is_now() -> None:
    known = team(LOW, Level.SQUAD, name="爱心理发队")
    assert rules.edit(known, charter(), Surroundings()) is None
    body = rules.edit(known, charter(name="理发队"), Surroundings())
    assert isinstance(body, TeamEdited) and body.name == "理发队"


def test_a_team_stays_above_those_below_it() -> None:
    below = Surroundings(children=[team(LOW, Level.SQUAD)])
    known = team(MIDDLE, Level.BRIGADE)
    assert rules.edit(known, charter(Level.CORPS), below) is not None
    with pytest.raises(LevelNotAboveChild):
        rules.edit(known, charter(Level.SQUAD), below)


def test_volunteers_join_once() -> None:
    joined = rules.join(team(LOW, Level.SQUAD), [person(WANG), person(LI)], {LI})
    assert [one.person for one in joined] == [WANG]


def test_a_leader_who_leaves_lays_down_the_lead() -> None:
    assert rules.leave(member(), "王军") == [MemberLeft(team=LOW, person=WANG)]
    assert rules.leave(member(leads=True), "王军") == [
        LeaderChanged(team=LOW, person=None),
        MemberLeft(team=LOW, person=WANG),
    ]


def test_a_member_leads_or_nobody() -> None:
    squad = team(LOW, Level.SQUAD)
    assert rules.change_leader(squad, member(), "王军") == LeaderChanged(team=LOW, person=WANG)
    assert rules.change_leader(squad, None, "") is None
    led = team(LOW, Level.SQUAD, leader=WANG)
    assert rules.change_leader(led, member(leads=True), "王军") is None
    assert rules.change_leader(led, None, "") == LeaderChanged(team=LOW, person=None)


def test_a_team_on_which_nothing_hangs_is_closed() -> None:
    body = rules.close(team(LOW, Level.SQUAD), " 并队 ", children_count=0, open_orders_count=0)
    assert (body.team, body.reason) == (LOW, "并队")


def closed() -> Team:
    return team(LOW, Level.SQUAD, closed=True)


def squad() -> Team:
    return team(LOW, Level.SQUAD)


@pytest.mark.parametrize(
    "step, refusal",
    [
        (lambda: rules.edit(closed(), charter(), Surroundings()), TeamClosedAlready),
        (lambda: rules.join(closed(), [], set()), TeamClosedAlready),
        (lambda: rules.change_leader(closed(), None, ""), TeamClosedAlready),
        (lambda: rules.close(closed(), "并队", children_count=0, open_orders_count=0), TeamClosedAlready),
        (lambda: rules.close(squad(), " ", children_count=0, open_orders_count=0), ReasonMissing),
        (lambda: rules.close(squad(), "并队", children_count=1, open_orders_count=0), TeamHasTeamsBelow),
        (lambda: rules.close(squad(), "并队", children_count=0, open_orders_count=2), TeamHasOpenOrders),
        (lambda: rules.join(squad(), [person(WANG, volunteer=False)], set()), NotAVolunteer),
        (lambda: rules.leave(member(belongs=False), "王军"), NotAMember),
        (lambda: rules.change_leader(squad(), member(belongs=False), "王军"), NotAMember),
    ],
)
def test_what_a_team_cannot_do_is_refused(step: Callable[[], object], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        step()


def test_an_edit_that_is_undone_puts_every_field_back() -> None:
    before = {"id": LOW, "name": "老名字", "level": "squad", "parent": None, "region": REGION, "phone": ""}
    lists = {"regions": [REGION], "categories": ["haircut"], "qualifications": []}
    body = rules.put_back(LOW, before | lists)
    assert body == TeamEdited(
        team=LOW, name="老名字", level="squad", region=REGION, regions=(REGION,), categories=("haircut",)
    )


def test_who_left_by_mistake_is_in_it_as_if_they_had_stayed() -> None:
    joined_at = datetime(2026, 4, 1, tzinfo=UTC)
    assert rules.join_again(LOW, WANG, joined_at).joined_at == milliseconds(joined_at)


def test_a_team_that_was_closed_by_mistake_is_open() -> None:
    assert rules.reopen(LOW).team == LOW
