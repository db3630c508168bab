"""Telephone numbers (电话): mobile and landline, as kept and as shown.

A phone is no identity: many old people share a relative's. Hiding digits lives in ``masking``.

Sources: the numbering plan of public networks (mobile ``1[3-9]`` + 9 digits; area codes 010, 02x and four digits
elsewhere; 7 or 8 local digits), domain rules §9.
"""

from __future__ import annotations

import re
import unicodedata

from app.domain.names import without_invisible
from app.domain.problems import Refusal

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LIKE_MOBILE = re.compile(r"1[3-9]\d*", re.ASCII)
_LANDLINE = re.compile(r"(010|02\d|0[3-9]\d{2})-?([2-9]\d{6,7})(?:-(\d{1,6}))?", re.ASCII)
_LOCAL = re.compile(r"[2-9]\d{6,7}", re.ASCII)
_COUNTRY = re.compile(r"(?:\+|00)86-?|86-?(?=1[3-9]\d{9}$)", re.ASCII)
_EXTENSION = re.compile(r"转|分机|EXT\.?|#|,", re.IGNORECASE)
_DASHES = re.compile(r"[-\u2010-\u2015\u2212()]+")


class PhoneMissing(Refusal):
    """No number was given."""


class PhoneWithoutAreaCode(Refusal):
    """A local number, which cannot be called from elsewhere."""

    number: str


class PhoneWrong(Refusal):
    """Neither a mobile nor a landline number."""

    digits: int
    starts_as_mobile: bool


def normalise(text: str, field: str = "phone") -> str:
    """The number as it is kept: ``13800001234``, ``0571-87654321``, ``0571-87654321-8001``."""
    plain = _plain(text)
    if not plain:
        raise PhoneMissing(field=field)
    bare = plain.replace("-", "")
    if _MOBILE.fullmatch(bare):
        return bare
    landline = _LANDLINE.fullmatch(plain)
    if landline:
        return "-".join(filter(None, landline.groups()))
    if _LOCAL.fullmatch(bare):
        raise PhoneWithoutAreaCode(number=bare, field=field)
    raise PhoneWrong(digits=len(bare), starts_as_mobile=_LIKE_MOBILE.fullmatch(bare) is not None, field=field)


def is_phone(text: str) -> bool:
    """Whether it is a number that can be called from anywhere."""
    try:
        return bool(normalise(text))
    except Refusal:
        return False


def is_mobile(phone: str) -> bool:
    return _MOBILE.fullmatch(phone) is not None


def grouped(phone: str) -> str:
    """For people's eyes: ``138 0000 1234``, ``0571-8765 4321``. Also while a mobile number is still being typed."""
    if "-" not in phone:
        return " ".join(filter(None, (phone[:3], phone[3:7], phone[7:])))
    area, local, *extension = phone.split("-")
    return "-".join([area, f"{local[:-4]} {local[-4:]}", *extension])


def tail(phone: str, digits: int = 4) -> str:
    """The last digits, as people tell phones apart; an extension is not part of it."""
    return ("-".join(phone.split("-")[:2]))[-digits:]


def _plain(text: str) -> str:
    """Digits with single hyphens, without the country's code."""
    even = _EXTENSION.sub("-", "".join(without_invisible(unicodedata.normalize("NFKC", text)).split()))
    dialled = _DASHES.sub("-", even).strip("-")
    national = _COUNTRY.sub("", dialled) if _COUNTRY.match(dialled) else dialled
    if national == dialled or (national.startswith(("0", "1")) and not national.startswith("10")):
        return national
    return "0" + national  # from abroad the area code goes without its zero: +86 571 8765 4321
