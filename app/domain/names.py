"""Names of people (姓名): as given, for comparing, and short.

A name is printed as it was given; look-alike dots and full-width letters are evened out only for searching and
comparing. Readings and the Chinese order live in ``pinyin``, hiding in ``masking``.

Sources: GB 18030-2022 implementation level 3 (characters beyond the BMP are ordinary); at least 50 characters
must be possible (domain rules §9); the dot of minority names is U+00B7. The upper limit of 100 is our [default].
"""

from __future__ import annotations

import re
import unicodedata

from app.domain.problems import Refusal

LONGEST = 100
DOT = "\u00b7"

# What keyboards, fonts and old systems put in place of U+00B7.
LOOK_ALIKE_DOTS = "\u2022\u2027\u2219\u22c5\u25cf\u2e31\u30fb\uff65\uff0e\u16eb\u2024\u2e33\u25e6."
_DOTS = str.maketrans(dict.fromkeys(LOOK_ALIKE_DOTS, DOT))
_FULL_WIDTH = str.maketrans({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
_HAN = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_SPACE_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}]) (?=[{_HAN}])")
_NUMBER = re.compile(r"[0-9０-９]{5}")
_UNPRINTABLE = frozenset({"Cc", "Cn", "Co", "Cs"})


class NameMissing(Refusal):
    """No name was given."""


class NameTooLong(Refusal):
    """The name has more characters than a name may have."""

    characters: int
    limit: int


class NameUnprintable(Refusal):
    """A character that no font can print: a control, a private-use or an unassigned one."""

    position: int


class NameHoldsNumber(Refusal):
    """A phone or ID number stands in the name, where lists would show it unmasked."""


def as_given(text: str, field: str = "name") -> str:
    """The name as it is kept and printed: NFC, single spaces, no invisible marks; otherwise untouched."""
    name = " ".join(without_invisible(_composed(text)).split())
    name = _SPACE_BETWEEN_HAN.sub("", name)
    if not name:
        raise NameMissing(field=field)
    length = len(characters(name))
    if length > LONGEST:
        raise NameTooLong(characters=length, limit=LONGEST, field=field)
    if _NUMBER.search(name):
        raise NameHoldsNumber(field=field)
    for position, character in enumerate(name, start=1):
        if not _printable(character):
            raise NameUnprintable(position=position, field=field)
    return name


def normalise(name: str) -> str:
    """The name evened out for searching: dots as U+00B7, half-width letters, no spaces between Han characters."""
    even = _composed(name).translate(_FULL_WIDTH).translate(_DOTS)
    return _SPACE_BETWEEN_HAN.sub("", " ".join(without_invisible(even).split()))


def compare_key(name: str) -> str:
    """Two spellings of one name have the same key: no dots, spaces or variation marks, no case, NFKC."""
    folded = unicodedata.normalize("NFKC", normalise(name)).casefold()
    return "".join(filter(is_letter, folded))


def is_letter(character: str) -> bool:
    """Whether the character carries the name: a letter, a digit or a Han character, however rare."""
    return character.isalnum() or _in_rare_planes(character)


def characters(name: str) -> list[str]:
    """What a reader counts as one character: a code point with the marks that belong to it."""
    found: list[str] = []
    for character in name:
        if found and unicodedata.category(character) in ("Mn", "Me", "Mc"):
            found[-1] += character
        else:
            found.append(character)
    return found


def short_form(name: str, longest: int = 6) -> str:
    """The name for a narrow place: whole if it fits, else its first part, else cut with an ellipsis."""
    if len(characters(name)) <= longest:
        return name
    first = characters(re.split(rf"[{DOT}\s]", normalise(name), maxsplit=1)[0])
    return "".join(first[: longest - 1]) + "…"


def _composed(text: str) -> str:
    """NFC, except that compatibility ideographs stay: NFC would replace them by another shape of the character."""
    return "".join(
        part if index % 2 else unicodedata.normalize("NFC", part)
        for index, part in enumerate(re.split("([\uf900-\ufaff\U0002f800-\U0002fa1f])", text))
    )


def without_invisible(text: str) -> str:
    """Direction marks, zero-width spaces and the like come with pasted text and mean nothing in a name or number."""
    return "".join(character for character in text if unicodedata.category(character) != "Cf")


def _printable(character: str) -> bool:
    return _in_rare_planes(character) or unicodedata.category(character) not in _UNPRINTABLE


def _in_rare_planes(character: str) -> bool:
    """Extensions B to I. Python's own tables lag behind the newest of them."""
    return 0x20000 <= ord(character) <= 0x323AF and ord(character) & 0xFFFE != 0xFFFE
