"""How places are called here (地名): villages by the names their station gave them, its own region as 本站."""

from __future__ import annotations

from dataclasses import dataclass

from app.actions.desk import Desk
from app.actions.stations import station_card, village_names
from app.domain import regions
from app.domain.villages import VillageNames
from app.words import _


@dataclass(frozen=True)
class Places:
    """The names of villages, and the region of the station itself."""

    villages: VillageNames
    station: str

    def said(self, code: str) -> str:
        """桃源村, 本站, 城前镇; the digits of a place nobody named, nothing for no place."""
        if not code:
            return ""
        known = self.villages.names.get(code) or regions.name(code)
        return known or (_("本站") if code == self.station else regions.grouped(code))


def places(desk: Desk, _query: None = None) -> Places:
    return Places(village_names(desk, None), station_card(desk, None).region)
