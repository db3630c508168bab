"""The station's own data."""

from __future__ import annotations

import pytest

from app.actions.desk import Desk, NotAllowed
from app.actions.history import history_of
from app.actions.stations import RenameStation, confirm_clock, rename_station, station_card
from app.domain.regions import RegionNotDigits
from app.domain.staff import Role
from app.domain.stations import StationLevel, StationNameMissing
from app.storage.types import TextUnreadable
from tests.support.desk import OPENING, REGION, STATION_NAME, Station


def test_the_card_says_which_station_and_device_this_is(desk: Desk) -> None:
    card = station_card(desk, None)
    assert (card.name, card.region, card.level) == (STATION_NAME, REGION, StationLevel.STATION)
    assert (card.register, card.incarnation, card.founded_at) == ("A1", 1, OPENING)
    assert "山东省" in card.region_said


def test_an_administrator_renames(station: Station) -> None:
    desk = station.sit(Role.ADMINISTRATOR)
    done = rename_station(desk, RenameStation(name="桃源社区站", region="370883 102 001"))
    assert done.changed == {"station"}
    assert station_card(desk, None).name == "桃源社区站"
    assert (
        rename_station(desk, RenameStation(name="桃源社区站", region="370883102001")).changed == frozenset()
    )


@pytest.mark.parametrize(
    ("name", "region", "refusal"),
    [("", REGION, StationNameMissing), ("站\x00", REGION, TextUnreadable), ("站", "37088a", RegionNotDigits)],
)
def test_a_name_or_region_that_cannot_be(
    station: Station, name: str, region: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        rename_station(station.sit(Role.ADMINISTRATOR), RenameStation(name=name, region=region))


def test_a_clerk_does_not_rename(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        rename_station(desk, RenameStation(name="别的站", region=REGION))


def test_what_happened_to_the_station_in_words(station: Station) -> None:
    desk = station.sit(Role.ADMINISTRATOR)
    rename_station(desk, RenameStation(name="桃源社区站", region=REGION))
    confirm_clock(desk, None)
    told = [one.text for one in history_of(desk, f"station:{desk.device.station}")]
    assert told[0].startswith(f"建站：{STATION_NAME}，山东省")
    assert told[1].startswith("改为：桃源社区站，")
    assert told[2] == "确认日期无误：2026年4月7日"
