"""规则 Policies: an entry of the list for each, with its form, from which day it holds, and what was changed when."""

from __future__ import annotations

from functools import partial

from app.actions.policies import every_policy
from app.domain.papers import PapersPolicy
from app.domain.policies import Policy
from app.sentences import policy_words
from ui.screen import Services
from ui.screens.settings.section import Section, SectionEntry

_FIRST = 30
_OF_STATION = 15
_AS_WORK_GOES = (
    "categories",
    "regions",
    "orders",
    "teams",
    "services",
    "hours",
    "points",
    "redemption",
    "stars",
)
"""What papers say of the station stands beside its name."""


def sections() -> list[SectionEntry]:
    """One for every policy of the program, whatever noun it belongs to."""
    names = sorted(every_policy().keys() - {PapersPolicy.name}, key=_place)
    rules = [_entry(place, every_policy()[name]) for place, name in enumerate(names, start=_FIRST)]
    return [_entry(_OF_STATION, PapersPolicy), *rules]


def _place(name: str) -> tuple[int, str]:
    """Its noun's place in the day's work; others follow by name."""
    noun = name.split(".")[0]
    return (_AS_WORK_GOES.index(noun) if noun in _AS_WORK_GOES else len(_AS_WORK_GOES), name)


def _entry(order: int, kind: type[Policy]) -> SectionEntry:
    words = policy_words(kind.name)
    title = words.title if words is not None else kind.name
    return SectionEntry(key=f"policy:{kind.name}", order=order, title=title, build=partial(_build, kind))


def _build(kind: type[Policy], app: Services) -> Section:
    from ui.screens.settings.policysection import PolicySection

    return PolicySection(app, kind)
