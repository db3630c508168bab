"""People (人) in a list of what was found: by Ctrl+K, and in the lines where somebody is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from app.actions.search import Group as Hits
from app.actions.search_people import PersonHit
from app.domain.people import Group
from app.sentences import people as words
from app.words import N_, _
from ui.find import Around, Kind, marks
from ui.parts.find import Found
from ui.parts.people import nobody_row
from ui.parts.rows import Row

_GROUPS_SHOWN = 2
_CIRCUMSTANCES = (Group.ALONE, Group.LEFT_BEHIND)


def details(hit: PersonHit) -> tuple[str, ...]:
    """What tells people of one name apart: 72 岁 · 志愿者 · 独居 · 尾号 1234."""
    age = _("{age} 岁").format(age=hit.age) if hit.age is not None else ""
    tail = _("尾号 {tail}").format(tail=hit.phone_tail) if hit.phone_tail else ""
    return tuple(part for part in (age, _standing(hit), group_words(hit.groups), tail) if part)


def group_words(groups: Sequence[Group]) -> str:
    """独居、老年人: at most two, the circumstances before the kinds."""
    first = sorted(groups, key=lambda group: group not in _CIRCUMSTANCES)
    return _("、").join(words.group(group) for group in first[:_GROUPS_SHOWN])


def rows(found: Hits) -> list[Row]:
    """What a line shows below itself while a person is typed; the value is the hit."""
    hits = [Row(hit.name, details(hit), marks=marks(hit.matched), value=hit) for hit in found.hits]
    return hits or [nobody_row()]


def _standing(hit: PersonHit) -> str:
    if hit.number is None:
        return ""
    return _("不再做志愿者") if hit.left else _("在册志愿者")


def _found(hit: PersonHit, around: Around) -> Found:
    return Found("volunteers", hit.id, hit.name, details(hit), marks(hit.matched), icon="volunteers")


KIND = Kind("person", N_("人"), _found)
