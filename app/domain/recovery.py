"""The code of the printed recovery sheet (恢复单): written so that paper and hands may err without harm."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.problems import Refusal

# Crockford's alphabet: no I, L, O and U.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LINES = 4
_LINE_CHARACTERS = 8
CHANCE_BYTES = _LINES * (_LINE_CHARACTERS - 1)


class RecoveryCodeIncomplete(Refusal):
    """The code has too few or too many characters."""

    characters: int
    expected_characters: int


class RecoveryCodeMistyped(Refusal):
    """The check character of this line (the first is 1) does not fit, or a character is none of ours."""

    line: int


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """The code of the printed sheet: four lines of two groups of four, each line ending with a check
    character.

    140 random bits. It is never stored and never shown in a ``repr``.
    """

    characters: str

    def __repr__(self) -> str:
        return "RecoveryCode(…)"

    def lines(self) -> tuple[str, ...]:
        """As printed: ``7K3M 9QXD`` and so on."""
        return tuple(f"{line[:4]} {line[4:]}" for line in _in_lines(self.characters))

    def is_confirmed_by(self, typed: str) -> bool:
        """Whether these are the last four characters: whoever types them has the sheet in hand."""
        return _tidy(typed) == self.characters[-4:]

    def secret(self) -> bytes:
        return self.characters.encode("ascii")


def recovery_code(chance: bytes) -> RecoveryCode:
    """The code of a new sheet from as many random bytes as it has characters of its own."""
    lines = []
    for number, at in enumerate(range(0, CHANCE_BYTES, _LINE_CHARACTERS - 1), start=1):
        values = [byte % 32 for byte in chance[at : at + _LINE_CHARACTERS - 1]]
        lines.append("".join(_ALPHABET[value] for value in [*values, _check_value(number, values)]))
    return RecoveryCode("".join(lines))


def read_recovery_code(typed: str) -> RecoveryCode:
    """The code as somebody typed it from paper: any case, spaces and hyphens, O for 0, I or L for 1.

    Raises ``RecoveryCodeIncomplete`` and ``RecoveryCodeMistyped``, which names the line to look at.
    """
    characters = _tidy(typed)
    if len(characters) != _LINES * _LINE_CHARACTERS:
        raise RecoveryCodeIncomplete(
            characters=len(characters), expected_characters=_LINES * _LINE_CHARACTERS, field="code"
        )
    for number, line in enumerate(_in_lines(characters), start=1):
        values = [_ALPHABET.find(character) for character in line]
        if -1 in values or values[-1] != _check_value(number, values[:-1]):
            raise RecoveryCodeMistyped(line=number, field="code")
    return RecoveryCode(characters)


def _tidy(typed: str) -> str:
    wide_made_narrow = unicodedata.normalize("NFKC", typed)
    return (
        "".join(c for c in wide_made_narrow if not c.isspace() and c not in "-–—_.")
        .upper()
        .translate(_READ_AS)
    )


def _in_lines(characters: str) -> Iterable[str]:
    return (characters[at : at + _LINE_CHARACTERS] for at in range(0, len(characters), _LINE_CHARACTERS))


def _check_value(line: int, values: Iterable[int]) -> int:
    """A checksum in the field of 32 elements: finds every wrong character, every swap of neighbours, and
    lines in the wrong order.
    """
    total = line
    for value in values:
        total = _doubled(total) ^ value
    return _doubled(total)


def _doubled(value: int) -> int:
    """Multiply by x modulo x⁵ + x² + 1."""
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled
