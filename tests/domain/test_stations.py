"""How a station is called and where it stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.domain import stations as rules
from app.domain.regions import RegionWrongLength
from app.domain.stations import Station, StationLevel, StationNameMissing, StationNameTooLong
from app.facts.stations import ClockConfirmed, IncarnationBegun, StationFounded, StationRenamed

ID = "1" * 32
STATION = Station(id=ID, name="桃源村站", region="370883102204", level=StationLevel.STATION)


def found(name: str = "桃源村站", region: str = "370883102204") -> StationFounded:
    return rules.found(ID, name=name, region=region, level=StationLevel.STATION, register="A1")


@pytest.mark.parametrize(
    ("region", "level"),
    [
        ("370883102204", StationLevel.STATION),
        ("370883102000", StationLevel.OFFICE),
        ("370883000000", StationLevel.CENTRE),
        ("370800000000", StationLevel.CENTRE),
    ],
)
def test_what_usually_stands_where(region: str, level: StationLevel) -> None:
    assert rules.usual_level(region) is level


def test_a_station_is_founded() -> None:
    assert found(" 桃源村站 ", "370883 102 204") == StationFounded(
        station=ID, name="桃源村站", region="370883102204", level="station", register="A1"
    )


def test_a_station_has_a_name_that_fits() -> None:
    with pytest.raises(StationNameMissing):
        found("  ")
    with pytest.raises(StationNameTooLong) as refused:
        found("站" * 51)
    assert (refused.value.field, refused.value.longest_characters) == ("name", 50)
    with pytest.raises(RegionWrongLength):
        found(region="37088")


def test_renaming_says_only_what_changes() -> None:
    assert rules.rename(STATION, name="桃源村站", region="370883102204") == []
    assert rules.rename(STATION, name="桃源社区站", region="370883102204") == [
        StationRenamed(station=ID, name="桃源社区站", region="370883102204")
    ]


def test_a_date_is_confirmed_and_an_incarnation_begins() -> None:
    day = date(2026, 9, 1)
    assert rules.confirm_clock(STATION, today=day) == ClockConfirmed(station=ID, today=day)
    begun: dict[str, Any] = {"incarnation": 2, "register": "A2", "replayed": 7, "lost": 1}
    assert rules.begin_incarnation(ID, **begun, doubt=None) == IncarnationBegun(station=ID, **begun)
    doubt = rules.Doubt(first_day=date(2026, 8, 30), last_day=day)
    assert rules.begin_incarnation(ID, **begun, doubt=doubt) == IncarnationBegun(
        station=ID, **begun, doubt_from=date(2026, 8, 30), doubt_until=day
    )
