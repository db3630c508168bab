"""Where a volunteer stands among the stars."""

from __future__ import annotations

from datetime import date, timedelta

from app.actions.desk import Desk
from app.actions.services import ServiceReason, reverse_service
from app.actions.stars import stars_of
from app.domain.stars import StarsPolicy
from app.facts.policies import PolicySet
from app.sentences import stars as words
from tests.support import served as make
from tests.support.recording import record_facts


def test_a_county_table_makes_stars_and_a_reversal_takes_one(desk: Desk) -> None:
    table = PolicySet(policy=StarsPolicy.name, value='{"hours": [10, 20]}', valid_from=date(2026, 1, 1))
    record_facts(desk, table)
    wang = make.volunteer(desk)
    services = [
        make.approved(desk, wang, make.at(8, day=make.YESTERDAY - timedelta(days=n)), 300) for n in (1, 2)
    ]
    found = stars_of(desk, wang)
    assert (found.level, found.since, found.missing_minutes) == (1, date(2026, 4, 7), 600)
    assert words.standing(found) == "一星，2026年4月7日起"
    assert words.missing(found) == "再服务 10 小时就到二星"
    assert words.fallen(found) == ""
    reverse_service(desk, ServiceReason(service=services[0], reason="重复"))
    fallen = stars_of(desk, wang)
    assert (fallen.level, fallen.highest) == (0, 1)
    assert words.standing(fallen) == "还没有星级"
    assert words.fallen(fallen) == "曾到一星，有记录撤销后不够了"


def test_stars_that_wait_and_stars_that_are_all_there(desk: Desk) -> None:
    wang = make.volunteer(desk)
    make.approved(desk, wang, minutes=600)
    highest = PolicySet(policy=StarsPolicy.name, value='{"hours": [10]}', valid_from=date(2026, 1, 1))
    record_facts(desk, highest)
    assert words.missing(stars_of(desk, wang)) == ""
    waiting = PolicySet(
        policy=StarsPolicy.name,
        value='{"hours": [10], "months_since_registration": 120}',
        valid_from=date(2026, 1, 2),
    )
    record_facts(desk, waiting)
    assert words.missing(stars_of(desk, wang)) == "登记未满规定时间，2030年3月5日起评星"


def test_a_resident_has_no_stars(desk: Desk) -> None:
    assert stars_of(desk, make.resident(desk)).level == 0
