"""What Ctrl+K finds (搜索): people, orders, teams and gifts in one list, each with the screen that shows it.

A noun joins with a file here that has a ``KIND``: how hits of it are called, and how one stands in the list.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from app.actions.desk import Desk
from app.actions.search import FindQuery, Group
from app.actions.search import find as search
from app.words import _
from ui.parts.find import Found, FoundGroup
from ui.places import Places, places

ROWS_AND_HEADINGS = 10
"""What the list shows without scrolling."""


@dataclass(frozen=True)
class Around:
    """What a hit is told by besides itself."""

    now: datetime
    places: Places


@dataclass(frozen=True)
class Kind:
    """How hits of one noun are called and shown; ``title`` is marked with ``N_``."""

    noun: str
    title: str
    found: Callable[[Any, Around], Found]


def finder(desk: Desk, text: str) -> list[FoundGroup]:
    """What was found, the best of each noun first."""
    groups = search(desk, FindQuery(text=text, limit=ROWS_AND_HEADINGS - 1))
    around = Around(desk.now(), places(desk))
    counts = shares([len(group.hits) for group in groups])
    return [_group(group, count, around) for group, count in zip(groups, counts, strict=True)]


def shares(found: Sequence[int]) -> list[int]:
    """How many of each are shown, so that all headings and rows are seen at once: the longest gives way, the last
    of them first.
    """
    shown = list(found)
    while sum(shown) + len(shown) > ROWS_AND_HEADINGS:
        longest = max(range(len(shown)), key=lambda place: (shown[place], place))
        shown[longest] -= 1
    return shown


def _group(group: Group, count: int, around: Around) -> FoundGroup:
    kind = kinds()[group.noun]
    title = _(kind.title)
    if group.more or count < len(group.hits):
        title = _("{title}（还有，再多打几个字）").format(title=title)
    return FoundGroup(title, tuple(kind.found(hit, around) for hit in group.hits[:count]))


@cache
def kinds() -> dict[str, Kind]:
    """Every ``KIND`` by its noun."""
    modules = [
        importlib.import_module(module.name) for module in pkgutil.iter_modules(__path__, f"{__name__}.")
    ]
    found: list[Kind] = [module.KIND for module in modules]
    return {kind.noun: kind for kind in found}
