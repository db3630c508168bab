"""The rules of the catalogue of gifts (礼品): what a gift must say of itself.

Digits on the label are the maker's bar code (8 to 14 digits) or our own; two gifts on the shelf never share them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from app.domain.numbers import read_gift_code
from app.domain.points import HUNDREDTHS, MOST_CENTS
from app.domain.problems import Refusal
from app.facts import Id
from app.facts.gifts import GiftEdited, GiftListed, GiftOfferedAgain, GiftWithdrawn

LONGEST_NAME_CHARACTERS = 40
LONGEST_SPEC_CHARACTERS = 40
LONGEST_UNIT_CHARACTERS = 8
MOST_PIECES = 1_000_000
_AMOUNT = re.compile(r"(\d{1,5})(?:\.(\d{1,2}))?(?:分|积分)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the catalogue says of a gift."""

    code: str
    name: str
    spec: str
    unit: str
    points_cents: int
    low_stock: int
    picture: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """A gift as the rules see it."""

    id: Id
    entry: Entry
    withdrawn: bool = False


class GiftUnknown(Refusal):
    """There is no such gift here."""


class GiftNameMissing(Refusal):
    """The gift has no name."""


class UnitMissing(Refusal):
    """It is not said in what the gift is counted."""


class PointsImpossible(Refusal):
    """No gift costs nothing, or so much."""

    most_cents: int


class PointsNotUnderstood(Refusal):
    """What was typed is no number of points."""

    text: str


class LowStockImpossible(Refusal):
    """No such number of pieces."""


class GiftCodeTaken(Refusal):
    """Another gift has these digits on its label."""

    name: str


class AlreadyWithdrawn(Refusal):
    """The gift is withdrawn already."""

    name: str


class NotWithdrawn(Refusal):
    """The gift is on the shelf already."""

    name: str


def cents_typed(text: str, field: str = "points_cents") -> int:
    """Points as clerks type them, ``12``, ``12.5 分``, in hundredths."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise PointsNotUnderstood(text=text, field=field)
    return int(found[1]) * HUNDREDTHS + int((found[2] or "").ljust(2, "0"))


def check(entry: Entry, *, holder: Gift | None, gift: Id) -> None:
    """Refuse an entry that cannot stand on the shelf. ``holder`` is who has these digits already."""
    if not entry.name:
        raise GiftNameMissing(field="name")
    if not entry.unit:
        raise UnitMissing(field="unit")
    if not 0 < entry.points_cents <= MOST_CENTS:
        raise PointsImpossible(most_cents=MOST_CENTS, field="points_cents")
    if not 0 <= entry.low_stock <= MOST_PIECES:
        raise LowStockImpossible(field="low_stock")
    read_gift_code(entry.code)
    if holder is not None and holder.id != gift:
        raise GiftCodeTaken(name=holder.entry.name, field="code")


def list_gift(gift: Id, entry: Entry, *, holder: Gift | None) -> GiftListed:
    """A new gift for the shelf."""
    check(entry, holder=holder, gift=gift)
    return GiftListed(
        gift=gift,
        code=entry.code,
        name=entry.name,
        spec=entry.spec,
        unit=entry.unit,
        points_cents=entry.points_cents,
        low_stock=entry.low_stock,
        picture=entry.picture,
    )


def edit(gift: Gift, entry: Entry, *, holder: Gift | None) -> GiftEdited | None:
    """Put the entry right; None when nothing changes."""
    check(entry, holder=holder, gift=gift.id)
    names = tuple(Entry.__dataclass_fields__)
    changed = tuple(name for name in names if getattr(entry, name) != getattr(gift.entry, name))
    if not changed:
        return None
    return GiftEdited(
        gift=gift.id,
        fields=changed,
        code=entry.code,
        name=entry.name,
        spec=entry.spec,
        unit=entry.unit,
        points_cents=entry.points_cents,
        low_stock=entry.low_stock,
        picture=entry.picture,
    )


def withdraw(gift: Gift) -> GiftWithdrawn:
    """Take the gift off the shelf; what is left of it stays in the stock."""
    if gift.withdrawn:
        raise AlreadyWithdrawn(name=gift.entry.name)
    return GiftWithdrawn(gift=gift.id)


def offer_again(gift: Gift) -> GiftOfferedAgain:
    """Put a withdrawn gift on the shelf again."""
    if not gift.withdrawn:
        raise NotWithdrawn(name=gift.entry.name)
    return GiftOfferedAgain(gift=gift.id)
