"""Numbers: made, read back, said aloud, and every slip of the hand found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import numbers
from app.domain.numbers import ALPHABET, NumberMistyped, NumberWrongForm

REGIONS = st.integers(0, 10**12 - 1).map(lambda number: f"{number:012}")
REGISTERS = st.integers(0, numbers.REGISTERS - 1).map(numbers.register)


def slips(number: str) -> Iterator[str]:
    """Every single wrong character and every swap of unlike neighbours."""
    for place, right in enumerate(number):
        for wrong in ALPHABET:
            if wrong != right:
                yield number[:place] + wrong + number[place + 1 :]
    for place in range(len(number) - 1):
        if number[place] != number[place + 1]:
            yield number[:place] + number[place + 1] + number[place] + number[place + 2 :]


def assert_every_slip_is_found(number: str, read: Callable[[str], str]) -> None:
    assert read(number) == number
    for wrong in slips(number):
        with pytest.raises((NumberMistyped, NumberWrongForm)):
            read(wrong)


def test_an_order_number() -> None:
    number = numbers.order_number("370883102204", "A1", 4173)
    assert number == "366CA104173E"
    assert numbers.short_order_number(number) == "0417-3E"
    assert numbers.shown_order_number(number) == "366C-A1-0417-3E"
    assert numbers.aloud("0417-3E") == "零四幺七，三 E"
    assert numbers.short_order_number(numbers.order_number("370883102204", "A1", 104173))[:-1] == "10417-3"


@pytest.mark.parametrize(
    "typed", ["366C-A1-0417-3E", "366c a1 0417 3e", "366CAlO4I73E", "３６６ＣＡ１０４１７３Ｅ"]
)
def test_an_order_number_may_be_typed_in_many_ways(typed: str) -> None:
    assert numbers.read_order_number(typed) == "366CA104173E"


@pytest.mark.parametrize(
    "typed", ["", "0417-3E", "366CA104173", "366CU104173E", "366C1104173E", "ZM-370883102204"]
)
def test_what_is_no_order_number_is_refused(typed: str) -> None:
    with pytest.raises(NumberWrongForm) as refused:
        numbers.read_order_number(typed, field="order")
    assert (refused.value.number, refused.value.field) == (typed, "order")


def test_a_slip_in_an_order_number_is_refused() -> None:
    with pytest.raises(NumberMistyped) as refused:
        numbers.read_order_number("366CA104137E", field="order")
    assert (refused.value.number, refused.value.field) == ("366CA104137E", "order")


@given(REGIONS, REGISTERS, st.integers(1, 10**9 - 1))
def test_every_slip_in_an_order_number_is_found(region: str, register: str, counter: int) -> None:
    assert_every_slip_is_found(numbers.order_number(region, register, counter), numbers.read_order_number)


@given(REGIONS, REGISTERS, st.integers(1, 10**6 - 1))
def test_every_slip_in_a_certificate_number_is_found(region: str, register: str, counter: int) -> None:
    number = numbers.certificate_number(region, 2026, register, counter)
    assert_every_slip_is_found(
        number.replace("-", ""), lambda typed: numbers.read_certificate_number(typed).replace("-", "")
    )


@given(REGIONS, REGISTERS, st.integers(1, 10**6 - 1))
def test_every_slip_in_a_volunteer_number_is_found(region: str, register: str, counter: int) -> None:
    number = numbers.volunteer_number(region, register, counter)
    assert len(number) % 2 == 0
    assert_every_slip_is_found(number, numbers.read_volunteer_number)


def test_the_damm_table_finds_every_pair() -> None:
    """Exhaustively: from every state, two unlike neighbours in either order end in different states."""
    table = numbers._DAMM
    for state in range(10):
        assert table[state][state] == "0"
        assert sorted(table[state]) == sorted("0123456789")
        for first in range(10):
            for second in range(first):
                there = table[int(table[state][first])][second]
                back = table[int(table[state][second])][first]
                assert there != back


@given(REGIONS, REGIONS, REGISTERS, REGISTERS, st.integers(1, 10**6 - 1), st.integers(1, 10**6 - 1))
def test_numbers_of_different_registers_or_places_never_clash(
    place: str, other_place: str, register: str, other_register: str, counter: int, other_counter: int
) -> None:
    one, other = (place, register, counter), (other_place, other_register, other_counter)
    same = (place[6:], register, counter) == (other_place[6:], other_register, other_counter)
    assert (numbers.order_number(*one) == numbers.order_number(*other)) is same
    assert (numbers.volunteer_number(*one) == numbers.volunteer_number(*other)) is same


def test_a_certificate_number() -> None:
    number = numbers.certificate_number("370883102204", 2026, "A1", 12)
    assert number == "ZM-370883102204-2026-A1000012-Q"
    assert numbers.read_certificate_number("zm 370883102204 2026 al0000l2 q") == number
    with pytest.raises(NumberWrongForm):
        numbers.read_certificate_number("366CA104173E")
    with pytest.raises(NumberMistyped):
        numbers.read_certificate_number("ZM-370883102204-2026-A1000021-Q")


def test_the_number_of_a_star() -> None:
    assert numbers.star_number(2026, "A1", 12) == "XJ-2026-A1000012-4"
    assert numbers.star_number(2026, "A1", 13) != numbers.star_number(2026, "A1", 12)


def test_a_volunteer_number() -> None:
    number = numbers.volunteer_number("370883102204", "A1", 42)
    assert number == "1022040010000425"
    assert numbers.grouped(number) == "1022 0400 1000 0425"
    assert numbers.read_volunteer_number(numbers.grouped(number)) == number
    with pytest.raises(NumberWrongForm):
        numbers.read_volunteer_number("102204001000042")
    with pytest.raises(NumberMistyped):
        numbers.read_volunteer_number("1022040010000452")
    assert numbers.is_volunteer_number(number)
    for other in ("102204001000042", "1022040010000452", "1022 0400 1000 0425", ""):
        assert not numbers.is_volunteer_number(other)


def test_every_register_is_another_and_found_again() -> None:
    registers = [numbers.register(index) for index in range(numbers.REGISTERS)]
    assert len(set(registers)) == numbers.REGISTERS
    assert registers[1] == "A1"
    assert [numbers.register_index(register) for register in registers] == list(range(numbers.REGISTERS))


@pytest.mark.parametrize(
    "typed, key",
    [("0417-3e", "04173E"), ("10417-3E", "104173E"), ("04l7-3E", "04173E"), ("zeng", None), ("041", None)],
)
def test_a_short_end_is_a_key_to_the_kept_number(typed: str, key: str | None) -> None:
    assert numbers.short_order_key(typed) == key


def test_the_bar_code_of_an_order_holds_digits_only() -> None:
    number = numbers.order_number("370883102204", "A1", 4173)
    code = numbers.order_bar_code(number)
    assert code.isdecimal()
    assert len(code) % 2 == 0
    assert numbers.read_order_bar_code(code) == number


@pytest.mark.parametrize("scanned", ["", "1", "3300", "٠٣٠٦", "0306061210100040107031", "69012345"])
def test_another_bar_code_is_refused(scanned: str) -> None:
    with pytest.raises(NumberWrongForm):
        numbers.read_order_bar_code(scanned)


@pytest.mark.parametrize(
    "text, said", [("138 0000 1234", "幺三八，零零零零，幺二三四"), ("A1", "A 幺"), ("", "")]
)
def test_numbers_are_said_as_on_the_phone(text: str, said: str) -> None:
    assert numbers.aloud(text) == said


@given(register=REGISTERS, counter=st.integers(1, 10**6 - 1))
def test_voucher_numbers_and_their_bar_codes(register: str, counter: int) -> None:
    number = numbers.voucher_number(register, counter)
    assert numbers.read_voucher_number(number.lower().replace("-", " ")) == number
    digits = numbers.voucher_bar_code(number)
    assert len(digits) == 18 and digits.isdigit()
    assert numbers.read_voucher_bar_code(digits) == number


def test_every_slip_in_a_voucher_number_is_found() -> None:
    number = numbers.voucher_number("A1", 4173)
    assert number == "DH-A1004173-M"
    compacted = numbers.compact(number)
    for wrong in slips(compacted):
        with pytest.raises((NumberMistyped, NumberWrongForm)):
            numbers.read_voucher_number(wrong)


@given(register=REGISTERS, counter=st.integers(1, 10**6 - 1))
def test_gift_codes_have_ten_digits(register: str, counter: int) -> None:
    code = numbers.gift_code(register, counter)
    assert len(code) == 10 and numbers.read_gift_code(f" {code[:3]} {code[3:]}") == code


@pytest.mark.parametrize("code", ["1234567", "123456789012345", "6901234X"])
def test_what_is_no_gift_code(code: str) -> None:
    with pytest.raises(NumberWrongForm):
        numbers.read_gift_code(code)
