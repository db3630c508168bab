"""The sample town reviews its stars when a half of the year is over."""

from __future__ import annotations

import random
from datetime import date

from app.actions.desk import SignedIn
from app.actions.star_review import star_rounds
from app.demo.story import Scale, tell
from app.demo.town import Crew
from app.domain.staff import Role
from app.domain.star_rounds import Stage
from app.facts.policies import PolicySet
from tests.support.desk import OPENING, STAFF, Station
from tests.support.recording import record_facts

UNTIL = OPENING.replace(month=2, day=10)
SCALE = Scale(
    people=40,
    volunteers=30,
    days=80,
    records=150,
    ended_orders=6,
    open_orders=2,
    certificates=0,
    redemptions=0,
)


def test_a_review_goes_through_the_hands_of_two(station: Station) -> None:
    station.clock.now = UNTIL
    table = PolicySet(policy="stars", value='{"hours": [2, 4]}', valid_from=date(2025, 1, 1))
    record_facts(station.desk, table)
    clerk, administrator = (
        SignedIn(staff=station.staff[role], name=STAFF[role], role=role)
        for role in (Role.CLERK, Role.ADMINISTRATOR)
    )
    crew = Crew(clerks=(clerk,), administrator=administrator)
    tell(station.desk, crew, SCALE, random.Random(3), UNTIL)
    [review] = star_rounds(station.desk, None)
    assert (review.cut_off, review.stage) == (date(2025, 12, 31), Stage.AWARDED)
    assert (review.opened_by, review.closed_by) == (STAFF[Role.CLERK], STAFF[Role.ADMINISTRATOR])
    assert review.awarded == review.proposed > 0
