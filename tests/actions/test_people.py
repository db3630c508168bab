"""People and volunteers through their actions, on a real station."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.actions.audit import AuditQuery, audit_trail
from app.actions.desk import Desk, NotAllowed
from app.actions.orders import Step, ToTeam, dispatch_order, screen_order
from app.actions.people import (
    Brings,
    EditPerson,
    EditVolunteer,
    LeaveVolunteering,
    RegisterPerson,
    RegisterVolunteer,
    Reveal,
    Sensitive,
    ServiceKindUnknown,
    edit_person,
    edit_volunteer,
    leave_volunteering,
    register_person,
    register_volunteer,
    return_to_volunteering,
    reveal,
)
from app.actions.people_cards import (
    OrdersOfQuery,
    home_of,
    orders_of,
    person_card,
    person_story,
)
from app.actions.people_list import PeopleQuery, people_list
from app.actions.search_people import (
    MaybeKnown,
    likely_same,
)
from app.actions.teams import ChangeLeader, change_leader, team_card
from app.domain.identity import IdWrongCheckDigit, Sex
from app.domain.numbers import read_volunteer_number
from app.domain.orders import ReasonMissing
from app.domain.people import (
    AlreadyVolunteer,
    BirthMissing,
    Group,
    GuardianMissing,
    IdNumberTaken,
    NotAVolunteer,
    PersonUnknown,
    Profile,
    VolunteerHasLeft,
)
from app.domain.staff import Role
from app.storage.ids import new_id
from app.storage.types import TextTooLong, TextUnreadable
from tests.support.desk import Station
from tests.support.people import order, resident, team, volunteer

ID_OF_1949 = "11010519491231002X"
FULL = {
    "id_number": ID_OF_1949,
    "phone": "13800001234",
    "region": "370883102204",
    "address": "桃源村东头 8 号",
    "groups": (Group.ELDERLY,),
    "remark": "耳背",
}


def edit(desk: Desk, person: str, **touched: Any) -> frozenset[str]:
    profile = Profile(**{"name": ""} | touched)
    return edit_person(desk, EditPerson(person=person, profile=profile, touched=frozenset(touched))).changed


def test_a_name_and_a_phone_are_enough(desk: Desk) -> None:
    person = new_id()
    request = RegisterPerson(person=person, profile=Profile(name=" 王 秀英", phone="138 0000 1234"))
    done = register_person(desk, request)
    assert (done.value.name, set(done.changed)) == ("王秀英", {"person"})
    card = person_card(desk, person)
    assert (card.name, card.phone, card.volunteer) == ("王秀英", "138****1234", None)


def test_saving_twice_is_one_person(desk: Desk) -> None:
    request = RegisterPerson(person=new_id(), profile=Profile(name="王秀英"))
    register_person(desk, request)
    again = register_person(desk, request)
    assert (again.value.name, again.changed) == ("王秀英", frozenset())


def test_a_wrong_number_is_refused_and_nothing_is_kept(desk: Desk) -> None:
    person = new_id()
    with pytest.raises(IdWrongCheckDigit):
        resident(desk, "王秀英", id_number="110105194912310021")
    with pytest.raises(TextTooLong):
        register_person(
            desk, RegisterPerson(person=person, profile=Profile(name="王秀英", address="长" * 201))
        )
    with pytest.raises(PersonUnknown):
        person_card(desk, person)


def test_an_id_number_stands_once_and_says_whose_it_is(desk: Desk) -> None:
    first = resident(desk, "王秀英", id_number=ID_OF_1949)
    with pytest.raises(IdNumberTaken) as refused:
        resident(desk, "王秀瑛", id_number=" 110105 19491231 002x")
    assert (refused.value.person, refused.value.name) == (first, "王秀英")
    second = resident(desk, "王秀瑛")
    with pytest.raises(IdNumberTaken):
        edit(desk, second, id_number=ID_OF_1949)
    assert edit(desk, first, id_number=ID_OF_1949, phone="13900000000") == {"person"}


def test_a_childs_guardian_is_somebody_in_the_register(desk: Desk) -> None:
    child = {"born_on": date(2015, 6, 1)}
    with pytest.raises(GuardianMissing):
        resident(desk, "王小宝", **child)
    with pytest.raises(PersonUnknown) as refused:
        resident(desk, "王小宝", guardian=new_id(), **child)
    assert refused.value.field == "guardian"
    mother = resident(desk, "李梅", born_on=date(1990, 1, 1))
    card = person_card(desk, resident(desk, "王小宝", guardian=mother, **child))
    assert (card.guardian, card.guardian_name, card.age) == (mother, "李梅", 10)


def test_only_touched_fields_change(desk: Desk) -> None:
    person = resident(desk, "王秀英", **FULL)
    edit(desk, person, phone="139 0000 5678", address="桃源村西头 1 号")
    assert home_of(desk, person).address == "桃源村西头 1 号"
    card = person_card(desk, person)
    assert (card.name, card.phone, card.remark, card.sex) == ("王秀英", "139****5678", "耳背", Sex.FEMALE)


def test_an_edit_that_changes_nothing_records_nothing(desk: Desk) -> None:
    person = resident(desk, "王秀英", **FULL)
    assert edit(desk, person, phone="13800001234") == frozenset()


def test_nobody_can_be_edited_who_is_not_there(desk: Desk) -> None:
    with pytest.raises(PersonUnknown):
        edit(desk, new_id(), phone="13800001234")


def test_an_auditor_registers_nobody(station: Station) -> None:
    with pytest.raises(NotAllowed):
        resident(station.sit(Role.AUDITOR), "王秀英")


def test_the_card_hides_what_is_sensitive(station: Station) -> None:
    person = resident(station.desk, "王秀英", **FULL)
    card = person_card(station.desk, person)
    assert (card.name, card.id_number, card.phone) == ("王秀英", "110105********002X", "138****1234")
    assert (card.address, card.groups, card.remark, card.age) == ("桃源村***", (Group.ELDERLY,), "耳背", 76)
    seen = person_card(station.sit(Role.AUDITOR), person)
    assert (seen.name, seen.groups, seen.remark) == ("王*英", (), "")


def test_a_hidden_field_is_shown_for_a_reason_that_stays(station: Station) -> None:
    person = resident(station.desk, "王秀英", **FULL)
    shown = {
        field: reveal(station.desk, Reveal(person=person, field=field, reason="核对身份")).value
        for field in Sensitive
    }
    assert shown == {
        Sensitive.ID_NUMBER: ID_OF_1949,
        Sensitive.PHONE: "13800001234",
        Sensitive.OTHER_PHONE: "",
        Sensitive.ADDRESS: "桃源村东头 8 号",
        Sensitive.BORN_ON: "1949-12-31",
    }
    trail = audit_trail(station.sit(Role.AUDITOR), AuditQuery(limit=1))
    [entry] = trail.entries
    assert (entry.staff_name, entry.what, entry.reason) == ("陈芳", "reveal.born_on", "核对身份")
    assert (entry.object, trail.total) == (f"person:{person}", len(Sensitive))


def test_nothing_hidden_is_shown_without_a_reason(station: Station) -> None:
    person = resident(station.desk, "王秀英", **FULL)
    with pytest.raises(ReasonMissing):
        reveal(station.desk, Reveal(person=person, field=Sensitive.PHONE, reason=" "))
    with pytest.raises(NotAllowed):
        reveal(station.sit(Role.AUDITOR), Reveal(person=person, field=Sensitive.PHONE, reason="看看"))
    assert audit_trail(station.sit(Role.ADMINISTRATOR), AuditQuery()).entries == ()


def test_a_clerk_does_not_read_the_audit(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        audit_trail(desk, AuditQuery())


def test_where_somebody_lives_is_filled_in_for_who_works_with_people(station: Station) -> None:
    person = resident(station.desk, "王秀英", **FULL)
    assert home_of(station.desk, person).region == "370883102204"
    with pytest.raises(PersonUnknown):
        home_of(station.desk, new_id())
    with pytest.raises(NotAllowed):
        home_of(station.sit(Role.AUDITOR), person)


def test_likely_the_same_person_is_a_hint(desk: Desk) -> None:
    known = resident(desk, "王秀英", phone="13800001234", born_on=date(1958, 3, 2))
    resident(desk, "王秀英", phone="13900000000")
    resident(desk, "李梅", phone="13800001234")
    for hint in (
        MaybeKnown(name="王 秀英", phone="138 0000 1234"),
        MaybeKnown(name="王秀英", phone="1380", born_on=date(1958, 3, 2)),
    ):
        assert [hit.id for hit in likely_same(desk, hint)] == [known]
    assert likely_same(desk, MaybeKnown(name="王秀英")) == ()
    assert likely_same(desk, MaybeKnown(name="王秀英", phone="13800001234", other_than=known)) == ()


def test_a_resident_becomes_a_volunteer_with_a_number(desk: Desk) -> None:
    person = resident(desk, "张军", **FULL)
    brings = Brings(skills=(" 理发 ", "", "理发"), categories=("haircut",), availability="周末")
    request = RegisterVolunteer(person=person, brings=brings)
    done = register_volunteer(desk, request)
    assert read_volunteer_number(done.value.number) == "1022040010000014"
    assert done.value.registered_on == date(2026, 4, 7)
    assert register_volunteer(desk, request).value == done.value
    card = person_card(desk, person).volunteer
    assert card is not None
    assert (card.skills, card.categories, card.availability) == (("理发",), ("haircut",), "周末")


def test_numbers_of_volunteers_have_no_gaps(desk: Desk) -> None:
    with pytest.raises(BirthMissing):
        volunteer(desk, "张军", born_on=None)
    for name in ("张军", "李梅"):
        volunteer(desk, name)
    rows = people_list(desk, PeopleQuery(descending=True)).rows
    assert [(row.number or "")[9:15] for row in rows] == ["000001", "000002"]


def test_a_new_volunteer_who_is_refused_is_no_resident_either(desk: Desk) -> None:
    person = new_id()
    with pytest.raises(BirthMissing):
        register_volunteer(
            desk, RegisterVolunteer(person=person, profile=Profile(name="张军", phone="13800001234"))
        )
    with pytest.raises(PersonUnknown):
        person_card(desk, person)


def test_a_volunteer_is_registered_once(desk: Desk) -> None:
    person = volunteer(desk, "张军")
    with pytest.raises(AlreadyVolunteer):
        register_volunteer(desk, RegisterVolunteer(person=person, brings=Brings(skills=("电工",))))


def test_what_a_volunteer_brings_is_put_right(desk: Desk) -> None:
    person = volunteer(desk, "张军")
    edit_volunteer(desk, EditVolunteer(person=person, brings=Brings(qualifications=("电工证",))))
    card = person_card(desk, person).volunteer
    assert card is not None and card.qualifications == ("电工证",)
    same = EditVolunteer(person=person, brings=Brings(qualifications=("电工证",)))
    assert edit_volunteer(desk, same).changed == frozenset()
    with pytest.raises(ServiceKindUnknown):
        edit_volunteer(desk, EditVolunteer(person=person, brings=Brings(categories=("nothing",))))
    with pytest.raises(NotAVolunteer):
        edit_volunteer(desk, EditVolunteer(person=resident(desk, "李梅"), brings=Brings()))


def test_who_leaves_leaves_every_team_and_says_what_is_still_open(station: Station) -> None:
    desk = station.desk
    person, other = volunteer(desk, "张军"), volunteer(desk, "李梅")
    squad = team(desk, "爱心理发队", person, other)
    change_leader(desk, ChangeLeader(team=squad, person=person))
    asked = order(desk, resident(desk, "王秀英"))
    screen_order(desk, Step(order=asked))
    dispatch_order(desk, ToTeam(order=asked, team=squad, volunteer=person))
    left = leave_volunteering(desk, LeaveVolunteering(person=person, reason="搬走了"))
    assert left.value.teams == ("爱心理发队",)
    assert len(left.value.open_orders) == 1
    card = team_card(desk, squad)
    assert (card.leader, card.members_count) == (None, 1)
    seen = person_card(desk, person).volunteer
    assert seen is not None and (seen.left_at, seen.left_reason) == (station.clock(), "搬走了")
    by_auditor = person_card(station.sit(Role.AUDITOR), person).volunteer
    assert by_auditor is not None and by_auditor.left_reason == ""
    station.sit(Role.CLERK)
    with pytest.raises(NotAVolunteer):
        leave_volunteering(desk, LeaveVolunteering(person=person, reason="搬走了"))


def test_who_left_comes_back_under_the_old_number(desk: Desk) -> None:
    person = volunteer(desk, "张军")
    with pytest.raises(AlreadyVolunteer):
        return_to_volunteering(desk, person)
    leave_volunteering(desk, LeaveVolunteering(person=person, reason="搬走了"))
    with pytest.raises(VolunteerHasLeft) as refused:
        register_volunteer(desk, RegisterVolunteer(person=person))
    assert return_to_volunteering(desk, person).value.number == refused.value.number
    card = person_card(desk, person).volunteer
    assert card is not None and card.left_at is None


def test_leaving_needs_a_reason(desk: Desk) -> None:
    with pytest.raises(ReasonMissing):
        leave_volunteering(desk, LeaveVolunteering(person=volunteer(desk, "张军"), reason=""))


def test_the_story_shows_teams_and_orders(station: Station) -> None:
    desk = station.desk
    person, mother = volunteer(desk, "张军"), resident(desk, "王秀英")
    squad = team(desk, "爱心理发队", person)
    change_leader(desk, ChangeLeader(team=squad, person=person))
    own = order(desk, person)
    station.clock.forward(hours=1)
    for_mother = order(desk, mother, requester=person)
    story = person_story(desk, person)
    assert [(one.id, one.name, one.leads) for one in story.teams] == [(squad, "爱心理发队", True)]
    assert [(one.id, one.for_others) for one in story.orders] == [(for_mother, True), (own, False)]
    assert story.orders_count == 2
    page = orders_of(desk, OrdersOfQuery(person=person, offset=1))
    assert ([one.id for one in page.rows], page.total) == ([own], 2)
    with pytest.raises(PersonUnknown):
        person_story(desk, new_id())


def test_half_a_character_in_a_document_number_is_said(desk: Desk) -> None:
    profile = Profile(name="王芳", id_number="1101\ud83d")
    with pytest.raises(TextUnreadable) as refused:
        register_person(desk, RegisterPerson(person=new_id(), profile=profile))
    assert refused.value.field == "id_number"
