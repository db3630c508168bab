"""The list of people: whom it shows, in which order, and what stands in a line."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.actions.desk import Desk
from app.actions.people import Brings, LeaveVolunteering, leave_volunteering
from app.actions.people_list import PeopleQuery, PeopleSort, Who, people_choices, people_list
from app.actions.policies import SetPolicy, set_policy
from app.actions.teams import CloseTeam, close_team
from app.domain.staff import Role
from app.domain.stars import StarsPolicy
from app.facts import Id
from tests.support import served
from tests.support.desk import Station
from tests.support.people import resident, team, volunteer


def listed(desk: Desk, **query: Any) -> list[Id]:
    """Who is on the list; as many as it counts."""
    page = people_list(desk, PeopleQuery(**query))
    assert page.total == len(page.rows)
    return [row.id for row in page.rows]


def hours_of_service(desk: Desk, person: Id, *days: date) -> None:
    """Ten hours on each of these days."""
    for day in days:
        served.approved(desk, person, served.at(8, day=day), 600)


def test_people_stand_in_chinese_order_and_masked(desk: Desk) -> None:
    for name in ("曾小贤", "单于", "安然", "尉迟恭"):
        volunteer(desk, name)
    resident(desk, "王秀英")
    page = people_list(desk, PeopleQuery())
    assert [row.name for row in page.rows] == ["安*", "单*", "尉迟*", "曾*贤"]
    assert {row.phone for row in page.rows} == {"138****1234"}
    assert page.total == 4
    window = people_list(desk, PeopleQuery(offset=1, limit=2, descending=True))
    assert [row.name for row in window.rows] == ["尉迟*", "单*"]
    assert window.total == 4


def test_the_list_is_narrowed(desk: Desk) -> None:
    barber = volunteer(desk, "张军", brings=Brings(categories=("haircut.home",)), region="370883102204")
    plumber = volunteer(desk, "李梅", brings=Brings(categories=("haircut",)), region="370883103001")
    gone = volunteer(desk, "赵云")
    mother = resident(desk, "王秀英", address="桃源村 2 组 5 号")
    squad = team(desk, "爱心理发队", barber)
    leave_volunteering(desk, LeaveVolunteering(person=gone, reason="搬走了"))
    assert listed(desk) == [plumber, barber]
    assert listed(desk, left=True) == [gone]
    assert listed(desk, who=Who.RESIDENTS) == [mother, gone]
    assert listed(desk, who=Who.EVERYBODY) == [plumber, mother, barber, gone]
    assert listed(desk, team=squad) == [barber]
    assert listed(desk, category="haircut") == [plumber]
    assert listed(desk, region="370883102") == [barber]
    assert listed(desk, text="zhang") == [barber]
    assert listed(desk, text="zhangwu") == []
    [row] = people_list(desk, PeopleQuery(team=squad)).rows
    assert (row.teams, row.stars, row.minutes) == (("爱心理发队",), 0, 0)
    [row] = people_list(desk, PeopleQuery(who=Who.RESIDENTS, text="王秀英")).rows
    assert (row.number, row.stars, row.address) == (None, None, "桃源村***")


def test_the_list_is_sorted_by_registration(station: Station) -> None:
    first = volunteer(station.desk, "赵云")
    station.clock.forward(days=1)
    second = volunteer(station.desk, "安然")
    page = people_list(station.desk, PeopleQuery(sort=PeopleSort.SINCE))
    assert [(row.id, row.since) for row in page.rows] == [
        (first, date(2026, 4, 7)),
        (second, date(2026, 4, 8)),
    ]
    assert listed(station.desk, sort=PeopleSort.SINCE, who=Who.EVERYBODY, descending=True) == [second, first]


def test_the_list_is_sorted_by_hours_and_narrowed_to_a_star(desk: Desk) -> None:
    keen, new = served.volunteer(desk, "赵云"), served.volunteer(desk, "安然")
    hours_of_service(desk, keen, *(date(2026, 3, day) for day in range(1, 11)))
    hours_of_service(desk, new, date(2026, 3, 1))
    page = people_list(desk, PeopleQuery(sort=PeopleSort.MINUTES, descending=True))
    assert [(row.id, row.minutes, row.stars) for row in page.rows] == [(keen, 6000, 1), (new, 600, 0)]
    assert listed(desk, stars=1) == [keen]
    assert listed(desk, stars=0) == [new]
    assert listed(desk, stars=5) == []


def test_who_registered_lately_has_no_star_where_the_county_wants_time(station: Station) -> None:
    desk = station.desk
    old = served.volunteer(desk, "赵云")
    late = served.volunteer(desk, "安然")
    for person in (old, late):
        hours_of_service(desk, person, *(date(2026, 3, day) for day in range(1, 11)))
    station.sit(Role.ADMINISTRATOR)
    wait = '{"months_since_registration": 80}'
    set_policy(desk, SetPolicy(policy=StarsPolicy.name, value=wait, valid_from=date(2026, 4, 7)))
    assert listed(desk, stars=1) == []
    assert {row.stars for row in people_list(desk, PeopleQuery()).rows} == {0}
    assert set(listed(desk, stars=0)) == {old, late}


def test_the_place_of_somebody_is_told_in_every_order(desk: Desk) -> None:
    people = [volunteer(desk, name) for name in ("安然", "单于", "尉迟恭", "曾小贤")]
    served.volunteer(desk, "单于")  # the same name again
    resident(desk, "王秀英")
    for sort in PeopleSort:
        for descending in (False, True):
            order: dict[str, Any] = {"sort": sort, "descending": descending}
            everybody = listed(desk, **order)
            places = [people_list(desk, PeopleQuery(find=one, **order)).found for one in everybody]
            assert places == list(range(5))
    assert people_list(desk, PeopleQuery(find=people[0], text="zxx")).found is None


def test_what_the_list_can_be_narrowed_by(desk: Desk) -> None:
    volunteer(desk, "张军", region="370883102204")
    resident(desk, "王秀英", region="370883103001")
    resident(desk, "李梅")
    kept, closed = team(desk, "爱心理发队"), team(desk, "老队")
    close_team(desk, CloseTeam(team=closed, reason="并队"))
    choices = people_choices(desk, None)
    assert choices.regions == ("370883102204", "370883103001")
    assert choices.teams == ((kept, "爱心理发队"),)
    assert choices.levels == 5
