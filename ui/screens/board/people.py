"""People found by typing, as rows (找人): who could serve, who brought the rating."""

from __future__ import annotations

from app.actions.people import PersonHit
from app.actions.search import Group
from app.words import _
from ui.parts.rows import Row


def person_rows(found: Group) -> list[Row]:
    """Name with its matched letters, age, whether a volunteer, phone tail."""
    return [Row(hit.name, _details(hit), marks=_marks(hit), value=hit) for hit in found.hits]


def _details(hit: PersonHit) -> tuple[str, ...]:
    return tuple(
        part
        for part in (
            _("{age} 岁").format(age=hit.age) if hit.age is not None else "",
            _("志愿者") if hit.number and not hit.left else "",
            _("尾号 {tail}").format(tail=hit.phone_tail) if hit.phone_tail else "",
        )
        if part
    )


def _marks(hit: PersonHit) -> tuple[tuple[int, int], ...]:
    return tuple((place, place + 1) for place in sorted(hit.matched))
