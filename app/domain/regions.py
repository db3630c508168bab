"""Region codes (行政区划代码): twelve digits, 6 county + 3 town + 3 village; their tree, kinds and names.

A code is never refused because the shipped tables do not know it: codes are made and abolished every year, and the
tables only give the echo. Which regions a station or team really serves is its own record's business.

Sources: GB/T 2260 (county level and above), GB/T 10114 (towns), the statistics bureau's rules for the last three
digits (villages); the tables' origin stands in ``resources/regions/README.md``.
"""

from __future__ import annotations

import lzma
import re
import unicodedata
from collections.abc import Mapping
from enum import IntEnum
from functools import cache

import resources
from app.domain.names import without_invisible
from app.domain.problems import Refusal
from app.words import N_, _

LENGTH = 12
COUNTY_DIGITS = 6
# Digits that name a province, city, county, town and village.
_LEVEL_DIGITS = (2, 4, 6, 9, 12)
# Names of levels that only fill the tree and are no places.
_FILLERS = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})


class Level(IntEnum):
    """How far down a code goes."""

    PROVINCE = 0
    CITY = 1
    COUNTY = 2
    TOWN = 3
    VILLAGE = 4


LEVEL_NAMES = {
    Level.PROVINCE: N_("省级"),
    Level.CITY: N_("市级"),
    Level.COUNTY: N_("县级"),
    Level.TOWN: N_("乡镇级"),
    Level.VILLAGE: N_("村级"),
}
_TOWN_KINDS = (
    (1, 99, N_("街道")),
    (100, 199, N_("镇")),
    (200, 399, N_("乡")),
    (400, 599, N_("其他乡级单位")),
)
_VILLAGE_KINDS = ((1, 199, N_("居民委员会")), (200, 399, N_("村民委员会")))
_OTHER_KIND = N_("其他")


class RegionMissing(Refusal):
    """No code was given."""


class RegionWrongLength(Refusal):
    """Not 6, 9 or 12 digits."""

    digits: int


class RegionNotDigits(Refusal):
    """Something that is no digit; positions count from 1."""

    position: int


def normalise(text: str, field: str = "region") -> str:
    """The twelve digits; a county's 6 and a town's 9 are filled up with zeros."""
    plain = re.sub(r"[\s\-]", "", without_invisible(unicodedata.normalize("NFKC", text)))
    if not plain:
        raise RegionMissing(field=field)
    for position, character in enumerate(plain, start=1):
        if character not in "0123456789":
            raise RegionNotDigits(position=position, field=field)
    if len(plain) not in (6, 9, LENGTH):
        raise RegionWrongLength(digits=len(plain), field=field)
    return plain.ljust(LENGTH, "0")


def grouped(code: str) -> str:
    """6-3-3 for people's eyes: ``370883 102 204``; also while it is still being typed."""
    return " ".join(filter(None, (code[:6], code[6:9], code[9:])))


def level(code: str) -> Level:
    digits = len(_significant(code))
    return next(level for level, length in zip(Level, _LEVEL_DIGITS, strict=True) if digits <= length)


def parent(code: str) -> str | None:
    """The code one step up that is not the same place; None above a province."""
    above = path(code)[:-1]
    return above[-1] if above else None


def path(code: str) -> tuple[str, ...]:
    """The codes from the province down to ``code`` itself."""
    steps = [code[:length].ljust(LENGTH, "0") for length in _LEVEL_DIGITS]
    return tuple(dict.fromkeys(steps))


def within(inner: str, outer: str) -> bool:
    """Whether ``inner`` is ``outer`` or lies in it."""
    return outer in path(inner)


def distance(one: str, other: str) -> int:
    """Steps apart in the tree: same village 0, same town 1, same county 2, same city 3, same province 4, else 5."""
    if one == other:
        return 0
    shared = (one[:length] == other[:length] for length in (9, 6, 4, 2))
    return next((steps for steps, same in enumerate(shared, start=1) if same), 5)


def kind(code: str) -> str:
    """What sort of town or village it is, by the ranges of its digits; above a town the level's name."""
    at = level(code)
    if at < Level.TOWN:
        return _(LEVEL_NAMES[at])
    ranges, number = (_VILLAGE_KINDS, int(code[9:])) if at is Level.VILLAGE else (_TOWN_KINDS, int(code[6:9]))
    return _(next((name for first, last, name in ranges if first <= number <= last), _OTHER_KIND))


def name(code: str) -> str | None:
    """The name of exactly this region, today's or its last one; None when no table knows it."""
    digits = _significant(code)
    return _table("current.txt.xz").get(digits) or _table("former.txt.xz").get(digits.ljust(6, "0"))


def echo(code: str) -> str:
    """What the code says, for the person who typed it: names down the tree, 未收录 where no table knows one.
    ``370883102204`` -> 山东省 济宁市 邹城市 城前镇 村民委员会（未收录）
    """
    return " ".join(filter(None, (_said(step, last=step == code) for step in path(code))))


def was_ever(county: str) -> bool:
    """Whether the six digits are, or ever were, a county, city or province."""
    return name(county.ljust(LENGTH, "0")) is not None


def _significant(code: str) -> str:
    """The digits without the levels that are all zeros."""
    return next((code[:length] for length in _LEVEL_DIGITS if not code[length:].strip("0")), code)


def _said(step: str, last: bool) -> str | None:
    """One step of the echo. Steps on the way that no table knows, and levels that only fill the tree, are skipped."""
    found = name(step)
    if found is None:
        return _("{kind}（未收录）").format(kind=kind(step)) if last or level(step) is Level.TOWN else None
    if found in _FILLERS:
        return None
    return found if _is_current(step) else _("{name}（已撤销）").format(name=found)


def _is_current(code: str) -> bool:
    return _significant(code) in _table("current.txt.xz")


@cache
def _table(file: str) -> Mapping[str, str]:
    text = lzma.decompress((resources.folder("regions") / file).read_bytes()).decode("utf-8")
    return dict(line.split(" ", 1) for line in text.splitlines())
