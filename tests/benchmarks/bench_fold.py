"""Folding a log of orders, people and services anew, against writing as many bare rows through SQLAlchemy."""

from __future__ import annotations

import tempfile
import time
from datetime import timedelta
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, insert

from app.actions.desk import Desk, Work, do
from app.actions.orders import Step, screen_order, submit_order
from app.actions.people import RegisterPerson, register_person
from app.actions.services import ApproveServices, RecordServices, Served, approve_services, record_services
from app.domain.people import Profile
from app.storage import types
from app.storage.engine import reading
from app.storage.fold import Folder
from app.storage.history import all_recorded_facts
from app.storage.ids import new_id
from tests.benchmarks import Bench
from tests.support.desk import Station, open_station
from tests.support.town import Town, request, settle_town

ROUNDS = 1_500
FACTS_PER_ROUND = 5
GOAL_FACTS_PER_S = 10_000


def run() -> Bench:
    with tempfile.TemporaryDirectory(prefix="yizhan-bench-") as folder:
        station = open_station(Path(folder) / "station")
        _live(station, settle_town(station.desk))
        ours = _facts_folded_per_s(station.desk)
        station.close()
    return Bench(
        bench="fold",
        ours=ours,
        reference=_bare_rows_per_s(),
        unit="facts/s",
        goal=f">= {GOAL_FACTS_PER_S}",
        holds=ours >= GOAL_FACTS_PER_S,
    )


def _live(station: Station, town: Town) -> None:
    """Fill the log through the actions' own functions, many to a transaction."""

    def a_day(work: Work) -> None:
        for number in range(ROUNDS):
            profile = Profile(name="吴秀英", phone=f"139{number:08}")
            register_person.inside(work, RegisterPerson(person=new_id(), profile=profile))
            order, service = new_id(), new_id()
            submit_order.inside(work, request(town, order=order))
            work.settle()
            screen_order.inside(work, Step(order=order))
            ended_at = work.now - timedelta(minutes=20 * number)
            stretch = Served(
                service=service,
                person=town.volunteer,
                started_at=ended_at - timedelta(minutes=15),
                ended_at=ended_at,
            )
            asked = RecordServices(
                stretches=(stretch,), activity="上门理发", category="haircut", content="理发"
            )
            record_services.inside(work, asked)
            work.settle()
            approve_services.inside(work, ApproveServices(services=(service,)))

    station.clock.forward(days=30)
    do(station.desk, a_day)


def _facts_folded_per_s(desk: Desk) -> float:
    with reading(desk.engine) as connection:
        facts = list(all_recorded_facts(connection))
        scratch = create_engine("sqlite://", module=sqlcipher)
        with scratch.begin() as target:
            types.create_all(target)
            folder = Folder(target, search=False)
            began_s = time.perf_counter()
            for fact in all_recorded_facts(connection):
                folder.fold(fact)
            folder.finish()
            spent_s = time.perf_counter() - began_s
        scratch.dispose()
    return len(facts) / spent_s


def _bare_rows_per_s() -> float:
    rows = [{"id": n, "words": "上门理发"} for n in range(ROUNDS * FACTS_PER_ROUND)]
    table = Table("one", MetaData(), Column("id", Integer, primary_key=True), Column("words", Text))
    engine = create_engine("sqlite://", module=sqlcipher)
    with engine.begin() as connection:
        table.create(connection)
        began_s = time.perf_counter()
        connection.execute(insert(table), rows)
        spent_s = time.perf_counter() - began_s
    engine.dispose()
    return len(rows) / spent_s
