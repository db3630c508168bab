"""Finding (检索): people, orders, teams and gifts by what a clerk types, by noun (Ctrl+K), and people alone (F2).

A noun joins with ``@shows``, in its own file: how what was found of it stands in the list. What it is found by is
made in ``app.storage``, which words match in ``app.domain.tokens``.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import app.actions
from app.actions.desk import Look, reading
from app.domain import pinyin
from app.storage import search
from app.storage.search import Match

SUGGESTED = 6

Show = Callable[[Look, str, Sequence[Match]], tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindQuery:
    """What was typed; which nouns are meant (all when none is named); how many of each are wanted."""

    text: str
    nouns: frozenset[str] = frozenset()
    limit: int = SUGGESTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What was found of one noun, the best first; ``more`` when there is more than was asked for."""

    noun: str
    hits: tuple[Any, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class _Shown:
    show: Show
    place: int
    newest_first: bool


_shown: dict[str, _Shown] = {}


def shows(noun: str, *, place: int, newest_first: bool = False) -> Callable[[Show], Show]:
    """Register how hits of ``noun`` are shown, and at which ``place`` their group stands."""

    def register(show: Show) -> Show:
        assert noun not in _shown, f"two ways to show what was found of {noun}"
        _shown[noun] = _Shown(show, place, newest_first)
        return show

    return register


def load() -> None:
    """Read what the first search needs, before somebody types it."""
    _nouns()
    pinyin.load()


@reading()
def find(look: Look, query: FindQuery) -> tuple[Group, ...]:
    """What was found, grouped by noun; nouns without a hit are left out."""
    wanted = sorted(_nouns().items(), key=lambda item: item[1].place)
    groups = [
        _group(look, noun, query.text, query.limit)
        for noun, _shown_as in wanted
        if not query.nouns or noun in query.nouns
    ]
    return tuple(group for group in groups if group.hits)


@reading()
def suggest_people(look: Look, query: str) -> Group:
    """The people who may be meant by what was typed so far, at most six."""
    return _group(look, "person", query, SUGGESTED)


def shown_nouns() -> frozenset[str]:
    """The nouns whose hits are shown, for the test that none is missing."""
    return frozenset(_nouns())


def _group(look: Look, noun: str, typed: str, limit: int) -> Group:
    shown = _nouns()[noun]
    found = search.matches(look.connection, noun, typed, limit + 1, newest_first=shown.newest_first)
    hits = shown.show(look, typed, found[:limit]) if found else ()
    return Group(noun=noun, hits=hits, more=len(found) > limit)


@cache
def _nouns() -> dict[str, _Shown]:
    for module in pkgutil.iter_modules(app.actions.__path__, "app.actions."):
        importlib.import_module(module.name)
    return _shown
