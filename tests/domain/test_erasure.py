"""Deleting personal data: who may be let go, and what is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.erasure import (
    ErasureReason,
    NameNotRepeated,
    OrdersUnderWay,
    PersonIsErased,
    RecordsWaiting,
    erase,
    kept_until,
)
from app.domain.people import Person
from app.facts.people import PersonDetails, PersonErased, VolunteerLeft

WHO = Person(id="a" * 32, details=PersonDetails(name="买买提·艾力"))
VOLUNTEER = replace(WHO, number="3708831022040001", registered_on=date(2024, 3, 5))


def _erase(
    person: Person = WHO, typed: str = "买买提·艾力", orders: tuple[str, ...] = (), waiting: int = 0
) -> list[str]:
    facts = erase(
        person, reason=ErasureReason.ASKED, typed_name=typed, open_orders=orders, records_waiting=waiting
    )
    return [fact.kind for fact in facts]


def test_a_resident_is_erased() -> None:
    assert _erase() == [PersonErased.kind]


def test_a_volunteer_leaves_first() -> None:
    assert _erase(VOLUNTEER) == [VolunteerLeft.kind, PersonErased.kind]
    assert _erase(replace(VOLUNTEER, left=True)) == [PersonErased.kind]


@pytest.mark.parametrize("typed", ["买买提•艾力", " 买买提·艾力 "])
def test_another_dot_is_the_same_name(typed: str) -> None:
    assert _erase(typed=typed) == [PersonErased.kind]


@pytest.mark.parametrize("typed", ["", "买买提", "艾力"])
def test_the_name_must_be_typed_as_it_stands(typed: str) -> None:
    with pytest.raises(NameNotRepeated):
        _erase(typed=typed)


def test_nothing_may_be_under_way() -> None:
    with pytest.raises(OrdersUnderWay) as refused:
        _erase(orders=("0417-3K",))
    assert refused.value.numbers == ("0417-3K",)
    with pytest.raises(RecordsWaiting):
        _erase(waiting=2)


def test_nobody_is_erased_twice() -> None:
    with pytest.raises(PersonIsErased):
        _erase(replace(WHO, erased=True))


def test_certificates_are_kept_ten_years() -> None:
    assert kept_until(date(2026, 4, 7)) == date(2036, 4, 7)
