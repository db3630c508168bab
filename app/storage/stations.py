"""Table, folds and queries of stations (站)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Integer, Text, select

from app.domain.stations import Doubt, Station, StationLevel
from app.facts import Id
from app.facts.stations import ClockConfirmed, IncarnationBegun, StationFounded, StationRenamed
from app.storage import types
from app.storage.device import device
from app.storage.fold import Recorded, folds, row_after
from app.storage.rows import Rows

stations = types.table(
    "stations",
    Column("id", types.Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("founded_at", types.Instant, nullable=False),
    Column("renamed_at", types.Instant),
    Column("incarnation", Integer, nullable=False),
    Column("clock_confirmed_on", types.Day),
    Column("doubt_from", types.Day),
    Column("doubt_until", types.Day),
    noun="station",
)


@folds(StationFounded)
def fold_founded(rows: Rows, it: Recorded[StationFounded]) -> None:
    rows.add(
        stations,
        id=it.body.station,
        name=it.body.name,
        region=it.body.region,
        level=it.body.level,
        founded_at=it.at,
        incarnation=1,
    )


@folds(StationRenamed)
def fold_renamed(rows: Rows, it: Recorded[StationRenamed]) -> None:
    rows.change(stations, it.body.station, name=it.body.name, region=it.body.region, renamed_at=it.at)


@folds(IncarnationBegun)
def fold_incarnation_begun(rows: Rows, it: Recorded[IncarnationBegun]) -> None:
    body = it.body
    rows.change(stations, body.station, incarnation=body.incarnation)
    # An earlier doubt is not over because a later restoring brought everything back.
    if body.doubt_from is not None:
        rows.change(stations, body.station, doubt_from=body.doubt_from, doubt_until=body.doubt_until)


@folds(ClockConfirmed)
def fold_clock_confirmed(rows: Rows, it: Recorded[ClockConfirmed]) -> None:
    rows.change(stations, it.body.station, clock_confirmed_on=it.body.today)


def before(facts: Iterable[Recorded[Any]], station_id: Id) -> dict[str, Any]:
    """The row that a station had after these facts."""
    return row_after(facts, stations, station_id)


def this_station(connection: Connection) -> Station:
    """The station that this database belongs to; one statement."""
    row = connection.execute(select(stations).join(device, device.c.station == stations.c.id)).one()
    has_doubt = row.doubt_from is not None and row.doubt_until is not None
    return Station(
        id=row.id,
        name=row.name,
        region=row.region,
        level=StationLevel(row.level),
        doubt=Doubt(first_day=row.doubt_from, last_day=row.doubt_until) if has_doubt else None,
    )


def founded_at(connection: Connection) -> datetime:
    """When this station began."""
    founded = select(stations.c.founded_at).join(device, device.c.station == stations.c.id)
    instant: datetime = connection.execute(founded).scalar_one()
    return instant
