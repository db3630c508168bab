"""The same seed tells the same story, whoever's database it is written into; and a station can be brought to a size."""

from __future__ import annotations

import random
from pathlib import Path

from sqlalchemy import Table, literal, select

from app.actions.board import BoardFilter, board
from app.actions.desk import Desk, SignedIn
from app.actions.selfcheck import self_check
from app.demo.fill import fill
from app.demo.story import Scale, tell
from app.demo.town import Crew
from app.domain.staff import Role
from app.storage import types
from app.storage.certificates import certificates
from app.storage.engine import reading
from app.storage.fold import folded_tables
from app.storage.people import people
from tests.support.desk import OPENING, STAFF, Station, open_station

SCALE = Scale(
    people=60,
    volunteers=40,
    days=60,
    records=200,
    ended_orders=20,
    open_orders=60,
    certificates=8,
    redemptions=12,
)
RANDOM_COLUMNS = {"nonce", "content_hash", "signature"}


def told(station: Station, seed: int) -> dict[str, list[str]]:
    """Every folded table after the story of ``seed``, without ids."""
    clerk, administrator, other = (
        SignedIn(staff=station.staff[role], name=STAFF[role], role=role)
        for role in (Role.CLERK, Role.ADMINISTRATOR, Role.AUDITOR)
    )
    crew = Crew(clerks=(clerk, other), administrator=administrator)
    tell(station.desk, crew, SCALE, random.Random(seed), OPENING)
    return {table.name: content(station.desk, table) for table in folded_tables()}


def content(desk: Desk, table: Table) -> list[str]:
    columns = [c for c in table.c if not isinstance(c.type, types.Id) and c.name not in RANDOM_COLUMNS]
    with reading(desk.engine) as connection:
        return sorted(map(repr, connection.execute(select(literal(1), *columns))))


def test_the_same_seed_gives_the_same_tables(station: Station, tmp_path: Path) -> None:
    another = open_station(tmp_path / "another")
    third = open_station(tmp_path / "third")
    try:
        first = told(station, 5)
        assert first[people.name]
        assert first[certificates.name]
        assert told(another, 5) == first
        assert told(third, 6) != first
    finally:
        another.close()
        third.close()


def test_a_station_is_filled_to_a_size(desk: Desk) -> None:
    fill(desk, people=90, open_orders=120, seed=3)
    found = board(desk, BoardFilter())
    assert 110 <= sum(map(len, found.columns.values())) <= 150
    with reading(desk.engine) as connection:
        assert len(connection.execute(select(people.c.id)).all()) == 90
    assert self_check(desk, None).differences == 0
