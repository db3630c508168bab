"""What residents ask for (服务类别): nine main categories with keys 1 to 9, the tree under them, their national names.

Children inherit what they do not say themselves. Which category an order has stands in the order by its code; a
code that left the table stays readable, because old orders keep their category's name.

A station may rename, hide and order the categories and add its own: a dated policy, which ``use`` puts in use.

Sources: the local tree is our [default]; national service categories and
beneficiary kinds are those of the national volunteer system (domain rules §3).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import count
from typing import ClassVar

import msgspec

import resources
from app.domain.policies import Policy, PolicyMakesNoSense
from app.words import _

LONGEST_NAME_CHARACTERS = 12


@dataclass(frozen=True)
class Category:
    """One kind of request.

    A ``hidden`` one is offered no more; what has it already keeps it. ``money`` opens the shopping advance, ``policy``
    says that government policy usually covers it (the other loop), ``skill`` is what a volunteer must be able to do.
    """

    code: str
    name: str
    national: str
    key: str | None = None
    parent: str | None = None
    money: bool = False
    policy: bool = False
    skill: str | None = None
    hidden: bool = False

    @property
    def title(self) -> str:
        """The name in the language that is spoken; one that a county thought of itself stays as it is."""
        return _(self.name)


@dataclass(frozen=True)
class Categories:
    """The whole table, in the order it is shown."""

    every: tuple[Category, ...]
    national: tuple[str, ...]
    beneficiaries: tuple[str, ...]

    @property
    def mains(self) -> tuple[Category, ...]:
        """Top level: first the nine with keys, then those found only in the tree."""
        return tuple(one for one in self.every if one.parent is None and not one.hidden)

    @property
    def keyed(self) -> tuple[Category, ...]:
        return tuple(one for one in self.every if one.key and not one.hidden)

    def find(self, code: str) -> Category | None:
        return next((category for category in self.every if category.code == code), None)

    def by_key(self, key: str) -> Category | None:
        return next((category for category in self.every if category.key == key), None)

    def children(self, code: str) -> tuple[Category, ...]:
        return tuple(one for one in self.every if one.parent == code and not one.hidden)


class MenuEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A category as a station has it in its menu; ``parent`` is "" for a main one."""

    code: str
    name: str
    national: str
    parent: str = ""
    hidden: bool = False


class MenuPolicy(Policy, frozen=True, kw_only=True):
    """The station's own menu: every category in its order. Empty is the shipped table."""

    name: ClassVar[str] = "categories.menu"

    entries: tuple[MenuEntry, ...] = ()

    def check(self) -> None:
        for entry in self.entries:
            _check_entry(entry, self.entries)
        if self.entries and all(entry.hidden for entry in self.entries if not entry.parent):
            raise MenuWrong(policy=self.name, value="entries", why=MenuFault.NOTHING_LEFT, name="")


class MenuFault(StrEnum):
    """Why a menu cannot be so."""

    NAME_MISSING = "name missing"
    NAME_TOO_LONG = "name too long"
    NAME_TWICE = "name twice"
    NATIONAL_UNKNOWN = "national unknown"
    CODE_WRONG = "code wrong"
    NOTHING_LEFT = "nothing left"


class MenuWrong(PolicyMakesNoSense):
    """An entry of the menu cannot be so; ``name`` is what it is called."""

    why: MenuFault
    name: str


def own_menu(policy: MenuPolicy) -> Categories:
    """The table that ``policy`` makes of the shipped one. What a newer program ships stands at the end."""
    if not policy.entries:
        return shipped()
    known = {category.code: category for category in shipped().every}
    entries = [
        *policy.entries,
        *(entry for entry in shipped_entries() if entry.code not in _codes(policy.entries)),
    ]
    keys = iter("123456789")
    every = [_category(entry, known, keys) for entry in entries]
    return Categories(tuple(every), shipped().national, shipped().beneficiaries)


def shipped_entries() -> tuple[MenuEntry, ...]:
    """The shipped table, as the menu of a station that changed nothing yet."""
    return tuple(
        MenuEntry(code=one.code, name=one.name, national=one.national, parent=one.parent or "")
        for one in shipped().every
    )


def new_code(entries: Sequence[MenuEntry], parent: str) -> str:
    """A code for a category of the station's own; the code of what is under another begins with the other's."""
    stem = f"{parent}.own" if parent else "own"
    taken = _codes(entries)
    return next(code for number in count(1) if (code := f"{stem}{number}") not in taken)


def menu() -> Categories:
    """The table in use at this desk: the station's own, once ``use`` was told of it."""
    return _in_use[-1] if _in_use else shipped()


def use(categories: Categories) -> None:
    """Let ``categories`` be offered from now on, to everybody at this desk."""
    _in_use[:] = [categories]


_in_use: list[Categories] = []


@cache
def shipped() -> Categories:
    """The table this version brings."""
    return read((resources.folder("categories") / "default.json").read_text(encoding="utf-8"))


def category_exists(code: str) -> bool:
    return menu().find(code) is not None


def covers(wide: str, narrow: str) -> bool:
    """Whether who takes ``wide`` takes ``narrow``: the same category or one under it."""
    return narrow == wide or narrow.startswith(f"{wide}.")


def _check_entry(entry: MenuEntry, entries: Sequence[MenuEntry]) -> None:
    fault = _fault(entry, entries)
    if fault is not None:
        raise MenuWrong(policy=MenuPolicy.name, value="entries", why=fault, name=entry.name)


def _fault(entry: MenuEntry, entries: Sequence[MenuEntry]) -> MenuFault | None:
    beside = [one for one in entries if one.parent == entry.parent and one is not entry]
    mains = _codes(one for one in entries if not one.parent)
    if not entry.name.strip():
        return MenuFault.NAME_MISSING
    if len(entry.name) > LONGEST_NAME_CHARACTERS:
        return MenuFault.NAME_TOO_LONG
    if any(one.name == entry.name for one in beside):
        return MenuFault.NAME_TWICE
    if entry.national not in shipped().national:
        return MenuFault.NATIONAL_UNKNOWN
    is_under = entry.parent in mains and entry.code.startswith(f"{entry.parent}.")
    if any(one.code == entry.code for one in entries if one is not entry) or (entry.parent and not is_under):
        return MenuFault.CODE_WRONG
    return None


def _category(entry: MenuEntry, known: Mapping[str, Category], keys: Iterator[str]) -> Category:
    """One of the station's own inherits from what it stands under."""
    like = known.get(entry.code) or known.get(entry.parent) or Category(entry.code, "", entry.national)
    key = next(keys, None) if not entry.parent and not entry.hidden else None
    return replace(
        like,
        code=entry.code,
        name=entry.name,
        national=entry.national,
        parent=entry.parent or None,
        hidden=entry.hidden,
        key=key,
    )


def _codes(entries: Iterable[MenuEntry]) -> set[str]:
    return {entry.code for entry in entries}


def read(text: str) -> Categories:
    """A table from its JSON text."""
    data = json.loads(text)
    every: list[Category] = []
    for entry in data["categories"]:
        children = entry.pop("children", [])
        main = Category(**entry)
        every.append(main)
        every += [_child(main, child) for child in children]
    return Categories(tuple(every), tuple(data["national"]), tuple(data["beneficiaries"]))


def _child(main: Category, entry: Mapping[str, object]) -> Category:
    inherited = {"national": main.national, "money": main.money, "policy": main.policy, "skill": main.skill}
    return Category(**{**inherited, **entry, "parent": main.code})  # type: ignore[arg-type]
