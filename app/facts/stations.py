"""What can happen to a station (站) and its device."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from app.facts import Count, Fact, Id


class StationFounded(Fact, frozen=True, kw_only=True):
    """The station began on this PC. ``region`` has 12 digits; ``level`` is station, office or centre."""

    kind: ClassVar[str] = "station.founded"

    station: Id
    name: str
    region: str
    level: str
    register: str


class StationRenamed(Fact, frozen=True, kw_only=True):
    """The station's name or region was put right; old records keep the name that was valid then."""

    kind: ClassVar[str] = "station.renamed"

    station: Id
    name: str
    region: str


class IncarnationBegun(Fact, frozen=True, kw_only=True):
    """The database was found behind its mirror (restored) and goes on as a new incarnation.

    Facts of the days from ``doubt_from`` to ``doubt_until`` may be lost; None where the mirror had them all. ``lost``
    certainly are: what followed them in the chains of earlier lives is here.
    """

    kind: ClassVar[str] = "station.incarnation_begun"

    station: Id
    incarnation: Count
    register: str
    replayed: Count
    doubt_from: date | None = None
    doubt_until: date | None = None
    lost: Count = 0


class ClockConfirmed(Fact, frozen=True, kw_only=True):
    """An administrator confirmed that the PC's date is right although it jumped."""

    kind: ClassVar[str] = "station.clock_confirmed"

    station: Id
    today: date
