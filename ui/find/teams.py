"""Teams (队伍) in the list that Ctrl+K shows."""

from __future__ import annotations

from app.actions.teams import TeamHit
from app.sentences import teams as words
from app.words import N_, _
from ui.find import Around, Kind
from ui.parts.find import Found
from ui.parts.rows import State, marks


def _found(hit: TeamHit, around: Around) -> Found:
    details = (words.level(hit.level), around.places.said(hit.region))
    state = State("dash", "closed", _("队伍已解散")) if hit.closed else None
    return Found("teams", hit.id, hit.name, details, marks(hit.matched), state=state, icon="teams")


KIND = Kind("team", N_("队伍"), _found)
