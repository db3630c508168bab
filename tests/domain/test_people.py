"""Who somebody is, checked; and how a resident becomes a volunteer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain import people as rules
from app.domain.identity import IdType, IdWrongCheckDigit, Sex
from app.domain.names import NameMissing
from app.domain.orders import ReasonMissing
from app.domain.people import (
    AlreadyVolunteer,
    BirthContradictsId,
    BirthImpossible,
    BirthMissing,
    DayNotUnderstood,
    Group,
    GuardianMissing,
    GuardianUnfit,
    IdNumberTaken,
    NotAVolunteer,
    Person,
    Profile,
    ReferrerUnfit,
    RegisteredInTheFuture,
    SexContradictsId,
    TooYoung,
    VolunteerAges,
    VolunteerHasLeft,
    day_typed,
)
from app.domain.phones import PhoneMissing, PhoneWrong
from app.domain.policies import PolicyMakesNoSense
from app.domain.problems import Refusal
from app.domain.regions import RegionWrongLength
from app.facts.people import PersonDetails, PersonEdited, VolunteerDetails

TODAY = date(2026, 4, 7)
ME, OTHER = "1" * 32, "2" * 32
ID_OF_1949, SEX_OF_1949 = "11010519491231002X", Sex.FEMALE
ID_OF_1880 = "440524188001010014"
NUMBER = "1022040010000016"


def somebody(**more: Any) -> Person:
    known: dict[str, Any] = {"name": "王秀英", "born_on": date(1958, 3, 2), "phone": "13800001234"}
    return Person(id=ME, details=PersonDetails(**known | more))


def volunteer(*, left: bool = False, brings: VolunteerDetails | None = None) -> Person:
    return Person(
        id=ME,
        details=somebody().details,
        number=NUMBER,
        registered_on=TODAY,
        brings=brings or VolunteerDetails(),
        left=left,
    )


def test_a_name_is_enough() -> None:
    assert rules.details(Profile(name=" 王 秀英 "), today=TODAY) == PersonDetails(name="王秀英")


def test_everything_is_kept_in_its_normal_form() -> None:
    profile = Profile(
        name="王秀英",
        id_number="１１０１０５ 19491231 002x",
        phone="138 0000 1234",
        other_phone="(0571)87654321",
        region="370883 102 204",
        address=" 村东 8 号 ",
        groups=(Group.ELDERLY, Group.ALONE, Group.ELDERLY),
        remark=" 耳背 ",
    )
    assert rules.details(profile, today=TODAY) == PersonDetails(
        name="王秀英",
        id_type="111",
        id_number=ID_OF_1949,
        sex="2",
        born_on=date(1949, 12, 31),
        phone="13800001234",
        other_phone="0571-87654321",
        region="370883102204",
        address="村东 8 号",
        groups=("alone", "elderly"),
        remark="耳背",
    )


def test_what_was_typed_stays_where_no_number_tells_it() -> None:
    profile = Profile(
        name="John Smith",
        id_type=IdType.PASSPORT,
        id_number="e1234567",
        sex=Sex.MALE,
        born_on=date(1980, 5, 1),
    )
    details = rules.details(profile, today=TODAY)
    assert (details.id_type, details.id_number) == ("414", "E1234567")
    assert (details.sex, details.born_on) == ("1", date(1980, 5, 1))


@pytest.mark.parametrize(
    "typed, refusal, field",
    [
        ({"name": "  "}, NameMissing, "name"),
        ({"id_number": "110105194912310021"}, IdWrongCheckDigit, "id_number"),
        ({"id_number": ID_OF_1949, "sex": Sex.MALE}, SexContradictsId, "sex"),
        ({"id_number": ID_OF_1949, "born_on": date(1949, 12, 30)}, BirthContradictsId, "born_on"),
        ({"id_number": ID_OF_1880}, BirthImpossible, "born_on"),
        ({"born_on": date(2026, 4, 8)}, BirthImpossible, "born_on"),
        ({"born_on": date(2012, 4, 8)}, GuardianMissing, "guardian"),
        ({"phone": "1380000"}, PhoneWrong, "phone"),
        ({"other_phone": "12"}, PhoneWrong, "other_phone"),
        ({"region": "3708"}, RegionWrongLength, "region"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    typed: dict[str, Any], refusal: type[Refusal], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        rules.details(Profile(**{"name": "王秀英"} | typed), today=TODAY)
    assert refused.value.field == field


def test_a_child_has_a_guardian_until_its_fourteenth_birthday() -> None:
    child = Profile(name="小宝", born_on=date(2012, 4, 8), guardian=OTHER)
    assert rules.details(child, today=TODAY).guardian == OTHER
    assert rules.details(Profile(name="小宝", born_on=date(2012, 4, 7)), today=TODAY).guardian is None


def test_somebody_becomes_known() -> None:
    grown = Person(id=OTHER, details=PersonDetails(name="王军", born_on=date(1990, 1, 1)))
    unknown_age = Person(id=OTHER, details=PersonDetails(name="王军"))
    for guardian in (None, grown, unknown_age):
        body, details = rules.register(
            ME, Profile(name="王秀英"), holder=None, guardian=guardian, today=TODAY
        )
        assert (body.person, details.name) == (ME, "王秀英")


def test_an_id_number_stands_once() -> None:
    holder = Person(id=OTHER, details=PersonDetails(name="王秀英"))
    profile = Profile(name="王秀瑛", id_number=ID_OF_1949)
    with pytest.raises(IdNumberTaken) as refused:
        rules.register(ME, profile, holder=holder, guardian=None, today=TODAY)
    assert (refused.value.person, refused.value.name) == (OTHER, "王秀英")


def test_one_may_keep_the_id_number_one_has() -> None:
    me = Person(id=ME, details=PersonDetails(name="王秀英"))
    edited = rules.edit(
        me,
        Profile(name="", id_number=ID_OF_1949),
        {"id_number"},
        holder=me,
        guardian=None,
        today=TODAY,
    )
    assert edited is not None
    assert edited[0].fields == ("id_type", "id_number", "sex", "born_on")


@pytest.mark.parametrize("guardian_id, born_on", [(ME, None), (OTHER, date(2008, 4, 8))])
def test_nobody_is_their_own_guardian_and_no_minor_is_one(guardian_id: str, born_on: date | None) -> None:
    guardian = Person(id=guardian_id, details=PersonDetails(name="王军", born_on=born_on))
    with pytest.raises(GuardianUnfit):
        rules.register(ME, Profile(name="小宝"), holder=None, guardian=guardian, today=TODAY)


def test_only_what_was_touched_and_changed_is_named() -> None:
    known = somebody(address="村东", remark="耳背")
    form = Profile(name="王秀英", phone="139 0000 0000", address="never touched")
    edited = rules.edit(known, form, {"name", "phone"}, holder=None, guardian=None, today=TODAY)
    assert edited is not None
    body, details = edited
    assert body.fields == ("phone",)
    assert (details.phone, details.address, details.remark) == ("13900000000", "村东", "耳背")


def test_an_edit_that_changes_nothing_is_nothing() -> None:
    form = Profile(name="王秀英", phone="138-0000-1234")
    assert rules.edit(somebody(), form, {"name", "phone"}, holder=None, guardian=None, today=TODAY) is None


def test_another_id_number_brings_its_own_birth_and_sex() -> None:
    known = somebody(id_type="111", id_number=ID_OF_1949, sex="2", born_on=date(1949, 12, 31))
    form = Profile(name="", id_number="810000199408230021")
    edited = rules.edit(known, form, {"id_number"}, holder=None, guardian=None, today=TODAY)
    assert edited is not None
    assert edited[1].born_on == date(1994, 8, 23)


def test_a_birth_that_was_typed_must_agree_with_a_number_that_comes_later() -> None:
    with pytest.raises(BirthContradictsId):
        rules.edit(
            somebody(),
            Profile(name="", id_number=ID_OF_1949),
            {"id_number"},
            holder=None,
            guardian=None,
            today=TODAY,
        )


def test_a_known_profile_can_be_typed_again() -> None:
    profile = Profile(name="王秀英", id_number=ID_OF_1949, groups=(Group.SICK,), guardian=OTHER)
    details = rules.details(profile, today=TODAY)
    assert rules.details(rules.as_profile(details), today=TODAY) == details


def test_a_resident_becomes_a_volunteer() -> None:
    body = rules.register_volunteer(somebody(), NUMBER, TODAY, ages=VolunteerAges(), today=TODAY)
    assert (body.person, body.number, body.registered_on) == (ME, NUMBER, TODAY)


@pytest.mark.parametrize(
    "person, registered_on, refusal",
    [
        (volunteer(), TODAY, AlreadyVolunteer),
        (volunteer(left=True), TODAY, VolunteerHasLeft),
        (somebody(), date(2026, 4, 8), RegisteredInTheFuture),
        (somebody(born_on=None), TODAY, BirthMissing),
        (somebody(phone=""), TODAY, PhoneMissing),
        (somebody(born_on=date(2012, 4, 8), guardian=OTHER), TODAY, TooYoung),
        (somebody(born_on=date(2012, 4, 7)), TODAY, GuardianMissing),
    ],
)
def test_who_cannot_volunteer_is_told_why(
    person: Person, registered_on: date, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        rules.register_volunteer(person, NUMBER, registered_on, ages=VolunteerAges(), today=TODAY)


def test_who_brought_a_volunteer_is_another_volunteer() -> None:
    def brought(referrer: Person) -> str | None:
        ages = VolunteerAges()
        return rules.register_volunteer(
            somebody(), NUMBER, TODAY, ages=ages, today=TODAY, referrer=referrer
        ).referrer

    assert brought(replace(volunteer(), id=OTHER)) == OTHER
    for unfit in (volunteer(), replace(somebody(), id=OTHER), replace(volunteer(left=True), id=OTHER)):
        with pytest.raises(ReferrerUnfit):
            brought(unfit)


def test_a_minor_volunteers_with_a_guardian() -> None:
    minor = somebody(born_on=date(2012, 4, 7), guardian=OTHER)
    assert rules.register_volunteer(minor, NUMBER, TODAY, ages=VolunteerAges(), today=TODAY).person == ME


def test_a_place_may_set_other_ages() -> None:
    ages = VolunteerAges(youngest_years=16, guardian_until_years=16)
    ages.check()
    minor = somebody(born_on=date(2009, 1, 1))
    assert rules.register_volunteer(minor, NUMBER, TODAY, ages=ages, today=TODAY).person == ME


@pytest.mark.parametrize("values", [{"youngest_years": -1}, {"guardian_until_years": 19}])
def test_ages_that_make_no_sense_are_refused(values: dict[str, int]) -> None:
    with pytest.raises(PolicyMakesNoSense):
        VolunteerAges(**values).check()


def test_what_a_volunteer_brings_can_be_put_right() -> None:
    brings = VolunteerDetails(skills=("理发",))
    body = rules.edit_volunteer(volunteer(), brings)
    assert body is not None and body.fields == ("skills",)
    assert rules.edit_volunteer(volunteer(brings=brings), brings) is None


def test_a_volunteer_leaves_and_comes_back() -> None:
    assert rules.leave(volunteer(), " 搬走了 ")[1].text == "搬走了"
    assert rules.come_back(volunteer(left=True)).person == ME


@pytest.mark.parametrize(
    "step, refusal",
    [
        (lambda: rules.leave(volunteer(), " "), ReasonMissing),
        (lambda: rules.leave(volunteer(left=True), "搬走了"), NotAVolunteer),
        (lambda: rules.edit_volunteer(somebody(), VolunteerDetails()), NotAVolunteer),
        (lambda: rules.come_back(somebody()), NotAVolunteer),
        (lambda: rules.come_back(volunteer()), AlreadyVolunteer),
    ],
)
def test_only_volunteers_leave_and_only_who_left_comes_back(
    step: Callable[[], object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        step()


@pytest.mark.parametrize(
    "typed", ["19650304", "1965-3-4", "1965.03.04", " 1965 年 3 月 4 日", "１９６５/3/4"]
)
def test_a_day_is_understood_as_people_type_it(typed: str) -> None:
    assert day_typed(typed) == date(1965, 3, 4)


@pytest.mark.parametrize("typed", ["1965", "1965-4-31", "65-3-4", "明天"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(DayNotUnderstood) as refused:
        day_typed(typed, "born_on")
    assert (refused.value.text, refused.value.field) == (typed, "born_on")


def test_no_day_is_no_day() -> None:
    assert day_typed("  ") is None


def test_a_group_that_is_none_is_our_bug() -> None:
    with pytest.raises(ValueError, match="Group"):
        rules.details(Profile(name="王芳", groups=("no such",)), today=TODAY)  # type: ignore[arg-type]


class TestPutBack:
    def test_only_what_changed_is_named(self) -> None:
        person = Person(id="1" * 32, details=PersonDetails(name="王军", phone="13900000000"))
        before = PersonDetails(name="王军", phone="13800000000")
        assert rules.put_back(person, before, holder=None) == [
            PersonEdited(person=person.id, fields=("phone",))
        ]
        assert rules.put_back(person, person.details, holder=person) == []

    def test_an_id_number_that_is_somebody_elses_now_stays_theirs(self) -> None:
        person = Person(id="1" * 32, details=PersonDetails(name="王军"))
        other = Person(id="2" * 32, details=PersonDetails(name="王军", id_number="11010519491231002X"))
        with pytest.raises(IdNumberTaken):
            rules.put_back(person, other.details, holder=other)
