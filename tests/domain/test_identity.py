"""Documents and credit codes: what is right, what is refused and why, and what a number tells."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import identity
from app.domain.identity import (
    CreditCodeWrong,
    IdFutureBirth,
    IdImpossibleDate,
    IdMissing,
    IdType,
    IdWrongCharacter,
    IdWrongCheckDigit,
    IdWrongForm,
    IdWrongLength,
    Sex,
)

TODAY = date(2026, 4, 8)


def a_number(area: str, birth: str, order: str = "002") -> str:
    plain = area + birth + order
    return plain + identity.resident_check_character(plain)


@pytest.mark.parametrize(
    "number, birth, sex",
    [
        ("11010519491231002X", date(1949, 12, 31), Sex.FEMALE),
        ("440524188001010014", date(1880, 1, 1), Sex.MALE),
        ("810000199408230021", date(1994, 8, 23), Sex.FEMALE),
        ("830000199201300022", date(1992, 1, 30), Sex.FEMALE),
    ],
)
def test_the_published_numbers_are_right(number: str, birth: date, sex: Sex) -> None:
    told = identity.check(IdType.RESIDENT, number, TODAY)
    assert (told.number, told.birth, told.sex, told.area_known) == (number, birth, sex, True)


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        "110105 19491231 002X",
        "１１０１０５１９４９１２３１００２ｘ",
        " 110105-19491231-002X\n",
        "\u202d11010519491231002X\u202c",
    ],
)
def test_a_number_may_be_typed_in_many_ways(typed: str) -> None:
    assert identity.check(IdType.RESIDENT, typed, TODAY).number == "11010519491231002X"


@pytest.mark.parametrize("typed", ["", "  ", " - "])
def test_an_empty_number_is_refused(typed: str) -> None:
    with pytest.raises(IdMissing) as refused:
        identity.check(IdType.RESIDENT, typed, TODAY, field="beneficiary_id")
    assert refused.value.field == "beneficiary_id"


@pytest.mark.parametrize(
    "typed, characters", [("110105491231002", 15), ("11010519491231002", 17), ("11010519491231002XX", 19)]
)
def test_a_wrong_length_is_refused(typed: str, characters: int) -> None:
    with pytest.raises(IdWrongLength) as refused:
        identity.check(IdType.RESIDENT, typed, TODAY)
    assert (refused.value.characters, refused.value.expected) == (characters, 18)


@pytest.mark.parametrize(
    "typed, position",
    [
        ("O10105194912310021", 1),
        ("1101051949123100X2", 17),
        ("11010519491231002A", 18),
    ],
)
def test_a_letter_in_between_is_refused_with_its_place(typed: str, position: int) -> None:
    with pytest.raises(IdWrongCharacter) as refused:
        identity.check(IdType.RESIDENT, typed, TODAY)
    assert (refused.value.position, refused.value.character) == (position, typed[position - 1])


@pytest.mark.parametrize("birth", ["19490231", "19491301", "00000000", "20260230"])
def test_an_impossible_birth_date_is_refused(birth: str) -> None:
    with pytest.raises(IdImpossibleDate) as refused:
        identity.check(IdType.RESIDENT, a_number("110105", birth), TODAY)
    assert refused.value.digits == birth


def test_a_birth_to_come_is_refused_and_one_today_is_not() -> None:
    assert identity.check(IdType.RESIDENT, a_number("110105", "20260408"), TODAY).birth == TODAY
    with pytest.raises(IdFutureBirth) as refused:
        identity.check(IdType.RESIDENT, a_number("110105", "20260409"), TODAY)
    assert refused.value.birth == date(2026, 4, 9)


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_every_single_wrong_digit_is_refused(number: str) -> None:
    for place in range(18):
        for digit in "0123456789X":
            wrong = number[:place] + digit + number[place + 1 :]
            if wrong == number:
                continue
            with pytest.raises((IdWrongCheckDigit, IdWrongCharacter, IdImpossibleDate, IdWrongForm)):
                identity.check(IdType.RESIDENT, wrong, TODAY)


@pytest.mark.parametrize(
    "area, known",
    [
        ("110105", True),
        ("110103", True),
        ("330105", True),
        ("820000", True),
        ("199999", False),
        ("123456", False),
    ],
)
def test_an_unknown_area_only_warns_and_an_abolished_one_not_even_that(area: str, known: bool) -> None:
    assert identity.check(IdType.RESIDENT, a_number(area, "19491231"), TODAY).area_known is known


def test_the_foreigners_card_of_2023_has_the_same_check() -> None:
    told = identity.check(IdType.FOREIGNER, "911124198108030024", TODAY)
    assert (told.birth, told.sex, told.area_known) == (date(1981, 8, 3), Sex.FEMALE, True)
    with pytest.raises(IdWrongCheckDigit):
        identity.check(IdType.FOREIGNER, "911124198108030025", TODAY)
    assert not identity.check(IdType.FOREIGNER, a_number("999124", "19810803"), TODAY).area_known


@pytest.mark.parametrize(
    "id_type, number",
    [
        (IdType.RESIDENT, "911124198108030024"),
        (IdType.FOREIGNER, "11010519491231002X"),
        (IdType.FOREIGNER, "CAN11008108030"),
        (IdType.FOREIGNER, "加拿大110081080302"),
        (IdType.HONG_KONG_MACAU, "A12345678"),
        (IdType.HONG_KONG_MACAU, "H1234567"),
        (IdType.TAIWAN, "1234567"),
        (IdType.TAIWAN, "1234567٨"),
        (IdType.PASSPORT, "E123"),
        (IdType.PASSPORT, "E1234567_"),
        (IdType.OTHER, "字" * 31),
    ],
)
def test_a_number_of_another_sort_is_refused(id_type: IdType, number: str) -> None:
    with pytest.raises(IdWrongForm) as refused:
        identity.check(id_type, number, TODAY)
    assert refused.value.id_type is id_type


@pytest.mark.parametrize(
    "id_type, typed, kept",
    [
        (IdType.FOREIGNER, "can 110081080302", "CAN110081080302"),
        (IdType.HONG_KONG_MACAU, "h12345678", "H12345678"),
        (IdType.HONG_KONG_MACAU, "M 1234 5678", "M12345678"),
        (IdType.TAIWAN, "12345678", "12345678"),
        (IdType.PASSPORT, "e12345678", "E12345678"),
        (IdType.OTHER, "军字第0012号", "军字第0012号"),
    ],
)
def test_other_documents_tell_neither_birth_nor_sex(id_type: IdType, typed: str, kept: str) -> None:
    told = identity.check(id_type, typed, TODAY)
    assert (told.number, told.birth, told.sex, told.area_known) == (kept, None, None, True)


@pytest.mark.parametrize(
    "birth, day, age",
    [
        (date(2012, 4, 9), date(2026, 4, 8), 13),
        (date(2012, 4, 8), date(2026, 4, 8), 14),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
        (date(2026, 4, 8), date(2026, 4, 8), 0),
    ],
)
def test_age_and_the_line_at_fourteen(birth: date, day: date, age: int) -> None:
    assert identity.age_on(birth, day) == age
    assert identity.is_under_14(birth, day) is (age < 14)


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999))
def test_every_made_number_tells_what_was_put_in(birth: date, order: int) -> None:
    told = identity.check(IdType.RESIDENT, a_number("370883", f"{birth:%Y%m%d}", f"{order:03}"), TODAY)
    assert (told.birth, told.sex) == (birth, Sex.MALE if order % 2 else Sex.FEMALE)
    assert identity.age_on(birth, TODAY + timedelta(days=366)) > identity.age_on(birth, TODAY)


@pytest.mark.parametrize("code", ["91350100M000100Y43", "11320000MB151840XJ"])
def test_the_published_credit_codes_are_right_and_every_wrong_character_is_found(code: str) -> None:
    assert identity.check_credit_code(code.lower()[:9] + " " + code[9:]) == code
    for place in range(18):
        for character in "0123456789ABCDEFGHJKLMNPQRTUWXYZIOSV":
            wrong = code[:place] + character + code[place + 1 :]
            if wrong != code:
                with pytest.raises(CreditCodeWrong):
                    identity.check_credit_code(wrong)


def test_a_credit_code_of_another_length_is_refused() -> None:
    with pytest.raises(CreditCodeWrong) as refused:
        identity.check_credit_code("91350100M000100Y4", field="team_code")
    assert refused.value.field == "team_code"


def test_every_type_and_sex_has_a_name() -> None:
    assert set(identity.ID_TYPE_NAMES) == set(IdType)
    assert set(identity.SEX_NAMES) == set(Sex)


@pytest.mark.parametrize(
    "id_type, scanned, has_form",
    [
        (IdType.RESIDENT, "11010519491231002X", True),
        (IdType.RESIDENT, "110105194912310021", True),
        (IdType.RESIDENT, "6901028075831", False),
        (IdType.FOREIGNER, "931121199407120010", True),
        (IdType.FOREIGNER, "CAN110081080302", True),
        (IdType.FOREIGNER, "E12345678", False),
        (IdType.PASSPORT, "e12345678", True),
        (IdType.TAIWAN, "E12345678", False),
    ],
)
def test_what_was_scanned_may_be_such_a_document(id_type: IdType, scanned: str, has_form: bool) -> None:
    assert identity.has_form(id_type, scanned) is has_form
