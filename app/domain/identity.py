"""Identity documents (证件) and unified social credit codes (统一社会信用代码): their form and what they tell.

Only the form is checked; whether a person or an organisation really holds the number is not known here. An area code
that is unknown or abolished is never a reason to refuse. Hiding digits lives in ``masking``.

Sources: GB 11643-1999 (resident number, ISO 7064 MOD 11-2), GA/T 704.12 type codes as used by national volunteer
systems, the foreigners' card of 2023 (18 digits, first digit 9), GB 32100-2015 (credit code), GB/T 2261.1 (sex),
Personal Information Protection Law art. 31 (under fourteen).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain import regions
from app.domain.names import without_invisible
from app.domain.problems import Refusal
from app.words import N_

CHILD_UNTIL_AGE = 14
RESIDENT_LENGTH = 18
CREDIT_CODE_LENGTH = 18

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# Residence permits of people from Hong Kong, Macau and Taiwan; they are no counties and stand in no table.
_RESIDENCE_PERMIT_AREAS = frozenset({"810000", "820000", "830000"})


class IdType(StrEnum):
    """Kinds of documents, by their official codes."""

    RESIDENT = "111"
    PASSPORT = "414"
    TAIWAN = "511"
    HONG_KONG_MACAU = "516"
    FOREIGNER = "553"
    OTHER = "990"


class Sex(StrEnum):
    """GB/T 2261.1."""

    MALE = "1"
    FEMALE = "2"


ID_TYPE_NAMES = {
    IdType.RESIDENT: N_("居民身份证"),
    IdType.PASSPORT: N_("护照"),
    IdType.TAIWAN: N_("台湾居民来往大陆通行证"),
    IdType.HONG_KONG_MACAU: N_("港澳居民来往内地通行证"),
    IdType.FOREIGNER: N_("外国人永久居留身份证"),
    IdType.OTHER: N_("其他证件"),
}
SEX_NAMES = {Sex.MALE: N_("男"), Sex.FEMALE: N_("女")}

_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_FORMS = {
    IdType.PASSPORT: re.compile(r"[A-Z0-9]{5,17}"),
    IdType.TAIWAN: re.compile(r"[0-9]{8}"),
    IdType.HONG_KONG_MACAU: re.compile(r"[HM][0-9]{8}"),
    IdType.FOREIGNER: re.compile(r"[A-Z]{3}[0-9]{12}"),
    IdType.OTHER: re.compile(r"[^\x00-\x1f\x7f]{1,30}"),
}


class IdMissing(Refusal):
    """No number was given."""


class IdWrongLength(Refusal):
    """The number has too many or too few characters for its type."""

    characters: int
    expected: int


class IdWrongCharacter(Refusal):
    """A character stands where only a digit (or the last X) may stand; positions count from 1."""

    position: int
    character: str


class IdWrongCheckDigit(Refusal):
    """The last character does not fit the others. Which one would fit is not told: it invites making it fit."""


class IdImpossibleDate(Refusal):
    """The birth date inside the number is no day of the calendar."""

    digits: str


class IdFutureBirth(Refusal):
    """The birth date inside the number is still to come."""

    birth: date


class IdWrongForm(Refusal):
    """The number does not look like one of its type."""

    id_type: IdType


class CreditCodeWrong(Refusal):
    """Not a unified social credit code: length, an impossible character, or the check character."""


@dataclass(frozen=True)
class Identity:
    """A checked number and what it tells. ``area_known`` False only warns: the number may still be right."""

    id_type: IdType
    number: str
    birth: date | None = None
    sex: Sex | None = None
    area_known: bool = True


def normalise(text: str) -> str:
    """The number without spaces and hyphens, half-width, upper case; what is kept, compared and searched."""
    return re.sub(r"[\s\-\u2010-\u2015]", "", without_invisible(unicodedata.normalize("NFKC", text))).upper()


def has_form(id_type: IdType, text: str) -> bool:
    """Whether it looks like the number of such a document, right or not: for what was scanned."""
    number = normalise(text)
    is_eighteen = _EIGHTEEN.fullmatch(number) is not None
    if id_type is IdType.RESIDENT:
        return is_eighteen
    if id_type is IdType.FOREIGNER and is_eighteen:
        return True
    return _FORMS[id_type].fullmatch(number) is not None


def check(id_type: IdType, text: str, today: date, field: str = "id_number") -> Identity:
    """The document's number in its normal form with birth date and sex where it tells them; else a refusal."""
    number = normalise(text)
    if not number:
        raise IdMissing(field=field)
    if id_type is IdType.RESIDENT:
        return _check_eighteen(id_type, number, today, field)
    if id_type is IdType.FOREIGNER and number[0].isdigit():
        return _check_eighteen(id_type, number, today, field)
    if not _FORMS[id_type].fullmatch(number):
        raise IdWrongForm(id_type=id_type, field=field)
    return Identity(id_type, number)


def age_on(birth: date, day: date) -> int:
    """Full years on ``day``. A year is full on the birthday itself; who is born on 29 February turns on 1 March."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def is_under_14(birth: date, day: date) -> bool:
    """Whether a guardian's consent is needed for the person's data on ``day``."""
    return age_on(birth, day) < CHILD_UNTIL_AGE


def resident_check_character(seventeen: str) -> str:
    """ISO 7064 MOD 11-2 over the first seventeen digits."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, seventeen, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def check_credit_code(text: str, field: str = "credit_code") -> str:
    """The 18-character credit code in its normal form."""
    code = normalise(text)
    if len(code) != CREDIT_CODE_LENGTH or not set(code) <= set(_CREDIT_CHARACTERS):
        raise CreditCodeWrong(field=field)
    total = sum(
        pow(3, place, 31) * _CREDIT_CHARACTERS.index(character) for place, character in enumerate(code[:-1])
    )
    if code[-1] != _CREDIT_CHARACTERS[-total % 31]:
        raise CreditCodeWrong(field=field)
    return code


def _check_eighteen(id_type: IdType, number: str, today: date, field: str) -> Identity:
    if len(number) != RESIDENT_LENGTH:
        raise IdWrongLength(characters=len(number), expected=RESIDENT_LENGTH, field=field)
    for position, character in enumerate(number, start=1):
        if character not in "0123456789" and (character, position) != ("X", RESIDENT_LENGTH):
            raise IdWrongCharacter(position=position, character=character, field=field)
    foreign = number[0] == "9"
    if foreign != (id_type is IdType.FOREIGNER):
        raise IdWrongForm(id_type=id_type, field=field)
    birth = _birth(number[6:14], field)
    if number[-1] != resident_check_character(number[:-1]):
        raise IdWrongCheckDigit(field=field)
    if birth > today:
        raise IdFutureBirth(birth=birth, field=field)
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return Identity(id_type, number, birth, sex, _area_known(number))


def _birth(digits: str, field: str) -> date:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise IdImpossibleDate(digits=digits, field=field) from None


def _area_known(number: str) -> bool:
    """The foreigners' card names a province behind its 9, all others a county, today's or an abolished one."""
    if number[0] == "9":
        return regions.was_ever(number[1:3] + "0000")
    return number[:6] in _RESIDENCE_PERMIT_AREAS or regions.was_ever(number[:6])
