"""The sample station: whole or not at all, in every state there is, and as consistent as a real one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.actions import session, startup
from app.actions.board import BoardFilter, Column, board
from app.actions.desk import Desk
from app.actions.selfcheck import self_check
from app.demo import case, places, station, texts
from app.demo.station import DemoStation, build, find, has_outdated
from app.demo.story import Scale
from app.domain.calendar import SHANGHAI
from app.domain.identity import CHILD_UNTIL_AGE, age_on
from app.domain.orders import Order, State
from app.domain.people import FULL_AGE
from app.domain.staff import Role
from app.facts.orders import OrderSubmitted
from app.storage.certificates import certificates
from app.storage.disk import Places
from app.storage.engine import reading
from app.storage.history import history
from app.storage.hours import hour_entries
from app.storage.lock import AlreadyOpen, DatabaseLock
from app.storage.orders import order, orders
from app.storage.people import people
from app.storage.services import services
from app.storage.teams import teams

SMALL = Scale(
    people=70,
    volunteers=45,
    days=150,
    records=400,
    ended_orders=60,
    open_orders=66,
    certificates=20,
    redemptions=12,
)
TINY = Scale(
    people=12, volunteers=6, days=30, records=0, ended_orders=0, open_orders=1, certificates=0, redemptions=0
)
NOW = datetime(2026, 4, 7, 15, 0, tzinfo=SHANGHAI)
THIS_MORNING = NOW.replace(hour=9, minute=40)


def clock() -> datetime:
    return NOW


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoStation:
    return build(tmp_path_factory.mktemp("demo") / "station", 1, clock, scale=SMALL)


@pytest.fixture(scope="module")
def desk(demo: DemoStation) -> Iterator[Desk]:
    desk = startup.sign_in(demo.folder, demo.tiles[1].staff, demo.passphrase, clock)
    yield desk
    startup.close(desk)


def rows(desk: Desk, query: Any) -> list[Any]:
    with reading(desk.engine) as connection:
        return list(connection.execute(query))


def test_orders_stand_in_every_state_and_every_column(desk: Desk) -> None:
    assert {row.state for row in rows(desk, select(orders.c.state))} == set(State)
    columns = board(desk, BoardFilter(ended=True)).columns
    assert all(columns[column] for column in Column)


def test_what_a_clerk_meets_is_on_the_board(desk: Desk) -> None:
    cards = [card for column in board(desk, BoardFilter()).columns.values() for card in column]
    assert 40 <= len(cards) <= 90
    assert sum(card.overdue(NOW) for card in cards) >= 5
    assert sum(card.urgent for card in cards) >= 3
    assert any(card.refusals == 2 for card in cards)
    assert any(card.asked_again for card in cards)
    assert any(card.call_back_open for card in cards)
    assert any(card.money_open for card in cards)
    same = select(orders.c.beneficiary, orders.c.category).where(orders.c.ended_at.is_(None))
    same = same.group_by(orders.c.beneficiary, orders.c.category).having(func.count() > 1)
    assert len(rows(desk, same)) >= 4


def test_the_whole_log_agrees_with_the_tables(desk: Desk) -> None:
    found = self_check(desk, None)
    assert (found.differences, found.first) == (0, None)
    assert found.facts > 1_000


def test_the_rules_saw_every_order_as_the_tables_have_it(desk: Desk) -> None:
    with reading(desk.engine) as connection:
        for number, order_id in connection.execute(select(orders.c.number, orders.c.id)).all():
            happened = history(connection, f"order:{order_id}")
            first = happened[0]
            assert isinstance(first.body, OrderSubmitted)
            seen: Order = case.begun(first.body, first.at)
            for recorded in happened[1:]:
                seen = case.after(seen, recorded.body)
            assert seen == order(connection, order_id), number


def test_hours_are_the_sum_of_what_was_approved_and_not_revoked(desk: Desk) -> None:
    ledger = rows(
        desk,
        select(hour_entries.c.person, func.sum(hour_entries.c.minutes)).group_by(hour_entries.c.person),
    )
    counted: dict[str, int] = {}
    for row in rows(desk, select(services)):
        counted.setdefault(row.person, 0)
        counted[row.person] += row.counted_minutes if row.state == "approved" else 0
    assert sum(counted.values()) > 20 * 60
    assert {person: minutes for person, minutes in ledger if minutes} == {
        p: m for p, m in counted.items() if m
    }
    assert {row.state for row in rows(desk, select(services.c.state))} >= {"approved", "waiting"}


def test_no_child_is_without_a_guardian(desk: Desk) -> None:
    known = rows(desk, select(people.c.born_on, people.c.guardian))
    children = [row for row in known if age_on(row.born_on, NOW.date()) < CHILD_UNTIL_AGE]
    assert children
    assert all(row.guardian for row in children)


def test_ages_fit_what_is_asked_for(desk: Desk) -> None:
    born = {row.id: row.born_on for row in rows(desk, select(people.c.id, people.c.born_on))}
    asked = rows(desk, select(orders))
    assert len(asked) > 100
    for row in asked:
        age = age_on(born[row.beneficiary], NOW.date())
        assert age >= texts.least_age(row.what), row.what
        assert age >= FULL_AGE or row.category in texts.FOR_CHILDREN, row.what
        assert age_on(born[row.requester], NOW.date()) >= FULL_AGE, row.what


def test_there_are_teams_volunteers_and_certificates(desk: Desk) -> None:
    assert rows(desk, select(func.count()).select_from(teams)) == [(60,)]
    assert rows(desk, select(func.count(people.c.number))) == [(SMALL.volunteers,)]
    issued = rows(desk, select(certificates.c.voided_on, certificates.c.replaces, certificates.c.copies))
    assert len(issued) >= 15
    assert any(row.voided_on for row in issued)
    assert any(row.replaces for row in issued)
    assert any(row.copies for row in issued)


def test_time_ends_this_morning(desk: Desk) -> None:
    assert desk.device.newest_at <= THIS_MORNING
    assert desk.device.newest_at > THIS_MORNING - timedelta(hours=2)
    assert rows(desk, select(func.min(services.c.served_on)))[0][0] >= date(2025, 11, 8)


def test_everybody_on_the_tiles_signs_in_with_the_same_passphrase(demo: DemoStation, desk: Desk) -> None:
    assert [(tile.name, tile.role) for tile in demo.tiles] == [
        ("沈静", Role.ADMINISTRATOR),
        ("陈芳", Role.CLERK),
        ("王海涛", Role.CLERK),
        ("郑文", Role.AUDITOR),
    ]
    for tile in reversed(demo.tiles[:2]):
        request = session.SignIn(staff=tile.staff, passphrase=demo.passphrase)
        assert session.sign_in_again(desk, request).value.name == tile.name


def test_a_new_one_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "station"
    told: list[tuple[str, int, int]] = []
    first = build(folder, 1, clock, lambda text, done, total: told.append((text, done, total)), TINY)
    assert find(folder, NOW) == first
    assert told[0] == ("2026年3月的志愿服务", 0, 30)
    assert told[-1] == ("2026年4月的志愿服务", 30, 30)

    second = build(folder, 2, lambda: NOW.replace(hour=7), scale=TINY)

    assert (second.seed, second.passphrase) == (2, station.PASSPHRASE)
    assert second.tiles[0].staff != first.tiles[0].staff
    assert [path.name for path in tmp_path.iterdir()] == ["station"]


def test_a_build_that_fails_leaves_everything_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "station"

    def pulled_out(text: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(folder, 1, clock, pulled_out, TINY)
    assert list(tmp_path.iterdir()) == []
    assert find(folder, NOW) is None


def test_one_with_the_tables_of_another_program_is_built_anew(tmp_path: Path) -> None:
    folder = tmp_path / "station"
    build(folder, 1, clock, scale=TINY)
    assert not has_outdated(folder)
    mark = folder / "demo.json"
    mark.write_bytes(re.sub(rb'"tables":"[0-9a-f]+"', b'"tables":"before"', mark.read_bytes()))
    assert has_outdated(folder)
    assert find(folder, NOW) is None
    assert build(folder, 1, clock, scale=TINY) == find(folder, NOW)
    assert not has_outdated(folder)


def test_nothing_else_is_ever_replaced(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("not a sample station")
    with pytest.raises(startup.FolderNotEmpty):
        build(tmp_path, 1, clock, scale=TINY)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_sample_station_that_is_open_is_not_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "station"
    folder.mkdir()
    (folder / "demo.json").write_text('{"passphrase":"x","seed":1}')
    lock = DatabaseLock(Places(folder).lock)
    try:
        with pytest.raises(AlreadyOpen):
            build(folder, 1, clock, scale=TINY)
    finally:
        lock.release()


def test_the_station_is_where_the_town_is(desk: Desk) -> None:
    regions = {row.region for row in rows(desk, select(orders.c.region))}
    assert regions <= {code for code, _name in places.villages(places.REGION)}
