"""The history of one object as sentences."""

from __future__ import annotations

import pytest

from app.actions.desk import Desk, do
from app.actions.history import history_of
from app.domain.staff import Role
from app.facts.orders import OrderAskedAgain, OrderDispatched
from app.facts.people import PersonDetails, PersonRegistered
from app.facts.teams import TeamFounded
from app.storage.engine import writing
from app.storage.ids import new_id
from app.storage.log import Log
from tests.support.desk import Station
from tests.support.facts import DUE, OtherDevice, screened, submitted
from tests.support.recording import record_facts
from tests.support.statements import statements_of

ORDER, PERSON, TEAM = new_id(), new_id(), new_id()


@pytest.fixture
def told_desk(station: Station) -> Desk:
    """An order that somebody asked for again, given to a team; then a newer program did something with it."""
    draft = submitted(ORDER, beneficiary=PERSON)
    bodies = [
        (PersonRegistered(person=PERSON), {PERSON: PersonDetails(name="王桂英")}),
        (TeamFounded(team=TEAM, name="爱心理发队", level="squad", region="370883102204"), {}),
        (draft.body, draft.parts),
        (OrderAskedAgain(order=ORDER, beneficiary=PERSON, channel="call", requester=PERSON), {}),
        (OrderDispatched(order=ORDER, team=TEAM, due_at=DUE), {}),
    ]
    for body, parts in bodies:
        record_facts(station.desk, body, parts)
        station.clock.forward(minutes=5)
    with writing(station.desk.engine) as connection:
        log = Log(connection, station.desk.device.chain)
        log.receive([OtherDevice(new_id()).make(screened(ORDER), 1, kind="order.dreamt_of")])
        log.finish()
    return station.desk


def texts(desk: Desk) -> list[str]:
    return [one.text for one in history_of(desk, f"order:{ORDER}")]


def test_names_stand_in_the_sentences(told_desk: Desk) -> None:
    told = texts(told_desk)
    assert "王桂英" in told[1]
    assert "爱心理发队" in told[2]
    assert history_of(told_desk, f"order:{ORDER}")[0].by == "陈芳"


def test_what_a_newer_program_did_is_not_passed_over(told_desk: Desk) -> None:
    assert len(texts(told_desk)) == 4
    assert "新版程序" in texts(told_desk)[-1]


def test_an_auditor_reads_masked_names(told_desk: Desk, station: Station) -> None:
    station.sit(Role.AUDITOR)
    assert "王桂英" not in "".join(texts(told_desk))
    assert "王*英" in texts(told_desk)[1]


def test_what_is_not_here_is_a_dash(desk: Desk) -> None:
    do(desk, lambda work: work.record(OrderDispatched(order=ORDER, team=TEAM, due_at=DUE)))
    assert "—" in texts(desk)[0]


def test_nothing_happened(desk: Desk) -> None:
    assert history_of(desk, f"order:{new_id()}") == []


def test_the_number_of_statements_is_known(told_desk: Desk) -> None:
    def count() -> int:
        return len(statements_of(told_desk.engine, lambda: history_of(told_desk, f"order:{ORDER}")))

    before = count()
    # Nobody may change the order any more, but a history as long as this one can come from elsewhere.
    other = OtherDevice(new_id())
    with writing(told_desk.engine) as connection:
        log = Log(connection, told_desk.device.chain)
        log.receive([other.make(screened(ORDER), position) for position in range(2, 60)])
        log.finish()
    assert count() == before
