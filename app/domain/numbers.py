"""Numbers given without a network (编号): orders, certificates, volunteers; checking, showing and saying them.

A device draws from its own *register*, two characters that no other device of the place has, so numbers never
clash. Who counts, and where the counter stands, is storage's business.

All of them are plain text. An order's and a volunteer's are kept without hyphens and spaces.

* Order ``366CA104173E``: 4 characters for town and village, register, counter (at least 5 digits), check character.
  Shown ``366C-A1-0417-3E``; the short end ``0417-3E`` is what people say.
* Certificate ``ZM-370883102204-2026-A1000012-Q``: no gaps within a register, year after year.
* Volunteer ``1022040010000425``: 16 digits, an even number, so that Code 128-C holds it; the last is a check digit.
* Gift voucher ``DH-A1000012-Q``: no gaps within a register; its bar code has 18 digits.
* Gift ``0010000125``: 10 digits of our own where the maker's bar code (8 to 14 digits) is not used. So the number of
  digits alone tells what was scanned.

Sources: architecture "Numbers without a network", domain rules §2 and §8 [default]. The alphabet is Crockford's
base 32 (no I, L, O, U). Check characters are ours: a weighted sum over the field of 32 elements and a Damm
digit (H. M. Damm 2004); both find every single wrong character and every swap of neighbours.
"""

from __future__ import annotations

import re
import unicodedata

from app.domain.names import without_invisible
from app.domain.problems import Refusal
from app.domain.regions import LENGTH as REGION_DIGITS

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REGISTERS = 22 * 32
"""How many registers there are: a letter and any character."""
FIRST_DRAWN = 32
"""The registers before it, A0 to AZ, are given out by hand (the first PC has A1) and never drawn by lot."""

_LETTERS = ALPHABET[10:]
_LOOK_ALIKES = str.maketrans("OIL", "011")
_ANY = "[0-9A-HJKMNP-TV-Z]"
_REGISTER = f"[A-HJKMNP-TV-Z]{_ANY}"
_ORDER = re.compile(f"{_ANY}{{4}}{_REGISTER}[0-9]{{5,9}}{_ANY}")
_CERTIFICATE = re.compile(f"ZM[0-9]{{16}}{_REGISTER}[0-9]{{6}}{_ANY}")
_VOLUNTEER = re.compile(r"[0-9]{16}")
_VOUCHER = re.compile(f"DH{_REGISTER}[0-9]{{6}}{_ANY}")
_GIFT = re.compile(r"[0-9]{8,14}")
_SHORT_ORDER = re.compile(f"[0-9]{{5,9}}{_ANY}")
_PAIRS = re.compile(r"(?:[0-9]{2})+")
_SAID = dict(zip("0123456789", "零幺二三四五六七八九", strict=True))

# Damm's operation table of order 10, as published.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


class NumberMistyped(Refusal):
    """The check character does not fit: one character is wrong, or two neighbours are swapped."""

    number: str


class NumberWrongForm(Refusal):
    """Not a number of this sort."""

    number: str


def register(index: int) -> str:
    """The register with this index: 0 is A0, 1 is A1; which one a device gets is drawn by the caller."""
    assert 0 <= index < REGISTERS
    return _LETTERS[index // len(ALPHABET)] + ALPHABET[index % len(ALPHABET)]


def register_index(register: str) -> int:
    return _LETTERS.index(register[0]) * len(ALPHABET) + ALPHABET.index(register[1])


def order_number(region: str, register: str, counter: int) -> str:
    """The number, as it is kept, of the ``counter``-th order (from 1) of this register in this region (12 digits)."""
    assert len(region) == REGION_DIGITS and 0 < counter < 10**9
    plain = f"{_two_characters(region[6:9])}{_two_characters(region[9:])}{register}{counter:05}"
    return plain + _check_character(plain)


def read_order_number(text: str, field: str = "number") -> str:
    """A whole order number, however it was typed, as it is kept; O, I and L are read as digits."""
    return _checked(_ORDER, text, field)


def short_order_number(number: str) -> str:
    """The end that people say, ``0417-3E``: the counter, its last digit set off with the check character."""
    return f"{number[6:-2]}-{number[-2:]}"


def shown_order_number(number: str) -> str:
    """The whole of it in groups: ``366C-A1-0417-3E``."""
    return f"{number[:4]}-{number[4:6]}-{short_order_number(number)}"


def short_order_key(text: str) -> str | None:
    """A typed short end as the kept number ends with it (``0417-3e`` -> ``04173E``); None if it is something else."""
    plain = compact(text)
    return plain if _SHORT_ORDER.fullmatch(plain) else None


def certificate_number(region: str, year: int, register: str, counter: int) -> str:
    """The number of the ``counter``-th certificate (from 1) of this register."""
    assert len(region) == REGION_DIGITS and 2000 <= year <= 9999 and 0 < counter < 10**6
    check = _check_character(f"ZM{region}{year}{register}{counter:06}")
    return f"ZM-{region}-{year}-{register}{counter:06}-{check}"


def read_certificate_number(text: str, field: str = "number") -> str:
    """A whole certificate number, however it was typed, as it is kept."""
    plain = _checked(_CERTIFICATE, text, field)
    return f"{plain[:2]}-{plain[2:14]}-{plain[14:18]}-{plain[18:-1]}-{plain[-1]}"


def star_number(year: int, register: str, counter: int) -> str:
    """The number of the ``counter``-th certificate of a star (from 1) of this register: ``XJ-2026-A1000012-4``."""
    assert 2000 <= year <= 9999 and 0 < counter < 10**6
    return f"XJ-{year}-{register}{counter:06}-{_check_character(f'{year}{register}{counter:06}')}"


def volunteer_number(region: str, register: str, counter: int) -> str:
    """16 digits: town and village, the register's index, the counter (from 1), a check digit."""
    assert len(region) == REGION_DIGITS and 0 < counter < 10**6
    digits = f"{region[6:]}{register_index(register):03}{counter:06}"
    return digits + _check_digit(digits)


def read_volunteer_number(text: str, field: str = "number") -> str:
    """A volunteer's number however it was typed or scanned."""
    plain = compact(text)
    if _VOLUNTEER.fullmatch(plain) is None:
        raise NumberWrongForm(number=text, field=field)
    if _check_digit(plain[:-1]) != plain[-1]:
        raise NumberMistyped(number=text, field=field)
    return plain


def voucher_number(register: str, counter: int) -> str:
    """The number of the ``counter``-th redemption (from 1) of this register, as it stands on its receipt."""
    assert 0 < counter < 10**6
    check = _check_character(f"DH{register}{counter:06}")
    return f"DH-{register}{counter:06}-{check}"


def read_voucher_number(text: str, field: str = "number") -> str:
    """A whole voucher number, however it was typed, as it is kept."""
    plain = _checked(_VOUCHER, text, field)
    return f"{plain[:2]}-{plain[2:-1]}-{plain[-1]}"


def voucher_bar_code(number: str) -> str:
    """The voucher's number in digits only, two for each character after ``DH``."""
    return _as_digits(compact(number)[2:])


def read_voucher_bar_code(digits: str, field: str = "number") -> str:
    """The voucher number behind a scanned bar code."""
    return read_voucher_number(f"DH{_from_digits(digits, field)}", field)


def gift_code(register: str, counter: int) -> str:
    """Digits for the ``counter``-th gift (from 1) of this register that has no bar code of its maker."""
    assert 0 < counter < 10**6
    digits = f"{register_index(register):03}{counter:06}"
    return digits + _check_digit(digits)


def read_gift_code(text: str, field: str = "code") -> str:
    """A gift's digits, ours or its maker's."""
    plain = compact(text)
    if _GIFT.fullmatch(plain) is None:
        raise NumberWrongForm(number=text, field=field)
    return plain


def is_volunteer_number(code: str) -> bool:
    """Whether a scanned code is a volunteer's card."""
    return _VOLUNTEER.fullmatch(code) is not None and _check_digit(code[:-1]) == code[-1]


def grouped(volunteer_number: str) -> str:
    """In fours for people's eyes, also while it is being typed."""
    return " ".join(volunteer_number[start : start + 4] for start in range(0, len(volunteer_number), 4))


def aloud(text: str) -> str:
    """How a number is said on the phone: ``0417-3K`` -> 零四幺七，三 K."""
    parts = []
    for part in filter(None, re.split(r"[\s\-]+", text.upper())):
        said = "".join(_SAID.get(character, f" {character} ") for character in part)
        parts.append(" ".join(said.split()))
    return "，".join(parts)


def order_bar_code(number: str) -> str:
    """The order's number in digits only, an even number of them, for Code 128-C: two for each character."""
    return _as_digits(number)


def read_order_bar_code(digits: str, field: str = "number") -> str:
    """The order number behind a scanned bar code."""
    return read_order_number(_from_digits(digits, field), field)


def compact(text: str) -> str:
    """Without hyphens and spaces, half-width, upper case, O as 0, I and L as 1."""
    even = without_invisible(unicodedata.normalize("NFKC", text)).upper().translate(_LOOK_ALIKES)
    return re.sub(r"[\s\-\u2010-\u2015]", "", even)


def _as_digits(characters: str) -> str:
    return "".join(f"{ALPHABET.index(character):02}" for character in characters)


def _from_digits(digits: str, field: str) -> str:
    values = (
        [int(pair) for pair in re.findall(r"..", digits)] if _PAIRS.fullmatch(digits) else [len(ALPHABET)]
    )
    if max(values) >= len(ALPHABET):
        raise NumberWrongForm(number=digits, field=field)
    return "".join(ALPHABET[value] for value in values)


def _checked(form: re.Pattern[str], text: str, field: str) -> str:
    plain = compact(text)
    if form.fullmatch(plain) is None:
        raise NumberWrongForm(number=text, field=field)
    if _check_character(plain[:-1]) != plain[-1]:
        raise NumberMistyped(number=text, field=field)
    return plain


def _two_characters(three_digits: str) -> str:
    high, low = divmod(int(three_digits), len(ALPHABET))
    return ALPHABET[high] + ALPHABET[low]


def _check_character(characters: str) -> str:
    """Horner's scheme over the field of 32 elements: adding is XOR, and each step multiplies by its generator.

    The generator has order 31, so neighbours never weigh the same and no weight is zero.
    """
    total = 0
    for character in characters:
        total = _doubled(total ^ ALPHABET.index(character))
    return ALPHABET[total]


def _doubled(value: int) -> int:
    """Times x modulo x^5 + x^2 + 1."""
    return value << 1 ^ (0b100101 if value & 0b10000 else 0)


def _check_digit(digits: str) -> str:
    state = 0
    for digit in digits:
        state = int(_DAMM[state][int(digit)])
    return str(state)
