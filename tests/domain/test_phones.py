"""Telephone numbers as typed, kept and shown."""

from __future__ import annotations

import pytest

from app.domain import phones
from app.domain.phones import PhoneMissing, PhoneWithoutAreaCode, PhoneWrong


@pytest.mark.parametrize(
    "typed, kept, shown, tail",
    [
        ("13800001234", "13800001234", "138 0000 1234", "1234"),
        ("138 0000 1234", "13800001234", "138 0000 1234", "1234"),
        ("138-0000-1234", "13800001234", "138 0000 1234", "1234"),
        ("１３８００００１２３４", "13800001234", "138 0000 1234", "1234"),
        (
            "\u202d138 0000 1234\u202c",
            "13800001234",
            "138 0000 1234",
            "1234",
        ),  # copied from a mobile's contacts
        ("+86 13800001234", "13800001234", "138 0000 1234", "1234"),
        ("008613800001234", "13800001234", "138 0000 1234", "1234"),
        ("8613800001234", "13800001234", "138 0000 1234", "1234"),
        ("(0571)87654321", "0571-87654321", "0571-8765 4321", "4321"),
        ("0571 8765432", "0571-8765432", "0571-876 5432", "5432"),
        ("+86 571 87654321", "0571-87654321", "0571-8765 4321", "4321"),
        ("+86 10 87654321", "010-87654321", "010-8765 4321", "4321"),
        ("+86 010 87654321", "010-87654321", "010-8765 4321", "4321"),
        ("020—87654321转8001", "020-87654321-8001", "020-8765 4321-8001", "4321"),
    ],
)
def test_a_number_may_be_typed_in_many_ways(typed: str, kept: str, shown: str, tail: str) -> None:
    assert phones.normalise(typed) == kept
    assert phones.normalise(kept) == kept
    assert phones.grouped(kept) == shown
    assert phones.normalise(shown) == kept
    assert phones.tail(kept) == tail
    assert phones.is_mobile(kept) is ("-" not in kept)


@pytest.mark.parametrize(
    "typed, shown",
    [("", ""), ("13", "13"), ("1380", "138 0"), ("1380000", "138 0000"), ("13800001", "138 0000 1")],
)
def test_a_number_is_grouped_while_it_is_typed(typed: str, shown: str) -> None:
    assert phones.grouped(typed) == shown


@pytest.mark.parametrize("typed", ["", "  ", "--"])
def test_an_empty_number_is_refused(typed: str) -> None:
    with pytest.raises(PhoneMissing) as refused:
        phones.normalise(typed, field="team_phone")
    assert refused.value.field == "team_phone"


@pytest.mark.parametrize("typed, number", [("8765 4321", "87654321"), ("5212345", "5212345")])
def test_a_local_number_needs_its_area_code(typed: str, number: str) -> None:
    with pytest.raises(PhoneWithoutAreaCode) as refused:
        phones.normalise(typed)
    assert refused.value.number == number


@pytest.mark.parametrize(
    "typed, digits, mobile",
    [
        ("1380000123", 10, True),
        ("138000012345", 12, True),
        ("12000001234", 11, False),
        ("00000000", 8, False),
        ("不知道", 3, False),
        ("1380000123٤", 11, False),
    ],
)
def test_what_is_no_number_is_refused(typed: str, digits: int, mobile: bool) -> None:
    with pytest.raises(PhoneWrong) as refused:
        phones.normalise(typed)
    assert (refused.value.digits, refused.value.starts_as_mobile) == (digits, mobile)


@pytest.mark.parametrize(
    "scanned, is_one",
    [("13800001234", True), ("057187654321", True), ("87654321", False), ("6901028075831", False)],
)
def test_what_was_scanned_may_be_a_phone(scanned: str, is_one: bool) -> None:
    assert phones.is_phone(scanned) is is_one
