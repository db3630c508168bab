"""Rules of the station (站): how it is called, where it stands, and that its PC's date is believed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain import regions
from app.domain.problems import Refusal
from app.facts import Id
from app.facts.stations import ClockConfirmed, IncarnationBegun, StationFounded, StationRenamed

LONGEST_NAME_CHARACTERS = 50


class StationLevel(StrEnum):
    """County centre (中心), town office (所), village or community station (站)."""

    CENTRE = "centre"
    OFFICE = "office"
    STATION = "station"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Days of which facts may be lost: the station was restored, and no whole mirror said what had happened since."""

    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """The station as everybody needs it: certificates name it, numbers carry its region."""

    id: Id
    name: str
    region: str
    level: StationLevel
    doubt: Doubt | None = None


class StationNameMissing(Refusal):
    """The station has no name."""


class StationNameTooLong(Refusal):
    """The name does not fit on a certificate."""

    longest_characters: int


def usual_level(region: str) -> StationLevel:
    """What stands at a region (12 digits): a centre in a county, an office in a town, a station in a village."""
    match regions.level(region):
        case regions.Level.VILLAGE:
            return StationLevel.STATION
        case regions.Level.TOWN:
            return StationLevel.OFFICE
    return StationLevel.CENTRE


def found(station: Id, *, name: str, region: str, level: StationLevel, register: str) -> StationFounded:
    """The first fact of a station. Refuses a missing name and a malformed region."""
    return StationFounded(
        station=station,
        name=_checked(name),
        region=regions.normalise(region),
        level=level,
        register=register,
    )


def rename(station: Station, *, name: str, region: str) -> list[StationRenamed]:
    """Put name or region right; nothing when both stand already."""
    name, region = _checked(name), regions.normalise(region)
    if (name, region) == (station.name, station.region):
        return []
    return [StationRenamed(station=station.id, name=name, region=region)]


def confirm_clock(station: Station, *, today: date) -> ClockConfirmed:
    """An administrator says that it really is ``today``."""
    return ClockConfirmed(station=station.id, today=today)


def begin_incarnation(
    station: Id, *, incarnation: int, register: str, replayed: int, lost: int, doubt: Doubt | None
) -> IncarnationBegun:
    """The database was set back and goes on under a new register, with ``replayed`` facts from the mirror; as many as
    ``lost`` are nowhere.
    """
    return IncarnationBegun(
        station=station,
        incarnation=incarnation,
        register=register,
        replayed=replayed,
        doubt_from=doubt.first_day if doubt else None,
        doubt_until=doubt.last_day if doubt else None,
        lost=lost,
    )


def _checked(name: str) -> str:
    name = name.strip()
    if not name:
        raise StationNameMissing(field="name")
    if len(name) > LONGEST_NAME_CHARACTERS:
        raise StationNameTooLong(longest_characters=LONGEST_NAME_CHARACTERS, field="name")
    return name
