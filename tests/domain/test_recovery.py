from __future__ import annotations

import itertools
import random

import pytest

from app.domain.recovery import (
    CHANCE_BYTES,
    RecoveryCodeIncomplete,
    RecoveryCodeMistyped,
    read_recovery_code,
    recovery_code,
)

CODE = recovery_code(random.Random(7).randbytes(CHANCE_BYTES))


def test_what_is_typed_from_the_sheet_is_the_code() -> None:
    assert read_recovery_code(" ".join(CODE.lines()).lower().replace("0", "o").replace("1", "l")) == CODE
    assert recovery_code(bytes(CHANCE_BYTES)) != CODE


def test_a_sheet_has_140_bits_in_four_lines_of_two_groups() -> None:
    assert CHANCE_BYTES * 5 == 140
    assert [[len(group) for group in line.split(" ")] for line in CODE.lines()] == [[4, 4]] * 4
    assert CODE.characters not in repr(CODE)
    assert CODE.secret().decode() == CODE.characters


def test_the_last_four_characters_are_asked_for_again() -> None:
    tail = CODE.lines()[-1][-4:]
    assert CODE.is_confirmed_by(f" {tail.lower()}")
    assert not CODE.is_confirmed_by(tail[:3])
    assert not CODE.is_confirmed_by("".join(reversed(tail)) + "Z")


def test_every_single_wrong_character_is_found_in_its_line() -> None:
    code = CODE.characters
    for at, letter in itertools.product(range(32), "0123456789ABCDEFGHJKMNPQRSTVWXYZ"):
        if letter == code[at]:
            continue
        with pytest.raises(RecoveryCodeMistyped) as refused:
            read_recovery_code(code[:at] + letter + code[at + 1 :])
        assert refused.value.line == at // 8 + 1


def test_swapped_neighbours_and_swapped_lines_are_found() -> None:
    code = CODE.characters
    for at in (n for n in range(31) if code[n] != code[n + 1]):
        with pytest.raises(RecoveryCodeMistyped):
            read_recovery_code(code[:at] + code[at + 1] + code[at] + code[at + 2 :])
    with pytest.raises(RecoveryCodeMistyped):
        read_recovery_code(code[8:16] + code[:8] + code[16:])


@pytest.mark.parametrize("letter", ["U", "*", "驿", "é"])
def test_a_letter_that_no_sheet_has_is_found(letter: str) -> None:
    code = CODE.characters
    with pytest.raises(RecoveryCodeMistyped):
        read_recovery_code(letter + code[1:])


def test_a_code_cut_short_says_how_long_it_should_be() -> None:
    with pytest.raises(RecoveryCodeIncomplete) as refused:
        read_recovery_code(CODE.characters[:-1])
    assert (refused.value.characters, refused.value.expected_characters) == (31, 32)
