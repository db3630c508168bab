"""What residents ask for (服务类别): nine main categories with keys 1 to 9, the tree under them, their national names.

Children inherit what they do not say themselves. Which category an order has stands in the order by its code; a
code that left the table stays readable, because old orders keep their category's name.

Sources: the local tree is our [default], to be replaced by a county's menu; national service categories and
beneficiary kinds are those of the national volunteer system (domain rules §3).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import resources
from app.words import _


@dataclass(frozen=True)
class Category:
    """One kind of request.

    ``money`` opens the shopping advance, ``policy`` says that government policy usually covers it (the other loop),
    ``skill`` is what a volunteer must be able to do.
    """

    code: str
    name: str
    national: str
    key: str | None = None
    parent: str | None = None
    money: bool = False
    policy: bool = False
    skill: str | None = None

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
        return tuple(category for category in self.every if category.parent is None)

    @property
    def keyed(self) -> tuple[Category, ...]:
        return tuple(category for category in self.every if category.key)

    def find(self, code: str) -> Category | None:
        return next((category for category in self.every if category.code == code), None)

    def by_key(self, key: str) -> Category | None:
        return next((category for category in self.every if category.key == key), None)

    def children(self, code: str) -> tuple[Category, ...]:
        return tuple(category for category in self.every if category.parent == code)


@cache
def shipped() -> Categories:
    """The table this version brings."""
    return read((resources.folder("categories") / "default.json").read_text(encoding="utf-8"))


def category_exists(code: str) -> bool:
    return shipped().find(code) is not None


def covers(wide: str, narrow: str) -> bool:
    """Whether who takes ``wide`` takes ``narrow``: the same category or one under it."""
    return narrow == wide or narrow.startswith(f"{wide}.")


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
