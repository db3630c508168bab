"""What administrators do with the station (站): its name and region, and a date that looked wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.actions.desk import ADMINISTRATORS, Look, Work, action, reading
from app.domain import regions
from app.domain import stations as rules
from app.domain.stations import StationLevel
from app.domain.villages import VillageNames
from app.facts import Id
from app.storage import stations as storage
from app.storage.types import clean_text

LONGEST_TYPED_CHARACTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameStation:
    name: str
    region: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StationCard:
    """The station and its device. ``region_said`` is what the region code says."""

    id: Id
    name: str
    region: str
    region_said: str
    level: StationLevel
    founded_at: datetime
    register: str
    incarnation: int


@action(ADMINISTRATORS)
def rename_station(work: Work, request: RenameStation) -> None:
    """Put name or region right; papers that were issued keep what they say."""
    name = clean_text(request.name, longest_characters=LONGEST_TYPED_CHARACTERS, field="name")
    station = storage.this_station(work.connection)
    work.record(*rules.rename(station, name=name, region=request.region))


@action(ADMINISTRATORS, clock_believed=True)
def confirm_clock(work: Work, _request: None = None) -> date:
    """Say that the PC's date is right although it jumped; the desk works again from now on."""
    work.record(rules.confirm_clock(storage.this_station(work.connection), today=work.today))
    return work.today


@reading()
def station_card(look: Look, _query: None = None) -> StationCard:
    """Which station and which device this is; two statements."""
    station = storage.this_station(look.connection)
    return StationCard(
        id=station.id,
        name=station.name,
        region=station.region,
        region_said=regions.echo(station.region),
        level=station.level,
        founded_at=storage.founded_at(look.connection),
        register=look.desk.device.register,
        incarnation=look.desk.device.incarnation,
    )


@reading()
def village_names(look: Look, _query: None = None) -> VillageNames:
    """How the villages of this station are called today; one statement."""
    return look.policy(VillageNames)
