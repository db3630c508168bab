"""One approval of hours, durable, against a bare SQLCipher commit of one row on the same disk."""

from __future__ import annotations

import functools
import tempfile
from datetime import timedelta
from pathlib import Path

from app.actions.services import ApproveServices, RecordServices, Served, approve_services, record_services
from app.storage.engine import driver_connection
from app.storage.ids import new_id
from tests.benchmarks import Bench, milliseconds_of, percentile
from tests.support.databases import KEY
from tests.support.desk import open_station
from tests.support.town import settle_town

APPROVALS = 300
ABOVE_BARE_MS = 20.0


def run() -> Bench:
    with tempfile.TemporaryDirectory(prefix="yizhan-bench-") as folder:
        bare = percentile(bare_commits_ms(Path(folder), APPROVALS), 0.99)
        ours = percentile(_approvals_ms(Path(folder) / "station"), 0.99)
    return Bench(
        bench="approval",
        ours=ours,
        reference=bare,
        unit="ms p99",
        goal=f"ours - reference <= {ABOVE_BARE_MS:.0f} ms",
        holds=ours - bare <= ABOVE_BARE_MS,
    )


def bare_commits_ms(folder: Path, commits: int) -> list[float]:
    """One row at a time through the driver alone."""
    connection = driver_connection(folder / "bare.db", KEY, mode="rwc")
    connection.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, words TEXT) STRICT")

    def commit() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO one (words) VALUES ('上门理发')")
        connection.execute("COMMIT")

    measured = [milliseconds_of(commit) for _ in range(commits)]
    connection.close()
    return measured


def _approvals_ms(folder: Path) -> list[float]:
    station = open_station(folder)
    desk, town = station.desk, settle_town(station.desk)
    waiting = []
    for _ in range(APPROVALS):
        station.clock.forward(hours=1)
        service, ended_at = new_id(), desk.now()
        stretch = Served(
            service=service,
            person=town.volunteer,
            started_at=ended_at - timedelta(minutes=15),
            ended_at=ended_at,
        )
        asked = RecordServices(stretches=(stretch,), activity="上门理发", category="haircut", content="理发")
        record_services(desk, asked)
        waiting.append(service)
    measured = [
        milliseconds_of(functools.partial(approve_services, desk, ApproveServices(services=(one,))))
        for one in waiting
    ]
    station.close()
    return measured
