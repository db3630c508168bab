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
"""What papers say of the station stands beside its name."""


def sections() -> list[SectionEntry]:
    """One for every policy of the program, whatever noun it belongs to."""
    kinds = [kind for _name, kind in sorted(every_policy().items()) if kind is not PapersPolicy]
    rules = [_entry(place, kind) for place, kind in enumerate(kinds, start=_FIRST)]
    return [_entry(_OF_STATION, PapersPolicy), *rules]


def _entry(order: int, kind: type[Policy]) -> SectionEntry:
    words = policy_words(kind.name)
    title = words.title if words is not None else kind.name
    return SectionEntry(key=f"policy:{kind.name}", order=order, title=title, build=partial(_build, kind))


def _build(kind: type[Policy], app: Services) -> Section:
    from ui.screens.settings.policysection import PolicySection

    return PolicySection(app, kind)
