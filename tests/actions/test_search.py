"""Finding people, orders and teams by what a clerk types."""

from __future__ import annotations

from datetime import date

import pytest

from app.actions.board import order_view
from app.actions.desk import Desk
from app.actions.orders import Reasoned, cancel_order
from app.actions.people import EditPerson, LeaveVolunteering, edit_person, leave_volunteering
from app.actions.people_cards import person_card
from app.actions.search import FindQuery, Group, find, suggest_people
from app.actions.teams import CloseTeam, close_team
from app.domain.orders import State
from app.domain.people import Group as Circumstance
from app.domain.people import Profile
from app.domain.staff import Role
from tests.support.desk import Station
from tests.support.people import order, resident, team, volunteer


def found(desk: Desk, text: str, *nouns: str, limit: int = 6) -> dict[str, Group]:
    groups = find(desk, FindQuery(text=text, nouns=frozenset(nouns), limit=limit))
    return {group.noun: group for group in groups}


def names(desk: Desk, text: str) -> list[str]:
    return [hit.name for hit in suggest_people(desk, text).hits]


def rename(desk: Desk, person: str, name: str) -> None:
    edit_person(desk, EditPerson(person=person, profile=Profile(name=name), touched=frozenset({"name"})))


@pytest.mark.parametrize(
    "text",
    [
        *("曾小贤", "小贤", "贤", "zeng", "zengxiaoxian", "zxx", "zengxx", "xiaox", "曾xx"),
        *("138 0000 1234", "1380000", "1234", "曾 1234", "zxx 1234", "0571", "4321"),
        *("110105", "002X", "1002x"),
    ],
)
def test_a_person_is_found_however_it_is_typed(desk: Desk, text: str) -> None:
    resident(desk, "曾小贤", phone="13800001234", other_phone="0571-87654321", id_number="11010519491231002X")
    volunteer(desk, "李梅", phone="13977776666")
    assert names(desk, text) == ["曾小贤"]


@pytest.mark.parametrize(
    "text, name",
    [
        ("shan", "单雄信"),
        ("yuchi", "尉迟恭"),
        ("尉迟", "尉迟恭"),
        ("qiuhe", "仇和"),
        ("𬱖", "𬱖建"),
        ("ou", "区某"),
    ],
)
def test_surnames_have_their_own_readings_and_rare_characters_count(desk: Desk, text: str, name: str) -> None:
    for each in ("单雄信", "尉迟恭", "𬱖建", "仇和", "区某"):
        resident(desk, each)
    assert names(desk, text) == [name]


@pytest.mark.parametrize("text", ["", " ", "-", "*", '"', "AND", "zzz", "王 9999"])
def test_nothing_is_found_for_nothing(desk: Desk, text: str) -> None:
    resident(desk, "王秀英", phone="13800001234")
    assert names(desk, text) == []
    assert find(desk, FindQuery(text=text)) == ()


def test_a_hit_tells_people_of_one_name_apart(desk: Desk) -> None:
    person = resident(desk, "王秀英", phone="13800001234", born_on=date(1958, 3, 2))
    order(desk, person)
    [hit] = suggest_people(desk, "xiuy").hits
    assert (hit.id, hit.age, hit.phone_tail, hit.number) == (person, 68, "1234", None)
    assert (hit.matched, hit.last_order_on) == ({1, 2}, date(2026, 4, 7))


def test_an_auditor_sees_masked_names_and_no_circumstances(station: Station) -> None:
    resident(station.desk, "王秀英", groups=(Circumstance.POOR,))
    [hit] = suggest_people(station.desk, "王").hits
    assert (hit.name, hit.groups) == ("王秀英", (Circumstance.POOR,))
    [hit] = suggest_people(station.sit(Role.AUDITOR), "王").hits
    assert (hit.name, hit.matched, hit.groups) == ("王*英", frozenset(), ())


def test_six_are_suggested_and_it_is_said_that_there_are_more(desk: Desk) -> None:
    for number in range(7):
        resident(desk, f"王{'一二三四五六七'[number]}")
    suggested = suggest_people(desk, "王")
    assert (len(suggested.hits), suggested.more) == (6, True)
    assert not found(desk, "王", limit=7)["person"].more


def test_the_exact_name_then_volunteers_then_who_asked_last_come_first(station: Station) -> None:
    desk = station.desk
    earlier, later = resident(desk, "王伟民"), resident(desk, "王伟国")
    resident(desk, "王伟平")
    order(desk, earlier)
    station.clock.forward(days=1)
    order(desk, later)
    volunteer(desk, "王伟强")
    resident(desk, "王伟")
    assert names(desk, "王伟") == ["王伟", "王伟强", "王伟国", "王伟民", "王伟平"]


def test_who_leaves_stands_with_the_residents(desk: Desk) -> None:
    gone, resident_ = volunteer(desk, "王伟强"), resident(desk, "王伟国")
    assert names(desk, "王伟") == ["王伟强", "王伟国"]
    leave_volunteering(desk, LeaveVolunteering(person=gone, reason="搬走了"))
    order(desk, resident_)
    assert names(desk, "王伟") == ["王伟国", "王伟强"]
    assert [hit.left for hit in suggest_people(desk, "王伟").hits] == [False, True]


def test_an_old_name_is_no_longer_found(desk: Desk) -> None:
    person = resident(desk, "王秀英")
    rename(desk, person, "李秀英")
    assert names(desk, "王") == []
    assert names(desk, "lixiuying") == ["李秀英"]


@pytest.mark.parametrize(
    "text", ["0000-1{check}", "1{check}", "0000", "WHOLE", "王秀英", "wxy", "降压药", "买米"]
)
def test_an_order_is_found_by_number_resident_and_wish(desk: Desk, text: str) -> None:
    asked = order(desk, resident(desk, "王秀英"), "买米、降压药")
    number = order_view(desk, asked).number
    typed = number if text == "WHOLE" else text.format(check=number[-1])
    [hit] = found(desk, typed)["order"].hits
    assert (hit.id, hit.who, hit.what, hit.state) == (asked, "王*英", "买米、降压药", State.SUBMITTED)
    assert hit.short == f"0000-1{number[-1]}"


def test_the_newest_order_comes_first_and_one_that_is_over_stays(station: Station) -> None:
    desk = station.desk
    person = resident(desk, "王秀英")
    first = order(desk, person)
    station.clock.forward(days=1)
    second = order(desk, person)
    cancel_order(desk, Reasoned(order=first, reason="不用了"))
    assert [hit.id for hit in found(desk, "王秀英")["order"].hits] == [second, first]


def test_orders_are_found_by_the_residents_new_name(desk: Desk) -> None:
    person = resident(desk, "王秀英")
    asked = order(desk, person)
    rename(desk, person, "李秀英")
    assert [hit.id for hit in found(desk, "lixy")["order"].hits] == [asked]
    assert "order" not in found(desk, "wxy")


def test_who_asked_for_somebody_else_is_found_too(desk: Desk) -> None:
    mother, son = resident(desk, "王秀英"), resident(desk, "张军")
    asked = order(desk, mother, requester=son)
    assert [hit.id for hit in found(desk, "zhangjun")["order"].hits] == [asked]


def test_a_team_is_found_by_its_name_and_closed_ones_come_last(desk: Desk) -> None:
    old, new = team(desk, "爱心理发队"), team(desk, "爱心维修队")
    close_team(desk, CloseTeam(team=old, reason="并队"))
    hits = found(desk, "aixin")["team"].hits
    assert [(hit.id, hit.closed, hit.matched) for hit in hits] == [(new, False, {0, 1}), (old, True, {0, 1})]
    assert [hit.id for hit in found(desk, "lfd", "team")["team"].hits] == [old]


def test_groups_stand_in_one_order_and_only_those_asked_for(desk: Desk) -> None:
    person = resident(desk, "王秀英")
    order(desk, person)
    team(desk, "王家庄服务队")
    assert list(found(desk, "王")) == ["person", "order", "team"]
    assert list(found(desk, "王", "team", "person")) == ["person", "team"]
    assert person_card(desk, person).name == "王秀英"
