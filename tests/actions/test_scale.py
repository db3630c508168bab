"""What is looked at every day of a county takes no longer with its years: no table of theirs is read whole.

A part of a table that has an index of its own (what waits, who is in a team now) is not the whole.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.actions.backups import backup_card
from app.actions.certificates import certificates_to_void
from app.actions.desk import Desk
from app.actions.erasure import erasure_plan
from app.actions.orders import submit_order
from app.actions.people_list import people_choices
from app.actions.services import ServicesQuery, services
from app.actions.teams import TeamTreeQuery, proposals, team_tree
from app.actions.today import today
from app.domain.services import State
from app.domain.staff import Role
from tests.support.desk import Station
from tests.support.statements import plan_of, tables_read_whole
from tests.support.town import request, settle_town

OF_YEARS = frozenset(
    {
        "audit",
        "certificate_services",
        "certificates",
        "hour_entries",
        "log",
        "log_private",
        "people",
        "point_entries",
        "redemptions",
        "services",
        "team_members",
    }
)


@pytest.mark.parametrize(
    "look",
    [
        pytest.param(lambda desk: today(desk, None), id="today"),
        pytest.param(lambda desk: people_choices(desk, None), id="what people are narrowed by"),
        pytest.param(lambda desk: team_tree(desk, TeamTreeQuery()), id="teams"),
        pytest.param(lambda desk: services(desk, ServicesQuery()), id="hours that wait"),
        pytest.param(lambda desk: services(desk, ServicesQuery(state=State.APPROVED)), id="hours that count"),
        pytest.param(lambda desk: certificates_to_void(desk, None), id="certificates to be voided"),
        pytest.param(lambda desk: backup_card(desk, None), id="backups"),
    ],
)
def test_no_table_of_years_is_read_whole(desk: Desk, look: Callable[[Desk], object]) -> None:
    settle_town(desk)
    assert not tables_read_whole(desk.engine, lambda: look(desk)) & OF_YEARS


def test_proposals_read_the_ratings_of_every_team_from_their_index_alone(desk: Desk) -> None:
    order = submit_order(desk, request(settle_town(desk))).value.order
    steps = plan_of(desk.engine, lambda: proposals(desk, order))
    assert "SEARCH orders USING COVERING INDEX ix_orders_rated_at_team_stars (rated_at>?)" in steps


def test_what_hinders_an_erasure_is_looked_for_among_open_orders(station: Station) -> None:
    town = settle_town(station.desk)
    desk = station.sit(Role.ADMINISTRATOR)
    assert "orders" not in tables_read_whole(desk.engine, lambda: erasure_plan(desk, town.volunteer))


def test_a_window_far_down_the_approved_hours_is_found_without_reading_records(desk: Desk) -> None:
    settle_town(desk)
    steps = plan_of(
        desk.engine, lambda: services(desk, ServicesQuery(state=State.APPROVED, offset=2_000_000))
    )
    assert (
        steps.count("SEARCH services USING COVERING INDEX ix_services_decided (state=?)") == 2
    )  # and counted
