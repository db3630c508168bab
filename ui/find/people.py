"""People (人) in a list of what was found."""

from __future__ import annotations

from app.actions.search_people import PersonHit
from app.words import N_
from ui.find import Around, Kind
from ui.parts.find import Found
from ui.parts.people import details
from ui.parts.rows import marks


def _found(hit: PersonHit, around: Around) -> Found:
    return Found("volunteers", hit.id, hit.name, details(hit), marks(hit.matched), icon="volunteers")


KIND = Kind("person", N_("人"), _found)
